"""Writing the site of a publication against writing and hashing the same files and nothing more.

Both in the processor time of this process, side by side: by the clock, the disk and whatever else the machine does
would be measured with them.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from targets import ENVIRONMENT, Target, alternated

LIMIT = 5


def measure_site(data: Path, name: str, work: Path, rounds: int) -> list[Target]:
    """Return the ratio for a publication; `data` is where it is declared."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        command = [sys.executable, __file__, str(data), name, folder, str(rounds)]
        found = subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout
    figures = json.loads(found.splitlines()[-1])
    title = f"site of {name}, {figures['files']:,} files / writing and hashing them, in processor time"
    return [Target(title, figures["site"], figures["plain"], LIMIT)]


def _measure(data: Path, name: str, folder: Path, rounds: int) -> None:
    """Print the processor seconds of both, within a build that ends there: everything before it is made just once."""
    gc.disable()  # as the command does
    from ogp_data import pipeline
    from ogp_data.pipeline import Folders

    staged = pipeline.stage_site

    def stage(material: Any, assets: Any, target: Any) -> None:
        before = {artefact.path for artefact in target.artefacts}
        staged(material, assets, target)  # the first time templates are compiled
        files = {one.path: target.read(one.path) for one in target.artefacts if one.path not in before}
        site, plain = alternated(
            rounds, lambda: _timed(staged, material, assets, target), lambda: _timed(_written, files, folder / "plain")
        )
        print(json.dumps({"files": len(files), "site": site, "plain": plain}), flush=True)
        os._exit(0)

    pipeline.stage_site = stage  # type: ignore[assignment]
    pipeline.run(Folders(data, folder / "build", folder / "dist"), name, "", "", lambda _: None)


def _timed(work: Any, *given: Any) -> float:
    begun = time.process_time()
    work(*given)
    return time.process_time() - begun


def _written(files: dict[str, bytes], folder: Path) -> list[str]:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return [hashlib.sha256(content).hexdigest() for content in files.values()]


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
