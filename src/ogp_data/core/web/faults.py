"""Why an address was not asked, or its answer not taken."""

from __future__ import annotations


class RefusedError(Exception):
    """An address that was not asked, or an answer that was not taken: the reason in words, and perhaps a fix."""

    def __init__(self, reason: str, hint: str = "") -> None:
        """Keep the reason, which has no full stop, and the fix, which has one."""
        super().__init__(reason)
        self.hint = hint


class UnconnectedError(RefusedError):
    """No connection came about, so that nothing was sent."""


class LateError(RefusedError):
    """The time was over before the answer was complete."""


class TooLargeError(RefusedError):
    """The answer is larger than the bound."""


class BrokenError(RefusedError):
    """The connection or the answer broke off, or was none of HTTP."""


class CertificateError(RefusedError):
    """The certificate of the host does not fit."""
