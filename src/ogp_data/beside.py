"""The root: what is over all publications, made of what is published, and put at the top of `dist/`; the vocabulary.

It is made after the publications, of what stands in `dist/` then: one whose build failed is there as it was before, and
the root says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ogp_data.catalogue.metadata import CATALOGUE_FILES
from ogp_data.checks import report as reports
from ogp_data.checks.held import hold
from ogp_data.collection import gathering
from ogp_data.collection.catalogue import known_of
from ogp_data.collection.countries import joined, unlisted
from ogp_data.collection.feeds import files, maps
from ogp_data.collection.index import INDEX, known_before, stale
from ogp_data.collection.published import Collection as Publications
from ogp_data.collection.published import plain
from ogp_data.collection.staging import stage_collection, undescribed
from ogp_data.core import internal, program, resources
from ogp_data.core.declared_site import Site
from ogp_data.core.doors import FAILURES, has_guests
from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, errors
from ogp_data.core.graph import Graph
from ogp_data.core.stage import MANIFEST, ROOT, Stage, manifest
from ogp_data.core.theme import Theme
from ogp_data.core.vocab import OGP
from ogp_data.core.words import Words
from ogp_data.declaration.publication_file import shared_files
from ogp_data.declaration.reading import people_of
from ogp_data.declaration.rooted import check_site, undeclared, unpublished
from ogp_data.declaration.themes import theme_of
from ogp_data.declaration.toml_files import find_publications, read_toml
from ogp_data.models.lists import load_lists
from ogp_data.models.model import model
from ogp_data.models.profiles import load_profile
from ogp_data.models.vocabulary import used, vocabulary
from ogp_data.package import store
from ogp_data.package.refusing import refused
from ogp_data.package.root import publish_root as put_at_top
from ogp_data.package.root import published_ids, stands
from ogp_data.package.standing import standing
from ogp_data.pipeline import Folders, Outcome, entangled, not_begun, waiting
from ogp_data.site.root import stage_root
from ogp_data.site.vocabulary import FOLDER, Uses, stage_vocabulary

NAME = "root"
"""What the root is called in `build/` and in reports; no publication can have the id."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was just built, by names: which failed, and where those lie that are sound but not published (`check`).

    `base_iri` and `base_url` take the place of the declared addresses, with `{id}` in them.
    """

    built: Collection[str] = ()
    failed: Collection[str] = ()
    staged: Mapping[str, Path] = field(default_factory=dict)
    base_iri: str = ""
    base_url: str = ""
    write_dist: bool = True
    today: date | None = None
    """By which it is judged whether what is declared still holds; None: nobody asks. No file depends on it."""


def publish_root(folders: Folders, run: Run) -> Outcome:
    """Make what is over all publications, and publish it; where that fails, `dist/` is as it was."""
    try:
        return waiting(lambda: _publish(folders, run))
    except (OSError, store.ForeignError) as reason:
        return not_begun(folders, NAME, [refused(NAME, reason, folders.dist)])
    except FAILURES as reason:  # whatever it is, the publications stand, and who runs the program is told what to do
        return not_begun(folders, NAME, [internal.fault(reason)])


def publish_vocabulary(folders: Folders) -> Outcome:
    """Publish the vocabulary that the publications of a folder share, beside them."""
    # What is wrong in it is told of what stands over all publications.
    site = read_toml(folders.data / "site.toml", Site, [], optional=True) or Site()
    theme = theme_of(folders.data, site.theme, Place(), [])
    try:
        return waiting(lambda: _published_vocabulary(folders, site.vocabulary or OGP, theme))
    except (OSError, store.ForeignError) as reason:
        return not_begun(folders, FOLDER, [refused(FOLDER, reason, folders.dist)])


def _published_vocabulary(folders: Folders, address: str, theme: Theme) -> Outcome:
    made = _made_of(address, theme)
    if (known := _known(folders, FOLDER, made)) and standing(folders.dist, FOLDER, known):
        return Outcome(reports.Report(FOLDER, "", [], {}), True, False, folders.dist / FOLDER)
    with store.building(folders.build, FOLDER) as folder:
        stage_vocabulary(vocabulary(), Uses(*used(model())), address, theme, Stage(folder))
        changed = store.publish(folder, folders.dist, FOLDER)
        _remember(folders, FOLDER, made, read_file(folder / MANIFEST))
    return Outcome(reports.Report(FOLDER, "", [], {}), True, changed, folders.dist / FOLDER)


def _publish(folders: Folders, run: Run) -> Outcome:
    collection, found = _collection(folders, run)
    found += entangled(folders, NAME) if run.write_dist else ()
    if collection is None or errors(found) or not collection.ids:
        return not_begun(folders, NAME, found)
    found += undescribed(collection)
    made = _made_of(collection)
    if run.write_dist and (known := _known(folders, NAME, made)) and stands(folders.dist, known, collection.gone):
        return Outcome(_report(collection, found), True, False, folders.dist)
    with store.building(folders.build, NAME) as folder:
        stage = Stage(folder)
        found += (staged := _stage_data(collection, stage))
        _stage_each(files(collection), stage)
        stage_root(collection, vocabulary(), stage)
        _stage_each(maps(collection, [artefact.path for artefact in stage.artefacts]), stage)
        stage.add(MANIFEST, manifest(stage.artefacts, NAME, ""))
        report = _report(collection, found)
        if errors(found) or not run.write_dist:
            return Outcome(report, False, False, folder)
        changed = put_at_top(folder, folders.dist, collection.gone)
        if not staged:  # what was found in writing it is told of each run
            _remember(folders, NAME, made, stage.read(MANIFEST))
    return Outcome(report, True, changed, folders.dist)


def _report(collection: Publications, found: list[Finding]) -> reports.Report:
    return reports.Report(NAME, "", found, {"publications": len(collection.publications)})


# What it was made of --------------------------------------------------------------------------------------------------


def _made_of(*nouns: object) -> str:
    """Return a digest of what something is made of: the program, and nouns that say all else, such as the collection.

    That has the checksum of each manifest, and each file that is read of a publication was, by then, compared with it.
    """
    return program.of([program.digest(), json.dumps(plain(nouns))])


def _record(folders: Folders, name: str) -> Path:
    return folders.build / f".{name}.made-of.json"


def _known(folders: Folders, name: str, made: str) -> str:
    """Return the checksum of the manifest of what was made last, where it was made of the same; "" where not."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(read_file(_record(folders, name)))
        # Of the packages of others nobody knows when they change.
        return str(told["manifest"]) if told["of"] == made and not has_guests() else ""
    return ""


def _remember(folders: Folders, name: str, made: str, manifest: bytes) -> None:
    """Write down of what something is made; where that cannot be done, the next run makes it again."""
    told = {"of": made, "manifest": hashlib.sha256(manifest).hexdigest()}
    with suppress(OSError):
        _record(folders, name).write_text(json.dumps(told), encoding="utf-8")


def _stage_each(files: Iterable[tuple[str, bytes]], stage: Stage) -> None:
    for path, content in files:
        stage.add(path, content)


def _stage_data(collection: Publications, stage: Stage) -> list[Finding]:
    """Write what is over all publications but the pages, and return the errors in its catalogue.

    The catalogues of the publications were checked with these; here is checked what is said besides.
    """
    lists = load_lists(resources.value_lists())
    staged = stage_collection(collection, lists, stage)
    if not staged.catalogue:
        return [*staged.findings]
    profile, graph = load_profile(collection.profile or "dcat-ap"), Graph.of(staged.catalogue)
    held = hold(
        graph,
        lists,
        CATALOGUE_FILES[0],
        profile,
        allow_private=True,
        today=collection.modified,
        known=known_of(collection),
    )
    theirs = tuple(one.base_iri for one in collection.publications)
    return [*staged.findings, *(one for one in errors([*held.findings]) if not one.place.iri.startswith(theirs))]


def _collection(folders: Folders, run: Run) -> tuple[Publications | None, list[Finding]]:
    """Return what is published together, None with findings where site.toml cannot be read."""
    found: list[Finding] = []
    site = read_toml(folders.data / "site.toml", Site, found, optional=True) or Site()
    people = people_of(folders.data, found)
    theme = theme_of(folders.data, site.theme, Place(file="site.toml", key="theme"), found)
    declared = find_publications(folders.data)
    published = {name: folders.dist / name for name in published_ids(folders.dist) if name != FOLDER}
    there = {**published, **run.staged}
    found += check_site(site, declared, there, run.today)
    if errors(found):
        return None, _placed(folders, found)
    found += undeclared(site, declared, published)
    if run.write_dist:  # a check is of declarations that may never have been published
        found += unpublished(folders.data, {*declared} - {*run.built}, there)
    # What was said of those that are not built now still holds; a name that somebody mistyped is no publication.
    failed_before, titles = _before(folders.dist)
    failed = {*run.failed, *(failed_before - {*run.built})} & {*declared}
    known = gathering.Found(there, failed, titles)
    gathered, unread = gathering.gather(site, people, known, run.base_iri, run.base_url)
    countries = load_lists(resources.value_lists())["country"]
    collection = joined(replace(gathered, theme=theme), countries)
    told = [*found, *unread, *stale(collection, run.failed), *unlisted(collection, countries)]
    return collection, _placed(folders, told)


def _placed(folders: Folders, found: Iterable[Finding]) -> list[Finding]:
    """Return findings with the lines of what they are about, as a publication tells them, so that each is told once."""
    return list(map(shared_files(folders.data).located, found))


def _before(dist: Path) -> tuple[frozenset[str], Mapping[str, Words]]:
    """Return which builds failed by the root of before, and its titles; nothing of one that cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        return known_before(read_file(dist / ROOT / INDEX))
    return frozenset(), {}
