"""The vocabularies in use, closed: a term that its specification does not have raises instead of passing.

rdflib 7.6 knows DCAT 2 only, so the DCAT 3 terms are added here. What checks catalogues has the same vocabularies
without rdflib, in `core.namespaces`; no vocabulary IRI is typed anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rdflib import Namespace, URIRef
from rdflib.namespace import (
    DCAT as DCAT2,
)
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    VOID,
    XSD,
    DefinedNamespace,
)


class DCAT(DCAT2):
    """DCAT 3, https://www.w3.org/TR/vocab-dcat-3/."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    DatasetSeries: URIRef
    first: URIRef
    hasCurrentVersion: URIRef  # noqa: N815 - the specification's spelling, as all below
    hasVersion: URIRef  # noqa: N815
    inSeries: URIRef  # noqa: N815
    isVersionOf: URIRef  # noqa: N815
    last: URIRef
    next: URIRef
    prev: URIRef
    previousVersion: URIRef  # noqa: N815
    resource: URIRef
    seriesMember: URIRef  # noqa: N815
    version: URIRef


class DCT(DCTERMS):
    """Dublin Core terms, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/."""

    _fail = True
    _NS = Namespace("http://purl.org/dc/terms/")


class DCATAP(DefinedNamespace):
    """DCAT-AP, https://semiceu.github.io/DCAT-AP/releases/3.0.1/."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/r5r/")

    applicableLegislation: URIRef  # noqa: N815
    availability: URIRef
    hvdCategory: URIRef  # noqa: N815


class ADMS(DefinedNamespace):
    """ADMS, https://semiceu.github.io/ADMS/releases/2.00/."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/adms#")

    Identifier: URIRef
    identifier: URIRef
    sample: URIRef
    status: URIRef
    versionNotes: URIRef  # noqa: N815


class DQV(DefinedNamespace):
    """Data Quality Vocabulary, https://www.w3.org/TR/vocab-dqv/."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dqv#")

    Dimension: URIRef
    Metric: URIRef
    QualityMeasurement: URIRef
    QualityMetadata: URIRef
    computedOn: URIRef  # noqa: N815
    expectedDataType: URIRef  # noqa: N815
    hasQualityAnnotation: URIRef  # noqa: N815
    hasQualityMeasurement: URIRef  # noqa: N815
    hasQualityMetadata: URIRef  # noqa: N815
    inDimension: URIRef  # noqa: N815
    isMeasurementOf: URIRef  # noqa: N815
    value: URIRef


class DUV(DefinedNamespace):
    """Dataset Usage Vocabulary, https://www.w3.org/TR/vocab-duv/."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/duv#")

    Usage: URIRef
    UserFeedback: URIRef
    hasFeedback: URIRef  # noqa: N815
    hasUsage: URIRef  # noqa: N815
    refersTo: URIRef  # noqa: N815


class OA(DefinedNamespace):
    """Web Annotation Vocabulary, https://www.w3.org/TR/annotation-vocab/: what feedback needs."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    editing: URIRef
    hasTarget: URIRef  # noqa: N815
    motivatedBy: URIRef  # noqa: N815
    replying: URIRef


class ELI(DefinedNamespace):
    """European Legislation Identifier, http://data.europa.eu/eli/ontology."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/eli/ontology#")

    LegalResource: URIRef


class SPDX(DefinedNamespace):
    """SPDX 2, https://spdx.org/rdf/terms/: only what a checksum needs."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    ChecksumAlgorithm: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef  # noqa: N815
    checksumValue: URIRef  # noqa: N815


class SD(DefinedNamespace):
    """SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/: what the endpoint says."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/sparql-service-description#")

    Dataset: URIRef
    Graph: URIRef
    NamedGraph: URIRef
    SPARQL11Query: URIRef
    Service: URIRef
    UnionDefaultGraph: URIRef
    defaultDataset: URIRef  # noqa: N815
    defaultGraph: URIRef  # noqa: N815
    endpoint: URIRef
    feature: URIRef
    graph: URIRef
    name: URIRef
    namedGraph: URIRef  # noqa: N815
    resultFormat: URIRef  # noqa: N815
    supportedLanguage: URIRef  # noqa: N815


class VCARD(DefinedNamespace):
    """VCard, https://www.w3.org/TR/vcard-rdf/: only what a contact point needs."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2006/vcard/ns#")

    Group: URIRef
    Individual: URIRef
    Kind: URIRef
    Location: URIRef
    Organization: URIRef
    fn: URIRef
    hasEmail: URIRef  # noqa: N815
    hasURL: URIRef  # noqa: N815


class SCHEMA(DefinedNamespace):
    """schema.org: the terms that the tables use, and the version of a program."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    currency: URIRef
    endDate: URIRef  # noqa: N815
    identifier: URIRef
    inLanguage: URIRef  # noqa: N815
    position: URIRef
    softwareVersion: URIRef  # noqa: N815
    startDate: URIRef  # noqa: N815
    url: URIRef


class HYDRA(DefinedNamespace):
    """Hydra, https://www.hydra-cg.com/spec/latest/core/, with the older names that harvesters of DCAT read."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/hydra/core#")

    PagedCollection: URIRef
    PartialCollectionView: URIRef
    first: URIRef
    firstPage: URIRef  # noqa: N815
    itemsPerPage: URIRef  # noqa: N815
    last: URIRef
    lastPage: URIRef  # noqa: N815
    next: URIRef
    nextPage: URIRef  # noqa: N815
    previous: URIRef
    previousPage: URIRef  # noqa: N815
    totalItems: URIRef  # noqa: N815


class TREE(DefinedNamespace):
    """TREE, https://w3id.org/tree/specification."""

    _fail = True
    _NS = Namespace("https://w3id.org/tree#")

    Node: URIRef
    Relation: URIRef
    member: URIRef
    node: URIRef
    relation: URIRef
    view: URIRef


class LDES(DefinedNamespace):
    """Linked Data Event Streams, https://w3id.org/ldes/specification."""

    _fail = True
    _NS = Namespace("https://w3id.org/ldes#")

    EventStream: URIRef
    timestampPath: URIRef  # noqa: N815
    versionOfPath: URIRef  # noqa: N815


class AS(DefinedNamespace):
    """Activity Streams 2.0, https://www.w3.org/TR/activitystreams-vocabulary/."""

    _fail = True
    _NS = Namespace("https://www.w3.org/ns/activitystreams#")

    Create: URIRef
    Delete: URIRef
    Update: URIRef
    object: URIRef
    published: URIRef


EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
"""The datatype of dates in ISO 8601-2's Extended Date/Time Format, https://www.loc.gov/standards/datetime/."""

AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""Where the EU Publications Office names its concepts; http, never https."""
CURRENCIES = f"{AUTHORITY}currency/"
"""The currencies, each behind this by its code of ISO 4217."""

OGP = "https://w3id.org/ogp-data/"
"""The vocabulary of the model, behind which its terms and code lists stand: one for all publications."""
OGP_IS_REGISTERED = False
"""Whether w3id.org leads from there to where the vocabulary is published; docs/vocabulary.md says how it will."""

IANA = "https://www.iana.org/assignments/media-types/"

CLOSED: dict[str, type[DefinedNamespace]] = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCT,
    "dqv": DQV,
    "duv": DUV,
    "eli": ELI,
    "foaf": FOAF,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "void": VOID,
}
"""Prefix -> vocabulary, for the CURIEs of the declaration and the prefixes of what is written."""

PREFIXES: dict[str, str] = {
    **{prefix: str(namespace._NS) for prefix, namespace in CLOSED.items()},
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "xsd": str(XSD),
}

SERVED: dict[str, str] = {
    "as": str(AS._NS),
    "hydra": str(HYDRA._NS),
    "ldes": str(LDES._NS),
    "tree": str(TREE._NS),
}
"""Prefixes of what only the service writes; columns may be called like these."""


def expand(curie: str, spaces: Mapping[str, str] = MappingProxyType({})) -> URIRef | None:
    """Return the IRI of a CURIE, or None when prefix or term is unknown; `spaces` are vocabularies that are not closed.

    Those are open here: the model and the declaration have their terms, and a check of the declaration looks them up.
    An IRI with a host stands for itself: tables over many publications have the terms of all of them.
    """
    prefix, _, term = curie.partition(":")
    if term.startswith("//"):
        return URIRef(curie)
    if prefix in spaces:
        return URIRef(spaces[prefix] + term)
    namespace = CLOSED.get(prefix)
    if namespace is None or term not in namespace:
        return None
    return URIRef(str(namespace._NS) + term)
