"""Metadata Quality Assurance of data.europa.eu: 405 points, of which 80 need published addresses.

https://data.europa.eu/mqa/methodology. A metric's points are shared out evenly over the datasets, and where it is
counted on distributions, over those of each dataset; for interoperability a dataset's best distribution counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from ogp_data.checks.scores.measures import OPEN, Counted, Measure, Scale
from ogp_data.checks.scores.view import Resources, View
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, curie
from ogp_data.core.terms import Iri, Term

Passing = Callable[[View], Resources]

FORMAT = DCT["format"]

FIND, ACCESS, INTEROP, REUSE, CONTEXT = (
    Message("findability"),
    Message("accessibility"),
    Message("interoperability"),
    Message("reusability"),
    Message("contextuality"),
)

CODES = Message("Use codes of the EU's file types and of IANA's media types.")
KNOWN = Message("Give a licence of the EU's list, or its web address.")
RIGHTS = Message("Give access rights of the EU's list.")
SHAPES = Message("Mend what breaks the shapes of DCAT-AP (ogp-data validate --profile dcat-ap).")
ANSWERS = Message("See to it that the address answers.")


def _has(*predicates: Iri) -> Passing:
    return lambda view: view.having(*predicates)


def _answers(predicate: Iri) -> Passing:
    return lambda view: view.answering(predicate)


def _aligned(view: View) -> Resources:
    return view.listed(FORMAT, "file-type") & view.listed(DCAT.mediaType, "media-type")


def known_licence(view: View) -> Resources:
    """Return the files of which all licences are known: of the EU's list, or said to be the same as one of it."""
    matched = view.matched

    def is_known(licence: Term) -> bool:
        return view.is_known(licence) or view.graph.number(licence) in matched

    return view.every(DCT.license, is_known)


def only_matched(view: View) -> int:
    """Return how many licences of files are known through skos:exactMatch alone."""
    files = {file for own in view.files.values() for file in own}
    licences = {licence for file in files for licence in view.graph.values_of(file, view.graph.number(DCT.license))}
    return sum(licence in view.matched and not view.is_known(view.graph.term(licence)) for licence in licences)


def complying(view: View) -> Resources:
    """Return the datasets that keep to DCAT-AP's own shapes, they and all that is part of them."""
    return view.owners.datasets - view.owners.touched(view.faulty)


def _metric(
    dimension: str, label: str, name: str, points: int, on: Counted, passing: Passing, of: Sequence[Iri], mend: str = ""
) -> Measure:
    live = name.endswith("StatusCode")
    return Measure(name, label, points, on, passing, tuple(of), mend, dimension=dimension, live=live)


def _given(dimension: str, name: str, points: int, on: Counted, predicate: Iri) -> Measure:
    """Return the metric that a property is given."""
    return _metric(dimension, curie(predicate.value), name, points, on, _has(predicate), (predicate,))


METRICS = (
    _given(FIND, "keywordAvailability", 30, "dataset", DCAT.keyword),
    _given(FIND, "categoryAvailability", 30, "dataset", DCAT.theme),
    _given(FIND, "spatialAvailability", 20, "dataset", DCT.spatial),
    _given(FIND, "temporalAvailability", 20, "dataset", DCT.temporal),
    _metric(ACCESS, Message("accessURL answers"), "accessUrlStatusCode", 50, "files", _answers(DCAT.accessURL),
            (DCAT.accessURL,), ANSWERS),
    _metric(ACCESS, Message("downloadURL given"), "downloadUrlAvailability", 20, "files", _has(DCAT.downloadURL),
            (DCAT.downloadURL,)),
    _metric(ACCESS, Message("downloadURL answers"), "downloadUrlStatusCode", 30, "files", _answers(DCAT.downloadURL),
            (DCAT.downloadURL,), ANSWERS),
    _given(INTEROP, "formatAvailability", 20, "best", FORMAT),
    _given(INTEROP, "mediaTypeAvailability", 10, "best", DCAT.mediaType),
    _metric(INTEROP, Message("format and media type of the lists"), "formatMediaTypeVocabularyAlignment", 10, "best",
            _aligned, (FORMAT, DCAT.mediaType), CODES),
    _metric(INTEROP, Message("non-proprietary format"), "formatMediaTypeNonProprietary", 20, "best",
            lambda view: view.file_type("non-proprietary"), (FORMAT,), OPEN),
    _metric(INTEROP, Message("machine-readable format"), "formatMediaTypeMachineInterpretable", 20, "best",
            lambda view: view.file_type("machine-readable"), (FORMAT,), OPEN),
    _metric(INTEROP, Message("conforms to DCAT-AP"), "dcatApCompliance", 30, "dataset", complying, (), SHAPES),
    _given(REUSE, "licenceAvailability", 20, "files", DCT.license),
    _metric(REUSE, Message("licence of the known list"), "knownLicence", 10, "files", known_licence, (DCT.license,),
            KNOWN),
    _given(REUSE, "accessRightsAvailability", 10, "dataset", DCT.accessRights),
    _metric(REUSE, Message("access rights of the list"), "accessRightsVocabularyAlignment", 5, "dataset",
            lambda view: view.listed(DCT.accessRights, "access-right"), (DCT.accessRights,), RIGHTS),
    _given(REUSE, "contactPointAvailability", 20, "dataset", DCAT.contactPoint),
    _given(REUSE, "publisherAvailability", 10, "dataset", DCT.publisher),
    _given(CONTEXT, "rightsAvailability", 5, "files", DCT.rights),
    _given(CONTEXT, "byteSizeAvailability", 5, "files", DCAT.byteSize),
    _given(CONTEXT, "dateIssuedAvailability", 5, "either", DCT.issued),
    _given(CONTEXT, "dateModifiedAvailability", 5, "either", DCT.modified),
)  # fmt: skip

MQA = Scale("mqa", METRICS)
RATINGS = ((351, "Excellent"), (221, "Good"), (121, "Sufficient"), (0, "Bad"))


def rating(points: Fraction) -> str:
    """Return the rating that data.europa.eu gives to a number of points."""
    return next(name for least, name in RATINGS if points >= least)
