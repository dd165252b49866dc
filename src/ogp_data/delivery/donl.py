"""A dataset in the fields of DCAT-AP-DONL 1.1, as data.overheid.nl's CKAN takes them.

Its lists are of their own: an unknown licence becomes "licentie onbekend" there and closes the dataset, so a value that
a list lacks is a fault here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ogp_data.core.resources import donl_themes
from ogp_data.core.vocab import AUTHORITY, SPDX
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.package_reader import Dataset, File, spoken

LICENCES = frozenset(
    {
        "http://creativecommons.org/publicdomain/mark/1.0/deed.nl",
        "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        *(
            f"http://creativecommons.org/licenses/{kind}/{version}/deed.nl"
            for kind in ("by", "by-nc", "by-sa")
            for version in ("3.0", "4.0")
        ),
    }
)
"""The open licences of DONL's list."""

OWMS = "http://standaarden.overheid.nl/owms/terms/"
AVAILABLE = "http://data.overheid.nl/status/beschikbaar"
UNAVAILABLE = "http://data.overheid.nl/status/niet_beschikbaar"
STATUS = "http://purl.org/adms/status/"
DOWNLOAD = "https://data.overheid.nl/distributiontype/download"
STATUSES = {
    "COMPLETED": "Completed",
    "DEVELOP": "UnderDevelopment",
    "DEPRECATED": "Deprecated",
    "WITHDRAWN": "Withdrawn",
}
"""Code of the EU distribution-status table -> name in the older ADMS list that DONL has."""


def dataset_fields(dataset: Dataset, target: CkanTarget) -> dict[str, Any]:
    """Return a dataset's fields; what it does not say is absent."""
    language = target.language
    fields = {
        "identifier": dataset.identifier,
        "title": spoken(dataset.title, language).strip(),
        "notes": spoken(dataset.description, language),
        "authority": target.organisations.get(dataset.creators[0].iri, "") if dataset.creators else "",
        "publisher": target.organisations.get(dataset.publisher.iri, ""),
        "contact_point_name": spoken(dataset.contact.name, language),
        "contact_point_email": dataset.contact.email,
        "contact_point_website": dataset.contact.url,
        "theme": sorted({iri for theme in dataset.themes for iri in target.themes.get(_code(theme), ())}),
        "license_id": dataset.licences[0] if dataset.licences else "",
        "language": list(dataset.languages),
        "metadata_language": _metadata_language(language),
        "modified": moment(dataset.modified),
        "issued": moment(dataset.issued),
        "access_rights": dataset.access_rights,
        "dataset_status": AVAILABLE,
        "frequency": dataset.frequency,
        "temporal_start": moment(dataset.start),
        "temporal_end": moment(dataset.end, last=True),
        "url": next(iter(dataset.landing_pages), ""),
        "tags": tags(dataset, language),
        "conforms_to": list(dataset.conforms_to),
        "version": dataset.version,
        "version_notes": [text] if (text := spoken(dataset.version_notes, language)) else [],
        "documentation": list(dataset.pages),
    }
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def file_fields(dataset: Dataset, file: File, target: CkanTarget) -> dict[str, Any]:
    """Return a file's fields; the size is in kilobytes, rounded up."""
    language = target.language
    title = spoken(file.title, language)
    fields = {
        "url": file.access_url,
        "name": title,
        "description": spoken(file.description, language) or title,
        "metadata_language": _metadata_language(language),
        "language": list(file.languages or dataset.languages),
        "license_id": file.licence,
        "format": file.file_type,
        "mimetype": file.media_type.replace("http://", "https://"),
        "size": max(1, -(-file.size // 1000)) if file.size is not None else None,
        "download_url": [file.download_url] if file.download_url else [],
        "status": status(dataset, file),
        "release_date": moment(file.issued),
        "modification_date": moment(file.modified),
        "rights": file.rights,
        "hash": file.sha256,
        "hash_algorithm": str(SPDX.checksumAlgorithm_sha256) if file.sha256 else "",
        "distribution_type": DOWNLOAD,
    }
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def faults(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield the values that DONL's lists lack, and what must be there and is not."""
    if not dataset.licences:
        yield "a dataset without a licence"
    if not dataset.creators:
        yield "a dataset without a creator"
    for licence in dataset.licences:
        if licence not in LICENCES:
            yield f"the licence {licence}"
    for agent in (*dataset.creators, dataset.publisher):
        iri = target.organisations.get(agent.iri, "")
        if not iri.startswith(OWMS):
            yield f"the organisation {agent.iri} (map it to an OWMS IRI under `organisations` of the target)"
    for theme in dataset.themes:
        mapped = target.themes.get(_code(theme), [])
        if not mapped:
            yield f"the theme {_code(theme)} (map it to OWMS themes under `themes` of the target)"
        yield from (f"the theme {iri}, which is not in its list" for iri in mapped if iri not in donl_themes())
    if not (dataset.contact.email or dataset.contact.url):
        yield "a contact point without e-mail and web address"
    if not dataset.themes:
        yield "a dataset without a theme"


def status(dataset: Dataset, file: File) -> str:
    """Return the status of a file, else of its dataset, as the older ADMS list has it; "" where that has none."""
    code = _code(file.status or dataset.status)
    return STATUS + STATUSES[code] if code in STATUSES else ""


def losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield what the fields cannot carry, so that a plan says it."""
    other = "en" if target.language == "nl" else "nl"
    if other in dataset.title:
        yield f"titles, descriptions and keywords in the other language ({other})"
    if dataset.series:
        yield "the dataset series"
    if len(dataset.creators) > 1:
        yield "creators beyond the first"
    if len(dataset.licences) > 1:
        yield "licences of a dataset beyond the first (each file keeps its own)"
    words = dataset.keywords.get(target.language) or next(iter(dataset.keywords.values()), ())
    yield from (f"the keyword {word} as it is written: it becomes {slug(word) or '-'}" for word in words if "'" in word)
    yield from (f"the keyword {word}: it is too short or long" for word in words if not 2 <= len(slug(word)) <= 100)
    if dataset.spatial:
        yield "the area as a code of the EU country table (DONL has Dutch municipalities, provinces and the like)"
    if any(len(date) < 10 for date in (dataset.start, dataset.end) if date):
        yield "that the period is known by its year or month only: it becomes its first and last day"
    yield from (
        f"the file {file.path or file.access_url}: its format is not in the EU table of file types"
        for file in dataset.files
        if not file.file_type
    )
    if any(file.availability for file in dataset.files):
        yield "the planned availability of files"
    if any(file.conforms_to for file in dataset.files):
        yield "the standards that files conform to"


def moment(date: str, last: bool = False) -> str:
    """Return a year, month or day as the first or last second-precise moment of DONL, without zone; "" for nothing."""
    if not date:
        return ""
    if len(date) == 4:
        date += "-12-31" if last else "-01-01"
    if len(date) == 7:
        date += f"-{_days(date)}" if last else "-01"
    return f"{date[:10]}T{'23:59:59' if last else '00:00:00'}"


def _days(month: str) -> int:
    import calendar

    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


def tags(dataset: Dataset, language: str) -> list[dict[str, str]]:
    """Return the keywords in DONL's alphabet: letters without accents, digits and hyphens, 2 to 100 of them."""
    words = dataset.keywords.get(language) or next(iter(dataset.keywords.values()), ())
    plain = {slug(word) for word in words}
    return [{"name": word} for word in sorted(plain) if 2 <= len(word) <= 100]


def slug(text: str) -> str:
    """Return a text as a tag: "thema's" becomes themas, "open overheid" open-overheid."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")


def _code(iri: str) -> str:
    return iri.rpartition("/")[2]


def _metadata_language(language: str) -> str:
    return f"{AUTHORITY}language/{'NLD' if language == 'nl' else 'ENG'}"
