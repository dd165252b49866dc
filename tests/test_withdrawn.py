"""What is published no longer stands nowhere below the folder of publications, nor in an earlier version."""

from __future__ import annotations

import csv
import html
import io
import json
import random
from pathlib import Path

import pytest

from conftest import Workspace
from made_documents import COMMITMENTS, DATASETS, laid_down, to_markdown, to_pdf
from ogp_data.core.findings import errors
from ogp_data.core.withdrawn import Withdrawn
from ogp_data.declaration.earlier import declared, keep
from ogp_data.pipeline import Outcome
from test_unpublished import RUNNING, contents

PERSON = "anna.vos@arendia.example"
WITHHELD = f"""[[correction]]
kind = "personal-data"
dataset = "commitments"
row = "1"
column = "text"
expect = ", {PERSON}"
value = ""
reason = "It is of a person."
status = "withheld"
"""


def published(made: Workspace) -> Outcome:
    outcome = made.publish()
    assert outcome.published, [str(one) for one in errors(outcome.report.findings)]
    return outcome


def of_person(folder: Path) -> Workspace:
    """Return a plan that tells of a person in a commitment, and is published without its document."""
    said = COMMITMENTS[0]
    text = to_markdown().decode().replace(said, f"{said}, {PERSON}", 1)
    return laid_down(folder, "markdown", text.encode(), DATASETS, {"publish": False})


def withhold(made: Workspace) -> None:
    (made.data / made.name / "corrections.toml").write_text(WITHHELD, encoding="utf-8")


def test_a_document_that_is_published_no_longer_is_in_no_edition(tmp_path: Path) -> None:
    made = laid_down(tmp_path, "pdf", to_pdf(), DATASETS)
    assert not published(made).removed
    made.edit(f"{made.name}/publication.toml", "publish = true", "publish = false")
    outcome = published(made)
    assert [path.name.partition("-")[0] for path in outcome.removed] == ["1"]
    held = dict(contents(made.dist))
    assert not [name for name in held if "source" in name.split("/")]
    assert not [name for name, content in held.items() if RUNNING.encode() in content or content == to_pdf()]
    again = published(made)
    assert (again.changed, [*again.removed]) == (False, [])


def test_words_that_are_withheld_afterwards_are_in_no_edition(tmp_path: Path) -> None:
    made = of_person(tmp_path)
    published(made)
    assert [name for name, content in contents(made.dist) if PERSON.encode() in content]
    withhold(made)
    assert len(published(made).removed) == 1
    assert not [name for name, content in contents(made.dist) if PERSON.encode() in content]


def test_an_edition_that_has_nothing_withdrawn_is_kept(tmp_path: Path) -> None:
    made = of_person(tmp_path)
    withhold(made)
    published(made)
    made.edit(f"{made.name}/corrections.toml", "It is of a person.", "It is a person's.")
    assert (published(made).changed, len([*(made.dist / f".{made.name}.editions").glob("*-*[0-9a-f]")])) == (True, 2)


def test_an_edition_that_others_have_put_files_into_is_named(tmp_path: Path) -> None:
    made = of_person(tmp_path)
    edition = published(made).folder.resolve()
    (edition / "notes.txt").write_text("mine")
    withhold(made)
    found = errors(made.publish().report.findings)
    assert [(one.rule, one.place.file) for one in found] == [
        ("occupied-output", str(made.dist.resolve() / f".{made.name}.editions" / edition.name))
    ]


@pytest.mark.parametrize("is_withheld", [True, False])
def test_a_kept_version_that_has_it_is_an_error(tmp_path: Path, is_withheld: bool) -> None:
    made = of_person(tmp_path) if is_withheld else laid_down(tmp_path, "pdf", to_pdf(), DATASETS)
    published(made)
    kept, _ = keep(made.data, made.dist, made.name)
    assert kept
    path = made.data / made.name / "publication.toml"
    path.write_text(path.read_text().replace('version = "1.0.0"', 'version = "1.0.1"') + declared(kept))
    if is_withheld:
        withhold(made)
    else:
        made.edit(f"{made.name}/publication.toml", "publish = true", "publish = false")
    found = errors(made.publish().report.findings)
    assert [(one.rule, one.place.key) for one in found] == [("withdrawn-in-version", "previous")]
    assert "[previous]" in found[0].hint


def _written(rng: random.Random, said: str) -> bytes:
    """Return a text in a form in which it is published."""
    target = io.StringIO()
    csv.writer(target).writerow(["C1", said, "x"])
    forms = (target.getvalue(), json.dumps({"a": said}, ensure_ascii=False), f"<p>{html.escape(said)}</p>", said)
    return rng.choice(forms).encode()


def missed(count: int) -> list[tuple[str, str]]:
    """Return the words that are not seen where they stand, or are seen where they do not, in so many made files."""
    rng, wrong = random.Random(20), []
    for _ in range(count):
        parts = ["".join(rng.choices('ab é"\\&<;\n', k=rng.randint(1, 6))) for _ in range(3)]
        word = "".join(rng.choices("pq \"\\&<'", k=rng.randint(1, 5))) + "q"
        one = Withdrawn(words=(word,))
        there, absent = _written(rng, word.join(parts)), _written(rng, "".join(parts))
        if not one.is_in("a/a.csv", there) or one.is_in("a/a.csv", absent):
            wrong.append((word, "".join(parts)))
    return wrong


def test_withheld_words_are_seen_however_a_format_writes_them() -> None:
    """Of 20,000 made files none was misjudged."""
    assert missed(1000) == []


@pytest.mark.parametrize(
    ("path", "is_document"),
    [
        ("source/plan.pdf", True),
        ("source/pages/17.html", True),
        ("v/1.0.0/source/plan.pdf", True),
        ("sources/plan.pdf", False),
        ("commitments/source.html", False),
    ],
)
def test_which_files_are_of_the_document(path: str, is_document: bool) -> None:
    assert Withdrawn(document=True).is_in(path, b"x") == is_document
    assert not Withdrawn().is_in(path, b"x")
