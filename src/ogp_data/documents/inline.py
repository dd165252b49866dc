"""Reads a run of text: takes out its markup and finds its links, in work that grows with its length.

First the places where markup may begin are looked at from left to right (`markup.py`), then brackets are paired
(`brackets.py`), then the text is put together (`runs.py`). No step looks at a character more than a few times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ogp_data.core.messages import Message
from ogp_data.core.text import Passage
from ogp_data.documents.brackets import links
from ogp_data.documents.document import Inline
from ogp_data.documents.gathering import Gathering
from ogp_data.documents.markup import short, tokens
from ogp_data.documents.runs import Run, Token, unpaired

_MARKED = re.compile(
    r"(?<![\w\\*/])\*(?=[^\s*])[^*\n\r]{1,200}(?<=[^\s\\])\*(?![\w*])"
    r"|(?<![\w\\/])_{1,2}(?=[^\s_])[^_\n\r]{1,200}(?<=[^\s\\])_{1,2}(?![\w/])"
    r"|(?<![\w\\~/])~~(?=[^\s~])[^~\n\r]{1,200}(?<=[^\s\\])~~(?![\w~])"
    r"|(?<=\w)([~^])[^\W_]{1,10}\1"
    r"|(?<!\\)\{[#.][A-Za-z][\w.:-]{0,60}(?:\s[^{}\n\r]{0,100})?\}"
)
"""Emphasis, what is struck out, set lower or higher, and attributes, as Markdown and Pandoc write them in a line."""


def read_inline(reading: Gathering, start: int, end: int, cell: bool = False) -> Inline:
    """Return the text between two offsets without its markup, and its links; a cell may hold several paragraphs."""
    run = Run(reading, end, cell)
    first = list(tokens(reading, start, end))
    found = sorted([*first, *links(reading, first, start, end)], key=lambda token: token.start)
    at = start
    for token in found:
        if token.start >= at:
            run.plain(at, token.start)
            token.take(run, token)
            at = token.end
    run.plain(at, end)
    _check_pairs(run)
    _check_marks(reading, found, start, end)
    return Inline(Passage(tuple(run.fragments)), tuple(run.anchors), run.soft)


def _check_pairs(run: Run) -> None:
    if run.opened and run.opened.target is not None:
        run.reading.fault("unclosed-anchor", Message("A link is opened with <a but never closed."), run.opened.start)
    for name, pairs in run.paired.items():
        for pair in pairs:
            unpaired(run.reading, f"<{name}>", Message("closed"), pair.start)


def _check_marks(reading: Gathering, tokens: Sequence[Token], start: int, end: int) -> None:
    """Take up what Markdown marks inside of a line and this reader publishes as it stands."""
    text = reading.source.text
    for match in _MARKED.finditer(text, start, end):
        before = bisect_right(tokens, match.start(), key=lambda token: token.start)
        if not before or tokens[before - 1].end <= match.start():
            message = Message(
                "“{short}” looks like markup but was not read as such; it is published as text.", short=short(match[0])
            )
            reading.fault("markup-as-text", message, match.start())
