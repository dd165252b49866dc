"""Random small publications: documents in the shapes that people write, and declarations that mostly fit them.

`made` gives one by chance, `kept` says what must hold of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from generate_declarations import PLACES, Entry, Read, Small, column, dataset, read
from ogp_data.catalogue import provenance
from ogp_data.core.findings import errors
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import write
from ogp_data.core.records import from_csv
from ogp_data.formats import csvw, linked, parquet
from ogp_data.formats.columns import prefixes, table_schema, typed
from ogp_data.formats.csv import to_csv
from ogp_data.formats.sqlite import to_sqlite
from ogp_data.tables import reconcile
from ogp_data.tables.build import Tables
from ogp_data.tables.kind import ANYWHERE
from ogp_data.tables.kinds import KINDS
from ogp_data.types import TYPES

TITLES = ("Plan", "Introduction", "A. Access", "B. Money", "Process", "Points", "")
TABLES = (("No", "Commitment", "Status"), ("Lead", "By"), ("No", "No"), ("Theme", "Action", "Done", "Who"))
TEXTS = (
    "Open the register",
    "12. Open budgets",
    "3 May 2023",
    "2021-02-30",
    "Limited",
    "green",
    "x",
    "7",
    "007",
    "=1+1",
    "See [the law](https://example.net/law).",
    '<a href="#">lost</a>',
    "[](https://example.net/x)",
    "<br>",
    "Rijks-",
    "Ministry &amp; court",
    "**bold**",
    "",
    "",
)
NAMES = (
    *("position", "value", "line", "line_text", "row", "column", "dataset", "count", "index", "id", "type", "name"),
    *("class", "select", "order", "group", "table", "key", "references", "from", "null", "true", "rowid", "oid"),
    *("constructor", "length", "context", "graph", "text", "number", "sequence", "title", "section", "sort", "page"),
    *("label_nl", "derived_said", "derived_places", "place", "link", "url", "kind"),
)
KINDS_OF_COLUMN = tuple(kind.name for kind in TYPES.own)
RDF = ("ogp:text", "dct:title", "schema:position", "rdfs:label", "schema:url", "skos:notation")
CODES = ("progress", "url-status", "document-kind", "finding-kind", "none")


@dataclass(frozen=True)
class _Chance:
    """The random numbers of one publication, and how often what it declares does not fit."""

    random: Random
    slip: float

    def slips(self, times: float = 1) -> bool:
        """Return whether something goes wrong here."""
        return self.random.random() < self.slip * times

    def one(self, choices: Iterable[Any]) -> Any:
        """Return one of the choices."""
        return self.random.choice([*choices])


def made(random: Random) -> Small:
    """Return a publication; most fit their documents, or nearly so."""
    chance = _Chance(random, random.choice((0, 0, 0, 0.01, 0.05)))
    text = document(chance)
    declared = specs(chance, text)
    names = [one["name"] for one in declared]
    records = [correction(chance, names, text) for _ in range(random.choice((0, 0, 0, 0, 0, 1, 3)))]
    more: dict[str, Any] = {}
    if chance.slips(2):
        path = random.sample(TITLES, random.randint(0, 3))
        more["section"] = [{"begins": random.choice((*TITLES, *TEXTS)), "path": path, "reason": "So."}]
    if chance.slips():
        more["cell_limit"] = random.choice((0, 1, 20))
    return Small(text, declared, records, more)


# Documents ----------------------------------------------------------------------------------------------


def document(chance: _Chance) -> str:
    """Return a document of up to 30 lines."""
    kinds = ["heading", "heading", "items", "table", "paragraph", "mark", *["front"] * chance.slips(9)]
    parts = [_part(chance, chance.one(kinds)) for _ in range(chance.random.randint(1, 8))]
    parts = ["# Plan", _part(chance, "front"), _part(chance, "paragraph"), *parts]
    return chance.one(("\n\n", "\n\n", "\n", "\r\n\r\n")).join(parts) + chance.one(("\n", ""))


def _part(chance: _Chance, kind: str) -> str:
    match kind:
        case "heading":
            return f"{'#' * chance.random.randint(1, 4)} {chance.one(TITLES)}"
        case "items":
            step, after = (chance.one((0, 2)), chance.one((" ", "\t"))) if chance.slips() else (1, " ")
            return "\n".join(f"{1 + step * i}.{after}{_text(chance)}" for i in range(chance.one((1, 2, 3))))
        case "table":
            return _table(chance)
        case "front":
            return f"{chance.one(('Date', 'Country', ''))}\t{_text(chance)}"
        case "mark":
            return f"■ {_text(chance)}"
        case _:
            emphasis = chance.one(("", "", "*"))
            return f"{emphasis}{_text(chance)}{emphasis}"


def _table(chance: _Chance) -> str:
    headings = chance.one(TABLES)
    lines = [] if chance.slips() else ["\t".join(headings)]
    for number in range(1, chance.one((2, 3, 4))):
        width = len(headings) + (chance.one((1, -1)) if chance.slips() else 0)
        cells = [_text(chance) for _ in range(width)]
        cells[0] = chance.one((f"{number}. {cells[0]}", cells[0], "", str(number)))
        lines.append("\t".join(cells))
        lines += chance.one(([], [], [], ["\t".join(headings)], ["---\t--"], [""]))
    return "\n".join(lines)


def _text(chance: _Chance) -> str:
    return " ".join(chance.one(TEXTS) for _ in range(chance.one((1, 1, 2, 4))))


# Declarations -------------------------------------------------------------------------------------------


def specs(chance: _Chance, text: str) -> list[Entry]:
    """Return datasets for what the text has, in any order."""
    made: list[Entry] = []
    finds = [*_fitting(chance, text), *[{"kind": "rows", "of": "narrative"}] * chance.slips(5)]
    names = ["narrative", "document", "links", "source_findings", "events", *(f"more-{i}" for i in range(20))]
    for find, name in zip(finds, names, strict=False):
        if not chance.slips(2):
            made.append(_spec(chance, made, name, find))
    for name in ("again", "and_again"):
        if made and chance.one((True, False)):
            made.append(_spec(chance, made, name, {"kind": "rows", "of": chance.one(one["name"] for one in made)}))
    chance.random.shuffle(made)
    return made


def _fitting(chance: _Chance, text: str) -> Iterator[Entry]:
    """Yield how datasets are found that take all of a text, or nearly so."""
    yield {"kind": "paragraphs"}
    titles = [title for title in TITLES[:-1] if f"# {title}" in text]
    marks: Entry = {"lost_marks": "lost-colour"} if chance.one((True, False)) else {}
    yield {"kind": "document", "instructions_under": titles[1:2], "front_matter_under": titles[:1], **marks}
    yield {"kind": "links"}
    yield {"kind": "findings"}
    yield {"kind": "quotes", "of": "narrative", "quote": [_quote(chance, text)]}
    for headings in TABLES:
        twice = len({*headings}) < len(headings)
        if ("\t".join(headings) in text and not twice) or chance.slips():
            yield {"kind": "table", "headings": list(headings), "continues": chance.one(("never", "empty-key"))}
    for title in titles:
        if title == "Plan":
            pattern = chance.one((r"(?P<title>.+)", r"(?P<a>[A-Z])\. (?P<b>.+)", r"(?:(?P<a>[A-Z])\. )?(?P<b>.+)"))
            yield {"kind": "headings", "under": title, "pattern": pattern}
    for title in titles:
        if re.search(rf"# {title}\s+1\. ", text) or chance.slips():
            yield {"kind": "list", "under": title}


def _quote(chance: _Chance, text: str) -> Entry:
    words = chance.one([words for words in TEXTS if words and words in text] or TEXTS)
    return {"description": words, "date_as_written": words, "date": "2021"}


def _spec(chance: _Chance, made: list[Entry], name: str, find: Entry) -> Entry:
    columns = [_column(chance, made, find, take) for take in _takes(chance, find, made)]
    if not chance.slips():
        columns.append(column(chance.one(NAMES), "sequence", "integer", "schema:position"))
    chance.random.shuffle(columns)
    at = next((at for at, one in enumerate(columns) if one["take"] == "sequence"), 0)
    columns = [{**one, "key": True} if index == at else one for index, one in enumerate(columns)]
    distinct = [{**one, "name": one["name"] + "_x" * index} for index, one in enumerate(columns)]
    if distinct and chance.one(range(4)) == 0:
        distinct += _phrases(chance, distinct)
    if distinct and chance.one(range(6)) == 0:
        distinct = _composed(chance, distinct, [*made, {"name": name, "column": [*distinct, PLACES]}])
    more = {"rows": chance.random.randint(0, 3)} if chance.slips() else {}
    return dataset(name, find, *distinct, **more)


def _composed(chance: _Chance, columns: list[Entry], made: list[Entry]) -> list[Entry]:
    """Return columns with some that are made of others, or looked up in the row of a dataset that one refers to."""
    target = chance.one(made)
    key = next((one for one in target["column"] if one.get("key")), columns[0])
    refers = column("refers", "unknown", key["type"], "ogp:commitment", references=target["name"])
    refers["take"] = "unknown" if key["type"] == "integer" else chance.one(("unknown", "C{sequence}", "{publication}"))
    plain = [one for one in columns if one["type"] != "places"]
    named = [chance.one([*plain, refers])["name"] for _ in range(2)]
    wanted = chance.one(target["column"][:-1])
    fitting = (f"C{{{named[0]}}}", f"{{{named[0]}}}-{{{named[1]}}}", "x{sequence}", f"refers.{wanted['name']}")
    slips = ("C{none}", "{", "{}", "refers.none", f"{named[0]}.{wanted['name']}", "more.more", "C{more}", "{cell}")
    take = chance.one(slips if chance.slips(9) else fitting)
    more = column("more", take, wanted["type"] if take.startswith("refers.") else "string", "ogp:value")
    found = [*columns, refers, more]
    chance.random.shuffle(found)
    if chance.slips(9):
        found = [{**one, "key": one is found[0]} for one in found]
    return found


def _takes(chance: _Chance, find: Entry, made: list[Entry]) -> list[str]:
    """Return what the columns of a dataset take: mostly all that there is."""
    if find["kind"] == "rows":
        offered = [c["name"] for one in made if one["name"] == find["of"] for c in one["column"][:-1]]
        return chance.random.sample(offered, min(len(offered), 2))
    verbs = [verb for verb in KINDS[find["kind"]].keys.offers if verb.islower()]
    groups = [f"group:{name}" for name in re.findall(r"P<(\w+)>", find.get("pattern", ""))]
    cells = [f"cell:{heading}" for heading in dict.fromkeys(find.get("headings", ()))]
    offered = [*verbs, *groups, *cells, "unknown"]
    unnumbered = find["kind"] in ("table", "headings")
    left_out = {"cell", "referred", *(["number"] if unnumbered else []), *(["parent"] if "under" in find else [])}
    return [take for take in offered if take not in left_out and not chance.slips()]


def _column(chance: _Chance, made: list[Entry], find: Entry, take: str) -> Entry:
    """Return a column that takes something of its rows, with a slip now and then."""
    more: dict[str, Any] = {}
    if take.startswith("cell:"):
        take, more["heading"] = "cell", take.removeprefix("cell:")
    name = chance.one(NAMES) if chance.one((True, False)) else take.rpartition(":")[2]
    datasets = [*(one["name"] for one in made), "none"]
    slips = {
        "of": datasets,
        "references": datasets,
        "where": ("Date", "Country"),
        "iri": ("{row}", "{dataset}#{row}", "a b", "https://example.net/{name}", f"{{{name}}}"),
        "codes": CODES,
        "language": ("nl", "en-GB", "x y", "zz"),
        "lost": CODES,
        "basis": NAMES,
        "having": NAMES,
        "lacking": NAMES,
        "required": (True,),
        "kind": KINDS_OF_COLUMN,
        "rdf": ("ogp:none", "dct:none", "none"),
        "take": [
            *ANYWHERE,
            *(verb for kind in KINDS for verb in kind.keys.offers if verb.islower()),
            "reference:ogp_id",
        ],
        "heading": find.get("headings", ("No",)),
    }
    more |= {key: chance.one(values) for key, values in slips.items() if chance.slips(0.2)}
    if "kind" in more and chance.one((True, False)):
        more["codes"] = chance.one(CODES)
    kind = chance.one(("string", "text"))
    return column(**{"name": name, "take": take, "kind": kind, "rdf": chance.one(RDF), **more})


def _phrases(chance: _Chance, columns: list[Entry]) -> list[Entry]:
    """Return columns for what the text literally says in others."""
    phrase = [{"words": chance.one(TEXTS[:9]), "value": "limited"}]
    searched = [chance.one(one["name"] for one in columns)]
    quoted = [
        column(f"derived_{take}", take, kind, basis="derived_said")
        for take, kind in (("quote", "text"), ("quote_places", "places"))
    ]
    said = column("derived_said", "phrase", "string", search=searched, phrase=phrase)
    return [said, *quoted[: chance.one(range(3))]]


def correction(chance: _Chance, names: list[str], text: str) -> Entry:
    """Return a record about a cell or a line, of words that may stand there."""
    start = chance.random.randint(0, len(text))
    expect = chance.one((text[start : start + chance.one(range(10))], chance.one(TEXTS)))
    place: Entry = {
        "dataset": chance.one([*names, "none"]),
        "row": chance.one(("1", "2", "")),
        "column": chance.one(NAMES),
    }
    if chance.one((True, False)):
        number = text.count("\n", 0, start) + 1
        place = {"place": chance.one((*[f"L{number}"] * 3, "L-1", "L99", f"p{number}"))}
    record = {"kind": chance.one(("spelling", "spelling", "none")), "expect": expect, "reason": "It is wrong.", **place}
    if chance.one((True, False)):
        return {**record, "status": "acknowledged"}
    return {**record, "status": "corrected", "value": chance.one((*TEXTS, "a\tb", "\x0c"))}


# What must hold -----------------------------------------------------------------------------------------


def kept(small: Small) -> Read:
    """Return what a publication becomes; AssertionError or any other exception says what does not hold."""
    result = read(small)
    for found in result.findings:
        assert found.message, found
        assert found.hint, found
        assert found.place.file, found
        assert found.place.key or found.place.at or found.place.table or found.place.iri, found
    if result.built and result.loaded and not errors(list(result.findings)):
        _publishable(result.loaded, result.built)
    return result


def _publishable(loaded: Publication, built: Tables) -> None:
    records = {table.name: typed(table.spec, from_csv(to_csv(table.frame))) for table in built.tables}
    source = loaded.source_files[0].said
    figures, found = reconcile.reconcile(source, built.tables, built.asides, records)
    assert all(one.place.at for one in found), found
    assert figures.whole or found, figures
    assert not [one for one in found if one.rule == "words-changed"], found
    bound = prefixes(loaded, loaded.names)
    for table in built.tables:
        rows, key = records[table.name], table.spec.key.name
        keys = [row[key] for row in rows]
        assert len({*keys}) == len(keys) == len(table.cells), keys
        assert all(keys), keys
        assert all(row[c.name] for row in rows for c in table.spec.column if c.required), rows
        write(linked.row_triples(table.spec, loaded.names, "en", rows), "ttl", bound)
        linked.to_jsonld(table.spec, loaded.names, "en", rows)
        provenance.to_provenance(loaded, table.spec, provenance.traced(table, rows), bound)
        table_schema(loaded, table.spec)
        csvw.to_csvw(loaded, table.spec)
        parquet.to_parquet(loaded, table.spec, rows)
    to_sqlite(loaded, [(table.spec, records[table.name]) for table in built.tables], source)


def settled(small: Small) -> Small:
    """Return a publication without the datasets of which an error is told, so that more of it is sound."""
    for _ in range(4):
        told = {found.place.table for found in errors(list(read(small).findings))} - {""}
        left = [one for one in small.datasets if one["name"] not in told and one["find"].get("of") not in told]
        if not told or not left:
            break
        small = replace(small, datasets=left)
    return small
