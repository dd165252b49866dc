"""Make the picture of the README: one line of a document, and what `make publish` makes of it.

    .venv/bin/python tools/picture.py

Everything on it is read from dist/, so publish first. It needs Chromium.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "dist" / "nl-2020-2022"
PICTURE = ROOT / "docs" / "what-comes-out.png"
DATASET, KEY = "assessments", "C13"
SIZE = (1400, 890)
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--hide-scrollbars"]
STYLE = """
body { margin: 0; background: #eef2f6; font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a }
main { display: grid; grid-template-columns: 640px 1fr; gap: 20px; padding: 20px }
section { background: #fff; border: 1px solid #c4cdd6; border-radius: 6px; padding: 12px 16px; margin-bottom: 16px }
h2 { font-size: 16px; margin: 0 0 8px; color: #154273 }
pre { font: 12.5px/1.5 ui-monospace, monospace; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
th { text-align: left; vertical-align: top; font-weight: 600; padding: 1px 14px 1px 0; white-space: nowrap }
td { padding: 1px 0 } td:empty::after { content: "(empty)"; color: #6b7680; font-style: italic }
table { font-size: 13px; border-spacing: 0 }
iframe { border: 0; width: 1340px; height: 1880px; transform: scale(.5); transform-origin: 0 0 }
pre { tab-size: 4 }
.page { height: 820px; overflow: hidden }
"""


def main() -> int:
    """Write the picture and return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "picture.html"
        page.write_text(html(), encoding="utf-8")
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        options = [*CHROMIUM, f"--user-data-dir={name}/profile", size, f"--screenshot={PICTURE}"]
        subprocess.run(["chromium", *options, page.as_uri()], check=True, capture_output=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")
    return 0


def html() -> str:
    """Return the page of which the picture is taken."""
    row = _row()
    place = row["source_places"]
    left = [
        (f"In: line {place[1:]} of the document", f"<pre>{escape(_line(int(place[1:])))}</pre>"),
        (f"Out: a row of {DATASET}.csv", _table(row)),
        (f"the same row in {DATASET}.ttl", f"<pre>{escape(_turtle())}</pre>"),
    ]
    page = (PUBLISHED / "en" / "commitments" / f"{KEY}.html").as_uri()
    sections = "".join(f"<section><h2>{title}</h2>{body}</section>" for title, body in left)
    title = "and on its page, with the line it stands on"
    frame = f"<section class=page><h2>{title}</h2><iframe src='{page}'></iframe></section>"
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><main><div>{sections}</div>{frame}</main>"


def _row() -> dict[str, str]:
    with (PUBLISHED / DATASET / f"{DATASET}.csv").open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["commitment"] == KEY)


def _line(number: int) -> str:
    (document,) = (PUBLISHED / "source").glob("*.txt")
    return document.read_text(encoding="utf-8").split("\n")[number - 1]


def _turtle() -> str:
    text = (PUBLISHED / DATASET / f"{DATASET}.ttl").read_text(encoding="utf-8")
    return next(block for block in text.split("\n\n") if f"{DATASET}:{KEY} a " in block).strip()


def _table(row: dict[str, str]) -> str:
    cells = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in row.items())
    return f"<table>{''.join(cells)}</table>"


if __name__ == "__main__":
    sys.exit(main())
