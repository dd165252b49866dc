"""Declaration and rows -> the data dictionary: a page that says what every dataset and column holds.

Whatever the declaration says of a column is shown from there; examples and counts come from the rows of the CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ogp_data.catalogue.metadata import DICTIONARY
from ogp_data.core.artefact import Artefact
from ogp_data.core.collation import order
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.date_phrases import spoken
from ogp_data.core.framed import DATA, of_publication
from ogp_data.core.messages import Message
from ogp_data.core.pages import naming
from ogp_data.core.places import Line
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.core.shared import Agent, CodeList, Term
from ogp_data.core.templates import render, web_page
from ogp_data.core.vocab import OGP, OGP_IS_REGISTERED, expand
from ogp_data.core.words import Text, Words
from ogp_data.formats.codelists import own_terms
from ogp_data.formats.columns import agents_in_use, table_schema
from ogp_data.formats.csvw import SUFFIX
from ogp_data.site.formatting import shortened, within
from ogp_data.site.schema_org import columns_jsonld
from ogp_data.site.titles import short_titles
from ogp_data.tables.kind import ColumnOrigin
from ogp_data.tables.provides import ORIGINS, origin
from ogp_data.types import TYPES, is_iri, language_of, type_of
from ogp_data.types.base import About

CODES = "codelists/index.html"
TITLE = Message("Data dictionary")
SUMMARY = Message("What every dataset and every column means.")

_EXAMPLES, _LENGTH = 3, 80
"""How many examples a column shows, and of how many characters at most."""

_ON_PAGE = 18
"""How many columns a page explains; none is to pass 60 kB."""

_COLUMNS = Message("column description (CSVW)")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as the page shows it; `constraints` as Table Schema names them, `explained` is where its property is."""

    column: Column
    origin: ColumnOrigin
    constraints: Mapping[str, Any]
    language: str
    explained: str
    examples: Sequence[str]
    filled: int

    @property
    def label(self) -> Text:
        """Return what a reader is told that its values are."""
        return type_of(self.column).label(self.column)

    @property
    def rdf_value(self) -> str:
        """Return what its values are in the linked data."""
        return "IRI" if is_iri(self.column) else type_of(self.column).about.datatype or "rdf:langString"


@dataclass(frozen=True, slots=True)
class _Dataset:
    """A dataset as the page shows it; `term` says what one row is, `row_iri` how rows are named."""

    spec: DatasetSpec
    term: Term | None
    rows: int
    columns: Sequence[_Column]
    files: Sequence[tuple[str, Text]]
    row_iri: str
    first_iri: str


def page_of(dataset: str, sheet: int = 1) -> str:
    """Return the page with the columns of a dataset, or the one with more of them."""
    return f"dictionary/{dataset}.html" if sheet == 1 else f"dictionary/{dataset}.{sheet}.html"


def column_page(spec: DatasetSpec, column: str) -> str:
    """Return the page that explains a column."""
    at = next(number for number, one in enumerate(spec.column) if one.name == column)
    return page_of(spec.name, at // _ON_PAGE + 1)


def to_html(
    publication: Publication, records: Mapping[str, Sequence[Record]], artefacts: Iterable[Artefact], language: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the dictionary in a language, each with its path in the first one.

    The first leads to the others: one for each dataset, with its columns, and one with the codes. They link to those of
    the staged files that are a dataset's.
    """
    files, lists, titles = list(artefacts), _codelists(publication, language), short_titles(publication)
    datasets = [_dataset(publication, spec, records[spec.name], files) for spec in publication.declaration.dataset]
    draw = partial(_drawn, publication, language, titles)
    yield (
        DICTIONARY,
        draw(
            DICTIONARY,
            TITLE,
            "dictionary.html",
            datasets=datasets,
            codelists=lists,
            empty=[column for dataset in datasets for column in _empty(dataset)],
            types=_types(publication),
            example=Line(98),
            own_lists=not {codes.id for codes, _ in lists} <= publication.shared.model,
            own_terms=bool(own_terms(publication)),
        ),
    )
    for dataset in datasets:
        yield from _columns_pages(publication, dataset, titles, language, draw)
    agents = _agents(publication, records, language)
    if lists or agents:
        yield CODES, draw(CODES, Message("Codes"), "dictionary/codes.html", codelists=lists, agents=agents)


def _columns_pages(
    publication: Publication,
    dataset: _Dataset,
    titles: Mapping[str, Text],
    language: str,
    draw: Callable[..., bytes],
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages with the columns of a dataset."""
    spec = dataset.spec
    parts = [range(len(spec.column))[at : at + _ON_PAGE] for at in range(0, len(spec.column), _ON_PAGE)]
    for number, part in enumerate(parts, 1):
        title, page = Message("Columns: {dataset}", dataset=titles[spec.name]), page_of(spec.name, number)
        if number > 1:
            title = Message("{title}, page {number}", title=title, number=number)
        shown = replace(dataset, columns=[dataset.columns[index] for index in part])
        jsonld = columns_jsonld(publication, spec, part, title, language)
        sheet = {"dataset": shown, "sheet": number, "sheets": len(parts)}
        yield page, draw(page, title, "dictionary/dataset.html", jsonld=jsonld, **sheet)


def _drawn(
    publication: Publication,
    language: str,
    titles: Mapping[str, Text],
    path: str,
    title: Message,
    template: str,
    jsonld: str = "",
    **shown: Any,
) -> bytes:
    d = publication.declaration
    return render(
        template,
        language,
        **naming(path, language, d.page_languages),
        frame=of_publication(
            publication,
            path,
            language,
            title,
            summary=SUMMARY,
            crumbs=[(DATA, Message("The data")), (DICTIONARY, TITLE)][: 1 if path == DICTIONARY else 2],
            alternates=[("datapackage.json", "application/json", Words(und="Data Package"))],
            jsonld=jsonld or web_page(publication.names.dataset("catalog"), {language: title.of(language)}),
        ),
        publication=publication,
        titles=titles,
        page_of=page_of,
        column_page=lambda dataset, column: column_page(publication.specs[dataset], column),
        codes_page=CODES,
        findings=next((spec.name for spec in publication.specs.values() if spec.find.lists == "defects"), ""),
        origins=ORIGINS,
        spoken=spoken,
        within=within,
        **shown,
    )


def _types(publication: Publication) -> list[About]:
    """Return the types of the columns of a publication, each once."""
    used = {column.type for spec in publication.declaration.dataset for column in spec.column}
    return [kind.about for kind in TYPES if kind.name in used]


def _empty(dataset: _Dataset) -> list[tuple[str, Column]]:
    """Return the columns that no row has a value in; none of a dataset without rows."""
    return [(dataset.spec.name, entry.column) for entry in dataset.columns if dataset.rows and not entry.filled]


def _dataset(
    publication: Publication, spec: DatasetSpec, records: Sequence[Record], artefacts: Iterable[Artefact]
) -> _Dataset:
    names, key = publication.names, spec.key
    return _Dataset(
        spec=spec,
        term=publication.shared.terms.get(spec.type.removeprefix("ogp:")),
        rows=len(records),
        columns=list(_columns(publication, spec, records)),
        files=[(file.path, _title(file)) for file in artefacts if file.dataset == spec.name],
        row_iri=f"{names.dataset(spec.name)}#{{{key.name}}}",
        first_iri=names.row(spec.name, records[0][key.name]) if records else "",
    )


def _title(file: Artefact) -> Text:
    """Return what a file is called: by its format, or as the description of the columns."""
    if file.format:
        return file.format.title
    return _COLUMNS if file.path.endswith(SUFFIX) else Words(und=file.path)


def _columns(publication: Publication, spec: DatasetSpec, records: Sequence[Record]) -> Iterator[_Column]:
    """Yield the columns of a dataset with what the rows say of them."""
    fields = table_schema(publication, spec)["fields"]
    for column, field in zip(spec.column, fields, strict=True):
        cells = [record[column.name] for record in records]
        yield _Column(
            column=column,
            origin=origin(column, spec, publication.specs),
            constraints=field.get("constraints", {}),
            language=language_of(column, publication.declaration.language),
            explained=_explained(column, publication),
            examples=_examples(cells),
            # Counted in the CSV and not in the table: what the page says is true of the file that it is about.
            filled=sum(map(bool, cells)),
        )


def _explained(column: Column, publication: Publication) -> str:
    """Return where a property is explained: at its IRI or, while that leads nowhere, in a file of the publication."""
    iri = str(expand(column.rdf, publication.names.spaces) or "")
    return iri if OGP_IS_REGISTERED or not iri.startswith(OGP) else "codelists/ogp.ttl"


def _examples(cells: Iterable[str]) -> list[str]:
    """Return the first few values, each once; equal beginnings of long texts count as one."""
    found: dict[str, None] = {}
    for text in filter(None, cells):
        found.setdefault(shortened(text, _LENGTH))
        # In the order of the rows, and not the commonest: a reader finds the examples at the top of the file.
        if len(found) == _EXAMPLES:
            break
    return list(found)


def _codelists(publication: Publication, language: str) -> list[tuple[CodeList, list[tuple[str, Column]]]]:
    """Return each code list in use, with the columns whose codes it holds, by their titles in a language."""
    users: dict[str, list[tuple[str, Column]]] = {}
    for spec in publication.declaration.dataset:
        for column in spec.column:
            if column.codes:
                users.setdefault(column.codes, []).append((spec.name, column))
    lists = [publication.shared.codelists[name] for name in users]
    return [(codes, users[codes.id]) for codes in sorted(lists, key=lambda codes: order(codes.title.of(language)))]


def _agents(
    publication: Publication, records: Mapping[str, Sequence[Record]], language: str
) -> list[tuple[str, Agent]]:
    """Return each organisation that the tables name, with its IRI, by their names in a language."""
    used = agents_in_use(publication, records)
    named = ((publication.names.agent(agent), agent) for agent in publication.shared.agents.values())
    found = ((iri, agent) for iri, agent in named if iri in used)
    return sorted(found, key=lambda one: order(one[1].name.of(language)))
