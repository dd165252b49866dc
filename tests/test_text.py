"""White space and addresses, as government prose has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.core.places import Box, Line, Page
from ogp_data.core.source import SourceText
from ogp_data.core.text import LINE_END, Fragment, Passage, fold, shown, url_fault


def test_folding_leaves_one_space_and_composes_letters() -> None:
    assert fold("  a \t b\u00a0\n c ") == "a b c"
    assert fold("e\u0301") == "\u00e9"


@pytest.mark.parametrize(
    "url",
    [
        "https://open-overheid.nl",
        "http://example.nl/a?b=c#d",
        "https://a.nl/Recommendations+for+making.pdf",
        "mailto:info@example.nl",
        "https://a.nl/%C3%A9",
    ],
)
def test_web_addresses_are_published(url: str) -> None:
    assert url_fault(url) == ""


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://a.nl/b c", "white space"),
        ("https://a.nl/afroندن", "outside ASCII"),
        ("https://a.nl/\x07", "control characters"),
        ("javascript:alert(1)", "scheme 'javascript'"),
        ("data:text/html,x", "scheme 'data'"),
        ("www.a.nl", "no scheme"),
        ("/b", "no scheme"),
        ("https://", "no host"),
        ("https://localhost/x", "no host"),
        ("https://a.nl:poort/", "not an address"),
        ("https://a.nl/%zz", "RFC 3986"),
        ("https://a.nl/<b>", "RFC 3986"),
        ("mailto:", "not an e-mail address"),
    ],
)
def test_other_addresses_are_told_why_not(url: str, fault: str) -> None:
    assert fault in url_fault(url)


def passage(text: str) -> Passage:
    return Passage((Fragment(text, 100, 100 + len(text)),))


def test_a_part_of_a_passage_knows_its_place() -> None:
    part = passage("one  two three").find("two three")
    assert part is not None
    assert part.text == "two three"
    assert list(part.spans) == [(105, 114)]


def test_a_decomposed_letter_is_one_character_that_stands_for_its_parts() -> None:
    part = passage("cafe\u0301 & the\u0301 noir").find("thé")
    assert part is not None
    assert part.text == "thé"
    assert list(part.spans) == [(108, 110), (110, 112)]


def test_a_correction_takes_the_place_of_just_what_it_expects() -> None:
    fixed = passage("one two three").replace("two", "2")
    assert fixed is not None
    assert fixed.text == "one 2 three"
    assert sum(end - start for start, end in fixed.spans) == len("one two three")
    assert passage("two two").replace("two", "2") is None
    assert passage("one").replace("two", "2") is None


def test_lines_are_counted_from_one() -> None:
    source = SourceText.of("x", "a\nb\n\nc")
    assert [source.place(offset) for offset in (0, 1, 2, 5)] == [Line(1), Line(1), Line(2), Line(4)]
    assert source.places(Passage((Fragment("b\n\nc", 2, 6),))) == (Line(2), Line(4))


# Words that are quoted ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "at"),
    [
        ("Op 12 mei 2023", "2 mei 2023", None),
        ("Op 12 mei 2023", "12 mei", 103),
        ("1e kwartaal 20221", "1e kwartaal 2022", None),
        ("onplan plan", "plan", 107),
        ("planning, plan.", "plan", 110),
        ("1.000 en 12,5", "000", None),
        ("1.000 en 12,5", "12", None),
        ("in 2020. Dan 3, 4", "2020", 103),
        ("in 2020. Dan 3, 4", "3", 113),
        ("q\u0323x q", "q", 104),
        ("één", "é", None),
        ("a", "b", None),
    ],
)
def test_words_are_quoted_where_words_begin_and_end(text: str, words: str, at: int | None) -> None:
    part = passage(text).quoted(words)
    assert (part and next(part.spans)[0]) == at


def test_a_text_begins_with_whole_words() -> None:
    assert passage("Plan A").begins_with("Plan")
    assert not passage("Planning").begins_with("Plan")
    assert passage("Plan").begins_with("Plan")


@given(st.text("ab1.,- ", max_size=12), st.text("ab1.,- ", min_size=1, max_size=4))
def test_what_is_quoted_is_cut_out_of_no_word_or_number(text: str, words: str) -> None:
    part = passage(text).quoted(words)
    if part is None or not part.text:
        return
    spans = list(part.spans)
    before, after = text[: spans[0][0] - 100], text[spans[-1][1] - 100 :]
    assert not (before[-1:].isalnum() and part.text[0].isalnum())
    assert not (after[:1].isalnum() and part.text[-1].isalnum())


def test_a_source_in_stretches_knows_the_place_of_each_character() -> None:
    boxes = [Page(1, Box(0, 0, 9, 9)), Page(2), Page(1, Box(0, 50, 9, 60))]
    source = SourceText.placed("d.pdf", [("een ", boxes[0]), ("twee ", boxes[1]), ("drie", boxes[2]), ("", Page(3))])
    assert [source.place(offset) for offset in (0, 3, 4, 8, 9, 12)] == [*boxes[:1] * 2, *boxes[1:2] * 2, *boxes[2:] * 2]
    assert source.places(Passage((Fragment("een twee drie", 0, 13),))) == (boxes[0], boxes[2], boxes[1])
    # A page is all its boxes, also where others stand between them.
    assert source.spans == {Page(1): ((0, 4), (9, 13)), Page(2): ((4, 9),), Page(3): ((13, 13),)}
    assert source.texts == {Page(1): "een drie", Page(2): "twee ", Page(3): ""}
    assert [source.find(words, Page(1)) for words in ("ee", "drie", "twee", "")] == [[(0, 2)], [(9, 13)], [], []]
    assert source.find("e", Page(9)) == []


def test_a_source_without_any_text_has_one_place() -> None:
    for source in (SourceText.of("d.txt", ""), SourceText.placed("d.pdf", [])):
        assert (source.place(0), source.texts) == (Line(1), {Line(1): ""})


@given(st.text(st.sampled_from("ab \r\n\f\v\x85\u2028")))
def test_the_lines_of_a_text_are_those_that_editors_count(text: str) -> None:
    source = SourceText.of("d.txt", text)
    assert list(source.texts.values()) == LINE_END.split(shown(text))
    assert [place.text for place in source.texts] == [f"L{n}" for n in range(1, len(source.texts) + 1)]
