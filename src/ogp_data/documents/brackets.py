"""The links of Markdown in a run of text: brackets are paired, and an address makes a link of a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ogp_data.core.messages import Message
from ogp_data.core.text import Passage
from ogp_data.documents.gathering import Gathering
from ogp_data.documents.runs import Token, decoded, take_link_end, take_link_start, take_picture

_BRACKET = re.compile(r"[\[\]()]")
_DESTINATION = re.compile(
    r"\s*+(?:<(?P<pointed>[^<>\n]*+)>|(?P<bare>(?!<)\S*+))"
    r"(?:\s++(?P<title>\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+"
)
_SCHEME = re.compile(r"\s*+(?:https?:|mailto:|ftp:|www\.)", re.I)
_DEEPEST = 32
"""So many brackets within each other may be part of an address, as Markdown has it."""


def links(reading: Gathering, tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    """Return two tokens for each `[label](address)`: its bracket, and the rest after its label."""
    text = reading.source.text
    brackets = list(_free_brackets(text, tokens, start, end))
    pairs = _pairs(text, brackets)
    taken = {token.end for token in tokens}
    found: list[Token] = []
    opened: list[int] = []
    # `linked` is where the last link began: a link cannot stand inside the label of another one.
    linked = after = start
    for at in brackets:
        if text[at] == "[" and at >= after:
            opened.append(at)
        elif text[at] == "]" and at >= after and opened:
            first = opened.pop()
            link = _link(text, at, pairs.get(at + 1)) if first >= linked else None
            if link:
                linked, after = first, link.end
                found += [_opening(reading, text, first, first > start and first not in taken), link]
            else:
                _check_reference(reading, text, first, at)
    return found


def _free_brackets(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[int]:
    """Yield where brackets stand outside tags and escapes; an address in < and > may be a link's."""
    at = 0
    for match in _BRACKET.finditer(text, start, end):
        while at < len(tokens) and tokens[at].end <= match.start():
            at += 1
        if at == len(tokens) or match.start() < tokens[at].start:
            yield match.start()


def _pairs(text: str, brackets: Iterable[int]) -> dict[int, int]:
    """Return each round bracket with the one that closes it, where not too many stand within each other."""
    pairs: dict[int, int] = {}
    opened: list[tuple[int, int]] = []
    for at in brackets:
        if text[at] == "(":
            opened.append((at, 0))
        elif text[at] == ")" and opened:
            first, depth = opened.pop()
            # CommonMark bounds it as well, or a page of brackets would take time that grows with its square.
            if depth < _DEEPEST:
                pairs[first] = at
            if opened:
                outer, deepest = opened[-1]
                opened[-1] = (outer, max(deepest, depth + 1))
    return pairs


def _link(text: str, at: int, closed: int | None) -> Token | None:
    """Return the rest of a link from the end of its label, or None when no address follows there."""
    if closed is None:
        return None
    first, last = at + 2, closed
    if match := _DESTINATION.fullmatch(text, first, last):
        first, last = match.span("pointed" if match["pointed"] is not None else "bare")
    # An address with a space in it is still one when it begins as an address does: converters forget to encode spaces.
    elif not _SCHEME.match(text, first, last):
        return None
    return Token(at, closed + 1, take_link_end, target=Passage(decoded(text, first, last)))


def _opening(reading: Gathering, text: str, at: int, free: bool) -> Token:
    if free and text[at - 1] == "!":
        reading.unread(
            Message("a picture (![...](...))"), at, Message("its words are published as text, and its address is not")
        )
        return Token(at - 1, at + 1, take_picture)
    return Token(at, at + 1, take_link_start)


def _check_reference(reading: Gathering, text: str, first: int, last: int) -> None:
    """Take up a footnote mark, or a label that the document gives an address elsewhere."""
    if text[first + 1] == "^" and last - first > 2:
        reading.unread(Message("footnotes ([^...])"), first)
    elif reading.labels and last - first < 300 and " ".join(text[first + 1 : last].split()).lower() in reading.labels:
        reading.unread(Message("links by reference ([...][...])"), first)
