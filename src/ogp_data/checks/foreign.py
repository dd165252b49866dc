"""Any DCAT catalogue, not only ours: validated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ogp_data import __version__
from ogp_data.checks.background import background
from ogp_data.checks.catalogue import House
from ogp_data.checks.held import Held, hold
from ogp_data.checks.incoming import MADE_OF_STATEMENTS, Reading, read
from ogp_data.checks.pitfalls.terms import classes, misplaced
from ogp_data.checks.publishers import Publishers
from ogp_data.checks.shacl import Outcome, ShapesError, has_target, without_dangling
from ogp_data.checks.validation import OF_READING, Engine, Size, Validation, in_order
from ogp_data.core import resources, web
from ogp_data.core.findings import Finding, Place, errors, finding, rules
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT
from ogp_data.core.terms import Iri
from ogp_data.models.lists import ValueLists, load_lists
from ogp_data.models.profiles import DEFAULT, Profile, held_to

NO_MORE = Reading()
"""How a catalogue is read unless more is asked for."""

CONSEQUENCE = Message("the file is broken or cut off: mend that first, what else was found may be a consequence of it")


def _quietly(_: Message) -> None:
    """Tell nobody how far it is."""


def validate(
    source: str,
    wanted: Reading = NO_MORE,
    profiles: Sequence[str] = (DEFAULT,),
    shapes: Path | None = None,
    progress: Callable[[Message], None] = _quietly,
    house: House = "untold",
) -> Validation:
    """Return what breaks profiles in a file or at an address: versions of one, and what is on top of it.

    Shapes of a folder come in the place of ours; what breaks house rules is told where it is asked for.
    """
    profile = held_to(profiles)
    progress(Message("reading"))
    incoming = read(source, wanted)
    own, about_shapes = _shapes(shapes) if shapes else (None, [])
    graph, found = incoming.graph, [*incoming.findings, *about_shapes]
    notes = tuple(filter(None, [*incoming.notes, web.unchecked(wanted.bounds.proxy)]))
    nothing = Validation(source, in_order(found), profile.names, notes=notes, unread=True, lines=incoming.lines)
    if not incoming.is_readable or errors(about_shapes):
        return nothing
    if empty := _without_dcat(graph, source):
        return replace(nothing, findings=[empty])
    progress(Message("checking {statements:,} statements", statements=len(graph)))
    lists = load_lists(resources.value_lists())
    try:
        seen = held(graph, lists, source, profile, own, wanted.bounds.allow_private, house)
    except ShapesError as reason:
        why = Message("The shapes cannot be applied: {reason}.", reason=str(reason).rstrip("."))
        return replace(nothing, findings=[_unusable(shapes, why)])
    return replace(validated(graph, lists, seen, profile, nothing), checked=_checked(profile, house))


def validated(graph: Graph, lists: ValueLists, seen: Held, profile: Profile, known: Validation) -> Validation:
    """Return what is known of a catalogue that was held to a profile, with what was known before."""
    found = in_order([*known.findings, *seen.findings])
    publishers = Publishers(graph)
    broken = any(fault.rule in OF_READING for fault in found) and any(fault.rule not in OF_READING for fault in found)
    return replace(
        known,
        findings=found,
        profiles=profile.names,
        checked=_checked(profile, "untold"),
        versions=_versions(lists, profile),
        engine=_engine(seen.outcome),
        size=Size(len(graph.instances(DCAT.Dataset)), len(graph.instances(DCAT.Distribution)), len(graph)),
        outcomes=[seen.outcome],
        publishers=publishers.all(),
        owners=publishers.of(found),
        notes=[*known.notes, *([CONSEQUENCE] if broken else []), *([seen.note] if seen.note else [])],
        unread=False,
    )


def _engine(outcome: Outcome) -> Engine:
    """Return what evaluated the shapes."""
    if not outcome.beyond:
        return Engine()
    why = Message(
        "The shapes use {property} in a way that the program does not evaluate itself.", property=outcome.beyond
    )
    return Engine("pyshacl", why)


def _checked(profile: Profile, house: House) -> list[str]:
    """Return the rules that a catalogue is held to by a profile and what is on top of it."""
    shapes = [name for each in profile.whole for name in (f"{each.id}-required", f"{each.id}-recommended")]
    asked = (rule for rule in rules().values() if rule.engine == "rules" and rule.name not in profile.without)
    others = (rule.name for rule in asked if house != "untold" or not rule.house)
    return [*others, *(name for name in shapes if name in rules())]


def _versions(lists: ValueLists, profile: Profile) -> dict[str, Any]:
    """Return what a catalogue was checked with: the program, versions of the profiles, and dates of the lists."""
    return {
        "program": __version__,
        "profiles": {each.id: ", ".join(each.asked) for each in profile.whole},
        "lists": {name: one.date for name, one in sorted(lists.lists.items())},
    }


_CHECKED = (
    DCAT.Catalog,
    DCAT.Dataset,
    DCAT.DataService,
    DCAT.Distribution,
    DCAT.DatasetSeries,
    DCAT.CatalogRecord,
)
"""The classes of DCAT, any of which can be checked by itself: harvesters send parts of catalogues."""


def _without_dcat(graph: Graph, source: str) -> Finding | None:
    """Return the fault of a file that says nothing a catalogue could be checked by: all rules would hold in it."""
    if any(graph.instances(kind) for kind in _CHECKED):
        return None
    message = Message("It is RDF, but describes nothing of DCAT: no dcat:Catalog, dcat:Dataset or the like.")
    hint = Message("Give a DCAT catalogue; its terms begin with {DCAT}", DCAT=DCAT.base)
    for kind in classes(graph):
        if at := misplaced(kind.value, is_class=True):
            hint = Message("Write the prefix <{written}> as <{right}>.", written=at[0], right=at[1].base)
    return finding("unreadable-catalogue", message, Place(file=source), hint)


def held(
    graph: Graph,
    lists: ValueLists,
    source: str,
    profile: Profile,
    shapes: Graph | None = None,
    allow_private: bool = False,
    house: House = "untold",
) -> Held:
    """Return what is wrong with a catalogue, which is seen with the background of the lists."""
    known = background(graph, lists)
    whole = hold(graph, lists, source, profile, shapes, allow_private, house, known=known)
    # Shapes of others ask more of the lists' concepts than we know of them; that is no fault of the catalogue.
    added = {triple.subject.value for triple in known if isinstance(triple.subject, Iri)}
    about_lists = {result.focus.value for result in whole.outcome.results} | {f.place.iri for f in whole.findings}
    known_only = {iri for iri in about_lists & added if not any(graph.about(Iri(iri)))}
    outcome = whole.outcome.where(lambda result: result.focus.value not in known_only)
    return Held([fault for fault in whole.findings if fault.place.iri not in known_only], outcome, whole.note)


# Shapes of others ---------------------------------------------------------------------------------------


def _shapes(folder: Path) -> tuple[Graph, list[Finding]]:
    """Return the shapes of a folder's files as one graph, and what is wrong with them."""
    shapes, found = Graph(), list[Finding]()
    try:
        paths = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in MADE_OF_STATEMENTS]
    except OSError as reason:
        return shapes, [finding("missing-file", f"{reason.strerror}.", Place(file=str(folder)), _FOLDER)]
    for path in paths:
        one = read(str(path))
        for fault in errors(one.findings):
            found.append(fault if fault.rule == "missing-file" else _unusable(path, fault.message))
        for subject, predicate, value in one.graph.statements():
            shapes.add(subject, predicate, value)
    whole, dangling = without_dangling(shapes)
    return whole, found or list(_lacking(folder, paths, whole, dangling))


def _lacking(folder: Path, paths: list[Path], shapes: Graph, dangling: list[str]) -> Iterator[Finding]:
    """Find a folder of shapes that would check nothing, or less than it says."""
    if not paths:
        yield _unusable(
            folder,
            Message(
                "The folder has no file named {SUFFIXES}.", SUFFIXES=", ".join("*" + end for end in MADE_OF_STATEMENTS)
            ),
        )
    elif not has_target(shapes):
        yield _unusable(folder, Message("No shape in the folder has a target (sh:targetClass or another)."))
    for shape in dangling:
        message = Message(
            "The property shape {shape} is referenced, but no file describes it; it was left out.", shape=shape
        )
        yield finding("incomplete-shapes", message, Place(file=str(folder)))


_FOLDER = Message("Give a folder that is there and that you may read, with SHACL shapes.")


def _unusable(path: Path | None, message: str) -> Finding:
    return finding("unusable-shapes", message, Place(file=str(path)))
