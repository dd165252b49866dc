"""What the pages of commitments are made of in a language: titles, links to rows and places, numbers of findings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from ogp_data.core.messages import Plural
from ogp_data.core.pages import in_language
from ogp_data.core.places import SourcePlace, called
from ogp_data.core.templates import of_language
from ogp_data.core.words import Text
from ogp_data.site.cells import Row
from ogp_data.site.commitment_phrases import Phrases
from ogp_data.site.context import Material
from ogp_data.site.markup import Writer
from ogp_data.site.reporting import Reporter


class Pieces:
    """Writes what several parts of a page have; all that it returns is HTML, with every text escaped."""

    def __init__(self, material: Material, language: str, reporter: Reporter) -> None:
        """Take what is the same for all pages of a language, which lie in one folder."""
        d = material.publication.declaration
        self._material, self._language, self._own = material, language, d.language
        folder = in_language(path(material, ""), language, d.page_languages)
        self._write, self._say = Writer(material.publication, language, folder, reporter), Phrases(language, d.language)
        # The texts of a commitment come from few places.
        self._origin = lru_cache(64)(self._from_document)

    def _text(self, text: Text | Plural) -> str:
        return escape(text.of(self._language))

    def _titled(self, title: str) -> str:
        """Return a title of the document."""
        return f"<bdi{self._write.of_language(self._own)}>{escape(title)}</bdi>"

    def _row(self, row: Row) -> str:
        return escape(self._write.to(self._material.where.row(row.spec.name, row.key)))

    def _as_data(self, row: Row, name: str, attributes: str = "") -> str:
        hidden = f'<span class="hidden"> ({name})</span>'
        return f'<a{attributes} href="{self._row(row)}">{self._say.as_data}{hidden}</a>'

    def _marks(self, findings: Iterable[int], around: str = "") -> str:
        """Return the numbers of findings as links to them, within text of a language."""
        return "".join([self._mark(one, around) for one in findings])

    def _mark(self, finding: int, around: str) -> str:
        hidden = f'<span class="hidden">{self._say.finding} </span>'
        is_own = around in ("", self._language)
        tongue = "" if is_own else of_language(self._language, around)
        return f'<a class="mark"{tongue} href="#finding.{finding}">{hidden}{finding}</a>'

    def _from_document(self, places: tuple[SourcePlace, ...]) -> str:
        """Return on which places of the document something stands, as links there."""
        listed = self._listed(places)
        return f'<p class="origin">{self._say.in_document}{listed}</p>\n' if places else ""

    def _listed(self, places: tuple[SourcePlace, ...]) -> str:
        name, short = called(places)
        links = (self._at(place, self._text(text)) for place, text in zip(places, short, strict=True))
        return (f"{self._text(name)} " if name else "") + ", ".join(links)

    def _at(self, place: SourcePlace, text: str) -> str:
        """Return the name of a place as a link to what shows it: a page, or the document elsewhere."""
        where = self._material.where
        if page := where.place(place):
            return f'<a href="{escape(self._write.to(page))}">{text}</a>'
        outside = where.outside(place)
        return f'<a href="{escape(outside)}" rel="external">{text}</a>' if outside else text


def path(material: Material, name: str) -> str:
    """Return the path of a commitment's page in the first language."""
    spec = material.parts.commitments
    return f"{spec.name if spec else ''}/{name}"


def section(place: str, heading: str, content: str) -> str:
    """Return a section of the story with a heading; both are HTML."""
    return f'<section aria-labelledby="{place}">\n<h2 id="{place}">{heading}</h2>\n{content}</section>\n'


def folded(summary: str, content: str, attributes: str = "") -> str:
    """Return what is shown when it is asked for; both are HTML."""
    return f"<details{attributes}>\n<summary>{summary}</summary>\n{content}</details>\n"
