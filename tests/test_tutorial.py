"""The tutorial can be followed: its commands are run in order, its edits are made, and what it shows is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
DECLARATION = "data/exampletown/publication.toml"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
HEADING = re.compile(r"^(?=\[)", re.M)


def filled_in(declaration: str, block: str) -> str:
    """Return a declaration with the values of a block; a dataset that it does not have is put at its end."""
    sections = HEADING.split(declaration)
    for part in filter(str.strip, re.split(r"\n(?=\[\[dataset\]\]|\[\w)", block)):
        head, named = part.split("\n")[0], re.search(r'^name = "\w+"$', part, re.M)
        first = named[0] if head == "[[dataset]]" and named else head if head.startswith("[") else None
        at = next((n for n, section in enumerate(sections) if first is None or f"{first}\n" in section), None)
        if at is None:
            sections.append(f"\n{part.rstrip()}\n")
            continue
        for line in filter(re.compile(r"\w+ = ").match, part.split("\n")):
            key = line.split(" = ")[0]
            sections[at], count = re.subn(rf"^{key} = .*$", lambda _, said=line: said, sections[at], flags=re.M)
            assert count == 1, (key, first)
    return "".join(sections)


def run(folder: Path, commands: str) -> str:
    """Run commands as the reader does who has the program on the path; return what they print."""
    program = f'ogp-data() {{ {shlex.join([sys.executable, "-m", "ogp_data"])} "$@"; }}\n'
    ended = subprocess.run(["bash", "-c", program + commands], cwd=folder, capture_output=True, text=True, check=False)
    return ended.stdout


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    printed = ""
    kinds = []
    for kind, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        kinds.append(kind)
        if kind == "sh":
            printed = run(tmp_path, block)
        elif kind == "toml":
            path = tmp_path / DECLARATION
            path.write_text(filled_in(path.read_text(encoding="utf-8"), block), encoding="utf-8")
        else:
            at = 0
            for line in block.splitlines():
                at = printed.find(line, at)
                assert at >= 0, f"{line!r} is not printed, or not in this order:\n{printed}"
                at += len(line)
    assert {kind: kinds.count(kind) >= 3 for kind in set(kinds)} == dict.fromkeys(("sh", "toml", "text"), True)
