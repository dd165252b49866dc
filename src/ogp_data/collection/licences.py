"""Under which licence things stand together that have one each."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ZERO = re.compile(r"https?://creativecommons\.org/publicdomain/(?:zero|mark)/.*")
_BY = re.compile(r"https?://creativecommons\.org/licenses/by/(?P<version>\d\.\d)/.*")


def common_licence(licences: Iterable[str]) -> str | None:
    """Return the licence that asks all that any of them asks; None where no one of them is known to.

    Of one and the same, that one; what is in the public domain may stand under any other that there is.
    """
    found = sorted(set(licences))
    asking = [one for one in found if not _ZERO.fullmatch(one)] or found[:1]
    if len(asking) == 1:
        return asking[0]
    # Addresses of one licence in several languages name one licence.
    versions = {match["version"] for one in asking if (match := _BY.fullmatch(one))}
    return asking[0] if len(versions) == 1 and all(map(_BY.fullmatch, asking)) else None
