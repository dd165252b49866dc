"""Commitments that a document judges by their parts: the pages say so, and no level is made for the whole."""

from __future__ import annotations

from random import Random

from form_help import formed
from made_forms import Made, document
from ogp_data.core.records import from_csv
from ogp_data.core.words import Words
from ogp_data.formats.csv import to_csv
from ogp_data.site.context import Material, gather
from ogp_data.site.document.laid import lay
from ogp_data.site.figures import figures
from ogp_data.site.statuses import PARTLY, UNTOLD, Counted, Status, Tally
from ogp_data.tables.reconcile import reconcile


def gathered(text: str) -> Material:
    """Return what the pages show of a document that is read by its form."""
    found = formed("ogp-self-assessment", "html", f"<!DOCTYPE html><html><body>{text}</body></html>")
    assert found.built
    assert found.document
    assert found.loaded
    records = {table.name: from_csv(to_csv(table.frame)) for table in found.built.tables}
    laid = lay(found.loaded, found.document, found.built, ())
    counted, _ = reconcile(found.document.source, found.built.tables, found.built.asides, records)
    return gather(found.loaded, records, (), (), {}, laid, found.built.said, counted)


def check(seed: int) -> None:
    """Hold what is said of each commitment against what it was made of."""
    made = document(Random(seed))
    material = gathered(made.text)
    assert [one.kind for one in material.commitments] == [one.level for one in made.made], seed
    parts = [{part.mark: part.kind for part in one.parts} for one in material.commitments]
    assert parts == [one.letters for one in made.made], seed
    assert [one.by_part for one in material.commitments] == [bool(one.letters) for one in made.made], seed
    whole, by_part = (sum(bool(getattr(one, name)) for one in made.made) for name in ("level", "letters"))
    if by_part:
        shown = {row[0].text: [cell.text for cell in row[1:]] for row in figures(material, "en")["parts"].table.rows}
        assert shown["All parts"][-1] == str(sum(len(one.letters) for one in made.made)), seed
        assert material.tally.known == whole, seed


def test_each_commitment_has_the_levels_that_the_document_gives_it_and_no_other() -> None:
    for seed in range(12):
        check(seed)


def test_levels_of_parts_are_said_in_each_language() -> None:
    made = Made("1", "Open the books", {}, "", {"a": "limited", "b": "completed"}, [])
    row = "<td>Not started<td>Limited<td>Substantial<td>Completed"
    rows = f"<tr><td>Completion level{row}<tr><td><td><td>a<td><td>b"
    first = f"<tr><td colspan=5>Commitment 1: {made.title}<tr><td>Lead institution<td colspan=4>The office"
    second = first.replace("1: Open the books", "2: Open the doors")
    one, other = gathered(
        f"<table>{first}{rows}</table><table>{second}{rows.replace('<td>a<td><td>b', '<td><td>X<td>')}</table>"
    ).commitments
    told = [part.progress for part in one.parts if part.progress]
    said = {language: [level.of(language) for level in told] for language in ("en", "nl", "fr")}
    assert said == {"en": ["Limited", "Completed"], "nl": ["Beperkt", "Voltooid"], "fr": ["Limité", "Achevé"]}
    assert [(part.mark, part.row.key) for part in one.parts] == [("a", "C1-a"), ("b", "C1-b")]
    assert (one.progress, one.by_part) == (None, True)
    assert (other.kind, other.by_part) == ("substantial", False)


def test_commitments_judged_by_part_are_not_among_those_of_which_nothing_is_told() -> None:
    counts = [Counted(Status("completed", Words(und="Done"), "done"), 10), Counted(PARTLY, 16)]
    told = Tally("scale", "document", False, counts)
    assert (told.known, told.untold, told.is_told) == (10, 0, True)
    rest = Tally("scale", "document", False, [*counts, Counted(UNTOLD["document"], 3)])
    assert (rest.total, rest.untold) == (29, 3)
    assert not Tally("scale", "document", False, [Counted(UNTOLD["document"], 3)]).is_told
