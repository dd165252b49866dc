"""The rules of describing that no shape catches: each with what it finds, and what it lets pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS, XSD
from rdflib.term import Node

from graphs_help import checked, plain
from ogp_data.checks.files import check_files
from ogp_data.checks.rules import check_catalogue
from ogp_data.core import resources
from ogp_data.core.findings import Finding, rules
from ogp_data.core.messages import say
from ogp_data.core.vocab import ADMS, AUTHORITY, DCAT, DCATAP, DCT, IANA, SPDX, VCARD
from ogp_data.models.lists import load_lists
from ogp_data.models.profiles import load_profile

ROOT = Path(__file__).parents[1]
DATA = Namespace("https://data.example.nl/")
TOOI = "https://identifier.overheid.nl/tooi/id/"
LISTS = load_lists(resources.value_lists())

BASE_URL = "https://data.example.nl"
SHA256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
FILES = {
    "bomen-pagina": (10, "00"),
    "bestanden/bomen.csv": (2048, SHA256),
    "bestanden/bomen.jsonld": (4096, "00"),
}


@pytest.fixture
def graph() -> Graph:
    return Graph().parse(ROOT / "tests" / "catalogues" / "conforming.ttl")


def told(found: list[Finding]) -> list[tuple[str, str, str]]:
    """Return rule, resource and property of each finding."""
    return [(f.rule, f.place.iri.removeprefix(DATA), f.place.property) for f in found]


def check(graph: Graph) -> list[tuple[str, str, str]]:
    return told(check_catalogue(checked(graph), LISTS))


def put(graph: Graph, name: str, term: URIRef, *values: Node) -> None:
    graph.remove((DATA[name], term, None))
    for value in values:
        graph.add((DATA[name], term, value))


def test_the_conforming_catalogue_breaks_no_rule(graph: Graph) -> None:
    assert check(graph) == []


def test_the_background_of_the_value_lists_breaks_no_rule_either(graph: Graph) -> None:
    for triple in plain(LISTS.background(map(str, graph.objects()))):
        graph.add(triple)
    assert check(graph) == []


def test_an_empty_graph_breaks_no_rule() -> None:
    assert check(Graph()) == []


@pytest.mark.parametrize(
    ("term", "curie"),
    [
        (DCT.title, "dct:title"),
        (DCT.description, "dct:description"),
        (DCAT.keyword, "dcat:keyword"),
        (ADMS.versionNotes, "adms:versionNotes"),
    ],
)
@pytest.mark.parametrize("language", [None, "nld", "nl-NL"])
def test_a_text_without_a_two_letter_language_is_found(
    graph: Graph, term: URIRef, curie: str, language: str | None
) -> None:
    put(graph, "bomen", term, Literal("bomen", lang=language))
    assert check(graph) == [("language-tag", "bomen", curie)]


def test_two_texts_in_one_language_are_found_but_not_two_keywords(graph: Graph) -> None:
    graph.add((DATA.bomen, DCT.description, Literal("Nog een.", lang="nl")))
    graph.add((DATA.bomen, DCAT.keyword, Literal("nog een", lang="nl")))
    assert check(graph) == [("duplicate-language", "bomen", "dct:description")]


@pytest.mark.parametrize(
    "value",
    [
        Literal("2024-03-01"),
        Literal("1 maart 2024", lang="nl"),
        Literal("2024-03", datatype=XSD.date),
        Literal("2023-02-30", datatype=XSD.date),
        Literal("2024-3-1", datatype=XSD.date),
        Literal("2024-13", datatype=XSD.gYearMonth),
        Literal("24", datatype=XSD.gYear),
        Literal("2024-03-01", datatype=XSD.dateTime, normalize=False),
        Literal("2024-03-01T25:00:00Z", datatype=XSD.dateTime, normalize=False),
        Literal("2024-03-01T10:00:00+15:00", datatype=XSD.dateTime, normalize=False),
        Literal("2024-03-01T10:00:00Z", datatype=XSD.dateTimeStamp),
        URIRef("https://data.example.nl/2024"),
    ],
)
@pytest.mark.parametrize(
    ("name", "term", "curie"),
    [("bomen", DCT.issued, "dct:issued"), ("periode", DCAT.startDate, "dcat:startDate")],
)
def test_a_date_of_another_datatype_or_that_does_not_exist_is_found(
    graph: Graph, name: str, term: URIRef, curie: str, value: Node
) -> None:
    put(graph, name, term, value)
    # The period of the catalogue ends in 2022, so that one of another datatype may begin behind its end as well.
    assert [one for one in check(graph) if one[0] != "reversed-period"] == [("temporal-value", name, curie)]


@pytest.mark.parametrize(
    "value",
    [
        Literal("2024-02-29", datatype=XSD.date),
        Literal("2024-02-29+01:00", datatype=XSD.date),
        Literal("2024", datatype=XSD.gYear),
        Literal("2024-12", datatype=XSD.gYearMonth),
        Literal("2024-03-01T10:00:00Z", datatype=XSD.dateTime),
        Literal("2024-03-01T10:00:00.123+01:00", datatype=XSD.dateTime),
    ],
)
def test_a_true_date_passes(graph: Graph, value: Node) -> None:
    put(graph, "bomen", DCT.modified, value)
    assert check(graph) == []


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("-0500", XSD.gYear),
        ("0000", XSD.gYear),
        ("12024", XSD.gYear),
        ("-0044-03", XSD.gYearMonth),
        ("-0004-02-29", XSD.date),
        ("12024-02-29", XSD.date),
        ("2024-03-01T24:00:00Z", XSD.dateTime),
    ],
)
def test_a_date_that_xml_schema_has_and_few_programs_passes(graph: Graph, text: str, datatype: URIRef) -> None:
    put(graph, "periode", DCAT.startDate, Literal(text, datatype=datatype, normalize=False))
    assert [one for one in check(graph) if one[0] == "temporal-value"] == []


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("02024", XSD.gYear), ("-0005-02-29", XSD.date), ("٢٠٢٤", XSD.gYear), ("2024-03-01T24:00:01Z", XSD.dateTime)],
)
def test_what_xml_schema_does_not_have_is_no_date(graph: Graph, text: str, datatype: URIRef) -> None:
    put(graph, "periode", DCAT.startDate, Literal(text, datatype=datatype, normalize=False))
    assert ("temporal-value", "periode", "dcat:startDate") in check(graph)


@pytest.mark.parametrize(
    "address",
    [
        "data.example.nl/x",
        "/x",
        "file:///x",
        "https://",
        "https:///x",
        "https://data.example.nl/a b",
        "https://data.example.nl/a\tb",
        "https://data.example.nl/a\nb",
        "https://data.example.nl/é\u0085",
        "https://data.example.nl/{id}",
        "mailto:opendata@example.nl",
    ],
)
def test_an_address_that_is_no_absolute_http_iri_is_found(graph: Graph, address: str) -> None:
    put(graph, "bomen", DCAT.landingPage, URIRef(address))
    put(graph, "contact", VCARD.hasURL, URIRef(address))
    assert check(graph) == [("address-form", "bomen", "dcat:landingPage"), ("address-form", "contact", "vcard:hasURL")]


@pytest.mark.parametrize(
    ("address", "rule", "hint"),
    [
        ("https://a.example.nl/één?q=ü", "non-ascii-address", "Write <https://a.example.nl/%C3%A9%C3%A9n?q=%C3%BC>."),
        ("https://münchen.de:8443/x", "non-ascii-address", "Write <https://xn--mnchen-3ya.de:8443/x>."),
        ("ftp://data.example.nl/x", "other-protocol", ""),
        ("S3://emmer/x.csv", "other-protocol", ""),
    ],
)
def test_an_address_that_not_everything_opens_is_a_warning(graph: Graph, address: str, rule: str, hint: str) -> None:
    put(graph, "bomen", DCAT.landingPage, URIRef(address))
    found = next(each for each in check_catalogue(checked(graph), LISTS) if each.rule == rule)
    assert (found.severity, found.place.property) == ("warning", "dcat:landingPage")
    assert say(found.hint, "en") == (hint or rules()[rule].fix)


def test_an_address_by_vcards_own_way_is_judged_by_its_value(graph: Graph) -> None:
    for term, value in ((VCARD.hasEmail, "mailto:a@b.nl"), (VCARD.hasURL, "https://b.nl/")):
        put(graph, "contact", term, node := BNode())
        graph.add((node, RDF.type, URIRef(f"{VCARD}Work")))
        graph.add((node, URIRef(f"{VCARD}hasValue"), URIRef(value)))
    assert check(graph) == []
    graph.set((node, URIRef(f"{VCARD}hasValue"), URIRef("geen adres")))
    assert check(graph) == [("address-form", "contact", "vcard:hasURL")]


@pytest.mark.parametrize(
    "mail",
    ["MAILTO:a@b.nl", "mailto:a@b.nl?subject=een%20vraag&cc=c@b.nl", "mailto:a@b.nl,b@b.nl", "mailto:a%40c@b.nl"],
)
def test_an_e_mail_address_as_rfc_6068_has_it_passes(graph: Graph, mail: str) -> None:
    put(graph, "contact", VCARD.hasEmail, URIRef(mail))
    assert check(graph) == []


def test_the_fix_of_an_e_mail_address_holds_the_address(graph: Graph) -> None:
    put(graph, "contact", VCARD.hasEmail, Literal(" data@zwolle.nl"))
    [found] = check_catalogue(checked(graph), LISTS)
    assert say(found.hint, "en") == "Write <mailto:data@zwolle.nl>."


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        (
            Literal("2025-03-04"),
            '"2025-03-04" is a text: it has no datatype that says that it is a date.',
            'Write "2025-03-04"^^xsd:date.',
        ),
        (
            Literal("2025-03", datatype=XSD.date, normalize=False),
            '"2025-03"^^xsd:date has not the form of its datatype.',
            'Write "2025-03"^^xsd:gYearMonth.',
        ),
        (
            Literal("2024-03-01T10:00:00Z", datatype=XSD.dateTimeStamp),
            '"2024-03-01T10:00:00Z"^^xsd:dateTimeStamp is of no datatype that the norm has for a date.',
            'Write "2024-03-01T10:00:00Z"^^xsd:dateTime.',
        ),
    ],
)
def test_a_date_of_another_datatype_is_told_with_its_own(graph: Graph, value: Literal, message: str, hint: str) -> None:
    put(graph, "bomen", DCT.issued, value)
    found = next(each for each in check_catalogue(checked(graph), LISTS) if each.rule == "temporal-value")
    assert (found.message, say(found.hint, "en")) == (message, hint)


def test_the_message_about_an_address_stays_on_one_line(graph: Graph) -> None:
    put(graph, "bomen", DCAT.landingPage, URIRef("https://data.example.nl/a\nb"))
    [found] = check_catalogue(checked(graph), LISTS)
    assert found.message == "<https://data.example.nl/a\\u000Ab> is not an absolute web address."


@pytest.mark.parametrize(
    "address",
    ["HTTPS://A.nl/x", "http://a.nl", "https://a.nl:8080/b/c.csv?d=e&f=%20#g", "https://a.nl/(b)/~c/d;e=f,g@h!$'*+[1]"],
)
def test_an_absolute_http_iri_passes(graph: Graph, address: str) -> None:
    put(graph, "bomen", DCAT.landingPage, URIRef(address))
    assert check(graph) == []


@pytest.mark.parametrize(
    "mail",
    [
        Literal("opendata@example.nl"),
        Literal("mailto:opendata@example.nl"),
        URIRef("opendata@example.nl"),
        URIRef("mailto:opendata"),
        URIRef("mailto:open data@example.nl"),
        URIRef("https://data.example.nl/contact"),
    ],
)
def test_an_e_mail_address_that_is_no_mailto_iri_is_found(graph: Graph, mail: Node) -> None:
    put(graph, "contact", VCARD.hasEmail, mail)
    assert check(graph) == [("mailto-form", "contact", "vcard:hasEmail")]


@pytest.mark.parametrize(
    ("name", "term", "table", "curie"),
    [
        ("bomen", DCT.accessRights, "access-right/PUBLIC", "dct:accessRights"),
        ("bomen", DCAT.theme, "data-theme/GOVE", "dcat:theme"),
        ("bomen", DCT.language, "language/NLD", "dct:language"),
        ("bomen", DCT.spatial, "country/NLD", "dct:spatial"),
        ("bomen", ADMS.status, "dataset-status/COMPLETED", "adms:status"),
        ("bomen-csv", DCT.format, "file-type/CSV", "dct:format"),
    ],
)
def test_an_https_iri_of_the_eu_tables_is_found_by_its_own_rule_first(
    graph: Graph, name: str, term: URIRef, table: str, curie: str
) -> None:
    put(graph, name, term, URIRef(AUTHORITY.replace("http:", "https:") + table))
    found = check_catalogue(checked(graph), LISTS)
    assert ("authority-scheme", name, curie) in told(found)
    assert f"Write <{AUTHORITY}{table}>." in [f.hint for f in found]
    assert not any("https://publications" in f.message for f in found if f.rule == "value-list")


@pytest.mark.parametrize(
    ("name", "term", "value", "curie"),
    [
        ("bomen", DCT.accessRights, AUTHORITY + "access-right/CONFIDENTIAL", "dct:accessRights"),
        ("bomen", DCT.accrualPeriodicity, "http://purl.org/cld/freq/annual", "dct:accrualPeriodicity"),
        ("bomen", DCT.language, AUTHORITY + "language/NL", "dct:language"),
        ("bomen", DCT.spatial, AUTHORITY + "country/NL", "dct:spatial"),
        ("bomen", DCT.spatial, "https://elsewhere.example.nl/place", "dct:spatial"),
        ("bomen", ADMS.status, AUTHORITY + "distribution-status/OTHER", "adms:status"),
        ("bomen", DCATAP.hvdCategory, "http://data.europa.eu/bna/c_0", "dcatap:hvdCategory"),
        ("bomen-csv", ADMS.status, AUTHORITY + "dataset-status/COMPLETED", "adms:status"),
        ("bomen-csv", DCATAP.availability, AUTHORITY + "planned-availability/SOON", "dcatap:availability"),
        ("bomen-csv", DCT.format, IANA + "text/csv", "dct:format"),
        ("bomen-csv", DCAT.mediaType, AUTHORITY + "file-type/CSV", "dcat:mediaType"),
        ("bomen-csv", DCAT.mediaType, "http://www.iana.org/assignments/media-types/text/csv", "dcat:mediaType"),
        ("bomen-csv", DCAT.compressFormat, AUTHORITY + "file-type/GZIP", "dcat:compressFormat"),
        ("bomen-csv", DCAT.packageFormat, AUTHORITY + "file-type/ZIP", "dcat:packageFormat"),
        ("bomen-csv-controlesom", SPDX.algorithm, "https://spdx.org/rdf/terms#sha256", "spdx:algorithm"),
        ("bomen-api", DCT.license, AUTHORITY + "licence/MIT", "dct:license"),
        ("bomen-api", DCAT.theme, AUTHORITY + "data-theme/GOV", "dcat:theme"),
        ("catalogus", DCAT.themeTaxonomy, "https://data.example.nl/themas", "dcat:themeTaxonomy"),
    ],
)
def test_a_value_outside_the_list_of_its_property_is_found(
    graph: Graph, name: str, term: URIRef, value: str, curie: str
) -> None:
    put(graph, name, term, URIRef(value))
    assert check(graph) == [("value-list", name, curie)]


@pytest.mark.parametrize(
    ("name", "term", "value"),
    [
        ("bomen-api", DCT.license, "https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/cc0"),
        ("bomen-api", DCT.license, "http://creativecommons.org/licenses/by/4.0/deed.nl"),
        ("bomen-csv", DCAT.mediaType, IANA + "application/vnd.oasis.opendocument.spreadsheet"),
        ("bomen", DCT.spatial, "https://sws.geonames.org/2750405/"),
        ("bomen", DCT.spatial, AUTHORITY + "place/NLD_AMS"),
        ("bomen", DCT.spatial, AUTHORITY + "continent/EUROPE"),
        ("bomen", DCT.spatial, "https://data.example.nl/stad"),
        ("bomen-csv-controlesom", SPDX.algorithm, "http://spdx.org/rdf/terms#checksumAlgorithm_sha512"),
    ],
)
def test_a_value_of_the_list_passes(graph: Graph, name: str, term: URIRef, value: str) -> None:
    put(graph, name, term, URIRef(value))
    # The file stays a CSV of which the SHA-256 is given, which are rules of their own.
    assert [one for one in check(graph) if one[0] not in ("contradictory-format", "invalid-checksum")] == []


@pytest.mark.parametrize(
    ("name", "term", "value", "meant"),
    [
        ("bomen", DCT.language, AUTHORITY + "language/nl", AUTHORITY + "language/NLD"),
        ("bomen", DCT.language, AUTHORITY + "language/NLD ", AUTHORITY + "language/NLD"),
        ("bomen", DCT.accrualPeriodicity, AUTHORITY + "frequency/DALY", AUTHORITY + "frequency/DAILY"),
        ("bomen", DCT.spatial, AUTHORITY + "country/NL", AUTHORITY + "country/NLD"),
        ("bomen-csv", DCT.format, AUTHORITY + "file-type/JSONLD", AUTHORITY + "file-type/JSON_LD"),
        ("bomen-csv", DCT.format, IANA + "text/csv", AUTHORITY + "file-type/CSV"),
        ("bomen-csv", DCAT.mediaType, "http://www.iana.org/assignments/media-types/text/csv", IANA + "text/csv"),
        ("bomen-csv-controlesom", SPDX.algorithm, "http://spdx.org/rdf/terms#checksumAlgorithm_blake2b_256",
         "http://spdx.org/rdf/terms#checksumAlgorithm_blake2b256"),
    ],
)  # fmt: skip
def test_a_near_miss_is_named(graph: Graph, name: str, term: URIRef, value: str, meant: str) -> None:
    put(graph, name, term, URIRef(value))
    [found] = check_catalogue(checked(graph), LISTS)
    assert found.hint.startswith(f"Did you mean <{meant}> (")


def test_a_code_that_the_profile_does_not_allow_names_those_that_it_does(graph: Graph) -> None:
    put(graph, "bomen", DCT.accessRights, URIRef(AUTHORITY + "access-right/CONFIDENTIAL"))
    [found] = check_catalogue(checked(graph), LISTS)
    assert found.message.endswith('is in the list "Access right", but the profile does not allow it.')
    assert found.hint == f"Take NON_PUBLIC, PUBLIC or RESTRICTED of <{AUTHORITY}access-right>."


@pytest.mark.parametrize(
    ("name", "term", "value", "rule"),
    [
        ("bomen", DCT.spatial, AUTHORITY + "country/ANT", "deprecated-code"),
        ("bomen-csv", DCAT.mediaType, IANA + "text/ecmascript", "deprecated-code"),
        ("bomen-csv", DCAT.mediaType, IANA + "text/x-own", "unregistered-code"),
        ("bomen", DCT.creator, TOOI + "gemeente/gm0363", ""),
        ("bomen", DCT.creator, TOOI + "provincie/pv27", ""),
        ("bomen", DCT.creator, TOOI + "provincie/pv99", "unregistered-code"),
        ("bomen", DCT.creator, TOOI + "gemeente/0363", "unregistered-code"),
        ("bomen", DCT.creator, TOOI + "ministerie/mnre0170", "ended-organisation"),
        ("bomen", DCT.creator, "https://ror.org/01deh9c76", ""),
    ],
)
def test_what_is_deprecated_ended_or_newer_than_the_copy_is_a_warning(
    graph: Graph, name: str, term: URIRef, value: str, rule: str
) -> None:
    put(graph, name, term, URIRef(value))
    found = check_catalogue(checked(graph), LISTS)
    assert [(fault.rule, fault.severity) for fault in found] == ([(rule, "warning")] if rule else [])


def test_who_ended_after_the_data_was_last_changed_was_its_publisher_then(graph: Graph) -> None:
    """The Ministry of Transport, Public Works and Water Management ended on 2010-10-13."""
    put(graph, "bomen", DCT.creator, URIRef(TOOI + "ministerie/mnre0170"))
    put(graph, "bomen", DCT.issued, Literal("2009-01-01", datatype=XSD.date))
    put(graph, "bomen", DCT.modified, Literal("2010-10-13", datatype=XSD.date))
    assert check_catalogue(checked(graph), LISTS) == []
    put(graph, "bomen", DCT.modified, Literal("2010-10-14", datatype=XSD.date))
    assert [fault.rule for fault in check_catalogue(checked(graph), LISTS)] == ["ended-organisation"]


@pytest.mark.parametrize(
    ("value", "dutch", "eu"),
    [
        ("http://creativecommons.org/licenses/by/4.0/deed.nl", "", ""),
        ("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/niet_open", "", ""),
        ("https://creativecommons.org/licenses/by/4.0/", "licence-form", ""),
        ("http://www.creativecommons.org/licenses/by/4.0", "licence-form", ""),
        ("https://creativecommons.org/licenses/by/4.0/deed.fr", "licence-form", ""),
        ("https://creativecommons.org/licenses/by/3.0/de/", "licence-form", "unlisted-licence"),
        (AUTHORITY + "licence/CC_BY_4_0", "licence-form", ""),
        (AUTHORITY + "licence/CC_BY", "licence-form", "deprecated-code"),
        (AUTHORITY + "licence/OGL_3_0", "value-list", ""),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "value-list", ""),
        ("https://elsewhere.example.nl/terms", "value-list", "unlisted-licence"),
    ],
)
def test_a_licence_is_judged_by_the_profile(graph: Graph, value: str, dutch: str, eu: str) -> None:
    put(graph, "bomen-api", DCT.license, URIRef(value))
    for profile, rule in (("dcat-ap-nl", dutch), ("dcat-ap", eu)):
        found = check_catalogue(checked(graph), LISTS, profile=load_profile(profile))
        assert [fault.rule for fault in found] == ([rule] if rule else []), profile


def test_a_closed_licence_of_a_public_dataset_is_a_warning(graph: Graph) -> None:
    closed = URIRef("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/niet_open")
    for file in list(graph.objects(DATA.bomen, DCAT.distribution)):
        graph.set((file, DCT.license, closed))
    found = check_catalogue(checked(graph), LISTS)
    assert {(fault.rule, fault.severity) for fault in found} == {("closed-though-public", "warning")}
    put(graph, "bomen", DCT.accessRights, URIRef(AUTHORITY + "access-right/RESTRICTED"))
    assert check_catalogue(checked(graph), LISTS) == []


def test_own_themes_pass_beside_one_of_the_eu_when_described_as_concepts(graph: Graph) -> None:
    put(graph, "bomen", DCAT.theme, URIRef(AUTHORITY + "data-theme/ENVI"), DATA["thema-groen"])
    assert check(graph) == []


def test_only_own_themes_are_found(graph: Graph) -> None:
    put(graph, "bomen", DCAT.theme, DATA["thema-groen"])
    assert check(graph) == [("value-list", "bomen", "dcat:theme")]


def test_a_theme_of_another_list_is_allowed_beside_one_of_the_eu_but_not_a_misspelt_one(graph: Graph) -> None:
    graph.remove((DATA["thema-groen"], RDF.type, SKOS.Concept))
    assert check(graph) == []
    graph.add((DATA.bomen, DCAT.theme, URIRef(AUTHORITY + "data-theme/GOVV")))
    assert check(graph) == [("value-list", "bomen", "dcat:theme")]


@pytest.mark.parametrize("term", [VCARD.hasEmail, VCARD.hasURL])
def test_one_way_to_reach_a_contact_point_is_enough(graph: Graph, term: URIRef) -> None:
    graph.remove((DATA.contact, term, None))
    assert check(graph) == []


def test_a_contact_point_that_cannot_be_reached_is_found_once(graph: Graph) -> None:
    graph.remove((DATA.contact, VCARD.hasEmail, None))
    graph.remove((DATA.contact, VCARD.hasURL, None))
    assert check(graph) == [("contact-point", "contact", "vcard:hasEmail")]


@pytest.mark.parametrize(
    ("length", "found"), [(2000, []), (2001, [("description-too-long", "bomen", "dct:description")])]
)
def test_a_description_may_have_2000_characters(graph: Graph, length: int, found: list[tuple[str, str, str]]) -> None:
    put(graph, "bomen", DCT.description, Literal("é" * length, lang="nl"))
    assert check(graph) == found


def test_a_download_without_media_type_is_found_and_a_distribution_without_download_is_not(graph: Graph) -> None:
    put(graph, "bomen-csv", DCAT.mediaType)
    put(graph, "bomen-jsonld", DCAT.mediaType)
    put(graph, "bomen-jsonld", DCAT.downloadURL)
    assert check(graph) == [("missing-media-type", "bomen-csv", "dcat:mediaType")]


def test_a_dataset_without_distribution_is_found(graph: Graph) -> None:
    put(graph, "bomen", DCAT.distribution)
    put(graph, "bomen-api", DCAT.servesDataset)
    assert check(graph) == [
        ("missing-distribution", "bomen", "dcat:distribution"),
        ("orphaned-distribution", "bomen-csv", "rdf:type"),
    ]


@pytest.mark.parametrize("value", ["bomen", "https://data.example.nl/bomen/", "http://data.example.nl/bomen"])
def test_an_identifier_that_is_not_the_dataset_s_iri_is_found(graph: Graph, value: str) -> None:
    put(graph, "bomen", DCT.identifier, Literal(value))
    [found] = check_catalogue(checked(graph), LISTS)
    assert told([found]) == [("identifier-differs", "bomen", "dct:identifier")]
    assert found.hint == 'Write dct:identifier "https://data.example.nl/bomen".'


def test_two_licences_in_one_dataset_are_found(graph: Graph) -> None:
    put(graph, "bomen-csv", DCT.license, URIRef("http://creativecommons.org/licenses/by/4.0/deed.nl"))
    assert check(graph) == [("licences-differ", "bomen", "dct:license")]


def test_a_finding_names_file_resource_property_and_both_languages(graph: Graph) -> None:
    put(graph, "bomen", DCT.title, Literal("Bomen"))
    [found] = check_catalogue(checked(graph), LISTS, "catalog.ttl")
    assert str(found.place) == "catalog.ttl, <https://data.example.nl/bomen>, dct:title"
    assert found.message == '"Bomen" has no two-letter language tag.'
    assert say(found.message, "nl") == '"Bomen" heeft geen taalcode van twee letters.'
    assert found.hint == rules()["language-tag"].fix
    assert found.severity == "warning"


def test_blank_nodes_are_found_without_their_chance_names(graph: Graph) -> None:
    nameless = BNode("chance")
    graph.add((nameless, RDF.type, DCAT.Dataset))
    graph.add((nameless, DCT.identifier, nameless))
    graph.add((nameless, DCT.title, Literal("x")))
    graph.add((DATA.bomen, DCAT.endpointURL, nameless))
    found = check_catalogue(checked(graph), LISTS)
    assert {f.rule for f in found} == {
        "address-form",
        "missing-distribution",
        "identifier-differs",
        "language-tag",
        "missing-iri",
        "uncatalogued-dataset",
    }
    assert "chance" not in "".join(map(str, found))


def test_the_order_of_findings_does_not_depend_on_the_order_of_statements(graph: Graph) -> None:
    for name in ("bomen", "bomen-csv", "bomen-jsonld", "registers"):
        put(graph, name, DCT.title, Literal("x"), Literal("y"))
        put(graph, name, DCT.issued, Literal("x"))
    backwards = Graph(bind_namespaces="none")
    for triple in sorted(graph, reverse=True):
        backwards.add(triple)
    found = check_catalogue(checked(graph), LISTS)
    assert len(found) == 12
    assert found == check_catalogue(checked(backwards), LISTS)


# The files of a build.


def test_files_that_are_as_the_catalogue_says_break_no_rule(graph: Graph) -> None:
    assert check_files(checked(graph), BASE_URL, FILES) == []


def test_an_address_under_the_base_url_without_a_file_is_found(graph: Graph) -> None:
    found = check_files(checked(graph), BASE_URL, {"bomen-pagina": (10, "00")}, "catalog.ttl")
    assert told(found) == [
        ("unresolved-file", "bomen-csv", "dcat:downloadURL"),
        ("unresolved-file", "bomen-jsonld", "dcat:downloadURL"),
    ]
    assert found[0].place.file == "catalog.ttl"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://data.example.nl", "index.html"),
        ("https://data.example.nl/", "index.html"),
        ("https://data.example.nl/#top", "index.html"),
        ("https://data.example.nl/map/", "map/index.html"),
        ("https://data.example.nl/map", "map/index.html"),
        ("https://data.example.nl/map/a%20b.html?c=d#e", "map/a b.html"),
    ],
)
def test_an_address_leads_to_the_file_that_a_web_server_gives(graph: Graph, address: str, file: str) -> None:
    put(graph, "bomen-csv", DCAT.accessURL, URIRef(address))
    assert check_files(checked(graph), BASE_URL, {**FILES, file: (1, "00")}) == []
    assert told(check_files(checked(graph), BASE_URL, FILES)) == [("unresolved-file", "bomen-csv", "dcat:accessURL")]


@pytest.mark.parametrize("address", ["https://data.example.nl.elsewhere.nl/x", "https://elsewhere.nl/x", "http://["])
def test_an_address_elsewhere_is_left_alone(graph: Graph, address: str) -> None:
    put(graph, "bomen-csv", DCAT.accessURL, URIRef(address))
    assert check_files(checked(graph), BASE_URL, FILES) == []


@pytest.mark.parametrize("size", ["2047", "20480", "veel"])
def test_another_size_is_found(graph: Graph, size: str) -> None:
    put(graph, "bomen-csv", DCAT.byteSize, Literal(size, datatype=XSD.nonNegativeInteger))
    assert told(check_files(checked(graph), BASE_URL, FILES)) == [("file-differs", "bomen-csv", "dcat:byteSize")]


def test_another_checksum_is_found_but_not_another_case(graph: Graph) -> None:
    upper = Literal(SHA256.upper(), datatype=XSD.hexBinary, normalize=False)
    put(graph, "bomen-csv-controlesom", SPDX.checksumValue, upper)
    assert check_files(checked(graph), BASE_URL, FILES) == []
    changed = {**FILES, "bestanden/bomen.csv": (2048, "0" * 64)}
    assert told(check_files(checked(graph), BASE_URL, changed)) == [("file-differs", "bomen-csv", "spdx:checksum")]


def test_a_checksum_by_another_algorithm_cannot_be_compared(graph: Graph) -> None:
    put(graph, "bomen-csv-controlesom", SPDX.algorithm, URIRef("http://spdx.org/rdf/terms#checksumAlgorithm_md5"))
    changed = {**FILES, "bestanden/bomen.csv": (2048, "0" * 64)}
    assert check_files(checked(graph), BASE_URL, changed) == []


def test_the_rules_need_no_large_library() -> None:
    """`validate` is to start before rdflib alone would be imported."""
    code = (
        "import sys, ogp_data.checks.rules\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(*{'rdflib', 'pyshacl', 'pydantic', 'pandas', 'numpy'} & loaded)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_no_profile_is_about_is_not_judged_by_rules_of_values(graph: Graph) -> None:
    own = DATA["begrippen"]
    graph.add((own, RDF.type, URIRef("http://www.w3.org/2002/07/owl#Ontology")))
    graph.add((own, DCT.title, Literal("Begrippen", lang="nl")))
    graph.add((own, DCT.title, Literal("Termen", lang="nl")))
    graph.add((own, DCT.language, Literal("Nederlands")))
    graph.add((own, DCT.language, DATA["nederlands"]))
    graph.add((own, DCT.license, DATA["eigen-licentie"]))
    graph.add((own, DCT.issued, Literal("ooit")))
    assert check(graph) == []
    # The same in a dataset without a class, to which the catalogue leads.
    graph.add((DATA.catalogus, DCAT.dataset, own))
    assert {rule for rule, *_ in check(graph)} >= {"duplicate-language", "value-list", "temporal-value"}
