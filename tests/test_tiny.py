"""A publication of three rows uses every verb of the declaration; its graphs are written here by hand."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import graph_diff, isomorphic, to_isomorphic

from ogp_data import __version__, pipeline
from ogp_data.pipeline import Folders

ROOT = Path(__file__).parents[1]
BASE = "https://data.voorbeeld.nl/tiny/"
PREFIXES = f"""
@prefix assessments: <{BASE}assessments#> .
@prefix cat: <{BASE}catalog#> .
@prefix commitments: <{BASE}commitments#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dqv: <http://www.w3.org/ns/dqv#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix links: <{BASE}links#> .
@prefix ogp: <https://w3id.org/ogp-data/> .
@prefix process: <{BASE}process#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix themes: <{BASE}themes#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    data = folder / "data"
    shutil.copytree(Path(__file__).parent / "tiny" / "data", data)
    folders = Folders(data, folder / "build", folder / "dist")
    outcome = pipeline.run(folders, "tiny", "", "", lambda _: None)
    assert [found for found in outcome.report.findings if found.severity == "error"] == []
    return folder / "dist" / "tiny"


def cells(folder: Path, dataset: str) -> list[list[str]]:
    with (folder / dataset / f"{dataset}.csv").open(encoding="utf-8", newline="") as file:
        (publication, *_), *rows = csv.reader(file)
    assert publication == "publication"
    assert {row[0] for row in rows} == {"tiny"}
    return [row[1:] for row in rows]


def of_tiny(expected: str) -> str:
    """Return Turtle of rows that each say which publication they come from."""
    return re.sub(r"( a ogp:\w+) ;", r'\1 ; ogp:publication "tiny" ;', expected)


def assert_same(actual: Graph, expected: str) -> None:
    graph = Graph().parse(data=PREFIXES + of_tiny(expected), format="turtle")
    if not isomorphic(actual, graph):
        _, missing, extra = graph_diff(to_isomorphic(actual), to_isomorphic(graph))
        raise AssertionError(f"only published:\n{missing.serialize()}\nonly expected:\n{extra.serialize()}")


def described(graph: Graph, *subjects: str) -> Graph:
    part = Graph()
    for subject in subjects:
        for triple in graph.triples((URIRef(subject), None, None)):
            part.add(triple)
    return part


def test_headings_become_themes(tiny: Path) -> None:
    assert cells(tiny, "themes") == [["1", "A", "Open begin", "L10"], ["2", "B", "Open einde", "L15"]]


def test_list_items_become_commitments_with_their_theme_reference_and_title_in_the_table(tiny: Path) -> None:
    assert_same(
        Graph().parse(tiny / "commitments/commitments.ttl"),
        """
        commitments:1 a ogp:Commitment ; schema:position 1 ; ogp:theme themes:1 ; dct:title "Eerste punt"@nl ;
            ogp:titleInAssessment "Eerste punt"@nl ; dct:identifier "XX0001" ;
            ogp:leadOrganisation <https://identifier.overheid.nl/tooi/id/ministerie/mnre1034> ;
            ogp:sourcePlace "L12" , "L26" .
        commitments:2 a ogp:Commitment ; schema:position 2 ; ogp:theme themes:1 ; dct:title "Tweede punt"@nl ;
            ogp:titleInAssessment "Tweede punt"@nl ; dct:identifier "XX0002" ;
            ogp:leadOrganisation <https://identifier.overheid.nl/tooi/id/ministerie/mnre1034> ,
                <https://data.voorbeeld.nl/tiny/codelists/organisations#stichting> ;
            ogp:sourcePlace "L13" , "L27" .
        commitments:3 a ogp:Commitment ; schema:position 3 ; ogp:theme themes:2 ; dct:title "Derde punt"@nl ;
            ogp:titleInAssessment "Derde punt"@nl ; ogp:sourcePlace "L17" , "L31" .
        """,
    )


def test_table_rows_become_assessments_with_codes_and_a_date(tiny: Path) -> None:
    assert_same(
        Graph().parse(tiny / "assessments/assessments.ttl"),
        """
        assessments:1 a ogp:Assessment ; ogp:commitment commitments:1 ; dct:date "2024-05-03"^^xsd:date ;
            ogp:progress <https://data.voorbeeld.nl/tiny/codelists/oordelen#completed> ;
            ogp:evidence "Zie het verslag."@nl ; ogp:reasons "Klaar."@nl ; ogp:sourcePlace "L26" .
        assessments:2 a ogp:Assessment ; ogp:commitment commitments:2 ; dct:date "2024-05-03"^^xsd:date ;
            ogp:progress <https://data.voorbeeld.nl/tiny/codelists/oordelen#delayed> ;
            ogp:evidence "Zie de web-site.example"@nl ; ogp:reasons "Het begin en het eind."@nl ;
            ogp:sourcePlace "L27" , "L30" .
        assessments:3 a ogp:Assessment ; ogp:commitment commitments:3 ; dct:date "2024-05-03"^^xsd:date ;
            ogp:evidence "-"@nl ; ogp:sourcePlace "L31" .
        """,
    )


def test_links_keep_their_place_label_and_status(tiny: Path) -> None:
    status = "<https://w3id.org/ogp-data/codelists/url-status#"
    assert_same(
        Graph().parse(tiny / "links/links.jsonld", format="json-ld"),
        f"""
        links:1 a ogp:Link ; schema:position 1 ; ogp:inDataset <{BASE}narrative> ; ogp:inRow <{BASE}narrative#1> ;
            ogp:inColumn "text" ; rdfs:label "bijeenkomst" ; schema:url <https://voorbeeld.example/bijeenkomst> ;
            ogp:urlStatus {status}as-published> ; ogp:sourcePlace "L8" .
        links:2 a ogp:Link ; schema:position 2 ; ogp:inDataset <{BASE}assessments> ; ogp:inRow assessments:1 ;
            ogp:inColumn "evidence" ; ogp:commitment commitments:1 ; rdfs:label "het verslag" ;
            schema:url <https://voorbeeld.example/een> ; ogp:urlStatus {status}as-published> ; ogp:sourcePlace "L26" .
        links:3 a ogp:Link ; schema:position 3 ; ogp:inDataset <{BASE}assessments> ; ogp:inRow assessments:2 ;
            ogp:inColumn "evidence" ; ogp:commitment commitments:2 ; rdfs:label "web-" ;
            schema:url <https://voorbeeld.example/web> ; ogp:urlStatus {status}corrected> ; ogp:sourcePlace "L27" .
        links:4 a ogp:Link ; schema:position 4 ; ogp:inDataset <{BASE}assessments> ; ogp:inRow assessments:2 ;
            ogp:inColumn "evidence" ; ogp:commitment commitments:2 ; rdfs:label "site.example" ;
            ogp:urlStatus {status}false-link> ; ogp:sourcePlace "L30" .
        """,
    )


def test_quotations_become_dated_events(tiny: Path) -> None:
    assert_same(
        Graph().parse(tiny / "process/process.ttl"),
        """
        @prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
        process:1 a ogp:ProcessEvent ; schema:position 1 ; dct:date "2021-03"^^edtf:EDTF ;
            ogp:dateAsWritten "maart 2021" ; dct:description "In maart 2021 begon het werk"@nl ;
            ogp:phase "Inleiding"@nl ; ogp:dateEarliest "2021-03-01"^^xsd:date ;
            ogp:dateLatest "2021-03-31"^^xsd:date ; ogp:sourcePlace "L8" .
        process:2 a ogp:ProcessEvent ; schema:position 2 ; dct:date "2021?-04-04"^^edtf:EDTF ;
            ogp:dateAsWritten "4 april" ; dct:description "op 4 april was er een bijeenkomst"@nl ;
            ogp:phase "Inleiding"@nl ; ogp:dateEarliest "2021-04-04"^^xsd:date ;
            ogp:dateLatest "2021-04-04"^^xsd:date ; ogp:sourcePlace "L8" .
        """,
    )


def test_entities_are_decoded_and_markdown_links_read_as_text(tiny: Path) -> None:
    assert cells(tiny, "narrative") == [
        [
            "1",
            "Zelfevaluatie Voorbeeldland > Inleiding",
            "Twee thema's & drie actiepunten. In maart 2021 begon het werk, en op 4 april was er een bijeenkomst.",
            "L8",
        ]
    ]


def test_the_frame_of_the_document_is_published_with_comparable_values(tiny: Path) -> None:
    assert cells(tiny, "document") == [
        ["1", "title", "1", "", "Zelfevaluatie Voorbeeldland", "Zelfevaluatie Voorbeeldland", "L1"],
        ["2", "front-matter", "", "Land", "XX", "Voorbeeldland", "L3"],
        ["3", "front-matter", "", "Opgesteld", "2024-05-03", "3 mei 2024", "L4"],
        ["4", "heading", "2", "", "Inleiding", "Inleiding", "L6"],
        ["5", "heading", "2", "", "Beoordeling", "Beoordeling", "L19"],
        ["6", "instruction", "", "", "Kies een kleur.", "Kies een kleur.", "L21"],
        ["7", "legend", "", "", "■ Klaar", "■ Klaar", "L23"],
    ]


def test_faults_found_acknowledged_and_corrected_stand_in_source_findings(tiny: Path) -> None:
    rows = [(row[1], row[3], row[4], row[5], row[6], row[7], row[8]) for row in cells(tiny, "source_findings")]
    assert rows == [
        ("section-set", "", "", "", "B. Open einde", "found", "L15"),
        ("lost-colour", "document", "7", "as_written", "", "found", "L23"),
        ("spelling", "", "", "", "Bewijs", "acknowledged", "L25"),
        ("lost-separator", "assessments", "1", "evidence", "het verslag", "found", "L26"),
        ("lost-link", "links", "3", "url", "#", "corrected", "L27"),
        ("split-row", "assessments", "2", "", "", "found", "L27"),
        ("broken-word", "assessments", "2", "evidence", "", "found", "L30"),
        ("false-link", "assessments", "2", "evidence", "site.example", "found", "L30"),
        ("corrected-text", "commitments", "3", "title_in_assessment", "Het derde punt", "corrected", "L31"),
        ("lost-colour", "assessments", "3", "progress", "", "found", "L31"),
        ("spelling", "assessments", "3", "evidence", "-", "acknowledged", "L31"),
    ]


def test_what_the_program_says_is_english_whatever_the_language_of_the_document(tiny: Path) -> None:
    graph = Graph().parse(tiny / "source_findings/source_findings.ttl")
    statements = graph.objects(None, URIRef("http://purl.org/dc/terms/description"))
    assert {statement.language for statement in statements} == {"en"}  # type: ignore[union-attr]


def test_provenance_leads_to_the_lines(tiny: Path) -> None:
    source = f"{BASE}source/evaluatie.txt"
    assert_same(
        Graph().parse(tiny / "themes/themes.prov.ttl"),
        f"""
        <{BASE}themes> a prov:Entity ; prov:wasDerivedFrom <{source}> ; prov:wasGeneratedBy cat:themes-build .
        cat:themes-build a prov:Activity ; prov:used <{source}> ; prov:wasAssociatedWith cat:software .
        cat:software a prov:SoftwareAgent ; foaf:name "ogp-data" ; schema:softwareVersion "{__version__}" .
        themes:1 a prov:Entity ; prov:wasDerivedFrom <{source}#line=9,10> .
        themes:2 a prov:Entity ; prov:wasDerivedFrom <{source}#line=14,15> .
        <{source}#line=9,10> a prov:Entity ; dct:isPartOf <{source}> .
        <{source}#line=14,15> a prov:Entity ; dct:isPartOf <{source}> .
        <{source}> a prov:Entity ; dct:title "Zelfevaluatie"@nl , "Self-assessment"@en ;
            dct:source <https://voorbeeld.example/evaluatie> ; ogp:retrievedOn "2024-05-03"^^xsd:date ;
            spdx:checksum cat:source-checksum .
        cat:source-checksum a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;
            spdx:checksumValue "abee23aee0336ac09963b46e627f3c327331a3134b91f36382b5835d677ff967"^^xsd:hexBinary .
        """,
    )


def test_a_dataset_and_its_record_are_described_as_dcat_ap_nl_asks(tiny: Path) -> None:
    graph = Graph().parse(tiny / "catalog.ttl")
    eu = "http://publications.europa.eu/resource/authority/"
    ministry = "<https://identifier.overheid.nl/tooi/id/ministerie/mnre1034>"
    foundation = f"<{BASE}codelists/organisations#stichting>"
    assert_same(
        described(graph, f"{BASE}themes", f"{BASE}catalog#themes-record"),
        f"""
        <{BASE}themes> a dcat:Dataset , void:Dataset ;
            dcat:landingPage <https://files.voorbeeld.nl/tiny/themes/index.html> ;
            dcat:contactPoint cat:contact-loket ;
            dcat:theme <{eu}data-theme/GOVE> , <{eu}data-theme/SOCI> ;
            dct:accessRights <{eu}access-right/PUBLIC> ;
            dct:creator {foundation} ; dct:publisher {ministry} ;
            dct:title "Tabel themes"@nl , "Table themes"@en ;
            dct:description "De rijen van themes."@nl , "The rows of themes."@en ;
            dct:identifier "{BASE}themes" ;
            dcat:distribution cat:themes-csv , cat:themes-jsonld , cat:themes-ttl , cat:themes-prov ,
                cat:themes-xlsx , cat:themes-ods , cat:themes-parquet ;
            dcat:keyword "klein"@nl , "themes"@nl , "tiny"@en , "themes"@en ;
            dct:conformsTo <https://w3id.org/ogp-data/> ;
            dct:language <{eu}language/NLD> ;
            dct:spatial <{eu}country/NLD> ;
            dct:temporal cat:period ;
            adms:status <{eu}dataset-status/COMPLETED> ;
            adms:versionNotes "Tweede uitgave."@nl , "Second edition."@en ;
            dcat:inSeries cat:series ; dcat:version "2.1.0" ;
            dct:accrualPeriodicity <{eu}frequency/ANNUAL> ;
            dct:issued "2024-05-03"^^xsd:date ; dct:modified "2024-06-04"^^xsd:date ;
            foaf:page <https://files.voorbeeld.nl/tiny/themes/themes.csv-metadata.json> ;
            prov:wasDerivedFrom <{BASE}source/evaluatie.txt> ;
            void:triples 12 ; void:entities 2 ; void:uriSpace "{BASE}themes#" ; void:exampleResource themes:1 ;
            void:dataDump <https://files.voorbeeld.nl/tiny/themes/themes.jsonld> ,
                <https://files.voorbeeld.nl/tiny/themes/themes.ttl> ;
            void:vocabulary <https://w3id.org/ogp-data/> , <http://purl.org/dc/terms/> , <https://schema.org/> ,
                <http://www.w3.org/2004/02/skos/core#> ;
            dqv:hasQualityMeasurement cat:themes-completeness , cat:themes-traceability , cat:themes-known-faults ;
            dqv:hasQualityMetadata <https://files.voorbeeld.nl/tiny/reports/quality.ttl> ,
                <https://files.voorbeeld.nl/tiny/reports/validation.ttl> .
        cat:themes-record a dcat:CatalogRecord ;
            dct:language <{eu}language/NLD> , <{eu}language/ENG> ;
            dct:issued "2024-05-03"^^xsd:date ; dct:modified "2024-06-04"^^xsd:date ;
            foaf:primaryTopic <{BASE}themes> ;
            adms:status <http://purl.org/adms/changetype/updated> ;
            dct:conformsTo <https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/> .
        """,
    )


def test_a_distribution_has_the_address_size_and_checksum_of_its_very_file(tiny: Path) -> None:
    import hashlib

    graph = Graph().parse(tiny / "catalog.ttl")
    content = (tiny / "themes/themes.csv").read_bytes()
    eu = "http://publications.europa.eu/resource/authority/"
    address = "https://files.voorbeeld.nl/tiny/themes/themes.csv"
    assert_same(
        described(graph, f"{BASE}catalog#themes-csv", f"{BASE}catalog#themes-csv-checksum"),
        f"""
        cat:themes-csv a dcat:Distribution ;
            dcat:accessURL <{address}> ; dcat:downloadURL <{address}> ;
            dct:license <http://creativecommons.org/licenses/by/4.0/deed.nl> ;
            dcat:byteSize "{len(content)}"^^xsd:nonNegativeInteger ;
            dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
            dct:format <{eu}file-type/CSV> ;
            dct:rights <{eu}access-right/PUBLIC> ;
            dcatap:availability <{eu}planned-availability/STABLE> ;
            dct:conformsTo <https://www.rfc-editor.org/info/rfc4180> ;
            dct:description "Kommagescheiden tekst in UTF-8 met een kopregel."@nl ,
                "Comma-separated text in UTF-8 with a header row."@en ;
            dct:language <{eu}language/NLD> ;
            dct:issued "2024-05-03"^^xsd:date ; dct:modified "2024-06-04"^^xsd:date ;
            dct:title "Tabel themes (CSV)"@nl , "Table themes (CSV)"@en ;
            spdx:checksum cat:themes-csv-checksum .
        cat:themes-csv-checksum a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;
            spdx:checksumValue "{hashlib.sha256(content).hexdigest()}"^^xsd:hexBinary .
        """,
    )
