"""A node of the catalogue is a table of properties and getters; what is not known yields nothing."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, XSD

from ogp_data.catalogue import services, tables, usage
from ogp_data.catalogue.nodes import Table, date, eu, link, place, triples
from ogp_data.core.vocab import DCAT

THING = URIRef("https://voorbeeld.nl/ding")


def test_a_node_has_its_classes_and_then_its_properties_in_the_order_of_the_table() -> None:
    table: Table[dict[str, list[str]]] = (
        (DCTERMS.title, lambda thing: map(Literal, thing["titles"])),
        (DCAT.version, lambda thing: Literal(len(thing["titles"]))),
        (FOAF.page, lambda _: None),
        (DCAT.theme, lambda _: []),
    )
    assert list(triples(THING, [DCAT.Dataset, FOAF.Document], table, {"titles": ["b", "a"]})) == [
        (THING, RDF.type, DCAT.Dataset),
        (THING, RDF.type, FOAF.Document),
        (THING, DCTERMS.title, Literal("b")),
        (THING, DCTERMS.title, Literal("a")),
        (THING, DCAT.version, Literal(2)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023", Literal("2023", datatype=XSD.gYear)),
        ("2023-05", Literal("2023-05", datatype=XSD.gYearMonth)),
        ("2023-05-26", Literal("2023-05-26", datatype=XSD.date)),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(text: str | None, expected: Literal | None) -> None:
    assert date(text) == expected


def test_a_place_is_an_iri_or_a_code_of_the_eu() -> None:
    assert place("NLD") == eu("country", "NLD")
    assert place("NLD") == URIRef("http://publications.europa.eu/resource/authority/country/NLD")
    assert place("https://voorbeeld.nl/plaats") == URIRef("https://voorbeeld.nl/plaats")
    assert link("") is None


def test_no_table_has_a_property_twice() -> None:
    for table in (
        tables.CATALOG, tables.RECORD, tables.DATASET, tables.DISTRIBUTION, tables.SERIES, tables.AGENT,
        tables.CONTACT, tables.PERIOD, services.SERVICE, usage.USE, usage.FEEDBACK,
    ):  # fmt: skip
        properties = [str(predicate) for predicate, _ in table]
        assert len(set(properties)) == len(properties)
