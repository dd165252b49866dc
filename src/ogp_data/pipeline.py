"""START HERE: the stages of a publication, one after another.

declaration -> document -> tables -> staged files -> validation -> report -> package

Data goes one way. Each stage is a function from nouns to nouns; faults of the data are findings, gathered on
the way. What is published is just what was checked: every check reads the staged files.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import Triple

from ogp_data import staging
from ogp_data.checks import report as reports
from ogp_data.checks import staged
from ogp_data.checks.scores import report as quality
from ogp_data.checks.scores.compliance import breaking
from ogp_data.checks.scores.summary import assess, unpublished
from ogp_data.checks.scores.view import View
from ogp_data.checks.validation import in_order
from ogp_data.collection import published
from ogp_data.collection.describing import described
from ogp_data.collection.handed import Findings, Score
from ogp_data.core import internal, resources
from ogp_data.core.doors import FAILURES, Door
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.graph import Graph as Index
from ogp_data.core.messages import SOURCE, Message, sentences
from ogp_data.core.names import Names
from ogp_data.core.pages import in_language
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump, read, to_graph, to_ox, write
from ogp_data.core.records import Record
from ogp_data.core.source import SourceText
from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.core.tables import Table
from ogp_data.core.terms import Iri
from ogp_data.core.vocab import PREFIXES
from ogp_data.core.withdrawn import Withdrawn
from ogp_data.core.written import Written
from ogp_data.declaration import checking, reading
from ogp_data.declaration.naming import LONGEST
from ogp_data.declaration.spoken import check_spoken
from ogp_data.delivery.targets import TARGETS
from ogp_data.delivery.uploads import stage_uploads
from ogp_data.documents import READERS, Document, Repair, carried, draw
from ogp_data.documents import read_all as read_documents
from ogp_data.formats.writers import FORMATS
from ogp_data.models.forms import FORMS
from ogp_data.models.lists import ValueLists, load_lists
from ogp_data.package import store
from ogp_data.package.refusing import refused
from ogp_data.package.withdrawing import withdraw
from ogp_data.site.assets import Assets, installed
from ogp_data.site.build import stage_site
from ogp_data.site.context import gather
from ogp_data.site.document.laid import Laid, lay
from ogp_data.site.document.preview import Preview, stage_preview
from ogp_data.site.handing import statuses
from ogp_data.site.query import stage_query
from ogp_data.tables import build as tables
from ogp_data.tables import corrections, personal, reconcile
from ogp_data.tables.kinds import KINDS
from ogp_data.types import TYPES

Say = Callable[[str], None]

Look = Literal["faulty", "only", "always", "never"]
"""When the document is laid beside its rows: where it or they have an error; always, and nothing else made; never."""

_PATIENCE = 100
"""How often a run looks whether another has finished writing what both write, ten times a second."""

DOORS: tuple[Door[Any], ...] = (READERS, TYPES, KINDS, FORMS, FORMATS, TARGETS)
"""Where the packages of others add to this program; what of theirs cannot be let in is an error of every build."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where declarations are read, builds take shape, publications go, and what pages take from elsewhere lies."""

    data: Path
    build: Path
    dist: Path
    assets: Path = Path("site-assets")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one build ended: its report, whether it is published, whether that changed anything, and where."""

    report: reports.Report
    published: bool
    changed: bool
    folder: Path
    reported: bool = False
    """Whether the folder holds the reports and staged files of this very build."""
    preview: Path | None = None
    """Where the document stands beside its rows; None where that was not made."""
    differences: Sequence[Finding] = ()
    """Where a second reading of the document says something else: for the steward, and in no report."""
    removed: Sequence[Path] = ()
    """The kept editions that are removed, for they had what is published no longer."""


@dataclass(slots=True)
class _Build:
    """What a build gathers on its way."""

    stage: Stage
    look: Look
    preview: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    differences: Sequence[Finding] = ()
    checked: dict[str, int] = field(default_factory=dict)
    words: dict[str, object] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names("https://example.org/", "https://example.org/"))
    loaded: Publication | None = None
    version: str = ""
    languages: Sequence[str] = (SOURCE,)
    disclaimer: Message | None = None
    withdrawn: Withdrawn = field(default_factory=Withdrawn)
    assets: Assets | None = None
    written: Written = field(default_factory=Written)
    scores: Mapping[str, Score] = field(default_factory=dict)
    hand_over: Callable[[Findings, Mapping[str, Score]], published.Published] | None = None


def run(
    folders: Folders,
    name: str,
    base_iri: str,
    base_url: str,
    say: Say,
    write_dist: bool = True,
    look: Look = "faulty",
) -> Outcome:
    """Build the publication called `name`, and publish it when no check finds an error.

    Where a disk refuses, or the program itself fails, that is the finding, and `dist/<name>` is as it was.
    """
    folder = folders.build / name
    try:
        return _run(folders, name, base_iri, base_url, say, write_dist, look)
    except (OSError, store.ForeignError) as reason:
        found = refused(name, reason, folder)
    except FAILURES as reason:  # whatever it is, who runs the program is told what to do
        found = internal.fault(reason)
    return Outcome(reports.Report(name, "", [found], {}), False, False, folder)


def not_begun(folders: Folders, name: str, found: list[Finding]) -> Outcome:
    """Return how a build ended that was never begun, because of what was found before it."""
    return Outcome(reports.Report(name, "", found, {}), False, False, folders.build)


def waiting(write: Callable[[], Outcome]) -> Outcome:
    """Return how writing what several runs write ended, after waiting for another that is at it; OSError for others."""
    for _ in range(_PATIENCE):
        with suppress(BlockingIOError):
            return write()
        time.sleep(0.1)
    return write()


def _run(folders: Folders, name: str, base_iri: str, base_url: str, say: Say, write_dist: bool, look: Look) -> Outcome:
    if not checking.NAME.fullmatch(name) or len(name) > LONGEST:
        message = Message("{name!r} is not the name of a publication.", name=name)
        return not_begun(folders, name, [finding("unsafe-name", message, Place(file=str(folders.data)))])
    if found := [*reading.unknown(folders.data, name), *(entangled(folders, name) if write_dist else ())]:
        return not_begun(folders, name, found)
    with store.building(folders.build, name) as folder:
        build = _Build(Stage(folder), look)
        try:
            _load_and_make(folders, name, base_iri, base_url, build, say)
        except OSError:
            raise
        except FAILURES as reason:  # the report is written, whatever it is
            build.findings.append(internal.fault(reason, folder / "reports" if write_dist else None))
        ended = Outcome(_report(build, name, folders), False, False, folder, True, differences=build.differences)
        if not errors(build.findings):
            _hand_over(build, ended.report)
            _manifest(build, name)
        if errors(build.findings) or not write_dist:
            return replace(ended, preview=build.preview)
        say(Message("publishing"))
        try:
            changed = store.publish(folder, folders.dist, name)
            removed = withdraw(folders.dist, name, build.withdrawn.is_in)
        except (OSError, store.ForeignError) as reason:
            build.findings.append(refused(name, reason, folders.dist))
            ended = replace(ended, report=_report(build, name, folders))
            _manifest(build, name)
            return ended
        at = folders.dist / name
        return replace(ended, published=True, changed=changed, folder=at, reported=False, removed=removed)


def _load_and_make(folders: Folders, name: str, base_iri: str, base_url: str, build: _Build, say: Say) -> None:
    """Read the declaration and, when it is sound, make what it declares."""
    build.findings += [fault for door in DOORS for fault in door.faults()]
    say(Message("reading the declaration"))
    lists = load_lists(resources.value_lists())
    loaded, found = reading.load(folders.data, name, lists, base_iri, base_url)
    build.findings += found
    if loaded:
        build.loaded = loaded
        build.names, build.version, build.written = loaded.names, loaded.declaration.version, loaded.written
        build.languages = loaded.declaration.page_languages
        build.disclaimer, build.withdrawn = loaded.disclaimer, loaded.withdrawn
        _make(loaded, lists, folders.assets, build, say)


def _read(loaded: Publication, build: _Build, say: Say) -> Document:
    """Return the document as it was read, with what is recorded of its faults repaired."""
    say(Message("reading the document"))

    def recorded(source: SourceText) -> list[Repair]:
        repairs, found = corrections.repairs(loaded, source)
        build.findings += found
        return repairs

    document = read_documents(loaded.source_name, loaded.source_files, recorded)
    staging.keep_reading(document, build.languages[0], build.stage)
    build.differences = document.differences
    build.findings += carried.told(document, loaded.declaration.source)
    build.findings += check_spoken(document, loaded.source_files, loaded.declaration.language)
    return document


def _make(loaded: Publication, lists: ValueLists, assets: Path, build: _Build, say: Say) -> None:
    """Read, stage and check a publication."""
    document = _read(loaded, build, say)
    built = tables.build(loaded, document)
    build.findings += built.findings
    build.findings += personal.told(document, built.tables, loaded.declaration.source)
    say(Message("writing the datasets"))
    records = staging.stage_tables(built.tables, build.stage)
    if not errors(build.findings):
        say(Message("accounting for words"))
        figures, found = reconcile.reconcile(document.source, built.tables, built.asides, records)
        build.findings += found
        build.words = figures.as_dict()
    laid = _laid_out(loaded, document, built, build, say)
    if build.look == "only" or not build.words:
        return
    counted, found = staging.stage_data(loaded, document.source, built.tables, records, build.stage)
    build.findings += found
    with staged.begin_tables(loaded, build.stage) as frictionless:
        say(Message("writing spreadsheets, Parquet and the database"))
        build.findings += staging.stage_formats(loaded, document.source, built.tables, records, build.stage)
        changed = staging.stage_versions(loaded, records, build.stage)
        say(Message("writing the site"))
        site = gather(loaded, records, build.stage.artefacts, changed, counted, laid, built.said, figures)
        build.assets, found = installed(assets)
        build.findings += [*found, *stage_site(site, build.assets, build.stage)]
        catalogue = staging.stage_catalogue(loaded, counted, lists, build.stage)
        stage_query(loaded, build.assets, build.stage)
        graph = to_graph(read(build.stage.read("catalog.nt"), "nt"))
        build.findings += stage_uploads(loaded, graph, build.stage)
        build.checked = {
            Message("words of the source"): figures.words,
            Message("datasets"): len(built.tables),
            Message("rows"): sum(map(len, records.values())),
            Message("triples of the catalogue"): len(catalogue),
            Message("files"): len(build.stage.artefacts),
        }
        _check(loaded, lists, built.tables, records, catalogue, frictionless, build, say)
        build.hand_over = partial(described, loaded, records, lists, statuses(site))


def _laid_out(loaded: Publication, document: Document, built: tables.Tables, build: _Build, say: Say) -> Laid:
    """Return the document as people look at it; lay it beside its rows where somebody is to look at them."""
    is_looked_at = build.look in ("only", "always") or (build.look == "faulty" and bool(errors(build.findings)))
    if is_drawn := is_looked_at or (loaded.declaration.source.publish and build.words):
        say(Message("drawing the document"))
    laid = lay(loaded, document, built, (one for file in loaded.source_files if is_drawn for one in draw(file)))
    if is_looked_at:
        build.preview = stage_preview(Preview(loaded, laid, built.tables, build.findings), build.stage)
    return laid


def _check(
    loaded: Publication,
    lists: ValueLists,
    built: Sequence[Table],
    records: Mapping[str, Sequence[Record]],
    catalogue: Sequence[Triple],
    frictionless: Callable[[], list[Finding]],
    build: _Build,
    say: Say,
) -> None:
    """Check and score what is staged; Frictionless is at work beside it, and is waited for last."""
    say(Message("validating the tables"))
    build.findings += staged.check_tables(loaded, built, records, build.stage)
    say(Message("validating the linked data"))
    build.findings += staged.check_linked(loaded, build.stage)
    say(Message("validating the catalogue"))
    build.findings += staged.check_catalogue(loaded, catalogue, lists, build.stage)
    build.findings += frictionless()
    say(Message("scoring the catalogue"))
    _quality(loaded, catalogue, lists, build)


def _quality(loaded: Publication, catalogue: Sequence[Triple], lists: ValueLists, build: _Build) -> None:
    """Write the scores of the catalogue, as of the day on which the data was last changed: a build has no clock."""
    graph = Index.of(catalogue)
    faulty = breaking(graph.with_statements(lists.background(graph.named())))
    wrong = {Iri(found.place.iri) for found in errors(build.findings) if found.place.iri}
    note = sentences(*filter(None, (build.disclaimer, unpublished())))
    scores = assess(View(graph, lists, loaded.declaration.modified, faulty, wrong), loaded.id, note)
    if scores is None:  # nothing was published of the publication
        return
    iri, base = loaded.names.dataset("catalog"), f"{loaded.names.base}reports/quality"
    told = quality.as_dict(scores)
    build.stage.add("reports/quality.json", dump(told))
    build.scores = published.scores(told)
    for language in build.languages:
        page = quality.to_html(scores, language, loaded)
        build.stage.add(in_language(quality.PAGE, language, build.languages), page)
    triples = quality.triples(scores, iri, base, build.languages)
    build.stage.add("reports/quality.ttl", write(dict.fromkeys(triples), "ttl", PREFIXES))


def _report(build: _Build, name: str, folders: Folders) -> reports.Report:
    """Write the report in its three forms, the page in each language; return it with the whole paths of files."""
    found = [build.written.located(one) for one in build.findings]
    said = in_order(reports.said_anywhere(one, folders.data, folders.assets) for one in found)
    result = reports.Report(name, build.version, said, build.checked, build.words, build.languages, build.disclaimer)
    build.stage.add("reports/validation.json", dump(result.as_dict()))
    for language in build.languages:
        page = reports.to_html(result, language, build.loaded)
        build.stage.add(in_language(reports.PAGE, language, build.languages), page)
    bound = {**PREFIXES, "result": f"{build.names.base}reports/validation#"}
    build.stage.add("reports/validation.ttl", write(map(to_ox, reports.triples(result, build.names)), "ttl", bound))
    return replace(result, findings=in_order(found))


def _hand_over(build: _Build, report: reports.Report) -> None:
    """Write what the root is to know of the publication, with all that was found."""
    if build.hand_over:
        found = Findings(report.count("error"), report.count("warning"))
        build.stage.add(published.FILE, published.written(build.hand_over(found, build.scores)))


def _manifest(build: _Build, name: str) -> None:
    used = [(build.assets.name, build.assets.version, build.assets.sha256)] if build.assets else []
    build.stage.add(MANIFEST, manifest(build.stage.artefacts, name, build.version, used))


def entangled(folders: Folders, name: str) -> Iterator[Finding]:
    """Yield which folders lie so in one another that a build, which empties its own, would destroy or spoil another."""
    emptied, dist = (Path(os.path.realpath(path)) for path in (folders.build / name, folders.dist))
    for option, folder in (("data", folders.data), ("dist", folders.dist), ("assets", folders.assets)):
        if Path(os.path.realpath(folder)).is_relative_to(emptied):
            message = Message(
                "The folder of --{option} is inside {build}, which each build empties.",
                option=option,
                build=folders.build / name,
            )
            yield finding("overlapping-folders", message, Place(file=str(folder)))
    if emptied != dist and emptied.is_relative_to(dist):
        message = Message("The folder of the build is inside {dist}, where editions are published.", dist=folders.dist)
        yield finding("overlapping-folders", message, Place(file=str(folders.build / name)))
    if emptied == Path(os.path.realpath(folders.data / name)):
        message = Message("The folder of the build is that of the declaration, and each build empties it.")
        yield finding("overlapping-folders", message, Place(file=str(folders.build / name)))
