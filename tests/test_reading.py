"""How the reader takes a converted document apart."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import SupportsIndex

import pytest

from finding_help import line_of
from fuzz.search import LONGEST, limited
from ogp_data.core.source import SourceText
from ogp_data.documents import Document
from ogp_data.documents.converted_text import read
from ogp_data.documents.joining import join_all


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
    assert [(found.rule, line_of(found)) for found in result.findings] == [("markup-as-text", 1)]
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
        assert (first.rule, line_of(first)) == ("unclosed-anchor", 3)


def test_a_hyphenated_break_joins_without_a_space_and_marks_the_false_link() -> None:
    first, second = document('(web-\n\n<a href="https://b.nl">site</a> and').blocks
    joined = join_all((first.inline, second.inline))
    assert joined.passage.text == "(web-site and"
    assert [anchor.resumes for anchor in joined.anchors] == [True]


@pytest.mark.parametrize(
    ("text", "made_up"),
    [
        ("lokale-\n[x.nl](https://x.nl)", True),
        ("lokale-\n[x.nl](https://x.nl/)", True),
        ("Noord-\n[Holland](https://www.noord-holland.nl/plan)", False),
        ('e-\n<a href="https://x.nl/m">mail</a>', False),
        ("lokale [x.nl](https://x.nl)", False),
    ],
)
def test_a_link_at_the_end_of_a_broken_word_is_false_only_where_its_address_is_its_label(
    text: str, made_up: bool
) -> None:
    (block,) = document(text).blocks
    assert [anchor.is_made_up for anchor in block.inline.anchors] == [made_up]


def test_other_breaks_join_with_one_space() -> None:
    first, second = document('one - \n\n<a href="https://b.nl">two</a>').blocks
    joined = join_all((first.inline, second.inline))
    assert joined.passage.text == "one - two"
    assert [anchor.resumes for anchor in joined.anchors] == [False]


def texts(text: str) -> list[str]:
    return [block.inline.passage.text for block in document(text).blocks]


def told(text: str) -> list[tuple[str, int | None]]:
    return [(found.rule, line_of(found)) for found in document(text).findings]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Zie <b.v. een enquête> hier", "Zie <b.v. een enquête> hier"),
        ("Pro memorie <p.m.> daar", "Pro memorie <p.m.> daar"),
        ("als a<b en x>y dan", "als a<b en x>y dan"),
        ("<a naar b> en <i dat staat er> en </klaar>", "<a naar b> en <i dat staat er> en </klaar>"),
        ("<title page> <a title> <b hidden x>", "<title page> <a title> <b hidden x>"),
        ("<foo> <w:p> <een/twee>", "<foo> <w:p> <een/twee>"),
        ("[noot](zie bijlage 3)", "[noot](zie bijlage 3)"),
        ("<!een nota> <?een vraag?>", "<!een nota> <?een vraag?>"),
    ],
)
def test_words_between_angle_brackets_that_are_no_tag_of_html_are_text(text: str, published: str) -> None:
    assert texts(f"eerst\n\n{text}") == ["eerst", published]
    assert set(told(f"eerst\n\n{text}")) <= {("markup-as-text", 3)}


@pytest.mark.parametrize(
    "tag",
    ["<b class=x>", "<span data-a='1' aria-label=\"b\">", "<P ALIGN=center>", "<font color='#00b050'>", "<p hidden>"],
)
def test_tags_of_html_are_markup_whatever_their_case_and_attributes(tag: str) -> None:
    name = tag[1:].split()[0]
    assert texts(f"een {tag}twee</{name}> drie") in (["een twee drie"], ["een twee drie"])


@pytest.mark.parametrize("tag", ["<table>", "<img src='x'>", "<h1>", "<td colspan=2>", "<del>"])
def test_a_tag_that_this_reader_does_not_read_is_named_with_its_line(tag: str) -> None:
    (found,) = document(f"een\n\ntwee {tag} drie").findings
    assert (found.rule, line_of(found)) == ("unsupported-structure", 3)
    assert tag[1:].split()[0].rstrip(">") in found.message


@pytest.mark.parametrize(
    ("text", "blocks", "rules"),
    [
        ("# A\n\n<br>\n\nb", ["A", "b"], [("markup-only", 3)]),
        ("# A\n\n<p></p>\n\nb", ["A", "b"], [("markup-only", 3)]),
        ("# A\n\n<!-- x -->\n\nb", ["A", "b"], [("markup-only", 3)]),
        ("# A\n\n&nbsp;\n\nb", ["A", "b"], [("markup-only", 3)]),
        ("# A\n\n[](https://x.nl)\n\nb", ["A", "b"], [("link-without-label", 3), ("markup-only", 3)]),
        ("# A\n\n#### \n\nb", ["A", "b"], [("empty-heading", 3)]),
        ("# A\n\n####\n\nb", ["A", "b"], [("empty-heading", 3)]),
    ],
)
def test_markup_without_text_is_no_block_and_is_told(text: str, blocks: list[str], rules: list[object]) -> None:
    assert texts(text) == blocks
    assert told(text) == rules


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("De Rijks-\nen gemeenten", "De Rijks- en gemeenten"),
        ("in- of\nuitvoer", "in- of uitvoer"),
        ("Noord-\nHolland", "Noord-Holland"),
        ("COVID-\n19", "COVID-19"),
        ("de gemeen\u00ad\nten doen", "de gemeenten doen"),
        ("de gemeen&shy;ten doen", "de gemeenten doen"),
        ("De over\u200bheid\ufeff werkt", "De overheid werkt"),
        ("een - \ntwee", "een - twee"),
        ("Het jaar 2022<sup>1</sup> was", "Het jaar 2022¹ was"),
        ("10<sub>2</sub> en CO<sub>2</sub>", "10₂ en CO2"),
        ("het 1<sup>e</sup> kwartaal", "het 1e kwartaal"),
        ("art. 5\\_a, 3\\* en \\[noot\\]", "art. 5_a, 3* en [noot]"),
        ("1\\. geen punt", "1. geen punt"),
        (
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("een\ftwee\rdrie\u2028vier", "een twee drie vier"),
    ],
)
def test_habits_of_converters_are_read(text: str, published: str) -> None:
    assert texts(text) == [published]
    assert told(text) == []


def test_a_cell_of_white_space_that_is_written_out_is_empty_and_accounted_for() -> None:
    result = document("a\t&nbsp;\tb")
    (block,) = result.blocks
    assert [cell.passage.text for cell in block.cells] == ["a", "", "b"]
    assert [list(cell.passage.spans) for cell in block.cells] == [[(0, 1)], [], [(9, 10)]]
    assert [(aside.start, aside.end, aside.reason) for aside in result.asides] == [(2, 8, "markup")]


def test_a_hyphen_that_may_only_break_the_word_is_told() -> None:
    assert texts("de gemeen-\nten doen") == ["de gemeen-ten doen"]
    assert told("de gemeen-\nten doen") == [("hyphen-at-line-end", 1)]


@pytest.mark.parametrize(
    ("text", "label", "target"),
    [
        ("<https://x.nl/een>", "https://x.nl/een", "https://x.nl/een"),
        ("<info@x.nl>", "info@x.nl", "mailto:info@x.nl"),
        ('[twee](https://x.nl/twee "De titel")', "twee", "https://x.nl/twee"),
        ("[a_b](<https://x.nl/a b>)", "a_b", "https://x.nl/a b"),
        ("[c](https://x.nl/c\\_d)", "c", "https://x.nl/c_d"),
        ("[d](https://x.nl/a b)", "d", "https://x.nl/a b"),
        ("[<b>e</b> [1]](https://x.nl/(e))", "e [1]", "https://x.nl/(e)"),
    ],
)
def test_links_as_markdown_writes_them(text: str, label: str, target: str) -> None:
    (block,) = document(text).blocks
    assert [(a.label.text, a.target.text) for a in block.inline.anchors] == [(label, target)]
    assert block.inline.passage.text == label


def test_a_year_at_the_start_of_a_line_is_no_list_item() -> None:
    (block,) = document("The work goes on until the end of\n2015. It will then be assessed.").blocks
    assert (block.kind, block.inline.passage.text) == (
        "paragraph",
        "The work goes on until the end of 2015. It will then be assessed.",
    )
    kinds = [(block.kind, block.number) for block in document("Two points:\n1. a\n2. b until\n2015. c\n4. d").blocks]
    assert kinds == [("paragraph", 0), ("item", 1), ("item", 2), ("item", 4)]


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        ("- een\n- twee", "list with the marker -"),
        ("a. een\nb. twee", "list with letters"),
        ("1) een\n2) twee", "numbered 1) or (1)"),
        ("1.1 een\n1.2 twee", "numbered 1.1"),
        ("| a | b |\n|---|---|\n| c | d |", "table drawn with |"),
        ("zie de wet[^1]", "footnotes"),
        ("> een\n> twee", "quotation"),
        ("Titel\n=====", "underlined"),
        ("– een\n– twee", "marker – or —"),
        ("— een\n— twee", "marker – or —"),
        ("o een\no twee", "marker o"),
        ("§ een\n§ twee", "marker §"),
        ("☐ een\n☐ twee", "boxes"),
        ("\uf0b7een\n\uf0b7\u00a0twee", "boxes"),
        ("A. een\nB. twee", "list with letters"),
        ("II. een\nIII. twee", "Roman numbers"),
        ("A1. een\nA2. twee", "numbered A1"),
        ("B.1 een\nB.2 twee", "numbered A1"),
        ("I.a een\nI.b twee", "numbered A1"),
        ("1a) een\n1b) twee", "numbered A1"),
        ("AB-12: een\nAB-13: twee", "numbered A1"),
        ("#Een\n#Twee", "without a space after its #"),
        ("<p>Eerst.</p><p>Daarna.</p>", "more than one paragraph"),
        ("<ul><li>eerst</li><li>daarna</li></ul>", "list item of one line"),
        ("in 2022[1](https://x.nl/n1)", "note reference"),
        ("in 2022<small>1</small>", "digits in <small>"),
        ("in 2022<span>1</span>", "digits in <span>"),
        ("![een](x.png)", "picture"),
    ],
)
def test_a_structure_that_is_not_read_is_named_with_its_line(lines: str, form: str) -> None:
    result = document(f"# A\n\n{lines}\n")
    assert [line_of(found) for found in result.findings if form in found.message][:1] in ([3], [4])
    assert {found.rule for found in result.findings} == {"unsupported-structure"}
    glued = [
        block for block in result.blocks if "een" in block.inline.passage.text and "twee" in block.inline.passage.text
    ]
    assert glued == []


def test_a_link_by_reference_is_named_where_the_document_says_its_address() -> None:
    assert told("zie [de wet][wet]\n\n[wet]: https://x.nl\n") == [
        ("unsupported-structure", 1),
        ("unsupported-structure", 3),
    ]
    assert told("zie [de wet][wet]") == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("in 2022[1](https://x.nl/n1)", "in 2022 1"),
        ('art. 3<a href="https://x.nl/n3">4</a>', "art. 3 4"),
        ("5%[2](https://x.nl)", "5% 2"),
        ("zin.[2](https://x.nl) en", "zin. 2 en"),
        ("2022<small>[1](https://x.nl)</small>", "2022 1"),
        ("2022<font size=1>[1](https://x.nl)</font>", "2022 1"),
        ("2022<small>1</small>", "2022 1"),
        ("2022<a name='noot1'>1</a>", "2022 1"),
        ("2022[<sup>1</sup>](https://x.nl)", "2022¹"),
        ("2022<sup>[1](https://x.nl)</sup>", "2022¹"),
        ("2022<SUP>&#49;</SUP>", "2022¹"),
        ("artikel 3<sup>a</sup>", "artikel 3ᵃ"),
        ("2<sup>n</sup>", "2ⁿ"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("x<sup>n+1</sup>", "xⁿ⁺¹"),
        ("2<sup>q</sup>", "2 q"),
        ("2022<sup>zie de noten aan het eind</sup>", "2022 zie de noten aan het eind"),
        ("de M<sup>me</sup>", "de Mme"),
        ("([1](https://x.nl)) en [2](https://x.nl)", "(1) en 2"),
    ],
)
def test_what_may_be_the_mark_of_a_note_never_becomes_part_of_a_number(text: str, published: str) -> None:
    assert texts(text) == [published]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "&nbsp;", "\u202f"])
def test_any_space_behind_its_number_makes_a_list_item(space: str) -> None:
    blocks = document(f"1. Een\n2. Twee\n3.{space}Drie").blocks
    assert [(b.kind, b.number, b.inline.passage.text) for b in blocks] == [
        ("item", 1, "Een"),
        ("item", 2, "Twee"),
        ("item", 3, "Drie"),
    ]


def test_a_number_without_a_space_is_told_where_a_list_item_may_begin() -> None:
    assert told("1. Een\n2. Twee\n3.Drie\n4.Vier") == [("item-as-text", 3), ("item-as-text", 4)]
    assert told("1. Een\n2.\u200bTwee\n3.**Drie**\n4.[Vier](https://x.nl)") == [("item-as-text", n) for n in (2, 3, 4)]
    assert told("1.Een\n2.Twee") == [("item-as-text", 1), ("item-as-text", 2)]
    assert told("Zie artikel\n3.Drie of 2.b") == []


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ("# Plan\t", 1, "Plan"),
        ("##\tTab", 2, "Tab"),
        ("   ## Ingesprongen", 2, "Ingesprongen"),
        ("#\u00a0nbsp", 1, "nbsp"),
    ],
)
def test_a_heading_is_one_whatever_white_space_stands_around_it(line: str, level: int, title: str) -> None:
    (block,) = document(line).blocks
    assert (block.kind, block.level, block.inline.passage.text) == ("heading", level, title)
    assert told(line) == []


@pytest.mark.parametrize("line", ["Inleiding\t3", "#\tNaam\tStatus"])
def test_a_tab_between_words_makes_a_row(line: str) -> None:
    assert [block.kind for block in document(line).blocks] == ["row"]


def test_a_backslash_that_breaks_a_line_is_markup() -> None:
    assert texts("Naam: Jan\\\nAdres\\") == ["Naam: Jan Adres\\"]
    assert told("Naam: Jan\\\nAdres") == []


@pytest.mark.parametrize(
    "text",
    [
        "<!-- verborgen\n\nnog verborgen -->",
        "<!--[if gte mso 9]>\n\nx",
        "Tekst. <![if !supportLists]>1.<![endif]> een",
        "<![CDATA[ rauw ]]>",
        "een&nbsp twee",
        "een &eacute\u00a0",
        "een &#160 twee",
        "een &foo; twee",
        "een &hellip twee",
    ],
)
def test_what_is_markup_elsewhere_is_published_as_text_and_told(text: str) -> None:
    assert told(f"eerst\n\n{text}") == [("markup-as-text", 3)]
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "mark", ["*nadruk*", "_x_", "__een woord__", "~~weg~~", "H~2~O", "x^2^", "kop {#id}", "{.klasse a=b}"]
)
def test_marks_of_markdown_inside_a_line_are_told(mark: str) -> None:
    assert told(f"eerst\n\nhet {mark}, en verder") == [("markup-as-text", 3)]
    assert texts(f"het {mark}, en verder") == [f"het {mark}, en verder"]


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 en 2 * 3 * 4",
        "snake_case_naam en _id",
        "prijs* en kosten* (zie *)",
        "Naam: ____ en ____",
        "https://x.nl/_a_/b",
        "[a](https://x.nl/*b*/~c~)",
        "ca. ~20 en ~30",
        "5\\* en 6\\*",
        "{a, b}",
    ],
)
def test_stars_and_lines_that_mark_nothing_are_not_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("<o:p>een</o:p> <w:x>twee", "2 more"),
        ("[](https://a.nl) x [](https://b.nl) [](https://c.nl)", "2 more"),
        ("*een* en *twee*", "1 more"),
        ("<o:p>een", ""),
    ],
)
def test_what_a_line_has_more_of_a_kind_is_counted(text: str, more: str) -> None:
    (found,) = document(text).findings
    assert found.message.partition("The line has ")[2].removesuffix(" of the kind.") == more


def test_a_tag_that_holds_no_text_is_told_as_not_published() -> None:
    (found,) = document("zie <img src='x'> hier").findings
    assert "set aside as markup and not published" in found.message


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("plan-\nDe minister", True),
        ("Plan-\nDe minister", True),
        ("oud-\nKamerlid", True),
        ("niet-\nEU-land", False),
        ("lokale-\ndemocratie.nl", False),
        ("(Noord-\nHolland)", False),
    ],
)
def test_a_hyphen_before_a_capital_is_told_where_it_may_end_the_text_before(text: str, doubtful: bool) -> None:
    assert told(text) == [("hyphen-at-line-end", 1)] * doubtful


def test_a_cell_may_hold_more_than_one_paragraph() -> None:
    assert told("a\t<p>Eerst.</p><p>Daarna.</p>") == []


def test_names_of_tags_that_stand_for_words_are_told() -> None:
    rules = told("Kosten\n\nper <p> stuk en <li> en <hr> of <div>.")
    assert rules[:3] == [("unpaired-tag", 3)] * 3
    assert any("<hr>" in found.message for found in document("een <hr> of").findings)


# The work of reading grows with the document --------------------------------------------------------------


class CountedText(str):
    """A text that counts the characters that are copied out of it."""

    copied = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        part = super().__getitem__(key)
        CountedText.copied += len(part)
        return part


def work(text: str) -> int:
    """Return how many calls a reading makes, and how many characters it copies out of the document."""
    calls = CountedText.copied = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    source = SourceText.of("document.txt", CountedText(text))
    gc.disable()  # what the garbage of other tests does when it is collected is no work of the reading
    sys.setprofile(count)
    try:
        read(source)
    finally:
        sys.setprofile(None)
        gc.enable()
    return calls + CountedText.copied


SHAPES: dict[str, Callable[[int], str]] = {
    "a paragraph of many lines": lambda n: "regel van een alinea\n" * n,
    "broken words": lambda n: "gemeen-\n" * n,
    "soft hyphens": lambda n: "gemeen\u00ad\n" * n,
    "tags after a hyphen": lambda n: "a-\n" + "<b>\n" * n,
    "dashes": lambda n: "-" * n + "x",
    "list items": lambda n: "1. punt\n" * n,
    "bullets": lambda n: "- punt\n" * n,
    "links": lambda n: "[a](https://x.nl) " * n,
    "link beginnings": lambda n: "[a](" * n,
    "links within each other": lambda n: "[a](" * n + ")" * n,
    "opened brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[" * n + "](" * n,
    "round brackets": lambda n: "[a](" + "(x)" * n,
    "references": lambda n: "[a]: x\n\n" + "[a][a] " * n,
    "opened tags": lambda n: "<b>" * n + "</i>" * n,
    "torn tags": lambda n: "<a href=" * n,
    "quotes in tags": lambda n: "<a title=\"<a title='" * n,
    "comments": lambda n: "<!--" * n,
    "raised": lambda n: "<sup>1" * n + "</sup>" * n,
    "angles": lambda n: "<a" * n,
    "stars": lambda n: "*" * n + "x*",
    "spaces": lambda n: "# a" + " " * n + "b" + " " * n,
    "entities": lambda n: "&amp;&" * n,
    "invisible characters": lambda n: "a\u200b" * n,
    "table rows": lambda n: "a\tb\tc\n" * n,
    "tags of paragraphs": lambda n: "<p>" * n,
    "small numbers": lambda n: "1<small>" * n + "</small>" * n,
    "marks of notes": lambda n: "1[2](https://x.nl)" * n,
    "marks of Markdown": lambda n: "*a _b ~~c {#d" * n,
    "references without end": lambda n: "&nbsp &foo; " * n,
    "breaks with a backslash": lambda n: "a\\\n" * n,
    "tight numbers": lambda n: "".join(f"{i % 900 + 1}.a\n" for i in range(n)),
    "a wide row": lambda n: "a\t" * n,
    "form feeds": lambda n: "a\f" * n,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_ten_times_the_document_is_at_most_twelve_times_the_work(shape: str) -> None:
    assert work(SHAPES[shape](2000)) <= 12 * work(SHAPES[shape](200))


@pytest.mark.parametrize("shape", ["dashes", "stars", "spaces", "angles", "comments", "opened brackets"])
def test_no_expression_looks_at_a_long_document_again_and_again(shape: str) -> None:
    """What expressions do cannot be counted; one that goes over this text for each of its characters never ends."""
    with limited(LONGEST):
        document(SHAPES[shape](100_000))
