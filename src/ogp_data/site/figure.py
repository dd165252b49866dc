"""A figure: a drawing and its table; pages show both, and both are files, with a page of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ogp_data.core.columns import Column
from ogp_data.core.messages import Message, Plural
from ogp_data.core.pages import in_language
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Text
from ogp_data.site.cells import Row
from ogp_data.site.charts import Drawing, Share, Stack, stacks
from ogp_data.site.context import Material
from ogp_data.site.embedded import height
from ogp_data.site.statuses import Status

FOLDER = "charts"
"""Where the files of figures lie."""

MOST = 40
"""How many bars or events a drawing shows; its table has them all."""

MOST_TABLE = 2_500
"""Of how many bytes a table of a figure stands among other things; a larger one is on the page of the figure itself."""

_OF_CELL = 40
"""How many bytes a cell takes on a page besides its own."""

Said = Text | Plural
"""What a figure says of itself: a text, or one that counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell of a figure's table: its text, the page that it leads to, and its language ("": none)."""

    text: str
    page: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a drawing as a table."""

    head: Sequence[str]
    rows: Sequence[Sequence[Entry]]

    @property
    def weight(self) -> int:
        """Return about how many bytes it takes on a page."""
        return sum(_OF_CELL + len(entry.text.encode()) + len(entry.page) for row in self.rows for entry in row)

    def to_csv(self) -> bytes:
        """Return the table as CSV."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.head)
        writer.writerows([entry.text for entry in row] for row in self.rows)
        return out.getvalue().encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing in a language, what it is called and says, its table, and the paths of its files and its own page.

    `signs` explains those that are not words, "" where there are none.
    """

    name: str
    title: str
    text: str
    drawing: Drawing
    table: Table
    csv: str
    image: str
    embed: str
    base: str = ""
    """The address below which its files lie, "" where none is declared yet."""
    around: Sequence[str] = ()
    """What its own page says above and below it."""
    signs: str = ""

    @property
    def svg(self) -> Markup:
        """Return the drawing as it stands in a page."""
        return self.drawing.svg(self.name, self.title, self.text)

    @property
    def height(self) -> int:
        """Return how many pixels high its own page is at most, so that a frame of any width cuts nothing off."""
        return height(self.drawing.height, (f"{self.title}. {self.text}", *self.around))

    @property
    def code(self) -> str:
        """Return what another page shows it with."""
        return (
            f'<iframe src="{escape(self.base + self.embed)}" title="{escape(self.title)}" width="100%"'
            f' height="{self.height}" loading="lazy"></iframe>'
        )


@dataclass(frozen=True, slots=True)
class Site:
    """Where the files of figures go, and what their own pages say.

    The languages of the pages, their address, "" where none is declared yet, the source, and what is said of it.
    """

    languages: Sequence[str]
    base: str = ""
    source: str = ""
    note: str = ""


def placed(
    site: Site,
    name: str,
    title: Text,
    text: Said,
    drawn: tuple[Drawing, Table],
    language: str,
    signs: Sequence[Text] = (),
) -> Figure:
    """Return a figure whose files lie where those of its name and language do."""
    path, page = (in_language(f"{FOLDER}/{one}", language, site.languages) for one in (name, f"{name}.html"))
    files = f"{path}.csv", f"{path}.svg", page
    explained = " ".join(one.of(language) for one in signs)
    around = _around(site, language, bool(signs))
    return Figure(name, title.of(language), text.of(language), *drawn, *files, site.base, around, explained)


def _around(site: Site, language: str, has_signs: bool) -> tuple[str, ...]:
    """Return what the page of a figure says beside it, paragraph by paragraph, with what is folded there closed."""
    folded = [Message("View as a table"), Message("Download or reuse this figure")]
    folded += [Message("Explanation")] if has_signs else []
    source = Message("Source: {source}", source=site.source).of(language)
    return *(one.of(language) for one in folded), source, site.note


def placed_by(
    material: Material,
    name: str,
    title: Text,
    text: Said,
    drawn: tuple[Drawing, Table],
    language: str,
    signs: Sequence[Text] = (),
) -> Figure:
    """Return a figure of a publication."""
    publication = material.publication
    d, url, note = publication.declaration, publication.names.url, publication.disclaimer
    publisher = publication.shared.agents[d.publisher].name.of(language)
    base, source = "" if is_placeholder(url) else url, f"{d.title.of(language)}, {publisher}"
    site = Site(d.page_languages, base, source, note.of(language) if note else "")
    return placed(site, name, title, text, drawn, language, signs)


def counted(head: Sequence[str], shown: Sequence[tuple[Entry, Stack]], language: str) -> tuple[Drawing, Table]:
    """Return bars with the table of their numbers; `head` is what the bars are, then what their parts are."""
    rows = [
        [label, *(Entry(str(share.number)) for share in stack.shares), Entry(str(stack.total))]
        for label, stack in shown
    ]
    return stacks([stack for _, stack in shown[:MOST]], language), Table([*head, Message("Total").of(language)], rows)


def share(status: Status, number: int, language: str) -> Share:
    """Return so many commitments with a status as a part of a bar."""
    return Share(status.words.of(language), number, status.meaning)


def code(row: Row, column: Column | None) -> str:
    """Return the value of a cell of a row; "" where it has none."""
    cell = row.cell(column)
    return cell.value if cell else ""
