"""The rule about tags of languages that there are not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ogp_data.checks.catalogue import Catalogue
from ogp_data.core.findings import Finding
from ogp_data.core.graph import LOW, SHIFT
from ogp_data.core.language_tags import TWO_LETTERS, tag_fault
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import ADMS, DCAT, DCT
from ogp_data.core.terms import Literal
from ogp_data.models.lists import ValueLists

OF_TWO_LETTERS = (DCT.title, DCT.description, ADMS.versionNotes, DCAT.keyword)
"""The properties whose tags are to have two letters and no more, which is a rule of its own."""
_TWO_LETTERS = re.compile("[A-Za-z]{2}")


def unknown_languages(catalogue: Catalogue) -> Iterator[Finding]:
    """Find texts whose language tag does not exist."""
    wrong = _wrong(catalogue)
    graph = catalogue.graph
    judged_elsewhere = set(map(graph.number, OF_TWO_LETTERS))
    for predicate in graph.predicate_numbers() if wrong else ():
        for each in graph.column(predicate):
            tag = wrong.get(each & LOW)
            if tag is None or (predicate in judged_elsewhere and not _TWO_LETTERS.fullmatch(tag)):
                continue
            yield _fault(catalogue, each >> SHIFT, predicate, tag)


def _wrong(catalogue: Catalogue) -> dict[int, str]:
    """Return the tag of each literal, by its number, whose tag does not exist."""
    numbers = defaultdict[str, list[int]](list)
    for number, term in enumerate(catalogue.graph.numbered()):
        if isinstance(term, Literal) and (tag := term.language) and tag not in TWO_LETTERS:
            numbers[tag].append(number)
    return {number: tag for tag, those in numbers.items() if _judged(catalogue.lists, tag)[0] for number in those}


def _judged(lists: ValueLists, tag: str) -> tuple[str, str]:
    languages, countries = lists["language"].rows.values(), lists["country"].rows.values()
    shorter = {row["iso639_3"]: row["iso639_1"] for row in languages if row["iso639_3"] and row["iso639_1"]}
    return tag_fault(tag, shorter, {row["alpha2"] for row in countries if row["alpha2"]})


def _fault(catalogue: Catalogue, subject: int, predicate: int, tag: str) -> Finding:
    graph = catalogue.graph
    fault, meant = _judged(catalogue.lists, tag)
    message = Message("The language tag “{tag}” {fault}.", tag=tag, fault=fault)
    hint = Message("Write @{meant}.", meant=meant) if meant else ""
    term = graph.term(predicate)
    return catalogue.fault("unknown-language", graph.term(subject), term, message, hint)  # type: ignore[arg-type]
