"""A run over many publications needs the memory of one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import small_workspace

MEASURED = """
import json, resource, sys
from ogp_data import pipeline
from ogp_data.cli.main import main

run, peaks = pipeline.run, []

def measured(*arguments):
    outcome = run(*arguments)
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return outcome

pipeline.run = measured
code = main(sys.argv[1:])
print(json.dumps([code, peaks]), file=sys.stderr)
"""

COUNT = 14


def test_fourteen_publications_take_no_more_memory_than_three(tmp_path: Path) -> None:
    data = small_workspace(tmp_path).data
    for number in range(2, COUNT + 1):
        copy = data / f"small-{number}"
        shutil.copytree(data / "small", copy)
        declaration = copy / "publication.toml"
        text = declaration.read_text(encoding="utf-8").replace('id = "small"', f'id = "{copy.name}"', 1)
        text = text.replace("/small/", f"/{copy.name}/")
        declaration.write_text(text, encoding="utf-8")
    folders = ["--data", str(data), "--build", str(tmp_path / "build"), "--dist", str(tmp_path / "dist")]
    command = [sys.executable, "-c", MEASURED, "publish", *folders, "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    code, peaks = json.loads(told.stderr.splitlines()[-1])
    assert code == 0
    assert len(peaks) == COUNT
    # Without giving up what is in cycles, each takes some megabytes that stay: a tenth and more in eleven.
    assert peaks[-1] < 1.05 * peaks[2], peaks
