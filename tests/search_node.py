"""The search of the site in Node, without a browser: what it folds, and what it finds in an index on the disk."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from ogp_data.site.search import Entry, index

SCRIPT = ROOT / "src" / "ogp_data" / "templates" / "root" / "search.js"
_RUN = """
const fs = require("fs"), vm = require("vm");
const [script, folder] = process.argv.slice(1);
globalThis.asked = 0;
const run = (path) => vm.runInThisContext(fs.readFileSync(path, "utf-8"));
globalThis.ogp = { load: async (name) => { asked += 1; run(`${folder}/search/${name}.js`); return ogp[name]; } };
run(script);
(async () => {
  for (const line of fs.readFileSync(0, "utf-8").split("\\n").filter(Boolean)) {
    const [what, text, within] = JSON.parse(line);
    const answer = what === "runs" ? ogp.runs(text) : await ogp.find(text, within);
    console.log(JSON.stringify([answer, asked]));
  }
})();
"""


def ask(folder: Path, what: str, texts: Iterable[str], within: str = "") -> list[tuple[Any, int]]:
    """Return the answer of the script to each text, with how many files it had loaded by then."""
    node = shutil.which("node")
    if not node:
        pytest.skip("there is no node")
    lines = "".join(json.dumps([what, text, within]) + "\n" for text in texts)
    call = [node, "-e", _RUN, str(SCRIPT), str(folder)]
    done = subprocess.run(call, input=lines, capture_output=True, text=True, check=True)
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def written(folder: Path, entries: Sequence[Entry]) -> list[Path]:
    """Write an index of entries and return its files."""
    kinds = {one.kind: {"en": one.kind} for one in entries}
    publications = {one.publication: {"languages": ["en"]} for one in entries}
    found = []
    for path, content in index(entries, publications, kinds):
        found.append(folder / path)
        found[-1].parent.mkdir(parents=True, exist_ok=True)
        found[-1].write_bytes(content)
    return found
