"""Whether an IRI is one: RFC 3987 for its form, RFC 3986 for its parts. Each distinct one is judged once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ogp_data.checks.places import Places
from ogp_data.core import terminal
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.graph import LOW, SHIFT, Graph
from ogp_data.core.messages import Message
from ogp_data.core.terms import Iri, Literal, Term

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SOUND = re.compile(
    r"https?://[A-Za-z0-9.-]++(?::[0-9]++)?(?:/[\w/.?&=~:@!$*+,;'()-]*+)?(?:#[\w/.?&=~:@!$*+,;'()-]*+)?", re.A
)
"""Nearly every IRI: what does not look like this is looked at more closely."""
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ufff0-\uffff\ue000-\uf8ff]')
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://(?P<authority>[^/?#]*))?(?P<rest>.*)", re.DOTALL)
_HOST = re.compile(r"(?:[^@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|\[v[0-9A-Fa-f]+\.[^\[\]]+\]|[^\[\]:@]*)(?::(?P<port>.*))?")
_WEB = ("http:", "https:")


def judged(iri: str) -> Message | None:
    """Return what makes a text no IRI; None when it is one."""
    if _SOUND.fullmatch(iri):
        return None
    if found := _FORBIDDEN.search(iri):
        return Message("has {character} in it", character=_called(found[0]))
    if found := _PERCENT.search(iri):
        written = iri[found.start() : found.start() + 3]
        return Message("has {written} in it, where % must be followed by two hexadecimal digits", written=written)
    if not _SCHEME.match(iri):
        return Message("has no scheme such as https: and no address that it could be relative to is known")
    return _judged_parts(iri)


def _judged_parts(iri: str) -> Message | None:
    """Return what is wrong with the host or with what follows it."""
    parts = _AUTHORITY.fullmatch(iri)
    assert parts  # it has a scheme
    authority, rest = parts["authority"], parts["rest"]
    if "[" in rest or "]" in rest:
        return Message("has a square bracket in it, which only stands around the address of a host")
    if rest.count("#") > 1:
        return Message("has more than one # in it")
    if iri.lower().startswith(_WEB) and not authority:
        return Message("names no host behind its scheme")
    host = _HOST.fullmatch(authority or "")
    if host is None or not (host["port"] or "0").isdecimal():
        return Message("has a host or port that cannot be one")
    return None


def _called(character: str) -> str:
    """Return a character as people know it: most that are forbidden cannot be seen."""
    return (
        Message("a space")
        if character == " "
        else f"'{character}'"
        if character.isprintable()
        else f"U+{ord(character):04X}"
    )


def invalid(graph: Graph, file: str) -> Iterator[Finding]:
    """Find each IRI that is none, with the subjects and properties where it stands."""
    faults = {number: words for number, term in enumerate(graph.numbered()) if (words := _judged_term(term))}
    if not faults:
        return
    places, told = Places(graph, file), set[int]()
    for predicate in graph.predicate_numbers():
        if predicate in faults:
            yield _told(graph.term(predicate), faults[predicate], Place(file=file))
        for each in graph.column(predicate):
            subject, value = each >> SHIFT, each & LOW
            if value in faults:
                place = places.of(graph.term(subject), graph.term(predicate).value)
                yield _told(graph.term(value), faults[value], place)
            if subject in faults and subject not in told:
                told.add(subject)
                yield _told(graph.term(subject), faults[subject], places.of(graph.term(subject)))


def _judged_term(term: Term) -> Message | None:
    """Return what is wrong with an IRI, or with the datatype of a literal."""
    if isinstance(term, Iri):
        return judged(term.value)
    return _judged_datatype(term.datatype.value) if isinstance(term, Literal) else None


@cache
def _judged_datatype(iri: str) -> Message | None:
    return judged(iri)


def _told(term: Term, words: Message, place: Place) -> Finding:
    iri = term.datatype.value if isinstance(term, Literal) else term.value
    return finding("invalid-iri", Message("<{iri}> {words}.", iri=terminal.line(iri), words=words), place)


def local(graph: Graph, file: str) -> Iterator[Finding]:
    """Find IRIs that begin with file: outside this machine they lead nowhere. One finding for all of them."""
    found = sorted({term.value for term in graph.numbered() if isinstance(term, Iri) and term.value[:5] == "file:"})
    if found:
        message = Message(
            "IRIs name files of one machine, as relative ones do where no base is known: <{iri}> ({count:,} in all).",
            iri=terminal.line(found[0]),
            count=len(found),
        )
        yield finding("relative-iri", message, Place(file=file))
