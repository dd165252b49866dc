"""The runs of a paragraph -> pieces of text with their links and looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.documents.building import Builder, Piece
from ogp_data.documents.marks import drawn, in_signs, sign
from ogp_data.documents.word.names import RELATION, TRACKED, Element, children, is_on, value, w
from ogp_data.documents.word.styles import Styles

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)?"([^"]+)"', re.I)
_LOCAL = re.compile(r"\\l\b", re.I)
_PLACE = re.compile(r'\\l\s+"([^"]*)"', re.I)


_TINY = 4
"""Half points up to which nobody reads a letter."""


@dataclass(slots=True)
class Runs:
    """The pieces of a paragraph under way, the field that is open, and what stands beside the text."""

    builder: Builder
    styles: Styles
    links: Mapping[str, str]
    place: SourcePlace
    notes: list[tuple[str, str]]
    properties: Element | None = None
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """The contents of text boxes that are anchored here."""
    link: str = ""
    fields: list[list[str]] = field(default_factory=list)
    """The instructions of the fields that are open, while they are read."""

    def paragraph(self, paragraph: Element) -> list[Piece]:
        """Return the text of a paragraph."""
        self.properties = paragraph.find(w("pPr"))
        self._members(paragraph)
        if next(paragraph.iter(*TRACKED), None) is not None:
            self.builder.unseen.add("tracked-changes", self.place)
        return self.pieces

    def _members(self, parent: Element) -> None:
        for child in children(parent):
            if child.tag == w("r"):
                self._run(child)
            elif child.tag == w("hyperlink"):
                self._linked(child, _whole(self.links.get(child.get(RELATION) or "", ""), child.get(w("anchor"))))
            elif child.tag == w("fldSimple"):
                self._linked(child, _address(child.get(w("instr"), "")))

    def _linked(self, element: Element, address: str) -> None:
        before, self.link = self.link, address or self.link
        self._members(element)
        self.link = before

    def _run(self, run: Element) -> None:
        looks = run.find(w("rPr"))
        if is_on(looks, "vanish"):
            if _says(run):
                self.builder.unseen.add("hidden-text", self.place)
            return
        if self._is_unseen(run, looks) and _says(run):
            self.builder.unseen.add("unseen-text", self.place)
        for child in children(run):
            self._content(child, looks)

    def _is_unseen(self, run: Element, looks: Element | None) -> bool:
        """Return whether text is set too small to see, or in white where nothing says that its background is not."""
        size = value(looks, "sz") or ""
        if size.isdecimal() and int(size) <= _TINY:
            return True
        if (value(looks, "color") or "").upper() != "FFFFFF":
            return False
        shaded = any(one.find(w("shd")) is not None for one in (looks, self.properties) if one is not None)
        # The colours of a table may be those of its style, and a box of text may lie on anything.
        apart = next(run.iterancestors(w("tc"), w("txbxContent")), None) is not None
        return not (shaded or apart or value(looks, "highlight"))

    def _content(self, child: Element, looks: Element | None) -> None:
        name = child.tag.removeprefix(w("")) if isinstance(child.tag, str) else ""
        if name == "fldChar":
            self._field(child, looks)
        elif name == "instrText":
            if self.fields:
                self.fields[-1].append(child.text or "")
        elif any(held[:1] != [""] for held in self.fields):
            return  # between the instruction of a field and what it shows
        elif name == "t":
            self._say(child.text or "", looks)
        elif name in ("tab", "ptab"):
            self._say(" ", looks)
        elif name in ("br", "cr"):
            self._say("\n", looks)
        elif name == "noBreakHyphen":
            self._say("-", looks)
        elif name == "sym":
            self._symbol(child, looks)
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(name.removesuffix("Reference"), child.get(w("id"), ""))
        elif name in ("drawing", "pict", "object"):
            self._drawing(child)
        elif name == "commentReference":
            self.builder.unseen.add("comments", self.place)

    def _say(self, text: str, looks: Element | None, mark: str = "") -> None:
        fonts = looks.find(w("rFonts")) if looks is not None else None
        font = (fonts.get(w("ascii")) or "") if fonts is not None else ""
        bold, italic = (self.styles.looks(self.properties, looks, name) for name in ("b", "i"))
        higher, ink = value(looks, "vertAlign") == "superscript", value(looks, "color") or ""
        for said, what in [(text, mark)] if mark else in_signs(text, font):
            self.pieces.append(Piece(said, self.place, self.link, bold, italic, higher, what, ink=ink))

    def _symbol(self, child: Element, looks: Element | None) -> None:
        font, code = child.get(w("font"), ""), child.get(w("char"), "")
        character = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else "\ufffd"
        seen = sign(character, font)
        self._say(seen or character, looks, drawn(character, font))

    def _note(self, kind: str, name: str) -> None:
        self.notes.append((kind, name))
        self.pieces.append(Piece(str(len(self.notes)), self.place, raised=True))

    def _field(self, child: Element, looks: Element | None) -> None:
        kind = child.get(w("fldCharType"))
        if kind == "begin":
            self.fields.append([])
            box = child.find(f"{w('ffData')}/{w('checkBox')}")
            if box is not None:
                state = is_on(box, "checked")
                self.fields[-1] = [""]  # it shows a box and no text
                self._say(
                    "☒" if (is_on(box, "default") if state is None else state) else "☐",
                    looks,
                    Message("a box of a form"),
                )
                self.fields[-1] = []
        elif kind == "separate" and self.fields:
            instruction = "".join(self.fields[-1])
            self.fields[-1] = ["", self.link]
            self.link = _address(instruction) or self.link
        elif kind == "end" and self.fields:
            held = self.fields.pop()
            if held[:1] == [""] and len(held) > 1:
                self.link = held[1]

    def _drawing(self, child: Element) -> None:
        boxes = list(child.iter(w("txbxContent")))
        self.boxes += boxes
        if not boxes:
            described = [
                e.get("descr") or e.get("title") or "" for e in child.iter() if e.get("descr") or e.get("title")
            ]
            self.pieces.append(self.builder.picture(next(iter(described), ""), self.place))


def _says(run: Element) -> bool:
    return any((text.text or "").strip() for text in run.iter(w("t")))


def _address(instruction: str) -> str:
    """Return the address in the instruction of a field; "" for a field of another kind or a place of the document."""
    found, place = _HYPERLINK.match(instruction), _PLACE.search(instruction)
    return _whole(found[1], place[1] if place else "") if found and not _LOCAL.search(found[0]) else ""


def _whole(address: str, place: str | None) -> str:
    """Return an address with the place of the page that Word keeps beside it."""
    return f"{address}#{place}" if address and place and "#" not in address else address
