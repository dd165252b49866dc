"""Any catalogue from outside -> a graph, what is wrong with how it is written, and what is worth a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ogp_data.checks.incoming import iris, paging
from ogp_data.checks.incoming.documents import Document, read_document
from ogp_data.checks.incoming.lines import Lines, nowhere
from ogp_data.checks.incoming.material import fetched, is_address, obtained
from ogp_data.checks.incoming.pieces import Broken
from ogp_data.checks.incoming.statements import Gathering
from ogp_data.checks.incoming.words import plain
from ogp_data.core import web
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, changed, reason, sentences


@dataclass(frozen=True, slots=True)
class Reading:
    """How a catalogue is to be read: how far requests go, what relative IRIs begin from, whether pages are followed."""

    bounds: web.Bounds = field(default_factory=web.Bounds)
    base: str = ""
    """"": where the file or address is."""
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was read: an empty graph where nothing could be, and then a finding that says why."""

    graph: Graph
    findings: list[Finding]
    notes: list[Message] = field(default_factory=list)
    lines: Callable[[str], int | None] = nowhere
    """IRI -> the line on which a thing is described; of what is at an address nobody has the lines before them."""

    @property
    def is_readable(self) -> bool:
        """Return whether anything could be read."""
        return len(self.graph) > 0


def read(source: str, wanted: Reading | None = None) -> Incoming:
    """Return what a file, an address or standard input ("-") says, with a finding for each thing that is wrong."""
    wanted = wanted or Reading()
    try:
        material = obtained(source, wanted.bounds, wanted.base)
        document = read_document(material, wanted.bounds)
        told = list(_pages(document, wanted))
    except (OSError, web.RefusedError) as fault:
        return Incoming(Graph(), [_unreadable(source, fault)])
    graph = document.gathering.graph
    found = [*_faults(document, source), *(one for one in told if isinstance(one, Finding))]
    found += iris.invalid(graph, source)
    if document.material.base.startswith("file:"):
        found += iris.local(graph, source)
    notes = [*document.notes, *(one for one in told if isinstance(one, Message))]
    return Incoming(graph, found, notes, nowhere if is_address(source) else Lines(material))


def _pages(document: Document, wanted: Reading) -> Iterator[Finding | Message]:
    """Read the pages that follow a document, or yield that they were not read."""
    first = document.gathering
    if not wanted.follow or not paging.next_page(first.graph):
        return paging.note(first.graph)

    def read_page(url: str) -> tuple[Gathering, list[Finding]]:
        page = read_document(fetched(url, wanted.bounds), wanted.bounds)
        return page.gathering, _faults(page, url)

    return paging.follow(first, document.material.base, read_page, wanted.bounds.pause)


def _faults(document: Document, source: str) -> list[Finding]:
    return [_told(one, source) for one in document.broken]


def _unreadable(source: str, fault: Exception) -> Finding:
    why = getattr(fault, "strerror", None) or reason(fault)
    told = changed(why, plain) if isinstance(why, Message) else plain(why)
    hint = getattr(fault, "hint", "")
    # Who named a file is at fault where it is not there, not who wrote what is in it.
    rule = "missing-file" if isinstance(fault, OSError) and not is_address(source) else "unreadable-catalogue"
    return finding(rule, Message("{reason}.", reason=told), Place(file=source), hint)


def _told(broken: Broken, source: str) -> Finding:
    from ogp_data.core.places import Line  # with all other kinds of places, which a sound file needs none of

    at = Line(broken.line) if broken.line else None
    missing = Message("What is reported as missing may stand in what was not read.") if broken.is_unread else ""
    return finding("broken-syntax", sentences(broken.words, missing), Place(file=source, at=at))
