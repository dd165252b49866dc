"""Publish, check and preview: from the declaration to `dist/`, with and without writing it, or to a look at it."""

from __future__ import annotations

import argparse
import datetime
import gc
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.options import BUILD, Run, add_command, data_option, dist_option, json_option
from ogp_data.cli.outcome import Telling, as_dict, tell_all, tell_outcome, tell_shared
from ogp_data.cli.telling import Progress, wrong_usage
from ogp_data.core.messages import Message

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands
    from ogp_data.core.findings import Finding
    from ogp_data.pipeline import Folders, Look, Outcome


def add(commands: Commands) -> None:
    """Add the commands."""
    _add(commands, "publish", Message("build, check and publish into dist/"), _publish)
    _add(commands, "check", Message("do everything that publish does, except writing"), _check)
    _add(commands, "preview", Message("show the document beside the rows that are made of it"), _preview)


def _add(commands: Commands, name: str, about: str, run: Run) -> None:
    command = add_command(commands, name, about, run)
    names = Message("names of publications (default: every one under data/)")
    command.add_argument("publication", nargs="*", help=names)
    data_option(command)
    build = Message("folder to build in (default: build)")
    command.add_argument("--build", type=Path, default=BUILD, help=build)
    dist_option(command, Message("folder to publish into"))
    assets = Message("folder of what `make site-assets` installs (default: site-assets)")
    command.add_argument("--assets", type=Path, default=Path("site-assets"), help=assets)
    base_iri = Message("address below which everything is named; {id} is the name")
    command.add_argument("--base-iri", default="", help=base_iri)
    base_url = Message("where dist/<id>/ will be downloaded; {id} is the name")
    command.add_argument("--base-url", default="", help=base_url)
    json_option(command)


def _publish(options: argparse.Namespace) -> int:
    return _build(options, options.build, write_dist=True, look="faulty")


def _preview(options: argparse.Namespace) -> int:
    return _build(options, options.build, write_dist=False, look="only")


def _check(options: argparse.Namespace) -> int:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return _build(options, Path(folder), write_dist=False, look="never")


def _build(options: argparse.Namespace, build: Path, write_dist: bool, look: Look) -> int:
    # A publication makes many objects and few cycles: looking for them meanwhile takes a third of its time.
    gc.disable()
    from ogp_data.declaration.neighbours import clashes
    from ogp_data.declaration.toml_files import find_publications
    from ogp_data.documents import keeping
    from ogp_data.pipeline import Folders

    names = options.publication or find_publications(options.data)
    if fault := _usage_fault(options, names, look):
        return wrong_usage(fault, options.language)
    folders = Folders(options.data, build, options.dist, options.assets)
    bases, urls = (
        {name: address.replace("{id}", name) for name in names if address}
        for address in (options.base_iri, options.base_url)
    )
    clashing = clashes(options.data, bases, urls)
    outcomes: list[Outcome] = []
    telling = Telling(write_dist, options.language)
    for name in names:
        if outcomes:  # what the one before left in cycles is given up once, so that a run needs the memory of one
            gc.collect()
        with keeping(options.build):
            outcomes.append(_run(options, folders, name, look, clashing.get(name, []), telling))
    shared = _beside(options, folders, outcomes, telling) if look != "only" else []
    if options.json:
        told = {"publications": [as_dict(o) for o in outcomes], **{o.report.publication: as_dict(o) for o in shared}}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    return ERRORS if any(outcome.report.count("error") for outcome in [*outcomes, *shared]) else PUBLISHED


def _beside(options: argparse.Namespace, folders: Folders, outcomes: list[Outcome], telling: Telling) -> list[Outcome]:
    """Publish or check what stands beside the publications, and tell how that ended, and all of it."""
    from ogp_data import beside

    sound = {one.report.publication: one.folder for one in outcomes if one.reported and not one.report.count("error")}
    run = beside.Run(
        built=[one.report.publication for one in outcomes],
        failed=[one.report.publication for one in outcomes if one.report.count("error")],
        staged={} if telling.write_dist else sound,
        base_iri=options.base_iri,
        base_url=options.base_url,
        write_dist=telling.write_dist,
        today=datetime.datetime.now(datetime.UTC).date(),
    )
    made = [beside.publish_vocabulary(folders)] if any(one.published for one in outcomes) else []
    made.append(beside.publish_root(folders, run))
    for outcome in made if not options.json else ():
        tell_shared(outcome, telling)
    if len(outcomes) != 1 and not options.json:  # of one alone, its own last line says it
        tell_all(outcomes, made[-1], telling)
    return made


def _is_only_beside(data: Path) -> bool:
    """Return whether a folder without publications says something of those that were, or is at fault in saying it."""
    from ogp_data.core.declared_site import Site
    from ogp_data.declaration.toml_files import read_toml

    found: list[Finding] = []
    site = read_toml(data / "site.toml", Site, found, optional=True)
    return bool(found) or bool(site and (site.withdrawn or site.moved))


def _usage_fault(options: argparse.Namespace, names: Sequence[str], look: Look) -> str:
    if not names and (look == "only" or not _is_only_beside(options.data)):
        return Message(
            "there is no publication under {data}; begin one with: ogp-data new ID DOCUMENT", data=options.data
        )
    several = len(names) > 1
    for option in ("base_iri", "base_url"):
        value = getattr(options, option)
        if several and value and "{id}" not in value:
            return Message(
                "{option} needs {id} in it for {count} publications, or name just one",
                option=f"--{option.replace('_', '-')}",
                id="{id}",
                count=len(names),
            )
    return ""


def _run(
    options: argparse.Namespace, folders: Folders, name: str, look: Look, clashing: list[Finding], telling: Telling
) -> Outcome:
    """Build one publication and tell how that ended; one that `clashing` says is in another's way is not built."""
    from ogp_data import pipeline

    base_iri, base_url = (value.replace("{id}", name) for value in (options.base_iri, options.base_url))
    progress = Progress(name, options.json, options.language)
    outcome = (
        pipeline.not_begun(folders, name, clashing)
        if clashing
        else pipeline.run(folders, name, base_iri, base_url, progress, telling.write_dist, look)
    )
    progress.clear()
    if not options.json:
        tell_outcome(outcome, telling)
    return outcome
