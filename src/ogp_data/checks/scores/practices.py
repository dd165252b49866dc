"""The 35 Data on the Web Best Practices of W3C, https://www.w3.org/TR/dwbp/, as far as a catalogue alone shows them.

An answer is yes, no, or that nobody can tell from a catalogue: whether an address lasts is in no metadata.
"""

from __future__ import annotations

from collections.abc import Callable

from ogp_data.checks.scores.measures import Outcome, share
from ogp_data.checks.scores.udata import in_time
from ogp_data.checks.scores.view import Resources, View
from ogp_data.core.messages import Message, listed
from ogp_data.core.namespaces import ADMS, DCAT, DCATAP, DCT, DQV, FOAF, PROV, VOID
from ogp_data.core.terms import Iri, Term

Answer = tuple[bool, bool, str]
"""Whether a practice is met, whether that can be told at all, and the evidence."""
Ask = Callable[[View], Answer]

FORMAT = DCT["format"]
RDF_TYPES = frozenset({"JSON_LD", "RDF_TURTLE", "RDF_XML", "RDF_N_TRIPLES", "RDF_N_QUADS", "RDF_TRIG"})
NOT_TOLD = Message("cannot be determined from the catalogue")
NO_SERVICE = Message("no data service is described")


def _all(view: View, passing: Resources, says: str) -> Answer:
    met, count = share(view, passing)
    evidence = Message("{met} of {count} datasets {says}", met=met, count=count, says=says)
    return met == count > 0, True, evidence


def _every(*predicates: Iri) -> Ask:
    names = listed((predicate.value.rpartition("/")[2].rpartition("#")[2] for predicate in predicates), Message(" or "))

    def ask(view: View) -> Answer:
        met, count = share(view, view.having(*predicates))
        evidence = Message("{met} of {count} datasets have {names}", met=met, count=count, names=names)
        return met == count > 0, True, evidence

    return ask


def _files(passing: Callable[[View], Resources], says: str) -> Ask:
    return lambda view: _all(view, view.with_files(passing(view)), says)


def _code(view: View, file: int) -> str:
    concepts = (view.concept(value, "file-type") for value in view.values(file, FORMAT))
    return next((concept.code for concept in concepts if concept), "")


def _rdf(view: View) -> Resources:
    def is_rdf(value: Term) -> bool:
        concept = view.concept(value, "file-type")
        return concept is not None and concept.code in RDF_TYPES

    return view.some(FORMAT, is_rdf)


def _typed(view: View) -> Answer:
    met, _, evidence = _files(_rdf, Message("have a file with typed values"))(view)
    # Other files can be neutral as well, or not: no metadata says how their numbers and dates are written.
    return met, met, evidence


def _formats(view: View) -> Answer:
    several = {dataset for dataset, files in view.files.items() if len({_code(view, f) for f in files} - {""}) > 1}
    return _all(view, several, Message("come in more than one format"))


def _persistent(view: View) -> Answer:
    names = [view.graph.term(dataset) for dataset in view.datasets]
    # Such a name is an IRI like any other, and will certainly not last.
    if reserved := sum("//example." in name.value for name in names):
        return False, True, Message("{count} datasets have a name reserved for examples", count=reserved)
    named = sum(isinstance(name, Iri) and name.value.startswith(("http://", "https://")) for name in names)
    evidence = Message("{named} datasets have an http(s) IRI; whether it lasts", named=named)
    return named == len(names) > 0, True, evidence


def _subsets(view: View) -> Answer:
    met, count = share(view, view.having(VOID.subset, DCT.hasPart))
    evidence = Message("{met} of {count} datasets name parts of theirs", met=met, count=count)
    return met > 0, met > 0, evidence


def _services(view: View) -> set[int]:
    graph = view.graph
    named = {graph.number(service) for p in (DCAT.service, DCAT.accessService) for _, service in graph.pairs(p)}
    return named | view.of_class(DCAT.DataService)


def _has_service(view: View) -> Answer:
    count = len(_services(view))
    return count > 0, True, Message("{count} data services are described", count=count)


def _each_service(*predicates: Iri) -> Ask:
    """Return the question whether each data service has one of the properties; nobody can tell where there is none."""

    def ask(view: View) -> Answer:
        services = _services(view)
        met = len(services & set(view.having(*predicates)))
        evidence = Message("{met} of {count} data services say so", met=met, count=len(services))
        return met == len(services) > 0, bool(services), evidence if services else NO_SERVICE

    return ask


def _untold(_view: View) -> Answer:
    return False, False, NOT_TOLD


def _cited(view: View) -> Answer:
    met, judged, evidence = _every(DCT.source, PROV.wasDerivedFrom)(view)
    # A dataset that was made from no other has nothing to cite.
    return met, judged and bool(share(view, view.having(DCT.source, PROV.wasDerivedFrom))[0]), evidence


QUESTIONS: tuple[tuple[str, Ask], ...] = (
    (Message("provide metadata"), _every(DCT.title)),
    (Message("provide descriptive metadata"), _every(DCT.description)),
    (Message("provide structural metadata"), _every(DCT.conformsTo)),
    (Message("provide data license information"),
     _files(lambda view: view.having(DCT.license), Message("name a licence"))),
    (Message("provide data provenance information"),
     _every(PROV.wasGeneratedBy, PROV.wasDerivedFrom, DCT.provenance, DCT.source)),
    (Message("provide data quality information"),
     _every(DQV.hasQualityMeasurement, DQV.hasQualityAnnotation, DQV.hasQualityMetadata)),
    (Message("provide a version indicator"), _every(DCAT.version)),
    (Message("provide version history"), _every(ADMS.versionNotes, DCAT.previousVersion)),
    (Message("use persistent URIs as identifiers of datasets"), _persistent),
    (Message("use persistent URIs as identifiers within datasets"),
     _files(_rdf, Message("are also published as RDF"))),
    (Message("assign URIs to dataset versions and series"), _every(DCAT.inSeries, DCAT.hasVersion)),
    (Message("use machine-readable standardized data formats"),
     _files(lambda view: view.file_type("machine-readable"), Message("have a machine-readable file"))),
    (Message("use locale-neutral data representations"), _typed),
    (Message("provide data in multiple formats"), _formats),
    (Message("reuse vocabularies, preferably standardized ones"), _every(DCAT.theme)),
    (Message("choose the right formalization level"), _untold),
    (Message("provide bulk download"),
     _files(lambda view: view.having(DCAT.downloadURL), Message("can be downloaded whole"))),
    (Message("provide subsets for large datasets"), _subsets),
    (Message("use content negotiation for serving data available in multiple formats"), _untold),
    (Message("provide real-time access"), _untold),
    (Message("provide data up to date"), lambda view: _all(view, in_time(view), Message("are not overdue"))),
    (Message("provide an explanation for data that is not available"), _every(DCATAP.availability)),
    (Message("make data available through an API"), _has_service),
    (Message("use web standards as the foundation of APIs"), _each_service(DCT.conformsTo, DCAT.endpointDescription)),
    (Message("provide complete documentation for your API"),
     _each_service(DCAT.endpointDescription, FOAF.page, DCAT.landingPage)),
    (Message("avoid breaking changes to your API"), _untold),
    (Message("preserve identifiers"), _untold),
    (Message("assess dataset coverage"), _every(DCT.temporal, DCT.spatial)),
    (Message("gather feedback from data consumers"), _every(DCAT.contactPoint)),
    (Message("make feedback available"), _untold),
    (Message("enrich data by generating new data"), _untold),
    (Message("provide complementary presentations"), _every(DCAT.landingPage, FOAF.page)),
    (Message("provide feedback to the original publisher"), _untold),
    (Message("follow licensing terms"), _untold),
    (Message("cite the original publication"), _cited),
)  # fmt: skip
"""The practices in their order, each with what is asked of a catalogue."""


def practices(view: View) -> tuple[Outcome, ...]:
    """Return the answer for each of the practices."""
    return tuple(_outcome(name, *ask(view)) for name, ask in QUESTIONS)


def _outcome(name: str, met: bool, judged: bool, evidence: str) -> Outcome:
    return Outcome(name, met, evidence, judged)
