"""A process that answers SPARQL queries one after another, over what it was given at its start.

It is made to be killed: `query_pool.py` starts it and ends it. It has no files and no sockets: after the graphs are
loaded it may open none, so that a query cannot reach the network whatever it is made of.

Both ways a message is a line of JSON with `bytes`, and then so many bytes.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from ogp_data.service import wellformed

RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
FAILED = (OSError, RuntimeError, ValueError)


class TooLargeError(Exception):
    """A result with more bytes than are allowed."""


@dataclass(slots=True)
class _Bounded:
    """A file in memory that refuses to grow beyond its bound."""

    most: int
    content: bytearray = field(default_factory=bytearray)

    def write(self, more: bytes) -> int:
        self.content += more
        if len(self.content) > self.most:
            raise TooLargeError
        return len(more)

    def flush(self) -> None:
        """Do nothing: what is in memory is written."""


def answer(store: ox.Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what is told of a query's answer, and the answer."""
    out = _Bounded(asked["most"])
    try:
        results = _evaluate(store, asked["query"], asked["default"], asked["named"])
        is_graph = isinstance(results, ox.QueryTriples)
        media = asked["graph"] if is_graph else asked["results"]
        # Without a media type that the client takes nothing is written; the service then knows what kind of answer it
        # was.
        if media:
            results.serialize(out, (GRAPHS if is_graph else RESULTS)[media])
        content = wellformed.xml(out.content) if media.endswith("xml") else bytes(out.content)
    except SyntaxError as reason:
        return {"fault": "syntax", "detail": str(reason)}, b""
    except TooLargeError:
        return {"fault": "large"}, b""
    except MemoryError:
        return {"fault": "memory"}, b""
    except FAILED as reason:
        return {"fault": "failed", "detail": str(reason)}, b""
    return {"media": media, "graph": is_graph}, content


def _evaluate(store: ox.Store, query: str, default: list[str] | None, named: list[str] | None) -> Any:
    # Without a dataset of the request the engine takes the one that the query itself names, or the store's default
    # graph.
    if default is None or named is None:
        return store.query(query)
    if len(default) > 1:
        store, default = _merged(store, default, named), []
        return store.query(query, default_graph=[ox.DefaultGraph()], named_graphs=_names(named))
    return store.query(query, default_graph=_names(default), named_graphs=_names(named))


def _names(iris: Iterable[str]) -> list[Any]:
    return [ox.NamedNode(iri) for iri in iris]


def _merged(store: ox.Store, default: list[str], named: list[str]) -> ox.Store:
    """Return a store whose default graph has each triple of several graphs once; a query over several counts it twice.

    https://www.w3.org/TR/sparql11-query/#specifyingDataset asks for the merge of the graphs.
    """
    merged = ox.Store()
    for name in _names(default):
        quads = store.quads_for_pattern(None, None, None, name)
        merged.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for name in _names(named):
        merged.extend(store.quads_for_pattern(None, None, None, name))
    return merged


def load(graphs: Iterable[tuple[str, str, bytes]]) -> tuple[ox.Store, dict[str, int]]:
    """Return a store with each graph under its name and all in the default graph, and how many triples each has.

    The default graph's number is that of the name "".
    """
    store, counts = ox.Store(), {}
    for name, suffix, content in graphs:
        graph = ox.NamedNode(name)
        kind = ox.RdfFormat.from_extension(suffix)
        triples = [q.triple for q in ox.parse(content, kind, base_iri=name, rename_blank_nodes=True)]
        # Stored twice, under its name and in the default graph: pyoxigraph's own union would give a triple that two
        # graphs have once for each.
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        # A file may say a triple twice; a graph has it once.
        counts[name] = len(set(triples))
    counts[""] = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return store, counts


def confine(memory: int) -> None:
    """Bound this process: so many bytes more than it has now, no file, no socket, no core dump."""
    # Measured after loading, so that the bound is what a query may use, whatever the graphs take.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    for what, bound in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        # The three standard streams are open already; a socket would be the fourth descriptor, and there can be none.
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (bound, bound))


def send(stream: BinaryIO, told: dict[str, Any], content: bytes = b"") -> None:
    """Write one message."""
    stream.write(json.dumps({**told, "bytes": len(content)}).encode() + b"\n" + content)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return one message; None at the end."""
    line = stream.readline()
    if not line:
        return None
    told = json.loads(line)
    return told, stream.read(told["bytes"])


def main() -> None:
    """Load what comes first, then answer until there is nothing more to answer."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    begin = receive(stdin)
    if begin is None:
        return
    told, content = begin
    graphs, at = [], 0
    for name, suffix, size in told["graphs"]:
        graphs.append((name, suffix, content[at : at + size]))
        at += size
    store, counts = load(graphs)
    # The bytes of the graphs would otherwise stay in memory beside the store that was made of them.
    del begin, content, graphs
    confine(told["memory"])
    send(stdout, {"counts": counts})
    while asked := receive(stdin):
        # Whoever started this process kills it in time; should it be gone, the clock does.
        signal.alarm(int(asked[0]["seconds"]) + 2)
        told, content = answer(store, {**asked[0], "query": asked[1].decode()})
        signal.alarm(0)
        send(stdout, told, content)


if __name__ == "__main__":
    main()
