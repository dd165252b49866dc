"""Catalogues that come in pages, as portals serve them: which page comes next, and how many there are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count

from ogp_data.checks.incoming.statements import Gathering
from ogp_data.checks.incoming.words import plain
from ogp_data.core import bounds as most
from ogp_data.core import terminal, web
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import HYDRA
from ogp_data.core.terms import Blank, Iri, Term

_NEXT = (HYDRA.next, HYDRA.nextPage)


def next_page(graph: Graph) -> str:
    """Return the address of the page after this one; "" where there is none."""
    return min((value.value for term in _NEXT for value in _following(graph, term)), default="")


def _following(graph: Graph, term: Iri) -> Iterator[Term]:
    """Yield what a property names as the next page, where that has an address."""
    return (value for _, value in graph.pairs(term) if value.value and not isinstance(value, Blank))


def pages_of(graph: Graph) -> int:
    """Return how many pages a catalogue has; 0 where the page does not say so."""
    items, each = _number(graph, HYDRA.totalItems), _number(graph, HYDRA.itemsPerPage) or _number(graph, HYDRA.limit)
    return -(-items // each) if items and each else 0


def _number(graph: Graph, term: Iri) -> int:
    return max((int(value.value) for _, value in graph.pairs(term) if value.value.isdecimal()), default=0)


def note(graph: Graph) -> Iterator[Message]:
    """Yield that there are pages which were not read."""
    url, pages = terminal.line(next_page(graph)), pages_of(graph)
    if not url:
        if any(isinstance(value, Blank) for term in _NEXT for _, value in graph.pairs(term)):
            yield Message("The catalogue says that a page follows, a page without an address.")
        return
    if pages:
        yield Message(
            "This is one page of {pages:,}; the next is {url} (--follow reads them all).", pages=pages, url=url
        )
    else:
        yield Message("This is one page of several; the next is {url} (--follow reads them all).", url=url)


def follow(
    whole: Gathering, base: str, read_page: Callable[[str], tuple[Gathering, list[Finding]]], pause: float
) -> Iterator[Finding | Message]:
    """Add all pages that follow the first one, which is in `whole`; yield what is wrong with them, and their number."""
    url, seen, late = next_page(whole.graph), {base}, time.monotonic() + most.FOLLOW_SECONDS
    for number in count(1):
        if not url:
            yield Message("{pages:,} pages were read.", pages=number)
            return
        if (words := _too_far(url, seen, late)) is not None:
            yield finding("broken-paging", words, Place(file=base))
            return
        seen.add(url)
        time.sleep(pause)
        try:
            page, found = read_page(url)
            yield from found
            whole.absorb(page)
        except web.RefusedError as fault:
            words = Message("The page {url} cannot be read: {reason}.", url=terminal.line(url), reason=plain(fault))
            yield finding("broken-paging", words, Place(file=base))
            return
        url = next_page(page.graph)


def _too_far(url: str, seen: set[str], late: float) -> Message | None:
    """Return why the next page is not read; None when it is."""
    if url in seen:
        return Message("The pages lead round in a circle, back to {url}.", url=terminal.line(url))
    if len(seen) >= most.PAGES:
        return Message("There are more than {pages:,} pages.", pages=most.PAGES)
    if time.monotonic() > late:
        return Message("After {seconds:,.0f} seconds the last page is still to come.", seconds=most.FOLLOW_SECONDS)
    return None
