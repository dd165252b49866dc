"""RDF to files and back, the same bytes each time.

Triples are written in the order in which they are given, by pyoxigraph, which neither sorts by chance nor
grows faster than its input; JSON-LD with a compact context is written here, since pyoxigraph expands it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any, cast

import pyoxigraph as ox
from pydantic_core import to_json
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from ogp_data.core import graph as graphs
from ogp_data.core.words import Text

Triple = tuple[Node, Node, Node]

_TYPE, _STRING = RDF.type, XSD.string
"""Looked up once: a namespace of rdflib makes a name anew each time that it is asked for."""

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""File suffix -> format."""


def to_ox(triple: Triple) -> ox.Triple:
    """Return an rdflib triple without blank nodes as pyoxigraph's."""
    subject, predicate, value = triple
    return ox.Triple(_named(str(subject)), _named(str(predicate)), _object(value))


@lru_cache(maxsize=2**16)
def _named(iri: str) -> ox.NamedNode:
    """Return one and the same node for an IRI, which pyoxigraph checks letter by letter."""
    return ox.NamedNode(iri)


def _object(node: Node) -> ox.NamedNode | ox.Literal:
    if isinstance(node, URIRef):
        return _named(str(node))
    if not isinstance(node, Literal):
        raise TypeError(f"{node!r} is neither an IRI nor a literal")
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=_named(str(node.datatype or _STRING)))


def write(triples: Iterable[ox.Triple], suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle, RDF/XML or N-Triples (`ttl`, `rdf`, `nt`), in the order given."""
    # Walked twice: once for the prefixes in use, once to be written.
    triples = list(triples)
    if suffix == "nt":
        return cast(bytes, ox.serialize(triples, format=FORMATS[suffix]))
    content = cast(bytes, ox.serialize(triples, format=FORMATS[suffix], prefixes=_bound(triples, prefixes)))
    # A blank line between things; a line of Turtle that begins with neither white space nor @ begins a thing.
    return re.sub(rb" \.\n(?=[^\s@])", rb" .\n\n", plain_names(content, prefixes)) if suffix == "ttl" else content


_NAME = rb"(?<![^\s^])([A-Za-z][A-Za-z0-9_-]*):"
_ODD = _NAME + rb"(?!\s|[A-Za-z_][A-Za-z0-9_-]*\s)(\S+)"
_MAYBE_ODD = re.compile(_ODD)
# Texts and IRIs are matched too, so that nothing inside them is taken for a name.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^>]*>|' + _ODD)
_ESCAPE = re.compile(rb"\\(.)")


def plain_names(content: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Return Turtle or TriG of pyoxigraph with each name in full whose local part is no plain word.

    Readers differ on others: rdflib 7 refuses one that ends in an escaped full stop, older ones one that begins with a
    digit.
    """
    spaces = {prefix.encode(): iri.encode() for prefix, iri in prefixes.items()}

    def in_full(match: re.Match[bytes]) -> bytes:
        prefix, local = match.groups()
        return b"<" + spaces[prefix] + _ESCAPE.sub(rb"\1", local) + b">" if prefix else match[0]

    return _TOKEN.sub(in_full, content) if _MAYBE_ODD.search(content) else content


def _bound(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that the triples use, so that a file begins with what matters."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    # A datatype is named in the file too. Language-tagged texts have rdf:langString, which Turtle never writes.
    iris |= {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal) and not t.object.language}
    spaces = {_namespace(iri) for iri in iris}
    return {prefix: iri for prefix, iri in prefixes.items() if iri in spaces}


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def read(content: bytes, suffix: str, base: str = "") -> list[ox.Triple]:
    """Return the triples of a file; SyntaxError when it is not well formed."""
    quads = ox.parse(content, format=FORMATS[suffix], base_iri=base or None)
    return [quad.triple for quad in quads]


def to_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Return pyoxigraph's triples as an rdflib graph."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(from_ox(triple))
    return graph


def as_rdflib(graph: graphs.Graph) -> Graph:
    """Return a graph of the checks as one of rdflib."""
    return to_graph(ox.Triple(s, p, o) for s, p, o in graph.statements())  # type: ignore[arg-type]


def from_ox(triple: ox.Triple) -> Triple:
    """Return pyoxigraph's triple as rdflib's."""
    return term(triple.subject), term(triple.predicate), term(triple.object)


def term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return pyoxigraph's term as rdflib's; a literal keeps its lexical form."""
    if isinstance(node, ox.NamedNode):
        return _iri(node.value)
    if isinstance(node, ox.Literal):
        return Literal(node.value, lang=node.language) if node.language else _literal(node)
    return BNode(cast(ox.BlankNode, node).value)


def from_rdflib(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return rdflib's term as pyoxigraph's; a blank node keeps its name."""
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else _object(node)


@lru_cache(maxsize=2**16)
def _iri(value: str) -> URIRef:
    """Return one and the same URIRef for an IRI: rdflib is slow to make one, and to compare two that are equal."""
    return URIRef(value)


def _literal(value: ox.Literal) -> Literal:
    datatype = _iri(value.datatype.value)
    # normalize=False, because rdflib would rewrite 007 as 7, and what is compared is what the file says.
    return Literal(value.value, datatype=None if datatype == _STRING else datatype, normalize=False)


# JSON-LD with a context ---------------------------------------------------------------------------------


def jsonld(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples as JSON-LD 1.1 with an inline, complete context and short keys, one node per subject."""
    nodes: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        nodes[subject][predicate].append(value)
    short = cache(partial(_compact, prefixes))
    keys = _keys(nodes, short)
    context: dict[str, Any] = {"@version": 1.1, **_used_prefixes(nodes, prefixes, short)}
    context |= {key: _definition(predicate, nodes, short) for predicate, key in keys.items()}
    graph = [_node(subject, properties, keys, context, short) for subject, properties in nodes.items()]
    return dump({"@context": context, "@graph": graph})


def dump(data: object) -> bytes:
    """Return data as JSON for people: indented, not escaped, with a final newline."""
    return to_json(data, indent=2) + b"\n"


_Nodes = Mapping[Node, Mapping[Node, list[Node]]]
_Short = Callable[[str], str]
"""An IRI -> its CURIE."""


def _keys(nodes: _Nodes, short: _Short) -> dict[Node, str]:
    """Return a key for each property: its local name; its CURIE where two share that; its IRI without a prefix."""
    predicates = sorted({p for properties in nodes.values() for p in properties if p != _TYPE}, key=str)
    curies = {predicate: short(str(predicate)) for predicate in predicates}
    local = {predicate: curie.partition(":")[2] for predicate, curie in curies.items() if curie != str(predicate)}
    # dct:title and schema:title would both be called "title"; then neither is.
    shared = Counter(local.values())
    return {p: local[p] if p in local and shared[local[p]] == 1 else curie for p, curie in curies.items()}


def _used_prefixes(nodes: _Nodes, prefixes: Mapping[str, str], short: _Short) -> dict[str, str]:
    iris = {str(p) for properties in nodes.values() for p in properties}
    iris |= {str(v) for ps in nodes.values() for vs in ps.values() for v in vs if isinstance(v, URIRef)}
    iris |= {str(v.datatype) for ps in nodes.values() for vs in ps.values() for v in vs if isinstance(v, Literal)}
    used = {short(iri).partition(":")[0] for iri in iris}
    return {prefix: iri for prefix, iri in sorted(prefixes.items()) if prefix in used}


def _definition(predicate: Node, nodes: _Nodes, short: _Short) -> dict[str, str]:
    """Return a property's term definition: how all its values are typed, if they are alike."""
    values = [value for properties in nodes.values() for value in properties.get(predicate, ())]
    definition = {"@id": short(str(predicate))}
    if all(isinstance(value, URIRef) for value in values):
        return {**definition, "@type": "@id"}
    # A language map is the form that people write by hand; it needs every value to have a language.
    if all(isinstance(value, Literal) and value.language for value in values):
        return {**definition, "@container": "@language"}
    types = {value.datatype if isinstance(value, Literal) and not value.language else "" for value in values}
    datatype = types.pop() if len(types) == 1 else None
    return {**definition, "@type": short(str(datatype))} if datatype else definition


def _node(
    subject: Node,
    properties: Mapping[Node, list[Node]],
    keys: Mapping[Node, str],
    context: Mapping[str, Any],
    short: _Short,
) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": str(subject)}
    if types := properties.get(_TYPE):
        node["@type"] = _one_or_all([short(str(kind)) for kind in types])
    for predicate, values in properties.items():
        if predicate != _TYPE:
            key = keys[predicate]
            node[key] = _values(values, context[key], short)
    return node


def _values(values: list[Node], definition: Mapping[str, str], short: _Short) -> Any:
    if definition.get("@container") == "@language":
        texts: dict[str, list[str]] = defaultdict(list)
        for value in values:
            texts[cast(Literal, value).language or ""].append(str(value))
        return {language: _one_or_all(said) for language, said in texts.items()}
    return _one_or_all([_value(value, "@type" in definition, short) for value in values])


def _value(value: Node, typed: bool, short: _Short) -> Any:
    if isinstance(value, URIRef):
        iri = short(str(value))
        return iri if typed else {"@id": iri}
    literal = cast(Literal, value)
    if typed or not (literal.language or literal.datatype):
        return str(literal)
    if literal.language:
        return {"@value": str(literal), "@language": literal.language}
    return {"@value": str(literal), "@type": short(str(literal.datatype))}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _compact(prefixes: Mapping[str, str], iri: str) -> str:
    """Return an IRI as a CURIE with the longest prefix that leaves a plain local name, or whole."""
    fits = [(len(base), prefix) for prefix, base in prefixes.items() if iri.startswith(base)]
    # The longest first: `ogp:` lies below the base IRI, and so do names that are none of the vocabulary's.
    for length, prefix in sorted(fits, reverse=True):
        local = iri[length:]
        # JSON-LD reads `http://...` as a prefix and a rest where somebody defines the prefix `http`.
        if local and not local.startswith("//") and local.replace("_", "").replace("-", "").isalnum():
            return f"{prefix}:{local}"
    return iri


def literals(text: Text, languages: Iterable[str]) -> Iterator[Literal]:
    """Yield a text in each of the languages that it has; in all that it has where it has none of these."""
    spoken = [language for language in languages if text.has(language)] or list(text)
    return (Literal(said, lang=language) for language, said in text.said(spoken))


def unique(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield each triple once, where it first stands."""
    # In the order given and not sorted: files are written in the order in which people read them.
    seen: set[Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple
