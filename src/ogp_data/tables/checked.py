"""What is checked alike in the keys of several kinds: patterns, colours, and the headings above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.documents.colours import colour
from ogp_data.tables.kind import Declared
from ogp_data.tables.patterns import pattern_fault


def check_pattern(declared: Declared, key: str, pattern: str) -> Iterator[Finding]:
    """Yield that a pattern cannot be read."""
    if fault := pattern_fault(pattern):
        message = Message("The pattern is not a regular expression: {fault}.", fault=fault)
        yield declared.fault("value-type", f"find.{key}", message)


def check_colours(declared: Declared, fill: Iterable[str]) -> Iterator[Finding]:
    """Yield that a colour is written as no cell has it."""
    for said in fill:
        if colour(said) != said:
            message = Message("{said!r} is no colour as it is read: `#` and six digits, such as `#00b050`.", said=said)
            yield declared.fault("value-type", "find.fill", message)


def check_within(declared: Declared, within: str) -> Iterator[Finding]:
    """Yield that there is no dataset below whose headings rows could stand."""
    if within and within not in declared.known:
        message = Message("There is no dataset {within!r}.", within=within)
        yield declared.fault("dangling-reference", "find.within", message, meant(within, [*declared.known]))
