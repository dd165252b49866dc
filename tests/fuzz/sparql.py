"""Queries by the grammar of SPARQL -> answers within their bounds; plain ones are answered as by another engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import rdflib
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fuzz.damage import broken_bytes, texts
from fuzz.served import Asking, asking
from fuzz.target import BrokenError, Case, Check, Target
from fuzz.texts import bars

BASE = "https://data.voorbeeld.nl/tiny/"
GRAPHS = tuple(f"{BASE}{name}" for name in ("themes", "commitments", "assessments"))
PLAIN = "# plain\n"
"""What plain queries begin with: those that both engines must answer alike."""
PREFIXES = """PREFIX dct: <http://purl.org/dc/terms/> PREFIX schema: <https://schema.org/>
PREFIX ogp: <https://w3id.org/ogp-data/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
PROPERTIES = (
    "a",
    "dct:title",
    "dct:identifier",
    "dct:date",
    "schema:position",
    "ogp:theme",
    "ogp:commitment",
    "ogp:progress",
    "ogp:evidence",
)
VARIABLES = ("?a", "?b", "?c", "?d")
NODES = (
    "ogp:Theme",
    "ogp:Commitment",
    f"<{BASE}themes#1>",
    f"<{BASE}commitments#C2>",
    '"Eerste punt"@nl',
    "1",
    "2",
    '"x"',
)

variables = st.sampled_from(VARIABLES)
properties = st.sampled_from(PROPERTIES)


def _of(template: str, *parts: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.tuples(*parts).map(lambda made: template.format(*made))


def _several(one: SearchStrategy[str], least: int, most: int, joint: str) -> SearchStrategy[str]:
    return st.lists(one, min_size=least, max_size=most).map(joint.join)


# Plain queries: what every engine must answer in the same way --------------------------------------------

_pattern = _of("{} {} {} .", variables, properties, st.one_of(variables, variables, st.sampled_from(NODES)))
_compared = _of(
    "{} {} {}", variables, st.sampled_from(("=", "!=")), st.one_of(variables, st.sampled_from(NODES[2:4] + NODES[5:7]))
)
_tested = st.one_of(
    _compared,
    _of("BOUND({})", variables),
    _of("!BOUND({})", variables),
    _of("isIRI({}) && {}", variables, _compared),
    _of('LANG({}) = "nl" || {}', variables, _compared),
)
_plain_group = st.one_of(
    _several(_pattern, 1, 3, " "),
    _of("{} OPTIONAL {{ {} }}", _several(_pattern, 1, 2, " "), _pattern),
    _of("{{ {} }} UNION {{ {} }}", _several(_pattern, 1, 2, " "), _several(_pattern, 1, 2, " ")),
    _of("{} FILTER({})", _several(_pattern, 1, 2, " "), _tested),
    _of("{} MINUS {{ {} }}", _several(_pattern, 1, 2, " "), _pattern),
    _of("{} VALUES ?a {{ {} }}", _several(_pattern, 1, 2, " "), st.sampled_from(NODES[2:])),
)
_heads = st.sampled_from(
    ("?a ?b ?c ?d", "DISTINCT ?a", "DISTINCT ?a ?b", "(COUNT(*) AS ?n)", "(COUNT(DISTINCT ?a) AS ?n)", "?b")
)
_selects = _of(PLAIN + PREFIXES + "SELECT {} WHERE {{ {} }}", _heads, _plain_group)
plain = st.one_of(_selects, _selects, _selects, _of(PLAIN + PREFIXES + "ASK {{ {} }}", _plain_group))

# Any query ----------------------------------------------------------------------------------------------

_SOUND = (
    "1",
    "-1",
    "1.5",
    "1e308",
    "true",
    "9" * 40,
    '""@nl',
    '"1"^^xsd:decimal',
    "'''a'b'''",
    '"2024-01-01"^^xsd:date',
)
_UNSOUND = ('"2024-13-01"^^xsd:date', '"x"^^xsd:integer', '"PT1H"^^xsd:duration', '"NaN"^^xsd:double', "1e999")
_ODD = (
    *(
        "<//x>",
        "<http://[>",
        "<\\u0020>",
        "<\\u000A>",
        "x:y",
        "a:",
        f"<{'x' * 3000}>",
        '"\\u0000"',
        '"\\uD800"',
        "?",
        "$a",
    ),
    *(
        "_:b",
        "[]",
        "()",
        "(1 2)",
        "[ dct:title ?a ]",
        "dct:a%2Fb",
        "dct:a\\-b",
        "dct:",
        "<>",
        "<x>",
        '"""a"b"""',
        "<< ?a ?b ?c >>",
    ),
)
_literals = st.one_of(
    st.sampled_from(_SOUND), st.sampled_from(_UNSOUND), texts.map(lambda text: json.dumps(text, ensure_ascii=False))
)
_iris = st.sampled_from((*NODES[:4], *(f"<{name}>" for name in GRAPHS)))
_odd = st.one_of(st.sampled_from(_ODD), texts.map(lambda text: f"<{text}>"))


@st.composite
def _mostly(draw: st.DrawFn, common: SearchStrategy[str], rare: SearchStrategy[str]) -> str:
    """Return what is common, and once in twenty times what is rare: one odd thing spoils a whole query."""
    return draw(rare if draw(st.integers(0, 19)) == 0 else common)


_terms = _mostly(st.one_of(variables, variables, _iris, _literals), _odd)
_subjects = _mostly(st.one_of(variables, variables, _iris), _odd)
_paths = st.recursive(
    st.one_of(properties, properties.map("!({})".format)),
    lambda one: st.one_of(
        *(_of(way, one) for way in ("({})*", "({})+", "({})?", "^({})")),
        *(_of(way, one, one) for way in ("({})/({})", "({})|({})")),
    ),
    max_leaves=4,
)
_verbs = st.one_of(properties, variables, _paths)
FUNCTIONS = bars(
    """
STR({}) | LANG({}) | DATATYPE({}) | IRI({}) | BNODE(STR({})) | ABS({}) | CEIL({}) | STRLEN({}) | UCASE({}) | YEAR({})
TZ({}) | ENCODE_FOR_URI({}) | MD5({}) | SHA512({}) | TIMEZONE({}) | xsd:integer({}) | xsd:date({}) | -{} | !{}
isNumeric({}) | RAND() | STRUUID() | NOW() | SUBSTR({}, -1, 1e9) | REGEX({}, '(a+)+$') | REPLACE({}, '.*', '$9')
REPLACE({}, '', 'xxxxxxxx') | ROUND({}) | COALESCE({}, 1/0) | IF({}, 1, 2) | CONCAT({}, {}, {})
STRDT(STR({}), xsd:date) | STRLANG(STR({}), 'nl--x') | LCASE({}) | x:y({}) | STRAFTER({}, {}) | CONTAINS({}, '')
langMatches({}, '*') | sameTerm({}, {}) | xsd:double({}) | SECONDS({}) | SHA1({}) | UUID()
"""
)
_functions = st.sampled_from(FUNCTIONS)
_sums = st.sampled_from(
    ("COUNT({})", "SUM({})", "AVG({})", "MIN({})", "SAMPLE({})", "GROUP_CONCAT({} ; SEPARATOR = ',')")
)


def _called(function: str, argument: str) -> str:
    return function.replace("{}", argument)


_expressions = st.recursive(
    st.one_of(variables, _literals, _iris),
    lambda one: st.one_of(
        st.builds(_called, _functions, one),
        _of("({} {} {})", one, st.sampled_from(("=", "<", ">=", "&&", "||", "+", "-", "*", "/")), one),
        _of("({} IN ({}, {}))", one, one, one),
    ),
    max_leaves=6,
)
_triples = st.one_of(
    _pattern,
    _of("{} {} {} .", _subjects, _verbs, _terms),
    _of("{} {} {} ; {} {} .", _subjects, _verbs, _terms, _verbs, _terms),
)
_new = st.sampled_from(("?x", "?y", "?z", "?x1", "?x2"))
_groups = st.recursive(
    _several(_triples, 0, 3, " "),
    lambda one: st.one_of(
        _of("{{ {} }} UNION {{ {} }}", one, one),
        _of("{} OPTIONAL {{ {} }}", one, one),
        _of("{} MINUS {{ {} }}", one, one),
        _of("{} FILTER({})", one, _expressions),
        _of("{} FILTER NOT EXISTS {{ {} }}", one, one),
        _of("{} BIND({} AS {})", one, _expressions, _new),
        _of("GRAPH {} {{ {} }}", _mostly(st.one_of(variables, _iris), _odd), one),
        _of("{{ SELECT {} WHERE {{ {} }} LIMIT 3 }}", _heads, one),
        _of("{} VALUES (?a ?b) {{ ({} UNDEF) ({} {}) }}", one, _literals, _literals, _iris),
    ),
    max_leaves=5,
)
_serving = _of("{} SERVICE {} {{ {} }}", _groups, _mostly(_iris, _odd), _groups)
_bodies = _mostly(_groups, _serving)
ENDS = (
    *(
        "",
        "",
        " LIMIT 3",
        " LIMIT 0",
        " OFFSET 1",
        " ORDER BY ?a DESC(?b)",
        " ORDER BY RAND()",
        " VALUES ?a { 1 UNDEF }",
    ),
    *(
        " LIMIT -1",
        " # }",
        " }",
        " ;",
        " GROUP BY ?a HAVING (COUNT(*) > 1)",
        " OFFSET 99999999999999999999",
        " LIMIT 9999999999",
    ),
)
_ends = st.sampled_from(ENDS)
_froms = _mostly(
    st.sampled_from(("", "", f" FROM <{GRAPHS[0]}>", f" FROM <{GRAPHS[0]}> FROM NAMED <{GRAPHS[1]}>")),
    st.sampled_from((" FROM <x>", " FROM NAMED <file:///etc/passwd>", " FROM <http://127.0.0.1/>")),
)
_selected = st.one_of(_heads, st.just("*"), st.just("REDUCED *"), _of("({} AS ?x9)", _expressions))
_summed = st.builds(_called, _sums, _expressions).map("({} AS ?x9)".format)
_queries = st.one_of(
    _of("SELECT {}{} WHERE {{ {} }}{}", _selected, _froms, _bodies, _ends),
    _of("SELECT {}{} WHERE {{ {} }}", _selected, _froms, _bodies),
    _of("SELECT {}{} WHERE {{ {} }} GROUP BY ?a", _summed, _froms, _bodies),
    _of("ASK{} {{ {} }}", _froms, _bodies),
    _of("CONSTRUCT {{ {} }}{} WHERE {{ {} }}", _several(_pattern, 0, 2, " "), _froms, _bodies),
    _of("DESCRIBE {}{} WHERE {{ {} }}", _mostly(st.one_of(variables, _iris), _odd), _froms, _bodies),
)
_updates = st.sampled_from(
    ("CLEAR ALL", "LOAD <file:///etc/passwd>", "INSERT DATA { <a:b> <a:b> 1 }", "DELETE WHERE { ?s ?p ?o }")
)
_deep = st.sampled_from(
    (
        "SELECT * WHERE " + "{" * 150 + "}" * 150,
        "SELECT * WHERE { FILTER(" + "(" * 99 + "1" + ")" * 99 + ") }",
        "SELECT" * 5000,
        "ASK { " + "?a ?b ?c . " * 3000 + "}",
        "ASK { ?a " + "^" * 5000 + "dct:title ?b }",
        "ASK { ?a " + "dct:title/" * 3000 + "dct:title ?b }",
        "ASK { ?a ?b " + "[ ?b " * 90 + "1" + "]" * 90 + "}",
        "ASK { FILTER(" + "!" * 5000 + "?a) }",
        "ASK { FILTER(" + "1+" * 5000 + "1) }",
        "ASK { ?a ?b ?c FILTER(REGEX(STR(?a), '" + "(a*)*" * 500 + "b')) }",
        "ASK { " + "{} UNION " * 3000 + "{} }",
        "ASK { ?a ?b " + "'" * 999 + " }",
        "ASK { VALUES ?a { " + "1 " * 20000 + "} }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "SELECT * { ?a (!x:y)*/(!x:y)* ?b . ?c (!x:y)* ?d }",
        "SELECT (GROUP_CONCAT(?a) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { " + "OPTIONAL { ?a ?b ?c " * 90 + "}" * 90 + "}",
        "SELECT " + "(1 AS ?x) " * 999 + "{}",
        "PREFIX x: <y> " * 2000 + "ASK {}",
        "BASE <a:" + "b/" * 9000 + "> ASK {}",
        "#" * 60000,
    )
)
"""What nests deep, goes on for long, or has no end of answers."""

free = _mostly(_queries.map(lambda query: PREFIXES + query), st.one_of(_updates, _deep))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a query, plain or any, and sometimes a damaged one."""
    kind = draw(st.integers(0, 5))
    if kind < 2:
        return Case(draw(plain).encode("utf-8"), ".rq")
    content = draw(free).encode("utf-8")
    return Case(draw(broken_bytes(content, texts.map(str.encode))) if kind == 5 else content, ".rq")


# What must hold -----------------------------------------------------------------------------------------

ALLOWED = {200, 400, 403, 413, 422, 504}
RESULTS = "application/sparql-results+json"


@contextmanager
def opened(folder: Path) -> Iterator[Check]:
    """Yield the check of a query: answered or refused, and a plain one right."""
    with asking(folder) as service:

        def check(case: Case) -> str:
            body = urlencode([("query", case.content)]).encode()
            headers = [
                (b"content-type", b"application/x-www-form-urlencoded"),
                (b"accept", RESULTS.encode() + b", text/turtle"),
            ]
            said = service.ask("POST", b"/sparql", headers, body)
            if said.status not in ALLOWED:
                raise BrokenError(f"status {said.status}", str(said))
            if case.content.startswith(PLAIN.encode()):
                _same(service, case.content.decode(), folder)
            return str(said.status) if said.status in (400, 403) else "answered, or bounded"

        yield check


def _same(service: Asking, query: str, folder: Path) -> None:
    """Raise BrokenError when a plain query is answered otherwise than by rdflib."""
    graphs = [("default-graph-uri", name) for name in GRAPHS]
    target = f"/sparql?{urlencode([('query', query), *graphs])}".encode()
    said = service.ask("GET", target, [(b"accept", RESULTS.encode())])
    if said.status != 200:
        raise BrokenError(f"status {said.status} for a plain query", f"{said} for {query}")
    told, expected = json.loads(said.body), _graph(folder).query(query)
    if expected.type == "ASK":
        if told["boolean"] != expected.askAnswer:
            raise BrokenError("another answer than rdflib's", query)
        return
    names = told["head"]["vars"]
    have = Counter(tuple(_ours(row.get(name)) for name in names) for row in told["results"]["bindings"])
    want = Counter(tuple(_theirs(row.get(rdflib.Variable(name))) for name in names) for row in expected.bindings)
    if have != want:
        raise BrokenError("other rows than rdflib's", f"{query}: only here {have - want}, only there {want - have}")


@cache
def _graph(folder: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in GRAPHS:
        dataset = name.rpartition("/")[2]
        graph.parse(folder / "dist" / "tiny" / dataset / f"{dataset}.ttl")
    return graph


def _ours(term: dict[str, Any] | None) -> tuple[str, ...]:
    return () if term is None else (term["value"], term.get("xml:lang", ""), term.get("datatype", ""))


def _theirs(term: Any) -> tuple[str, ...]:
    if term is None:
        return ()
    datatype = str(getattr(term, "datatype", None) or "")
    return str(term), getattr(term, "language", None) or "", "" if datatype.endswith("#string") else datatype


SPARQL = Target("sparql", cases(), opened)
