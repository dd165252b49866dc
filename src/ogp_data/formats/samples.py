"""How a dataset is read in the tools that people have: a few lines of code each, to copy and to run as they are.

Each reads the file that loses nothing in its tool. Only what was written is read: without its file there is no sample.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.vocab import PREFIXES
from ogp_data.formats.sqlite.sql import literal
from ogp_data.types import type_of

_MOST_COLUMNS = 4
"""Of a query: enough to see how a further one is asked for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Some lines of code: the name of the tool, the name of the language as highlighters have it, what they need."""

    name: str
    language: str
    needs: str
    code: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A dataset and the address of the file that a sample reads."""

    publication: Publication
    spec: DatasetSpec
    address: str


def samples(publication: Publication, spec: DatasetSpec, artefacts: Iterable[Artefact]) -> tuple[Sample, ...]:
    """Return the samples of a dataset, those that most people can run first."""
    files = {file.format.name: file.path for file in artefacts if file.format and file.dataset == spec.name}
    return tuple(
        Sample(name, language, needs, code(_Asked(publication, spec, publication.names.download(files[fmt]))))
        for name, language, needs, fmt, code in _KINDS
        if fmt in files
    )


def _quoted(text: str) -> str:
    """Return a text as Python and R have it: escapes of JSON for one character that are two would be two in both."""
    return json.dumps(text, ensure_ascii=False)


def _pandas(asked: _Asked) -> str:
    # Of a CSV pandas would take the key "01" for a number and the text "NA" for none; Parquet has the types.
    return f"""\
import pandas as pd

rows = pd.read_parquet({_quoted(asked.address)}, dtype_backend="pyarrow")
print(rows)"""


def _r(asked: _Asked) -> str:
    # For the same reason everything is text first, and what the declaration says is a number becomes one.
    numbers = [column.name for column in asked.spec.column if type_of(column).about.numeric]
    as_numbers = f"""
numbers <- c({", ".join(map(_quoted, numbers))})
rows[numbers] <- lapply(rows[numbers], as.numeric)"""
    return f"""\
rows <- read.csv({_quoted(asked.address)}, colClasses = "character",
                 na.strings = "", encoding = "UTF-8", check.names = FALSE){as_numbers if numbers else ""}
print(head(rows))"""


def _duckdb(asked: _Asked) -> str:
    return f"SELECT * FROM read_parquet({literal(asked.address)});"


def _sparql(asked: _Asked) -> str:
    """Return a query of one solution for each row: of columns that have one value each, and none twice."""
    spec, known = asked.spec, {**PREFIXES, **asked.publication.names.spaces}
    shown = list(_single(spec.column))[:_MOST_COLUMNS]
    used = sorted({name.partition(":")[0] for name in (spec.type, *(column.rdf for column in shown))})
    asks = "".join(f"  OPTIONAL {{ ?row {column.rdf} ?{column.name} }}\n" for column in shown)
    prefixes = "".join(f"PREFIX {prefix}: <{known[prefix]}>\n" for prefix in used)
    names = " ".join(["?row", *(f"?{column.name}" for column in shown)])
    # An endpoint answers from all that it serves, where other datasets have rows of the same class; and by the graph
    # they cannot be told apart in a file that was loaded into none.
    own = f"  FILTER(STRSTARTS(STR(?row), {_quoted(asked.publication.names.row(spec.name, ''))}))\n"
    return f"{prefixes}SELECT {names} WHERE {{\n  ?row a {spec.type} .\n{own}{asks}}} ORDER BY ?row"


def _single(columns: Sequence[Column]) -> Iterator[Column]:
    """Yield the columns of which a row has at most one value that a query can tell from those of other columns."""
    properties = [column.rdf for column in columns]
    for column in columns:
        # A title in two languages is one property with two values; `?row` is the row itself.
        is_told_apart = properties.count(column.rdf) == 1 and column.name != "row"
        if is_told_apart and not type_of(column).about.separator and column.take != "publication":
            yield column


def _curl(asked: _Asked) -> str:
    return f"curl --fail --location --remote-name {shlex.quote(asked.address)}"


_KINDS: tuple[tuple[str, str, str, str, Callable[[_Asked], str]], ...] = (
    ("Python (pandas)", "python", "pip install pandas pyarrow", "parquet", _pandas),
    ("R", "r", "", "csv", _r),
    ("DuckDB", "sql", "", "parquet", _duckdb),
    ("SPARQL", "sparql", "", "ttl", _sparql),
    ("curl", "shell", "", "csv", _curl),
)
"""Name, language, what must be installed first, the format that is read, and the code."""
