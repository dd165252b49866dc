"""The short form of a declaration -> its long form, by the model: a pure function, with a map back of the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.written import Origin
from ogp_data.declaration.short.datasets import datasets
from ogp_data.declaration.short.forms import with_form
from ogp_data.declaration.short.head import begin, head
from ogp_data.declaration.short.keys import DATASETS
from ogp_data.declaration.short.work import Given, Table, Work

__all__ = ["Expanded", "Given", "expand"]


_NAME_DATASETS = Message(
    "Name the datasets that the document has, such as `[datasets.narrative]`; `ogp-data explain datasets` lists those"
    " of the model."
)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A declaration in its long form, where its keys were written, and what is wrong with the short one."""

    tables: dict[str, Any]
    keys: Mapping[str, Origin]
    findings: Sequence[Finding]


def expand(said: Table, given: Given) -> Expanded:
    """Return the long form of a declaration; what is written in it already stays as it is."""
    work = Work(given)
    said = with_form(said, work)
    begin(said, work)
    long = head(said, work)
    if "datasets" in said:
        _check_known(said, work)
        long["dataset"] = datasets(_with_continuations(said), work)
    elif "dataset" not in said:
        work.fault("missing-key", DATASETS, Message("The key '{error}' is missing.", error=DATASETS), _NAME_DATASETS)
        long["dataset"] = []
    return Expanded(_with_long(long, said, work), work.keys, work.found)


def _with_continuations(said: Table) -> object:
    """Return the datasets with that of what [[continues]] says, last unless it has a place of its own."""
    held = said["datasets"]
    if not isinstance(held, dict) or not said.get("continues"):
        return held
    return {**held, "continuations": held.get("continuations", {})}


def _check_known(said: Table, work: Work) -> None:
    """Take up that country or plan are not said, which the texts of the model speak of."""
    for key, example in (("country", '"NLD"'), ("plan", '"2020-2022"')):
        if key not in said:
            message = Message("The key '{error}' is missing.", error=key)
            hint = Message(
                "Write it, such as {key} = {example}; the texts of the model say it.", key=key, example=example
            )
            work.fault("missing-key", key, message, hint)


def _with_long(long: dict[str, Any], said: Table, work: Work) -> dict[str, Any]:
    """Return the long form with the datasets that were written in it, behind the others."""
    if "dataset" not in said:
        return long
    written, before = said["dataset"], long.get("dataset", [])
    if not isinstance(written, list):
        return {**long, "dataset": written}
    for index in range(len(written) if before else 0):
        work.wrote(f"dataset[{len(before) + index}]", f"dataset[{index}]")
    return {**long, "dataset": [*before, *written]}
