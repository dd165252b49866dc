"""Reads text that a converter made from a laid-out document.

Markdown headings, lists and links, HTML tags and tab-separated table rows stand side by side in it. Every
character that is not white space ends up in a block's text or is set aside with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ogp_data.findings import Finding, Place, finding
from ogp_data.source.document import Anchor, Aside, Block, Document, Inline, Reason
from ogp_data.text import ENTITY, Fragment, Passage, SourceText, decode

SEPARATOR = re.compile(r"[\t ]*-{2,}[-\t ]*")
HEADING = re.compile(r"(?P<mark>#{1,6})[\t ]+(?P<text>.*)")
ITEM = re.compile(r"[\t ]*(?P<mark>(?P<number>\d{1,9})\.)[\t ]+(?P<text>.*)")
EMPHASIS = re.compile(r"\s*(?P<open>\*{1,3})(?P<text>[^*]+)(?P<close>\*{1,3})\s*")
MARKS = "■□▪▫●○◆"

_LINK = r"\[(?P<label>[^\[\]]*)\](?P<paren>\((?P<target>(?:[^()]|\([^()]*\))*)\))"
_TOKEN = re.compile(
    rf"(?P<markdown>{_LINK})|(?P<tag></?[A-Za-z][^<>]*>|<[!?][A-Za-z-][^<>]*>)|(?P<torn></?[A-Za-z][^<>]*)|(?P<entity>{ENTITY.pattern})"
)
_NAME = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9]*)")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_BLOCK_TAGS = frozenset({"p", "br", "div", "li", "ul", "ol"})
_INLINE_TAGS = frozenset({"b", "i", "em", "strong", "u", "span", "sup", "sub", "a"})


@dataclass(slots=True)
class _Reading:
    """What one reading gathers."""

    source: SourceText
    asides: list[Aside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def aside(self, start: int, end: int, reason: Reason = "markup") -> None:
        if end > start:
            self.asides.append(Aside(start, end, reason))

    def fault(self, rule: str, message: str, offset: int) -> None:
        place = Place(file=self.source.name, line=self.source.line(offset))
        self.findings.append(finding(rule, message, place))


def read(source: SourceText) -> Document:
    """Return the document's blocks in order, what is set aside, and faults of its markup."""
    reading = _Reading(source)
    blocks = tuple(_joined(_blocks(reading)))
    return Document(source, blocks, tuple(reading.asides), tuple(reading.findings))


def _blocks(reading: _Reading) -> Iterator[Block | None]:
    """Yield a block for every line, None for a blank or separating one."""
    starts = (*reading.source.starts, len(reading.source.text) + 1)
    for number, (start, after) in enumerate(pairwise(starts), start=1):
        yield _block(reading, number, start, after - 1)


def _block(reading: _Reading, line: int, start: int, end: int) -> Block | None:
    text = reading.source.text[start:end]
    if text.endswith("\r"):
        text, end = text[:-1], end - 1
    if not text.strip():
        return None
    if SEPARATOR.fullmatch(text):
        reading.aside(start, end, "separator")
        return None
    if "\t" in text:
        return Block("row", line, cells=tuple(_cells(reading, start, text)))
    if match := HEADING.fullmatch(text):
        reading.aside(start, start + match.end("mark"))
        return Block("heading", line, _inline(reading, start + match.start("text"), end), level=len(match["mark"]))
    if match := ITEM.fullmatch(text):
        reading.aside(start + match.start("mark"), start + match.end("mark"))
        return Block("item", line, _inline(reading, start + match.start("text"), end), number=int(match["number"]))
    if text.lstrip()[0] in MARKS:
        return Block("mark", line, _inline(reading, start, end))
    return _paragraph(reading, line, start, end, text)


def _paragraph(reading: _Reading, line: int, start: int, end: int, text: str) -> Block:
    match = EMPHASIS.fullmatch(text)
    if match is None:
        return Block("paragraph", line, _inline(reading, start, end))
    reading.aside(start + match.start("open"), start + match.end("open"))
    reading.aside(start + match.start("close"), start + match.end("close"))
    inner = _inline(reading, start + match.start("text"), start + match.end("text"))
    return Block("paragraph", line, inner, emphasis=True)


def _cells(reading: _Reading, start: int, text: str) -> Iterator[Inline]:
    for cell in text.split("\t"):
        yield _inline(reading, start, start + len(cell))
        start += len(cell) + 1


def _joined(blocks: Iterator[Block | None]) -> Iterator[Block]:
    """Yield the blocks with a plain line that follows a paragraph or list item at once made part of it."""
    open_block: Block | None = None
    for block in blocks:
        if open_block and block and block.kind == "paragraph" and not block.emphasis:
            open_block = replace(open_block, inline=join(open_block.inline, block.inline))
            continue
        if open_block:
            yield open_block
        open_block = block
        if block and block.kind not in ("paragraph", "item"):
            yield block
            open_block = None
    if open_block:
        yield open_block


def breaks_word(before: Inline, after: Inline) -> bool:
    """Return whether a word is broken between two pieces: the first ends in a hyphen after a letter."""
    return bool(re.search(r"\w-$", before.passage.text)) and bool(re.match(r"\w", after.passage.text))


def join(before: Inline, after: Inline) -> Inline:
    """Return two pieces as one text, with one space between them, or none inside a broken word.

    A link that begins inside the broken word was made up by the converter and is marked so.
    """
    if not before.passage.text or not after.passage.text:
        return Inline(before.passage + after.passage, before.anchors + after.anchors)
    broken = breaks_word(before, after)
    at = after.passage.start
    if broken:
        passage = Passage(_stripped_end(before.passage)) + Passage(_stripped_start(after.passage))
    else:
        passage = before.passage + Passage((Fragment(" ", at, at),)) + after.passage
    anchors = tuple(replace(a, resumes=a.resumes or (broken and a.label.start == at)) for a in after.anchors)
    return Inline(passage, before.anchors + anchors)


def _stripped_start(passage: Passage) -> tuple[Fragment, ...]:
    """Return the fragments without white space in front, so that no space gets into a broken word."""
    for index, fragment in enumerate(passage.fragments):
        if text := fragment.text.lstrip():
            first = fragment if text == fragment.text else Fragment(text, fragment.end - len(text), fragment.end)
            return (first, *passage.fragments[index + 1 :])
    return ()


def _stripped_end(passage: Passage) -> tuple[Fragment, ...]:
    for index, fragment in reversed(list(enumerate(passage.fragments))):
        if text := fragment.text.rstrip():
            last = fragment if text == fragment.text else Fragment(text, fragment.start, fragment.start + len(text))
            return (*passage.fragments[:index], last)
    return ()


# Inside a line -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """A run of text while it is read; `opened` is the anchor whose end has not come yet."""

    fragments: list[Fragment] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    opened: tuple[int, Passage, int] | None = None


def _inline(reading: _Reading, start: int, end: int) -> Inline:
    """Return the text between two offsets without its markup, and its links."""
    text, run, at = reading.source.text, _Run(), start
    for token in _TOKEN.finditer(text, start, end):
        _plain(run, text, at, token.start())
        _token(reading, run, token)
        at = token.end()
    _plain(run, text, at, end)
    if run.opened:
        reading.fault("anchor-unclosed", "A link is opened with <a and never closed.", run.opened[0])
    return Inline(Passage(tuple(run.fragments)), tuple(run.anchors))


def _plain(run: _Run, text: str, start: int, end: int) -> None:
    if end > start:
        run.fragments.append(Fragment(text[start:end], start, end))


def _token(reading: _Reading, run: _Run, token: re.Match[str]) -> None:
    start, end = token.span()
    if token["entity"]:
        run.fragments.append(Fragment(decode(token["entity"]), start, end))
    elif token["markdown"] is not None:
        _markdown_link(reading, run, token)
    elif token["torn"]:
        reading.fault("anchor-unclosed", f"The tag that begins with {token['torn'][:40]!r} is not closed.", start)
        reading.aside(start, end)
    else:
        _tag(reading, run, token)


def _tag(reading: _Reading, run: _Run, token: re.Match[str]) -> None:
    start, end = token.span("tag")
    named = _NAME.match(token["tag"])
    name, closing = (named[1].lower() if named else ""), token["tag"].startswith("</")
    reading.aside(start, end)
    if name in _BLOCK_TAGS:
        run.fragments.append(Fragment(" ", start, start))
    elif name not in _INLINE_TAGS:
        reading.fault("markup-unknown", f"The tag {token['tag'][:40]!r} is none that this reader knows.", start)
    elif name == "a" and closing:
        _close(reading, run, start)
    elif name == "a":
        _open(reading, run, token["tag"], start)


def _open(reading: _Reading, run: _Run, tag: str, start: int) -> None:
    if run.opened:
        reading.fault("anchor-unclosed", "A link begins inside another link.", start)
    href = _HREF.search(tag)
    group = next((g for g in (1, 2, 3) if href and href[g] is not None), 0)
    target = Passage()
    if href and group:
        at = start + href.start(group)
        target = Passage(_decoded(reading.source.text, at, start + href.end(group)))
    run.opened = (start, target, len(run.fragments))


def _close(reading: _Reading, run: _Run, start: int) -> None:
    if run.opened is None:
        reading.fault("anchor-unclosed", "A link is closed with </a> that was never opened.", start)
        return
    begun, target, first = run.opened
    run.anchors.append(Anchor(Passage(tuple(run.fragments[first:])), target, begun))
    run.opened = None


def _markdown_link(reading: _Reading, run: _Run, token: re.Match[str]) -> None:
    """Take up `[label](target)`: the label is text, brackets and target are set aside."""
    label = _decoded(token.string, token.start("label"), token.end("label"))
    run.fragments.extend(label)
    reading.aside(token.start("markdown"), token.start("label"))
    reading.aside(token.end("label"), token.end("markdown"))
    target = Passage((Fragment(token["target"], token.start("target"), token.end("target")),))
    run.anchors.append(Anchor(Passage(label), target, token.start("markdown")))


def _decoded(text: str, start: int, end: int) -> tuple[Fragment, ...]:
    """Return a stretch of the source with its character references decoded, each a fragment of its own."""
    fragments, at = [], start
    for entity in ENTITY.finditer(text, start, end):
        fragments.append(Fragment(text[at : entity.start()], at, entity.start()))
        fragments.append(Fragment(decode(entity[0]), entity.start(), entity.end()))
        at = entity.end()
    fragments.append(Fragment(text[at:end], at, end))
    return tuple(fragment for fragment in fragments if fragment.text)
