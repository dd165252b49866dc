"""Figures of editions: how far their commitments were in each, and what became of those of the editions before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ogp_data.core.messages import Message, Plural
from ogp_data.core.publication import Edition
from ogp_data.core.words import Text
from ogp_data.site.charts import Share, Stack
from ogp_data.site.context import Material, progress_columns
from ogp_data.site.figure import Entry, Figure, code, counted, placed_by, share
from ogp_data.site.roles import taking
from ogp_data.site.statuses import UNTOLD, Status, status_of


def progress_over_editions(material: Material, language: str) -> Figure | None:
    """Draw how far the commitments of each edition were, the newest last; an edition with another scale is left out."""
    editions = [(one.id, found) for one in material.publication.editions if (found := _statuses(material, one))]
    if not editions:
        return None
    tally = material.tally
    own = [tally.tag(one.status) for one in material.commitments]
    told = [(name, Counter(map(tally.tag, found))) for name, found in editions]
    told.append((material.publication.id, Counter(own)))
    levels = [one for one in _order(material) if any(numbers[one] for _, numbers in told)]
    shown = [
        (Entry(name), Stack(name, [share(one, numbers[one], language) for one in levels])) for name, numbers in told
    ]
    head = [Message("Edition").of(language), *(one.words.of(language) for one in levels)]
    text = Plural(
        "This edition beside {num} earlier one that judges by the same scale.",
        "This edition beside {num} earlier ones that judge by the same scale.",
        len(editions),
    )
    title = Message("Progress over the editions")
    return placed_by(material, "editions", title, text, counted(head, shown, language), language)


def _order(material: Material) -> Sequence[Status]:
    """Return the statuses as a reader is told them, in the order of their scale, what is not told last."""
    tally, scale = material.tally, material.scale
    levels = [tally.tag(status_of(concept)) for concept in (scale.concept if scale else ())]
    others = [one.status for one in tally.shown]
    last = UNTOLD[tally.basis]
    return list(dict.fromkeys([*(one for one in (*levels, *others) if one != last), last]))


def _statuses(material: Material, edition: Edition) -> list[Status]:
    """Return how far each commitment of an edition was; none where it tells none, or one that this scale has not."""
    spec, scale = material.parts.assessments, material.scale
    column = next((one for one in progress_columns(material.parts) if scale and one.codes == scale.id), None)
    table = edition.build.tables.get(spec.name) if spec else None
    if not (scale and column and table and column.name in table.columns):
        return []
    levels = {"": UNTOLD[material.told], **{concept.code: status_of(concept) for concept in scale.concept}}
    codes = [row[column.name] for row in table.rows.values()]
    return [levels[one] for one in codes] if any(codes) and set(codes) <= set(levels) else []


def continuations(material: Material, language: str) -> Figure | None:
    """Draw what became of the commitments of each edition before, by the change that is declared."""
    spec = next((one for one in material.publication.declaration.dataset if one.type == "ogp:Continuation"), None)
    rows = material.rows[spec.name] if spec else []
    if spec is None or not rows:
        return None
    change, before = taking(spec, "change"), taking(spec, "previous_publication")
    lists = material.publication.shared.codelists
    concepts = lists[change.codes].concept if change and change.codes in lists else []
    words: Mapping[str, Text] = {**{one.code: one.label for one in concepts}, "": Message("Not stated")}
    kinds = {"dropped": "stopped", "new": "notstarted", "": "unknown"}
    by_edition: dict[str, Counter[str]] = {}
    for row in rows:
        by_edition.setdefault(code(row, before), Counter())[code(row, change)] += 1
    codes = [one for one in words if any(number[one] for number in by_edition.values())]
    shown = [
        (
            Entry(edition),
            Stack(edition, [Share(words[one].of(language), found[one], kinds.get(one, "known")) for one in codes]),
        )
        for edition, found in by_edition.items()
    ]
    head = [Message("Earlier publication").of(language), *(words[one].of(language) for one in codes)]
    text = Plural(
        "What is declared of {num} earlier edition.", "What is declared of {num} earlier editions.", len(shown)
    )
    title = Message("What became of earlier commitments")
    return placed_by(material, "continuations", title, text, counted(head, shown, language), language)
