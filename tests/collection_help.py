"""Three made publications of one country, of which the last continues one, published with what is over all."""

from __future__ import annotations

import hashlib
from pathlib import Path

from made_editions import CONTINUATIONS, FINAL, MIDTERM, NEXT, Editions, write
from ogp_data import beside
from ogp_data.pipeline import Folders, Outcome

EACH = (FINAL, MIDTERM, NEXT)

LATER = """
[[continues]]
publication = "q-2022-2024"
commitments = { C1 = ["C1"], C2 = ["C2"], C3 = ["C4"], C4 = [] }
"""


def root(made: Editions, **run: object) -> Outcome:
    """Publish what is over all; the caller looks at how that ended."""
    folders = Folders(made.data, made.folder / "build", made.dist)
    return beside.publish_root(folders, beside.Run(**run))  # type: ignore[arg-type]


def collection(folder: Path) -> Editions:
    """Publish the three below a folder, and what is over them."""
    editions = write(folder)
    assert editions.publish(MIDTERM).published
    assert editions.publish(FINAL).published
    assert editions.keep(FINAL, NEXT) == 0
    manifest = next((editions.data / NEXT / "previous" / FINAL).rglob("manifest.json"))
    sha256 = hashlib.sha256(manifest.read_bytes()).hexdigest()
    where = manifest.relative_to(editions.data / NEXT).as_posix()
    editions.add(NEXT, f'{LATER}manifest = "{where}"\nsha256 = "{sha256}"\n{CONTINUATIONS}')
    outcome = editions.publish(NEXT)
    assert outcome.published, [str(one) for one in outcome.report.findings if one.severity == "error"]
    ended = root(editions)
    assert ended.published, list(map(str, ended.report.findings))
    return editions
