"""The patterns of a declaration, as regular expressions."""

from __future__ import annotations

import re
import warnings


def pattern_fault(pattern: str) -> str:
    """Return why a text is no regular expression; "" for one that is."""
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # told when the pattern is used
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as reason:
        return str(reason)
    return ""
