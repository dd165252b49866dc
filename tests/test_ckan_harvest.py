"""What another portal gets when it harvests the catalogue: every dataset once, under one identifier for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import FOAF, PROV, RDF, VOID, URIRef

from ckan_harvest import Held, add_source, given_back, lost, report, run, served
from ckan_server import Ckan
from collection_help import EACH, collection
from made_editions import BASE
from ogp_data.core.rdf import read, to_graph
from ogp_data.core.vocab import ADMS, DCAT, DQV

DATASETS = 13
LINKS, THEMES = "https://example.org/ogp/nl-2020-2022/links", "https://example.org/ogp/nl-2020-2022/themes"
FORMS = ("ttl", "rdf", "jsonld")


@pytest.fixture(scope="module", params=FORMS)
def harvested(
    request: pytest.FixtureRequest, ckan_plain: Ckan, published: Path
) -> Iterator[tuple[str, dict[str, Held]]]:
    """Yield a source in each form, and what CKAN held after its first harvest."""
    with served(published) as address:
        source = add_source(ckan_plain, f"{address}catalog.{request.param}", f"source-{request.param}")
        first = run(ckan_plain, source)
        assert (first.added, first.errored, first.complaints) == (DATASETS, 0, ())
        yield source, report(ckan_plain, source)
        ckan_plain.call("harvest_source_clear", id=source)
        ckan_plain.call("harvest_source_delete", id=source)


def test_a_second_harvest_keeps_every_identifier_of_datasets_and_resources(
    harvested: tuple[str, dict[str, Held]], ckan_plain: Ckan
) -> None:
    source, before = harvested
    again = run(ckan_plain, source)
    assert (again.added, again.updated, again.deleted, again.errored) == (0, DATASETS, 0, 0)
    assert report(ckan_plain, source) == before


def test_what_ckan_gives_back_says_the_same_but_for_what_it_has_no_field_for(
    harvested: tuple[str, dict[str, Held]], ckan_plain: Ckan, published: Path
) -> None:
    _, held = harvested
    sent = to_graph(read((published / "catalog.nt").read_bytes(), "nt"))
    back = given_back(ckan_plain, held[THEMES])
    missing = lost(sent, back, THEMES, "nl")
    # CKAN has no field for any statement of VoID and DQV.
    assert {pair for pair in missing if not str(pair[1]).startswith((str(VOID), str(DQV)))} == {
        (DCAT.Dataset, ADMS.status),
        (DCAT.Dataset, DCAT.inSeries),
        (DCAT.Dataset, PROV.wasDerivedFrom),
    }


def test_a_ckan_with_the_schema_of_ckanext_dcat_takes_every_dataset_too(ckan_dcat_ap: Ckan, published: Path) -> None:
    with served(published) as address:
        source = add_source(ckan_dcat_ap, f"{address}catalog.ttl", "source-dcat-ap")
        first = run(ckan_dcat_ap, source)
        assert (first.added, first.errored, first.complaints) == (DATASETS, 0, ())
        before = report(ckan_dcat_ap, source)
        again = run(ckan_dcat_ap, source)
    assert (again.added, again.updated, again.deleted, again.errored) == (0, DATASETS, 0, 0)
    assert report(ckan_dcat_ap, source) == before


def without(catalogue: bytes, dataset: str) -> bytes:
    """Return a catalogue from which a dataset and its record are gone."""
    graph = to_graph(read(catalogue, "nt"))
    for subject in [URIRef(dataset), *graph.subjects(FOAF.primaryTopic, URIRef(dataset))]:
        graph.remove((subject, None, None))
        graph.remove((None, None, subject))
    return graph.serialize(format="turtle", encoding="utf-8")


def test_a_dataset_that_leaves_the_catalogue_leaves_ckan_and_the_others_stay_what_they_were(
    ckan_plain: Ckan, published: Path, tmp_path: Path
) -> None:
    catalogue = tmp_path / "catalog.ttl"
    catalogue.write_bytes((published / "catalog.ttl").read_bytes())
    with served(tmp_path) as address:
        source = add_source(ckan_plain, f"{address}catalog.ttl", "shrinking")
        run(ckan_plain, source)
        before = report(ckan_plain, source)
        catalogue.write_bytes(without((published / "catalog.nt").read_bytes(), LINKS))
        after = run(ckan_plain, source)
    assert (after.added, after.updated, after.deleted, after.errored) == (0, DATASETS - 1, 1, 0)
    assert report(ckan_plain, source) == {iri: held for iri, held in before.items() if iri != LINKS}
    assert ckan_plain.call("package_show", id=before[LINKS].id)["state"] == "deleted"


def test_one_harvest_of_the_catalogue_over_all_brings_the_datasets_of_every_publication_once(
    ckan_plain: Ckan, tmp_path: Path
) -> None:
    made = collection(tmp_path)
    own = {
        str(dataset)
        for name in EACH
        for dataset in to_graph(read((made.dist / name / "catalog.nt").read_bytes(), "nt")).subjects(
            RDF.type, DCAT.Dataset
        )
    }
    over_all = {f"{BASE}all/{path.name}" for path in (made.dist / "all").iterdir() if path.is_dir()}
    expected = own | over_all | {f"{BASE}all/everything"}
    with served(made.dist) as address:
        source = add_source(ckan_plain, f"{address}catalog.ttl", "over-all")
        first = run(ckan_plain, source)
        held = report(ckan_plain, source)
        again = run(ckan_plain, source)
    assert (first.added, first.errored, first.complaints) == (len(expected), 0, ())
    assert held.keys() == expected
    assert (again.added, again.updated, again.deleted, again.errored) == (0, len(expected), 0, 0)
    assert report(ckan_plain, source) == held
