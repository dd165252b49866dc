"""The tool that makes value lists anew: from made files in the forms of their publishers, into a copy of the lists."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import RDFS, SKOS

from conftest import ROOT
from ogp_data.core import resources
from ogp_data.models.lists import ValueList, load_lists

sys.path.insert(0, str(ROOT / "tools"))

import refresh_lists

EUVOC = "http://publications.europa.eu/ontology/euvoc#"
TOOI = "https://identifier.overheid.nl/tooi/def/ont/"
LISTS = load_lists(resources.value_lists()).lists


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the lists."""
    return Path(shutil.copytree(resources.value_lists(), tmp_path / "values"))


def refresh(folder: Path, name: str, file: Path, day: str = "2026-11-01") -> int:
    return refresh_lists.main([name, str(file), "--date", day, "--folder", str(folder)])


def as_published(values: ValueList) -> Graph:
    """Return a list in the form in which its publisher gives it out, with all that such files say."""
    graph = Graph()
    for concept in values.concepts.values():
        iri = URIRef(concept.iri)
        facts, is_agent = concept.facts, values.id.startswith("tooi-") and "started" in concept.facts
        graph.add((iri, RDF.type, SKOS.Concept))
        for language, text in (("en", concept.en), ("nl", concept.nl), ("fr", f"fr {concept.code}")):
            if text:
                graph.add((iri, RDFS.label if is_agent else SKOS.prefLabel, Literal(text, lang=language)))
        for kind, column in refresh_lists.NOTATIONS.items():
            if facts.get(column):
                graph.add((iri, SKOS.notation, Literal(facts[column], datatype=URIRef(EUVOC + kind))))
        for name, column in (("begindatum", "started"), ("einddatum", "ended"), ("afkorting", "abbreviation")):
            if facts.get(column):
                graph.add((iri, URIRef(TOOI + name), Literal(facts[column])))
        if facts.get("parent"):
            graph.add((iri, SKOS.broader, URIRef(values.base + facts["parent"])))
        if concept.deprecated:
            gone = URIRef("http://publications.europa.eu/resource/authority/concept-status/DEPRECATED")
            graph.add((iri, URIRef(EUVOC + "status"), gone))
    graph.add((URIRef(values.base + "x/y"), RDF.type, URIRef("https://example.org/NoConcept")))
    graph.remove((URIRef(values.base + "x/y"), None, None))
    return graph


@pytest.mark.parametrize("name", [v.id for v in LISTS.values() if v.file and v.id != "media-type"])
def test_a_list_as_it_is_published_gives_the_bytes_that_are_there(name: str, folder: Path, tmp_path: Path) -> None:
    as_published(LISTS[name]).serialize(tmp_path / "list.ttl", format="turtle")
    before = (folder / f"{name}.csv").read_bytes()
    assert refresh(folder, name, tmp_path / "list.ttl") == 0
    assert (folder / f"{name}.csv").read_bytes() == before


COUNTRIES = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
  xmlns:at="http://publications.europa.eu/ontology/authority/" xmlns:euvoc="http://publications.europa.eu/ontology/euvoc#">
<skos:ConceptScheme rdf:about="http://publications.europa.eu/resource/authority/country"/>
<skos:Concept rdf:about="http://publications.europa.eu/resource/authority/country/NLD" at:deprecated="false">
  <skos:prefLabel xml:lang="en">Netherlands</skos:prefLabel><skos:prefLabel xml:lang="nl">Nederland</skos:prefLabel>
  <skos:notation rdf:datatype="http://publications.europa.eu/ontology/euvoc#ISO_3166_1_ALPHA_2">NL</skos:notation>
  <skos:notation rdf:datatype="http://publications.europa.eu/ontology/euvoc#ISO_3166_1_ALPHA_3">NLD</skos:notation>
</skos:Concept>
<skos:Concept rdf:about="http://publications.europa.eu/resource/authority/country/ATL" at:deprecated="true">
  <skos:prefLabel xml:lang="en">Atlantis</skos:prefLabel><at:end.use>1999-12-31</at:end.use>
</skos:Concept>
</rdf:RDF>"""


def test_an_eu_table_tells_labels_codes_and_what_is_deprecated(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "countries-skos.rdf").write_text(COUNTRIES, encoding="utf-8")
    assert refresh(folder, "country", tmp_path / "countries-skos.rdf") == 0
    assert (folder / "country.csv").read_text(encoding="utf-8").splitlines() == [
        "code,en,nl,status,alpha2,alpha3,ended,also",
        "ATL,Atlantis,,deprecated,,,1999-12-31,",
        "NLD,Netherlands,Nederland,,NL,NLD,,",
    ]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "country: 2 codes, 284 before"
    assert "  new: ATL Atlantis" in said
    assert "  gone: BEL" in said
    assert not any(line.startswith("  NLD:") for line in said)
    fresh = load_lists(folder)["country"]
    assert (fresh.date, fresh.title, fresh.kind) == ("2026-11-01", LISTS["country"].title, LISTS["country"].kind)
    assert {name: v.date for name, v in load_lists(folder).lists.items() if name != "country"} == {
        name: v.date for name, v in LISTS.items() if name != "country"
    }


def test_a_second_run_changes_nothing(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.rdf").write_text(COUNTRIES, encoding="utf-8")
    refresh(folder, "country", tmp_path / "c.rdf")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    capsys.readouterr()
    refresh(folder, "country", tmp_path / "c.rdf")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert capsys.readouterr().out == "country: 2 codes, 2 before\n"


MEDIA = """<?xml version='1.0' encoding='UTF-8'?>
<registry xmlns="http://www.iana.org/assignments" id="media-types"><title>Media Types</title>
<registry id="application"><record date="2026-01-01"><name>made-up</name></record>
  <record><name>application/doubled</name></record></registry>
<registry id="text"><record><name>csv</name></record>
  <record><name>ecmascript (OBSOLETED in favor of text/javascript)</name></record></registry>
<registry id="example"><note>no records</note></registry>
</registry>"""


def test_the_registry_of_media_types_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "media-types.xml").write_text(MEDIA, encoding="utf-8")
    assert refresh(folder, "media-type", tmp_path / "media-types.xml") == 0
    assert (folder / "media-type.csv").read_text(encoding="utf-8").splitlines() == [
        "code,status",
        "application/doubled,",
        "application/made-up,",
        "text/csv,",
        "text/ecmascript,deprecated",
    ]


MINISTRIES = """[
 {"@id": "https://identifier.overheid.nl/tooi/id/ministerie/mnre9001",
  "http://www.w3.org/2000/01/rdf-schema#label": [{"@value": "ministerie van Proeven"}],
  "https://identifier.overheid.nl/tooi/def/ont/afkorting": [{"@value": "MvP"}],
  "https://identifier.overheid.nl/tooi/def/ont/begindatum": [{"@value": "2020-01-01"}],
  "https://identifier.overheid.nl/tooi/def/ont/einddatum": [{"@value": "2030-01-01"}]},
 {"@id": "https://identifier.overheid.nl/tooi/id/ministerie/hv_mnre9001_1",
  "http://www.w3.org/2000/01/rdf-schema#label": [{"@value": "ministerie van eerdere Proeven"}]}]"""


@pytest.mark.parametrize(("day", "status"), [("2026-11-01", ""), ("2030-01-01", "deprecated")])
def test_an_organisation_of_the_dutch_registers_has_ended_when_its_last_day_has_come(
    folder: Path, tmp_path: Path, day: str, status: str
) -> None:
    (tmp_path / "rwc.json").write_text(MINISTRIES, encoding="utf-8")
    assert refresh(folder, "tooi-ministerie", tmp_path / "rwc.json", day) == 0
    assert (folder / "tooi-ministerie.csv").read_text(encoding="utf-8").splitlines() == [
        "code,nl,status,abbreviation,started,ended",
        f"mnre9001,ministerie van Proeven,{status},MvP,2020-01-01,2030-01-01",
    ]


def test_what_the_publisher_does_not_say_stays(folder: Path, tmp_path: Path) -> None:
    """The media types of a file type, and Dutch labels of our own."""
    file_type = "http://publications.europa.eu/resource/authority/file-type/"
    frequency = "http://publications.europa.eu/resource/authority/frequency/"
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    (tmp_path / "f.ttl").write_text(f'{prefix}<{file_type}CSV> skos:prefLabel "CSV file"@en .', encoding="utf-8")
    (tmp_path / "q.ttl").write_text(
        f'{prefix}<{frequency}DAILY> skos:prefLabel "daily"@en, "iedere dag"@nl .', encoding="utf-8"
    )
    refresh(folder, "file-type", tmp_path / "f.ttl")
    refresh(folder, "frequency", tmp_path / "q.ttl")
    csv = load_lists(folder)["file-type"].rows["CSV"]
    assert (csv["en"], csv["nl"], csv["media_types"]) == ("CSV file", "CSV", "text/csv")
    assert load_lists(folder)["frequency"].rows["DAILY"]["nl"] == "dagelijks"


@pytest.mark.parametrize(("name", "code"), [("geonames", 2), ("nonesuch", 2), ("language", 1)])
def test_a_list_without_codes_and_a_file_of_another_list_change_nothing(
    folder: Path, tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "c.rdf").write_text(COUNTRIES, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert refresh(folder, name, tmp_path / "c.rdf") == code
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
