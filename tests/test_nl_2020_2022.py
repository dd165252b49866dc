"""The publication of the Dutch self-assessment 2020-2022 says what the document says.

The files under golden/ were cut out of the document by line number and typed, not taken from the program.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

GOLDEN = Path(__file__).parent / "golden" / "nl-2020-2022"
DATASETS = sorted(path.stem for path in GOLDEN.glob("*.csv"))


def rows(folder: Path, dataset: str) -> list[dict[str, str]]:
    with (folder / dataset / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_cell_equals_the_golden_file(published: Path, dataset: str) -> None:
    assert (published / dataset / f"{dataset}.csv").read_bytes() == (GOLDEN / f"{dataset}.csv").read_bytes()


BEFORE_KEYS = {
    "assessments": "decabe1dbf0e3fb1ccdce149d7c12d64",
    "commitments": "b418278356c7b7d76c51f79d1398b25d",
    "document": "941d55005d8a01a9bd3b243cf47ebd18",
    "irm_lessons": "82ea88e5cb363a87bb02ec4263110fe2",
    "links": "dd65653b4c52b5c233f391752705120c",
    "narrative": "0447b08d853ebe35b95052ff794cc6b2",
    "ogp-crosswalk": "dc42b802250467344508b169b12aafd0",
    "overview": "a2ca4ef46195ab5f47c6ea9dca70472f",
    "process": "3658ec4f93347ce29648f7416a2eb44f",
    "recommendations": "bb602b890b8dafe24e874bb515d7c88d",
    "source_findings": "594829295ee2f333363ae590e32df88d",
    "themes": "8015b37cb4c72a9e872e505fa0243b80",
}
"""The first half of the SHA-256 of each table as it was when numbers were keys, its columns in alphabetical order."""


def before_keys(dataset: str, row: dict[str, str]) -> dict[str, str]:
    """Return a row as it was when the number of a commitment was its key."""
    added = {
        "commitments": {"sequence"},
        "ogp-crosswalk": {"policy_areas"},
        "overview": {"ogp_id", "lead_institution", "country", "ogp_url"},
    }
    named = {"publication", "commitment", *added.get(dataset, ())}
    old = {column: cell for column, cell in row.items() if column not in named}
    if row.get("dataset") in ("commitments", "assessments", "overview"):
        assert row["row"].startswith("C")
        old["row"] = row["row"].removeprefix("C")
    return old


@pytest.mark.parametrize("dataset", DATASETS)
def test_but_for_the_keys_every_cell_is_what_it_was_when_numbers_were_keys(published: Path, dataset: str) -> None:
    table = [sorted(before_keys(dataset, row).items()) for row in rows(published, dataset)]
    assert sha256(json.dumps(table, ensure_ascii=False).encode()).hexdigest()[:32] == BEFORE_KEYS[dataset]


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_table_begins_with_its_publication_and_a_commitment_has_its_number_beside_it(
    published: Path, dataset: str
) -> None:
    table = rows(published, dataset)
    assert {next(iter(row.items())) for row in table} == {("publication", "nl-2020-2022")}
    assert [*table[0]][-1] == "source_places"
    for row in table:
        number = row.get("commitment_number", "")
        assert row.get("commitment", "") == (f"C{number}" if number else "")
    if dataset == "commitments":
        assert [row["sequence"] for row in table] == [str(number) for number in range(1, 14)]


def test_all_twelve_datasets_have_a_golden_file() -> None:
    assert len(DATASETS) == 12


def test_the_row_that_a_page_break_split_in_three_reads_on(published: Path) -> None:
    nine = rows(published, "assessments")[8]
    assert nine["source_places"] == "L118 L120 L123"
    assert "28 October 2019, https://www.rijksoverheid.nl/documenten/rapporten/2019/10/28/inkopen" in nine["evidence"]
    assert nine["reasons"] == "The milestones and actions mentioned in the commitment have been completed."


def test_a_word_broken_at_a_page_break_is_one_word(published: Path) -> None:
    assert "(lokale-democratie.nl ) and here:" in rows(published, "assessments")[2]["evidence"]


def test_lost_progress_stays_unknown_in_every_format(published: Path) -> None:
    assert [row["progress"] for row in rows(published, "assessments")] == [""] * 13
    turtle = (published / "assessments/assessments.ttl").read_text(encoding="utf-8")
    assert "ogp:evidence" in turtle
    assert "ogp:progress" not in turtle
    nodes = json.loads((published / "assessments/assessments.jsonld").read_bytes())["@graph"]
    assert not any("progress" in node for node in nodes)


def test_of_32_links_nine_have_an_address(published: Path) -> None:
    links = rows(published, "links")
    statuses = Counter(row["url_status"] for row in links)
    assert statuses == {"lost-in-conversion": 21, "as-published": 9, "false-link": 1, "corrupted": 1}
    assert all(bool(row["url"]) == (row["url_status"] == "as-published") for row in links)


def test_lost_false_and_corrupted_addresses_are_published_nowhere_as_an_address(published: Path) -> None:
    addresses = {row["url"] for row in rows(published, "links")}
    objects = {
        triple.object.value
        for path in published.rglob("*.ttl")
        for triple in ox.parse(path=str(path))
        if isinstance(triple.object, ox.NamedNode)
    }
    for wrong in ("#", "https://democratie.nl"):
        assert wrong not in addresses | objects
    assert not any("pianoo" in address for address in addresses | objects)


def test_details_of_the_document_stay(published: Path) -> None:
    text = (published / "assessments/assessments.csv").read_text(encoding="utf-8")
    for detail in ("€100,000", " · ", "Direct Duidelijk – Gebruiker Centraal"):
        assert detail in text
    assert "Ambler" in (published / "source_findings/source_findings.csv").read_text(encoding="utf-8")


def test_every_known_fault_of_the_document_stands_in_source_findings(published: Path) -> None:
    kinds = Counter(row["kind"] for row in rows(published, "source_findings"))
    assert kinds["lost-colour"] == 13 + 3  # thirteen cells, three marks of the legend
    assert kinds["lost-link"] == 21
    assert kinds["false-link"] == kinds["corrupted-link"] == kinds["broken-word"] == kinds["overlapping-text"] == 1
    assert kinds["split-row"] == 6
    assert kinds["title-differs"] == 2
    assert kinds["contradiction"] == 2
    assert kinds["section-set"] == 3


def test_the_corrupted_text_is_kept_in_its_finding(published: Path) -> None:
    (finding,) = (row for row in rows(published, "source_findings") if row["kind"] == "corrupted-link")
    assert finding["as_written"].endswith("/afroندن-aanbestedingsprocedure#publicerenvande waarde")
    assert (finding["dataset"], finding["row"], finding["column"]) == ("links", "26", "url")


def test_the_source_document_is_published_byte_for_byte(published: Path) -> None:
    name = "ogp-self-assessment-nl-2020-2022.txt"
    original = Path(__file__).parents[1] / "data/nl-2020-2022/source" / name
    assert (published / "source" / name).read_bytes() == original.read_bytes()


def test_provenance_leads_to_each_line_as_rfc_5147_counts(published: Path) -> None:
    graph = Graph().parse(published / "assessments/assessments.prov.ttl")
    base = "https://example.org/ogp/nl-2020-2022/"
    query = f"SELECT ?line WHERE {{ <{base}assessments#C1> <http://www.w3.org/ns/prov#wasDerivedFrom> ?line }}"
    source = f"{base}source/ogp-self-assessment-nl-2020-2022.txt#line="
    assert {str(row[0]) for row in graph.query(query)} == {f"{source}97,98", f"{source}99,100"}


def test_commitments_link_to_ogp_and_to_ministries(published: Path) -> None:
    graph = Graph().parse(published / "commitments/commitments.ttl")
    pages = {str(o) for o in graph.objects(None, None) if "opengovpartnership.org" in str(o)}
    assert pages == {
        f"https://www.opengovpartnership.org/members/netherlands/commitments/NL00{n}/" for n in range(39, 52)
    }
    assert any(str(o) == "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034" for o in graph.objects())


@pytest.mark.parametrize("dataset", DATASETS)
def test_csv_turtle_and_jsonld_have_the_same_rows_and_cells(published: Path, dataset: str) -> None:
    """Count by hand what each format holds: a subject for each row, a triple for each value."""
    table = rows(published, dataset)
    turtle = Graph().parse(published / dataset / f"{dataset}.ttl")
    linked = Graph().parse(published / dataset / f"{dataset}.jsonld", format="json-ld")
    values = 0
    for row in table:
        for column, cell in row.items():
            separator = " " if column.endswith("_places") else ""
            values += len(cell.split(separator)) if separator and cell else bool(cell)
    assert set(turtle) == set(linked)
    assert len(turtle) == len(table) + values  # and one rdf:type for each row
    assert len(set(turtle.subjects())) == len(table)


def test_no_file_has_a_blank_node(published: Path) -> None:
    files = [path for path in published.rglob("*") if path.suffix in (".ttl", ".nt", ".rdf", ".jsonld")]
    assert len(files) > 40
    for path in files:
        for quad in ox.parse(path=str(path)):
            assert not isinstance(quad.subject, ox.BlankNode), path
            assert not isinstance(quad.object, ox.BlankNode), path


SAID = {RDFS.label, RDFS.comment, SKOS.prefLabel, SKOS.definition, DCTERMS.title, DCTERMS.description}


def test_every_term_of_the_vocabulary_in_use_is_published_in_the_languages_of_the_model(published: Path) -> None:
    vocabulary = Graph()
    for path in published.glob("codelists/*.ttl"):
        vocabulary.parse(path)
    ogp = "https://w3id.org/ogp-data/"
    used = {
        node.value
        for path in published.glob("*/*.ttl")
        for triple in ox.parse(path=str(path))
        for node in (triple.predicate, triple.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(ogp)
    }
    described = {str(subject) for subject in vocabulary.subjects()}
    assert len(used) > 20
    assert used <= described
    for iri in used:
        said = {predicate: set[str]() for predicate in vocabulary.predicates(URIRef(iri)) if predicate in SAID}
        for predicate, text in vocabulary.predicate_objects(URIRef(iri)):
            if predicate in SAID:
                said[predicate].add(text.language)
        origin = iri.endswith("#origin")  # where a list comes from is said once, in English
        assert set(map(frozenset, said.values())) == {frozenset(["en"] if origin else ["nl", "en", "fr"])}, iri


def test_words_are_all_accounted_for(published: Path) -> None:
    words = json.loads((published / "reports/validation.json").read_bytes())["words"]
    assert words["lost"] == words["doubled"] == 0
    assert words["words"] == words["homes"] + sum(words["aside"].values())
    assert set(words["aside"]) == {"markup", "table-header", "separator"}
    # The header: 'Commitment', 'Assessment of Progress (Green/Ambler/Red)' and so on, counted by hand.
    assert words["aside"]["table-header"] == 15
    # Lines 108-109 and 121-122 hold the rows of dashes: five and five runs of dashes.
    assert words["aside"]["separator"] == 10
