"""The rules of describing a catalogue that no SHACL shape of DCAT-AP-NL catches.

Each rule is a function from the catalogue to findings; it asks the graph's index for one property at a time,
so that ten thousand datasets take seconds. `ogp_data.core.findings` lists the rules and their fixes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from urllib.parse import unquote

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.listed import LIST_RULES
from ogp_data.checks.pitfalls.all import PITFALL_RULES
from ogp_data.checks.places import Labels, shown
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import ADMS, DCAT, DCT, FOAF, SPDX, VCARD
from ogp_data.core.terms import XSD, Blank, Iri, Literal, Term
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists
from ogp_data.models.profiles import Profile, load_profile

ONE_EACH = (DCT.title, DCT.description, ADMS.versionNotes)
TEXTS = (*ONE_EACH, DCAT.keyword)
LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)

DATES = (DCT.issued, DCT.modified, DCT.created, DCT.available, DCAT.startDate, DCAT.endDate)
ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
LEXICAL: dict[Iri, re.Pattern[str]] = {
    XSD.date: re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d){ZONE}?"),
    XSD.dateTime: re.compile(rf"(?P<moment>\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?{ZONE}"),
    XSD.gYear: re.compile(rf"(?P<year>\d{{4}}){ZONE}?"),
    XSD.gYearMonth: re.compile(rf"(?P<month>\d{{4}}-\d\d){ZONE}?"),
}

WEB = (
    DCAT.accessURL,
    DCAT.downloadURL,
    DCAT.landingPage,
    DCAT.endpointURL,
    DCAT.endpointDescription,
    FOAF.page,
    FOAF.homepage,
    VCARD.hasURL,
)
# ASCII only, as an IRI in RDF may hold more than a URL may, and many harvesters pass it on as it is.
# What stands before the path has only its characters judged here; who can open it is another rule's.
WEB_FORM = re.compile(r"https?://[!$-.0-;=@-\[\]_a-z~]+(?:[/?#][!#-;=?-\[\]_a-z~]*)?")
MAIL_FORM = re.compile(r"mailto:[A-Za-z0-9.!#$%&'*+/=?_~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def check_catalogue(
    graph: Graph,
    lists: ValueLists,
    file: str = "",
    profile: Profile | None = None,
    labels: Labels | None = None,
    allow_private: bool = False,
) -> list[Finding]:
    """Return the faults of a catalogue; it may have the background of the value lists merged in, or not."""
    catalogue = Catalogue(graph, lists, file, profile or load_profile(), labels or {}, allow_private)
    found = (found for rule in CATALOGUE_RULES for found in rule(catalogue))
    return _in_order(fault for fault in found if fault.rule not in catalogue.profile.without)


def check_files(graph: Graph, base_url: str, files: Mapping[str, tuple[int, str]], file: str = "") -> list[Finding]:
    """Return where addresses, sizes and checksums of a catalogue differ from the files of the build.

    `files` maps a path relative to the base URL to the file's size in bytes and its SHA-256 in hexadecimal.
    """
    catalogue, base = Catalogue(graph, ValueLists(), file), base_url.rstrip("/") + "/"
    return _in_order([*_unresolved(catalogue, base, files), *_differing(catalogue, base, files)])


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    # A graph yields statements in the order of its terms' first appearance, which says nothing.
    return sorted(set(findings), key=lambda f: (f.place.iri, f.place.name, f.rule, f.place.property, f.message, f.hint))


def language_tag(catalogue: Catalogue) -> Iterator[Finding]:
    """Find texts without a two-letter language tag."""
    for subject, term, text in catalogue.values(TEXTS):
        # A value that is no text is left to the shapes, so that one mistake is one finding.
        if isinstance(text, Literal) and not (text.language and LANGUAGE.fullmatch(text.language)):
            yield catalogue.fault(
                "language-tag",
                subject,
                term,
                Message("{shown} has no two-letter language tag.", shown=shown(text)),
            )


def language_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Find titles, descriptions and version notes that stand twice in one language."""
    said = Counter(
        (subject, term, text.language.lower())
        for subject, term, text in catalogue.values(ONE_EACH)
        if isinstance(text, Literal) and text.language
    )
    for (subject, term, language), count in said.items():
        if count > 1:
            yield catalogue.fault(
                "duplicate-language",
                subject,
                term,
                Message("There are {count} texts in the same language, {language}.", count=count, language=language),
            )


def temporal_value(catalogue: Catalogue) -> Iterator[Finding]:
    """Find dates of another datatype, or that do not exist."""
    for subject, term, value in catalogue.values(DATES):
        if not (isinstance(value, Literal) and _is_date(value)):
            yield catalogue.fault(
                "temporal-value",
                subject,
                term,
                Message(
                    "{shown} is not a date, a date-time with zone, a year or a year and month.", shown=shown(value)
                ),
            )


def _is_date(value: Literal) -> bool:
    form = LEXICAL.get(value.datatype)
    match = form.fullmatch(value.value) if form else None
    return match is not None and _exists(match)


def _exists(match: re.Match[str]) -> bool:
    """Return whether the calendar has the day, month or moment: there is no 2023-02-30."""
    first_day = {"year": "-01-01", "month": "-01"}
    [(name, text)] = match.groupdict().items()
    try:
        datetime.fromisoformat(text) if name == "moment" else date.fromisoformat(text + first_day.get(name, ""))
    except ValueError:
        return False
    return True


def address_form(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses that are no absolute http(s) or mailto: IRI; texts are left to the shapes."""
    for subject, term, value in catalogue.values(WEB):
        if not _is_address(value, WEB_FORM) and not (isinstance(value, Literal) and term != VCARD.hasURL):
            yield catalogue.fault(
                "address-form",
                subject,
                term,
                Message("{shown} is not an absolute web address.", shown=shown(value)),
                Message("Write <https://...>, without spaces and with other than ASCII characters percent-encoded."),
            )
    for subject, value in catalogue.graph.pairs(VCARD.hasEmail):
        if not _is_address(value, MAIL_FORM):
            yield catalogue.fault(
                "address-form",
                subject,
                VCARD.hasEmail,
                Message("{shown} is not a mailto: IRI.", shown=shown(value)),
                Message("Write <mailto:name@organisation.nl>."),
            )


def _is_address(value: Term, form: re.Pattern[str]) -> bool:
    return isinstance(value, Iri) and form.fullmatch(value.value) is not None


def contact_point(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what has not just one contact point, and contact points without an address."""
    for kind, only_in in catalogue.profile.one_contact.items():
        for subject in catalogue.all(Iri(kind)):
            count = len(catalogue.graph.objects(subject, DCAT.contactPoint))
            version = only_in if count else ""
            if count != 1 and catalogue.profile.asks_of(version):
                by = Message(" (DCAT-AP-NL {version})", version=version) if version else ""
                yield catalogue.fault(
                    "contact-point",
                    subject,
                    DCAT.contactPoint,
                    Message("There are {count} contact points instead of one{by}.", count=count, by=by),
                )
    for contact in dict.fromkeys(value for _, value in catalogue.graph.pairs(DCAT.contactPoint)):
        if not isinstance(contact, Literal) and not _reachable(catalogue.graph, contact):
            yield catalogue.fault(
                "contact-point",
                contact,
                VCARD.hasEmail,
                Message("The contact point has neither an e-mail address nor a web address."),
                Message("Give vcard:hasEmail <mailto:...>, or vcard:hasURL with the address of a contact form."),
            )


def _reachable(graph: Graph, contact: Term) -> bool:
    return graph.has(contact, VCARD.hasEmail) or graph.has(contact, VCARD.hasURL)


def description_too_long(catalogue: Catalogue) -> Iterator[Finding]:
    """Find descriptions longer than portals take."""
    longest = catalogue.profile.longest_description
    for subject, text in catalogue.graph.pairs(DCT.description) if longest else ():
        if isinstance(text, Literal) and longest and len(text.value) > longest:
            tag = Message(" in {language}", language=text.language) if text.language else ""
            yield catalogue.fault(
                "description-too-long",
                subject,
                DCT.description,
                Message("The description{tag} has {count} characters.", tag=tag, count=f"{len(text.value):,}"),
            )


def media_type_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """Find distributions with a downloadURL and no mediaType: there it is mandatory."""
    for subject, _ in catalogue.graph.groups(DCAT.downloadURL):
        if not catalogue.graph.has(subject, DCAT.mediaType):
            yield catalogue.fault(
                "missing-media-type",
                subject,
                DCAT.mediaType,
                Message("There is a downloadURL, but no media type."),
            )


def distribution_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets without a distribution."""
    for subject in catalogue.all(DCAT.Dataset):
        if not catalogue.graph.has(subject, DCAT.distribution):
            yield catalogue.fault(
                "missing-distribution",
                subject,
                DCAT.distribution,
                Message("The dataset has no distribution."),
            )


def identifier_differs(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets whose identifier is not their IRI."""
    for subject in catalogue.all(DCAT.Dataset):
        for value in catalogue.graph.objects(subject, DCT.identifier):
            if value.value != subject.value or isinstance(value, Blank):
                yield catalogue.fault(
                    "identifier-differs",
                    subject,
                    DCT.identifier,
                    Message("The identifier {shown} is not the dataset's IRI.", shown=shown(value)),
                    Message('Write dct:identifier "{subject}".', subject=subject.value)
                    if isinstance(subject, Iri)
                    else "",
                )


def _licence(known: Licences, named: Term) -> str:
    meant = known.meant(named.value)
    return meant.iri if meant else named.value


def licences_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets of which one distribution has another licence than the other, however each is named."""
    known = Licences(catalogue.lists)
    for subject in catalogue.all(DCAT.Dataset):
        distributions = catalogue.graph.objects(subject, DCAT.distribution)
        given = {x for d in distributions for x in catalogue.graph.objects(d, DCT.license)}
        licences = sorted(map(shown, given))
        if len(given) > 1 and len({_licence(known, each) for each in given}) > 1:
            yield catalogue.fault(
                "licences-differ",
                subject,
                DCT.license,
                Message(
                    "The distributions have {count} licences: {licences}.",
                    count=len(licences),
                    licences=", ".join(licences),
                ),
            )


CATALOGUE_RULES: tuple[Callable[[Catalogue], Iterator[Finding]], ...] = (
    language_tag,
    language_twice,
    temporal_value,
    address_form,
    *LIST_RULES,
    contact_point,
    description_too_long,
    media_type_missing,
    distribution_missing,
    identifier_differs,
    licences_differ,
    *PITFALL_RULES,
)


def _unresolved(catalogue: Catalogue, base: str, files: Mapping[str, object]) -> Iterator[Finding]:
    for subject, term, address in catalogue.values((DCAT.accessURL, DCAT.downloadURL)):
        path = _path(address, base)
        if path is not None and _published(path, files) is None:
            yield catalogue.fault(
                "unresolved-file",
                subject,
                term,
                Message("{shown} leads to no file of this publication.", shown=shown(address)),
            )


def _path(address: Term, base: str) -> str | None:
    """Return an address as a path under the base URL, or None when it leads elsewhere."""
    # Before anything is decoded: an encoded question mark is part of a file's name.
    plain = re.split("[?#]", address.value, maxsplit=1)[0]
    if plain == base.rstrip("/"):
        return ""
    return unquote(plain.removeprefix(base)) if plain.startswith(base) else None


def _published(path: str, files: Mapping[str, object]) -> str | None:
    """Return the file a web server gives for a path: itself, or the index of the folder."""
    index = "index.html" if path in ("", "/") else path.rstrip("/") + "/index.html"
    return next((name for name in (path, index) if name in files), None)


def _differing(catalogue: Catalogue, base: str, files: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    for subject, address in catalogue.graph.pairs(DCAT.downloadURL):
        path = _path(address, base)
        name = _published(path, files) if path is not None else None
        if name is not None:
            size, digest = files[name]
            yield from _size_differs(catalogue, subject, name, size)
            yield from _checksum_differs(catalogue, subject, name, digest)


def _size_differs(catalogue: Catalogue, subject: Term, name: str, size: int) -> Iterator[Finding]:
    for said in catalogue.graph.objects(subject, DCAT.byteSize):
        # XSD lets a number be written with a plus and leading zeros.
        if not re.fullmatch(rf"\+?0*{size}", said.value):
            yield catalogue.fault(
                "file-differs",
                subject,
                DCAT.byteSize,
                Message("The catalogue says {said} bytes; {name} has {size}.", said=said.value, name=name, size=size),
            )


def _checksum_differs(catalogue: Catalogue, subject: Term, name: str, digest: str) -> Iterator[Finding]:
    graph = catalogue.graph
    for checksum in graph.objects(subject, SPDX.checksum):
        said = {value.value.lower() for value in graph.objects(checksum, SPDX.checksumValue)}
        is_sha256 = graph.has(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        if is_sha256 and said != {digest.lower()}:
            yield catalogue.fault(
                "file-differs",
                subject,
                SPDX.checksum,
                Message(
                    "The checksum in the catalogue is not the SHA-256 of {name}, {digest}.", name=name, digest=digest
                ),
            )
