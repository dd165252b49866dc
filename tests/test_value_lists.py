"""The value lists: what they hold, their labels and types, and what they add to a catalogue for validation."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SKOS

from ogp_data.core.vocab import AUTHORITY, DCAT, DCT, IANA, SPDX, VCARD
from ogp_data.models.lists import ValueLists, load_lists

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "shapes" / "dcat-ap-nl" / "value-lists.toml"
SUBSET = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")) / "standards/vocabularies/eu-subset.ttl"

CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/deed.nl")
GEONOVUM_CC0 = URIRef("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/cc0")
EU_CC0 = URIRef(AUTHORITY + "licence/CC0")


@pytest.fixture(scope="module")
def lists() -> ValueLists:
    return load_lists(LISTS)


@pytest.fixture(scope="module")
def background(lists: ValueLists) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in lists.background():
        graph.add(triple)
    return graph


def test_a_concept_is_found_by_its_iri_with_label_list_and_class(lists: ValueLists) -> None:
    public = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
    assert lists.label(public, "nl") == "openbaar"
    assert lists.label(public) == "public"
    home = lists.home(public)
    assert home is not None
    assert home.scheme == URIRef("http://publications.europa.eu/resource/authority/access-right")
    assert home.kind == DCT.RightsStatement
    assert public in lists["access-right"]


def test_a_label_that_the_table_lacks_in_dutch_is_given_in_english(lists: ValueLists) -> None:
    assert lists.label(URIRef(AUTHORITY + "planned-availability/STABLE"), "nl") == "stable"


def test_what_is_in_no_list_has_no_label_and_no_home(lists: ValueLists) -> None:
    stranger = URIRef("https://elsewhere.example.nl/x")
    assert lists.label(stranger) == ""
    assert lists.concept(stranger) is None
    assert lists.home(stranger) is None
    assert lists.home(BNode()) is None


def test_a_list_does_not_hold_the_https_form_nor_another_lists_concept(lists: ValueLists) -> None:
    assert URIRef(AUTHORITY + "data-theme/GOVE") in lists["data-theme"]
    assert URIRef(AUTHORITY.replace("http:", "https:") + "data-theme/GOVE") not in lists["data-theme"]
    assert URIRef(AUTHORITY + "data-theme/gove") not in lists["data-theme"]
    assert URIRef(AUTHORITY + "dataset-status/COMPLETED") not in lists["distribution-status"]


@pytest.mark.parametrize("code", ["text/csv", "application/ld+json", "application/vnd.ms-excel", "image/svg+xml"])
def test_a_media_type_of_the_registry_s_form_is_in_the_list_whether_named_or_not(lists: ValueLists, code: str) -> None:
    assert URIRef(IANA + code) in lists["media-type"]


@pytest.mark.parametrize("code", ["csv", "text/", "text/csv/x", "tekst/csv", "", "text/csv; charset=utf-8"])
def test_a_media_type_of_another_form_is_not_in_the_list(lists: ValueLists, code: str) -> None:
    assert URIRef(IANA + code) not in lists["media-type"]
    assert URIRef("http://www.iana.org/assignments/media-types/text/csv") not in lists["media-type"]


def test_the_three_forms_of_cc0_match_each_other(lists: ValueLists) -> None:
    forms = {CC0, GEONOVUM_CC0, EU_CC0}
    for form in forms:
        concept = lists.concept(form)
        assert concept is not None
        assert set(concept.exact_match) == forms - {form}


def test_geonovum_s_licences_are_the_published_ones(lists: ValueLists) -> None:
    codes = {concept.code for concept in lists["licence-geonovum"].concepts.values()}
    assert {"cc0", "public_domain_mark", "niet_open", "naamsvermelding40", "naamsvermelding_gelijkdelen10"} <= codes
    assert len(codes) == 3 + 6 * 4


def test_every_list_says_where_it_comes_from_and_when(lists: ValueLists) -> None:
    for values in lists.lists.values():
        assert values.source.startswith("http")
        assert values.retrieved == datetime.date(2026, 11, 23)
        assert values.concepts


def test_no_iri_is_in_two_lists(lists: ValueLists) -> None:
    iris = [iri for values in lists.lists.values() for iri in values.concepts]
    assert len(iris) == len(set(iris))


@pytest.mark.skipif(not SUBSET.is_file(), reason=f"{SUBSET} is not there; name its folder in OGP_SHARED")
def test_the_background_says_all_that_the_subset_of_the_eu_tables_says(background: Graph) -> None:
    assert set(Graph().parse(SUBSET)) - set(background) == set()


def test_the_background_types_concepts_and_tells_their_scheme_and_labels(background: Graph) -> None:
    csv = URIRef(AUTHORITY + "file-type/CSV")
    assert set(background.predicate_objects(csv)) == {
        (RDF.type, SKOS.Concept),
        (RDF.type, DCT.MediaTypeOrExtent),
        (SKOS.inScheme, URIRef(AUTHORITY + "file-type")),
        (SKOS.prefLabel, Literal("CSV", lang="en")),
    }
    assert (URIRef(AUTHORITY + "file-type"), RDF.type, SKOS.ConceptScheme) in background
    assert (SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm) in background
    assert (CC0, RDF.type, DCT.LicenseDocument) in background


def test_the_background_holds_the_axioms_that_validation_needs_and_not_that_catalogues_are_datasets(
    background: Graph,
) -> None:
    assert set(background.subject_objects(RDFS.subClassOf)) == {
        (VCARD.Organization, VCARD.Kind),
        (VCARD.Individual, VCARD.Kind),
        (FOAF.Organization, FOAF.Agent),
        (DCAT.Dataset, DCAT.Resource),
        (DCAT.DataService, DCAT.Resource),
        (DCAT.DatasetSeries, DCAT.Resource),
        (DCT.MediaType, DCT.MediaTypeOrExtent),
    }


def test_the_background_has_no_blank_nodes(background: Graph) -> None:
    assert not any(isinstance(node, BNode) for node in background.all_nodes())


def test_a_list_in_a_class_of_no_vocabulary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lists.toml"
    path.write_text(
        """
        [[list]]
        id = "x"
        scheme = "https://example.org/x"
        class = "dct:LicenceDocument"
        title = { nl = "x", en = "x" }
        source = "https://example.org/x"
        retrieved = 2026-11-23
        concepts = []
        """,
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="dct:LicenceDocument"):
        load_lists(path)


def test_a_concept_with_an_iri_of_its_own_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "lists.toml"
    path.write_text(
        """
        [[list]]
        id = "x"
        scheme = "https://example.org/x"
        title = { nl = "x", en = "x" }
        source = "https://example.org/x"
        retrieved = 2026-11-23
        concepts = [{ code = "a", en = "a" }, { code = "b", en = "b", iri = "https://example.org/other/b" }]
        """,
        encoding="utf-8",
    )
    assert list(load_lists(path)["x"].concepts) == [
        URIRef("https://example.org/x/a"),
        URIRef("https://example.org/other/b"),
    ]
