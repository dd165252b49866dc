"""Cells -> HTML. Tables have thousands of cells, so this is written without templates; all text is escaped."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape

from markupsafe import Markup

from ogp_data.core.columns import DatasetSpec, is_publication
from ogp_data.core.messages import Message
from ogp_data.core.pages import in_language, relative
from ogp_data.core.publication import Publication
from ogp_data.core.templates import of_language, turned
from ogp_data.core.text import shown
from ogp_data.core.words import Text, foreign
from ogp_data.documents.paragraphs import Paragraph, Words
from ogp_data.site.cells import Cell, Part, Row
from ogp_data.site.formatting import shortened
from ogp_data.site.reporting import Reporter
from ogp_data.types import type_of

LONG, TITLE = 120, 60
"""Characters from which a text gets a wide column and is folded, and of the title of another row."""

_ROOM = 16_000
"""How many bytes the long texts of one row take on a page; of what is longer it shows the beginning of each."""


class Writer:
    """Writes the cells of one page in one language."""

    def __init__(self, publication: Publication, language: str, path: str, reporter: Reporter) -> None:
        """Take what is the same for all pages in one folder: `path` is that of any of them."""
        self.language, self.path, self._reporter = language, path, reporter
        self.version, self._languages = publication.declaration.version, publication.declaration.page_languages
        self._documents = publication.declaration.language
        self._addresses: dict[str, str] = {}
        self._empty = f'<span class="empty">{Message("empty").of(language)}</span>'
        self._colon = Message("{label}:", label="").of(language)
        self._columns: dict[str, Mapping[str, str]] = {}
        self._lost = Message("lost in conversion").of(language)
        self._rest = escape(Message("The rest is in the files.").of(language))
        self._unsaid = Message("the text does not say").of(language)
        contact = publication.shared.contacts[publication.declaration.contact].url
        link = f'<a href="{escape(contact)}" rel="external">{escape(contact.partition("://")[2].rstrip("/"))}</a>'
        told = Message("Report it by way of {link}, and name this: ", link=link).of(language)
        self._how = told if contact else ""

    def to(self, page: str) -> str:
        """Return how this page names another page of its language."""
        if page not in self._addresses:
            self._addresses[page] = relative(in_language(page, self.language, self._languages), self.path)
        return self._addresses[page]

    def titles(self, spec: DatasetSpec) -> Mapping[str, str]:
        """Return what the columns of a dataset are called, by their names."""
        if spec.name not in self._columns:
            self._columns[spec.name] = {one.name: escape(one.title.of(self.language)) for one in spec.column}
        return self._columns[spec.name]

    def prose(self, paragraphs: Sequence[Paragraph], language: str = "") -> str:
        """Return the paragraphs of a text, with its links; items that follow each other are one list."""
        inner: list[str] = []
        for is_item, group in itertools.groupby(paragraphs, key=lambda one: bool(one.marker) and len(paragraphs) > 1):
            said = [("".join(map(_words, one.words)), self.pictured(one.pictures, language)) for one in group]
            inner += (
                [f"<ul>{''.join(f'<li>{text}{pictures}</li>' for text, pictures in said)}</ul>"]
                if is_item
                else [f"<p>{text}</p>{pictures}" for text, pictures in said]
            )
        return f"<div{self.of_language(language)}>{''.join(inner)}</div>"

    def pictured(self, pictures: Sequence[str], language: str) -> str:
        """Return what the document says of pictures, as what it is; it stands within text of a language."""
        if not pictures:
            return ""
        label = escape(Message("A picture stands here. The document says of it:").of(self.language))
        around = language or self.language
        own, its = of_language(self.language, around), of_language(around, self.language)
        return "".join(f'<p class="pictured"{own}>{label} <q{its}>{escape(said)}</q></p>' for said in pictures)

    def cell(self, cell: Cell) -> str:
        """Return a cell's pieces, or the word for an empty cell.

        A value that was lost is never shown like one that is not there.
        """
        if cell.parts:
            return ", ".join(map(self._part, cell.parts))
        told = self._lost if cell.column.lost else self._unsaid if cell.column.take == "phrase" else ""
        return f'<span class="empty">{told}</span>' if told else self._empty

    def _part(self, part: Part) -> str:
        if not (part.words or part.page or part.address):
            return self.spoken(part)
        words = part.words_in(self.language)
        text, shown = escape(part.text), escape(words.of(self.language) if words else part.text)
        title = f' title="{text}"' if words and not part.language and part.text != part.address else ""
        if part.page:
            return f'<a href="{escape(self.to(part.page))}"{title}>{shown}</a>'
        if part.address:
            return f'<a href="{escape(part.address)}" rel="external"{title}>{shown}</a>'
        if words:
            return f"<span{self.of_text(words)}{title}>{shown}</span>"
        return self.spoken(part)

    def spoken(self, part: Part) -> str:
        """Return a text of the document in its language, set apart.

        It may run from right to left, and must not turn round what stands beside it.
        """
        return f"<bdi{self.of_language(part.language)}>{escape(part.text)}</bdi>"

    def of_language(self, language: str) -> str:
        """Return the attributes of an element whose text is in a language; nothing for ""."""
        return str(of_language(language, self.language))

    def of_text(self, text: Text) -> str:
        """Return the attributes of an element with a text that may not be in the language of the page."""
        return self.of_language(foreign(text, self.language))

    def turned(self, language: str) -> str:
        """Return the attribute of an element that runs as its language does."""
        return str(turned(language, self.language))

    def rows(self, rows: Sequence[Row], page: Callable[[str], str] | None) -> Markup:
        """Return the body of a table of rows, without their publication; `page` gives the own page of a row."""
        return Markup("\n".join(self._table_row(row, page) for row in rows))

    def _table_row(self, row: Row, page: Callable[[str], str] | None) -> str:
        cut = _cut(row)
        cells = "".join(self._table_cell(row, cell, page, cut) for cell in row.cells if not is_publication(cell.column))
        place = f' id="{escape(row.key)}"' if row.anchored else ""
        return f"<tr{place}>{cells}</tr>"

    def _table_cell(self, row: Row, cell: Cell, page: Callable[[str], str] | None, cut: float) -> str:
        if cell.column.key:
            key = escape(cell.value)
            shown = f'<a href="{escape(self.to(page(row.key)))}">{key}</a>' if page else key
            return f'<th scope="row">{shown}</th>'
        # A code is shown by its label and still sorted and searched by what the CSV holds.
        value = f' data-value="{escape(cell.value)}"' if any(part.words for part in cell.parts) else ""
        is_long = _is_long(cell)
        value += ' class="long"' if is_long else ""
        shown = self._folded(cell, cut) if is_long else self.cell(cell)
        return f"<td{value}{self.turned(cell.language)}>{shown}{''.join(map(self._title, cell.parts))}</td>"

    def _folded(self, cell: Cell, cut: float) -> str:
        """Return a long text as its beginning, which shows all of it when it is asked, or that part of it."""
        (part,) = cell.parts
        words = part.words_in(self.language)
        begins = Part(shortened(words.of(self.language) if words else part.text, LONG), language=part.language)
        shown = self._part(replace(begins, language="") if words else begins)
        most = int(cut * len(part.text))
        whole = self.cell(cell) if cut >= 1 else f"{self.spoken(replace(part, text=part.text[:most]))}… {self._rest}"
        return f"<details><summary>{shown}</summary>{whole}</details>"

    def _title(self, part: Part) -> str:
        """Return what the row that a piece names is called, behind it."""
        shown = escape(shortened(part.title, TITLE))
        return f' <bdi class="of"{self.of_language(self._documents)}>{shown}</bdi>' if part.title else ""

    def how_to_report(self, question: str) -> str:
        """Return what stands above the reports of errors: a question, or how to send what names the cell."""
        return escape(question) if self._reporter.offers else self._how

    def reported(self, row: Row) -> str:
        """Return the reports of errors in a row as a list: of each cell a link where one can be, else its name."""
        titles, address = self.titles(row.spec), self._reporter.report(row.spec.name, row.key)
        items = []
        for cell in row.cells:
            if cell.column.take != "publication":
                name = cell.column.name
                shown = code(f"{row.spec.name}, {row.key}, {name}, {self.version}")
                if address:
                    shown = f'<a href="{escape(address(name))}" rel="external">{shown}</a>'
                items.append(f"<li>{titles[name]}{self._colon} {shown}</li>\n")
        return f"<ul>\n{''.join(items)}</ul>"


def code(text: str) -> str:
    """Return a text that names columns and keys: no words, which a translation would change past finding."""
    return f'<code lang="" translate="no">{escape(text)}</code>'


def _words(words: Words) -> str:
    text = escape(shown(words.text))
    return f'<a href="{escape(words.address)}" rel="external">{text}</a>' if words.address else text


def _is_long(cell: Cell) -> bool:
    return len(cell.value) > LONG and bool(type_of(cell.column).about.spoken)


def _cut(row: Row) -> float:
    """Return which part of each long text of a row is shown: all of it (1), unless they are more than a page holds."""
    size = sum(len(escape(cell.value).encode("utf-8", "backslashreplace")) for cell in row.cells if _is_long(cell))
    return min(1, _ROOM / size) if size else 1
