"""Notes at the end of a document, below its last commitment."""

from __future__ import annotations

from form_help import facts, formed, lost

COMMITMENT = """## {0}. Open archive {0}

**Lead institution:** The archive

**Results**

- A room[^{0}].

"""


def test_notes_at_the_end_are_no_text_of_the_last_commitment() -> None:
    notes = "[^1]: It is small.\n[^2]: It is large.\n"
    text = f"# Self-assessment\n\n{COMMITMENT.format(1)}{COMMITMENT.format(2)}{notes}"
    found = formed("ogp-self-assessment", "markdown", text)
    assert found.told == []
    assert [row["results"] for row in facts(found, "assessments")] == ["A room¹.", "A room²."]
    assert [row["text"] for row in facts(found, "narrative")] == ["It is small.", "It is large."]
    assert lost(found) == []
