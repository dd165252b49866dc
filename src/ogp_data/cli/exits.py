"""How a command ends: its exit codes, and what help says of them."""

from ogp_data.core.messages import Message

PUBLISHED, ERRORS, USAGE, PENDING = 0, 1, 2, 3
EXIT_CODES = Message("exit codes: 0 published or sound (also with warnings), 1 errors, 2 wrong usage")
CHECK_CODES = Message(
    "exit codes: 0 nothing that fails, 1 findings that do (--fail-on) or nothing that could be checked, 2 wrong usage,"
    " such as a file that cannot be read or written"
)
QUALITY_CODES = Message(
    "exit codes: 0 scored, 1 nothing that could be scored, 2 wrong usage, such as a file that cannot be read or written"
)
PLAN_CODES = Message("exit codes: 0 nothing would change, 1 errors, 2 wrong usage, 3 something would change")
