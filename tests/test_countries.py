"""Three publications of three countries, in Dutch, French and English: short declarations, tables that stack.

Two of the countries are made up. What their tables must hold was read off their documents by hand.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from pyshacl import validate

from conftest import NAME, shared
from ogp_data import pipeline
from ogp_data.core.rdf import read as read_rdf
from ogp_data.core.rdf import to_graph
from ogp_data.models.model import model
from ogp_data.pipeline import Folders, Outcome
from test_shapes_dcat_ap import needs_official, official

DATA = Path(__file__).parent / "countries" / "data"
ENGLISH, FRENCH = "country-q-2024-2026", "pays-z-2022-2024"
MODEL = "https://w3id.org/ogp-data/"


@pytest.fixture(scope="session")
def countries(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Outcome]:
    """Return the builds of the two made publications; tests only read them."""
    folder = tmp_path_factory.mktemp("countries")
    shutil.copytree(DATA, folder / "data")
    return {name: build(folder, name) for name in (ENGLISH, FRENCH)}


def build(folder: Path, name: str) -> Outcome:
    folders = Folders(folder / "data", folder / "build", folder / "dist")
    outcome = pipeline.run(folders, name, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome


def table(folder: Path, dataset: str) -> list[dict[str, str]]:
    with (folder / dataset / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(folder: Path, dataset: str, name: str) -> list[str]:
    return [row[name] for row in table(folder, dataset)]


# What a steward writes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "most"), [(ENGLISH, 60), (FRENCH, 110)])
def test_a_declaration_is_short(name: str, most: int) -> None:
    assert len((DATA / name / "publication.toml").read_text(encoding="utf-8").splitlines()) <= most


TOLD = {
    "altered-by-spreadsheet": "the date of the document, in its words",
    "dcat-ap-recommended": "the type of the licence, which nobody declares, and SQLite, which the EU's file types lack",
    "formula-like": "a dash where there is no evidence",
    "missing-site-assets": "the engine of the query page is installed apart",
    "vocabulary-unregistered": "is registered by those who publish the program",
}
"""The warnings of a document that leaves nothing to be mended, and what each is about."""


@pytest.mark.parametrize("name", [ENGLISH, FRENCH])
def test_a_short_declaration_is_sound_and_leaves_nothing_to_be_mended(
    countries: Mapping[str, Outcome], name: str
) -> None:
    assert {found.rule for found in countries[name].report.findings} - TOLD.keys() == set()


# The tables, by hand ------------------------------------------------------------------------------------


def test_the_commitments_of_the_english_one(countries: Mapping[str, Outcome]) -> None:
    rows = table(countries[ENGLISH].folder, "commitments")
    assert ",".join(rows[0]) == (
        "publication,commitment,commitment_number,theme_number,title,title_in_assessment,ogp_id,ogp_url"
        ",lead_institution,sequence,source_places"
    )
    assert [(row["commitment"], row["theme_number"], row["sequence"], row["title"]) for row in rows] == [
        ("C1", "1", "1", "Register of lobbyists"),
        ("C2", "1", "2", "Draft laws online"),
        ("C3", "1", "3", "Plain language in letters"),
        ("C4", "2", "4", "Map of public land"),
        ("C5", "2", "5", "Timetables of all buses"),
    ]
    assert {row["publication"] for row in rows} == {ENGLISH}


def test_the_assessments_of_the_english_one(countries: Mapping[str, Outcome]) -> None:
    rows = table(countries[ENGLISH].folder, "assessments")
    assert [row["progress"] for row in rows] == ["green", "green", "amber", "amber", "red"]
    assert {row["assessed_on"] for row in rows} == {"2026-04-02"}
    assert {row["next_steps"] for row in rows} == {""}  # the document has none, the table has the column
    assert rows[4]["reasons"] == "The companies did not agree."


def test_a_dataset_of_its_own_has_the_commitment_with_its_number_beside(countries: Mapping[str, Outcome]) -> None:
    assert [[*row.values()][:6] for row in table(countries[ENGLISH].folder, "budget")][0:2] == [
        [ENGLISH, "C1", "1", "Register of lobbyists", "250000", "241300"],
        [ENGLISH, "C2", "2", "Draft laws online", "90000", "90000"],
    ]
    assert sum(map(int, column(countries[ENGLISH].folder, "budget", "spent"))) == 708_800


def test_the_assessments_of_the_french_one(countries: Mapping[str, Outcome]) -> None:
    rows = table(countries[FRENCH].folder, "assessments")
    assert [(row["commitment"], row["progress"]) for row in rows] == [
        *(("C1", "green"), ("C2", "amber"), ("C3", "green"), ("C4", "red"))
    ]
    assert {row["assessed_on"] for row in rows} == {"2025-03-14"}  # "14 mars 2025"
    assert rows[3]["next_steps"] == "Reprendre l’engagement dans le prochain plan."


def test_milestones_have_a_scale_of_their_own(countries: Mapping[str, Outcome]) -> None:
    folder = countries[FRENCH].folder
    assert [
        (row["milestone"], row["commitment"], row["letter"], row["end"]) for row in table(folder, "milestones")
    ] == [
        ("C1-a", "C1", "a", "2023-06-30"),
        ("C1-b", "C1", "b", "2023-12"),
        ("C3-a", "C3", "a", "2024-03-01"),
    ]
    assert column(folder, "milestone_assessments", "progress") == ["completed", "substantial", "completed"]
    assert set(column(folder, "milestone_assessments", "progress_scale")) == {"completion"}
    assert set(column(folder, "assessments", "progress_scale")) == {"progress"}


def test_french_dates_are_read(countries: Mapping[str, Outcome]) -> None:
    assert column(countries[FRENCH].folder, "process", "date") == ["2021-09", "2021-10-14", "2022-02-01/2022-02-15"]
    assert column(countries[FRENCH].folder, "process", "phase") == ["Élaboration du plan d’action"] * 3


def test_french_amounts_are_read(countries: Mapping[str, Outcome]) -> None:
    assert column(countries[FRENCH].folder, "budget", "spent") == ["298450.50", "44900.00", "175200.00", "0.00"]


@pytest.mark.parametrize(
    ("name", "links", "commitments"),
    [(ENGLISH, 4, ["", "C1", "C4", "C4"]), (FRENCH, 4, ["", "C1", "C3", "C1"])],
)
def test_links_say_which_commitment_their_row_is_about(
    countries: Mapping[str, Outcome], name: str, links: int, commitments: list[str]
) -> None:
    rows = table(countries[name].folder, "links")
    assert len(rows) == links
    assert [row["commitment"] for row in rows] == commitments
    assert {row["url_status"] for row in rows} == {"as-published"}


def test_the_crosswalk_has_the_columns_of_the_partnership_for_everybody(
    countries: Mapping[str, Outcome], published: Path
) -> None:
    core = [column.name for column in model().datasets["ogp-crosswalk"].columns.values() if column.core]
    for folder in (countries[ENGLISH].folder, countries[FRENCH].folder, published):
        assert [*table(folder, "ogp-crosswalk")[0]] == ["publication", *core, "source_places"]
    assert set(column(countries[FRENCH].folder, "ogp-crosswalk", "country_locality")) == {"Pays Z"}


def test_a_link_beside_a_milestone_is_one_of_its_commitment(countries: Mapping[str, Outcome]) -> None:
    folder = countries[FRENCH].folder
    last = table(folder, "links")[-1]
    assert (last["dataset"], last["row"], last["column"]) == ("milestones", "C1-b", "title")
    assert column(folder, "overview", "links_with_address") == ["2", "0", "1", "0"]


def test_the_page_of_a_commitment_tells_its_milestones_apart(countries: Mapping[str, Outcome]) -> None:
    page = (countries[FRENCH].folder / "commitments" / "C1.html").read_text(encoding="utf-8")
    for key in ("C1-a", "C1-b"):
        assert page.count(f'/index.html#{key}"') == 2  # the milestone, and its assessment
    assert "C3-a" not in page


# The catalogues -----------------------------------------------------------------------------------------


@needs_official
@pytest.mark.parametrize("name", [ENGLISH, FRENCH])
def test_the_catalogue_is_valid_by_the_official_shapes(countries: Mapping[str, Outcome], name: str) -> None:
    catalogue = to_graph(read_rdf((countries[name].folder / "catalog.nt").read_bytes(), "nt"))
    conforms, _, text = validate(catalogue, shacl_graph=official(), inference="none", allow_warnings=True)
    assert conforms, text


@pytest.mark.parametrize(("name", "languages"), [(ENGLISH, {"en"}), (FRENCH, {"fr", "nl"})])
def test_titles_are_in_the_languages_of_the_pages(
    countries: Mapping[str, Outcome], name: str, languages: set[str]
) -> None:
    triples = read_rdf((countries[name].folder / "catalog.nt").read_bytes(), "nt")
    own = [t for t in triples if str(t.subject).startswith(f"<https://ogp.voorbeeld.nl/{name}/")]  # not the EU's lists
    titles = [t.object for t in own if t.predicate == ox.NamedNode("http://purl.org/dc/terms/title")]
    assert len(titles) > 20
    assert {title.language for title in titles if isinstance(title, ox.Literal)} - {None} == languages


# Three publications together ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folders(countries: Mapping[str, Outcome], published: Path) -> Mapping[str, Path]:
    return {NAME: published, ENGLISH: countries[ENGLISH].folder, FRENCH: countries[FRENCH].folder}


@pytest.fixture(scope="module")
def store(folders: Mapping[str, Path]) -> ox.Store:
    """Return all Turtle of the three publications in one store."""
    found = ox.Store()
    for folder in folders.values():
        for path in sorted(folder.rglob("*.ttl")):
            found.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return found


def rows(store: ox.Store, query: str) -> Iterator[tuple[str, ...]]:
    prefixes = f"PREFIX ogp: <{MODEL}> PREFIX dct: <http://purl.org/dc/terms/>"
    found = store.query(f"{prefixes} {query}")
    assert isinstance(found, ox.QuerySolutions)
    for solution in found:
        yield tuple(str(value.value) if value is not None else "" for value in solution)


def test_one_class_holds_the_commitments_of_all(store: ox.Store) -> None:
    query = "SELECT ?p (COUNT(?c) AS ?n) { ?c a ogp:Commitment ; ogp:publication ?p } GROUP BY ?p ORDER BY ?p"
    assert [*rows(store, query)] == [(ENGLISH, "5"), (NAME, "13"), (FRENCH, "4")]


def test_no_publication_has_terms_of_its_own_but_for_a_dataset_that_the_model_lacks(store: ox.Store) -> None:
    """The budgets of the made countries are such datasets."""
    terms = {t for (t,) in rows(store, "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }")}
    bases = [iri.removesuffix("catalog") for (iri,) in rows(store, f"SELECT ?c {{ ?c a <{DCAT}Catalog> }}")]
    assert len(bases) == 3
    own = {t.rpartition("/")[2].rpartition("#")[2] for t in terms if t.startswith(tuple(bases))}
    assert own == {"Budget", "budget", "spent", "title"}


DCAT = "http://www.w3.org/ns/dcat#"


def test_progress_by_country_is_one_query(store: ox.Store) -> None:
    query = """SELECT ?country ?code (COUNT(?a) AS ?n) {
        ?record a ogp:OgpCommitmentRecord ; ogp:country ?country ; ogp:commitment ?commitment .
        ?a a ogp:Assessment ; ogp:commitment ?commitment
        OPTIONAL { ?a ogp:progress ?c . BIND (STRAFTER(STR(?c), "#") AS ?code) }
    } GROUP BY ?country ?code ORDER BY ?country ?code"""
    assert [*rows(store, query)] == [
        *(("Country Q", "amber", "2"), ("Country Q", "green", "2"), ("Country Q", "red", "1")),
        ("Netherlands", "", "13"),  # the colours of the Dutch one were lost
        *(("Pays Z", "amber", "1"), ("Pays Z", "green", "2"), ("Pays Z", "red", "1")),
    ]


def test_scales_stand_apart_in_one_store(store: ox.Store) -> None:
    query = """SELECT ?list (COUNT(?a) AS ?n) { ?a ogp:progress ?c . BIND (STRBEFORE(STR(?c), "#") AS ?list)
        { ?a a ogp:Assessment } UNION { ?a a ogp:MilestoneAssessment } } GROUP BY ?list ORDER BY ?list"""
    assert [*rows(store, query)] == [(f"{MODEL}codelists/completion", "3"), (f"{MODEL}codelists/progress", "9")]


def test_one_code_list_has_its_labels_once_in_every_language(store: ox.Store) -> None:
    query = f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?label {{ <{MODEL}codelists/progress#green> skos:prefLabel ?label }} ORDER BY ?label"""
    assert [*rows(store, query)] == [
        ("Green: completed or substantial progress",),
        ("Groen: voltooid of aanzienlijke voortgang",),
        ("Vert : achevé ou avancement substantiel",),
    ]


def test_references_lead_to_rows_of_the_same_publication(store: ox.Store) -> None:
    query = """SELECT ?p ?q (COUNT(?a) AS ?n) {
        ?a a ogp:Assessment ; ogp:publication ?p ; ogp:commitment ?c . ?c a ogp:Commitment ; ogp:publication ?q
    } GROUP BY ?p ?q ORDER BY ?p"""
    assert [*rows(store, query)] == [(ENGLISH, ENGLISH, "5"), (NAME, NAME, "13"), (FRENCH, FRENCH, "4")]


SHARED = (
    *("themes", "commitments", "assessments", "links", "process", "recommendations", "narrative", "document"),
    *("source_findings", "overview", "ogp-crosswalk"),
)
"""What at least two of the three publications have."""
DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def frame(folder: Path, dataset: str) -> pd.DataFrame:
    """Return a table read by the types that its Data Package says."""
    package = json.loads((folder / "datapackage.json").read_bytes())
    fields = next(one for one in package["resources"] if one["path"] == f"{dataset}/{dataset}.csv")["schema"]["fields"]
    types = {field["name"]: DTYPES.get(field["type"], "string") for field in fields}
    return pd.read_csv(folder / dataset / f"{dataset}.csv", dtype=types, keep_default_na=False, na_values=[""])


@pytest.mark.parametrize("dataset", SHARED)
def test_tables_of_the_same_dataset_stack(folders: Mapping[str, Path], dataset: str) -> None:
    frames = [frame(folder, dataset) for folder in folders.values() if (folder / dataset).is_dir()]
    stacked = pd.concat(frames, ignore_index=True)
    assert len(stacked) == sum(map(len, frames))
    for one in frames:
        assert [*one.dtypes.items()] == [(name, stacked.dtypes[name]) for name in one.columns]
    order = ["publication", *model().datasets[dataset].columns, "source_places"]
    for one in frames:
        assert [*one.columns] == [name for name in order if name in one.columns]
    assert set(stacked.columns) == set().union(*(one.columns for one in frames))
    assert not stacked.duplicated(["publication", model().datasets[dataset].key]).any()


@pytest.mark.parametrize("dataset", SHARED)
def test_the_same_column_has_the_same_type_in_every_parquet(folders: Mapping[str, Path], dataset: str) -> None:
    """A column that is empty in one publication is of the type that it has in another."""
    paths = [path for folder in folders.values() if (path := folder / dataset / f"{dataset}.parquet").exists()]
    assert len(paths) >= 2
    schemas = [{field.name: field.type for field in pq.read_schema(path)} for path in paths]
    types = {name: {schema[name] for schema in schemas if name in schema} for schema in schemas for name in schema}
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_progress_by_country_is_one_line_of_pandas(folders: Mapping[str, Path]) -> None:
    stacked = pd.concat([frame(folder, "assessments") for folder in folders.values()])
    assert stacked.groupby(["publication", "progress"]).size().to_dict() == {
        (ENGLISH, "amber"): 2,
        (ENGLISH, "green"): 2,
        (ENGLISH, "red"): 1,
        (FRENCH, "amber"): 1,
        (FRENCH, "green"): 2,
        (FRENCH, "red"): 1,
    }


# A report that somebody else wrote ----------------------------------------------------------------------


def test_the_sample_of_a_report_is_published_by_a_declaration_of_sixty_lines(tmp_path: Path) -> None:
    sample = (shared() / "samples" / "country-x-report.txt").read_bytes()
    declaration = (DATA.parent / "country-x.toml").read_text(encoding="utf-8")
    assert len(declaration.splitlines()) <= 60
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns(ENGLISH, FRENCH))
    folder = tmp_path / "data" / "country-x-2023-2025"
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "country-x-report.txt").write_bytes(sample)
    digest = hashlib.sha256(sample).hexdigest()
    (folder / "publication.toml").write_text(declaration.replace("SHA256", digest), encoding="utf-8")
    outcome = build(tmp_path, folder.name)
    assert {found.rule for found in outcome.report.findings} - TOLD.keys() == {"unknown-source-origin"}
    names = [path.stem for path in outcome.folder.glob("*/*.csv") if path.stem == path.parent.name]
    counts = {name: len(table(outcome.folder, name)) for name in names}
    assert counts == {
        **{"themes": 2, "commitments": 4, "assessments": 4, "budget": 4, "overview": 4, "ogp-crosswalk": 4},
        **{"links": 2, "narrative": 2, "document": 7, "source_findings": 0},
    }
    assert column(outcome.folder, "assessments", "progress") == ["green", "amber", "red", "green"]
    assert sum(map(int, column(outcome.folder, "budget", "spent"))) == 157_500
