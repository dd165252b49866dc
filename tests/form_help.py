"""A document read by its form and nothing else."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from generate_declarations import NAME, Read, Small, shared_and_lists
from ogp_data.core import resources
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import errors
from ogp_data.core.publication import Publication
from ogp_data.core.records import from_csv
from ogp_data.core.source import SourceFile
from ogp_data.declaration import checking, toml_files
from ogp_data.declaration.complete import complete
from ogp_data.declaration.short import Expanded, Given, expand
from ogp_data.documents import READERS
from ogp_data.formats.csv import to_csv
from ogp_data.models.forms import Form, forms
from ogp_data.models.lists import load_lists
from ogp_data.models.model import model
from ogp_data.tables import build as tables
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
def _declared(form: str, kind: str, more: str) -> Declaration:
    """Return the declaration of a publication of a form, which is sound."""
    long = expanded(f'form = "{form}"\n{more}')
    assert not long.findings, [str(found) for found in long.findings]
    declaration = complete(toml_files.parse(Small("", long.tables["dataset"], kind=kind).declaration, Declaration))
    faults = errors(checking.check(declaration, NAME, *shared_and_lists()))
    assert not faults, [str(found) for found in faults]
    return declaration


def formed(form: str, kind: str, content: str | bytes, more: str = "") -> Read:
    """Return what becomes of a document by a declaration that says its form and, with `more`, something else."""
    declaration, raw = _declared(form, kind, more), content.encode() if isinstance(content, str) else content
    source = declaration.source
    file = SourceFile("document.txt", raw, source.codec, source.limits, 1, source.file, kind)
    loaded = Publication(declaration, shared_and_lists()[0], (), {}, Path(NAME), (file,))
    document = READERS[kind].read(file)
    built = tables.build(loaded, document)
    return Read(built.findings, built, loaded, document)


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
