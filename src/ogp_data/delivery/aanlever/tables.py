"""The fields of `DcatDataset` and its distributions in the Aanlever API 0.9.0: our property, their field, what and how.

Texts are in one language, dates are moments in UTC, agents go by their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from ogp_data.core.vocab import AUTHORITY
from ogp_data.delivery import donl
from ogp_data.delivery.mapping import TEXT, TEXTS, Form, Row, Subject, Table, each, one, part, record

THEME = re.compile(re.escape(f"{AUTHORITY}data-theme/") + "[A-Z_]+")

AGENT = part("foafName", one(TEXT))
CONTACT = record(vcardFn="", vcardHasEmail="mailto:", vcardHasUrl="")
PERIOD = record(dcatStartDate="", dcatEndDate="")


def _contact(subject: Subject) -> tuple[str, str, str]:
    contact = subject.dataset.contact
    return subject.said(contact.name), contact.email, contact.url


def _period(subject: Subject) -> tuple[str, str]:
    return donl.day(subject.dataset.start), donl.day(subject.dataset.end, last=True)


def moment(value: str) -> str:
    """Return a date as the first moment of its first day, or a moment, in UTC; "" for a moment without a zone."""
    return f"{donl.day(value)}T00:00:00Z" if 0 < len(value) <= 10 else as_utc(value)


def as_utc(text: str) -> str:
    """Return a date, or a moment with its zone, as a moment in UTC; "" for a moment without one.

    A text that is neither stays as it is.
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return f"{date.fromisoformat(text)}T00:00:00Z"
        found = datetime.fromisoformat(text)
        # A moment without a zone cannot be placed in UTC, and the API takes no other.
        return found.astimezone(UTC).isoformat().replace("+00:00", "Z") if found.tzinfo else ""
    except (ValueError, OverflowError):
        return text


MOMENT = Form(TEXT.there, lambda value: as_utc(TEXT.back(value)))

DATASET: Table = (
    Row("dct:identifier", "dctIdentifier", lambda s: s.dataset.iri, TEXT, "base_iri"),
    Row("dct:title", "dctTitle", lambda s: s.said(s.dataset.title), one(TEXT), "dataset[].title"),
    Row(
        "dct:description",
        "dctDescription",
        lambda s: s.said(s.dataset.description),
        one(TEXT),
        "dataset[].description",
    ),
    Row("dcat:keyword", "dcatKeyword", lambda s: s.keywords, TEXTS, "keywords"),
    Row("dct:publisher", "dctPublisher", lambda s: s.said(s.dataset.publisher.name), AGENT, "publisher"),
    Row("dct:creator", "dctCreator", lambda s: [s.said(a.name) for a in s.dataset.creators], each(AGENT), "creator"),
    Row("dcat:contactPoint", "dcatContactPoint", _contact, CONTACT, "contact"),
    Row("dcat:theme", "dcatTheme", lambda s: list(filter(THEME.fullmatch, s.dataset.themes)), TEXTS, "themes"),
    Row("dct:accessRights", "dctAccessRights", lambda s: s.dataset.access_rights, TEXT, "access_rights"),
    Row("dct:language", "dctLanguage", lambda s: s.dataset.languages, TEXTS, "languages"),
    Row("dct:accrualPeriodicity", "dctAccrualPeriodicity", lambda s: s.dataset.frequency, TEXT, "frequency"),
    Row("dct:spatial", "dctSpatial", lambda s: s.dataset.spatial, each(part("dctLocation", TEXT)), "spatial"),
    Row("dct:temporal", "dctTemporal", _period, one(PERIOD), "temporal"),
    Row("dct:issued", "dctIssued", lambda s: moment(s.dataset.issued), MOMENT, "issued"),
    Row("dct:modified", "dctModified", lambda s: moment(s.dataset.modified), MOMENT, "modified"),
    Row("dcat:version", "dcatVersion", lambda s: s.dataset.version, TEXT, "version"),
    Row(
        "adms:versionNotes",
        "admsVersionNotes",
        lambda s: s.said(s.dataset.version_notes),
        one(TEXT),
        "version_notes",
    ),
    Row("adms:status", "admsStatus", lambda s: s.dataset.status, TEXT, "status"),
    Row("dct:conformsTo", "dctConformsTo", lambda s: s.dataset.conforms_to, TEXTS),
    Row("dcat:inSeries", "dcatInSeries", lambda s: s.dataset.series, TEXTS, "series"),
    Row("foaf:page", "foafPage", lambda s: s.dataset.pages, TEXTS),
    Row("dcat:landingPage", "dcatLandingPage", lambda s: s.dataset.landing_pages, TEXTS),
)

FILE: Table = (
    Row("dcat:accessURL", "dcatAccessUrl", lambda s: s.file.access_url, TEXT, "base_url"),
    Row("dcat:downloadURL", "dcatDownloadUrl", lambda s: s.file.download_url, TEXT, "base_url"),
    Row("dct:title", "dctTitle", lambda s: s.said(s.file.title), one(TEXT)),
    Row("dct:description", "dctDescription", lambda s: s.said(s.file.description), one(TEXT)),
    Row("dct:format", "dctFormat", lambda s: s.file.file_type or s.file.media_type, TEXT),
)
"""A file; its format is from the EU list, else its media type."""


def declared(table: Table) -> Mapping[str, str]:
    """Return field -> the key of publication.toml that it comes from; what this program makes has none."""
    return {row.field: row.declared for row in table if row.declared}
