"""How grave each break is, by rules, shapes and lists together: one change to a conforming catalogue, and what is new.

An error is what the norm forbids or what makes a value unusable, a warning what is recommended or very likely a
mistake; what this project asks of its own publications is told of others only when they ask for it.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from graphs_help import turtle
from ogp_data.checks.catalogue import House
from ogp_data.checks.foreign import held
from ogp_data.checks.rules import check_catalogue
from ogp_data.cli.main import main
from ogp_data.core import resources
from ogp_data.core.findings import Finding, rules
from ogp_data.models.lists import load_lists
from ogp_data.models.profiles import held_to

CONFORMING = (Path(__file__).parent / "catalogues" / "conforming.ttl").read_text(encoding="utf-8")
LISTS = load_lists(resources.value_lists())
BASE = "https://data.example.nl/"

Told = tuple[str, str, str, str]
"""Severity, rule, resource and property of a finding."""


def told(fault: Finding) -> Told:
    return fault.severity, fault.rule, fault.place.iri.removeprefix(BASE), fault.place.property


@cache
def found(text: str, profile: str = "dcat-ap-nl", house: House = "untold") -> tuple[Finding, ...]:
    """Return the findings of a catalogue in Turtle, by profiles with a space between."""
    return tuple(held(turtle(text), LISTS, "c.ttl", held_to(profile.split()), house=house).findings)


def changed(*changes: tuple[str, str]) -> str:
    """Return the conforming catalogue with one text in the place of another, which it must have."""
    text = CONFORMING
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def new(text: str, profile: str = "dcat-ap-nl", house: House = "untold") -> list[Told]:
    """Return what is found in a catalogue and not in the conforming one."""
    before = set(map(told, found(CONFORMING, profile, house)))
    return sorted({*map(told, found(text, profile, house))} - before)


def test_nothing_is_wrong_with_the_conforming_catalogue() -> None:
    for version in ("dcat-ap-nl-3.0.0", "dcat-ap-nl-3.0.1"):
        assert [fault for fault in found(CONFORMING, version, "ours") if fault.severity == "error"] == []


EU = "http://publications.europa.eu/resource/authority/"
CC = "http://creativecommons.org/"
GEONOVUM = "https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/"
TOOI = "https://identifier.overheid.nl/tooi/id/"
HVD_LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"

IDENTIFIER = 'dct:identifier "https://data.example.nl/bomen" ;'
ISSUED = 'dct:issued "2024"^^xsd:gYear ;'
DESCRIPTION = "Elke boom in beheer bij de gemeente."
URL = "vcard:hasURL <https://data.example.nl/contact> ."
MAIL = "vcard:hasEmail <mailto:opendata@example.nl> ;"
CONTACT = ":contact a vcard:Organization ;"
OF_CSV = f"dct:license <{CC}publicdomain/zero/1.0/deed.nl> ;\n    dct:rights"
OF_JSONLD = (
    f"dct:license <{CC}publicdomain/zero/1.0/deed.nl> ;\n    dct:format <{EU}file-type/JSON_LD> ;\n    dcat:mediaType"
)
FORMAT = f"dct:format <{EU}file-type/CSV> ;"
MEDIA = r"dcat:mediaType iana:text\/csv ;"
SPATIAL = f"dct:spatial <{EU}country/NLD> , :stad ;"
LANGUAGE = f"dct:language <{EU}language/NLD> ;\n    dct:conformsTo :bomen-schema ;\n    dcatap"
RIGHTS = f"adms:identifier :bomen-nummer ;\n    dct:accessRights <{EU}access-right/PUBLIC> ;"
AGENTS = "dct:publisher :gemeente ;\n    dct:creator :gemeente ;\n    dcat:contactPoint :contact ;\n    dcat:theme"
LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"

IDENTIFIER = 'dct:identifier "https://data.example.nl/bomen" ;'
ISSUED = 'dct:issued "2024"^^xsd:gYear ;'
DESCRIPTION = "Elke boom in beheer bij de gemeente."
URL = "vcard:hasURL <https://data.example.nl/contact> ."
MAIL = "vcard:hasEmail <mailto:opendata@example.nl> ;"
CONTACT = ":contact a vcard:Organization ;"
OF_CSV = f"dct:license <{CC}publicdomain/zero/1.0/deed.nl> ;\n    dct:rights"
OF_JSONLD = (
    f"dct:license <{CC}publicdomain/zero/1.0/deed.nl> ;\n    dct:format <{EU}file-type/JSON_LD> ;\n    dcat:mediaType"
)
FORMAT = f"dct:format <{EU}file-type/CSV> ;"
MEDIA = r"dcat:mediaType iana:text\/csv ;"
SPATIAL = f"dct:spatial <{EU}country/NLD> , :stad ;"
LANGUAGE = f"dct:language <{EU}language/NLD> ;\n    dct:conformsTo :bomen-schema ;\n    dcatap"
LAW = "dcatap:applicableLegislation :wet-open-overheid ;"
SERVES = "dcat:endpointDescription <https://data.example.nl/api/openapi.json> ;\n    dcat:servesDataset :bomen ."
SERVES_NONE = "dcat:endpointDescription <https://data.example.nl/api/openapi.json> ."
DISTRIBUTIONS = "dcat:qualifiedRelation :relatie ;\n    dcat:distribution :bomen-csv , :bomen-jsonld ."
NO_DISTRIBUTION = "dcat:qualifiedRelation :relatie ."
NO_CSV = (":bomen-csv a dcat:Distribution ;", ":bomen-csv")
THEME = f"dcat:theme <{EU}data-theme/GOVE> , :thema-groen ;"
FREQUENCY = f'dct:accrualPeriodicity <{EU}frequency/NEVER> ;\n    dct:issued "2024"'


def licence(address: str) -> tuple[tuple[str, str], ...]:
    """Return the change of both distributions to another licence."""
    said = f"dct:license <{address}> ;"
    was = f"dct:license <{CC}publicdomain/zero/1.0/deed.nl> ;"
    return (OF_CSV, OF_CSV.replace(was, said)), (OF_JSONLD, OF_JSONLD.replace(was, said))


def both(severity: str, rule: str, property_: str) -> list[Told]:
    """Return a finding at both distributions."""
    return [(severity, rule, f"bomen-{name}", property_) for name in ("csv", "jsonld")]


def spatial(address: str) -> tuple[tuple[str, str], ...]:
    return ((SPATIAL, f"dct:spatial <{address}> ;"),)


Changes = tuple[tuple[str, str], ...]

SOUND: dict[str, Changes] = {
    "an identifier that is a UUID": ((IDENTIFIER, 'dct:identifier "8f7e7a38-6c4c-4b1b-9f3f-0d1c8f1e2a11" ;'),),
    "an identifier that is a DOI": ((IDENTIFIER, 'dct:identifier "https://doi.org/10.4121/uuid:x" ;'),),
    "a date-time without zone": ((ISSUED, 'dct:issued "2024-03-01T10:00:00"^^xsd:dateTime ;'),),
    "no distribution, but a service": ((DISTRIBUTIONS, NO_DISTRIBUTION), NO_CSV),
    "a licence as Geonovum names it": licence(GEONOVUM + "naamsvermelding40"),
    "a licence by its deed in Dutch": licence(CC + "licenses/by-sa/4.0/deed.nl"),
    "a media type of IANA": (
        (MEDIA, r"dcat:mediaType iana:application\/pdf ;"),
        (FORMAT, FORMAT.replace("CSV", "PDF")),
    ),
    "GEOJSON": ((FORMAT, FORMAT.replace("CSV", "GEOJSON")), (MEDIA, r"dcat:mediaType iana:application\/geo\+json ;")),
    "WFS_SRVC": ((FORMAT, FORMAT.replace("CSV", "WFS_SRVC")), (MEDIA, r"dcat:mediaType iana:application\/gml\+xml ;")),
    "XLS": ((FORMAT, FORMAT.replace("CSV", "XLS")), (MEDIA, r"dcat:mediaType iana:application\/vnd.ms-excel ;")),
    "language ARA": ((LANGUAGE, LANGUAGE.replace("NLD", "ARA")),),
    "country USA": spatial(EU + "country/USA"),
    "a place of the EU": spatial(EU + "place/NLD_AMS"),
    "a record that was created": (
        ("foaf:primaryTopic :", "adms:status <http://purl.org/adms/changetype/created> ; foaf:primaryTopic :"),
    ),
    "a corporate body of the EU": ((AGENTS, AGENTS.replace(":gemeente", f"<{EU}corporate-body/PUBL>")),),
    "a subcategory of high-value datasets": (
        (
            LAW,
            f"dcatap:applicableLegislation <{HVD_LAW}> ; dcatap:hvdCategory <http://data.europa.eu/bna/c_03ba8d92> ;",
        ),
    ),
    **{
        f"contact typed {kind}": ((CONTACT, f":contact a vcard:{kind} ;"),)
        for kind in ("Group", "Individual", "Location", "Kind")
    },
    **{
        f"GeoNames as {address}": spatial(address)
        for address in (
            "https://sws.geonames.org/2750405/",
            "http://sws.geonames.org/2750405/",
            "https://sws.geonames.org/2750405",
            "https://www.geonames.org/2750405",
            "http://www.geonames.org/2750405",
            "https://www.geonames.org/2750405/kingdom-of-the-netherlands.html",
        )
    },
    "a closed licence where the data is not public": (
        *licence(GEONOVUM + "niet_open"),
        (RIGHTS, RIGHTS.replace("PUBLIC", "NON_PUBLIC")),
    ),
}


@pytest.mark.parametrize("what", SOUND)
def test_what_the_norm_allows_is_no_finding(what: str) -> None:
    assert new(changed(*SOUND[what])) == []


WARNED: dict[str, tuple[Changes, list[Told]]] = {
    "neither a distribution nor a service": (
        ((DISTRIBUTIONS, NO_DISTRIBUTION), NO_CSV, (SERVES, SERVES_NONE)),
        [
            ("warning", "dcat-ap-nl-recommended", "bomen-api", "dcat:servesDataset"),
            ("warning", "missing-distribution", "bomen", "dcat:distribution"),
        ],
    ),
    "two licences": (
        licence(CC + "licenses/by/4.0/deed.nl")[:1],
        [("warning", "licences-differ", "bomen", "dct:license")],
    ),
    "a long description": (
        ((DESCRIPTION, "boom " * 400),),
        [("warning", "description-too-long", "bomen", "dct:description")],
    ),
    "a form's address as text": (
        ((URL, 'vcard:hasURL "https://data.example.nl/contact" .'),),
        [("warning", "unlinked-address", "contact", "vcard:hasURL")],
    ),
    **{
        f"a licence as {address}": (licence(address), both("warning", "licence-form", "dct:license"))
        for address in (
            "https://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0",
            "http://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0/deed.en",
            "https://creativecommons.org/licenses/by/2.5/nl/",
            f"{EU}licence/CC_BY_4_0",
        )
    },
    "a closed licence of public data": (
        licence(GEONOVUM + "niet_open"),
        both("warning", "closed-though-public", "dct:license"),
    ),
    "high value without category": (
        (
            (LAW, f"dcatap:applicableLegislation <{HVD_LAW}> ;"),
        ),
        [("warning", "missing-hvd-category", "bomen", "dcatap:hvdCategory")],
    ),
    "a deprecated code": (
        spatial(EU + "country/ANT"),
        [("warning", "deprecated-code", "bomen", "dct:spatial")],
    ),
    "an ended municipality": (
        ((AGENTS, AGENTS.replace("publisher :gemeente", f"publisher <{TOOI}gemeente/gm0005>")),),
        [("warning", "ended-organisation", "bomen", "dct:publisher")],
    ),
    "a media type that fits and is not registered": (
        ((MEDIA, r"dcat:mediaType iana:text\/cvs ;"),),
        [("warning", "unregistered-code", "bomen-csv", "dcat:mediaType")],
    ),
}  # fmt: skip


HVD = "dcat-ap-nl dcat-ap-hvd"


def test_under_the_profile_of_high_value_datasets_a_lack_of_data_or_of_a_category_is_an_error() -> None:
    changes, _ = WARNED["neither a distribution nor a service"]
    assert ("error", "missing-distribution", "bomen", "dcat:distribution") in new(changed(*changes), HVD)
    changes, _ = WARNED["high value without category"]
    about = [fault for fault in found(changed(*changes), HVD) if told(fault)[2:] == ("bomen", "dcatap:hvdCategory")]
    assert [told(fault)[:2] for fault in about] == [("error", "dcat-ap-hvd-required")]


def test_what_two_profiles_ask_of_a_value_is_told_once() -> None:
    """An own law without its class breaks DCAT-AP-NL; that the law on high-value datasets is not named, HVD alone."""
    text = changed((":wet-open-overheid a eli:LegalResource .", ""))
    lacking = [fault for fault in found(text, HVD) if told(fault)[2:] == ("bomen", "dcatap:applicableLegislation")]
    assert [told(fault)[1] for fault in lacking] == ["dcat-ap-nl-required", "dcat-ap-hvd-required"]
    assert ["wet-open-overheid" in fault.hint for fault in lacking] == [True, False]


NAMED = {
    "a municipality with a label": f"<{TOOI}gemeente/gm0344> skos:prefLabel 'Utrecht'@nl .",
    "a body of the EU with a label": f"<{EU}corporate-body/EP> skos:prefLabel 'EP'@en .",
    "a municipality as a place": f"<{TOOI}gemeente/gm0344> a dct:Location ; rdfs:label 'Utrecht'@nl .",
}  # fmt: skip


@pytest.mark.parametrize("said", NAMED.values(), ids=NAMED)
def test_what_is_said_of_an_organisation_of_a_register_does_not_oblige_to_describe_an_agent(said: str) -> None:
    subject = said.partition(" ")[0]
    text = changed((AGENTS, AGENTS.replace(":gemeente", subject))) + said
    assert [fault for fault in found(text) if fault.severity == "error"] == []
    described = said.replace(" ", " a foaf:Agent ; ", 1)
    lacking = [told(fault)[1:] for fault in found(text + described) if fault.severity == "error"]
    assert lacking == [("dcat-ap-nl-required", subject[1:-1], "foaf:name")]


def test_a_place_of_a_register_is_held_to_what_is_asked_of_a_place() -> None:
    place = f"<{TOOI}gemeente/gm0344>"
    text = changed((SPATIAL, f"dct:spatial {place} ;")) + f"{place} a dct:Location ; dcat:bbox <{BASE}x> ."
    assert ("error", "dcat-ap-nl-required", place[1:-1], "dcat:bbox") in new(text)


@pytest.mark.parametrize("what", WARNED)
def test_what_is_likely_a_mistake_is_a_warning(what: str) -> None:
    changes, expected = WARNED[what]
    assert new(changed(*changes)) == expected


SECOND = """
:catalogus dcat:dataset :struiken .
:struiken a dcat:Dataset ;
    dct:title "Struikenregister Voorbeeldstad"@nl ;
    dct:description "Elke struik in beheer bij de gemeente. Met soort en plantjaar. Een rij per struik."@nl ;
    dct:identifier "IDENTIFIER" ;
    dct:accessRights at:access-right\\/PUBLIC ;
    dct:publisher :gemeente ; dct:creator :gemeente ; dcat:contactPoint :contact ;
    dcat:theme at:data-theme\\/GOVE ; dcat:keyword "struiken"@nl ; dct:language at:language\\/NLD ;
    dct:spatial :stad ; dct:temporal :periode ; foaf:page :bomen-uitleg ; dcat:landingPage :bomen-pagina ;
    dct:conformsTo :bomen-schema ; dcatap:applicableLegislation :wet-open-overheid .
:bomen-api dcat:servesDataset :struiken .
"""

WRONG: dict[str, tuple[str, list[Told]]] = {
    "two datasets with one identifier": (
        CONFORMING + SECOND.replace("IDENTIFIER", "https://data.example.nl/bomen"),
        [("error", "duplicate-identifier", name, "dct:identifier") for name in ("bomen", "struiken")],
    ),
    "a licence that is not of Creative Commons": (
        changed(*licence(EU + "licence/EUPL_1_2")),
        both("error", "value-list", "dct:license"),
    ),
    "an e-mail address as text": (
        changed((MAIL, 'vcard:hasEmail "opendata@example.nl" ;')),
        [("error", "mailto-form", "contact", "vcard:hasEmail")],
    ),
    "a form's address that is none": (
        changed((URL, 'vcard:hasURL "bel ons" .')),
        [("error", "address-form", "contact", "vcard:hasURL")],
    ),
    "a date that does not exist": (
        changed((ISSUED, 'dct:issued "2023-02-30T10:00:00"^^xsd:dateTime ;')),
        [("error", "temporal-value", "bomen", "dct:issued")],
    ),
    "a code of no list": (
        changed((FREQUENCY, FREQUENCY.replace("NEVER", "NEVR"))),
        [("error", "value-list", "bomen", "dct:accrualPeriodicity")],
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_the_norm_forbids_is_an_error(what: str) -> None:
    text, expected = WRONG[what]
    assert new(text) == expected


def test_an_identifier_of_its_own_is_no_fault_of_a_second_dataset() -> None:
    assert new(CONFORMING + SECOND.replace("IDENTIFIER", "https://data.example.nl/struiken")) == []


HOUSE = [
    ((IDENTIFIER, 'dct:identifier "VB-0001" ;'), "identifier-differs", "dct:identifier"),
    ((ISSUED, 'dct:issued "2024-03-01T10:00:00"^^xsd:dateTime ;'), "missing-zone", "dct:issued"),
]


@pytest.mark.parametrize(("change", "rule", "name"), HOUSE)
@pytest.mark.parametrize(("house", "severity"), [("ours", "error"), ("told", "info"), ("untold", "")])
def test_a_house_rule_counts_in_our_own_publications_alone(
    change: tuple[str, str], rule: str, name: str, house: House, severity: str
) -> None:
    assert rules()[rule].house
    assert new(changed(change), house=house) == ([(severity, rule, "bomen", name)] if severity else [])


def test_the_command_tells_house_rules_where_it_is_asked_to_and_never_fails_by_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.ttl").write_text(changed(HOUSE[0][0]), encoding="utf-8")
    told_by = {}
    for options in ((), ("--house-rules",)):
        assert main(["validate", str(tmp_path / "c.ttl"), "--json", "--fail-on", "error", *options]) == 0
        found = json.loads(capsys.readouterr().out)["findings"]
        told_by[options] = [f["severity"] for f in found if f["rule"] == "identifier-differs"]
    assert told_by == {(): [], ("--house-rules",): ["info"]}


def test_dates_lie_in_the_future_as_of_the_day_that_is_given() -> None:
    """A publication is checked as of the day of its data, for the same input is to give the same report next year."""
    modified = 'dct:modified "{}"^^xsd:date ;\n    dct:spatial <'
    graph = turtle(changed((modified.format("2026-11-20"), modified.format("2030-01-02"))))
    for day, expected in ((date(2030, 1, 1), []), (date(2027, 1, 1), ["bomen"])):
        faults = check_catalogue(graph, LISTS, today=day)
        assert [told(fault)[2] for fault in faults if fault.rule == "future-date"] == expected


def test_no_house_rule_is_told_of_others_unless_they_ask() -> None:
    asked = {fault.rule for fault in found(CONFORMING, house="ours")}
    assert not any(rules()[name].house for name in asked)


LICENCES_OF_THE_EU = [
    f"{EU}licence/EUPL_1_2",
    "https://opensource.org/licenses/0BSD",
    "https://creativecommons.org/licenses/by/4.0/",
    GEONOVUM + "cc0",
    "http://www.gnu.org/licenses/licenses.html",  # of two versions of one licence; either is in the list
]


@pytest.mark.parametrize("address", LICENCES_OF_THE_EU)
def test_dcat_ap_takes_any_licence_of_the_eu_by_iri_or_web_address(address: str) -> None:
    assert new(changed(*licence(address)), "dcat-ap") == []


def test_another_licence_is_a_warning_in_dcat_ap() -> None:
    text = (
        changed(*licence(BASE + "wet"))
        + f"<{BASE}wet> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/PublicDomain> ."
    )
    assert new(text, "dcat-ap") == both("warning", "unlisted-licence", "dct:license")


MISSPELT = {
    "https://creativecommons.org/licence/by/4.0/": GEONOVUM + "naamsvermelding40",
    f"{EU}licence/CC_BY_NC_4_0": GEONOVUM + "naamsvermelding_niet_commercieel40",
    GEONOVUM + "naamsvermelding_40": GEONOVUM + "naamsvermelding40",
    GEONOVUM + "cc-0": GEONOVUM + "cc0",
}


@pytest.mark.parametrize("address", MISSPELT)
def test_of_a_misspelt_licence_the_one_that_may_be_meant_is_named(address: str) -> None:
    hints = {fault.hint for fault in found(changed(*licence(address))) if fault.rule == "value-list"}
    assert [hint.startswith(f"Did you mean <{MISSPELT[address]}>") for hint in hints] == [True]


def test_each_of_these_warnings_names_the_harm() -> None:
    """What happens at a portal or to a reader: in what the finding says, and in what the rule does."""
    harm = ("portal", "nobody", "whoever")
    for what, (changes, expected) in WARNED.items():
        ours = {rule for _, rule, _, _ in expected if rules()[rule].engine == "rules"}
        for fault in (fault for fault in found(changed(*changes)) if fault.rule in ours):
            assert any(word in fault.message.lower() for word in harm), (what, fault.message)
            assert any(word in rules()[fault.rule].occurs.lower() for word in harm), fault.rule


@pytest.mark.parametrize(
    ("old", "written", "rule", "property_"),
    [
        (FORMAT, f"dct:format <{EU}file-type/KOMMA> ;", "value-list", "dct:format"),
        (FORMAT, f"dct:format <{EU.replace('http:', 'https:')}file-type/CSV> ;", "authority-scheme", "dct:format"),
        (MAIL, 'vcard:hasEmail "opendata@example.nl" ;', "mailto-form", "vcard:hasEmail"),
    ],
)
def test_one_mistake_is_one_error(old: str, written: str, rule: str, property_: str) -> None:
    errors = [each for each in new(changed((old, written))) if each[0] == "error"]
    assert [(each[1], each[3]) for each in errors] == [(rule, property_)]


@pytest.mark.parametrize(
    ("old", "written", "clause"),
    [
        ('"Elke boom', '""@nl , "Elke boom', "DCAT-AP-NL 3.0, 4.1.7"),
        ('dcat:keyword "bomen"@nl', 'dcat:keyword ""@nl', "DCAT-AP-NL 3.0, 4.1.16"),
    ],
)
def test_an_empty_text_cites_the_sentence_about_its_own_property(old: str, written: str, clause: str) -> None:
    empty = [fault for fault in found(changed((old, written))) if fault.rule == "empty-text"]
    assert [(fault.severity, fault.clause) for fault in empty] == [("error", clause)]


@pytest.mark.parametrize("page", ["by/5.0/", "by-nc-by/4.0/", "cc0/1.0/"])
def test_a_licence_that_creative_commons_never_published_is_an_error(page: str) -> None:
    text = changed(*licence(f"https://creativecommons.org/licenses/{page}"))
    assert ("error", "value-list", "bomen-csv", "dct:license") in new(text)


def test_a_licence_ported_to_a_country_is_one_of_creative_commons() -> None:
    text = changed(*licence("https://creativecommons.org/licenses/by/2.5/nl/"))
    assert {each[:2] for each in new(text) if each[3] == "dct:license"} == {("warning", "licence-form")}
