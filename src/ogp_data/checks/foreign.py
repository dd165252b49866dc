"""Any DCAT catalogue, not only ours: validated and scored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rdflib import URIRef
from rdflib.term import Node

from ogp_data import __version__
from ogp_data.checks import untrusted as incoming
from ogp_data.checks.held import Held, hold
from ogp_data.checks.scores import summary as report
from ogp_data.checks.scores.summary import Quality
from ogp_data.checks.scores.view import View
from ogp_data.checks.shacl import Outcome, ShapesError, has_target, without_dangling
from ogp_data.checks.validation import Engine, Size, Validation, in_order
from ogp_data.core import resources, terminal, web
from ogp_data.core.findings import Finding, Place, errors, finding, rules
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, say
from ogp_data.core.namespaces import DCAT
from ogp_data.core.rdf import as_rdflib, dump, to_ox, unique
from ogp_data.core.rdf import write as write_rdf
from ogp_data.core.terms import Iri
from ogp_data.core.vocab import PREFIXES
from ogp_data.models.lists import ValueLists, load_lists
from ogp_data.models.profiles import DEFAULT, Profile, load_profile

NO_MORE = web.Bounds()
"""How far requests go unless more is asked for."""


def _lists() -> ValueLists:
    return load_lists(resources.value_lists())


def _quietly(_: Message) -> None:
    """Tell nobody how far it is."""


def validate(
    source: str,
    limits: web.Bounds = NO_MORE,
    profile: str = DEFAULT,
    shapes: Path | None = None,
    progress: Callable[[Message], None] = _quietly,
) -> Validation:
    """Return what breaks a profile in a file or at an address: a version of it, or the stricter of all.

    Shapes of a folder come in the place of ours.
    """
    progress(Message("reading"))
    graph, found = incoming.read(source, limits)
    own, about_shapes = _shapes(shapes) if shapes else (None, [])
    notes = tuple(filter(None, [web.unchecked(limits.proxy)]))
    nothing = Validation(source, in_order([*found, *about_shapes]), (profile,), notes=notes, unread=True)
    if graph is None or errors(about_shapes):
        return nothing
    if empty := _without_datasets(graph, source):
        return replace(nothing, findings=[empty])
    progress(Message("checking {statements:,} statements", statements=len(graph)))
    size = _size(graph)
    try:
        held = _held(graph, _lists(), source, load_profile(profile), own, limits.allow_private)
    except ShapesError as reason:
        why = Message("The shapes cannot be applied: {reason}.", reason=str(reason).rstrip("."))
        return replace(nothing, findings=[_unusable(shapes, why)])
    found, engine = in_order([*about_shapes, *held.findings]), _engine(held.outcome)
    told = replace(nothing, findings=found, checked=_checked(profile), versions=_versions(), unread=False)
    return replace(told, size=size, engine=engine, outcomes=[held.outcome])


def _engine(outcome: Outcome) -> Engine:
    """Return what evaluated the shapes."""
    if not outcome.beyond:
        return Engine()
    why = Message(
        "The shapes use {property} in a way that the program does not evaluate itself.", property=outcome.beyond
    )
    return Engine("pyshacl", why)


def _size(graph: Graph) -> Size:
    return Size(len(graph.instances(DCAT.Dataset)), len(graph.instances(DCAT.Distribution)), len(graph))


def _checked(name: str) -> list[str]:
    """Return the rules that a catalogue is held to by a profile."""
    profile = load_profile(name)
    shapes = (f"{profile.id}-required", f"{profile.id}-recommended")
    others = (rule.name for rule in rules().values() if rule.engine == "rules" and rule.name not in profile.without)
    return [*others, *shapes]


def _versions() -> dict[str, Any]:
    return {"program": __version__}


def _without_datasets(graph: Graph, source: str) -> Finding | None:
    """Return the fault of a file that says nothing a catalogue could be checked by: all rules would hold in it."""
    if any(graph.instances(kind) for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DataService)):
        return None
    message = Message("It does not describe a dcat:Catalog, dcat:Dataset or dcat:DataService.")
    hint = Message("Give a DCAT catalogue; its terms begin with {DCAT}", DCAT=DCAT.base)
    return finding("unreadable-catalogue", message, Place(file=source), hint)


def _held(
    graph: Graph,
    lists: ValueLists,
    source: str,
    profile: Profile,
    shapes: Graph | None = None,
    allow_private: bool = False,
) -> Held:
    """Return what is wrong with a catalogue, which is seen with the background of the lists."""
    background = list(lists.background(graph.named()))
    # A graph of its own, because shapes look up labels and classes of concepts, and the scores must not count them as
    # the catalogue's.
    held = hold(graph.with_statements(background), lists, source, profile, shapes, allow_private)
    # Shapes of others ask more of the lists' concepts than we know of them; that is no fault of the catalogue.
    added = {triple.subject.value for triple in background if isinstance(triple.subject, Iri)}
    about_lists = {result.focus.value for result in held.outcome.results} | {f.place.iri for f in held.findings}
    known_only = {iri for iri in about_lists & added if not any(graph.about(Iri(iri)))}
    outcome = held.outcome.where(lambda result: result.focus.value not in known_only)
    return Held([fault for fault in held.findings if fault.place.iri not in known_only], outcome)


# Shapes of others ---------------------------------------------------------------------------------------


def _shapes(folder: Path) -> tuple[Graph, list[Finding]]:
    """Return the shapes of a folder's files as one graph, and what is wrong with them."""
    shapes, found = Graph(), list[Finding]()
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in incoming.SUFFIXES]
    except OSError as reason:
        return shapes, [_unusable(folder, f"{reason.strerror}.")]
    for path in paths:
        graph, faults = incoming.read(str(path), web.Bounds())
        found += [_unusable(path, fault.message) for fault in faults]
        for subject, predicate, value in graph.statements() if graph else ():
            shapes.add(subject, predicate, value)
    whole, dangling = without_dangling(shapes)
    return whole, found or list(_lacking(folder, paths, whole, dangling))


def _lacking(folder: Path, paths: list[Path], shapes: Graph, dangling: list[str]) -> Iterator[Finding]:
    """Find a folder of shapes that would check nothing, or less than it says."""
    if not paths:
        yield _unusable(
            folder,
            Message(
                "The folder has no file named {SUFFIXES}.", SUFFIXES=", ".join("*" + end for end in incoming.SUFFIXES)
            ),
        )
    elif not has_target(shapes):
        yield _unusable(folder, Message("No shape in the folder has a target (sh:targetClass or another)."))
    for shape in dangling:
        message = Message(
            "The property shape {shape} is referenced, but no file describes it; it was left out.", shape=shape
        )
        yield finding("incomplete-shapes", message, Place(file=str(folder)))


def _unusable(path: Path | None, message: str) -> Finding:
    return finding("unusable-shapes", message, Place(file=str(path)))


# Scores -------------------------------------------------------------------------------------------------


def score(source: str, as_of: date, probe: bool, limits: web.Bounds = NO_MORE) -> tuple[Quality | None, list[Finding]]:
    """Return the scores of a catalogue in a file or at an address, or why there are none."""
    graph, found = incoming.read(source, limits)
    if graph is None:
        return None, found
    lists = _lists()
    # MQA counts conformity by dataset, so the findings are asked which things they are about.
    faulty = frozenset(
        fault.place.iri or fault.place.name for fault in errors(_held(graph, lists, source, load_profile()).findings)
    )
    view = View(as_rdflib(graph), lists, as_of, faulty)
    answers = web.probe(view.addresses(), limits) if probe else None
    note = _note(view.addresses(), limits) if probe else ""
    quality = report.assess(replace(view, answers=answers), source, note)
    if asked := web.unchecked(limits.proxy):
        both = Message("{note} {asked}", note=quality.note, asked=asked) if quality.note else asked
        quality = replace(quality, note=both)
    return quality, []


def _note(addresses: list[str], limits: web.Bounds) -> str:
    """Return what the answers to a probe do not show."""
    origins = web.origins(addresses)
    if not limits.allow_private and not all(map(web.is_public, origins)):
        return Message("Addresses that are not public were not requested (--allow-private allows them).")
    if any(map(web.is_loopback, origins)):
        return Message("The addresses lead to this machine, so an answer does not show that they are published.")
    return Message("Every address was requested once.")


def write(quality: Quality, html: Path | None, dqv: Path | None) -> None:
    """Write the scores as a page and as DQV, where a file is named."""
    if html:
        html.write_bytes(report.to_html(quality))
    if dqv:
        catalogue: Node = URIRef(_iri(quality.name))
        triples = report.triples(quality, catalogue, f"{catalogue}-quality")
        dqv.write_bytes(write_rdf(map(to_ox, unique(triples)), "ttl", PREFIXES))


def _iri(source: str) -> str:
    """Return a source as an IRI without fragment."""
    address = source.partition("#")[0] if incoming.is_address(source) else Path(source).resolve().as_uri()
    return quote(address, safe=":/?[]@!$&'()*+,;=%~")


def as_json(quality: Quality) -> str:
    """Return the scores as a JSON text."""
    return terminal.escaped(dump(report.as_dict(quality)).decode().rstrip())


def as_text(quality: Quality, language: str) -> str:
    """Return the scores as lines for a terminal in a language, what to fix first on top."""
    lines = (*_to_gain(quality), *_sums(quality), *([quality.note] if quality.note else []))
    return terminal.lines(say(line, language) for line in lines)


def _to_gain(quality: Quality) -> Iterator[Message]:
    """Yield what would give points, the most first."""
    for score in quality.fixes:
        gain = f"{report.number(score.metric.points - score.points):>6}"
        told = {"metric": score.metric.name, "reason": score.reason}
        yield Message("{gain} points to gain: {metric}: {reason}", gain=gain, **told)


def _sums(quality: Quality) -> Iterator[Message]:
    """Yield each of the scores."""
    scores = report.as_dict(quality)
    of = {"points": scores["mqa"]["points"], "most": quality.maximum}
    yield (
        Message("MQA {points} of {most} offline", **of)
        if quality.is_offline
        else Message("MQA {points} of {most}", **of)
    )
    yield Message("NDE {points} of 100", points=scores["nde"]["points"])
    yield Message("udata {met} of {of}", **_met(scores["udata"]))
    practices = sum(practice["met"] for practice in scores["dwbp"])
    yield Message("W3C best practices {met} of {of}", met=practices, of=len(scores["dwbp"]))
    yield Message("Google Dataset Search {met} of {of}", **_met(scores["google"]))


def _met(score: Mapping[str, Any]) -> dict[str, object]:
    return {"met": score["met"], "of": score["of"]}
