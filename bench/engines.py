"""One validation of one catalogue by one engine, as a process of its own: prints what it found and its memory.

    python bench/engines.py ENGINE CATALOGUE.ttl BACKGROUND.nt SHAPES.ttl...

Whoever runs it measures the process as a whole. `ours` is what `ogp-data validate` does, with our shapes, rules and
lists; `compiled`, our engine of SHACL alone, and those of others are given the official shapes and the background of
the lists. They need not be installed in the same place. `imports` and `libraries` validate nothing.
"""

from __future__ import annotations

import atexit
import gc
import json
import resource
import sys
from collections.abc import Callable, Sequence
from os import sysconf
from pathlib import Path

Told = set[tuple[str, str]]
Run = Callable[[str, str, Sequence[str]], Told]

MEMORY = 0.8
"""The share of the machine's memory that an engine may take, so that one that takes more ends alone."""


def ours(catalogue: str, _background: str, _shapes: Sequence[str]) -> Told:
    """Return the breaks of shapes that `ogp-data validate` tells; the command looks for no cycles either."""
    gc.disable()
    atexit.register(gc.freeze)
    from ogp_data.checks import foreign

    found = foreign.validate(catalogue).findings
    return {(f.place.iri, f.place.property) for f in found if f.rule == "dcat-ap-nl-required"}


def compiled(catalogue: str, background: str, shapes: Sequence[str]) -> Told:
    """Return the focus node and path of the results of our engine on shapes as they are."""
    import pyoxigraph as ox

    from ogp_data.checks import shacl
    from ogp_data.core.graph import Graph

    data = Graph.of(quad for path in (catalogue, background) for quad in ox.parse(path=path))
    outcome = shacl.validate(shacl.load_shapes(map(Path, shapes)), data)
    assert outcome.engine == "compiled"
    return {(result.focus.value, result.path.value) for result in outcome.results if result.path}


def pyshacl(catalogue: str, background: str, shapes: Sequence[str]) -> Told:
    """Return the focus node and path of the results of pyshacl on shapes as they are."""
    from pyshacl import validate
    from rdflib.namespace import SH

    from ogp_data.core.rdf import read, to_graph

    paths = [Path(name) for name in (catalogue, background)]
    data = to_graph(triple for path in paths for triple in read(path.read_bytes(), path.suffix[1:]))
    asked = to_graph(triple for name in shapes for triple in read(Path(name).read_bytes(), "ttl"))
    _, report, _ = validate(data, shacl_graph=asked, inference="none", inplace=True)
    results = report.objects(None, SH.result)
    return {(str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultPath))) for r in results}


def rudof(catalogue: str, background: str, shapes: Sequence[str]) -> Told:
    """Return the focus node and path of the results of rudof on shapes as they are."""
    from pyrudof import RDFFormat, Rudof, RudofConfig

    engine = Rudof(RudofConfig())
    engine.read_data(catalogue, format=RDFFormat.Turtle)
    engine.read_data(background, format=RDFFormat.NTriples, merge=True)
    engine.read_shacl("\n".join(Path(name).read_text(encoding="utf-8") for name in shapes))
    return {(entry.focus_node, entry.path) for entry in engine.validate_shacl().violations}


def imports(_catalogue: str, _background: str, _shapes: Sequence[str]) -> Told:
    """Return nothing: what it takes to have imported pyshacl."""
    import pyshacl  # noqa: F401

    return set()


def libraries(_catalogue: str, _background: str, _shapes: Sequence[str]) -> Told:
    """Return nothing: what it takes to have imported the libraries of a publication."""
    import frictionless  # noqa: F401
    import pandas  # noqa: F401
    import pyshacl  # noqa: F401
    import requests  # type: ignore[import-untyped]  # noqa: F401

    return set()


ENGINES: dict[str, Run] = {each.__name__: each for each in (ours, compiled, pyshacl, rudof, imports, libraries)}


def main(engine: str, catalogue: str, background: str, *shapes: str) -> None:
    """Run the engine and print a line of JSON: megabytes at the peak, and what it tells."""
    limit = int(MEMORY * sysconf("SC_PHYS_PAGES") * sysconf("SC_PAGE_SIZE"))
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    told = ENGINES[engine](catalogue, background, shapes)
    print(json.dumps({"megabytes": peak(), "told": sorted(told)}))


def peak() -> float:
    """Return the most megabytes that this process had; what `getrusage` says begins with what its parent had."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
