"""The titles of a form above its tables, and its labels for which no column is."""

from __future__ import annotations

from form_help import facts, formed, lost, warned


def assessed(*above: str) -> str:
    """Return a self-assessment whose tables have rows of titles above their commitments."""
    titles = "".join(f"<tr><td colspan=2>{title}</td></tr>" for title in above)
    tables = (
        f"<table>{titles}<tr><td colspan=2>{number}. Open archive {number}</td></tr>"
        "<tr><td>Lead implementing agency</td><td>The archive</td></tr>"
        "<tr><td>Main objective</td><td>Doors are open.</td></tr>"
        "<tr><td colspan=2>Contact information</td></tr>"
        f"<tr><td>Title, Department</td><td>Archivist {number}</td></tr></table>"
        for number in (1, 2)
    )
    return f"<h1>Self-assessment of Arendia</h1>{''.join(tables)}"


def test_the_title_of_a_form_above_a_commitment_is_no_text_and_its_contacts_are_known() -> None:
    found = formed("ogp-self-assessment", "html", assessed("Commitment Completion Template"))
    assert (found.told, warned(found)) == ([], [])
    rows = facts(found, "commitments")
    assert [(row["title"], row["further_text"]) for row in rows] == [
        ("Open archive 1", "Title, Department Archivist 1"),
        ("Open archive 2", "Title, Department Archivist 2"),
    ]
    assert lost(found) == []


def test_another_title_above_a_commitment_is_further_text_of_that_and_told() -> None:
    found = formed("ogp-self-assessment", "html", assessed("Commitment Completion Template", "Sheet of Arendia"))
    assert found.told == []
    assert [row["further_text"][:30] for row in facts(found, "commitments")] == ["Sheet of Arendia Title, Depart"] * 2
    assert warned(found) == ["unknown-label"] * 2
    assert lost(found) == []
