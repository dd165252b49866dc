"""What a kind of dataset is: its name, the keys with which a declaration uses it, and all that it does with them.

The kinds themselves are one file each in `kinds/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, is_dataclass
from enum import IntEnum
from typing import Any, ClassVar, Literal, get_args, get_type_hints

from pydantic import TypeAdapter

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.doors import said
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.finds import Find
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.tables import Fault
from ogp_data.tables.rows import Draft, Placed, Row, Search
from ogp_data.tables.taking import take

ColumnOrigin = Literal["source", "repeated", "derived", "reference", "generated", "unknown"]
"""Where a column's values come from; `ORIGINS` says what each means."""

ANYWHERE: dict[str, ColumnOrigin] = {
    "publication": "generated",
    "publication_country": "generated",
    "sequence": "generated",
    "phrase": "derived",
    "quote": "derived",
    "quote_places": "derived",
    "code_list": "generated",
    "unknown": "unknown",
    "source_places": "generated",
}
"""What a column can take whatever the rows are."""


class Turn(IntEnum):
    """When a kind finds its rows: it sees what those of earlier turns found, and claims blocks before later ones."""

    MARKED = 1
    """What the document marks as such: headings, tables."""
    BELOW = 2
    """What stands below such rows."""
    FRAME = 3
    """What frames the text."""
    REST = 4
    """Running text that nothing else claimed."""
    TAKEN = 5
    """From here on no rows of the document itself, but of the texts that columns took: links, quotations."""
    DEFECTS = 6
    """What was found wrong on the way."""
    JOINED = 7
    """Rows of complete datasets once more."""

    @property
    def in_document(self) -> bool:
        """Return whether the rows stand in the document itself, and are not made of those of other datasets."""
        return self < Turn.TAKEN


@dataclass(frozen=True, slots=True)
class Offer:
    """Something of a row that a column can take: where it comes from, and what the column gets.

    An asterisk at the end marks words whose home is another cell. `needs` are the keys of `find` without any of which
    there is nothing to take.
    """

    origin: ColumnOrigin
    gets: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A dataset as its kind checks it: its key path, the datasets by name, and the codes of what can be wrong."""

    spec: DatasetSpec
    known: Mapping[str, DatasetSpec]
    at: str
    defect_kinds: Set[str]

    def fault(self, rule: str, key: str, message: str, hint: str = "") -> Finding:
        """Return a finding on a key of the dataset."""
        return finding(rule, message, Place(key=f"{self.at}.{key}"), hint)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a document has of what datasets look for: labels by the names that these have there, and rows."""

    labels: Set[str] = frozenset()
    rows: int = 0


class Finder(Find):
    """The keys of a kind in a declaration, and what the kind does with them."""

    __slots__ = ()

    offers: ClassVar[Mapping[str, Offer]] = {}
    """What a column can `take` of a row; capitals stand for a name that the declaration gives."""

    turn: ClassVar[Turn] = Turn.REST
    """When the rows are found."""

    may_be_empty: ClassVar[bool] = False
    """Whether a dataset without rows is no error."""

    placed: ClassVar[bool] = True
    """Whether each row stands somewhere in the document."""

    paired: ClassVar[bool] = False
    """Whether rows in several languages say one thing where their numbers or keys are the same."""

    labelled: ClassVar[bool] = False
    """Whether the `label` of a row names it, so that `where` can lead to it."""

    @property
    def parent(self) -> str:
        """Return the dataset below whose rows these stand, so that without those there are none; "" without any."""
        return ""

    def named(self) -> Mapping[str, Sequence[str]]:
        """Return the headings of the document that the declaration names, by key: each must be there."""
        return {}

    def called_here(self, _first: Finder) -> Mapping[str, str]:
        """Return, by the headings that the same rows have in the first language, those that they have in this."""
        return {}

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return the rows of a dataset, each with what it offers to columns."""
        raise NotImplementedError

    def drafts(self, search: Search, spec: DatasetSpec) -> list[Draft]:
        """Return rows that do not stand in the document itself, with what columns take of them."""
        return take(search.publication, spec, {spec.name: self.rows(search, spec)})

    @classmethod
    def seen(cls, _finds: Mapping[str, Mapping[str, Any]], _placed: Sequence[Placed]) -> Seen:
        """Return what a document has of datasets of this kind, by their tables `find`."""
        return Seen()

    def nearest(self, _placed: Sequence[Placed]) -> Iterator[str]:
        """Yield what of the document came nearest to a row, the nearest first, when there is none."""
        yield from ()

    def defects(self, _spec: DatasetSpec, _row: Row, _key: str) -> Iterator[Fault]:
        """Yield what a row shows to be wrong with the source."""
        yield from ()

    def verbs(self) -> Mapping[str, ColumnOrigin]:
        """Return what a column of this very dataset can take, and where that comes from."""
        there = (one for one in self.offers.items() if not one[1].needs or any(getattr(self, k) for k in one[1].needs))
        return {verb: offer.origin for verb, offer in there if verb.islower()}

    def named_in_templates(self, _specs: Mapping[str, DatasetSpec]) -> Iterable[str]:
        """Return what a template can name of these rows."""
        return self.verbs()

    def origin(self, column: Column, _specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
        """Return where the values of a column come from that takes of these rows."""
        return self.verbs().get(column.take, "source")

    def check(self, declared: Declared) -> Iterator[Finding]:  # noqa: ARG002
        """Yield what is wrong with the keys of `find` beyond their types."""
        yield from ()

    def check_column(self, declared: Declared, column: Column, key: str) -> Iterator[Finding]:
        """Yield what is wrong with a column of the dataset that takes of a row, its own or another dataset's."""
        own = not column.of
        source = self if own or column.of not in declared.known else finder(declared.known[column.of])
        yield from source.check_take(declared, column, key, own)
        if column.where and not source.labelled:
            yield no_labels(declared, key)

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that these rows do not offer what a column takes; `own`: it is a column of the same dataset."""
        offers = {*self.verbs(), *(ANYWHERE if own else ())}
        if column.take not in offers and not column.take.startswith("reference:"):
            yield nothing_to_take(declared, column, Message("rows of the kind '{kind}'", kind=self.kind), offers, key)


def nothing_to_take(declared: Declared, column: Column, where: str, offers: Iterable[str], key: str) -> Finding:
    """Return that rows do not offer what a column takes, with all that they do."""
    message = Message("A column cannot take {take!r} from {where}.", take=column.take, where=where)
    return declared.fault("dangling-reference", f"{key}.take", message, meant(column.take, sorted(offers)))


def no_labels(declared: Declared, key: str) -> Finding:
    """Return that a column names a label of a dataset whose rows have none."""
    message = Message("Only a dataset of the kind 'document' has labels.")
    return declared.fault("dangling-reference", f"{key}.where", message)


def finder(spec: DatasetSpec) -> Finder:
    """Return how a dataset finds its rows; whatever a declaration may say was made by a kind of this room."""
    # A declaration is read by classes behind the door; another can come only from code.
    if not isinstance(spec.find, Finder):
        raise TypeError(f"{type(spec.find).__name__} is the keys of no kind of dataset")
    return spec.find


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of dataset: what `find.kind` calls it, the class of its keys, and what its rows are, for the manual."""

    name: str
    keys: type[Finder]
    about: str


def unfit(kind: Kind, _known: Mapping[str, Kind]) -> str:
    """Return why a kind of another package cannot be used, in a sentence; "" when it can."""
    if not (isinstance(kind.keys, type) and issubclass(kind.keys, Finder) and is_dataclass(kind.keys)):
        return Message("The class of its keys is not a dataclass derived from Finder.")
    try:
        TypeAdapter(kind.keys)
        tag = get_args(get_type_hints(kind.keys)["kind"])
    except Exception as reason:  # whatever the annotations of others lead to
        return Message("Its keys cannot be read: {said}.", said=said(reason))
    if tag != (kind.name,):
        return Message("Its key `kind` is not of the type Literal[{name!r}].", name=kind.name)
    if kind.keys.rows is Finder.rows and kind.keys.drafts is Finder.drafts:
        return Message("Its class has no method `rows`.")
    if wrong := sorted({str(offer.origin) for offer in kind.keys.offers.values()} - {*get_args(ColumnOrigin)}):
        return Message(
            "What it offers comes from {wrong}, and not from one of: {get_args}.",
            wrong=", ".join(wrong),
            get_args=", ".join(get_args(ColumnOrigin)),
        )
    return ""
