"""A publication: its declaration with all that it refers to, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from ogp_data.core import places
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.places import SourcePlace
from ogp_data.core.shared import Shared
from ogp_data.core.source import SourceFile
from ogp_data.core.strict import STRICT


def _place(text: object) -> SourcePlace:
    """Return the place that a value of TOML names."""
    try:
        return places.place(str(text))
    except ValueError as reason:
        raise PydanticCustomError("place", "Input should be a place: {reason}", {"reason": str(reason)}) from reason


@dataclass(frozen=True, slots=True)
class Correction:
    """A record of corrections.toml: a fault of the source that is known, and fixed when it has a value."""

    __pydantic_config__ = STRICT
    kind: Annotated[str, "What kind of fault it is: a code of the list `finding-kind`."]
    expect: Annotated[
        str, "The text that is there exactly once, possibly inside a word; the publication stops when it no longer is."
    ]
    reason: Annotated[str, "What is wrong; published as the statement of the finding."]
    status: Annotated[Literal["acknowledged", "corrected"], "`corrected` with a `value`, `acknowledged` without one."]
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds, as its CSV has it: its key column, its columns, and its rows by key."""

    key: str = ""
    columns: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A build that was published before: its version, SHA-256 of its manifest, files by path, tables by name."""

    version: str
    sha256: str
    files: Mapping[str, bytes] = field(repr=False)
    tables: Mapping[str, Contents] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """A declaration with all that it refers to, read and checked; `source` is the document's text."""

    declaration: Declaration
    shared: Shared
    corrections: tuple[Correction, ...]
    references: Mapping[str, Mapping[str, str]]
    folder: Path
    source_bytes: bytes = field(repr=False)
    earlier: Earlier | None = None

    @property
    def id(self) -> str:
        """Return the publication's name."""
        return self.declaration.id

    @property
    def disclaimer(self) -> Message | None:
        """Return the sentence that says that the publication is not the government's; None when it is."""
        return self.shared.agents[self.declaration.publisher].disclaimer if self.declaration.unofficial else None

    @property
    def specs(self) -> Mapping[str, DatasetSpec]:
        """Return the datasets by name."""
        return {spec.name: spec for spec in self.declaration.dataset}

    @property
    def names(self) -> Names:
        """Return the publication's IRIs."""
        return self.declaration.names

    @property
    def source_name(self) -> str:
        """Return the source document's file name."""
        return Path(self.declaration.source.file).name

    @property
    def source_files(self) -> tuple[str, ...]:
        """Return the names of the source's files, in the order in which places count them."""
        return (self.source_name,)

    @property
    def source_file(self) -> SourceFile:
        """Return the source document as it was received."""
        return SourceFile(self.source_name, self.source_bytes, self.declaration.source.codec)
