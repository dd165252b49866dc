"""The scores once more, written plainly over rdflib, dataset by dataset, from how the portals describe them.

Nothing is shared with the program but the tables of values, which are read here as what they are: CSV files.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, RDF, SH, SKOS, XSD
from rdflib.term import Node

VALUES = Path(__file__).parents[1] / "src" / "ogp_data" / "models" / "values"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
EU = "http://publications.europa.eu/resource/authority/"
IANA = "://www.iana.org/assignments/media-types/"


def table(name: str) -> dict[str, dict[str, str]]:
    """Return the rows of a list of values by their codes."""
    with (VALUES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


TYPES, MEDIA, RIGHTS, LICENCES = map(table, ("file-type", "media-type", "access-right", "licence"))
FREQUENCIES = table("frequency")


def code(value: Node, name: str) -> str:
    """Return the code of an IRI of a list of the EU, "" for anything else."""
    begins = f"{EU}{name}/"
    return str(value).removeprefix(begins) if isinstance(value, URIRef) and str(value).startswith(begins) else ""


def page(address: str) -> str:
    """Return what of an address says which licence it is about."""
    rest = re.sub(r"^https?://(www\.)?", "", address)
    if rest.startswith("creativecommons.org/"):
        rest = re.sub(r"/(deed|legalcode)(\.[a-zA-Z-]+)?$", "", rest.rstrip("/"))
    return rest.rstrip("/")


PAGES = {page(a) for row in LICENCES.values() for a in f"{row['addresses']} {row['shared']}".split()}


def known(graph: Graph, licence: Node) -> bool:
    """Return whether a licence is in the EU's list, an address of one, or said to be the same as one of it."""
    return any(
        isinstance(each, URIRef) and (code(each, "licence") in LICENCES or page(str(each)) in PAGES)
        for each in (licence, *graph.objects(licence, SKOS.exactMatch))
    )


def own(graph: Graph, dataset: Node) -> list[Node]:
    """Return the distributions of a dataset."""
    return [file for file in graph.objects(dataset, DCAT.distribution) if not isinstance(file, Literal)]


def share(files: list[Node], passes: list[bool]) -> Fraction:
    """Return which part of the files passes; of no file, none."""
    return Fraction(sum(passes), len(files)) if files else Fraction(0)


def interoperable(graph: Graph, file: Node) -> dict[str, int]:
    """Return the points that a distribution has for interoperability."""
    formats, media = list(graph.objects(file, DCT["format"])), list(graph.objects(file, DCAT.mediaType))
    facts = [TYPES[c]["mqa"].split() for f in formats if (c := code(f, "file-type")) in TYPES]
    is_media = [isinstance(m, URIRef) and re.sub(r"^https?", "", str(m)).removeprefix(IANA) in MEDIA for m in media]
    is_type = [code(f, "file-type") in TYPES for f in formats]
    return {
        "formatAvailability": 20 if formats else 0,
        "mediaTypeAvailability": 10 if media else 0,
        "formatMediaTypeVocabularyAlignment": 10 if formats and media and all(is_type) and all(is_media) else 0,
        "formatMediaTypeNonProprietary": 20 if any("non-proprietary" in words for words in facts) else 0,
        "formatMediaTypeMachineInterpretable": 20 if any("machine-readable" in words for words in facts) else 0,
    }


def mqa(graph: Graph, dataset: Node, *, complies: bool) -> dict[str, Fraction]:
    """Return the points of a dataset for each metric of MQA that needs no address."""
    files = own(graph, dataset)

    def has(node: Node, predicate: URIRef) -> bool:
        return (node, predicate, None) in graph

    def on_dataset(points: int, predicate: URIRef) -> Fraction:
        return Fraction(points if has(dataset, predicate) else 0)

    def on_files(points: int, predicate: URIRef) -> Fraction:
        return points * share(files, [has(file, predicate) for file in files])

    def on_either(points: int, predicate: URIRef) -> Fraction:
        return Fraction(points if any(has(node, predicate) for node in (dataset, *files)) else 0)

    rights = list(graph.objects(dataset, DCT.accessRights))
    licensed = [
        bool(found := list(graph.objects(file, DCT.license))) and all(known(graph, each) for each in found)
        for file in files
    ]
    best = max(
        (interoperable(graph, file) for file in files), key=lambda p: (sum(p.values()), list(p.values())), default={}
    )
    return {
        "keywordAvailability": on_dataset(30, DCAT.keyword),
        "categoryAvailability": on_dataset(30, DCAT.theme),
        "spatialAvailability": on_dataset(20, DCT.spatial),
        "temporalAvailability": on_dataset(20, DCT.temporal),
        "downloadUrlAvailability": on_files(20, DCAT.downloadURL),
        **{name: Fraction(best.get(name, 0)) for name in interoperable(graph, dataset)},
        "dcatApCompliance": Fraction(30 if complies else 0),
        "licenceAvailability": on_files(20, DCT.license),
        "knownLicence": 10 * share(files, licensed),
        "accessRightsAvailability": on_dataset(10, DCT.accessRights),
        "accessRightsVocabularyAlignment": Fraction(
            5 if rights and all(code(right, "access-right") in RIGHTS for right in rights) else 0
        ),
        "contactPointAvailability": on_dataset(20, DCAT.contactPoint),
        "publisherAvailability": on_dataset(10, DCT.publisher),
        "rightsAvailability": on_files(5, DCT.rights),
        "byteSizeAvailability": on_files(5, DCAT.byteSize),
        "dateIssuedAvailability": on_either(5, DCT.issued),
        "dateModifiedAvailability": on_either(5, DCT.modified),
    }


def broken(graph: Graph, shapes: Graph) -> set[Node]:
    """Return what has a violation of the shapes, with pyshacl; give the graph with its background."""
    _, report, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    return {
        focus
        for result in report.subjects(SH.resultSeverity, SH.Violation)
        for focus in report.objects(result, SH.focusNode)
    }


HEADS = (DCAT.Dataset, DCAT.Catalog, DCAT.DataService, DCAT.DatasetSeries)


def parts(graph: Graph, dataset: Node) -> set[Node]:
    """Return a dataset and all that it leads to, up to what a catalogue lists for itself, and its records."""
    seen: set[Node] = set()
    rest = [dataset, *graph.subjects(FOAF.primaryTopic, dataset)]
    while rest:
        node = rest.pop()
        is_head = any((node, RDF.type, kind) in graph for kind in HEADS)
        if node in seen or isinstance(node, Literal) or (is_head and node != dataset):
            continue
        seen.add(node)
        rest += [o for p, o in graph.predicate_objects(node) if p not in (RDF.type, FOAF.primaryTopic)]
    return seen


# NDE ----------------------------------------------------------------------------------------------------

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}.*)?", re.ASCII)
DATES = {XSD.date, XSD.dateTime} | {
    URIRef(f"{scheme}://schema.org/{kind}") for scheme in ("http", "https") for kind in ("Date", "DateTime")
}
TIME = r"\d{4}(-\d{2}(-\d{2})?)?"
INTERVAL = re.compile(rf"{TIME}/({TIME}|\.\.)?|(\.\.)?/{TIME}", re.ASCII)


def on_web(node: Node) -> bool:
    """Return whether a value is an IRI with http or https."""
    return isinstance(node, URIRef) and str(node).startswith(("http://", "https://"))


def nde(graph: Graph, dataset: Node) -> int:
    """Return the rating of a dataset: 100 less a penalty for each path at which there is a result."""

    def all_of(predicate: URIRef) -> list[Node]:
        return list(graph.objects(dataset, predicate))

    def typed(node: Node, *kinds: URIRef) -> bool:
        return any((node, RDF.type, kind) in graph for kind in kinds)

    def bad_date(predicate: URIRef) -> bool:
        dates = all_of(predicate)
        return len(dates) != 1 or not (
            isinstance(dates[0], Literal)
            and dates[0].datatype in DATES
            and DAY.fullmatch(str(dates[0])) is not None
            and not (dates[0].datatype in (XSD.date, XSD.dateTime) and dates[0].ill_typed)
        )

    texts = all_of(DCT.description)
    is_text = [isinstance(t, Literal) and (t.language is not None or t.datatype in (None, XSD.string)) for t in texts]
    untagged = [t for t, fine in zip(texts, is_text, strict=True) if fine and isinstance(t, Literal) and not t.language]
    files, creators = all_of(DCAT.distribution), all_of(DCT.creator)
    places, periods = all_of(DCT.spatial), all_of(DCT.temporal)
    times = [
        on_web(p) or typed(p, DCT.PeriodOfTime) or (isinstance(p, Literal) and INTERVAL.fullmatch(str(p)) is not None)
        for p in periods
    ]
    rating = 100
    rating -= 20 if not texts or not all(is_text) or len(untagged) > 1 else 0
    rating -= 20 if not files or not all(typed(file, DCAT.Distribution) for file in files) else 0
    agents = (FOAF.Organization, FOAF.Person, FOAF.Agent)
    rating -= 10 if not creators or not all(typed(who, *agents) for who in creators) else 0
    rating -= 10 if bad_date(DCT.created) and bad_date(DCT.issued) else 0
    rating -= 5 if bad_date(DCT.modified) else 0
    rating -= 5 if (not places or not all(map(on_web, places))) and (not periods or not all(times)) else 0
    return rating - (0 if all_of(DCT.language) else 5)


# udata --------------------------------------------------------------------------------------------------

WITHIN = {"DAILY": 1, "MONTHLY": 31, "ANNUAL": 366, "BIENNIAL": 731}
UNBOUND = {"NEVER", "IRREG"}
"""The frequencies of the catalogues by which this is tried."""


def udata(graph: Graph, dataset: Node, today: date) -> dict[str, bool]:
    """Return the criteria of udata that need no address."""
    files = own(graph, dataset)
    frequencies = list(graph.objects(dataset, DCT.accrualPeriodicity))
    codes = {code(each, "frequency") for each in frequencies}
    assert codes - {""} <= {*WITHIN, *UNBOUND, "UNKNOWN"}, "say here within how many days an update is due"
    days = []
    for value in graph.objects(dataset, DCT.modified):
        try:
            days.append(date.fromisoformat(str(value)[:10]))
        except ValueError:
            continue
    return {
        "licence": any((node, DCT.license, None) in graph for node in (dataset, *files)),
        "temporal-coverage": (dataset, DCT.temporal, None) in graph,
        "spatial-coverage": (dataset, DCT.spatial, None) in graph,
        "update-frequency": bool(codes & set(FREQUENCIES) - {"UNKNOWN"}),
        "in-time": any(
            each in UNBOUND or (each in WITHIN and day + timedelta(days=WITHIN[each]) >= today)
            for each in codes
            for day in days
        ),
        "long-description": any(len(str(text)) > 100 for text in graph.objects(dataset, DCT.description)),
        "open-format": any(interoperable(graph, file)["formatMediaTypeNonProprietary"] for file in files),
        "documented": any(
            (file, DCT.description, None) in graph
            or any(str(kind).lower().endswith("documentation") for kind in graph.objects(file, DCT.type))
            for file in files
        ),
    }
