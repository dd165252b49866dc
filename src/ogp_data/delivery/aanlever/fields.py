"""A dataset in the fields of the Aanlever API 0.9.0, and back: what it takes, what it lacks, and when two are the same.

The fields are those of `DcatDataset` in its OpenAPI document: texts in one language, dates as moments in UTC,
distributions with addresses, a title, a description and a format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.core.vocab import AUTHORITY
from ogp_data.delivery import mapping
from ogp_data.delivery.aanlever.tables import DATASET, FILE, MOMENT, THEME, as_utc, declared, moment
from ogp_data.delivery.mapping import Subject
from ogp_data.delivery.package_reader import Dataset, File
from ogp_data.delivery.plan import Fields, WantedFile

LONGEST_DESCRIPTION = 2000
ACCESS = re.compile(re.escape(f"{AUTHORITY}access-right/") + "(PUBLIC|NON_PUBLIC|RESTRICTED)")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-])+")
"""What RFC 3986 lets a URI be made of."""
FILES = "dcatDistribution"
MOMENTS = tuple(row.field for row in DATASET if row.form is MOMENT)
DECLARED, DECLARED_OF_FILES = declared(DATASET), declared(FILE)
"""Field of a dataset, or of a file -> the key of publication.toml that it comes from."""
MANAGED, MANAGED_OF_FILES = mapping.managed(DATASET), mapping.managed(FILE)
"""Fields that are ours; any other that somebody filled in stays as it is."""


# There ----------------------------------------------------------------------------------------------------


def dataset_fields(dataset: Dataset, language: str) -> dict[str, Any]:
    """Return a dataset in the API's fields, without its files."""
    return normal(mapping.fields(DATASET, Subject(dataset, None, language)))


def file_fields(dataset: Dataset, file: File, language: str) -> dict[str, Any]:
    """Return a file in the API's fields."""
    return normal(mapping.fields(FILE, Subject(dataset, None, language, file)))


def payload(fields: Fields, files: Iterable[Fields]) -> dict[str, Any]:
    """Return a dataset with its files, as sent."""
    return {**fields, FILES: [dict(file) for file in files]}


# And back -------------------------------------------------------------------------------------------------


def kept(fields: Fields) -> dict[str, Any]:
    """Return the fields of a dataset that are ours."""
    return normal(mapping.kept(DATASET, fields, _normal))


def kept_file(content: Any) -> dict[str, Any]:
    """Return the fields of a file that are ours; none of what is no file."""
    found = content if isinstance(content, Mapping) else {}
    return normal(mapping.kept(FILE, found, _normal))


def others_of_file(content: Fields) -> dict[str, Any]:
    """Return the fields of a file that somebody else filled in."""
    return {name: _whole(value) for name, value in content.items() if name not in MANAGED_OF_FILES}


def empties(old: Fields, new: Fields) -> bool:
    """Return whether something that stands there is to be empty; a list is written whole, so its parts do not count."""
    return any(name not in new or _empties(value, new[name]) for name, value in old.items())


def _empties(old: Any, new: Any) -> bool:
    return isinstance(old, Mapping) and isinstance(new, Mapping) and empties(old, new)


def others(fields: Fields) -> dict[str, Any]:
    """Return the fields of a dataset that somebody else filled in; the API takes no null."""
    return {name: _whole(value) for name, value in fields.items() if name not in MANAGED | {FILES}}


def normal(fields: Fields) -> dict[str, Any]:
    """Return fields so that the same says the same: lists in order, moments in UTC, nothing that is empty."""
    found = {name: _normal(value) for name, value in fields.items()}
    found |= {name: as_utc(found[name]) for name in MOMENTS if isinstance(found.get(name), str)}
    return {name: value for name, value in found.items() if value not in _EMPTY}


_EMPTY: tuple[object, ...] = (None, "", [], {})


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, Mapping):
        return {name: part for name in value if (part := _normal(value[name])) not in _EMPTY}
    if isinstance(value, list):
        return sorted((part for one in value if (part := _normal(one)) not in _EMPTY), key=_order)
    return value


def _order(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _whole(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _whole(part) for name, part in value.items() if part is not None}
    return [_whole(part) for part in value] if isinstance(value, list) else value


def names(files: Sequence[WantedFile], contents: Sequence[Fields], dataset: str) -> list[str]:
    """Return for each distribution of a dataset the id of the file that it is.

    The API knows no id of ours: a file is known by its address, and where that changed by its title and format. One
    that is no longer wanted goes by its address and place in the list; one that lies elsewhere is of others, and "".
    """
    left, found = list(files), [""] * len(contents)
    for tell in (_address, _label):
        for place, content in enumerate(contents):
            same = next((file for file in left if tell(file.fields) == tell(content) != ""), None)
            if same and not found[place]:
                left.remove(same)
                found[place] = same.id
    bases = {dataset.rpartition("/")[0] + "/", *(_address(f.fields).removesuffix(f.path) for f in files if f.path)}
    return [name or _dropped(_address(contents[place]), place, tuple(bases)) for place, name in enumerate(found)]


def _dropped(address: str, place: int, bases: tuple[str, ...]) -> str:
    return f"{address} ({place + 1})" if address.startswith(bases) else ""


def _address(content: Fields) -> str:
    return str(content.get("dcatDownloadUrl") or content.get("dcatAccessUrl") or "")


def _label(content: Fields) -> str:
    return _order([content.get("dctTitle"), content.get("dctFormat")]) if content.get("dctTitle") else ""


# What it does not take ------------------------------------------------------------------------------------


def faults(dataset: Dataset, language: str) -> Iterator[str]:
    """Yield what the API would refuse, before anything is sent."""
    fields = dataset_fields(dataset, language)
    sent = [fields, *(file_fields(dataset, file, language) for file in dataset.files)]
    for what, holds in _RULES.items():
        if not holds(fields):
            yield Message("{name}: {what}", name=dataset.name, what=what)
    for iri in sorted({value for one in sent for value in _uris(one)}):
        if not URI.fullmatch(iri):
            yield Message("{name}: {iri!r} is not a URI", name=dataset.name, iri=iri)


_RULES: Mapping[str, Callable[[Fields], bool]] = {
    Message("it has no title"): lambda fields: bool(fields.get("dctTitle")),
    Message("it has no description"): lambda fields: bool(fields.get("dctDescription")),
    Message("its description has more than {longest:,} characters", longest=LONGEST_DESCRIPTION): lambda fields: (
        # A server may count as UTF-16 does, in which some characters are two.
        all(len(text.encode("utf-16-le")) <= 2 * LONGEST_DESCRIPTION for text in fields.get("dctDescription", ()))
    ),
    Message("its publisher has no name"): lambda fields: bool(fields.get("dctPublisher")),
    Message("it has no creator, or one without a name"): lambda fields: bool(fields.get("dctCreator")),
    Message("its contact point has no name"): lambda fields: "vcardFn" in fields.get("dcatContactPoint", {}),
    Message("it has no theme of the EU data-theme table"): lambda fields: bool(fields.get("dcatTheme")),
    Message("its access rights are not PUBLIC, NON_PUBLIC or RESTRICTED of the EU table"): lambda fields: bool(
        ACCESS.fullmatch(fields.get("dctAccessRights", ""))
    ),
}
"""What the OpenAPI document demands of a dataset -> whether it holds."""

_TEXTS = frozenset(
    {"dctTitle", "dctDescription", "dcatKeyword", "dctPublisher", "dctCreator", "admsVersionNotes", "dcatVersion"}
    | {"dctTemporal", "vcardFn", *MOMENTS}
)


def _uris(fields: Fields) -> Iterator[str]:
    """Yield every value that must be a URI."""
    for name, value in fields.items():
        if name in _TEXTS:
            continue
        for part in value if isinstance(value, list) else [value]:
            yield from _uris(part) if isinstance(part, Mapping) else [str(part)]


def losses(dataset: Dataset, language: str) -> Iterator[str]:
    """Yield what the fields cannot carry, so that a plan says it."""
    yield from _dataset_losses(dataset, language)
    for what, get in _OF_FILES.items():
        if any(get(file) for file in dataset.files):
            yield Message("the {what} of files", what=what)
    if any(file.file_type and file.media_type for file in dataset.files):
        yield Message("the media type of files, next to their format")


def _dataset_losses(dataset: Dataset, language: str) -> Iterator[str]:
    yield Message("the language of titles, descriptions, keywords and names: texts have no language tag")
    for other in sorted(set(_languages(dataset)) - {language, ""}):
        yield Message("titles, descriptions, keywords and names in another language ({other})", other=other)
    yield from (Message("the licence {licence} of datasets and files", licence=licence) for licence in dataset.licences)
    yield Message("the IRIs of publisher, creators and contact point: their names are used")
    if dataset.identifier != dataset.iri:
        yield Message("the identifier {identifier}: the dataset's IRI is used", identifier=dataset.identifier)
    if dataset.metadata_languages:
        yield Message("the language of the description of datasets, and when it was changed (the catalogue records)")
    if dataset.series:
        yield Message("the title and description of the series: it goes by its IRI")
    yield from (Message("the theme {theme}", theme=theme) for theme in dataset.themes if not THEME.fullmatch(theme))
    if any(0 < len(value) < 10 for value in (dataset.start, dataset.end)):
        yield Message("that the period is known by its year or month only: it becomes its first and last day")
    for what, value in (("issue", dataset.issued), ("change", dataset.modified)):
        if value and not moment(value):
            yield Message("the moment of {what} {value}, which has no time zone", what=what, value=value)
        if 0 < len(value) < 10:
            yield Message(
                "that the day of {what} is known by its year or month only: it becomes its first day", what=what
            )


def _languages(dataset: Dataset) -> Iterator[str]:
    yield from (*dataset.title, *dataset.description, *dataset.keywords, *dataset.publisher.name)


_OF_FILES: Mapping[str, Callable[[File], object]] = {
    "checksum": lambda file: file.sha256,
    "size": lambda file: file.size is not None,
    "language": lambda file: file.languages,
    "status": lambda file: file.status,
    Message("planned availability"): lambda file: file.availability,
    "rights": lambda file: file.rights,
    "standards": lambda file: file.conforms_to,
    "dates": lambda file: file.issued or file.modified,
}
"""What a file is said to have, and a distribution of the API has no field for."""
