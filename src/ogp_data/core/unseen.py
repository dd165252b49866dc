"""What a file carries beside what people see who read it: the kinds of it, and how much of each there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace

Kind = Literal[
    "authors",
    "organisation",
    "file-paths",
    "properties",
    "program",
    "printer",
    "preview",
    "earlier-versions",
    "comments",
    "tracked-changes",
    "hidden-sheets",
    "hidden-cells",
    "hidden-text",
    "unseen-text",
    "text-off-page",
    "hidden-layers",
    "form-fields",
    "attachments",
    "embedded-objects",
    "macros",
    "external-references",
    "kept-data",
    "picture-location",
    "picture-properties",
    "cropped-pictures",
    "e-mail-addresses",
    "telephone-numbers",
]
"""How `carries` calls each; the last two are seen by all, and tell of persons."""


@dataclass(frozen=True, slots=True)
class About:
    """What a kind is, and whether it bears on what the tables say, also where the file itself is not published."""

    what: Message
    is_content: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """Something unseen in a file: its kind, how often and where first it is met, and how the file calls what it has."""

    kind: Kind
    count: int = 1
    places: tuple[SourcePlace, ...] = ()
    names: tuple[str, ...] = ()
    file: str = ""


ABOUT: Mapping[Kind, About] = MappingProxyType(
    {
        "authors": About(Message("names of those who wrote, changed or commented on it")),
        "organisation": About(Message("the name of an organisation, or of a manager")),
        "file-paths": About(Message("paths on the computers where it was made")),
        "properties": About(Message("properties of its own")),
        "program": About(Message("by which program it was made, or when")),
        "printer": About(Message("the settings of a printer")),
        "preview": About(Message("a small picture of a page, perhaps of an earlier version")),
        "earlier-versions": About(Message("earlier versions of itself, which can be brought back")),
        "comments": About(Message("comments, which are not read"), True),
        "tracked-changes": About(Message("tracked changes, which are read as if all were accepted"), True),
        "hidden-sheets": About(Message("hidden sheets, which are not read"), True),
        "hidden-cells": About(Message("cells in hidden rows or columns, which are not read"), True),
        "hidden-text": About(Message("text that is not shown, and is not read"), True),
        "unseen-text": About(Message("text in the colour of its background or too small to see, which is read"), True),
        "text-off-page": About(Message("text beyond the edge of the page, which is not read"), True),
        "hidden-layers": About(Message("layers that are switched off, whose text is read"), True),
        "form-fields": About(Message("fields of a form; what is filled in is not read"), True),
        "attachments": About(Message("other files within it, which are not read"), True),
        "embedded-objects": About(Message("objects of other programs, which are not read"), True),
        "macros": About(Message("macros or scripts, which are not run")),
        "external-references": About(Message("references to what is outside of it, which are not followed")),
        "kept-data": About(Message("copies of data from elsewhere, such as what is behind a pivot table")),
        "picture-location": About(Message("the places where pictures were taken")),
        "picture-properties": About(Message("who took pictures, when, or with what")),
        "cropped-pictures": About(Message("parts of pictures that were cut away and are still in it")),
        "e-mail-addresses": About(Message("e-mail addresses of persons"), True),
        "telephone-numbers": About(Message("telephone numbers"), True),
    }
)
