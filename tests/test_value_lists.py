"""The value lists: what they hold, their labels and types, and what they add to a catalogue for validation."""

from __future__ import annotations

import csv
import os
import random
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SKOS

from conftest import tiny_data
from graphs_help import plain
from ogp_data.core import resources
from ogp_data.core.near import fold
from ogp_data.core.vocab import AUTHORITY, DCAT, DCT, IANA, SPDX, VCARD
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists, load_lists

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")) / "standards"
SUBSET = SHARED / "vocabularies" / "eu-subset.ttl"

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
GEONOVUM_CC0 = "https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/cc0"
EU_CC0 = AUTHORITY + "licence/CC0"


@pytest.fixture(scope="module")
def lists() -> ValueLists:
    return load_lists(resources.value_lists())


@pytest.fixture(scope="module")
def background(lists: ValueLists) -> Graph:
    graph = Graph(bind_namespaces="none")
    named = [iri for values in lists.lists.values() for iri in values.concepts]
    for triple in plain(lists.background(named)):
        graph.add(triple)
    return graph


def test_a_concept_is_found_by_its_iri_with_label_list_and_class(lists: ValueLists) -> None:
    public = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
    assert lists.label(public, "nl") == "openbaar"
    assert lists.label(public) == "public"
    home = lists.home(public)
    assert home is not None
    assert home.scheme == "http://publications.europa.eu/resource/authority/access-right"
    assert home.kind == str(DCT.RightsStatement)
    assert public in lists["access-right"]


def test_a_label_that_the_table_lacks_in_dutch_is_given_in_english(lists: ValueLists) -> None:
    assert lists.label(AUTHORITY + "dataset-type/HVD", "nl") != ""


def test_what_is_in_no_list_has_no_label_and_no_home(lists: ValueLists) -> None:
    stranger = "https://elsewhere.example.nl/x"
    assert lists.label(stranger) == ""
    assert lists.concept(stranger) is None
    assert lists.home(stranger) is None


def test_a_list_does_not_hold_the_https_form_nor_another_lists_concept(lists: ValueLists) -> None:
    assert AUTHORITY + "data-theme/GOVE" in lists["data-theme"]
    assert AUTHORITY.replace("http:", "https:") + "data-theme/GOVE" not in lists["data-theme"]
    assert AUTHORITY + "data-theme/gove" not in lists["data-theme"]
    assert AUTHORITY + "dataset-status/COMPLETED" not in lists["distribution-status"]


@pytest.mark.parametrize("code", ["text/csv", "application/ld+json", "application/vnd.ms-excel", "image/svg+xml"])
def test_a_registered_media_type_is_in_the_list(lists: ValueLists, code: str) -> None:
    assert URIRef(IANA + code) in lists["media-type"]


@pytest.mark.parametrize("code", ["csv", "text/", "text/csv/x", "tekst/csv", "", "text/csv; charset=utf-8"])
def test_a_media_type_of_another_form_is_not_in_the_list(lists: ValueLists, code: str) -> None:
    assert URIRef(IANA + code) not in lists["media-type"]
    assert URIRef("http://www.iana.org/assignments/media-types/text/csv") not in lists["media-type"]


def test_the_three_forms_of_cc0_mean_one_licence(lists: ValueLists) -> None:
    forms = {CC0, GEONOVUM_CC0, EU_CC0}
    for form in forms:
        assert set(Licences(lists).same(form)) == forms - {form}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC_BY_4_0"),
        ("http://creativecommons.org/licenses/by/4.0", "CC_BY_4_0"),
        ("HTTPS://www.CreativeCommons.org/licenses/by/4.0/deed.fr", "CC_BY_4_0"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.nl", "CC_BY_4_0"),
        ("http://creativecommons.org/licenses/by/3.0/nl/", "CC_BY_3_0_NL"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/public_domain_mark", "CC_PDM_1_0"),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL_3_0"),
        ("http://nationalarchives.gov.uk/doc/open-government-licence/version/2", "OGL_2_0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("http://data.europa.eu/eli/dec/2011/833/oj", "COM_REUSE"),
        # two licences have this page
        ("https://www.mapsforeurope.org/licence", ""),
        ("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/niet_open", ""),
        ("https://creativecommons.org/licenses/by/9.0/", ""),
        ("ftp://creativecommons.org/licenses/by/4.0/", ""),
        ("creativecommons.org/licenses/by/4.0/", ""),
        ("", ""),
    ],
)
def test_a_web_address_leads_to_the_licence_of_the_eu_s_table(lists: ValueLists, address: str, code: str) -> None:
    licence = Licences(lists).meant(URIRef(address))
    assert (licence.code if licence else "") == code


def test_geonovum_s_licences_are_the_published_ones(lists: ValueLists) -> None:
    codes = {concept.code for concept in lists["licence-geonovum"].concepts.values()}
    assert {"cc0", "public_domain_mark", "niet_open", "naamsvermelding40", "naamsvermelding_gelijkdelen10"} <= codes
    assert len(codes) == 3 + 6 * 4


COUNTS = {
    "access-right": 7, "continent": 7, "corporate-body": 0, "country": 284, "data-theme": 14, "dataset-status": 6,
    "dataset-type": 25, "distribution-status": 5, "distribution-type": 4, "file-type": 217, "frequency": 41,
    "language": 399, "licence": 174, "place": 0, "planned-availability": 5, "hvd-category": 96, "adms-status": 4,
    "licence-type": 15, "publisher-type": 11, "media-type": 2176, "checksum-algorithm": 17, "licence-geonovum": 27,
    "licence-cc": 8, "tooi-gemeente": 605, "tooi-provincie": 12, "tooi-waterschap": 32, "tooi-ministerie": 19,
    "tooi-zbo": 177, "tooi-oorg": 220, "tooi-samenwerkingsorganisatie": 387, "tooi-caribisch-openbaar-lichaam": 3,
    "tooi-theme": 92, "owms-theme": 110, "geonames": 0, "cbs": 0,
    "change-type": 0,
}  # fmt: skip
"""How many codes each list has, by its publisher; 0: known by the form of its IRIs alone."""


def test_each_list_is_whole(lists: ValueLists) -> None:
    assert {name: len(values.rows) for name, values in lists.lists.items()} == COUNTS
    for values in lists.lists.values():
        assert values.rows or values.pattern, values.id


def test_each_list_says_who_publishes_it_on_which_terms_and_of_when_it_is(lists: ValueLists) -> None:
    names = {values.publisher.name for values in lists.lists.values()}
    assert {"Publications Office of the European Union", "Internet Assigned Numbers Authority (IANA)"} <= names
    for values in lists.lists.values():
        assert values.publisher.licence.startswith("http"), values.id
        assert len(values.publisher.terms) > 20, values.id
        assert values.date == "" or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", values.date), values.id
        assert not values.rows or values.date or values.id == "owms-theme"


def test_the_rows_of_a_list_are_sorted_by_code_and_say_only_what_their_columns_mean(lists: ValueLists) -> None:
    for values in lists.lists.values():
        assert list(values.rows) == sorted(values.rows), values.id
        for code, row in values.rows.items():
            assert code == code.strip() != ""
            assert row.get("en") or row.get("nl") or set(row) == {"code", "status"}, (values.id, code)
            assert row.get("status", "") in ("", "deprecated"), (values.id, code)
            assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row.get("ended", "")), (values.id, code)
            assert not values.pattern or values.fits(URIRef(values.base + code)), (values.id, code)
            assert row.get("parent", "") in (*values.rows, ""), (values.id, code)
            assert row.get("eu", "") in (*lists["licence"].rows, ""), (values.id, code)


def test_file_types_name_media_types(
    lists: ValueLists,
) -> None:
    named = {kind for row in lists["file-type"].rows.values() for kind in row["media_types"].split()}
    assert len(named & set(lists["media-type"].rows)) > 100
    assert {"text/csv", "application/ld+json", "text/turtle", "application/geo+json"} <= named
    unknown = {kind for kind in named if not lists["media-type"].fits(URIRef(IANA + kind))}
    assert unknown == {"chemical/x-mopac-input", "chemical/x-pdb", "chemical/x-xyz"}


def test_spdx_writes_the_lengths_of_blake_without_an_underscore(lists: ValueLists) -> None:
    for code in ("blake2b256", "blake2b384", "blake2b512"):
        assert URIRef(f"http://spdx.org/rdf/terms#checksumAlgorithm_{code}") in lists["checksum-algorithm"]


@pytest.mark.parametrize("code", ["1MIN", "5MIN", "10MIN", "15MIN", "30MIN", "12HRS", "SEXENNIAL", "WEEKLY_5"])
def test_the_frequencies_that_came_later_are_there(lists: ValueLists, code: str) -> None:
    assert lists["frequency"].of_code(code) is not None


def test_a_list_is_read_when_it_is_first_asked_for() -> None:
    lists = load_lists(resources.value_lists())
    assert lists.read() == []
    assert lists.label(AUTHORITY + "country/NLD", "nl") == "Nederland"
    assert lists.concept("https://elsewhere.example.nl/") is None
    assert lists.read() == ["country"]


def test_help_reads_no_list_and_a_publication_only_those_that_it_names(tmp_path: Path) -> None:
    """Counted by the files that a process of its own opens."""
    tiny_data(tmp_path)
    code = (
        "import sys\nopened = set()\n"
        "sys.addaudithook(lambda name, args: opened.add(str(args[0])) if name == 'open' else None)\n"
        "from ogp_data.cli.main import main\n"
        # Which program it is, is told by the bytes of all its files, whatever they say.
        "from ogp_data.core import program\nprogram.digest = lambda: ''\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "names = sorted(path.rpartition('/')[2] for path in opened if '/models/values/' in path)\n"
        "print('READ', *names)\n"
    )
    for arguments, read in (
        (["--help"], []),
        (["check", "tiny"], sorted(["index.toml", *(f"{n}.csv" for n in NAMED)])),
    ):
        command = [sys.executable, "-c", code, *arguments]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        [line] = [line for line in result.stdout.splitlines() if line.startswith("READ")]
        assert line.split()[1:] == read


NAMED = (
    "access-right", "checksum-algorithm", "country", "data-theme", "dataset-status", "file-type", "frequency",
    "language", "licence", "licence-cc", "licence-geonovum", "media-type", "planned-availability", "publisher-type",
    "tooi-ministerie",
)  # fmt: skip
"""The lists that the small publication of the tests names; the register of its publisher is that of ministries."""

PLACES = [
    ("place", AUTHORITY + "place/NLD_AMS", True),
    ("place", AUTHORITY + "place/Amsterdam", False),
    ("corporate-body", AUTHORITY + "corporate-body/PUBL", True),
    ("corporate-body", AUTHORITY + "corporate-body/publ", False),
    ("geonames", "https://sws.geonames.org/2750405/", True),
    ("geonames", "http://sws.geonames.org/2750405", True),
    ("geonames", "https://sws.geonames.org/nederland/", False),
    ("cbs", "http://vocabs.cbs.nl/gemeente/gm0363", True),
]


@pytest.mark.parametrize(("name", "iri", "fits"), PLACES)
def test_places_and_institutions_are_known_by_the_form_of_their_iris(
    lists: ValueLists, name: str, iri: str, fits: bool
) -> None:
    assert (iri in lists[name]) is fits
    kinds = {str(o) for s, p, o in plain(lists.background([iri])) if p == RDF.type}
    assert kinds == ({lists[name].kind} if fits else set())


def test_an_organisation_of_the_register_is_an_agent_and_no_concept(lists: ValueLists) -> None:
    amsterdam = "https://identifier.overheid.nl/tooi/id/gemeente/gm0363"
    assert lists.label(amsterdam, "nl") == "gemeente Amsterdam"
    known = set(plain(lists.background([amsterdam]))) - set(plain(lists.background([])))
    assert known == {(URIRef(amsterdam), RDF.type, FOAF.Agent)}


@pytest.mark.parametrize(
    ("name", "written", "codes"),
    [
        ("country", "NL", ["NLD"]),
        ("country", "nld", ["NLD"]),
        ("country", "Netherlands", ["NLD"]),
        ("country", "UK", ["GBR"]),
        ("country", "el", ["GRC"]),
        ("country", "Nederlnad", ["NLD"]),
        ("language", "de", ["DEU"]),
        ("language", "Dutsch", ["NLD"]),
        ("file-type", "geo-json", ["GEOJSON"]),
        ("file-type", "text/csv", ["CSV"]),
        ("media-type", "text/cvs", ["text/csv", "text/css"]),
        ("publisher-type", "regional authority", ["RegionalAuthority"]),
        ("tooi-gemeente", "Amsterdm", ["gm0363"]),
        ("country", "", []),
        ("country", "?", []),
        ("country", "Atlantis", []),
        ("place", "Amsterdam", []),
    ],
)
def test_what_may_be_meant_is_named_the_nearest_first(
    lists: ValueLists, name: str, written: str, codes: list[str]
) -> None:
    assert [concept.code for concept in lists[name].nearest(written)][: len(codes) or None] == codes


def slips(code: str, chance: random.Random) -> Iterator[str]:
    """Yield a code with one slip of each kind."""
    at = chance.randrange(1, len(code))
    letter = chance.choice(string.ascii_uppercase)
    yield code[:at] + code[at + 1 :]
    yield code[:at] + letter + code[at + 1 :]
    yield code[:at] + letter + code[at:]
    yield code[: at - 1] + code[at] + code[at - 1] + code[at + 1 :]
    yield code.swapcase()


def test_of_a_long_code_with_one_slip_the_right_one_is_named(lists: ValueLists) -> None:
    chance = random.Random(20261129)
    tried = 0
    for name in ("frequency", "file-type", "licence", "data-theme", "dataset-type", "checksum-algorithm"):
        for code in (code for code in lists[name].rows if len(fold(code)) >= 8):
            for written in slips(code, chance):
                tried += 1
                near = [concept.code for concept in lists[name].nearest(lists[name].base + written)]
                assert written in lists[name].rows or code in near or len(near) == 3, (name, code, written, near)
    assert tried == 700


def test_a_word_of_any_length_is_looked_for_in_bounded_time(lists: ValueLists) -> None:
    """A word is compared by its first 80 letters; those of a document would take hours."""
    assert lists["media-type"].nearest("text/" + "x" * 1_000_000) == []


@pytest.mark.skipif(not (SHARED / "lists").is_dir(), reason=f"{SHARED} is not there; name its folder in OGP_SHARED")
def test_the_lists_say_what_their_publishers_say(lists: ValueLists) -> None:
    known = {str(iri): concept for values in lists.lists.values() for iri, concept in values.concepts.items()}
    seen = 0
    for path in sorted((SHARED / "lists").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                concept, seen = known[row["iri"]], seen + 1
                assert (concept.code, concept.deprecated) == (row["code"], row["status"] == "deprecated")
                assert concept.label("en") == (row["label_en"] or row["label_nl"])
    assert seen == sum(COUNTS.values())


def test_no_iri_is_in_two_lists(lists: ValueLists) -> None:
    iris = [iri for values in lists.lists.values() for iri in values.concepts]
    assert len(iris) == len(set(iris))


@pytest.mark.skipif(not SUBSET.is_file(), reason=f"{SUBSET} is not there; name its folder in OGP_SHARED")
def test_the_background_says_all_that_the_subset_of_the_eu_tables_says(background: Graph) -> None:
    """But for labels, which the newer tables word otherwise."""
    assert {said for said in set(Graph().parse(SUBSET)) - set(background) if said[1] != SKOS.prefLabel} == set()


def test_the_background_types_concepts_and_tells_their_scheme_and_labels(background: Graph) -> None:
    csv = URIRef(AUTHORITY + "file-type/CSV")
    assert set(background.predicate_objects(csv)) == {
        (RDF.type, SKOS.Concept),
        (RDF.type, DCT.MediaTypeOrExtent),
        (SKOS.inScheme, URIRef(AUTHORITY + "file-type")),
        (SKOS.prefLabel, Literal("CSV", lang="nl")),
        (SKOS.prefLabel, Literal("CSV", lang="en")),
    }
    assert (URIRef(AUTHORITY + "file-type"), RDF.type, SKOS.ConceptScheme) in background
    assert (SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm) in background
    assert (URIRef(CC0), RDF.type, DCT.LicenseDocument) in background


def test_the_background_holds_the_axioms_that_validation_needs_and_not_that_catalogues_are_datasets(
    background: Graph,
) -> None:
    assert set(background.subject_objects(RDFS.subClassOf)) == {
        (VCARD.Group, VCARD.Kind),
        (VCARD.Individual, VCARD.Kind),
        (VCARD.Location, VCARD.Kind),
        (VCARD.Organization, VCARD.Kind),
        (FOAF.Organization, FOAF.Agent),
        (DCAT.Catalog, DCAT.Resource),
        (DCAT.Dataset, DCAT.Resource),
        (DCAT.DataService, DCAT.Resource),
        (DCAT.DatasetSeries, DCAT.Resource),
        (DCT.MediaType, DCT.MediaTypeOrExtent),
    }


def test_the_background_has_no_blank_nodes(background: Graph) -> None:
    assert not any(isinstance(node, BNode) for node in background.all_nodes())


INDEX = """
[publisher.x]
name = "X"
licence = "https://example.org/licence"
terms = "Anything goes."

[list.x]
scheme = "https://example.org/x"
class = "{kind}"
title = {{ nl = "x", en = "x" }}
publisher = "{publisher}"
"""


@pytest.mark.parametrize(
    ("kind", "publisher", "fault"), [("dct:LicenceDocument", "x", "dct:LicenceDocument"), ("skos:Concept", "y", "y")]
)
def test_a_list_of_an_unknown_class_or_publisher_is_refused(
    tmp_path: Path, kind: str, publisher: str, fault: str
) -> None:
    (tmp_path / "index.toml").write_text(INDEX.format(kind=kind, publisher=publisher), encoding="utf-8")
    with pytest.raises((ValueError, KeyError), match=fault):
        load_lists(tmp_path)


def test_what_people_write_for_a_media_type_leads_to_the_registered_one(lists: ValueLists) -> None:
    media = lists["media-type"]
    assert set(media.called) <= set(media.rows)
    for code, written in media.called.items():
        for word in written:
            for form in (word, media.base + word, f"http://www.iana.org/assignments/media-types/{word}"):
                assert media.nearest(form)[0].code == code, form


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("application/csv", "text/csv"),
        ("http://www.iana.org/assignments/media-types/application/x-shapefile", "application/vnd.shp"),
        ("application/geojson", "application/geo+json"),
        ("application/x-zip-compressed", "application/zip"),
        ("text/cvs", "text/csv"),
    ],
)
def test_the_media_type_that_was_meant_is_named_first(lists: ValueLists, written: str, meant: str) -> None:
    assert lists["media-type"].nearest(written)[0].code == meant
