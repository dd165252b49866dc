"""Every way in that is searched."""

from __future__ import annotations

from fuzz.catalogues import CATALOGUES
from fuzz.declarations import DECLARATIONS
from fuzz.deliveries import DELIVERIES
from fuzz.documents import DOCUMENTS
from fuzz.publications import PUBLICATIONS
from fuzz.requests import REQUESTS
from fuzz.sparql import SPARQL
from fuzz.spoilt_documents import SPOILT
from fuzz.target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (DOCUMENTS, DECLARATIONS, PUBLICATIONS, CATALOGUES, REQUESTS, SPARQL, DELIVERIES, SPOILT)
}
