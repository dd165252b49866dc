"""A publication: its declaration with all that it refers to, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec, written
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Place
from ogp_data.core.messages import Message, sentences
from ogp_data.core.names import Names
from ogp_data.core.places import Box, Page, SourcePlace
from ogp_data.core.shared import Shared
from ogp_data.core.source import SourceFile
from ogp_data.core.strict import STRICT
from ogp_data.core.theme import Theme
from ogp_data.core.vocab import OGP
from ogp_data.core.withdrawn import Withdrawn
from ogp_data.core.words import Saying, Text
from ogp_data.core.written import Written

COMMITMENTS = "commitments"
"""The dataset of the model whose rows an edition may continue."""


def _place(text: object) -> SourcePlace:
    """Return the place that a value of TOML names."""
    try:
        return places.place(str(text))
    except ValueError as reason:
        raise PydanticCustomError("place", "Input should be a place: {reason}", {"reason": str(reason)}) from reason


def _box(corners: object) -> Box:
    """Return the box that a value of TOML says."""
    sides = corners if isinstance(corners, list | tuple) and len(corners) == 4 else []
    if not sides or not all(isinstance(side, int | float) and not isinstance(side, bool) for side in sides):
        raise PydanticCustomError("box", "Input should be four numbers: left, top, right, bottom")
    try:
        return Box(*sides)
    except ValueError as reason:
        raise PydanticCustomError("box", "Input should be a box: {reason}", {"reason": str(reason)}) from reason


UNCONFIRMED = Message(
    "Not confirmed: a program found these rows in the document, and no person has compared them with it yet."
)


def disclaimer(declaration: Declaration, shared: Shared) -> Message | None:
    """Return what readers are to know of a publication that is not the government's, or not confirmed; else None."""
    unofficial = shared.agents[declaration.publisher].disclaimer if declaration.unofficial else None
    told = [*filter(None, (unofficial, None if declaration.confirmed else UNCONFIRMED))]
    return sentences(*told) if told else None


@dataclass(frozen=True, slots=True)
class Correction:
    """A record of corrections.toml: a fault of the source that is known, and fixed when it has a value."""

    __pydantic_config__ = STRICT
    kind: Annotated[str, "What kind of fault it is: a code of the list `finding-kind`."]
    expect: Annotated[
        str, "The text that is there exactly once, possibly inside a word; the publication stops when it no longer is."
    ]
    reason: Annotated[
        Saying,
        "What is wrong; published as the statement of the finding. A table of languages where readers of each page"
        " language are to read it in their own.",
    ]
    status: Annotated[
        Literal["acknowledged", "corrected", "withheld"],
        "`corrected` with a `value`, `acknowledged` without one; `withheld` is `corrected`, and `expect` is published"
        " nowhere: what tells of a person. The document is not published then: `publish = false` under [source].",
    ]
    value: Annotated[str | None, "The text to publish instead, empty for none; absent: it is published as it is."] = (
        None
    )
    dataset: Annotated[str, "Place in a table: name of the dataset; goes with `row` and `column`."] = ""
    row: Annotated[str, "Place: key of the row there."] = ""
    column: Annotated[str, "Place: name of the column there."] = ""
    place: Annotated[
        SourcePlace | None,
        "Place in the document itself, as `source_places` has it: `L98`, `p12`, `Sheet1!A5`. With `value`, it is read"
        " as if that stood there.",
        PlainValidator(_place),
    ] = None
    box: Annotated[
        Box | None,
        "Where on the page of `place`, when the words stand there more than once: left, top, right and bottom in points"
        " from its top left corner, such as `[72, 100, 300, 120]`.",
        PlainValidator(_box),
    ] = None

    @property
    def at(self) -> SourcePlace | None:
        """Return its place, with the box on it; None where it is about a cell of a table."""
        return replace(self.place, box=self.box) if isinstance(self.place, Page) and self.box else self.place


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds, as its CSV has it: its key column, its columns, and its rows by key."""

    key: str = ""
    columns: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A build that was published before: its version, SHA-256 of its manifest, files by path, tables by name, id."""

    version: str
    sha256: str
    files: Mapping[str, bytes] = field(repr=False)
    tables: Mapping[str, Contents] = field(repr=False)
    publication: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An earlier edition: its build, what its catalogue says of it, and which commitments are said to continue its own.

    `first` has the IRI of the first member of the series by dataset, `before` the ids of the editions before it, the
    oldest first; `at` is where the declaration speaks of it. Of one that is withdrawn nothing is there any more to be
    linked to: it has neither home nor series nor first members, and its commitments have keys and titles alone.
    """

    build: Earlier
    base: str
    home: str
    series: str
    first: Mapping[str, str]
    before: tuple[str, ...]
    paths: Set[str] = field(repr=False)
    at: str
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    same_numbers: bool = False
    is_withdrawn: bool = False

    @property
    def id(self) -> str:
        """Return the publication's name."""
        return self.build.publication

    @property
    def is_continued(self) -> bool:
        """Return whether [[continues]] speaks of it, and not only [previous]."""
        return self.at != "previous"

    @property
    def commitments(self) -> Contents:
        """Return its commitments by key; none where it has no such table."""
        return self.build.tables.get(COMMITMENTS, Contents())

    def row(self, key: str) -> str:
        """Return the IRI of a commitment of it; "" where nothing is at its address any more."""
        return "" if self.is_withdrawn else f"{self.base}{COMMITMENTS}#{quote(key, safe='')}"

    def page(self, key: str) -> str:
        """Return the address of a commitment's page; "" when it was published without one."""
        # A key that cannot be part of an address has a page that is called by the number of its row.
        number = [*self.commitments.rows].index(key) + 1
        paths = (f"{COMMITMENTS}/{name}.html" for name in (f"row.{number}", key))
        return next((self.home + path for path in paths if path in self.paths), "") if self.home else ""


@dataclass(frozen=True)
class Publication:
    """A declaration with all that it refers to, read and checked; places count the files of its source in order.

    `earlier` is the version before it, `editions` are other publications; the first is the one that [previous] names.
    """

    declaration: Declaration
    shared: Shared
    corrections: tuple[Correction, ...]
    references: Mapping[str, Mapping[str, str]]
    folder: Path
    source_files: tuple[SourceFile, ...] = field(repr=False)
    earlier: Earlier | None = None
    editions: tuple[Edition, ...] = ()
    written: Written = field(default_factory=Written, repr=False)
    theme: Theme = field(default_factory=Theme)

    @property
    def id(self) -> str:
        """Return the publication's name."""
        return self.declaration.id

    @property
    def withdrawn(self) -> Withdrawn:
        """Return what it does not say."""
        words = tuple(record.expect for record in self.corrections if record.status == "withheld")
        return Withdrawn(not self.declaration.source.publish, words)

    def declared(self, column: Column, part: str) -> Place:
        """Return where a key of a column is written in the declaration, or would be."""
        found = (
            f"dataset[{number}].column[{index}].{part}"
            for number, spec in enumerate(self.declaration.dataset)
            for index, one in enumerate(spec.column)
            if one is column
        )
        key = written(next(found, part))
        return self.written.place(Place(file=f"{self.id}/publication.toml", key=key))

    @property
    def disclaimer(self) -> Message | None:
        """Return what readers are to know before they rely on it; None for what is the government's, and confirmed."""
        return disclaimer(self.declaration, self.shared)

    @property
    def compared(self) -> Edition | None:
        """Return the edition that it is compared with; None when that is an earlier version, or nothing."""
        return None if self.earlier else next(iter(self.editions), None)

    @cached_property
    def specs(self) -> Mapping[str, DatasetSpec]:
        """Return the datasets by name."""
        return {spec.name: spec for spec in self.declaration.dataset}

    @cached_property
    def names(self) -> Names:
        """Return the publication's IRIs."""
        d = self.declaration
        url, ogp = d.base_url or d.base_iri, d.vocabulary or OGP
        return Names(d.base_iri, url, ogp, self.shared.model, d.source.elsewhere)

    @property
    def source_name(self) -> str:
        """Return what the source is called: the name of its file, or of the folder of its files."""
        return self.source_files[0].name if len(self.source_files) == 1 else "source"

    @property
    def source_address(self) -> str:
        """Return where the source can be had: beside the data, else where it was published; "" for nowhere."""
        source, paths = self.declaration.source, self.source_paths
        # Several files have a page that leads to each.
        return self.names.download(paths[0] if len(paths) == 1 else "source/") if source.publish else source.url

    def source_title(self, file: SourceFile) -> Text:
        """Return what a file of the source is called: as the source, with its own name where there are several."""
        title = self.declaration.source.title
        return Message("{document} ({file})", document=title, file=file.name) if self.source_files[1:] else title

    @property
    def source_paths(self) -> tuple[str, ...]:
        """Return where each file of the source is published, below the folder of the publication."""
        return tuple(f"source/{file.name}" for file in self.source_files)
