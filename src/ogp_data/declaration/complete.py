"""What every table has by itself: `publication`, its first column, and `source_places`, its last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.words import Words
from ogp_data.tables.kind import finder

_PUBLICATION = Column(
    name="publication",
    type="string",
    take="publication",
    rdf="ogp:publication",
    required=True,
    title=Words(nl="Publicatie", en="Publication", fr="Publication"),
    description=Words(
        nl="Kenmerk van de publicatie waaruit de rij komt; samen met de sleutel wijst het de rij aan.",
        en="Id of the publication from which the row comes; together with the key it identifies the row.",
        fr="Identifiant de la publication dont vient la ligne ; avec la clé, il désigne la ligne.",
    ),
)
_SOURCE_PLACES = Column(
    name="source_places",
    type="places",
    take="source_places",
    rdf="ogp:sourcePlace",
    required=True,
    title=Words(nl="Vindplaatsen in de bron", en="Places in the source", fr="Emplacements dans la source"),
    description=Words(
        nl="De plaatsen in het brondocument waaruit de rij komt, in de volgorde van het document en met een spatie"
        " ertussen; L98 is regel 98, geteld vanaf 1.",
        en="The places in the source document from which the row came, in the order of the document, with a space"
        " between them; L98 is line 98, counted from 1.",
        fr="Les emplacements du document source dont vient la ligne, dans l’ordre du document et séparés par une"
        " espace ; L98 est la ligne 98, comptée à partir de 1.",
    ),
)


def complete(declaration: Declaration) -> Declaration:
    """Return a declaration whose datasets all have `publication` as first column and `source_places` as last.

    `publication` is no key of the file, so it is always added; places that are declared keep their own texts.
    """
    languages = declaration.page_languages
    first, last = _spoken(_PUBLICATION, languages), _spoken(_SOURCE_PLACES, languages)
    return replace(declaration, dataset=[_completed(spec, first, last) for spec in declaration.dataset])


def _completed(spec: DatasetSpec, first: Column, last: Column) -> DatasetSpec:
    has_places = any(column.take == last.take for column in spec.column)
    last = replace(last, required=finder(spec).placed)
    return replace(spec, column=[first, *spec.column, *([] if has_places else [last])])


def _spoken(column: Column, languages: Sequence[str]) -> Column:
    """Return a column whose texts are in just the languages of the pages, as those of a declaration must be."""
    title, description = (
        Words({language: text.of(language) for language in languages}) for text in (column.title, column.description)
    )
    return replace(column, title=title, description=description)
