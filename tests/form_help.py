"""A document read by its form and nothing else."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from generate_declarations import Read, Small, read
from ogp_data.core import resources
from ogp_data.core.records import from_csv
from ogp_data.declaration.short import Expanded, Given, expand
from ogp_data.formats.csv import to_csv
from ogp_data.models.forms import Form, forms
from ogp_data.models.lists import load_lists
from ogp_data.models.model import model
from ogp_data.tables import reconcile

HEAD = """
id = "x-2020-2022"
country = "NLD"
plan = "2020-2022"
issued = 2026-11-23
language = "en"
source.file = "source/x.pdf"
"""
NO_FACTS = ("publication", "source_places", "sequence")
"""The columns that no document says."""


def expanded(text: str, *more: Form) -> Expanded:
    """Return the long form of a short declaration, whose forms are those of the program and more."""
    known = {**forms(), **{form.name: form for form in more}}
    return expand(tomllib.loads(HEAD + text), Given(model(), load_lists(resources.value_lists()), forms=known))


@cache
def _datasets(text: str) -> list[dict[str, Any]]:
    long = expanded(text)
    assert not long.findings, [str(found) for found in long.findings]
    return list(long.tables["dataset"])


def formed(form: str, kind: str, content: str | bytes, more: str = "", here: bool = True) -> Read:
    """Return what becomes of a document by a declaration that says its form and, with `more`, something else."""
    return read(Small(content, _datasets(f'form = "{form}"\n{more}'), kind=kind), here=here)


def lost(found: Read) -> list[str]:
    """Return each word that is lost, doubled or changed."""
    assert found.built
    assert found.document
    staged = {one.name: from_csv(to_csv(one.frame)) for one in found.built.tables}
    _, faults = reconcile.reconcile(found.document.source, found.built.tables, found.built.asides, staged)
    return list(map(str, faults))


def facts(found: Read, name: str) -> list[dict[str, str]]:
    """Return the rows of a dataset without what is empty and what no document says."""
    rows = found.rows(name)
    return [{key: value for key, value in row.items() if value and key not in NO_FACTS} for row in rows]


def warned(found: Read) -> list[str]:
    """Return the rules of what is wrong with the document, errors and warnings."""
    own = ("vocabulary-unregistered", "unknown-source-origin", "duplicate-property", "placeholder-base-iri")
    return [one.rule for one in found.findings if one.severity in ("error", "warning") and one.rule not in own]
