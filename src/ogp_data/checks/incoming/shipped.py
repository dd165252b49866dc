"""Contexts of JSON-LD that come with the program: the two that DCAT-AP publishes, so that nothing has to be fetched.

As they stand on the web, both have faults: one declares terms that JSON-LD 1.1 refuses, the other uses a prefix that it
does not declare. These are written from the terms of the specification, and read what either was meant for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ogp_data.core.namespaces import PREFIXES

_ADDRESS = re.compile(
    r"https?://(?:semiceu\.github\.io(?:/uri\.semic\.eu-generated)?|raw\.githubusercontent\.com/SEMICeu)/DCAT-AP"
    r"(?:/(?:master|main))?/releases/3\.0\.\d+/(?:html/)?(?P<which>context/dcat-ap|examples/context)\.jsonld"
)
_CLASSES = """
    Activity=prov:Activity Agent=foaf:Agent Attribution=prov:Attribution Catalogue=dcat:Catalog
    CatalogueRecord=dcat:CatalogRecord CataloguedResource=dcat:Resource Checksum=spdx:Checksum
    ChecksumAlgorithm=spdx:ChecksumAlgorithm Concept=skos:Concept ConceptScheme=skos:ConceptScheme
    DataService=dcat:DataService Dataset=dcat:Dataset DatasetMemberOfADatasetSeries=dcat:Dataset
    DatasetSeries=dcat:DatasetSeries Distribution=dcat:Distribution Document=foaf:Document Frequency=dct:Frequency
    Geometry=locn:Geometry Identifier=adms:Identifier Kind=vcard:Kind LegalResource=eli:LegalResource
    LicenceDocument=dct:LicenseDocument LinguisticSystem=dct:LinguisticSystem Location=dct:Location
    MediaType=dct:MediaType MediaTypeOrExtent=dct:MediaTypeOrExtent PeriodOfTime=dct:PeriodOfTime Policy=odrl:Policy
    ProvenanceStatement=dct:ProvenanceStatement Relationship=dcat:Relationship RightsStatement=dct:RightsStatement
    Role=dcat:Role Standard=dct:Standard TimeInstant=time:Instant
"""
_THINGS = """
    accessRights=dct:accessRights accessService=dcat:accessService accessUrl=dcat:accessURL algorithm=spdx:algorithm
    applicableLegislation=dcatap:applicableLegislation applicationProfile=dct:conformsTo
    availability=dcatap:availability beginning=time:hasBeginning catalogue=dcat:catalog changeType=adms:status
    checksum=spdx:checksum compressionFormat=dcat:compressFormat conformsTo=dct:conformsTo
    contactPoint=dcat:contactPoint creator=dct:creator dataset=dcat:dataset datasetDistribution=dcat:distribution
    documentation=foaf:page downloadUrl=dcat:downloadURL end=time:hasEnd endpointDescription=dcat:endpointDescription
    endpointUrl=dcat:endpointURL first=dcat:first format=dct:format frequency=dct:accrualPeriodicity
    geographicalCoverage=dct:spatial geometry=locn:geometry hadRole=dcat:hadRole hasPart=dct:hasPart
    hasPolicy=odrl:hasPolicy hasVersion=dcat:hasVersion homepage=foaf:homepage inSeries=dcat:inSeries
    isReferencedBy=dct:isReferencedBy landingPage=dcat:landingPage language=dct:language last=dcat:last
    licence=dct:license linkedSchemas=dct:conformsTo mediaType=dcat:mediaType next=dcat:next
    otherIdentifier=adms:identifier packagingFormat=dcat:packageFormat previous=dcat:prev primaryTopic=foaf:primaryTopic
    provenance=dct:provenance publisher=dct:publisher qualifiedAttribution=prov:qualifiedAttribution
    qualifiedRelation=dcat:qualifiedRelation record=dcat:record relatedResource=dct:relation relation=dct:relation
    rights=dct:rights sample=adms:sample seriesMember=dcat:seriesMember servesDataset=dcat:servesDataset
    service=dcat:service source=dct:source sourceMetadata=dct:source status=adms:status temporalCoverage=dct:temporal
    theme=dcat:theme themes=dcat:themeTaxonomy type=dct:type wasGeneratedBy=prov:wasGeneratedBy
"""
_TEXTS = """
    bbox=dcat:bbox centroid=dcat:centroid description=dct:description endDate=dcat:endDate identifier=dct:identifier
    keyword=dcat:keyword listingDate=dct:issued modificationDate=dct:modified name=foaf:name notation=skos:notation
    preferredLabel=skos:prefLabel releaseDate=dct:issued startDate=dcat:startDate title=dct:title version=dcat:version
    versionNotes=adms:versionNotes
"""
_VALUES = """
    byteSize=dcat:byteSize=xsd:nonNegativeInteger checksumValue=spdx:checksumValue=xsd:hexBinary
    spatialResolution=dcat:spatialResolutionInMeters=xsd:decimal temporalResolution=dcat:temporalResolution=xsd:duration
"""
# In its examples a text is given by its language, and a date by its day.
_BY_LANGUAGE = ("title", "description")
_DAYS = ("releaseDate", "modificationDate")
_EXAMPLES = {
    "dcat": PREFIXES["dcat"],
    "dct": PREFIXES["dct"],
    "rdf": PREFIXES["rdf"],
    "nal-frequency": "http://publications.europa.eu/resource/authority/frequency/",
    "example": "https://data.gov.gr/",
    "example-ds": "https://data.gov.gr/id/dataset/",
    "example-cat": "https://data.gov.gr/id/catalog/",
    "example-ser": "https://data.gov.gr/id/datasetseries/",
    "example-ag": "https://agencies.gov.gr/id/",
}


def context(url: str) -> Any:
    """Return the context that stands at an address; None where it does not come with the program."""
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return None
    return _of_examples() if found["which"].startswith("examples") else _of_profile()


@cache
def _of_profile() -> dict[str, Any]:
    return {
        **{name: _iri(meaning) for name, meaning in _entries(_CLASSES)},
        **{name: {"@id": _iri(meaning), "@type": "@id"} for name, meaning in _entries(_THINGS)},
        **{name: {"@id": _iri(meaning)} for name, meaning in _entries(_TEXTS)},
        **{name: {"@id": _iri(meaning), "@type": _iri(kind)} for name, meaning, kind in _entries(_VALUES)},
    }


@cache
def _of_examples() -> dict[str, Any]:
    terms = dict(_of_profile())
    terms |= {name: {**terms[name], "@container": "@language"} for name in _BY_LANGUAGE}
    terms |= {name: {**terms[name], "@type": _iri("xsd:date")} for name in _DAYS}
    return {**_EXAMPLES, **terms}


def _entries(table: str) -> Iterator[list[str]]:
    return (entry.split("=") for entry in table.split())


def _iri(meaning: str) -> str:
    prefix, _, name = meaning.partition(":")
    return PREFIXES[prefix] + name
