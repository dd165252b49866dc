"""Markdown as sites publish it, read."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import lxml.html
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from conftest import shared
from document_help import links, read, rows, said, told, words

PLAN = """\
---
title: "The plan"
layout: page
---

# The plan of Arendia

It has *two* **parts**, see [the law][law] and <https://plan.example/>.[^1]

1. Open the register
2. Publish the minutes
   - of the council
   - of its parts

a. first
b. second [letter](https://b.example/)

| No | What | Done |
|:--|---|---|
| 1 | Open \\| closed | ✓ |
| 2 | [Budget](https://c.example/?a=1&b=2) | |

> A word of the mayor &amp; others<br>in two lines

![A chart](chart.png)

<table><tr><td rowspan="2" bgcolor="#00B050">Done</td><td>1</td></tr><tr><td>2</td></tr></table>

***

[law]: https://law.example/ "The law"
[^1]: It came into force
    in May.
"""


def test_a_plan_in_markdown_is_read_as_a_page_shows_it() -> None:
    document = read("markdown", PLAN)
    assert [
        (block.kind, block.place.text, block.level, block.marker, block.number, block.depth, said(block))
        for block in document.blocks
        if not block.cells
    ] == [
        ("heading", "L6", 1, "", 0, 0, "The plan of Arendia"),
        ("paragraph", "L8", 0, "", 0, 0, "It has two parts, see the law and https://plan.example/.¹"),
        ("item", "L10", 0, "1.", 1, 1, "Open the register"),
        ("item", "L11", 0, "2.", 2, 1, "Publish the minutes"),
        ("item", "L12", 0, "-", 0, 2, "of the council"),
        ("item", "L13", 0, "-", 0, 2, "of its parts"),
        ("item", "L15", 0, "a.", 0, 1, "first"),
        ("item", "L16", 0, "b.", 0, 1, "second letter"),
        ("paragraph", "L23", 0, "", 0, 0, "A word of the mayor & others in two lines"),
        ("picture", "L25", 0, "", 0, 0, ""),
        ("rule", "L29", 0, "", 0, 0, ""),
        ("item", "L32", 0, "[1]", 0, 1, "It came into force in May."),
    ]
    assert rows(document) == [
        ["title", "The plan"],
        ["layout", "page"],
        ["No", "What", "Done"],
        ["1", "Open | closed", "✓"],
        ["2", "Budget", ""],
        ["Done", "1"],
        ["", "2"],
    ]
    assert [block.place.text for block in document.blocks if block.cells] == [
        "L2",
        "L3",
        "L18",
        "L20",
        "L21",
        "L27",
        "L27",
    ]
    assert [block.table for block in document.blocks if block.cells] == [0, 0, 1, 1, 1, 2, 2]
    assert links(document) == [
        ("the law", "https://law.example/"),
        ("https://plan.example/", "https://plan.example/"),
        ("letter", "https://b.example/"),
        ("Budget", "https://c.example/?a=1&b=2"),
    ]
    assert told(document) == [("picture-unread", "L25")]
    merged = next(block.cells[0] for block in document.blocks if block.table == 2)
    assert (merged.rows, merged.columns, merged.fill) == (2, 1, "#00b050")
    styled = next(block.inline for block in document.blocks if block.place.text == "L8")
    text = document.source.text
    assert [(one.kind, text[one.start : one.end]) for one in styled.styles] == [
        ("italic", "two"),
        ("bold", "parts"),
        ("raised", "¹"),
    ]
    marked = next(block.cells[2] for block in document.blocks if block.place.text == "L20")
    assert [(one.kind, one.drawn) for one in marked.styles] == [("mark", "U+2713")]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "The work goes on until\n2015. It is then assessed.",
            [("paragraph", "The work goes on until 2015. It is then assessed.")],
        ),
        ("b. is no first item", [("paragraph", "b. is no first item")]),
        ("#", []),
        ("[](https://a.example/)", [("paragraph", "")]),
        ("3. three\n3. four", [("item", "three"), ("item", "four")]),
        ("m<sup>2</sup> and 2022<sup>1</sup>", [("paragraph", "m² and 2022¹")]),
        ("~~gone~~ back", [("paragraph", "gone back")]),
        ("`a | b`", [("paragraph", "a | b")]),
        ("```\ncode\n  more\n```", [("paragraph", "code more")]),
        ("<!-- a note -->\n\ntext", [("paragraph", "text")]),
        ("![x](y) words", [("paragraph", "words")]),
        ("\\# no heading", [("paragraph", "# no heading")]),
        ("", []),
    ],
)
def test_a_structure_is_read_as_a_page_shows_it(text: str, blocks: list[tuple[str, str]]) -> None:
    assert [(block.kind, said(block)) for block in read("markdown", text).blocks] == blocks


@pytest.mark.parametrize("marker", ["> ", "- "])
def test_what_lies_too_deep_is_no_document(marker: str) -> None:
    assert told(read("markdown", f"text\n\n{marker * 5000}lost")) == [("damaged-file", "L3")]
    assert words(read("markdown", f"{marker * 15}kept")) == {"kept": 1}


def test_numbers_go_on_from_the_first_as_pages_have_them() -> None:
    assert [(block.marker, block.number) for block in read("markdown", "4. a\n4. b\n9. c").blocks] == [
        ("4.", 4),
        ("5.", 5),
        ("6.", 6),
    ]


PLAIN = [
    *("# H\n\n", "text *em* **b** [l](https://a.example/) ", "\n\n", "- a\n- b\n", "1. x\n   - y\n", "> q\n", "***"),
    *(
        "| a | b |\n|---|---|\n| c | d |\n\n",
        "`c` ",
        "\\* ",
        "&amp; ",
        "\ta\n",
        "    code\n",
        "2015. c\n",
        "~~s~~",
        "é\u00a0",
    ),
    *("[x]: https://r.example/\n\n", "\u2028", "![](q)", "--\n", "==\n", "<", "_", "[", "](", "\\"),
]
PARTS = [
    *PLAIN,
    *("<b>bold", "</div>", "<table><tr><td colspan=3>", "[^1]", "\n[^1]: n\n", "![p](q)", "<br>", "---\n", "a. b\n"),
    *("<!--", "-->", "\x07", "<a href='https://h.example/'>", "</a>", "<sup>1</sup>"),
]


def made(chance: random.Random, parts: Sequence[str] = PARTS) -> str:
    return "".join(chance.choices(parts, k=chance.randrange(14)))


def test_any_markdown_is_read_with_each_word_in_one_place() -> None:
    for seed in range(300):
        read("markdown", made(random.Random(seed)))


def check_shown(chance: random.Random) -> None:
    """What is read is what another way of reading shows."""
    text = made(chance, PLAIN)
    assert letters(shown(f"\n---\n{text}")) == letters(words(read("markdown", text)).elements())


def test_any_markdown_says_what_its_page_shows() -> None:
    for seed in range(200):
        check_shown(random.Random(seed))


def shown(text: str) -> list[str]:
    """Return the words that another way of reading finds: as a page, without its markup."""
    body = text.partition("\n---\n")[2]
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body)
    return lxml.html.document_fromstring(f"<p>{page}").text_content().split()


def letters(words: Iterable[str]) -> Counter[str]:
    """Return how often each letter is there, raised ones as plain ones."""
    return Counter(unicodedata.normalize("NFKD", "".join(words)))


def test_no_word_of_the_sample_is_missing() -> None:
    path = shared() / "samples" / "us-nap5-self-assessment.md"
    text = path.read_text(encoding="utf-8")
    document = read("markdown", text)
    front = [word for row in rows(document)[:4] for cell in row for word in cell.split()]
    assert letters([*shown(text), *front]) == letters(words(document).elements())
    assert len(links(document)) == text.count("](http") + text.count("](/") + text.count('<a href="http') + text.count(
        "<http"
    )


def test_no_letter_of_the_french_sample_is_missing() -> None:
    """By the count of the page that another program makes of each file, without the marks of its notes."""
    paths = sorted((shared() / "samples" / "fr-nap1-2015-2017").rglob("*.md"))
    assert len(paths) == 96
    for path in paths:
        text = path.read_text(encoding="utf-8")
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
        page = lxml.html.document_fromstring(f"<p>{parser.render(text)}")
        for note in page.xpath('//sup[@class="footnote-ref"]|//a[@class="footnote-backref"]'):
            note.clear(keep_tail=True)
        seen, found = letters(page.text_content().split()), letters(words(read("markdown", text)).elements())
        compared = [one for one in sorted(seen) if not one.isdigit() and one.isprintable()]
        assert [seen[one] for one in compared] == [found[one] for one in compared], path
