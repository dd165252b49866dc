"""What is wanted, what a catalogue holds -> what would change: nouns and one pure comparison for every catalogue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ogp_data.core.messages import Message, Padded, Plural, listed

Action = Literal["create", "update", "unchanged", "withdraw", "delete"]
Fields = Mapping[str, Any]
"""Field -> JSON value, as the catalogue names and writes it; a field that is empty is absent."""


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file as it is to stand in the catalogue: its lasting id, path in the package, fields, whether it is sent.

    `link` is where it lies until its bytes are sent.
    """

    id: str
    path: str
    fields: Fields
    upload: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dataset as it is to stand in the catalogue; `losses`: what the catalogue's fields cannot carry."""

    iri: str
    name: str
    fields: Fields
    files: tuple[WantedFile, ...]
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A dataset as the catalogue holds it; `stamp` changes whenever it does, `files`: id -> fields.

    `deleted`: nobody sees it, but it comes back under its id when it is written. `raw`: as the catalogue gave it.
    """

    iri: str
    name: str
    id: str
    fields: Fields
    files: Mapping[str, Fields]
    stamp: str
    withdrawn: bool = False
    deletable: bool = False
    withdrawable: bool = True
    deleted: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its old and new value; None: there is none."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class FileChange:
    """What would happen to a file."""

    action: Literal["create", "update", "delete"]
    id: str
    path: str
    fields: tuple[FieldChange, ...] = ()
    upload: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What would happen to a dataset and its files; `note`: why nothing does, where something might be expected."""

    action: Action
    iri: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    wanted: Wanted | None = field(default=None, repr=False, compare=False)
    held: Held | None = field(default=None, repr=False, compare=False)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every change, in the order in which they are made, and what the catalogue cannot carry.

    `target` is its file, `catalogue` which one that is and in whose name, `obstacle` why an apply would refuse it.
    """

    target: str
    changes: tuple[Change, ...]
    losses: tuple[str, ...] = ()
    catalogue: str = ""
    obstacle: str = ""

    @property
    def pending(self) -> tuple[Change, ...]:
        """Return the changes that would write."""
        return tuple(change for change in self.changes if change.action != "unchanged")

    @property
    def fingerprint(self) -> str:
        """Return a short name of just this plan, on just this state of just this catalogue."""
        # The stamp too: the same change to a dataset that somebody edited since is another plan.
        facts = [[_as_dict(change), change.held.stamp if change.held else ""] for change in self.pending]
        return hashlib.sha256(json.dumps([self.catalogue, facts], sort_keys=True).encode()).hexdigest()[:12]


def compare(target: str, wanted: Iterable[Wanted], held: Iterable[Held], prune: bool, catalogue: str = "") -> Plan:
    """Return what would make a catalogue hold what is wanted.

    What it holds of this publication beyond that is withdrawn, or deleted with `prune`; what can only be deleted
    stays without it.
    """
    # By IRI and never by name: a name in a catalogue may have been taken, or changed, by anybody.
    known = {one.iri: one for one in held}
    wishes = sorted(wanted, key=lambda one: one.iri)
    changes = [_compared(one, known.get(one.iri)) for one in wishes]
    gone = sorted(known.keys() - {one.iri for one in wishes})
    changes += [_dropped(known[iri], prune) for iri in gone]
    losses = dict.fromkeys(loss for one in wishes for loss in one.losses)
    return Plan(target, tuple(changes), tuple(losses), catalogue)


def again(change: Change, held: Held | None) -> Change:
    """Return what is left of a change, now that the catalogue holds `held`."""
    if change.wanted:
        return _compared(change.wanted, held)
    return _dropped(held, change.action == "delete") if held else replace(change, action="unchanged")


def _compared(wanted: Wanted, held: Held | None) -> Change:
    if held is None:
        files = tuple(map(_created, wanted.files))
        return Change("create", wanted.iri, wanted.name, tuple(_differing({}, wanted.fields)), files, wanted)
    state = "draft" if held.deletable else "withdrawn"
    # A dataset that comes back is shown as a change of its state, or the plan would look empty and still publish it.
    back = [FieldChange("state", state, "published")] if held.withdrawn else []
    fields, files = (*back, *_differing(held.fields, wanted.fields)), tuple(_file_changes(wanted, held))
    action: Action = "update" if fields or files else "unchanged"
    return Change(action, wanted.iri, wanted.name, fields, files, wanted, held)


def _dropped(held: Held, prune: bool) -> Change:
    if prune:
        return Change("delete", held.iri, held.name, held=held)
    if held.deletable:
        return _left(held, Message("a draft that is no longer published; only --prune removes it"))
    if not held.withdrawn and not held.withdrawable:
        return _left(
            held, Message("no longer published, but the catalogue does not allow it to be withdrawn under this name")
        )
    return (
        _left(held, Message("withdrawn before"))
        if held.withdrawn
        else Change("withdraw", held.iri, held.name, held=held)
    )


def _left(held: Held, note: str) -> Change:
    return Change("unchanged", held.iri, held.name, note=note, held=held)


def _differing(old: Fields, new: Fields) -> Iterator[FieldChange]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield FieldChange(name, old.get(name), new.get(name))


def _created(file: WantedFile) -> FileChange:
    return FileChange("create", file.id, file.path, tuple(_differing({}, file.fields)), file.upload)


def _file_changes(wanted: Wanted, held: Held) -> Iterator[FileChange]:
    """Yield what would happen to files, known by their id, whatever their order."""
    for file in wanted.files:
        if file.id not in held.files:
            yield _created(file)
        elif fields := tuple(_differing(held.files[file.id], file.fields)):
            changed = any(change.name in CONTENT for change in fields)
            yield FileChange("update", file.id, file.path, fields, file.upload and changed)
    for gone in sorted(held.files.keys() - {file.id for file in wanted.files}):
        yield FileChange("delete", gone, str(held.files[gone].get("name", gone)))


CONTENT = frozenset({"hash", "size", "url_type"})
"""Fields of a file that differ when its bytes do, so that it is sent again."""


Told = dict[str, Any]
"""A plan as `as_dict` gives it."""


# Telling ------------------------------------------------------------------------------------------------


def as_dict(plan: Plan) -> Told:
    """Return a plan for programs."""
    return {
        "target": plan.target,
        "plan": plan.fingerprint,
        "changes": [_as_dict(change) for change in plan.changes],
        "losses": list(plan.losses),
        **({"obstacle": plan.obstacle} if plan.obstacle else {}),
    }


def _as_dict(change: Change) -> dict[str, Any]:
    return {
        "action": change.action,
        "dataset": change.iri,
        "name": change.name,
        **({"note": change.note} if change.note else {}),
        "fields": [_field(one) for one in change.fields],
        "files": [
            {
                "action": f.action,
                "id": f.id,
                "path": f.path,
                "upload": f.upload,
                "fields": [_field(one) for one in f.fields],
            }
            for f in change.files
        ],
    }


def _field(change: FieldChange) -> dict[str, Any]:
    return {"field": change.name, "old": change.old, "new": change.new}


def lines(told: Told) -> list[str]:
    """Return a plan for a terminal: each dataset, field by field, then what cannot be carried, then the sums."""
    found = [line for change in told["changes"] for line in _lines(change)]
    found += [Message("not carried: {loss}", loss=loss) for loss in told["losses"]]
    found += [Message("apply would refuse: {obstacle}", obstacle=told["obstacle"])] if "obstacle" in told else []
    return [*found, summary(told)]


def summary(told: Told, done: bool = False) -> Message:
    """Return how many datasets would be, or are, created, updated and so on, in one line."""
    counts = {action: sum(change["action"] == action for change in told["changes"]) for action in _WORDS}
    said = [Message("{count} {done}", count=n, done=_WORDS[action][done]) for action, n in counts.items() if n]
    datasets = listed(said or [Message("no datasets")])
    return Message("{target}: {datasets} (plan {plan})", target=told["target"], datasets=datasets, plan=told["plan"])


_WORDS = {
    "create": (Message("to create"), Message("created")),
    "update": (Message("to update"), Message("updated")),
    "withdraw": (Message("to withdraw"), Message("withdrawn")),
    "delete": (Message("to delete"), Message("deleted")),
    "unchanged": (Message("unchanged"), Message("unchanged")),
}

ACTIONS = {
    "create": Message("create"),
    "update": Message("update"),
    "withdraw": Message("withdraw"),
    "delete": Message("delete"),
    "unchanged": Message("unchanged"),
}
"""What an action is called."""


def _lines(change: Told) -> Iterator[str]:
    head = Message("{action} {name}", action=Padded(ACTIONS[change["action"]], 9), name=change["name"])
    yield Message("{head} ({note})", head=head, note=note) if (note := change.get("note")) else head
    if change["action"] == "update":
        yield from (f"    {_changed(one)}" for one in change["fields"])
    if change["action"] == "create":
        fields = Plural("{num} field", "{num} fields", len(change["fields"]))
        files = Plural("{num} file", "{num} files", len(change["files"]))
        yield Message("    {fields}, {files}", fields=fields, files=files)
        return
    for file in change["files"]:
        told = Message("    {action} file {path}", action=ACTIONS[file["action"]], path=file["path"])
        yield Message("{file} (sent)", file=told) if file["upload"] else told
        if file["action"] == "update":
            yield from (f"        {_changed(one)}" for one in file["fields"])


def _changed(field: Told) -> str:
    return f"{field['field']}: {_shown(field['old'])} -> {_shown(field['new'])}"


def _shown(value: Any) -> str:
    """Return a value on one line, cut when long; nothing as a dash."""
    if value is None:
        return "-"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    # A value of a catalogue must not begin a line of its own in the plan that somebody is about to approve.
    text = " ".join(text.split())
    return text if len(text) <= 100 else text[:99] + "…"
