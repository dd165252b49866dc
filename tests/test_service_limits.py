"""Each bound of the service is one value, told by the command and in the documentation, and held exactly."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from ogp_data.service.limits import BOUNDS, Limits, rows

PAGE = Path(__file__).parents[1] / "docs/service.md"


def test_the_documentation_has_each_bound_with_its_value_and_nothing_else() -> None:
    told = re.findall(r"^\| `(\w+)` \| ([\d,.]+) \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == list(rows())
    assert [float(value.replace(",", "")) for _, value, _ in told] == [
        getattr(BOUNDS, bound.name) for bound in fields(Limits)
    ]


def test_the_command_prints_each_bound() -> None:
    command = [sys.executable, "-P", "-m", "ogp_data", "serve", "--help"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, value, what in rows():
        assert re.search(rf"^{name} +{re.escape(value)} {re.escape(what)}$", printed, re.MULTILINE), name
