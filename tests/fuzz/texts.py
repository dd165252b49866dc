"""Text by chance: words, characters of every kind, and what looks like markup, is markup, or nearly is."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


def spaced(text: str) -> tuple[str, ...]:
    """Return what stands between the spaces of a text."""
    return tuple(text.split())


def bars(text: str) -> tuple[str, ...]:
    """Return what stands between the bars and on the lines of a text."""
    return tuple(one.strip() for line in text.strip().split("\n") for one in line.split(" | "))


WORDS = (
    *(
        "actie",
        "open",
        "Groen",
        "Rood",
        "Voortgang",
        "Rijks-",
        "en",
        "gemeentebreed",
        "één",
        "coördinatie",
        "e.g.",
        "b.v.",
    ),
    *(
        "p.m.",
        "m.b.t.",
        "2015.",
        "2022¹",
        "1e",
        "26-05-2023",
        "26 mei '23",
        "Q1 2021",
        "3 mei 2024",
        "t/m",
        "1e3",
        "01",
    ),
    *("=1+1", "@x", "-", "+31", "§ 3", "€ 5", "“punt”", "’s", "http://x.nl", "a_b", "C:\\map", "x@y.nl", "1.1", "(a)"),
)
ODD = (
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u00a0\u2007\u202f\u3000\u2028\u2029\u0085"  # joints and spaces
    "\u202a\u202b\u202e\u2066\u2069\u200e\u061c"  # direction
    "\x01\x08\x0b\x0c\x1b\x1c\x1d\x1e\x1f\x7f\x80\x9f"  # control
    "\ue000\uf8ff\ufffd\ufffe\uffff\U0001ffff\U000f0000\ufdd0"  # private, replaced, no characters
    "\u0301\u0338\u0345\u1e9b\u212b\u2126\ufb01\u0958\uac00\u1100\u1161"  # what NFC and NFKC change
    "¹²³⁴ⅣⅠ①٣३\u00df\u0130\u0131\u017f\U0001f600\U0001f468\u200d\U0001f469"
)
MOJIBAKE = ("Ã©Ã©n", "â€œpuntâ€", "Ã«", "Â ")
ENTITIES = (
    *("&amp;", "&lt;b&gt;", "&#39;", "&nbsp;", "&#x1F600;", "&#0;", "&#128;", "&#xD800;", "&#1114112;", "&#9999999;"),
    *("&#x9;", "&#10;", "&#13;", "&#1;", "&nosuch;", "&amp", "&", "&;", "&#;", "&#x;", "&amp;amp;", "&shy;", "&zwj;"),
    *("&copy", "&lt;script&gt;", "&quot;", "&AMP;", "&NotEqualTilde;", "&ThickSpace;", "&bne;", "&#xFFFE;"),
)
TAGS = (
    *("<b>", "</b>", "<i>", "</i>", "<br>", "<br/>", "<br />", "<p>", "</p>", "<p></p>", "<div class='x'>", "</div>"),
    *("<ul>", "<li>", "</li>", '<span style="x:y">', "</span>", "<sup>", "</sup>", "<sub>1</sub>", "<em>", "</em>"),
    *("<table>", "<tr>", "<td colspan=2>", "</td>", "<img src=x>", "<script>", "</script>", "<h1>", "<!-- x -->"),
    *("<!-- een woord -->", "<!-->", "<!---->", "<![CDATA[x]]>", "<!DOCTYPE html>", "<?xml version='1.0'?>", "<a>"),
    *("</a>", "<a href>", "<a href=>", "<a href=''>", "<A HREF=x>", "<b data-x=1>", "<b aria-label='een woord'>"),
)
NEARLY = (
    *(
        "<b.v. een enquête>",
        "<p.m.>",
        "a<b en x>y",
        "<3",
        "< b >",
        "<b",
        "b>",
        "<b en>",
        "<naam>",
        "<x@y.nl>",
        "<-",
        "->",
    ),
    *(
        "<https://voorbeeld.nl/a b>",
        "<https://voorbeeld.nl>",
        "<mailto:x@y.nl>",
        "<a b c>",
        "<p een=twee>",
        "<i.e.>",
        "<<b>>",
    ),
    *(
        "<b<i>",
        "<b id=een title='twee woorden'>",
        "</ b>",
        "<br een>",
        "<u>",
        "<em dash>",
        "<!een woord>",
        "<!",
        "<?",
        "</",
    ),
)
LINKS = (
    *(
        "[x](https://voorbeeld.nl)",
        "[x](y 'titel')",
        '[x](https://v.nl "een titel")',
        "[x]()",
        "[](x)",
        "[ ](#)",
        "[x](#)",
    ),
    *("[x](a(b)c)", "[x](a(b)", "[x] (y)", "[x][1]", "[1]: https://v.nl 'titel'", "[^1]", "[^1]: noot", "![x](y.png)"),
    *(
        "[[x](y)](z)",
        "[x",
        "](y)",
        "[]",
        "[a]b]",
        "[x](<a b>)",
        "[x](a\tb)",
        "[x](https://v.nl/&amp;)",
        "[*x*](y)",
        "[x](\u202e)",
    ),
    *(
        "<a href='https://v.nl'>tekst</a>",
        '<a href="#">x</a>',
        "<a href=https://v.nl/a>x",
        "x</a>",
        "<a href='a'><a href='b'>x</a></a>",
    ),
    *(
        "<a href='javascript:x'>x</a>",
        "<a href='https://v.nl'></a>",
        "<a\nhref='x'>y</a>",
        "<a href='é'>x</a>",
        "<a title='woord'>x</a>",
    ),
)
MARKS = (
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "```",
    "~~",
    "\\",
    "\\*",
    "\\[",
    "\\#",
    "|",
    "^",
    "#",
    "■",
    "□",
    "▪",
    "--",
    "—",
    "…",
)
SPACES = ("", " ", "  ", "   ", "\t", "\u00a0", " \t ")
PIECES = (WORDS, ENTITIES, TAGS, NEARLY, LINKS, MARKS, MOJIBAKE)

characters: SearchStrategy[str] = st.one_of(
    st.sampled_from(ODD),
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\n\r"),
    st.sampled_from("<>[]()&;#*\\|\"'="),
)
pieces: SearchStrategy[str] = st.one_of(*map(st.sampled_from, PIECES), st.text(characters, min_size=1, max_size=6))
plain: SearchStrategy[str] = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@st.composite
def inline(draw: st.DrawFn, longest: int = 8) -> str:
    """Return a run of text within a line, mostly words, with a few pieces of other kinds among them."""
    parts = []
    for _ in range(draw(st.integers(0, longest))):
        parts.append(draw(st.one_of(st.sampled_from(WORDS), pieces)))
        parts.append(draw(st.sampled_from(SPACES[:4])))
    return "".join(parts).replace("\t", draw(st.sampled_from((" ", " ", "\t"))))


@st.composite
def repeated(draw: st.DrawFn) -> str:
    """Return one piece many times: what takes long, nests deep, or fills a line."""
    return draw(pieces) * draw(st.sampled_from((2, 10, 100, 1000)))
