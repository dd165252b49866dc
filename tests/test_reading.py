"""How the reader takes a converted document apart."""

from __future__ import annotations

from ogp_data.source import Document
from ogp_data.source.converted_text import read
from ogp_data.source.joining import join
from ogp_data.text import SourceText


def document(text: str) -> Document:
    return read(SourceText.of("document.txt", text))


def covered(result: Document) -> set[int]:
    """Return the offsets that lie in a block's text or are set aside."""
    spans = [(aside.start, aside.end) for aside in result.asides]
    for block in result.blocks:
        for inline in (block.inline, *block.cells):
            spans += inline.passage.spans
    return {offset for start, end in spans for offset in range(start, end)}


def test_every_character_is_in_a_block_or_set_aside() -> None:
    text = (
        "# A *title*\n\n*In italics.*\n\n1. First [label](https://a.nl/(b)) item\n   goes on\n2. Second\n\n"
        'a\t<p>b <a href="#">c</a></p>\n---\t--\n\t&amp; d\n■ mark\nplain\nlines &lt;b&gt; 1 < 2 > 1\n'
    )
    result = document(text)
    assert result.findings == ()
    missing = {o for o, c in enumerate(text) if not c.isspace()} - covered(result)
    assert missing == set()


def test_lines_that_follow_each_other_are_one_paragraph_or_item() -> None:
    blocks = document("one\ntwo\n\nthree\n\n1. four\n   five\n2. six\n").blocks
    assert [(b.kind, b.inline.passage.text) for b in blocks] == [
        ("paragraph", "one two"),
        ("paragraph", "three"),
        ("item", "four five"),
        ("item", "six"),
    ]


def test_text_that_only_looks_like_markup_stays() -> None:
    (block,) = document("1 < 2 and 3 > 2, a*b*c, #5, [brackets] (and these) & R&D").blocks
    assert block.inline.passage.text == "1 < 2 and 3 > 2, a*b*c, #5, [brackets] (and these) & R&D"


def test_anchors_keep_label_target_and_place() -> None:
    (block,) = document("See <a class=\"x\" href='https://a.nl/?a=1&amp;b=2'>the <b>site</b></a>.").blocks
    (anchor,) = block.inline.anchors
    assert (anchor.label.text, anchor.target.text, anchor.start) == ("the site", "https://a.nl/?a=1&b=2", 4)
    assert block.inline.passage.text == "See the site."


def test_paragraph_tags_part_words_and_inline_tags_do_not() -> None:
    (block,) = document("<p>one</p><p>two</p>th<b>r</b>ee<br>four").blocks
    assert block.inline.passage.text == "one two three four"


def test_unclosed_links_are_told_with_their_line() -> None:
    for text in ('ok\n\n<a href="x">y', "ok\n\n<a href='x'\ny</a>", "ok\n\ny</a>"):
        (first, *_) = document(text).findings
        assert (first.rule, first.place.line) == ("anchor-unclosed", 3)


def test_a_hyphenated_break_joins_without_a_space_and_marks_the_false_link() -> None:
    first, second = document('(web-\n\n<a href="https://b.nl">site</a> and').blocks
    joined = join(first.inline, second.inline)
    assert joined.passage.text == "(web-site and"
    assert [anchor.resumes for anchor in joined.anchors] == [True]


def test_other_breaks_join_with_one_space() -> None:
    first, second = document('one - \n\n<a href="https://b.nl">two</a>').blocks
    joined = join(first.inline, second.inline)
    assert joined.passage.text == "one - two"
    assert [anchor.resumes for anchor in joined.anchors] == [False]
