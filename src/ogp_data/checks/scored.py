"""Any DCAT catalogue, not only ours: scored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ogp_data.checks import foreign
from ogp_data.checks.incoming import Reading, is_address, read
from ogp_data.checks.scores import report
from ogp_data.checks.scores.compliance import breaking, concerned
from ogp_data.checks.scores.summary import Quality, assess, unpublished
from ogp_data.checks.scores.view import View
from ogp_data.checks.validation import Validation
from ogp_data.core import resources, web
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, sentences
from ogp_data.core.namespaces import DCAT
from ogp_data.models.lists import load_lists
from ogp_data.models.profiles import held_to

NO_MORE = Reading()
"""How a catalogue is read unless more is asked for."""


def _quietly(_: Message) -> None:
    """Tell nobody how far it is."""


def score(
    source: str,
    as_of: date,
    probe: bool,
    wanted: Reading = NO_MORE,
    progress: Callable[[Message], None] = _quietly,
) -> tuple[Quality | None, Validation]:
    """Return the scores of a catalogue in a file or at an address, None where there are none; and what is wrong."""
    progress(Message("reading"))
    incoming, limits = read(source, wanted), wanted.bounds
    graph = incoming.graph
    notes = tuple(filter(None, [*incoming.notes, web.unchecked(limits.proxy)]))
    nothing = Validation(source, incoming.findings, notes=notes, unread=True)
    if not incoming.is_readable:
        return None, nothing
    if not graph.instances(DCAT.Dataset):
        return None, replace(nothing, findings=[_without_scores(source)])
    progress(Message("checking {statements:,} statements", statements=len(graph)))
    view, validation = _seen(graph, source, as_of, nothing, limits)
    if probe:
        progress(Message("asking the addresses"))
    answers = web.probe(view.addresses(), limits) if probe else None
    note = sentences(_note(view.addresses(), limits) if probe else unpublished(), *notes)
    progress(Message("scoring the catalogue"))
    return assess(replace(view, answers=answers), source, note), validation


def _seen(graph: Graph, source: str, as_of: date, nothing: Validation, limits: web.Bounds) -> tuple[View, Validation]:
    """Return a catalogue as the scores look at it, and what breaks DCAT-AP-NL in it."""
    lists = load_lists(resources.value_lists())
    profile = held_to()
    seen = foreign.held(graph, lists, source, profile, None, limits.allow_private)
    # The scores must not count what the lists say of their concepts as the catalogue's.
    faulty, dutch = breaking(seen.outcome.data), concerned(seen.outcome, errors(seen.findings))
    return View(graph, lists, as_of, faulty, dutch), foreign.validated(graph, lists, seen, profile, nothing)


def _without_scores(source: str) -> Finding:
    """Return the fault of a file that has no dataset: there is nothing to score, and no points would be a lie."""
    message = Message("It describes no dcat:Dataset, so there is nothing to score.")
    hint = Message("Give a catalogue with the datasets that are to be scored.")
    return finding("unreadable-catalogue", message, Place(file=source), hint)


def _note(addresses: list[str], limits: web.Bounds) -> str:
    """Return what the answers to a probe do not show."""
    origins = web.origins(addresses)
    if not limits.allow_private and not all(map(web.is_public, origins)):
        return Message("Addresses that are not public were not requested (--allow-private allows them).")
    if any(map(web.is_loopback, origins)):
        return Message("The addresses lead to this machine, so an answer does not show that they are published.")
    return Message("Every address was requested once.")


def write(quality: Quality, html: Path | None, dqv: Path | None, table: Path | None, *, per_dataset: bool) -> None:
    """Write the scores as a page, as DQV and as a table, where a file is named."""
    if html:
        html.write_bytes(report.to_html(quality))
    if dqv:
        catalogue = _iri(quality.name)
        dqv.write_bytes(report.to_dqv(quality, catalogue, f"{catalogue}-quality", per_dataset=per_dataset))
    if table:
        table.write_bytes(report.to_csv(quality))


def _iri(source: str) -> str:
    """Return a source as an IRI without fragment."""
    address = source.partition("#")[0] if is_address(source) else Path(source).resolve().as_uri()
    return quote(address, safe=":/?[]@!$&'()*+,;=%~")
