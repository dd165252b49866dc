"""Catalogues in four syntaxes, damaged as graphs and as texts -> findings and scores."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pyoxigraph as ox
from hypothesis import assume
from hypothesis import strategies as st

from fuzz.damage import broken_bytes, texts
from fuzz.target import TESTS, BrokenError, Case, Check, Target, told
from ogp_data.checks import foreign as catalogues
from ogp_data.checks import scored
from ogp_data.checks.reports.data import finding_as_dict as as_dict
from ogp_data.checks.scores import report

FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
BASE = "https://data.example.nl/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = (
    "date",
    "dateTime",
    "gYear",
    "gYearMonth",
    "integer",
    "decimal",
    "duration",
    "boolean",
    "anyURI",
    "nonNegativeInteger",
    "x",
)

# Graphs -------------------------------------------------------------------------------------------------

Node = Any


@cache
def sound() -> tuple[ox.Triple, ...]:
    """Return a catalogue that keeps every rule."""
    content = (TESTS / "catalogues" / "conforming.ttl").read_bytes()
    return tuple(quad.triple for quad in ox.parse(content, ox.RdfFormat.TURTLE, base_iri=BASE))


@cache
def predicates() -> list[ox.NamedNode]:
    return sorted({triple.predicate for triple in sound()}, key=str)


@cache
def nodes() -> list[Node]:
    return sorted({triple.subject for triple in sound()}, key=str)


def _iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.NamedNode(BASE)


def _literal(text: str, kind: str, language: str) -> ox.Literal:
    try:
        return ox.Literal(text, language=language) if language else ox.Literal(text, datatype=_iri(XSD + kind))
    except ValueError:
        return ox.Literal(text)


literals = st.builds(
    _literal, texts, st.sampled_from(TYPES), st.sampled_from(("", "", "nl", "en", "x-y-z", "nl-NL", "ar--rtl"))
)
terms = st.one_of(
    literals,
    st.sampled_from(
        (ox.BlankNode("a"), ox.BlankNode("b"), _iri("urn:x"), _iri("mailto:x"), _iri("tel:1"), _iri("file:///x"))
    ),
    texts.map(_iri),
    st.deferred(lambda: st.sampled_from([triple.object for triple in sound()])),
    st.deferred(lambda: st.sampled_from(nodes())),
)


@st.composite
def graphs(draw: st.DrawFn) -> list[ox.Triple]:
    """Return a catalogue with some triples lost, changed or added."""
    triples = list(sound())
    if draw(st.booleans()):  # a small one: each triple may be there
        few = draw(st.lists(st.sampled_from(triples), min_size=1, max_size=12))
        triples = [triple for triple in triples if triple in few or triple.predicate.value.endswith("#type")]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(triples) - 1))
        old = triples[at]
        match draw(st.sampled_from(("object", "object", "predicate", "subject", "drop", "add", "name", "blank"))):
            case "object":
                triples[at] = ox.Triple(old.subject, old.predicate, draw(terms))
            case "predicate":
                triples[at] = ox.Triple(old.subject, draw(st.sampled_from(predicates())), old.object)
            case "subject":
                triples[at] = ox.Triple(draw(st.sampled_from(nodes())), old.predicate, old.object)
            case "add":
                triples.append(
                    ox.Triple(draw(st.sampled_from(nodes())), draw(st.sampled_from(predicates())), draw(terms))
                )
            case "drop" if len(triples) > 1:
                del triples[at]
            case "name":
                triples = [_renamed(triple, old.subject, _iri(draw(texts))) for triple in triples]
            case "blank":
                triples = [_renamed(triple, old.subject, ox.BlankNode("c")) for triple in triples]
    return triples


def _renamed(triple: ox.Triple, old: Node, new: Node) -> ox.Triple:
    subject, value = (new if term == old else term for term in (triple.subject, triple.object))
    return ox.Triple(subject, triple.predicate, value)


# Texts --------------------------------------------------------------------------------------------------

COMMON = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"<",
    b">",
    b'"',
    b"\\",
    b"\\u0000",
    b"\\uD800",
    b"&#0;",
    b"\r",
    b"\xc3\xa9",
)
PIECES: dict[str, tuple[bytes, ...]] = {
    ".ttl": (
        *(
            b"[" * 600,
            b"(" * 600,
            b"[]",
            b"()",
            b"@prefix : <x> .",
            b"@base <//> .",
            b"<< :a :b :c >>",
            b"# ",
            b"'''",
            b'"""',
        ),
        *(
            b"BASE <a:b>",
            b"^^",
            b"^^:x",
            b"@nl",
            b"@nl--ltr",
            b" .",
            b" ;",
            b" ,",
            b"a",
            b"true",
            b"1e",
            b"_:x",
            b":\\-",
            b"{",
            b"}",
        ),
    ),
    ".nt": (b" .", b"_:b", b"<x>", b"<http://[>", b"@", b"^^<x>", b"#", b"\n", b"<< <a:b> <a:b> <a:b> >>", b"<a:b>"),
    ".rdf": (
        *(
            b"<!DOCTYPE x>",
            b"<!ENTITY x 'y'>",
            b"&x;",
            b"<?xml version='1.1'?>",
            b"<?xml encoding='utf-16'?>",
            b"<![CDATA[",
            b"<a>" * 600,
        ),
        *(
            b"<!--",
            b"xml:lang=''",
            b"xml:base='//'",
            b"rdf:parseType='Literal'",
            b"rdf:parseType='Collection'",
            b"rdf:ID='1'",
        ),
        *(
            b" rdf:nodeID='x'",
            b"<rdf:li/>",
            b"rdf:bagID='x'",
            b"xmlns:x=''",
            b"xmlns=''",
            b" x='y'",
            b"rdf:aboutEach='x'",
        ),
    ),
    ".jsonld": (
        *(
            b"[" * 600,
            b'{"a":' * 600,
            b'"@context":"https://x.nl/"',
            b'"@context":{"@import":"x"}',
            b'"@graph":',
            b'"@id":1',
            b"null",
        ),
        *(
            b'{"@list":[]}',
            b'{"@set":[]}',
            b'"@reverse":{}',
            b'{"@value":[]}',
            b'"@type":"@json"',
            b'"@context":[]',
            b"NaN",
            b"1e400",
        ),
        *(
            b'"@version":1.1',
            b'"@base":"x"',
            b'"@vocab":"_:x"',
            b'"@included":[]',
            b'"@nest":{}',
            b"{}",
            b'"',
            b",",
            b"[",
            b"]",
            b'"\\ud800"',
        ),
    ),
}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a damaged catalogue in one of the four syntaxes."""
    suffix = draw(st.sampled_from(tuple(FORMS)))
    content = _written(draw(graphs()), suffix)
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2, 3)))):
        content = draw(broken_bytes(content, st.sampled_from((*COMMON, *PIECES[suffix]))))
    return Case(content, suffix)


def _written(triples: Sequence[ox.Triple], suffix: str) -> bytes:
    try:
        content = ox.serialize(triples, format=FORMS[suffix], prefixes={"dcat": "http://www.w3.org/ns/dcat#"})
    except ValueError:  # not every graph can be RDF/XML
        assume(False)
    assert content is not None
    return content


# What must hold -----------------------------------------------------------------------------------------

TODAY = date(2026, 11, 23)


@contextmanager
def opened(folder: Path) -> Iterator[Check]:
    """Yield the check of a catalogue: validated and scored, and nothing asked of the network."""

    def check(case: Case) -> str:
        path = folder / f"catalogue{case.suffix}"
        path.write_bytes(case.content)
        with _offline() as asked:
            findings = catalogues.validate(str(path)).findings
            quality, validation = scored.score(str(path), TODAY, probe=False)
        if asked:
            raise BrokenError("the network was asked", str(asked))
        said = told([*findings, *validation.findings]) + json.dumps(list(map(as_dict, findings)))
        if quality is None:
            if not validation.findings:
                raise BrokenError("no scores and no reason", said)
            return said.replace(str(folder), "")
        page = report.to_html(quality).decode()
        scored.write(quality, None, folder / "dqv.ttl", folder / "table.csv", per_dataset=True)
        list(ox.parse((folder / "dqv.ttl").read_bytes(), ox.RdfFormat.TURTLE))
        lines = list(report.as_lines(quality, 10, per_dataset=True, per_publisher=True))
        numbers = json.dumps(report.as_dict(quality, per_dataset=True, per_publisher=True))
        table = (folder / "table.csv").read_text(encoding="utf-8")
        return "".join((said, *lines, numbers, table, page)).replace(str(folder), "")

    yield check


@contextmanager
def _offline() -> Iterator[list[object]]:
    """Refuse to find any host, and yield what was asked for."""
    asked: list[object] = []

    def refuse(*address: object, **_: object) -> Any:
        asked.append(address)
        raise socket.gaierror("there is no network")

    with mock.patch("socket.getaddrinfo", refuse):
        yield asked


CATALOGUES = Target("catalogues", cases(), opened)
