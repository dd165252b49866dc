"""Documents made at random from a grammar of what converters write, each with the words that must not vanish."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

ODD = "\u200b\u2060\ufeff\u00ad\u200e\u202e\ue000\ufffd\u200d\u0301\u00a0\u2003\f\u2028\x07\x85"
STRAY = [
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "&",
    "*",
    "**",
    "\\",
    "#",
    "`",
    '"',
    "'",
    "|",
    "_",
    "!",
    "-",
    "--",
    "\\[",
    "<!--",
    "-->",
]
ENTITIES = [
    "&amp;",
    "&lt;",
    "&gt;",
    "&nbsp;",
    "&eacute;",
    "&#233;",
    "&shy;",
    "&#7;",
    "&foo;",
    "&copyright;",
    "&amp;lt;",
    "&#x200B;",
]
MARKS = "–—o§☐A✓→"
REMAINS = [
    "<!--[if mso]>",
    "<![endif]>",
    "<![CDATA[",
    "&nbsp ",
    "&#160 ",
    "{#id}",
    "<hr>",
    "<p> ",
    "<li>",
    "<img src=x>",
]
TAGS = ["b", "i", "em", "strong", "u", "span", "sup", "sub", "p", "div", "li", "td", "h2", "table", "s", "font"]


@dataclass
class Maker:
    """Makes one document; `words` are those of it that stand outside of markup, each once."""

    chance: random.Random
    words: list[str] = field(default_factory=list)

    def word(self) -> str:
        """Return a word that no other place of the document has."""
        number, letters = len(self.words), ""
        for _ in range(4):
            number, digit = divmod(number, 26)
            letters += chr(ord("a") + digit)
        self.words.append("q" + letters)
        return self.words[-1]

    def some(self) -> str:
        return " ".join(self.inline() for _ in range(self.chance.randint(1, 4)))

    def inline(self) -> str:
        w, pick = self.word, self.chance.choice
        kinds = (
            lambda: w(),
            lambda: f"{w()}, {w()}.",
            lambda: f"**{w()}**",
            lambda: self.tagged(pick(TAGS)),
            lambda: f"<{pick(TAGS)}>{w()}",
            lambda: f"{w()}</{pick(TAGS)}>",
            lambda: f'<a href="https://x.nl/{self.chance.randint(1, 9)}">{self.inline()}</a>',
            lambda: f"[{self.inline()}](https://x.nl/a_(b))",
            lambda: f'[{w()}](https://x.nl "title")',
            lambda: f"[{w()}](<https://x.nl/a>)",
            lambda: f"<https://x.nl/{w()}>",
            lambda: f"<{w()}@x.nl>",
            lambda: f"![{w()}](x.png)",
            lambda: f"{w()}[^1]",
            lambda: f"[{w()}][{w()}]",
            lambda: f"[{w()} {w()}]({w()} {w()})",
            lambda: pick(ENTITIES),
            lambda: f"{w()}\\{pick('*_[]<>&#.!')}{w()}",
            lambda: f"<{w()} {w()}>",
            lambda: f"<{pick(TAGS)} {w()} {w()}>",
            lambda: f"{pick(TAGS)}<b {w()} x>{w()}",
            lambda: f"<{w()}.{w()}. een>",
            lambda: f"</{w()}>",
            lambda: f"<i title={w()}",
            lambda: f"<a title='{w()}' href=#>{w()}</a>",
            lambda: f"<!-- {w()} -->",
            lambda: f"<?{w()}?>",
            lambda: f"2022<sup>{self.chance.randint(1, 99)}</sup>",
            lambda: self.note(),
            lambda: f"{w()}-\n[{w()}](https://x.nl/{self.chance.randint(1, 9)})",
            lambda: f"{w()}{pick((chr(92), '-', chr(0xAD)))}\n{w()}",
            lambda: f"{pick('*_~')}{w()}{pick('*_~')}",
            lambda: f"{pick(REMAINS)}{w()}",
            lambda: pick(STRAY),
            lambda: pick(STRAY) + w() + pick(STRAY),
            lambda: w() + pick(ODD) + w(),
            lambda: pick(ODD),
            lambda: pick(("<br>", "<p></p>", "[](x)", "<!-- x -->", "<hr/>", "&nbsp;")),
        )
        return pick(kinds)()

    def note(self) -> str:
        """Return a number with the mark of a note."""
        mark = self.chance.choice(("1", "12", "a", "n", "*", "-3", "n+1", "1,2", "q"))
        forms = ("<sup>{}</sup>", "<small>{}</small>", "[{}](https://x.nl/n)", '<a href="https://x.nl/n">{}</a>')
        form = self.chance.choice(
            (*forms, "<small>[{}](https://x.nl/n)</small>", "<SUP>{}</SUP>", "[<sup>{}</sup>](#n)")
        )
        return str(self.chance.randint(1, 2030)) + form.format(mark)

    def tagged(self, name: str) -> str:
        attributes = self.chance.choice(("", ' class="x"', " data-a=1", ' lang="nl" id=y', " hidden"))
        return f"<{name}{attributes}>{self.inline()}</{name}>"

    def line(self) -> str:
        w = self.word
        kinds = (
            lambda: self.some(),
            lambda: f"{'#' * self.chance.randint(1, 6)} {self.some()}",
            lambda: f"{self.chance.randint(1, 4)}. {self.some()}",
            lambda: f"{self.chance.randint(1990, 2030)}. {self.some()}",
            lambda: "\t".join(self.chance.choice((self.some, str))() for _ in range(self.chance.randint(2, 5))),
            lambda: self.chance.choice(("", "", "", " ", "---", "--\t--", "\f", "#### ", "<br>", "***", "===")),
            lambda: f"*{w()} {w()}*",
            lambda: f"■ {self.some()}",
            lambda: f"{self.chance.choice(('-', '*', '+', '•', 'a.', '1)', '1.1', '|', '>'))} {self.some()}",
            lambda: f"[^1]: {self.some()}",
            lambda: f"{self.chance.randint(1, 4)}.{self.chance.choice(('', chr(0xA0), '&nbsp;'))}{self.some()}",
            lambda: f"{self.chance.choice(MARKS)} {self.some()}",
            lambda: f"{self.chance.choice(('   ## ', '# ', '##' + chr(9), '#' + chr(0xA0), '#'))}{self.some()}",
            lambda: f"{self.some()} {w()}{self.chance.choice(('-', chr(0xAD), '- ', '-</b>'))}",
            lambda: self.chance.choice(("en", "of", "ten", "Holland", "19")) + " " + self.some(),
        )
        return self.chance.choice(kinds)()

    def text(self) -> str:
        """Return a document of some lines, with ends of one kind or another."""
        lines = [self.line() for _ in range(self.chance.randint(1, 12))]
        ends = self.chance.choice((["\n"], ["\n"], ["\n", "\n\n"], ["\r\n"], ["\r"], ["\n", "\r", "\r\n"]))
        return "".join(line + self.chance.choice(ends) for line in lines)


def document(chance: random.Random) -> tuple[str, list[str]]:
    """Return a document and its words."""
    maker = Maker(chance)
    return maker.text(), maker.words
