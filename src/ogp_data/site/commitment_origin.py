"""A commitment as it is told -> the part of its page that says where all of it comes from, for who asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from html import escape

from ogp_data.core.places import SourcePlace, called
from ogp_data.site.cells import Row
from ogp_data.site.commitment_pieces import Pieces, folded
from ogp_data.site.commitments import ByFile, Finding, Told
from ogp_data.site.context import Commitment, Material
from ogp_data.site.formatting import number
from ogp_data.site.lines import Piece, Stretch
from ogp_data.site.markup import code
from ogp_data.site.reporting import Reporter
from ogp_data.site.story import Story


class OriginWriter(Pieces):
    """Writes the words of the document, what is wrong in them, all data, and how an error is reported."""

    def __init__(self, material: Material, language: str, reporter: Reporter) -> None:
        """Take what is the same for all pages of a language."""
        super().__init__(material, language, reporter)
        # The lines of a document are shown twice: as they read, and with their markup.
        self._numbered, self._count = lru_cache(64)(self._number), cache(partial(number, language))

    def section(self, told: Told, story: Story) -> str:
        """Return all of it."""
        heading = f'<h2 id="h.more">{self._say.origin}</h2>\n'
        asked = "".join(self._folds(told, story))
        return f'<section class="asked" aria-labelledby="h.more">\n{heading}{asked}</section>\n'

    def _folds(self, told: Told, story: Story) -> Iterator[str]:
        if self._material.publication.declaration.source.publish:
            yield self._document(told)
        if told.findings:
            yield self._wrong(told.findings)
        yield self._data(told, story)
        yield self._report(told.one)

    def _document(self, told: Told) -> str:
        received = f"<p>{self._say.received}</p>\n{self._lines(told, told.as_received)}"
        with_markup = folded(self._say.with_markup, received) if told.as_received else ""
        lead = f"<p>{self._say.words_lead}</p>\n"
        return folded(self._say.words, f"{lead}{self._lines(told, told.as_read)}{with_markup}")

    def _lines(self, told: Told, held: ByFile) -> str:
        shown = []
        for source, stretches in held:
            tongue = source.language or self._own
            name = f"<h3><bdi>{escape(source.name)}</bdi></h3>\n" if len(held) > 1 else ""
            items = "".join(self._stretch(told, one, tongue) for one in stretches)
            shown.append(f'{name}<ol class="lines"{self._write.of_language(tongue)}>\n{items}</ol>\n')
        return "".join(shown)

    def _stretch(self, told: Told, stretch: Stretch, tongue: str) -> str:
        text = "".join(self._piece(told, piece, tongue) for piece in stretch.pieces)
        return f"{self._numbered(stretch.place)} <bdi{self._write.turned(tongue)}>{text}</bdi></li>\n"

    def _number(self, place: SourcePlace) -> str:
        """Return the beginning of the item of a place, which has its number where there is one, with its link."""
        value = getattr(place, "number", None)
        name, (short,) = called([place.in_its_file])
        hidden = f'<span class="hidden">{self._text(name)} </span>' if name else ""
        begun = f'<li value="{value}">' if value is not None else "<li>"
        page = self._write.to(self._material.where.place(place))
        return f'{begun}<a class="number" href="{escape(page)}">{hidden}{self._text(short)}</a>'

    def _piece(self, told: Told, piece: Piece, tongue: str) -> str:
        if not piece.mark:
            return escape(piece.text)
        # Marked is what a finding is about, and behind all of these the words on which the status rests.
        link = self._mark(piece.mark, tongue) if piece.mark <= len(told.findings) else ""
        return f"<mark>{escape(piece.text)}{link}</mark>"

    def _wrong(self, findings: Sequence[Finding]) -> str:
        title = f"{self._say.wrong_in_document} ({self._count(len(findings))})"
        return folded(title, f'<ul class="findings">\n{"".join(map(self._finding, findings))}</ul>\n')

    def _finding(self, one: Finding) -> str:
        said = one.statement.words_in(self._language)
        statement = escape(said.of(self._language)) if said else self._write.spoken(one.statement)
        column = f" {code(f'{one.dataset}, {one.row}, {one.column}')}" if one.column else ""
        places = self._listed(tuple(one.cells.places))
        kind = f"<strong>{one.number}. {self._text(one.kind)}</strong> ({self._text(one.status)}){self._say.colon}"
        row = self._as_data(one.cells, f"{self._say.finding} {one.number}")
        return f'<li id="finding.{one.number}">{kind} {statement}{column} {places}. {row}</li>\n'

    def _data(self, told: Told, story: Story) -> str:
        rows = "".join(self._fields(told, story, row) for row in (told.one.row, *told.one.assessments))
        others = "".join(self._other(row, told.one.row.key) for row in told.one.others)
        also = f"<h3>{self._say.also_in}</h3>\n<ul>\n{others}</ul>\n" if others else ""
        return folded(self._say.all_data, f"{rows}{also}")

    def _fields(self, told: Told, story: Story, row: Row) -> str:
        """Return the cells of a row; it is of one publication, whose name stands above them."""
        titles, cell, fields = self._write.titles(row.spec), self._write.cell, []
        found = told.marks.get((row.spec.name, row.key), {})
        for one in story.rest(row):
            if one.column.take != "publication":
                marks = self._marks(found.get(one.column.name, ()), one.language)
                value = f"<dd{self._write.turned(one.language)}>{cell(one)} {marks}</dd>\n"
                fields.append(f"<dt>{titles[one.column.name]}</dt>\n{value}")
        page = escape(self._write.to(self._material.where.dataset(row.spec.name)))
        heading = f'<h3><a href="{page}">{self._text(row.spec.title)}</a></h3>\n'
        return f'{heading}<dl class="facts fields">\n{"".join(fields)}</dl>\n'

    def _other(self, row: Row, key: str) -> str:
        name = f"{self._say.colon} {code(row.key)}" if row.key != key else ""
        return f'<li><a href="{self._row(row)}">{self._text(row.spec.title)}{name}</a></li>\n'

    def _report(self, one: Commitment) -> str:
        rows = "".join(f"{self._write.reported(row)}\n" for row in (one.row, *one.assessments))
        lead = f"<p>{self._write.how_to_report(self._say.which_part)}</p>\n"
        return folded(self._say.report, f"{lead}{rows}", ' class="report" id="report"')
