"""What the short form is made long with: the model and the lists, and what is gathered on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import SOURCE, Message, known
from ogp_data.core.near import nearest
from ogp_data.core.written import Origin
from ogp_data.models.forms import Form, forms, merged
from ogp_data.models.lists import ValueLists
from ogp_data.models.model import Model

Table = Mapping[str, Any]
"""A table of TOML."""

SITE = "site.toml"


@dataclass(frozen=True, slots=True)
class Given:
    """What a short declaration is read with: the model, lists, site.toml, columns of reference tables, and forms."""

    model: Model
    lists: ValueLists
    site: Table = field(default_factory=dict)
    reference: frozenset[str] = frozenset()
    forms: Mapping[str, Form] = field(default_factory=forms)


@dataclass(slots=True)
class Work:
    """A declaration under way: what texts are filled in with, and the keys and findings so far."""

    given: Given
    languages: Sequence[str] = ()
    country: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""
    further: Sequence[str] = ()
    """The languages of the files of the source beside that of the publication."""
    keys: dict[str, Origin] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    form: Form | None = None

    @property
    def defaults(self) -> Table:
        """Return what a publication says of itself where its declaration does not: as its form has it, or the model."""
        return merged(self.given.model.publication, self.form.publication if self.form else {})

    def wrote(self, key: str, origin: str, file: str = "") -> None:
        """Note where a key of the long form was written."""
        self.keys[key] = Origin(origin, file)

    def fault(self, rule: str, key: str, message: str, hint: str = "") -> None:
        """Take up what is wrong with a key as it was written."""
        self.found.append(finding(rule, message, Place(key=key), hint))

    def table(self, value: object, key: str) -> dict[str, Any]:
        """Return a value that must be a table; an empty one, with a finding, where it is none."""
        if isinstance(value, dict):
            return value
        self.fault("value-type", key, Message("Input should be a table; it is {value!r:.60}.", value=value))
        return {}

    def text(self, text: Table) -> dict[str, Any]:
        """Return a text of the model in the languages of the pages, with country and plan filled in."""
        return {language: self._said(text, language) for language in self.languages}

    def _said(self, text: Table, language: str) -> Any:
        # In a language that the program does not speak, that is what is told, and not every text once more.
        english = text.get(SOURCE, "")
        said = text.get(language) or (known(english, language) if isinstance(english, str) else []) or english
        return self._filled(said, language) if isinstance(said, str) else list(said)

    def _filled(self, text: str, language: str) -> str:
        return text.replace("{country}", self.country.get(language, "")).replace("{plan}", self.plan)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the name that was probably meant, in a sentence; "" where none is near."""
    near = nearest(name, known)
    return Message("Did you mean {near}?", near=near) if near else ""


def as_meant(table: Table, known: Collection[str]) -> dict[str, Any]:
    """Return a table with its misspelt keys as they were probably meant, so that nothing is missing because of them."""
    meant = {key: nearest(key, known) for key in table if key not in known}
    free = {key: near for key, near in meant.items() if near and near not in table}
    return {free.get(key, key): value for key, value in table.items()}
