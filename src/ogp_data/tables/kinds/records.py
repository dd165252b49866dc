"""Rows from records: what stands from one beginning, such as the title of a commitment, to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.strict import STRICT
from ogp_data.tables.checked import check_colours, check_pattern, check_within
from ogp_data.tables.kind import ColumnOrigin, Declared, Finder, Kind, Offer, Seen, Turn
from ogp_data.tables.patterns import pattern_fault
from ogp_data.tables.records.checking import check_labels, check_marks, check_records
from ogp_data.tables.records.family import Family, Member, Taken
from ogp_data.tables.records.labels import heads, spelt
from ogp_data.tables.records.making import Making
from ogp_data.tables.records.starting import MARK
from ogp_data.tables.rows import Placed, Row, Search

_NUMBERS = ("number", "unique_key")


@dataclass(frozen=True, slots=True)
class Records(Finder):
    """Records, each from where its beginning matches a pattern to the next one or the end of its section."""

    __pydantic_config__ = STRICT
    kind: Literal["records"]
    starts: Annotated[
        str,
        "Regular expression that the whole of a heading, a bold paragraph or the first cell of a row matches where a"
        " record begins, with a named group for each part that a column takes; a group `mark` holds words that are no"
        " text, such as `Commitment`.",
    ] = ""
    of: Annotated[str, "Instead of `starts`: the dataset over whose records this one goes as well."] = ""
    begins: Annotated[
        Literal["every", "labelled"],
        "Which of what matches `starts` begins a record: all, or what is of the one shape below which most labels stand"
        " and has two of these or more.",
    ] = "every"
    named_by: Annotated[
        list[str], "Labels that stand before number and title, or above them in a table with a row for each record."
    ] = field(default_factory=list)
    within: Annotated[str, "A dataset of kind `headings` below whose rows the records stand."] = ""
    title: Annotated[
        Literal["same", "next heading", "any"],
        "Where the title stands: in what `starts` matches, or in the heading, bold paragraph or row behind it, which"
        " is then the group `title`; `any`: where it is there, else in the cell right of it or as before.",
    ] = "same"
    labels: Annotated[
        dict[str, list[str]],
        "By name, the labels behind, beside or below which a text stands, in each spelling; columns take `label:NAME`.",
    ] = field(default_factory=dict)
    further: Annotated[
        list[str],
        "Labels for which no column is: what stands beside them in a table is `rest`, without a warning; one that is"
        " alone in its row, such as the title of the form, says nothing.",
    ] = field(default_factory=list)
    optional: Annotated[
        list[str], "The names of labels that no record has to have; `ticks` and `fill` for levels and colours."
    ] = field(default_factory=list)
    level: Annotated[
        list[str], "Labels beside the levels of `ticks`, where one is ticked, or said in words: `Completion: Limited`."
    ] = field(default_factory=list)
    ticks: Annotated[
        dict[str, str | list[str]],
        "By code, the headings of which one is ticked, in each spelling: with a mark below, beside or with it.",
    ] = field(default_factory=dict)
    sub_items: Annotated[
        str, "Regular expression of the letters of sub-items, which stand in the place of ticks or before texts."
    ] = ""
    fill: Annotated[dict[str, str], "By colour, such as `#00b050`, the code that the fill of a cell stands for."] = (
        field(default_factory=dict)
    )
    each: Annotated[
        Literal["record", "sub-item"], "What a row is: a record, or one of the sub-items of the records of `of`."
    ] = "record"

    turn: ClassVar[Turn] = Turn.BELOW
    paired: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "position": Offer("generated", "the number of the record among those found: 1, 2, 3"),
        "group:NAME": Offer("source", "the words that the group `(?P<NAME>...)` of `starts` matches"),
        "number": Offer(
            "source",
            "the words that the group `(?P<number>...)` matches; the other datasets can be joined by this number",
        ),
        "label:NAME": Offer("source", "the texts that stand with the labels called so, joined in their order"),
        "unique_key": Offer(
            "generated",
            "`C` and the number, behind `T` and the key of `parent` where numbers begin again: `C7`, `T2-C7`; the order"
            " of the record where it has no number",
        ),
        "tick": Offer("derived", "the code of the heading that is ticked, of the record or its sub-item"),
        "fill": Offer("derived", "the code of the colour with which a cell of the record is filled"),
        "level": Offer("derived", "the code that is ticked or, where nothing is, that of the colour"),
        "rest": Offer("source", "what stands in the tables of the record without a label that is known"),
        "letter": Offer("source", 'with `each = "sub-item"`: its letter'),
        "parent": Offer("source", "with `within`: the key of the row of the heading that the record is under"),
    }

    def verbs(self) -> Mapping[str, ColumnOrigin]:
        """Return what a column can take: what each group and label is called, and what is marked."""
        own = {verb: origin for verb, origin in Finder.verbs(self).items() if verb not in _NUMBERS}
        return {**own, **{f"label:{name}": self.offers["label:NAME"].origin for name in self.labels}, **self._groups()}

    def _groups(self) -> dict[str, ColumnOrigin]:
        names = {*(() if self._fault() else re.compile(self.starts).groupindex)} - {MARK}
        names |= {"title"} if self.title != "same" else set()
        # The number of the records of another dataset is known only beside that.
        numbers: dict[str, ColumnOrigin] = {"number": "source"} if "number" in names else {}
        numbers |= {"number": "repeated"} if self.of else {}
        numbers |= {"unique_key": "generated"} if numbers else {}
        return {**numbers, **{f"group:{name}": "source" for name in sorted(names)}}

    def _fault(self) -> str:
        return pattern_fault(self.starts) or pattern_fault(self.sub_items)

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that a pattern cannot be read, or that what the keys refer to is not there."""
        yield from check_pattern(declared, "starts", self.starts)
        yield from check_pattern(declared, "sub_items", self.sub_items)
        if bool(self.starts) == bool(self.of):
            message = Message(
                "Records begin where `starts` says, or are those of the dataset in `of`: say one of both."
            )
            yield declared.fault("value-type", "find.starts", message)
        if self.of:
            yield from check_of_records(declared, "of", self.of)
        yield from check_within(declared, self.within)
        if self.each == "sub-item" and not self.of:
            message = Message("Sub-items are those of the records of another dataset, which `of` names.")
            yield declared.fault("missing-key", "find.of", message)
        yield from check_colours(declared, self.fill)

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that no group or label has the name; of a pattern that cannot be read, that alone is reported."""
        base = declared.known.get(self.of)
        groups = base.find._groups() if base and isinstance(base.find, Records) else {}  # what begins the same records
        if not self._fault() and column.take not in groups:
            yield from Finder.check_take(self, declared, column, key, own)

    @property
    def parent(self) -> str:
        """Return the dataset without whose rows there are none."""
        return self.of or self.within

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return a row for each record, or for each of their sub-items."""
        family = family_of(search.reading.declaration, self.of or spec.name)
        if family is None:
            return []
        records, reading = records_of(search, family), search.reading
        if not self.of:
            check_records(reading, spec, records, family, search.placed)
        check_labels(reading, spec, self, records)
        check_marks(reading, spec, self, records)
        return Making(search, spec, self, family).rows(records)

    @classmethod
    def seen(cls, finds: Mapping[str, Mapping[str, Any]], placed: Sequence[Placed]) -> Seen:
        """Return the labels that the records of a document have, `ticks` for its levels, and how many there are."""
        made = {name: cls(**find) for name, find in finds.items()}
        base = next((name for name, find in made.items() if find.starts), "")
        if not base:
            return Seen()
        family = Family([Member(name, made[name], frozenset()) for name in sorted(made, key=lambda one: one != base)])
        records = family.records(placed)
        have = {spelling for taken in records for spelling in _spellings(taken)}
        labels = {name for find in made.values() for name, said in find.labels.items() if have & set(map(spelt, said))}
        is_ticked = any(taken.found.ticked.marks for taken in records)
        return Seen(labels | ({"ticks"} if is_ticked else set()), len(records))

    def nearest(self, placed: Sequence[Placed]) -> Iterator[str]:
        """Yield the first heading, bold paragraph or first cell, none of which matches."""
        for spot in placed:
            if head := heads(spot.block):
                yield Message(
                    "{text!r} on {place} does not match `starts`", text=head.passage.text[:60], place=spot.block.place
                )
        yield Message("the document has no heading, bold paragraph or table")


def check_of_records(declared: Declared, key: str, of: str) -> Iterator[Finding]:
    """Yield that a dataset that is named is none that says where records begin."""
    finds = ((name, spec.find) for name, spec in declared.known.items())
    able = [name for name, find in finds if isinstance(find, Records) and find.starts]
    if of not in able:
        message = Message("There is no dataset {of!r} of the kind 'records' with `starts`.", of=of)
        yield declared.fault("dangling-reference", f"find.{key}", message, meant(of, able))


def family_of(declaration: Declaration, base: str) -> Family | None:
    """Return the datasets over the records of one of them, that one first; None where it is of another kind."""
    finds = {one.name: (one, one.find) for one in declaration.dataset}
    own = [(one, find) for one, find in finds.values() if isinstance(find, Records) and base in (one.name, find.of)]
    own.sort(key=lambda pair: pair[0].name != base)
    members = [
        Member(one.name, find, frozenset(column.take for column in one.column if not column.of)) for one, find in own
    ]
    return Family(members) if members and members[0].name == base else None


def records_of(search: Search, family: Family) -> Sequence[Taken]:
    """Return the records of a family of datasets, which are looked for once for all of these."""
    name = family.members[0].name, tuple(spot.number for spot in search.placed)
    if name not in search.recalled:
        search.recalled[name] = family.records(search.placed)
    found: Sequence[Taken] = search.recalled[name]
    return found


def _spellings(taken: Taken) -> Iterator[str]:
    """Yield the labels of a record, beside texts or at the heads of columns."""
    yield from (part.spelling for part in taken.found.parts)
    yield from (spelling for header in taken.found.headers for spelling in header.spellings)


RECORDS = Kind(
    "records",
    Records,
    "Records such as commitments that the document sets out one below the other, each with labels and what they stand"
    " for: the right neighbour of a cell, the text behind a bold word or `Label:`, what stands below a heading. A label"
    " that is met again in one record adds to its text; one that no record has is an error. Several datasets may be"
    " made of the same records.",
)
