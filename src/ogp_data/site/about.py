"""Material -> the page about the site: who made it, of which document, how, how sure it is, and what one may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ogp_data.core.framed import ABOUT, beginning
from ogp_data.core.licences import licence_terms
from ogp_data.core.messages import Message, language_name
from ogp_data.core.publication import Publication
from ogp_data.core.reasons import REASONS
from ogp_data.core.words import Text, Words
from ogp_data.site import formatting as show
from ogp_data.site.context import Material
from ogp_data.site.faults import PATH as FINDINGS
from ogp_data.site.page import Page, page_jsonld
from ogp_data.site.reporting import reporting_on
from ogp_data.site.roles import taking

PATH = ABOUT


def about_page(material: Material, catalogue: Sequence[tuple[str, str, Text]]) -> Page:
    """Return the page about the site; `catalogue` are the files of the catalogue."""
    title = Message("About this site")
    summary = Message(
        "Who made this site, of which document, what was done with it, how sure it is, and how to report an error."
    )
    return Page(
        PATH,
        "about.html",
        title,
        summary,
        partial(_shown, material),
        catalogue,
        partial(page_jsonld, material.publication, title),
    )


def _shown(material: Material, language: str) -> Mapping[str, Any]:
    publication = material.publication
    d = publication.declaration
    files = zip(publication.source_files, publication.source_paths, strict=True)
    return {
        "made_by": [beginning(said.of(language)) for said in _makers(publication)],
        "written_in": language_name(d.language, language),
        "source_files": list(files) if d.source.publish else [],
        "words": material.figures,
        "aside": list(set_aside(material)),
        "unread": material.laid.unread,
        "corrected": _corrected(material),
        "has_pages": any(reason in material.figures.aside for reason in ("page-number", "running-header", "separator")),
        "faults": len(material.faults.rows) if material.parts.findings else None,
        "findings_page": FINDINGS,
        "terms": licence_terms(d.licence),
        "earlier": publication.earlier,
        "edition": publication.compared,
        "report_address": reporting_on(publication, language),
        "citation": show.citation(publication, d.title, publication.names.dataset("catalog"), language),
    }


def _makers(publication: Publication) -> Iterator[Message]:
    """Yield who publishes the site, and who made the data where that is somebody else."""
    d, agents = publication.declaration, publication.shared.agents
    yield Message("{name} publishes this site and its data.", name=agents[d.publisher].sentence)
    if d.creator != d.publisher:
        yield Message("{name} made the data.", name=agents[d.creator].sentence)


def set_aside(material: Material) -> Iterator[tuple[Text, int]]:
    """Yield why words of the document are in no table, with how many, the most first."""
    for reason, count in sorted(material.figures.aside.items(), key=lambda one: (-one[1], one[0])):
        yield REASONS.get(reason, Words(und=reason)), count


def _corrected(material: Material) -> int:
    """Return how many texts are published in other words than the document's."""
    spec = material.parts.findings
    status = taking(spec, "status") if spec else None
    cells = (row.cell(status) for row in material.faults.rows)
    return sum(1 for cell in cells if cell and cell.value in ("corrected", "withheld"))
