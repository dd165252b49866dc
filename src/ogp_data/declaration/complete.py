"""What every table has by itself: `publication`, its first column, and `source_places`, its last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.words import Words
from ogp_data.declaration.toml_files import parse
from ogp_data.models.model import model
from ogp_data.tables.kind import finder


def complete(declaration: Declaration) -> Declaration:
    """Return a declaration whose datasets all have `publication` as first column and `source_places` as last.

    `publication` is no key of the file, so it is always added; places that are declared keep their own texts.
    """
    languages = declaration.page_languages
    first, last = (_spoken(_shared(name), languages) for name in ("publication", "source_places"))
    return replace(declaration, dataset=[_completed(spec, first, last) for spec in declaration.dataset])


def _completed(spec: DatasetSpec, first: Column, last: Column) -> DatasetSpec:
    has_places = any(column.take == last.take for column in spec.column)
    last = replace(last, required=finder(spec).placed)
    return replace(spec, column=[first, *spec.column, *([] if has_places else [last])])


@cache
def _shared(name: str) -> Column:
    """Return a column that the model has for any table."""
    shared = model().shared[name]
    return parse({**shared.keys, "take": shared.verb("")}, Column)


def _spoken(column: Column, languages: Sequence[str]) -> Column:
    """Return a column whose texts are in just the languages of the pages, as those of a declaration must be."""
    title, description = (
        Words({language: text.of(language) for language in languages}) for text in (column.title, column.description)
    )
    return replace(column, title=title, description=description)
