"""Reads text that a converter made from a laid-out document.

Markdown headings, lists and links, HTML tags and tab-separated table rows stand side by side in it. Every
character that is not white space ends up in a block's text or is set aside with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.core.text import Passage
from ogp_data.documents.characters import INVISIBLE
from ogp_data.documents.document import AnyInline, Block, Cell, Document
from ogp_data.documents.gathering import Gathering
from ogp_data.documents.inline import read_inline
from ogp_data.documents.marks import LEGEND

SEPARATOR = re.compile(r"[\t ]*+--[-\t ]*+")
HEADING = re.compile(r" {0,3}+(?P<marks>#{1,6}+)(?:\s++[^\t]*+\s*+)?")
ITEM = re.compile(
    r"\s*+(?P<mark>(?P<number>\d{1,9})\.)(?:\s|&(?:nbsp|ensp|emsp|thinsp|#160|#[xX][aA]0);)\s*+(?P<text>.*)"
)
TIGHT = re.compile(r"\s*+(?P<number>\d{1,3})\.[^\s\d.,:;/)\-–]")
"""A number that may be that of a list item, were there a space behind its full stop."""
EMPHASIS = re.compile(r"\s*+(?P<open>\*{1,3}+)(?P<text>[^*\s][^*]*+)(?P=open)\s*+")

_PARTS = re.compile(r"[^\f\u2028\u2029]+")
"""What a form feed or a separator of Unicode parts stands apart, as lines do."""
_PARAGRAPH_END = "\u2029"
"""What ends a paragraph as a blank line does, also inside of a line."""
_LEAD = re.compile(f"[{INVISIBLE}]+")
_LABEL = re.compile(r"(?:^|[\n\r])[ ]{0,3}\[([^\[\]\n\r]{1,200})\]:")
_SIGNS = "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\ue000-\uf8ff"
"""Arrows, geometric shapes, boxes, ticks and the bullets of private fonts: they begin a line as marks do."""
_SYMBOLS = "¤¦¨¬¯´¶¸»×÷†‡‣…›※"
_COMPOUND = "|".join(
    (
        r"\(?\[?[A-Z]{1,3}[-.]?\d{1,3}(?:[.-][A-Z]?\d{1,3})*+[a-z]?(?:[.):\]]|\s[-–—])",  # A1.  T1-C2)  [A1]  A1 –
        r"[A-Z]\.\d{1,3}(?:\.\d{1,3})*+[a-z]?",  # B.1
        r"(?!I\.e\.)[IVX]{1,5}\.(?:[a-h]|\d{1,3})(?:\.\d{1,3})*+[.):]?",  # I.a  IV.2.
        r"\(?\d{1,3}(?:\.\d{1,3})*+[a-z][.):]",  # 1a.  (2b)  2.1a:
    )
)
"""Numbers of letters and digits, or of Roman numbers with either, as plans count below their themes."""
_FORMS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    (Message("a list with the marker -, *, + or •"), re.compile(r"\s*+[-*+•‣◦∙·]\s++\S"), True),
    (Message("a table drawn with |"), re.compile(r"[\t ]*+(?:\||:?-{3,}:?[\t ]*+\|)"), True),
    (Message("notes or addresses set apart ([...]: ...)"), re.compile(r"[ ]{0,3}+\[[^\[\]]{1,200}+\]:"), True),
    (Message("a quotation marked with >"), re.compile(r"[ ]{0,3}+>"), True),
    (Message("a heading underlined with ="), re.compile(r"[ ]{0,3}+={3,}+[\t ]*+"), True),
    (Message("a list numbered 1) or (1)"), re.compile(r"\s*+(?:\d{1,3}\)|\(\d{1,3}\))\s++\S"), False),
    (Message("a list numbered 1.1"), re.compile(r"\s*+\d{1,3}(?:\.\d{1,3})++\.?\s++\S"), False),
    (Message("a list numbered A1, B.1, I.a or 1a"), re.compile(rf"\s*+(?:{_COMPOUND})\s++\S"), False),
    (Message("a list with letters"), re.compile(r"\s*+(?:\([A-Za-z]\)|[A-Za-z][.)])\s++\S"), False),
    (Message("a list with Roman numbers"), re.compile(r"\s*+(?:(?:[ivxlc]{2,6}|[IVXLC]{2,6})[.)])\s++\S"), False),
    (Message("a list with the marker – or —"), re.compile(r"\s*+[\u2010-\u2015\u2043\u2212]\s++\S"), False),
    (Message("a list with the marker o"), re.compile(r"\s*+o\s++\S"), False),
    (Message("a list or number with the marker §"), re.compile(r"\s*+§+\s*+\S"), False),
    (
        Message("a list with boxes, ticks, arrows or other signs"),
        re.compile(rf"\s*+(?:[{_SIGNS}]\s*+|[{_SYMBOLS}]\s++)\S"),
        True,
    ),
    (Message("a heading without a space after its #"), re.compile(r" {0,3}+#{1,6}+[^\W\d]"), False),
    (Message("a heading that is indented by four spaces or more"), re.compile(r"\s{4,}+#{1,6}+\s++\S"), False),
)
"""Structures that are not read: their name, how their lines begin, and whether they begin amid a paragraph too."""

_INTERRUPTING = frozenset(name for name, _, amid in _FORMS if amid)
_YEARS = 1000
"""From this number on, a line amid a list item begins with a year rather than with the number of an item."""


def _as_item(number: int, value: str) -> Message:
    """Return what helps where a number that begins a list item was read as text."""
    return Message(
        'If it is a list item, record the line in corrections.toml: expect = "{number}."'
        ' (with text around it where it occurs more than once), value = "{value}".',
        number=number,
        value=value,
    )


Kind = Literal["blank", "separator", "row", "heading", "item", "mark", "emphasis", "form", "plain"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, or a part of one: its place, what it looks like, and the list number or form that it has.

    Between `lead` and `start` stand characters that nobody sees.
    """

    kind: Kind
    place: SourcePlace
    lead: int
    start: int
    end: int
    value: int = 0
    form: str = ""


@dataclass(slots=True)
class _Group:
    """Lines that are one block: a paragraph or list item goes on over several."""

    head: _Line
    end: int


def read(source: SourceText) -> Document:
    """Return the document's blocks in order, what is set aside, and faults of its markup."""
    labels = frozenset(" ".join(label.split()).lower() for label in _LABEL.findall(source.text))
    reading = Gathering(source, labels=labels)
    blocks = tuple(block for group in _groups(reading) for block in _block(reading, group))
    reading.finish()
    return Document(source, blocks, tuple(reading.asides), tuple(reading.findings), tuple(reading.doubts))


# Lines --------------------------------------------------------------------------------------------------


def _lines(reading: Gathering) -> Iterator[_Line]:
    """Yield every line with what it looks like; parts that a form feed separates are lines at the same place."""
    text = reading.source.text
    for place, start, after in reading.source:
        parts = [(start, after)]
        if text.find("\t", start, after) < 0:  # a row is not parted
            parts = [part.span() for part in _PARTS.finditer(text, start, after) if part[0].strip()]
        for first, last in parts or [(start, start)]:
            if text.startswith(_PARAGRAPH_END, max(first - 1, 0)):
                yield _Line("blank", place, first, first, first)
            yield _looked_at(text, place, first, last)


def _looked_at(text: str, place: SourcePlace, start: int, end: int) -> _Line:
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    line = text[first:end].rstrip("\r\n")
    kind, value, form = _look(line)
    return _Line(kind, place, start, first, first + len(line), value, form)


def _look(line: str) -> tuple[Kind, int, str]:
    """Return what a line looks like, with its list number or the name of its form."""
    if not line.strip():
        return "blank", 0, ""
    if SEPARATOR.fullmatch(line):
        return "separator", 0, ""
    if HEADING.fullmatch(line):
        return "heading", 0, ""
    if "\t" in line:
        return "row", 0, ""
    if match := ITEM.fullmatch(line):
        return "item", int(match["number"]), ""
    if line.lstrip()[0] in LEGEND:
        return "mark", 0, ""
    if EMPHASIS.fullmatch(line):
        return "emphasis", 0, ""
    if match := TIGHT.match(line):
        return "plain", int(match["number"]), ""
    form = next((name for name, pattern, _ in _FORMS if pattern.match(line)), "")
    return ("form" if form else "plain"), 0, form


def _groups(reading: Gathering) -> Iterator[_Group]:
    """Yield the lines put together: one that follows a paragraph or list item at once is part of it."""
    group: _Group | None = None
    last = 0
    for line in _lines(reading):
        counts = line.kind == "item" or _is_tight(reading, line, last)
        if group and _goes_on(reading, group, line, last):
            group.end = line.end
            last = line.value if counts and line.kind == "plain" else last
            continue
        last = line.value if counts else last
        if group:
            yield group
        group = None
        reading.aside(line.lead, line.start, "invisible")
        if line.kind == "form":
            reading.unread(line.form, line.start)
        if line.kind == "separator":
            reading.aside(line.start, line.end, "separator")
        elif line.kind != "blank":
            group = _Group(line, line.end)
    if group:
        yield group


def _is_tight(reading: Gathering, line: _Line, last: int) -> bool:
    """Return whether a line may begin a list item whose number has no space behind it; that is told."""
    tight = line.kind == "plain" and line.value > 0 and line.value in (1, last + 1)
    if tight:
        message = Message(
            "There is no space after “{value}.” at the start of the line; it is read as text.", value=line.value
        )
        reading.fault("item-as-text", message, line.start, _as_item(line.value, f"{line.value}. "))
    return tight


def _goes_on(reading: Gathering, group: _Group, line: _Line, last: int) -> bool:
    """Return whether a line is part of the block above it."""
    if group.head.kind not in ("plain", "item", "form"):
        return False
    if line.kind == "plain":
        return True
    if line.kind == "item" and not _is_next(group.head, line, last):
        message = Message(
            "The line begins with “{value}.” within a paragraph; it is read as text, not as a list item.",
            value=line.value,
        )
        reading.fault("item-as-text", message, line.start, _as_item(line.value, f"\\u2029{line.value}."))
        return True
    if line.kind == "form" and group.head.kind == "plain" and line.form not in _INTERRUPTING:
        reading.unread(line.form, line.start)
        return True
    if line.kind == "separator" and group.head.kind == "plain" and group.end == group.head.end:
        reading.unread(Message("a heading underlined with -"), line.start)
    return False


def _is_next(head: _Line, line: _Line, last: int) -> bool:
    """Return whether a number at the start of a line, right below other text, is that of a list item."""
    if head.kind == "item" and line.value < _YEARS:
        return True
    return line.value in (1, last + 1)


# Blocks -------------------------------------------------------------------------------------------------


def _block(reading: Gathering, group: _Group) -> Iterator[Block]:
    """Yield the block of a group, or nothing when there is only markup in it."""
    block = _read_block(reading, group)
    block = replace(
        block,
        inline=_emptied(reading, block.inline),
        cells=tuple(_emptied(reading, cell) for cell in block.cells),
    )
    if block.kind == "item" or any(inline.passage.text for inline in (block.inline, *block.cells)):
        yield block
        return
    if block.kind == "heading":
        reading.fault("empty-heading", Message("A heading has no text."), group.head.start)
    else:
        written = " ".join(reading.source.text[group.head.start : group.end].split())
        reading.fault(
            "markup-only", Message("“{written}” is markup without text.", written=written[:80]), group.head.start
        )


def _emptied(reading: Gathering, inline: AnyInline) -> AnyInline:
    """Return a text as it is, or without its white space when it has nothing else: what is written out is set aside."""
    if inline.passage.text:
        return inline
    for start, end in inline.passage.spans:
        if reading.source.text[start:end].strip():
            reading.aside(start, end)
    return replace(inline, passage=Passage())


def _read_block(reading: Gathering, group: _Group) -> Block:
    line = group.head
    start, end = line.start, group.end
    if line.kind == "row":
        return Block("row", line.place, cells=tuple(_cells(reading, start, reading.source.text[start:end])))
    if line.kind == "heading":
        return _heading(reading, line)
    if line.kind == "item":
        match = ITEM.fullmatch(reading.source.text[start : line.end])
        first, until = match.span("mark") if match else (0, 0)
        reading.aside(start + first, start + until)
        return Block("item", line.place, read_inline(reading, start + until, end), number=line.value)
    if line.kind == "mark":
        return Block("mark", line.place, read_inline(reading, start, end))
    return _paragraph(reading, line.place, start, end)


def _heading(reading: Gathering, line: _Line) -> Block:
    """Return a heading; marks that close it, as some programs write them, are none of its text."""
    text = reading.source.text[line.start : line.end].rstrip()
    marks = HEADING.fullmatch(text)
    first, after = marks.span("marks") if marks else (0, 0)
    level, start, rest = after - first, line.start + first, text[after:]
    bare = rest.rstrip("#")
    closed = len(rest) - len(bare) if not bare.strip() or bare[-1].isspace() else 0
    end = line.start + len(text) - closed
    reading.aside(start, start + level)
    reading.aside(end, end + closed)
    return Block("heading", line.place, read_inline(reading, start + level, end), level=level)


def _paragraph(reading: Gathering, place: SourcePlace, start: int, end: int) -> Block:
    match = EMPHASIS.fullmatch(reading.source.text[start:end])
    if match is None:
        return Block("paragraph", place, read_inline(reading, start, end))
    reading.aside(start + match.start("open"), start + match.end("open"))
    reading.aside(start + match.end("text"), start + match.end("text") + len(match["open"]))
    inner = read_inline(reading, start + match.start("text"), start + match.end("text"))
    return Block("paragraph", place, inner, emphasis=True)


def _cells(reading: Gathering, start: int, text: str) -> Iterator[Cell]:
    for cell in text.split("\t"):
        found = read_inline(reading, start, start + len(cell), cell=True)
        yield Cell(found.passage, found.anchors, found.soft)
        start += len(cell) + 1
