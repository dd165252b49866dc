"""The tutorial can be followed: its commands are run in order, its edits are made, and what it shows is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from terminal_help import talk

PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


def edited(file: str, block: str) -> str:
    """Return a file in which each line of a block stands in the place of the one that a person is told to fill in.

    That is the next line with the key, below the header that the block names.
    """
    lines, at = file.split("\n"), 0
    for said in filter(None, block.split("\n")):
        begins = said if said.startswith("[") else f"{said.split(' = ')[0]} = "
        at = next(number for number in range(at, len(lines)) if lines[number].startswith(begins))
        assert said.startswith("[") or "FILL IN" in lines[at - 1] + lines[at], lines[at]
        lines[at] = said
    return "\n".join(lines)


def run(folder: Path, commands: str) -> str:
    """Run commands as the reader does who has the program on the path; return what they print."""
    program = f'ogp-data() {{ {shlex.join([sys.executable, "-m", "ogp_data"])} "$@"; }}\n'
    ended = subprocess.run(["bash", "-c", program + commands], cwd=folder, capture_output=True, text=True, check=False)
    return ended.stdout


_QUESTION = re.compile(r"(?P<text>.*?)(?: \[[^\]]*\])?:(?: (?P<answer>.+))?")
"""A question as the page shows it, with what is taken for Enter, and what is typed behind it."""


def answered(folder: Path, block: str) -> str:
    """Run a command at a terminal, type the answers that a block shows, and return what was printed."""
    command, *lines = block.splitlines()
    questions = [match for line in lines if (match := _QUESTION.fullmatch(line))]
    assert len(questions) == len(lines), block
    ended = talk(folder, shlex.split(command)[2:], [question["answer"] or "" for question in questions])
    at = 0
    for question in questions:
        at = ended.said.find(question["text"], at)
        assert at >= 0, f"{question['text']!r} is not asked, or not in this order:\n{ended.said}"
    return ended.said


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    printed = ""
    kinds = []
    typed = 0
    for kind, file, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        kinds.append(kind)
        if kind == "sh":
            printed = run(tmp_path, block)
        elif kind == "console":
            printed = answered(tmp_path, block)
        elif kind == "toml":
            path = tmp_path / file
            path.write_text(edited(path.read_text(encoding="utf-8"), block), encoding="utf-8")
            typed += sum(1 for line in block.splitlines() if line and not line.startswith("["))
        else:
            at = 0
            for line in block.splitlines():
                at = printed.find(line, at)
                assert at >= 0, f"{line!r} is not printed, or not in this order:\n{printed}"
                at += len(line)
    assert {kind: kinds.count(kind) for kind in ("console", "toml")} == {"console": 1, "toml": 1}
    assert min(kinds.count(kind) for kind in ("sh", "text")) >= 3
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert ("leaves you one line to fill in" in page, typed) == (True, 1)
