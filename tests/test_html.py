"""Pages of the web, read as a browser shows them."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable

import lxml.html
import pytest

from document_help import links, read, rows, said, told, words
from ogp_data.documents.limits import UnreadableError

PAGE = """\
<!DOCTYPE html>
<html><head><title>Not shown</title><style>p { color: red }</style><script>document.write("no")</script></head>
<body>
<h1 id="top">The plan of
  Arendia</h1>
<p>It has <em>two</em> <strong>parts</strong>, see <a
  href="https://law.example/?a=1&amp;b=2">the law</a>&nbsp;now.<sup>1</sup></p>
<ol start="3"><li>Open the register<ul><li>in full</li></ul></li>
<li><p>Publish the minutes</p><p>of all councils</p></li></ol>
<ol type="a"><li>first</li><li>second</li></ol>
<p hidden>secret</p><p style="display: none">hidden too</p>
<table>
<caption>Progress</caption>
<thead><tr><th>What</th><th colspan="2">Level</th></tr></thead>
<tr bgcolor="#eeeeee"><td rowspan="2">Open the register</td><td
  style="background-color: rgb(0, 176, 80)">Done</td><td>☑</td></tr>
<tr><td>a<br>b<p>c</p></td><td><ol type="a"><li>x</li><li><a href="/y">y</a></li></ol></td></tr>
</table>
<input type="checkbox" checked> agreed
<img src="chart.png" alt="A chart">
<hr>
<pre>kept
  as it is</pre>
<a href="#top">up</a>
</body></html>
"""


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    document = read("html", PAGE)
    assert [
        (block.kind, block.level, block.marker, block.number, block.depth, said(block))
        for block in document.blocks
        if not block.cells
    ] == [
        ("heading", 1, "", 0, 0, "The plan of Arendia"),
        ("paragraph", 0, "", 0, 0, "It has two parts, see the law now.¹"),
        ("item", 0, "3.", 3, 1, "Open the register"),
        ("item", 0, "•", 0, 2, "in full"),
        ("item", 0, "4.", 4, 1, "Publish the minutes"),
        ("paragraph", 0, "", 0, 1, "of all councils"),
        ("item", 0, "a.", 0, 1, "first"),
        ("item", 0, "b.", 0, 1, "second"),
        ("paragraph", 0, "", 0, 0, "Progress"),
        ("paragraph", 0, "", 0, 0, "☑ agreed"),
        ("rule", 0, "", 0, 0, ""),
        ("paragraph", 0, "", 0, 0, "kept as it is"),
        ("paragraph", 0, "", 0, 0, "up"),
    ]
    assert rows(document) == [["What", "Level", ""], ["Open the register", "Done", "☑"], ["", "a b c", "a. x b. y"]]
    table = [block.cells for block in document.blocks if block.cells]
    assert [[cell.is_header for cell in row] for row in table] == [[True, True, False], [False] * 3, [False] * 3]
    assert [(cell.rows, cell.columns, cell.fill, cell.covered) for cell in table[1]] == [
        (2, 1, "#eeeeee", False),
        (1, 1, "#00b050", False),
        (1, 1, "#eeeeee", False),
    ]
    assert [cell.covered for cell in table[0]] == [False, False, True]
    assert [cell.covered for cell in table[2]] == [True, False, False]
    assert links(document) == [("the law", "https://law.example/?a=1&b=2"), ("y", "/y")]
    assert [rule for rule, _ in told(document)] == ["picture-unread"]
    assert [(one.kind, one.count) for one in document.carried] == [("hidden-text", 2), ("macros", 1)]


def test_a_place_is_the_element_and_the_number_of_its_block() -> None:
    document = read("html", PAGE)
    places = [(block.place.text, block.place.members.get("path")) for block in document.blocks]
    assert places[:3] == [
        ("b1", "/html/body[1]/h1[1]"),
        ("b2", "/html/body[1]/p[1]"),
        ("b3", "/html/body[1]/ol[1]/li[1]"),
    ]
    tree = lxml.html.document_fromstring(PAGE)
    for block in document.blocks:
        (element,) = tree.xpath(str(block.place.members["path"]))
        own = " ".join(element.text_content().split())
        assert unicodedata.normalize("NFKD", said(block))[:9].strip("☑ ") in unicodedata.normalize("NFKD", own)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("no tag at all", [("paragraph", "no tag at all")]),
        ("<p>one<p>two", [("paragraph", "one"), ("paragraph", "two")]),
        ("<div>a<div>b</div>c</div>", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("1&lt;2 &amp;amp; &eacute;&#233;", [("paragraph", "1<2 &amp; éé")]),
        ("<h2></h2>x", [("paragraph", "x")]),
        ("<noscript>no</noscript><template>t</template>x", [("paragraph", "x")]),
        ("<p>a<!-- b -->c</p>", [("paragraph", "ac")]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<ul><li><ul><li>x</li></ul></li></ul>", [("item", "x")]),
        ('<ol><li value="7">x</li></ol>', [("item", "x")]),
        ("", []),
        ("<!-- -->", []),
    ],
)
def test_a_structure_is_read_as_a_browser_shows_it(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.kind, said(block)) for block in read("html", text).blocks] == blocks


def test_a_foot_stands_last_and_a_table_in_a_cell_is_told() -> None:
    page = "<table><tfoot><tr><td>foot</td></tr></tfoot><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"
    document = read("html", page)
    assert (rows(document), [rule for rule, _ in told(document)]) == ([["a b"], ["foot"]], ["nested-table"])


def test_nothing_is_fetched_and_no_entity_is_expanded() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><p>&b;&x;</p>'
    )
    assert "root" not in words(read("html", bomb))


def test_a_table_of_spans_without_end_is_refused_at_once() -> None:
    with pytest.raises(UnreadableError) as raised:
        read("html", "<table>" + "<tr><td rowspan=65000 colspan=1000>x" * 2000)
    assert raised.value.rule == "too-large"


def test_what_lies_deep_is_read_all_the_same() -> None:
    document = read("html", "<div>" * 5000 + "deep" + "</div>" * 5000 + "<p>last</p>")
    assert words(document) == Counter(deep=1, last=1) or ("damaged-file", "") in told(document)


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h2",
    "a",
    "sup",
    "pre",
    "dl",
    "dt",
    "section",
]
THINGS = [
    "<br>",
    "<hr>",
    "&amp;",
    "&nbsp;",
    "x",
    " y ",
    "\n",
    "z\n",
    "<img alt=q>",
    "<!-- n -->",
    "é",
    "<",
    "2",
    "</",
    "\x07",
]


def made(chance: random.Random) -> str:
    """Return tags that are opened and closed anyhow, and text between them."""
    said = []
    for _ in range(chance.randrange(25)):
        tag = chance.choice(TAGS)
        span = chance.choice(
            ["", "", " colspan=3", " rowspan=2", " rowspan=0", ' href="https://a.example/"', " type=i"]
        )
        said.append(chance.choice([f"<{tag}{span}>", f"</{tag}>", f"<{tag}>w{chance.randrange(99)}</{tag}>", *THINGS]))
    return "".join(said)


def letters(words: Iterable[str]) -> Counter[str]:
    return Counter(unicodedata.normalize("NFKD", "".join(words)))


CONTROLS = dict.fromkeys([*range(0x01, 0x08), *range(0x10, 0x18), 0x19, 0x7F])
"""Characters that no page shows, and that are set aside."""


def check_shown(chance: random.Random) -> None:
    """What is read is all that the page says; markers of items in cells are counted by the browser."""
    text = made(chance)
    document = read("html", text)
    shown = (
        lxml.html.document_fromstring(f"<p></p>{text}".encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        .text_content()
        .translate(CONTROLS)
    )
    lost = letters(shown.split()) - letters(words(document).elements())
    added = letters(words(document).elements()) - letters(shown.split())
    assert not lost, lost
    assert "<ol" in text or not added, added


def test_any_page_says_what_it_shows() -> None:
    for seed in range(300):
        check_shown(random.Random(seed))


def test_tables_that_stand_in_no_cell_of_one_another_are_read_however_deep() -> None:
    document = read("html", "<table>" * 240 + "last")
    assert words(document) == Counter(last=1)
