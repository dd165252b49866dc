"""What Google's Dataset Search reads of schema.org, as far as a catalogue could fill it on each dataset's page."""

from __future__ import annotations

from collections.abc import Callable

from ogp_data.checks.scores.measures import Measure, Scale
from ogp_data.checks.scores.view import Resources, View
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, PROV
from ogp_data.core.terms import Iri, Literal, Term

SHORTEST, LONGEST = 50, 5000


def _says(*predicates: Iri) -> Callable[[View], Resources]:
    """Return which datasets have a value for one of the properties, themselves or in a file."""

    def says(view: View) -> Resources:
        having = view.having(*predicates)
        return view.with_files(having).union(having)

    return says


def _listed(view: View) -> Resources:
    return {view.graph.number(dataset) for _, dataset in view.graph.pairs(DCAT.dataset)}


def _fitting(view: View) -> Resources:
    """Return which datasets have a description of a length that Google takes."""

    def fits(text: Term) -> bool:
        return not isinstance(text, Literal) or SHORTEST <= len(text.value) <= LONGEST

    return view.every(DCT.description, fits) & view.some(DCT.description, lambda text: isinstance(text, Literal))


PROPERTIES: tuple[tuple[str, Callable[[View], Resources]], ...] = (
    ("name", _says(DCT.title)),
    ("description", _says(DCT.description)),
    ("alternateName", _says(DCT.alternative)),
    ("creator", _says(DCT.creator)),
    ("identifier", _says(DCT.identifier)),
    ("isAccessibleForFree", _says(DCT.accessRights)),
    ("keywords", _says(DCAT.keyword)),
    ("license", _says(DCT.license)),
    ("spatialCoverage", _says(DCT.spatial)),
    ("temporalCoverage", _says(DCT.temporal)),
    ("version", _says(DCAT.version)),
    ("url", _says(DCAT.landingPage)),
    ("includedInDataCatalog", _listed),
    ("isBasedOn", _says(DCT.source, PROV.wasDerivedFrom)),
    ("distribution", _says(DCAT.distribution)),
)
"""Property of schema.org's Dataset -> which datasets say it."""

GOOGLE = Scale(
    "google",
    (
        *(Measure(name, name, 1, "dataset", passing) for name, passing in PROPERTIES),
        Measure("length", Message("description of 50 to 5,000 characters"), 1, "dataset", _fitting),
    ),
)
