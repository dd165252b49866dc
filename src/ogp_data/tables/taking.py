"""Rows -> rows with the cells of their columns: each column takes what it declares.

What is made of other cells (tables/composed.py) stays empty here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.places import merged
from ogp_data.core.publication import Publication
from ogp_data.core.tables import Cell
from ogp_data.documents import Anchor
from ogp_data.tables.composed import compose, is_composed
from ogp_data.tables.numbers import bare
from ogp_data.tables.rows import Draft, Row

_Address = tuple[str, str]
"""`number`, `bare` or `label`, and what it is."""
Addressed = Mapping[_Address, Row]


def take(publication: Publication, spec: DatasetSpec, rows: Mapping[str, list[Row]]) -> list[Draft]:
    """Return the rows of a dataset with what its columns take of them."""
    drafts = []
    others = {column.of: _addressed(rows.get(column.of, ())) for column in spec.column if column.of}
    of_publication = told(publication)
    for sequence, row in enumerate(rows[spec.name], start=1):
        own = {"sequence": Cell(str(sequence)), **of_publication}
        cells: dict[str, Cell] = {}
        anchors: dict[str, tuple[Anchor, ...]] = {}
        found = set(row.places)
        for column in spec.column:
            # The places are known only when all other columns are: a cell from another row adds its own.
            if column is spec.column[-1]:
                continue
            cell, other = (
                (own.get(column.take, Cell()), None)
                if column.take in own or is_composed(column)
                else _take(publication, spec, column, row, others)
            )
            cells[column.name] = cell
            offer = _offered(publication, spec, column, other or row)
            anchors[column.name] = (other or row).anchors.get(offer, ()) if cell.origin == "source" else ()
            if other and cell.origin == "source":
                found.update(other.places[:1])
        drafts.append(Draft(cells, merged(found), anchors, offers={**own, **row.offers}))
    return drafts


def told(publication: Publication) -> dict[str, Cell]:
    """Return what a publication says of each of its rows."""
    return {
        "publication": Cell(publication.id),
        "publication_country": Cell(country(publication.declaration)),
    }


def country(d: Declaration) -> str:
    """Return the code of the country that the data is about; where there is no one code, its declared name."""
    # Other places are IRIs, and never three letters.
    codes = [place for place in d.spatial if len(place) == 3]
    if len(codes) == 1:
        return codes[0]
    return d.country.of(d.plain_language) if d.country else ""


def keys(publication: Publication, spec: DatasetSpec, rows: Sequence[Row]) -> list[str]:
    """Return the keys of rows that were just found, as far as the rows themselves say them."""
    drafts = compose(publication.specs, {spec.name: take(publication, spec, {spec.name: [*rows]})})
    return [draft.cells[spec.key.name].value for draft in drafts[spec.name]]


def offer_of(column: Column) -> str:
    """Return the name under which rows offer what a column takes."""
    which = {"cell": column.heading, "referred": column.references}.get(column.take)
    return column.take if which is None else f"{column.take}:{which}"


def said_in(offer: str, language: str) -> str:
    """Return the name under which a row offers what it says once more in a further language."""
    return f"{offer}@{language}"


def has_own(spec: DatasetSpec, offer: str, language: str) -> bool:
    """Return whether a dataset has a column for what an offer is in a language."""
    return any(column.language == language and offer_of(column) == offer for column in spec.column)


def _offered(publication: Publication, spec: DatasetSpec, column: Column, row: Row) -> str:
    """Return the name under which a row offers what a column takes, in the language of the column; "" for nothing."""
    offer, languages = offer_of(column), publication.declaration.source_languages
    if len(languages) == 1 or spec.find.base:
        return offer
    said = _languages(publication, row)
    own = column.language if column.language in languages else languages[0]
    if own in said:
        return offer if own == said[0] else said_in(offer, own)
    # What is said in another language alone stands in the column of that, where there is one.
    is_elsewhere = own != languages[0] or any(has_own(spec, offer, language) for language in said)
    return "" if is_elsewhere else offer


def _languages(publication: Publication, row: Row) -> list[str]:
    """Return in which languages a row is said: those of the files in which it stands."""
    there = {publication.source_files[place.file - 1].language for place in row.places}
    return [language for language in publication.declaration.source_languages if language in there]


def _take(
    publication: Publication,
    spec: DatasetSpec,
    column: Column,
    row: Row,
    others: Mapping[str, Addressed],
) -> tuple[Cell, Row | None]:
    """Return what a column takes of a row, and the other dataset's row when it is taken from there."""
    if column.take.startswith("reference:"):
        joined = publication.references.get(row.number) or publication.references.get(bare(row.number), {})
        return Cell(joined.get(column.take.removeprefix("reference:"), ""), "reference"), None
    if not column.of:
        return row.offers.get(_offered(publication, spec, column, row), Cell()), None
    other = _other(column, row, others[column.of])
    if other is None:
        return Cell(), None
    cell = other.offers.get(_offered(publication, spec, column, other), Cell())
    # A line of front matter has its home in its own dataset; what stands here repeats it.
    return (replace(cell, origin="derived", passage=None), None) if column.where else (cell, other)


def _other(column: Column, row: Row, others: Addressed) -> Row | None:
    """Return the row of another dataset that a column takes from: by its label, or else by the number of the row."""
    if column.where:
        return others.get(("label", column.where))
    return others.get(("number", row.number)) or others.get(("bare", bare(row.number)))


def _addressed(rows: Sequence[Row]) -> Addressed:
    """Return rows by their number, and by their label where they have one; the first of equals.

    Where no two differ in the letters before it alone, the number without letters will do.
    """
    found: dict[_Address, Row] = {}
    for row in rows:
        if row.number:
            found.setdefault(("number", row.number), row)
        if "label" in row.offers:
            found.setdefault(("label", row.text("label")), row)
    counted = Counter(bare(row.number) for row in rows)
    return found | {("bare", number): row for row in rows if counted[number := bare(row.number)] == 1 and number}
