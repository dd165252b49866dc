"""Rows from what frames the text: title, lines of front matter, headings, instructions, legend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.dates import read_date
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell, Fault
from ogp_data.documents import Block, Inline
from ogp_data.tables.kind import Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.labels import date_hint
from ogp_data.tables.rows import Placed, Reading, Row, Search, derived_cell, has_text, source_cell, stands_under, taking


@dataclass(frozen=True, slots=True)
class Normalise:
    """How the value of a line of front matter is made comparable."""

    __pydantic_config__ = STRICT
    label: Annotated[str, "The label of the line, exactly as the document writes it."]
    to: Annotated[Literal["date", "codes"], "`date`: as EDTF (ISO 8601-2); `codes`: by the table `codes`."]
    codes: Annotated[dict[str, str], "For each written value, its code."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrontMatter(Finder):
    """Rows from what frames the text: title, front matter, headings, instructions, legend."""

    __pydantic_config__ = STRICT
    kind: Literal["document"]
    instructions_under: Annotated[
        list[str], "Headings below which a paragraph in italics is an instruction of the form."
    ]
    front_matter_under: Annotated[
        list[str],
        "Headings below which a row of two cells is a line of front matter, a label and its value; above the first"
        " heading after the title it always is.",
    ] = field(default_factory=list)
    normalise: Annotated[list[Normalise], "Lines whose value is also given in comparable form."] = field(
        default_factory=list
    )
    lost_marks: Annotated[
        str, "Code of the list `finding-kind` for each mark of the legend that lost its colour; absent: no finding."
    ] = ""

    turn: ClassVar[Turn] = Turn.FRAME
    labelled: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "kind": Offer("generated", "`title`, `front-matter`, `heading`, `instruction` or `legend`"),
        "as_written": Offer("source", "the words of the part"),
        "label": Offer("source", "the label of a line of front matter; otherwise empty"),
        "value": Offer("derived", "the words again, or the date or code that `normalise` makes of them *"),
        "level": Offer("source", "the depth of a heading, as the document marks it; otherwise empty"),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the kind of fault of lost marks has no code."""
        if self.lost_marks and self.lost_marks not in declared.defect_kinds:
            message = Message("{lost_marks!r} is not in the list finding-kind.", lost_marks=self.lost_marks)
            yield declared.fault("unknown-code", "find.lost_marks", message)

    def named(self) -> Mapping[str, Sequence[str]]:
        """Return the headings of instructions and of front matter."""
        return {"instructions_under": self.instructions_under, "front_matter_under": self.front_matter_under}

    def rows(self, search: Search, _spec: DatasetSpec) -> list[Row]:
        """Return the title, front matter, headings, instructions and legend that no other dataset holds."""
        rows: list[Row] = []
        # The first heading of a file is its title, whatever its level: converters number levels as they like.
        headings = [spot for spot in search.placed if spot.block.kind == "heading"]
        first = {spot.block.place.file: spot.number for spot in reversed(headings)}
        # The frame comes after tables and lists, so what they took is not here any more.
        for spot in search.free():
            if row := _row(search.reading, spot, self, first.get(spot.block.place.file, -1)):
                search.claim(spot)
                rows.append(row)
        return rows

    def defects(self, spec: DatasetSpec, row: Row, key: str) -> Iterator[Fault]:
        """Yield that a mark of the legend lost its colour."""
        if self.lost_marks and row.offers["kind"].value == "legend":
            statement = Message("The colour of this mark was lost in conversion.")
            yield Fault(self.lost_marks, statement, row.places[0], spec.name, key, taking(spec, "as_written"))


def _row(reading: Reading, spot: Placed, find: FrontMatter, first: int) -> Row | None:
    """Return what of the frame a block is; None for what is none of it."""
    block = spot.block
    if block.kind == "row":
        return _front_matter(reading, block, find.normalise) if _is_front_matter(spot, find, first) else None
    kind = _kind_of_part(spot, find, first)
    return _part(block, kind, block.inline, level=block.level) if kind else None


def _kind_of_part(spot: Placed, find: FrontMatter, first: int) -> str:
    """Return what of the frame a block of text is; "" when it is none of it or empty."""
    if not spot.block.inline.passage.text:
        return ""
    if spot.block.kind == "heading":
        return "title" if spot.number == first else "heading"
    if spot.block.kind == "mark":
        return "legend"
    return "instruction" if _is_instruction(spot, set(find.instructions_under)) else ""


def _is_instruction(spot: Placed, under: set[str]) -> bool:
    return spot.block.emphasis and any(passage.text in under for passage in spot.path)


def _is_front_matter(spot: Placed, find: FrontMatter, first: int) -> bool:
    """Return whether a row is a label and its value, above the first heading after the title or where declared."""
    declared = any(stands_under(spot, title) for title in find.front_matter_under)
    # Two cells further down are more likely a table of two columns, whose rows must not be taken one by one.
    return len(spot.block.cells) == 2 and has_text(spot.block) and (declared or spot.heading in (-1, first))


def _part(block: Block, kind: str, text: Inline, level: int = 0, label: Cell | None = None, value: str = "") -> Row:
    offers = {
        "kind": Cell(kind),
        "level": Cell(str(level) if level else ""),
        "label": label or Cell(),
        "value": Cell(value, "derived") if value else derived_cell(text.passage),
        "as_written": source_cell(text),
    }
    return Row(offers, (block.place,), {"as_written": text.anchors})


def _front_matter(reading: Reading, block: Block, normalise: Iterable[Normalise]) -> Row:
    label, text = block.cells
    how = next((entry for entry in normalise if entry.label == label.passage.text), None)
    value = _normal(reading, block, text.passage.text, how) if how else ""
    part = _part(block, "front-matter", text, label=source_cell(label), value=value)
    return replace(part, places=reading.standing(block), anchors={**part.anchors, "label": label.anchors})


def _normal(reading: Reading, block: Block, written: str, how: Normalise) -> str:
    place = reading.place(block.place, column=how.label)
    if how.to == "codes":
        if written not in how.codes:
            hint = Message(
                "Use one of: {codes}, or add it under normalise in publication.toml.", codes=", ".join(how.codes)
            )
            reading.fault("unknown-code", Message("{written!r} has no code.", written=written), place, hint)
        return how.codes.get(written, "")
    found = read_date(written, reading.declaration.language)
    if found.fault:
        reading.fault(
            "invalid-date",
            Message("{written!r} {fault}.", written=written, fault=found.fault),
            place,
            date_hint(written),
        )
    return found.edtf


FRONT_MATTER = Kind(
    "document",
    FrontMatter,
    "What frames the text: title, lines of front matter, headings that no other dataset has, instructions, legend."
    " A line of front matter is a label and its value, above the first heading after the title or"
    " below a heading of `front_matter_under`.",
)
