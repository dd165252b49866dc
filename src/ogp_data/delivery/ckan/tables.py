"""The fields of a dataset and of a file in CKAN, for each flavour: our property, their field, what it can carry, how.

`dcat` and `extras` are the fields of ckanext-dcat (https://docs.ckan.org/projects/ckanext-dcat/), `dcat` those of its
scheming schema `dcat_ap_full`; `donl` those of DCAT-AP-DONL 1.1 as data.overheid.nl has them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogp_data.core.vocab import IANA, SPDX
from ogp_data.delivery import donl
from ogp_data.delivery.mapping import (
    JSON,
    NUMBER,
    TEXT,
    TEXTS,
    Form,
    Row,
    Subject,
    Table,
    closed,
    coded,
    each,
    ended,
    one,
    record,
)
from ogp_data.delivery.package_reader import Agent

REGISTER = {"http://creativecommons.org/publicdomain/zero/1.0/deed.nl": "cc-zero"}
"""Licence -> its id in CKAN's own register, where it has one."""

TAGS = each(record(name=""))
"""Keywords as CKAN's tags."""
AGENT = record(uri="", name="")
CONTACT = record(uri="", name="", email="", url="")
PERIOD = record(start="", end="")
PLACES = each(record(uri=""))
MEDIA = ended(IANA)
SHA256 = str(SPDX.checksumAlgorithm_sha256)


def _tags(subject: Subject) -> list[tuple[str]]:
    """Return the keywords in the alphabet of CKAN: letters, digits, spaces, hyphens, underscores and full stops."""
    plain = {"".join(s for s in word if s.isalnum() or s in " -_.").strip()[:100] for word in subject.keywords}
    # Sorted: tags are a set, and are compared in one order.
    return [(word,) for word in sorted(plain) if len(word) > 1]


def _agent(subject: Subject, agent: Agent) -> tuple[str, str]:
    return agent.iri, subject.said(agent.name)


def _contact(subject: Subject) -> tuple[str, str, str, str]:
    contact = subject.dataset.contact
    return contact.iri, subject.said(contact.name), contact.email, contact.url


def _creator(subject: Subject) -> tuple[str, str]:
    return _agent(subject, subject.dataset.creators[0]) if subject.dataset.creators else ("", "")


def _period(subject: Subject) -> tuple[str, str] | None:
    found = subject.dataset.start, subject.dataset.end
    return found if any(found) else None


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _format(subject: Subject) -> str:
    """Return the code of the EU file type as CKAN writes formats, else the second half of the media type."""
    file = subject.file
    return file.file_type.rpartition("/")[2].replace("_", "-") or file.media_type.rpartition("/")[2]


def _media(subject: Subject) -> str:
    """Return the media type as an IRI of IANA, whichever way its address begins."""
    media = subject.file.media_type
    name = media.partition("media-types/")[2] or media
    return name if not name or "://" in name else IANA + name


CORE: Table = (
    Row("dct:title", "title", lambda s: s.said(s.dataset.title).strip(), TEXT),
    Row("dct:description", "notes", lambda s: s.said(s.dataset.description), TEXT),
    Row("dcat:keyword", "tags", _tags, TAGS),
    Row("dcat:landingPage", "url", lambda s: _first(s.dataset.landing_pages), TEXT),
    Row("dcat:version", "version", lambda s: s.dataset.version, TEXT),
    Row(
        "dct:license",
        "license_id",
        lambda s: _first(iri for iri in s.dataset.licences if iri in REGISTER),
        coded(REGISTER),
    ),
)
"""The fields of a dataset that every CKAN has."""

_COMMON: Table = (
    *CORE,
    Row("dct:identifier", "identifier", lambda s: s.dataset.identifier, TEXT),
    Row("", "uri", lambda s: s.dataset.iri, TEXT),
    Row("dct:issued", "issued", lambda s: s.dataset.issued, TEXT),
    Row("dct:modified", "modified", lambda s: s.dataset.modified, TEXT),
    Row("adms:versionNotes", "version_notes", lambda s: s.said(s.dataset.version_notes), TEXT),
    Row("dct:accrualPeriodicity", "frequency", lambda s: s.dataset.frequency, TEXT),
    Row("dct:accessRights", "access_rights", lambda s: s.dataset.access_rights, TEXT),
)

DCAT: Table = (
    *_COMMON,
    Row("dcat:contactPoint", "contact", _contact, one(CONTACT)),
    Row("dct:publisher", "publisher", lambda s: _agent(s, s.dataset.publisher), one(AGENT)),
    Row("dct:creator", "creator", lambda s: [_agent(s, agent) for agent in s.dataset.creators], each(AGENT)),
    Row("dct:temporal", "temporal_coverage", _period, one(PERIOD)),
    Row("dct:spatial", "spatial_coverage", lambda s: [(iri,) for iri in s.dataset.spatial], PLACES),
    Row("dcat:theme", "theme", lambda s: s.dataset.themes, TEXTS),
    Row("dct:language", "language", lambda s: s.dataset.languages, TEXTS),
    Row("foaf:page", "documentation", lambda s: s.dataset.pages, TEXTS),
    Row("dct:conformsTo", "conforms_to", lambda s: s.dataset.conforms_to, TEXTS),
)

EXTRAS: Table = (
    *_COMMON,
    Row("dcat:contactPoint", "contact_uri", lambda s: s.dataset.contact.iri, TEXT),
    Row("vcard:fn", "contact_name", lambda s: s.said(s.dataset.contact.name), TEXT),
    Row("vcard:hasEmail", "contact_email", lambda s: s.dataset.contact.email, TEXT),
    Row("vcard:hasURL", "contact_url", lambda s: s.dataset.contact.url, TEXT),
    Row("dct:publisher", "publisher_uri", lambda s: s.dataset.publisher.iri, TEXT),
    Row("foaf:name", "publisher_name", lambda s: s.said(s.dataset.publisher.name), TEXT),
    Row("dct:creator", "creator_uri", lambda s: _creator(s)[0], TEXT),
    Row("foaf:name", "creator_name", lambda s: _creator(s)[1], TEXT),
    Row("dcat:startDate", "temporal_start", lambda s: s.dataset.start, TEXT),
    Row("dcat:endDate", "temporal_end", lambda s: s.dataset.end, TEXT),
    Row("dct:spatial", "spatial_uri", lambda s: _first(s.dataset.spatial), TEXT),
    Row("dcat:theme", "theme", lambda s: s.dataset.themes, JSON),
    Row("dct:language", "language", lambda s: s.dataset.languages, JSON),
    Row("foaf:page", "documentation", lambda s: s.dataset.pages, JSON),
    Row("dct:conformsTo", "conforms_to", lambda s: s.dataset.conforms_to, JSON),
)
"""The keys by which ckanext-dcat reads extras."""


def _files(several: Form) -> Table:
    return (
        Row("dcat:accessURL", "url", lambda s: s.file.access_url, TEXT),
        Row("dct:title", "name", lambda s: s.said(s.file.title), TEXT),
        Row("dct:description", "description", lambda s: s.said(s.file.description), TEXT),
        Row("", "uri", lambda s: s.file.iri, TEXT),
        Row("dct:format", "format", _format, TEXT),
        Row("dcat:mediaType", "mimetype", _media, MEDIA),
        Row("dcat:byteSize", "size", lambda s: s.file.size, NUMBER),
        Row("spdx:checksumValue", "hash", lambda s: s.file.sha256, TEXT),
        Row("spdx:algorithm", "hash_algorithm", lambda s: SHA256 if s.file.sha256 else "", TEXT),
        Row("dct:license", "license", lambda s: s.file.licence, TEXT),
        Row("dcat:accessURL", "access_url", lambda s: s.file.access_url, TEXT),
        Row("dcat:downloadURL", "download_url", lambda s: s.file.download_url, TEXT),
        Row("adms:status", "status", donl.status, donl.STATUS_FORM),
        Row("dcatap:availability", "availability", lambda s: s.file.availability, TEXT),
        Row("dct:rights", "rights", lambda s: s.file.rights, TEXT),
        Row("dct:issued", "issued", lambda s: s.file.issued, TEXT),
        Row("dct:modified", "modified", lambda s: s.file.modified, TEXT),
        Row("dct:language", "language", lambda s: s.file.languages, several),
        Row("dct:conformsTo", "conforms_to", lambda s: s.file.conforms_to, several),
    )


DCAT_FILE, EXTRAS_FILE = _files(TEXTS), _files(JSON)

FIRST_SECOND, LAST_SECOND = closed("T00:00:00"), closed("T23:59:59")
"""A day as DONL's moment, which has no zone."""


def _authority(subject: Subject) -> str:
    creators = subject.dataset.creators
    return str(subject.target.organisations.get(creators[0].iri, "")) if creators else ""


def _themes(subject: Subject) -> list[str]:
    themes = subject.target.themes
    return sorted({iri for theme in subject.dataset.themes for iri in themes.get(donl.code(theme), ())})


def _kilobytes(subject: Subject) -> int | None:
    """Return the size in kilobytes, rounded up."""
    size = subject.file.size
    # Up, and never 0, or a small file would look empty.
    return None if size is None else max(1, -(-size // 1000))


DONL: Table = (
    Row("dct:identifier", "identifier", lambda s: s.dataset.identifier, TEXT),
    Row("dct:title", "title", lambda s: s.said(s.dataset.title).strip(), TEXT),
    Row("dct:description", "notes", lambda s: s.said(s.dataset.description), TEXT),
    Row("dct:creator", "authority", _authority, TEXT),
    Row("dct:publisher", "publisher", lambda s: s.target.organisations.get(s.dataset.publisher.iri, ""), TEXT),
    Row("vcard:fn", "contact_point_name", lambda s: s.said(s.dataset.contact.name), TEXT),
    Row("vcard:hasEmail", "contact_point_email", lambda s: s.dataset.contact.email, TEXT),
    Row("vcard:hasURL", "contact_point_website", lambda s: s.dataset.contact.url, TEXT),
    Row("dcat:theme", "theme", _themes, TEXTS),
    Row("dct:license", "license_id", lambda s: _first(s.dataset.licences), TEXT),
    Row("dct:language", "language", lambda s: s.dataset.languages, TEXTS),
    Row("", "metadata_language", lambda s: s.language, donl.LANGUAGE_FORM),
    Row("dct:modified", "modified", lambda s: donl.day(s.dataset.modified), FIRST_SECOND),
    Row("dct:issued", "issued", lambda s: donl.day(s.dataset.issued), FIRST_SECOND),
    Row("dct:accessRights", "access_rights", lambda s: s.dataset.access_rights, TEXT),
    Row("", "dataset_status", lambda _: donl.AVAILABLE, TEXT),
    Row("dct:accrualPeriodicity", "frequency", lambda s: s.dataset.frequency, TEXT),
    Row("dcat:startDate", "temporal_start", lambda s: donl.day(s.dataset.start), FIRST_SECOND),
    Row("dcat:endDate", "temporal_end", lambda s: donl.day(s.dataset.end, last=True), LAST_SECOND),
    Row("dcat:landingPage", "url", lambda s: _first(s.dataset.landing_pages), TEXT),
    Row("dcat:keyword", "tags", lambda s: [(word,) for word in donl.tags(s.keywords)], TAGS),
    Row("dct:conformsTo", "conforms_to", lambda s: s.dataset.conforms_to, TEXTS),
    Row("dcat:version", "version", lambda s: s.dataset.version, TEXT),
    Row("adms:versionNotes", "version_notes", lambda s: s.said(s.dataset.version_notes), one(TEXT)),
    Row("foaf:page", "documentation", lambda s: s.dataset.pages, TEXTS),
)

DONL_FILE: Table = (
    Row("dcat:accessURL", "url", lambda s: s.file.access_url, TEXT),
    Row("dct:title", "name", lambda s: s.said(s.file.title), TEXT),
    Row("dct:description", "description", lambda s: s.said(s.file.description) or s.said(s.file.title), TEXT),
    Row("", "metadata_language", lambda s: s.language, donl.LANGUAGE_FORM),
    Row("dct:language", "language", lambda s: s.file.languages or s.dataset.languages, TEXTS),
    Row("dct:license", "license_id", lambda s: s.file.licence, TEXT),
    Row("dct:format", "format", lambda s: s.file.file_type, TEXT),
    Row("dcat:mediaType", "mimetype", lambda s: s.file.media_type.replace("http://", "https://"), TEXT),
    Row("dcat:byteSize", "size", _kilobytes, NUMBER),
    Row("dcat:downloadURL", "download_url", lambda s: s.file.download_url, one(TEXT)),
    Row("adms:status", "status", donl.status, donl.STATUS_FORM),
    Row("dct:issued", "release_date", lambda s: donl.day(s.file.issued), FIRST_SECOND),
    Row("dct:modified", "modification_date", lambda s: donl.day(s.file.modified), FIRST_SECOND),
    Row("dct:rights", "rights", lambda s: s.file.rights, TEXT),
    Row("spdx:checksumValue", "hash", lambda s: s.file.sha256, TEXT),
    Row("spdx:algorithm", "hash_algorithm", lambda s: SHA256 if s.file.sha256 else "", TEXT),
    Row("", "distribution_type", lambda _: donl.DOWNLOAD, TEXT),
)
