"""One validation of one catalogue by one engine, as a process of its own: prints what it took and what it found.

    python bench/engines.py ENGINE CATALOGUE.ttl BACKGROUND.nt SHAPES.ttl...

Only the validation is timed: the catalogue, with the background of the value lists, and the shapes are in memory by
then. Ours reads its own shapes and lists, and that is timed. The engines need not be installed in the same place.

The time is what passed, or what the processor took when that is less: other programs on the machine lengthen the one,
an engine that uses several cores the other.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from os import sysconf
from pathlib import Path

Told = set[tuple[str, str]]
Run = Callable[[str, str, Sequence[str]], tuple[float, Told]]

MEMORY = 0.8
"""The share of the machine's memory that an engine may take, so that one that takes more ends alone."""


def clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def since(begun: tuple[float, float]) -> float:
    """Return the seconds since then, on the clock that says less."""
    return min(now - then for now, then in zip(clocks(), begun, strict=True))


def ours(catalogue: str, _background: str, _shapes: Sequence[str]) -> tuple[float, Told]:
    """Return the seconds of what `ogp-data validate` does after reading, and the breaks of shapes that it tells."""
    from ogp_data.checks import foreign as catalogues
    from ogp_data.checks import untrusted as incoming
    from ogp_data.core import resources, web
    from ogp_data.models.lists import load_lists
    from ogp_data.models.profiles import load_profile

    graph, _ = incoming.read(catalogue, web.Bounds())
    assert graph is not None
    begun = clocks()
    found = catalogues.held(graph, load_lists(resources.value_lists()), catalogue, load_profile()).findings
    duration = since(begun)
    return duration, {(f.place.iri, f.place.property) for f in found if f.rule == "dcat-ap-nl-required"}


def pyshacl(catalogue: str, background: str, shapes: Sequence[str]) -> tuple[float, Told]:
    """Return the seconds of pyshacl on shapes as they are, and the focus node and path of its results."""
    from pyshacl import validate
    from rdflib.namespace import SH

    from ogp_data.core.rdf import read, to_graph

    paths = [Path(name) for name in (catalogue, background)]
    data = to_graph(triple for path in paths for triple in read(path.read_bytes(), path.suffix[1:]))
    asked = to_graph(triple for name in shapes for triple in read(Path(name).read_bytes(), "ttl"))
    begun = clocks()
    _, report, _ = validate(data, shacl_graph=asked, inference="none", inplace=True)
    duration = since(begun)
    results = report.objects(None, SH.result)
    return duration, {(str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultPath))) for r in results}


def rudof(catalogue: str, background: str, shapes: Sequence[str]) -> tuple[float, Told]:
    """Return the seconds of rudof on shapes as they are, and the focus node and path of its results."""
    from pyrudof import RDFFormat, Rudof, RudofConfig

    engine = Rudof(RudofConfig())
    engine.read_data(catalogue, format=RDFFormat.Turtle)
    engine.read_data(background, format=RDFFormat.NTriples, merge=True)
    engine.read_shacl("\n".join(Path(name).read_text(encoding="utf-8") for name in shapes))
    begun = clocks()
    report = engine.validate_shacl()
    duration = since(begun)
    return duration, {(entry.focus_node, entry.path) for entry in report.violations}


ENGINES: dict[str, Run] = {"ours": ours, "pyshacl": pyshacl, "rudof": rudof}


def main(engine: str, catalogue: str, background: str, *shapes: str) -> None:
    """Run the engine and print a line of JSON: seconds, megabytes at the peak, and what it tells."""
    limit = int(MEMORY * sysconf("SC_PHYS_PAGES") * sysconf("SC_PAGE_SIZE"))
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    seconds, told = ENGINES[engine](catalogue, background, shapes)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "told": sorted(told)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
