"""The columns of a dataset in the short form -> those of the long one: what the model has, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ogp_data.core.columns import CODE_LIST
from ogp_data.core.messages import Message, sentences
from ogp_data.core.near import nearest
from ogp_data.core.toml_lines import key_path
from ogp_data.declaration.offering import broken_pattern, groups, is_offered, kind_of, labels, offered, pattern_of
from ogp_data.declaration.short.translations import Translation, verb_of
from ogp_data.declaration.short.work import Table, Work, did_you_mean
from ogp_data.models.model import ModelColumn
from ogp_data.models.vocabulary import vocabulary
from ogp_data.tables.kind import ANYWHERE

_FINDING = ("of", "where", "heading", "search", "phrase", "basis", "having", "lacking")
"""The keys that say, with `take`, where a value is found."""
_FILLED = ("required", "references", "lost", "iri")
"""The keys that an empty column has no use for."""
_NO_TRANSLATION = ("key", "required")
"""What a column has, and one with its text in another language has not."""
_REPEATED = ("type", "codes", "currency", "language")
"""The keys of a column that one which repeats it has as well."""


@dataclass(slots=True)
class Dataset:
    """A dataset under way: its name, where its rows are found, its key, and its columns of the long form by name.

    The key is the model's, unless the declaration makes another column the key.
    """

    name: str
    find: Table
    key: str = ""
    home: str = ""
    """The column that the model makes the key, by which other datasets refer to this one."""
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_found: bool = True
    """Whether it is said where its rows are; where it is not, that alone is told."""
    named: Collection[str] = ()
    """The columns that it may have, of which some are not there yet."""

    @property
    def at(self) -> str:
        """Return the key that was written for it."""
        return key_path("datasets", self.name)

    def column(self, name: str) -> str:
        """Return the key that was, or could be, written for a column of it."""
        return key_path("datasets", self.name, "columns", name)


@dataclass(frozen=True, slots=True)
class Filling:
    """Fills the columns of a dataset; `datasets` are all of the publication, complete or not."""

    work: Work
    dataset: Dataset
    datasets: Mapping[str, Dataset]

    def fill(self, column: ModelColumn, said: object) -> None:
        """Add a column of the model, when the declaration or a default finds it, or the table always has it."""
        if said is False:
            self._leave_out(column)
        elif (table := self._said(column.name, said)) is not None:
            self._fill(column, table, is_said=said is not None)

    def translate(self, one: Translation, said: object) -> None:
        """Add a column that has the text of another in a language, where the document says it in that."""
        name, base, find = one.column.name, self.dataset.columns.get(one.base), self.dataset.find
        if said is False or (table := self._said(name, said)) is None:
            return
        keys = {**one.column.keys, **table, "name": name}
        verb = table.get("take") or _implied(table)
        verb = verb or (f"label:{name}" if name in labels(find) else f"group:{name}" if name in groups(find) else "")
        if not verb and base and one.language in self.work.further:
            verb = verb_of(base, find, one.language, self._repeatable())
            keys = {**base, **keys}
            if verb:
                self._said_in_several(base)
        if verb:
            left_out = () if table.keys() & {"take", "heading"} else _NO_TRANSLATION
            kept = {key: value for key, value in keys.items() if key not in left_out}
            self.dataset.columns[name] = {**kept, "take": verb}
        elif said is not None:
            self._nothing_to_take(one.column)

    def _said_in_several(self, base: dict[str, Any]) -> None:
        """Make a column one that has a text in one of several languages: it may lack it, as another may have it."""
        if base.get("type") == "string":
            base["type"] = "text"
        if base["name"] != self.dataset.key:
            base.pop("required", None)

    def _repeatable(self) -> Collection[str]:
        """Return the columns of the dataset whose rows are repeated."""
        source = self.datasets.get(str(self.dataset.find.get("of")))
        return source.columns if source and self.dataset.find.get("kind") == "rows" else ()

    def own(self, name: str, said: object, known: Iterator[str]) -> None:
        """Add a column that the model does not have; without a type it is taken for one of the model, misspelt."""
        at = self.dataset.column(name)
        if not isinstance(said, dict) or "type" not in said:
            message = Message(
                "The model has no column {column!r} for the dataset '{name}'.", name=self.dataset.name, column=name
            )
            own = Message("A column of your own needs `type` and `title`.")
            self.work.fault("unknown-key", at, message, sentences(did_you_mean(name, known), own))
            return
        key = "title"  # which is its description too, where it has no other
        if key not in said:
            self.work.fault("missing-key", f"{at}.{key}", Message("The key '{error}' is missing.", error=key))
            return
        defaults = {"name": name, "rdf": f"own:{_camel(name)}", "description": said[key]}
        verb = _implied(said)
        self.dataset.columns[name] = {**defaults, **({"take": verb} if verb else {}), **said, "name": name}

    def check_pattern(self) -> None:
        """Take up that the pattern cannot be read, or has a group whose name is that of an empty column, misspelt."""
        find, columns, key = self.dataset.find, self.dataset.columns, pattern_of(self.dataset.find)[0]
        at = f"{self.dataset.at}.find.{key}"
        if fault := broken_pattern(find):
            self.work.fault("value-type", at, Message("The pattern is not a regular expression: {fault}.", fault=fault))
        taken = {str(column.get("take", "")) for column in columns.values()}
        empty = [name for name, column in columns.items() if column.get("take") == "unknown"]
        # Other datasets are joined by the number, and may take what begins a record.
        own = [name for name in groups(find) if name != "number"] if key == "pattern" and kind_of(find) else []
        for name in (name for name in own if not any(f"group:{name}" in verb for verb in taken)):
            if near := nearest(name, empty):
                message = Message(
                    "No column takes the group '{name}' of the pattern, and the column '{column}' is empty.",
                    name=name,
                    column=near,
                )
                hint = Message(
                    'Call the group {column}, or write {column} = "group:{name}" in the columns.',
                    column=near,
                    name=name,
                )
                self.work.fault("unknown-key", at, message, hint)

    def _leave_out(self, column: ModelColumn) -> None:
        if column.core or column.name == self.dataset.key:
            message = Message("The column '{name}' is in the table of every publication.", name=column.name)
            hint = Message("Leave the key out; the column stays empty where the document has nothing for it.")
            self.work.fault("value-type", self.dataset.column(column.name), message, hint)

    def _said(self, name: str, said: object) -> Table | None:
        """Return what is said of a column as a table; None, with a finding, where it says nothing that can be read."""
        if said is None or said is True:
            return {}
        if isinstance(said, str):
            return {"take": said}
        if isinstance(said, dict):
            return said
        message = Message("Input should be `true`, a verb or a table; it is {said!r:.60}.", said=said)
        self.work.fault("value-type", self.dataset.column(name), message)
        return None

    def _fill(self, column: ModelColumn, said: Table, is_said: bool) -> None:
        kept = {key: value for key, value in column.keys.items() if value != ""}
        if "take" in said or "heading" in said:
            kept = {key: value for key, value in kept.items() if key not in _FINDING}
        is_key = column.name == self.dataset.key
        # The model's key of a dataset may be a column that refers to it everywhere else.
        is_home = column.name == self.dataset.home
        if kept.get("references") not in {*self.datasets} - ({self.dataset.name} if is_home else set()):
            kept.pop("references", None)
        keys = {**kept, **self._texts(column), **said, "name": column.name}
        verb = keys.get("take") or _implied(keys) or self._default(column, keys, said)
        if not verb and (is_key or (is_said and not column.core)):
            self._nothing_to_take(column)
        elif verb:
            repeated = {**keys, **self._repeated(keys, str(verb)), **said}
            self.dataset.columns[column.name] = {**repeated, "take": verb, **(_KEY if is_key else {})}
        elif column.core:
            dropped = {*_FINDING, *_FILLED} - said.keys()
            empty = {key: value for key, value in keys.items() if key not in dropped}
            self.dataset.columns[column.name] = {**empty, "take": "unknown"}

    def _repeated(self, keys: Table, verb: str) -> Table:
        """Return what a column that repeats another has of it, such as the scale of its codes."""
        find = self.dataset.find
        source = self.datasets.get(str(keys.get("of") or find.get("of"))) if find.get("kind") == "rows" else None
        original = source.columns.get(verb, {}) if source else {}
        return {key: original[key] for key in _REPEATED if key in original}

    def _texts(self, column: ModelColumn) -> Table:
        return {key: self.work.text(column.keys[key]) for key in ("title", "description")}

    def _default(self, column: ModelColumn, keys: Table, said: Table) -> str:
        """Return what a column takes of which nothing is said; "" for nothing."""
        find = self.dataset.find
        if "of" not in said and column.name in groups(find):
            return f"group:{column.name}"
        if "of" not in said and column.name in labels(find):
            return f"label:{column.name}"
        if self.dataset.name == "commitments" and column.name in self.work.given.reference and not said.get("of"):
            return f"reference:{column.name}"
        other = self.datasets.get(str(said.get("of"))) if find.get("kind") != "rows" else None
        verb = column.verb(str((other.find if other else find).get("kind")))
        return verb if verb and self._is_there(verb, keys) else ""

    def _is_there(self, verb: str, keys: Table) -> bool:
        """Return whether all that a default refers to is there."""
        own, other = self.dataset, str(keys.get("of", ""))
        if other and other not in self.datasets:
            return False
        if "basis" in keys and not self._has_basis(verb, str(keys["basis"]), str(keys.get("codes"))):
            return False
        if verb == "referred" and str(keys.get("references")) not in self.datasets:
            return False
        if "." in verb:
            return self._is_referred(*verb.split(".", 1))
        if verb == "publication" or (verb in ANYWHERE and not other):
            return True
        source = self.datasets[other] if other else own
        if own.find.get("kind") != "rows":
            return is_offered(source.find, verb, own.named)
        base = self.datasets.get(str(own.find.get("of")))
        target = self.datasets.get(other) if other else base
        if other and not _belong(base, target):
            return False
        wanted = {verb, *(str(keys[key]) for key in ("having", "lacking") if key in keys)} - {"count"}
        return target is not None and wanted <= target.columns.keys()

    def _has_basis(self, verb: str, basis: str, lists: str) -> bool:
        """Return whether a column has what another rests on: words that it quotes, or codes of a list that it names."""
        column = self.dataset.columns.get(basis, {})
        found = str(column.get("take", "unknown"))
        if verb != CODE_LIST:
            return found == "phrase"
        named = vocabulary().codelists.get(lists)
        known = {concept.code for concept in named.concept} if named else set[str]()
        return found != "unknown" and str(column.get("codes")) in known

    def _is_referred(self, reference: str, name: str) -> bool:
        """Return whether a column refers to a row of a dataset that has a column of a name."""
        refers = self.dataset.columns.get(reference, {})
        target = self.datasets.get(str(refers.get("references")))
        return target is not None and (name in target.columns or not target.columns)

    def _nothing_to_take(self, column: ModelColumn) -> None:
        kind = kind_of(self.dataset.find)
        of, is_found = self.dataset.find.get("of"), self.dataset.is_found
        if kind is None or broken_pattern(self.dataset.find) or not is_found or (of and of not in self.datasets):
            return  # told of `find`
        if column.verb("") == CODE_LIST:
            self._no_list(column)
            return
        message = Message(
            "The model does not say what the column '{name}' takes of rows of the kind '{kind}'.",
            name=column.name,
            kind=self.dataset.find["kind"],
        )
        hint = Message("Write what it takes, one of: {offers}.", offers=", ".join(offered(self.dataset.find)))
        self.work.fault("missing-key", f"{self.dataset.column(column.name)}.take", message, hint)

    def _no_list(self, column: ModelColumn) -> None:
        """Report a column that names the list of codes, where there are none or they are of a list of one's own."""
        basis, name = column.keys["basis"], column.name
        message = Message("The column '{basis}' has no codes of a list that '{name}' names.", basis=basis, name=name)
        hint = Message("Leave it out: columns.{name} = false.", name=name)
        self.work.fault("value-type", self.dataset.column(name), message, hint)


def _belong(one: Dataset | None, other: Dataset | None) -> bool:
    """Return whether the rows of one dataset say which of another they belong to."""
    if one is None or other is None or one is other:
        return one is other is not None
    pairs = ((one, other), (other, one))
    return any(column.get("references") == to.name for of, to in pairs for column in of.columns.values())


_KEY = {"key": True, "required": True}
_IMPLIED = {"heading": "cell", "phrase": "phrase", "where": "value"}
"""The verb that another key makes plain."""


def _implied(keys: Table) -> str:
    """Return the verb that other keys make plain; "" where none does."""
    return next((verb for key, verb in _IMPLIED.items() if keys.get(key)), "")


def _camel(name: str) -> str:
    first, *more = re.split(r"[-_]+", name)
    return first + "".join(part[:1].upper() + part[1:] for part in more)
