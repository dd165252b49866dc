"""Documents of every shape -> tables: nothing is lost, doubled or invented, and every fault has its place."""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from fuzz import converted
from fuzz.target import BrokenError, Case, Check, Target, told
from fuzz.texts import inline, plain, repeated
from fuzz.tiny import DOCUMENT, loaded, loose
from ogp_data.core.findings import Finding, errors
from ogp_data.core.publication import Publication
from ogp_data.core.records import from_csv
from ogp_data.core.source import SourceText
from ogp_data.core.text import fold
from ogp_data.documents import READERS
from ogp_data.formats.csv import to_csv
from ogp_data.tables import build as tables
from ogp_data.tables import reconcile

# Documents ----------------------------------------------------------------------------------------------

LINE_ENDS = ("\n", "\n", "\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028")
LEADS = (
    *("# ", "## ", "### ", "###### ", "####### ", "#", "##\t", " # "),
    *(
        "1. ",
        "2. ",
        "3. ",
        "10. ",
        "999999999. ",
        "0. ",
        "1.\t",
        "1) ",
        "1.1 ",
        "a. ",
        "- ",
        "* ",
        "+ ",
        "   1. ",
        "2015. ",
    ),
    *("■ ", "□", "● ", "> ", "    ", "| ", "[1]: ", "[^1]: ", "Actiepunt\t", "<b>Land</b>\t", "1.", "#1. "),
)
LINES = (
    *(
        "",
        "",
        " ",
        "\t",
        "\t\t\t",
        "--",
        "--\t--\t--\t--",
        "---",
        "***",
        "===",
        "- - -",
        "<br>",
        "<p></p>",
        "[](x)",
        "#",
        "# ",
        "**",
    ),
    *(
        "| a | b |",
        "|---|---|",
        "```",
        "<!-- x -->",
        "Actiepunt\tVoortgang\tBewijs\tReden",
        "1. Eerste punt\tGroen\ta\tb",
        "&nbsp;",
    ),
    *(
        "1. Eerste punt",
        "## Inleiding",
        "### A. Open begin",
        "## Beoordeling",
        "*Kies een kleur.*",
        "\u200b",
        "\u00ad",
        "\ufeff",
    ),
)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return one line of any kind."""
    kind = draw(st.integers(0, 9))
    if kind < 3:
        return draw(inline())
    if kind < 5:
        return draw(st.sampled_from(LEADS)) + draw(inline())
    if kind < 6:
        return draw(plain)
    if kind < 8:
        return draw(st.sampled_from(LINES))
    if kind < 9:
        return "\t".join(draw(st.lists(inline(3), min_size=1, max_size=5)))
    return draw(inline(2)) + draw(repeated()) + draw(inline(2))


@st.composite
def free(draw: st.DrawFn) -> str:
    """Return a document that is made of any lines."""
    end = draw(st.sampled_from(LINE_ENDS))
    return draw(st.sampled_from(("", "", "", "\ufeff"))) + end.join(draw(st.lists(lines(), min_size=1, max_size=12)))


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Return the tiny document with a few of its lines changed, so that what is declared of it nearly holds."""
    standing = DOCUMENT.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(standing) - 1))
        standing[at : at + 1] = _changed_line(draw, standing[at], standing)
    return "\n".join(standing)


def _changed_line(draw: st.DrawFn, line: str, standing: Sequence[str]) -> list[str]:
    match draw(st.sampled_from(("drop", "double", "new", "before", "insert", "cut", "other", "break", "join"))):
        case "drop":
            return []
        case "double":
            return [line, line]
        case "new":
            return [draw(lines())]
        case "before":
            return [draw(lines()), line]
        case "other":
            return [draw(st.sampled_from(standing)), line]
        case "cut":
            return [line[: draw(st.integers(0, len(line)))]]
        case "break":
            at = draw(st.integers(0, len(line)))
            return [line[:at], line[at:]]
        case "join":
            return [line + " " + draw(st.sampled_from(standing))]
        case _:
            at = draw(st.integers(0, len(line)))
            return [line[:at] + draw(st.one_of(inline(2), st.just("\t"))) + line[at:]]


texts = st.one_of(free(), changed(), st.randoms().map(lambda chance: converted.document(chance)[0]))
cases = texts.filter(lambda text: text.strip()).map(lambda text: Case(text.encode(), ".txt"))


# What must hold -----------------------------------------------------------------------------------------


HARMLESS = {"empty-dataset"}
"""Errors after which everything must still have its place: most documents lack something that is declared."""


@contextmanager
def opened(_folder: Path) -> Iterator[Check]:
    """Yield the check of a document: read as the tiny declaration has it, and as one that fits any document."""
    declared = [replace(loaded(), corrections=()), loose()]

    def check(case: Case) -> str:
        return "\n\n".join(
            _read(replace(one, source_files=(replace(one.source_files[0], content=case.content),))) for one in declared
        )

    yield check


def _read(declared: Publication) -> str:
    source = declared.source_files[0].said
    document = READERS[declared.declaration.source.kind].read(declared.source_files[0])
    built = tables.build(declared, document)
    said = told(built.findings)
    _has_lines(built.findings, source)
    written = {table.name: to_csv(table.frame) for table in built.tables}
    said += "".join(content.decode() for content in written.values())
    if any(found.rule not in HARMLESS for found in errors(list(built.findings))):
        return said
    staged = {name: from_csv(content) for name, content in written.items()}
    figures, found = reconcile.reconcile(source, built.tables, built.asides, staged)
    said += told(found)
    if not errors(found):
        if not figures.whole:
            raise BrokenError("figures without a fault", str(figures))
        _is_whole(source, built, staged)
    return said


def _has_lines(findings: Sequence[Finding], source: SourceText) -> None:
    """Raise BrokenError when an error in a document does not say on which of its lines it is."""
    for found in findings:
        if found.place.at is not None and found.place.at not in source.spans:
            raise BrokenError(f"{found.rule} on no line", str(found))


def _is_whole(source: SourceText, built: tables.Tables, staged: dict[str, list[dict[str, str]]]) -> None:
    """Raise BrokenError when what is published is not what the document says, counted without the program's help."""
    homes = [
        span
        for table in built.tables
        for row in table.cells
        for cell in row.values()
        if cell.origin == "source" and cell.passage
        for span in cell.passage.spans
    ]
    asides = [(aside.start, aside.end) for aside in built.asides]
    owners = Counter(at for start, end in (*homes, *asides) for at in range(start, end))
    for at, character in enumerate(source.text):
        if not character.isspace() and owners[at] != 1:
            raise BrokenError("a character with other than one place", f"{character!r} at {at} has {owners[at]}")
    cells = [text for table in built.tables for text in _published(table, staged[table.name])]
    kept = list(source.text)
    for start, end in asides:
        kept[start:end] = " " * (end - start)
    said, have = _characters(_ENTITY.sub(_decoded, "".join(kept))), _characters("".join(cells))
    if said != have:
        raise BrokenError("other characters published", f"lost {said - have}, invented {have - said}")
    _plain_lines_stand(source, cells)
    _asides_are_markup(source, built)


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _decoded(entity: re.Match[str]) -> str:
    """Return the character of a reference; one that stands for none that a page may have is published as written."""
    known = entity[0].startswith("&#") or entity[0][1:] in html.entities.html5
    character = html.unescape(entity[0]) if known else ""
    return character if character and not _UNFIT.search(character) else entity[0]


_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


def _characters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKD", text).split()))


def _published(table: tables.Table, rows: Sequence[dict[str, str]]) -> Iterator[str]:
    """Yield what the file says of each cell that comes from the document; of codes and dates, what was written."""
    for row, written in zip(table.cells, rows, strict=True):
        for column in table.spec.column:
            cell = row[column.name]
            if cell.origin == "source" and cell.passage:
                yield cell.passage.text if column.type in ("code", "date") else written[column.name]


_PLAIN = re.compile(r"[^\W\d_][\w ,.'’“”:;?!%€§/]*[\w.?!]")


def _plain_lines_stand(source: SourceText, cells: Sequence[str]) -> None:
    """Raise BrokenError when a line of plain words is not published as it stands."""
    standing = "\n".join(cells)
    rows = source.text.split("\n")
    for number, row in enumerate(rows):
        around = rows[max(0, number - 1)].rstrip(), row.rstrip()
        if (
            _PLAIN.fullmatch(row)
            and not any(text.endswith(("-", "\u00ad")) for text in around)
            and fold(row) not in standing
        ):
            raise BrokenError("a plain line is not published", row[:200])


_ELEMENTS = (
    "a abbr b blockquote br center cite code dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre q s"
    " small span strike strong sub sup table tbody td tfoot th thead tr u ul"
)
_ATTRIBUTE = r"""\s+[A-Za-z][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_MARKUP = re.compile(
    rf"</?(?:{_ELEMENTS.replace(' ', '|')})(?:{_ATTRIBUTE})*\s*/?>|<!--.*?-->|\]\(.*\)|\d+[.)]|\]\[.*\]|<https?://\S*>"
    r"|<!doctype html(?:\s+(?:public|system)\b[^<>]*)?>|<\?xml\s[^<>]*\?>",
    re.S | re.I,
)


def _asides_are_markup(source: SourceText, built: tables.Tables) -> None:
    """Raise BrokenError for words that are set aside as markup, are none, and of which no finding tells."""
    told = {found.place.at for found in built.findings}
    for aside in built.asides:
        text = source.text[aside.start : aside.end].strip()
        is_word = any(character.isalnum() for character in html.unescape(text))  # `&nbsp;` is white space, no word
        if (
            aside.reason == "markup"
            and is_word
            and not _MARKUP.fullmatch(text)
            and source.place(aside.start) not in told
        ):
            raise BrokenError("words set aside as markup", text[:200])


DOCUMENTS = Target("documents", cases, opened)
