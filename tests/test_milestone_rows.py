"""Tables of milestones within commitments: where their rows begin and end, and the numbers that they have or lack."""

from __future__ import annotations

import pytest

from form_help import facts, formed, lost, warned

STEPS = ("A reading room", "A catalogue")
CONTACT = "<tr><td colspan=3>Whom to ask</td></tr><tr><td>Name of the archivist</td><td colspan=2>Nobody yet</td></tr>"


def plan(title: str, before: tuple[str, str], below: str = "") -> str:
    """Return a plan of two commitments; `title` and what stands before each milestone may say `{n}`."""
    tables = ""
    for number, name in (("1", "Open the archive"), ("2", "Ask the towns")):
        steps = zip(before, STEPS, strict=True)
        rows = "".join(f"<tr><td>{mark}{step}</td><td>May 2026</td><td>June 2027</td></tr>" for mark, step in steps)
        tables += (
            (
                f"{title}<tr><td>Lead implementing agency/actor</td><td colspan=2>The archive</td></tr>"
                "<tr><td>What is the commitment?</td><td colspan=2>Doors are opened.</td></tr>"
                "<tr><td>Milestone Activity with a verifiable deliverable</td><td>Start Date:</td><td>End Date:</td>"
                f"</tr>{rows}{below}</table>"
            )
            .replace("{n}", number)
            .replace("{t}", name)
        )
    return f"<h1>Action Plan of Arendia</h1>{tables}"


TITLES = (
    "<h2>Commitment {n}: {t}</h2><table>",
    "<table><tr><td colspan=3>Commitment {n}: {t}</td></tr>",
    "<table><tr><td colspan=3>{n}. {t}</td></tr>",
)
BEFORE = (
    (("", ""), ("1", "2"), STEPS),
    (("1. ", "2. "), ("1", "2"), STEPS),
    (("a. ", "b. "), ("a", "b"), STEPS),
    (("Milestone 1: ", "Milestone 2: "), ("1", "2"), STEPS),
    (("{n}.1 ", "{n}.2 "), ("{n}.1", "{n}.2"), STEPS),
    (("", "1. "), ("2", "1"), STEPS),
    (("1. ", "1. "), ("1", "2"), ("1. A reading room", "1. A catalogue")),
    (("2.5 km of shelves. ", ""), ("1", "2"), ("2.5 km of shelves. A reading room", "A catalogue")),
)


@pytest.mark.parametrize("form", ["ogp-action-plan", "ogp-self-assessment"])
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("before", "numbers", "steps"), BEFORE)
def test_a_milestone_has_its_number_however_that_is_written_or_the_next_one(
    form: str, title: str, before: tuple[str, str], numbers: tuple[str, str], steps: tuple[str, str]
) -> None:
    found = formed(form, "html", plan(title, before, CONTACT))
    assert found.told == []
    assert [row["title"] for row in facts(found, "commitments")] == ["Open the archive", "Ask the towns"]
    assert sorted((row["commitment"], row["letter"], row["title"]) for row in facts(found, "milestones")) == sorted(
        (f"C{n}", number.replace("{n}", n), step) for n in "12" for number, step in zip(numbers, steps, strict=True)
    )
    # What follows on the milestones is none of them, and keeps its labels.
    assert {row["further_text"] for row in facts(found, "commitments")} == {
        "Whom to ask Name of the archivist Nobody yet"
    }
    assert lost(found) == []


def test_the_name_of_a_phase_between_milestones_is_none_of_them_and_ends_none() -> None:
    phase = "<tr><td colspan=3>Second phase</td></tr><tr><td>A house</td><td>2028</td><td>2029</td></tr>"
    found = formed("ogp-action-plan", "html", plan(TITLES[0], ("", ""), phase))
    titles = [row["title"] for row in facts(found, "milestones") if row["commitment"] == "C1"]
    assert titles == [*STEPS, "A house"]
    assert facts(found, "commitments")[0]["further_text"] == "Second phase"
    assert "unclaimed-row" not in warned(found)
    assert lost(found) == []


def test_the_next_commitment_in_the_same_table_is_no_milestone_of_the_one_before() -> None:
    text = plan(TITLES[2], ("1. ", "2. ")).replace("</table><table>", "").replace("<td colspan=3>2. Ask", "<td>2. Ask")
    found = formed("ogp-action-plan", "html", text)
    assert [row["title"] for row in facts(found, "commitments")] == ["Open the archive", "Ask the towns"]
    assert len(facts(found, "milestones")) == 4
    assert lost(found) == []
