"""Catalogues made by chance: each score as a calculation apart says, whose each thing is, and no order that matters."""

from __future__ import annotations

import csv
import io
import json
import random
from fractions import Fraction

import pyoxigraph as ox
import pytest
from rdflib import Graph as Rdf
from rdflib.namespace import RDF
from rdflib.term import Node

import plain_scores as plain
from ogp_data.checks.owners import Owners
from ogp_data.checks.scores import report
from ogp_data.checks.scores.summary import Quality, assess
from ogp_data.checks.scores.view import View
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCAT, DCT, FOAF, SKOS
from ogp_data.core.rdf import as_rdflib, from_ox
from ogp_data.core.terms import RDF as TYPES
from ogp_data.core.terms import XSD, Blank, Iri, Literal, Term
from test_scores_apart import LISTS, TODAY

BASE = "https://data.made.test/"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "www.iana.org/assignments/media-types/"


def _dates() -> list[Term]:
    texts = ("2026-11-30", "2026-01-31", "2024-02-30", "2026", "2026-01-31T10:00:00Z", "2026-01-31T10:00", "soon")
    kinds = (XSD.date, XSD.dateTime, XSD.gYear, XSD.string, Iri("https://schema.org/Date"))
    return [Literal(text, datatype=kind) for text in texts for kind in kinds]


FORMATS = ("CSV", "GEOJSON", "KML", "SHP", "XLS", "XLSX", "PDF", "PARQUET", "TXT", "CVS", "csv")
MEDIA = ("text/csv", "application/json", "application/pdf", "text/cvs")
LICENCES = (
    f"{EU}licence/CC0", f"{EU}licence/CC1", "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0",
    "https://creativecommons.org/licenses/by/3.0/de/", "http://www.opendefinition.org/licenses/cc-by",
    "https://www.mapsforeurope.org/licence", "https://opensource.org/licenses/0BSD", f"{BASE}own", f"{BASE}matched",
)  # fmt: skip
VALUES: dict[Iri, list[Term]] = {
    DCT.description: [Literal("x" * n, language=tag) if tag else Literal("x" * n) for n in (1, 49, 50, 100, 101, 5001)
                      for tag in ("nl", "en", "")] + [Literal("5", datatype=XSD.integer), Iri(f"{BASE}text")],
    DCT.issued: _dates(),
    DCT.created: _dates(),
    DCT.modified: _dates(),
    DCT.spatial: [Iri(f"{EU}country/NLD"), Iri("urn:x:1"), Literal("here"), Blank("place")],
    DCT.temporal: [Iri(f"{BASE}period"), Blank("period"), Blank("time"), Iri("urn:x:2"),
                   *map(Literal, ("2020/2022", "2020-01-01/..", "../2020", "2020/", "2020", "/", "x/y"))],
    DCT.language: [Iri(f"{EU}language/NLD"), Literal("nl")],
    DCT.creator: [Iri(f"{BASE}office"), Blank("who"), Iri(f"{BASE}other"), Literal("office")],
    DCT.publisher: [Iri(f"{BASE}office"), Blank("who"), Literal("office")],
    DCT.license: [*map(Iri, LICENCES), Literal("CC0")],
    DCT.rights: [Iri(f"{EU}access-right/PUBLIC")],
    DCT.accessRights: [*(Iri(f"{EU}access-right/{code}") for code in ("PUBLIC", "RESTRICTED", "SECRET")), Literal("x")],
    DCT.accrualPeriodicity: [*(Iri(f"{EU}frequency/{c}") for c in (*plain.WITHIN, *plain.UNBOUND, "UNKNOWN")),
                             Literal("yearly")],
    DCT.type: [Iri(f"{BASE}type/documentation"), Iri(f"{BASE}type/api")],
    DCT["format"]: [*(Iri(f"{EU}file-type/{code}") for code in FORMATS), Literal("CSV"),
                    Iri(f"https{EU[4:]}file-type/CSV")],
    DCAT.mediaType: [*(Iri(f"{scheme}://{IANA}{kind}") for scheme in ("http", "https") for kind in MEDIA),
                     Literal("text/csv")],
    DCAT.byteSize: [Literal("1", datatype=XSD.integer)],
    DCAT.keyword: [Literal("trees", language="en")],
    DCAT.theme: [Iri(f"{EU}data-theme/GOVE")],
    DCAT.contactPoint: [Iri(f"{BASE}desk"), Blank("desk")],
    DCAT.accessURL: [Iri(f"{BASE}page")],
    DCAT.downloadURL: [Iri(f"{BASE}file")],
    DCT.relation: [Iri(f"{BASE}d0"), Blank("who"), Iri(f"{BASE}desk")],
}  # fmt: skip
ABOUT: list[ox.Triple] = [
    ox.Triple(Iri(f"{BASE}office"), TYPES.type, FOAF.Organization),
    ox.Triple(Blank("who"), TYPES.type, FOAF.Agent),
    ox.Triple(Blank("who"), FOAF.name, Literal("who")),
    ox.Triple(Iri(f"{BASE}other"), TYPES.type, FOAF.Group),
    ox.Triple(Blank("period"), TYPES.type, DCT.PeriodOfTime),
    ox.Triple(Blank("time"), DCAT.startDate, Literal("2020")),
    ox.Triple(Iri(f"{BASE}matched"), SKOS.exactMatch, Iri(f"{EU}licence/CC0")),
    ox.Triple(Iri(f"{BASE}own"), SKOS.closeMatch, Iri(f"{EU}licence/CC0")),
    ox.Triple(Iri(f"{BASE}desk"), DCT.relation, Blank("desk")),
    ox.Triple(Blank("desk"), DCT.relation, Iri(f"{BASE}desk")),
]


def made(seed: int) -> list[ox.Triple]:
    """Return a catalogue by chance: some datasets, some files, each with some values of some properties."""
    chance = random.Random(seed)
    often = chance.choice((0.2, 0.5, 0.9))
    datasets = [Iri(f"{BASE}d{n}") for n in range(chance.randint(1, 4))]
    files: list[Iri | Blank] = [Iri(f"{BASE}f{n}") for n in range(3)] + [Blank(f"f{n}") for n in range(2)]
    found = [each for each in ABOUT if chance.random() < often]
    for dataset in datasets:
        found.append(ox.Triple(dataset, TYPES.type, DCAT.Dataset))
        found.append(ox.Triple(dataset, DCT.title, Literal(dataset.value)))
        own = chance.sample([*files, Iri(f"{BASE}unknown"), Literal("file")], chance.choice((0, 1, 1, 2, 3)))
        found += [ox.Triple(dataset, DCAT.distribution, file) for file in own]
    found += [ox.Triple(file, TYPES.type, DCAT.Distribution) for file in files if chance.random() < 0.8]
    if chance.random() < often:
        found.append(ox.Triple(Iri(f"{BASE}c"), TYPES.type, DCAT.Catalog))
        found.append(ox.Triple(Iri(f"{BASE}c"), DCT.publisher, Iri(f"{BASE}office")))
        found += [ox.Triple(Iri(f"{BASE}c"), DCAT.dataset, d) for d in datasets if chance.random() < often]
        found.append(ox.Triple(Iri(f"{BASE}r"), FOAF.primaryTopic, datasets[0]))
    for thing in (*datasets, *files):
        for predicate, values in VALUES.items():
            if chance.random() < often:
                many = chance.choice((1, 1, 1, 2))
                found += [ox.Triple(thing, predicate, value) for value in chance.sample(values, min(many, len(values)))]
    return found


KINDS = (DCAT.Dataset, DCAT.Catalog, DCAT.Distribution, DCAT.DataService, DCAT.DatasetSeries, DCT.PeriodOfTime)
STEPS = (*VALUES, DCAT.distribution, DCAT.accessService, DCAT.inSeries, FOAF.primaryTopic, TYPES.type)


def wild(seed: int) -> list[ox.Triple]:
    """Return a catalogue by chance in which some things lead where nothing of their kind does."""
    triples, chance = made(seed), random.Random(seed)
    subjects, objects = ([*dict.fromkeys(part)] for part in zip(*((t.subject, t.object) for t in triples), strict=True))
    for _ in range(chance.choice((0, 2, 8))):
        step = chance.choice(STEPS)
        value = chance.choice(KINDS if step == TYPES.type else chance.choice((subjects, objects)))
        triples.append(ox.Triple(chance.choice(subjects), step, value))
    return triples


def faulty(triples: list[ox.Triple], seed: int) -> set[Term]:
    chance = random.Random(-seed)
    things = sorted({each.subject for each in triples}, key=str)
    return set(chance.sample(things, min(len(things), chance.choice((0, 1, 2)))))


def quality_of(triples: list[ox.Triple], wrong: set[Term]) -> Quality:
    quality = assess(View(Graph.of(triples), LISTS, TODAY, wrong), "made")
    assert quality is not None
    return quality


def expected(graph: Rdf, dataset: Node, wrong: set[Node]) -> tuple[Fraction, int, int]:
    complies = not plain.parts(graph, dataset) & wrong
    mqa = sum(plain.mqa(graph, dataset, complies=complies).values(), Fraction(0))
    return mqa, plain.nde(graph, dataset), sum(plain.udata(graph, dataset, TODAY).values())


def as_node(term: Term) -> Node:
    return from_ox(ox.Triple(term, TYPES.type, TYPES.type))[0]  # type: ignore[arg-type]


def check(seed: int) -> None:
    triples = wild(seed)
    wrong = faulty(triples, seed)
    quality = quality_of(triples, wrong)
    graph = as_rdflib(Graph.of(triples))
    nodes = {as_node(term) for term in wrong}
    datasets = {str(node): node for node in graph.subjects(RDF.type, plain.DCAT.Dataset)}
    for at, dataset in enumerate(quality.datasets):
        if not dataset.iri:  # which of those without IRI it is, nothing tells
            continue
        found = tuple(scored.of(at) for scored in quality.scores)
        assert found == expected(graph, datasets[dataset.iri], nodes), (seed, dataset)
    for scored in quality.scores:
        mean = sum((scored.of(at) for at in quality.all), Fraction(0)) / len(quality.datasets)
        assert scored.points(quality.all) == mean
        # What can be gained is just what is lacking: no fix promises too much, and none is forgotten.
        lacking = scored.scale.offline_maximum - mean
        assert sum((fix.gains.get(scored.scale.name, Fraction(0)) for fix in quality.fixes), Fraction(0)) == lacking, (
            seed
        )


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_made_catalogues_score_as_a_calculation_apart_says(start: int) -> None:
    for seed in range(start, start + 20):
        check(seed)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_statements_changes_nothing(seed: int) -> None:
    triples = made(seed)
    wrong = faulty(triples, seed)
    names = dict(zip("fdwpt", random.Random(seed).sample("abcde", 5), strict=True))

    def renamed(term: Term) -> Term:
        return Blank(names[term.value[0]] + term.value) if isinstance(term, Blank) else term

    shuffled = [ox.Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in triples]  # type: ignore[arg-type]
    random.Random(seed).shuffle(shuffled)
    one, other = quality_of(triples, wrong), quality_of(shuffled, set(map(renamed, wrong)))
    for form in (_json, report.to_csv, _lines, report.to_html):
        assert form(one) == form(other)  # type: ignore[operator]


def _json(quality: Quality) -> str:
    return json.dumps(report.as_dict(quality, per_publisher=True, per_dataset=True))


def _lines(quality: Quality) -> list[str]:
    return list(map(str, report.as_lines(quality, 5, per_publisher=True, per_dataset=True)))


@pytest.mark.parametrize("seed", range(40))
def test_a_thing_is_part_of_the_datasets_that_lead_to_it(seed: int) -> None:
    triples = made(seed)
    graph = Graph.of(triples)
    owners, rdf = Owners(graph), as_rdflib(graph)
    parts = {str(dataset): plain.parts(rdf, dataset) for dataset in rdf.subjects(RDF.type, plain.DCAT.Dataset)}
    for thing in {each.subject for each in triples}:
        of = sorted(dataset for dataset, things in parts.items() if as_node(thing) in things)
        assert [term.value for term in owners.datasets_of(thing)] == of
        assert sorted(graph.term(n).value for n in owners.touched([thing])) == of


def test_the_table_has_each_dataset_once_with_its_points_for_each_measure() -> None:
    quality = quality_of(made(3), set())
    header, *rows = csv.reader(io.StringIO(report.to_csv(quality).decode()))
    assert [row[0] for row in rows] == [dataset.name for dataset in quality.datasets]
    assert (len(header), header[:5]) == (2 + 3 + 23 + 7 + 9, ["dataset", "publisher", "mqa", "nde", "udata"])
    columns = {name: at for at, name in enumerate(header)}
    for at, row in enumerate(rows):
        assert float(row[columns["mqa"]]) == report.number(quality.mqa.of(at))
        assert row[columns["mqa:accessUrlStatusCode"]] == "", "nobody asked"
