"""The query page: SPARQL over the published graphs inside the browser, without a server.

From `file://` a browser refuses modules, fetch and workers from files. So all is in classic scripts, loaded on first
use: the engine with its wasm as base64, and the graphs as text; the worker is made of a Blob.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.graphs import graph_name
from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.stage import Stage
from ogp_data.core.templates import asset
from ogp_data.core.vocab import PREFIXES
from ogp_data.site import query_faults
from ogp_data.site.assets import Assets
from ogp_data.site.roles import Roles, reference, roles, title_column
from ogp_data.types import type_of

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval';"
    " worker-src blob:; base-uri 'none'; form-action 'none'"
)
PATH = "query.html"
HELP = "query/help.json"
"""What helps to ask, for the service, which has a page of its own over all publications."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that a reader may begin with, and for what task."""

    task: Message
    title: Message
    text: str


WAY = Message("Find your way")
PROMISED = Message("What was promised")
CAME = Message("What came of it")
BEHIND = Message("What is behind it")


def stage_query(publication: Publication, assets: Assets | None, stage: Stage) -> None:
    """Write the engine and the graphs, those that are staged already; without an engine what helps to ask alone."""
    stage.add(HELP, json.dumps(_help(publication), ensure_ascii=False, separators=(",", ":")).encode())
    if assets is None:
        return
    # The script is handed on as text, because the page makes its worker of it: a worker cannot load a file from
    # file://.
    engine = {"script": assets.script, "wasm": base64.b64encode(assets.wasm).decode()}
    stage.add("query/engine.js", f"window.ogpEngine = {json.dumps(engine)};\n".encode())
    # Sorted by name, since the order in which files are staged may change with the program.
    graphs = dict(sorted(_graphs(publication, stage)))
    stage.add("query/graphs.js", f"window.ogpGraphs = {json.dumps(graphs, ensure_ascii=False)};\n".encode())
    stage.add("query/query.js", asset("site/query.js"))
    stage.add("query/faults.js", query_faults.script(publication.declaration.page_languages))
    stage.add("query/complete.js", asset("service/complete.js"))
    licences = (
        f"engine.js holds {assets.name} {assets.version}, licence {assets.licence} (an SPDX expression; the package has"
        f" no licence text of its own).\nThe texts of the licences are kept by its makers: {assets.home}\n"
    )
    stage.add("query/LICENCES.txt", licences.encode())


def _graphs(publication: Publication, stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield the text of each graph by its name."""
    for file in stage.artefacts:
        # The same rule as the service's, so that a query gives the same in the browser and at /sparql.
        if name := graph_name(file.path, publication.specs):
            yield publication.names.dataset(name), stage.read(file.path).decode()


def terms(publication: Publication, language: str) -> dict[str, str]:
    """Return the names that a query may have, each with what it is called in a language."""
    known = {"rdf:type": "", "rdfs:label": "", "skos:prefLabel": "", "prov:wasDerivedFrom": "", "dcat:Dataset": ""}
    for spec in publication.declaration.dataset:
        known |= {spec.type: spec.name} | {one.rdf: one.title.of(language) for one in spec.column if one.rdf}
    return dict(sorted(known.items()))


def prefixes(publication: Publication) -> dict[str, str]:
    """Return the prefixes of those names, and their addresses."""
    known = {**PREFIXES, **publication.names.spaces}
    used = {name.partition(":")[0] for name in terms(publication, publication.declaration.page_languages[0])}
    return {name: known[name] for name in sorted({*used, "dct", "skos", "dcat", "prov", "void"} & known.keys())}


def _help(publication: Publication) -> dict[str, object]:
    """Return prefixes, and by language the names and examples."""
    parts, spoken = roles(publication), publication.declaration.page_languages
    asked = {
        language: [
            {"task": one.task.of(language), "title": one.title.of(language), "text": one.text}
            for one in examples(publication, parts, language)
        ]
        for language in spoken
    }
    named = {language: terms(publication, language) for language in spoken}
    return {"prefixes": prefixes(publication), "terms": named, "examples": asked}


def examples(publication: Publication, parts: Roles, language: str) -> list[Example]:
    """Return queries that fit what a publication has, by their tasks; labels are asked for in a language."""
    order = [WAY, PROMISED, CAME, BEHIND]
    return sorted(_examples(publication, parts, language), key=lambda example: order.index(example.task))


def _examples(publication: Publication, parts: Roles, language: str) -> Iterator[Example]:
    yield _of_datasets(publication, language)
    if parts.commitments:
        yield from _of_commitments(publication, parts.commitments, parts.themes, language)
    if parts.assessments:
        yield from _of_assessments(publication, parts.assessments, parts.commitments, language)
    for spec, words in (
        (parts.links, Message("Links by the status of their address")),
        (parts.findings, Message("Findings by kind")),
    ):
        if spec and (code := next(filter(_is_code, spec.column), None)):
            yield _counted(publication, spec, code, words, language)
    if parts.process and (date := next((c for c in parts.process.column if type_of(c).about.dated), None)):
        text = f"SELECT ?event ?date WHERE {{ ?event a {parts.process.type} ; {date.rdf} ?date }} ORDER BY ?date"
        yield Example(CAME, Message("The timeline"), _query(publication, text, (parts.process.type, date.rdf)))
    yield from _of_graphs(publication, parts.commitments or publication.declaration.dataset[0])


def _of_datasets(publication: Publication, language: str) -> Example:
    text = (
        "SELECT ?dataset ?title ?rows WHERE {\n  ?dataset a dcat:Dataset ; dct:title ?title ; void:entities ?rows ."
        f'\n  FILTER(lang(?title) = "{language}")\n}} ORDER BY ?dataset'
    )
    title = Message("Which datasets are there, and how many rows?")
    return Example(WAY, title, _query(publication, text, ("dcat", "dct", "void")))


def _of_commitments(
    publication: Publication, spec: DatasetSpec, themes: DatasetSpec | None, language: str
) -> Iterator[Example]:
    title, order = title_column(spec).rdf, _order(spec, "?commitment")
    named = _named(publication, spec, "?commitment", "?title", language)
    text = (
        f"SELECT ?commitment ?title WHERE {{\n  ?commitment a {spec.type}{named}{order.where}\n}} ORDER BY {order.by}"
    )
    yield Example(PROMISED, Message("All commitments"), _query(publication, text, (spec.type, title, *order.used)))
    if themes and (column := reference(spec, themes)):
        title, order = title_column(themes).rdf, _order(themes, "?theme")
        named = _named(publication, themes, "?theme", "?name", language).replace(" ;", "\n  ?theme", 1)
        text = (
            f"SELECT ?name (COUNT(?commitment) AS ?commitments) WHERE {{\n  ?commitment a {spec.type} ;"
            f" {column.rdf} ?theme .{named.removeprefix(' .')}{order.where}\n}}"
            f" GROUP BY ?theme ?name {order.by} ORDER BY {order.by}"
        )
        asked = Message("How many commitments has each theme?")
        yield Example(PROMISED, asked, _query(publication, text, (spec.type, column.rdf, title, *order.used)))


def _named(publication: Publication, spec: DatasetSpec, row: str, name: str, language: str) -> str:
    """Return how a query goes on that asks for the titles of rows: in one language, where they are in several."""
    title = title_column(spec)
    spoken = [column.spoken(publication.declaration.language) for column in spec.column if column.rdf == title.rdf]
    if len(spoken) < 2:
        return f" ; {title.rdf} {name} ."
    wanted = language if language in spoken else spoken[0]
    # What is not said in it is a row all the same.
    return f' .\n  OPTIONAL {{ {row} {title.rdf} {name} . FILTER(lang({name}) = "{wanted}") }}'


@dataclass(frozen=True, slots=True)
class _Order:
    """How the rows of a dataset are put into the order of the document: what is asked of each, and by what."""

    where: str
    by: str
    used: tuple[str, ...] = ()


def _order(spec: DatasetSpec, row: str, way: str = "") -> _Order:
    """Return the order by the places of rows; `way`: the property that leads from a row to one of the dataset.

    Without places it is by the IRIs, as text, in which C10 comes before C2.
    """
    if not any(column.rdf == "schema:position" for column in spec.column):
        return _Order("", row)
    path = f"{way}/schema:position" if way else "schema:position"
    return _Order(f"\n  {row} {path} ?place .", "?place", ("schema", *([way] if way else [])))


def _counted(publication: Publication, spec: DatasetSpec, code: Column, words: Message, language: str) -> Example:
    """Return the query that counts the rows of a dataset by a code."""
    text = (
        f"SELECT ?code ?label (COUNT(?row) AS ?rows) WHERE {{\n  ?row a {spec.type} ; {code.rdf} ?code .\n"
        f'  ?code skos:prefLabel ?label . FILTER(lang(?label) = "{language}")\n}}'
        " GROUP BY ?code ?label ORDER BY DESC(?rows) ?code"
    )
    return Example(BEHIND, words, _query(publication, text, (spec.type, code.rdf, "skos")))


def _of_graphs(publication: Publication, first: DatasetSpec) -> Iterator[Example]:
    names, order = publication.names, _order(first, "?row")
    text = (
        f"SELECT ?row ?line WHERE {{\n  GRAPH <{names.base}{first.name}/{first.name}.prov.ttl> {{ ?row"
        f" prov:wasDerivedFrom ?line }}{order.where}\n}} ORDER BY {order.by} ?line"
    )
    asked = Message("From which lines did each row come?")
    yield Example(BEHIND, asked, _query(publication, text, ("prov", *order.used)))
    text = (
        "SELECT ?graph (COUNT(*) AS ?triples) WHERE {\n  GRAPH ?graph { ?s ?p ?o }\n} GROUP BY ?graph ORDER BY ?graph"
    )
    yield Example(WAY, Message("Which graphs are there?"), text)
    everything = Message("Everything about the catalogue")
    yield Example(WAY, everything, f"DESCRIBE <{names.dataset('catalog')}>")


def _is_code(column: Column) -> bool:
    return type_of(column).about.names == "codes"


def _of_assessments(
    publication: Publication, spec: DatasetSpec, commitments: DatasetSpec | None, language: str
) -> Iterator[Example]:
    refers = reference(spec, commitments) if commitments else None
    order = _order(commitments, "?assessment", refers.rdf) if commitments and refers else _order(spec, "?assessment")
    derived = next((column for column in spec.column if column.take == "phrase" and _is_code(column)), None)
    if derived:
        yield Example(
            CAME,
            Message("What does the text say of progress?"),
            _query(
                publication,
                f"SELECT ?assessment ?label WHERE {{\n  ?assessment a {spec.type} .{order.where}\n"
                f"  OPTIONAL {{ ?assessment {derived.rdf} ?code . ?code skos:prefLabel ?label ."
                f' FILTER(lang(?label) = "{language}") }}\n}}'
                f" ORDER BY {order.by}",
                (spec.type, derived.rdf, "skos", *order.used),
            ),
        )
    lost = next((column for column in spec.column if column.lost), None)
    if lost:
        yield Example(
            CAME,
            Message("Is there a value for: {title}?", title=lost.title),
            _query(publication, f"ASK {{ ?assessment {lost.rdf} ?value }}", (lost.rdf,)),
        )


def _query(publication: Publication, text: str, used: tuple[str, ...]) -> str:
    known = {**PREFIXES, **publication.names.spaces}
    prefixes = sorted({name.partition(":")[0] for name in used})
    return "".join(f"PREFIX {prefix}: <{known[prefix]}>\n" for prefix in prefixes) + text
