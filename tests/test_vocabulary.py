"""The vocabulary of the model: what it holds is whole, and it is the same for every publication."""

from __future__ import annotations

import re

import pytest

from ogp_data.core.messages import languages
from ogp_data.core.shared import CodeList, Term
from ogp_data.core.spreadsheet import read_as
from ogp_data.core.vocab import expand
from ogp_data.core.words import Words
from ogp_data.declaration.languages import texts
from ogp_data.models.vocabulary import FOLDER, vocabulary

LANGUAGES = ["nl", "en", "fr"]
MODEL = vocabulary()


def test_terms_and_lists_stand_under_their_own_names_once() -> None:
    written = re.findall(r'^name = "(.*)"$', (FOLDER / "vocabulary.toml").read_text(encoding="utf-8"), re.M)
    assert list(MODEL.terms) == written
    assert [f"{name}.toml" for name in MODEL.codelists] == sorted(p.name for p in (FOLDER / "codelists").iterdir())
    for codes in MODEL.codelists.values():
        assert len({concept.code for concept in codes.concept}) == len(codes.concept)


@pytest.mark.parametrize("entry", [*MODEL.terms.values(), *MODEL.codelists.values()])
def test_each_text_is_in_each_language_of_the_program(entry: Term | CodeList) -> None:
    found = [text for _, text in texts(entry) if isinstance(text, Words)]
    assert len(found) >= 2
    for text in found:
        assert list(text) == LANGUAGES
        assert all(said == " ".join(said.split()) != "" for said in text.values())


def test_a_term_can_be_part_of_an_iri_and_refines_one_that_there_is() -> None:
    for term in MODEL.terms.values():
        assert re.fullmatch(r"[A-Z][A-Za-z]*" if term.kind == "class" else r"[a-z][A-Za-z]*", term.name)
        assert not term.broader or expand(term.broader) is not None


def test_no_term_stands_where_a_page_or_a_list_does() -> None:
    taken = {"codelists", "index", "manifest", "vocabulary", *languages()}
    assert not taken & MODEL.terms.keys()
    # Files of the vocabulary and terms share a folder, and some disks do not tell small letters from capitals.
    assert not taken & {name.lower() for name in MODEL.terms}


def test_no_code_is_read_by_a_spreadsheet_as_something_else() -> None:
    for codes in MODEL.codelists.values():
        assert not [concept.code for concept in codes.concept if read_as(concept.code)]


SCALES = {
    "progress": ["green", "amber", "red"],
    "completion": ["not-started", "limited", "substantial", "completed"],
    "irm-completion": ["no-evidence-available", "not-started", "limited", "substantial", "complete"],
}


def test_the_scales_are_lists_of_their_own_and_one_more_names_them() -> None:
    for name, codes in SCALES.items():
        assert [concept.code for concept in MODEL.codelists[name].concept] == codes
    assert {concept.code for concept in MODEL.codelists["progress-scale"].concept} == set(SCALES)
