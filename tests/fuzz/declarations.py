"""Declarations and corrections, valid ones with a few changes -> findings, or a whole publication."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from fuzz.damage import Step, changed, found, paths, texts, values
from fuzz.small import kept, made, settled
from fuzz.target import BrokenError, Case, Check, Target, told
from fuzz.tiny import DATA, NAME, copied, lists
from fuzz.toml import to_toml
from generate_declarations import Small
from ogp_data import staging
from ogp_data.core.findings import errors
from ogp_data.core.stage import Stage
from ogp_data.declaration import reading as publication
from ogp_data.documents import READERS
from ogp_data.formats.sqlite import to_sqlite
from ogp_data.tables import build as tables
from ogp_data.tables import reconcile

TREES = ("tiny/publication.toml", "tiny/corrections.toml", "agents.toml", "codelists/oordelen.toml")
"""The files that are changed as what they say; the first ones more often."""
FILES = (*TREES, "tiny/reference/ogp.csv", "tiny/source/evaluatie.txt")


@cache
def trees() -> dict[str, Any]:
    """Return what the files say."""
    return {name: tomllib.loads((DATA / name).read_text(encoding="utf-8")) for name in TREES}


@cache
def places() -> dict[str, list[tuple[Step, ...]]]:
    """Return every place of every file."""
    return {name: sorted(paths(tree), key=lambda path: (len(path), str(path))) for name, tree in trees().items()}


# A case is a list of edits, so that it stays true when the tiny publication grows. ----------------------


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    """Return one change: to a value, to a key, or to the text of a file."""
    if draw(st.integers(0, 5)) == 0:
        return _cut(draw)
    name = draw(st.sampled_from((TREES[0], *TREES)))
    path = draw(st.sampled_from(places()[name]))
    match draw(st.sampled_from(("set", "set", "set", "swap", "drop", "add", "double", "rename"))):
        case "set":
            return {"file": name, "at": path, "set": draw(st.one_of(_like(found(trees()[name], path)), values))}
        case "swap":
            other = draw(st.sampled_from(places()[name]))
            return {"file": name, "at": path, "as": other}
        case "rename":
            return {"file": name, "at": path, "rename": draw(st.one_of(st.sampled_from(_keys()), texts))}
        case "add":
            return {
                "file": name,
                "at": path,
                "add": draw(st.one_of(st.sampled_from(_keys()), texts)),
                "value": draw(values),
            }
        case do:
            return {"file": name, "at": path, do: True}


def _cut(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(FILES))
    length = (DATA / name).stat().st_size
    return {
        "file": name,
        "from": draw(st.integers(0, length)),
        "cut": draw(st.sampled_from((0, 0, 1, 2, 10, 10_000))),
        "put": draw(
            st.one_of(
                texts, st.sampled_from(("\0", '"', "'''", "[[", "]]", "=", "{", "x.y = 1\n", "\udcff", ",", "[" * 2000))
            )
        ),
    }


@cache
def _keys() -> list[str]:
    """Return every key that a declaration has."""
    return sorted({step for tree in places().values() for path in tree for step in path if isinstance(step, str)})


def _like(value: Any) -> st.SearchStrategy[Any]:
    """Return values that are nearly the one that stands there."""
    if isinstance(value, str):
        near = [
            value.upper(),
            f" {value}",
            f"{value}.",
            value[:-1],
            f"{value}{value}",
            f"{value}\u0301",
            f"{value}/../x",
            f"{value}\n",
        ]
        return st.one_of(
            st.sampled_from(near), texts.map(lambda text: value + text), texts.map(lambda text: text + value)
        )
    if isinstance(value, list):
        return st.sampled_from([[], value * 2, value * 20, [*value, None], [value], value[::-1]])
    return st.sampled_from([[value], {"x": value}, str(value)])


tiny_cases = st.lists(edits(), min_size=1, max_size=3).map(
    lambda made: Case((json.dumps(made, indent=1, default=str) + "\n").encode(), ".json")
)

small_cases = st.randoms().map(lambda chance: _case(made(chance)))


def _case(small: Small) -> Case:
    text = json.dumps(asdict(small), indent=1, default=str)
    return Case(f"{text}\n".encode(), ".small")


def small_of(case: Case) -> Small:
    """Return the small publication that a case holds."""
    return Small(**json.loads(case.content))


cases = st.one_of(tiny_cases, small_cases)


# From edits to files ------------------------------------------------------------------------------------


def edited(made: list[dict[str, Any]]) -> dict[str, bytes]:
    """Return the files that edits change; an edit whose place is no longer there changes nothing."""
    changed_trees: dict[str, Any] = {}
    for edit in made:
        if edit.get("at"):
            tree = changed_trees.get(edit["file"], trees()[edit["file"]])
            with suppress(LookupError, TypeError, AttributeError):
                changed_trees[edit["file"]] = changed(tree, tuple(edit["at"]), partial(_edit, edit, tree))
    files = {name: to_toml(tree).encode("utf-8", "surrogateescape") for name, tree in changed_trees.items()}
    for edit in made:
        if "from" in edit:
            before = files.get(edit["file"], (DATA / edit["file"]).read_bytes())
            start = edit["from"]
            put = edit["put"].encode("utf-8", "surrogateescape")
            files[edit["file"]] = before[:start] + put + before[start + edit["cut"] :]
    return files


def _edit(edit: dict[str, Any], tree: Any, parent: Any, step: Step) -> None:
    if "set" in edit:
        parent[step] = edit["set"]
    elif "as" in edit:
        parent[step] = found(tree, tuple(edit["as"]))
    elif "rename" in edit and isinstance(parent, dict):
        parent[edit["rename"]] = parent.pop(step)
    elif "add" in edit and isinstance(parent, dict):
        parent[edit["add"]] = edit["value"]
    elif "double" in edit and isinstance(parent, list):
        parent.insert(int(step), parent[int(step)])
    else:
        del parent[step]


# What must hold -----------------------------------------------------------------------------------------


@contextmanager
def applied(data: Path, case: Case) -> Iterator[None]:
    """Have the edits of a case in the declarations below a folder."""
    files = edited(json.loads(case.content))
    for name, content in files.items():
        (data / name).write_bytes(content)
    try:
        yield
    finally:
        for name in files:
            (data / name).write_bytes((DATA / name).read_bytes())


@contextmanager
def opened(folder: Path) -> Iterator[Check]:
    """Yield the check of a declaration: faults that are told, or tables and a catalogue."""
    data = copied(folder)

    def check(case: Case) -> str:
        if case.suffix == ".small":
            small = small_of(case)
            return told([*kept(small).findings, *kept(settled(small)).findings])
        with applied(data, case):
            return _checked(data, folder / "staged").replace(str(folder), "")

    yield check


def _checked(data: Path, staged: Path) -> str:
    declared, faults = publication.load(data, NAME, lists())
    said = told(faults)
    if declared is None:
        if not errors(faults):
            raise BrokenError("no publication and no error", said)
        return said
    source = declared.source_files[0].said
    built = tables.build(declared, READERS[declared.declaration.source.kind].read(declared.source_files[0]))
    said += told(built.findings)
    stage = Stage(staged)
    records = staging.stage_tables(built.tables, stage)
    if not errors([*faults, *built.findings]):
        said += told(reconcile.reconcile(source, built.tables, built.asides, records)[1])
        counted, _ = staging.stage_data(declared, source, built.tables, records, stage)
        to_sqlite(declared, [(table.spec, records[table.name]) for table in built.tables], source)
        staging.stage_versions(declared, records, stage)
        staging.stage_catalogue(declared, counted, lists(), stage)
    return said + "".join(f"\n{artefact.path} {artefact.sha256}" for artefact in stage.artefacts)


DECLARATIONS = Target("declarations", cases, opened)
