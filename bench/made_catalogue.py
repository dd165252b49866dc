"""A made catalogue of as many datasets as asked for, in Turtle, with breaks sown in it.

It says what a careful publisher says: all that DCAT-AP-NL makes mandatory, and most of what it recommends. Some
datasets have a break, each of `BREAKS` in turn; the official shapes know all of them, and so do ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BASE = "https://data.example.nl/"
EVERY = 10
"""One dataset in so many has a break, unless another number is asked for."""


@dataclass(frozen=True, slots=True)
class Break:
    """What stands first in a sound dataset, what comes in its place, and which property of what is then wrong."""

    sound: str
    broken: str
    resource: str
    property: str


BREAKS = (
    Break("dct:title", "dct:alternative", "", "dct:title"),
    Break("dct:description", "rdfs:comment", "", "dct:description"),
    Break("dct:identifier", "rdfs:comment", "", "dct:identifier"),
    Break("dct:publisher :gemeente", 'dct:publisher "gemeente"', "", "dct:publisher"),
    Break("dct:publisher :gemeente", "dct:publisher :gemeente , :provincie", "", "dct:publisher"),
    Break("right:PUBLIC", "right:PUBLIC , right:RESTRICTED", "", "dct:accessRights"),
    Break("dcat:theme", "dct:subject", "", "dcat:theme"),
    Break("dct:creator", "dct:contributor", "", "dct:creator"),
    Break("dct:temporal :dataset-{n}-period", "dct:temporal :gemeente", "", "dct:temporal"),
    Break('dcat:version "1.0.0"', 'dcat:version "1.0.0" , "1.0.1"', "", "dcat:version"),
    Break("dct:license", "rdfs:seeAlso", "-csv", "dct:license"),
    Break("dcat:accessURL :dataset-{n}-page", 'dcat:accessURL "op aanvraag"', "-csv", "dcat:accessURL"),
    Break("type:CSV", "type:CSV , type:JSON_LD", "-csv", "dct:format"),
    Break("^^xsd:nonNegativeInteger", "^^xsd:integer", "-csv", "dcat:byteSize"),
    Break("^^xsd:hexBinary", "", "-csv-checksum", "spdx:checksumValue"),
    Break("dct:language language:NLD ; # metadata", 'dct:language "nl" ;', "-record", "dct:language"),
)

HEAD = """\
@prefix : <https://data.example.nl/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix availability: <http://publications.europa.eu/resource/authority/planned-availability/> .
@prefix cc: <http://creativecommons.org/publicdomain/zero/1.0/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix frequency: <http://publications.europa.eu/resource/authority/frequency/> .
@prefix iana: <https://www.iana.org/assignments/media-types/> .
@prefix language: <http://publications.europa.eu/resource/authority/language/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix right: <http://publications.europa.eu/resource/authority/access-right/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix theme: <http://publications.europa.eu/resource/authority/data-theme/> .
@prefix type: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:catalogus a dcat:Catalog ;
    dct:title "Open data van de gemeente Voorbeeldstad"@nl ;
    dct:description "Alle open data van de gemeente."@nl ;
    dct:publisher :gemeente ;
    dct:creator :gemeente ;
    dcat:contactPoint :contact ;
    dct:language language:NLD ;
    dct:license cc:deed.nl ;
    dct:issued "2024-03-01"^^xsd:date ;
    dct:modified "2026-11-20"^^xsd:date ;
    dct:spatial country:NLD ;
    dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme> ;
    foaf:homepage :site .

:gemeente a foaf:Agent ; foaf:name "gemeente Voorbeeldstad"@nl .
:provincie a foaf:Agent ; foaf:name "provincie Voorbeeldland"@nl .
:contact a vcard:Organization ; vcard:fn "Team open data"@nl ; vcard:hasEmail <mailto:opendata@example.nl> .
:schema a dct:Standard .
:site a foaf:Document .
"""

DATASET = """
:catalogus dcat:dataset :dataset-{n} ; dcat:record :dataset-{n}-record .

:dataset-{n} a dcat:Dataset ;
    dct:title "Onderwerp {n}"@nl , "Subject {n}"@en ;
    dct:description "Wat de gemeente van onderwerp {n} weet. Een rij per geval. Elk jaar bijgewerkt."@nl ;
    dct:identifier "https://data.example.nl/dataset-{n}" ;
    dct:accessRights right:PUBLIC ;
    dct:publisher :gemeente ;
    dct:creator :gemeente ;
    dcat:contactPoint :contact ;
    dcat:theme theme:GOVE ;
    dcat:keyword "gemeente"@nl , "onderwerp {n}"@nl , "subject {n}"@en ;
    dct:language language:NLD ;
    dct:conformsTo :schema ;
    foaf:page :dataset-{n}-page ;
    dcat:landingPage :dataset-{n}-page ;
    dct:accrualPeriodicity frequency:ANNUAL ;
    dct:issued "2024-03-01"^^xsd:date ;
    dct:modified "2026-11-20"^^xsd:date ;
    dct:spatial country:NLD ;
    dct:temporal :dataset-{n}-period ;
    dcat:version "1.0.0" ;
    dcat:distribution :dataset-{n}-csv , :dataset-{n}-jsonld , :dataset-{n}-ttl .

:dataset-{n}-period a dct:PeriodOfTime ;
    dcat:startDate "2020-01-01"^^xsd:date ;
    dcat:endDate "2022-12-31"^^xsd:date .

:dataset-{n}-page a foaf:Document , rdfs:Resource .

:dataset-{n}-record a dcat:CatalogRecord ;
    dct:language language:NLD ; # metadata
    dct:modified "2026-11-20"^^xsd:date ;
    dct:conformsTo <https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/> ;
    foaf:primaryTopic :dataset-{n} .
<https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/> a dct:Standard .
"""

DISTRIBUTION = """
:dataset-{n}-{suffix} a dcat:Distribution ;
    dct:title "Onderwerp {n} als {code}"@nl ;
    dct:description "In UTF-8."@nl ;
    dcat:accessURL :dataset-{n}-page ;
    dcat:downloadURL :dataset-{n}.{suffix} ;
    dct:license cc:deed.nl ;
    dct:format type:{code} ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/{media}> ;
    dct:language language:NLD ;
    dct:conformsTo :schema ;
    dcat:byteSize "1{n}"^^xsd:nonNegativeInteger ;
    spdx:checksum :dataset-{n}-{suffix}-checksum ;
    dct:issued "2024-03-01"^^xsd:date ;
    dct:modified "2026-11-20"^^xsd:date ;
    dcatap:availability availability:STABLE .

:dataset-{n}-{suffix}-checksum a spdx:Checksum ;
    spdx:algorithm spdx:checksumAlgorithm_sha256 ;
    spdx:checksumValue "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"^^xsd:hexBinary .

:dataset-{n}.{suffix} a rdfs:Resource .
"""

FILES = (("csv", "CSV", "text/csv"), ("jsonld", "JSON_LD", "application/ld+json"), ("ttl", "RDF_TURTLE", "text/turtle"))
"""The distributions of a dataset: suffix, code in the EU's list of file types, and media type."""


def turtle(count: int, every: int = EVERY) -> Iterator[str]:
    """Yield the catalogue: its head, then its datasets one by one."""
    yield HEAD
    template = DATASET + "".join(_distribution(*file) for file in FILES)
    for number in range(count):
        yield _spoilt(template, break_of(number, every)).replace("{n}", str(number))


def _distribution(suffix: str, code: str, media: str) -> str:
    return DISTRIBUTION.replace("{suffix}", suffix).replace("{code}", code).replace("{media}", media)


def _spoilt(template: str, fault: Break | None) -> str:
    """Return the Turtle of a dataset with its break, if it has one."""
    return template.replace(fault.sound, fault.broken, 1) if fault else template


def break_of(number: int, every: int = EVERY) -> Break | None:
    """Return what is wrong with a dataset; None when it is sound."""
    return BREAKS[number // every % len(BREAKS)] if number % every == 0 else None


def sown(count: int, every: int = EVERY) -> set[tuple[str, str]]:
    """Return resource and property of every break in a catalogue of so many datasets."""
    faults = ((number, break_of(number, every)) for number in range(count))
    return {(f"{BASE}dataset-{number}{fault.resource}", fault.property) for number, fault in faults if fault}
