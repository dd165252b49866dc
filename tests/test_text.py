"""White space and addresses, as government prose has them."""

from __future__ import annotations

import pytest

from ogp_data.text import Fragment, Passage, SourceText, fold, url_fault


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
        ("https://a.nl:poort/", "no address"),
        ("https://a.nl/%zz", "RFC 3986"),
        ("https://a.nl/<b>", "RFC 3986"),
        ("mailto:", "no e-mail address"),
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
    mended = passage("one two three").replace("two", "2")
    assert mended is not None
    assert mended.text == "one 2 three"
    assert sum(end - start for start, end in mended.spans) == len("one two three")
    assert passage("two two").replace("two", "2") is None
    assert passage("one").replace("two", "2") is None


def test_lines_are_counted_from_one() -> None:
    source = SourceText.of("x", "a\nb\n\nc")
    assert [source.line(offset) for offset in (0, 1, 2, 5)] == [1, 1, 2, 4]
    assert source.lines(Passage((Fragment("b\n\nc", 2, 6),))) == (2, 4)
