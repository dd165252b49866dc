"""What publications share: organisations, terms and code lists.

The second part of an `Annotated` is the key's line in docs/publication.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from ogp_data.core.messages import Message
from ogp_data.core.strict import STRICT
from ogp_data.core.words import Words

Meaning = Literal["done", "mostly", "underway", "delayed", "stopped", "notstarted", "unknown"]
"""What a level of progress means, whatever scale it is of."""

GOVERNMENT = ("national-authority", "regional-authority", "local-authority", "supra-national-authority")
"""The kinds of organisations that are a government, of whatever size."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An organisation: publisher, creator or the lead of a commitment."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Short name by which declarations refer to the organisation."]
    name: Annotated[Words, "Its name."]
    iri: Annotated[
        str,
        "Its IRI in a register of organisations, such as the Dutch government's TOOI; absent: one is made from `id`,"
        " below `base_iri`.",
    ] = ""
    in_sentence: Annotated[
        Words | None,
        "Its name as it stands within a sentence, where its language wants an article: `the Ministry of Finance`;"
        " absent: its name.",
    ] = None
    type: Annotated[
        str,
        "Kind of organisation, as the catalogue names its publisher: `national-authority`, `regional-authority`,"
        " `local-authority`, `supra-national-authority`, or what is not a government, such as"
        " `non-governmental-organisation`, `academia-scientific-organisation` or `company`.",
    ] = ""
    origin: Annotated[str, "Where its name and IRI come from."] = ""

    @property
    def is_government(self) -> bool:
        """Return whether it is said to be a government."""
        return self.type in GOVERNMENT

    @property
    def sentence(self) -> Words:
        """Return its name as it stands within a sentence."""
        return self.in_sentence or self.name

    @property
    def disclaimer(self) -> Message:
        """Return the sentence that says of what it publishes that it is not the government's."""
        return Message(
            "Unofficial publication: made by {name}, not by the government whose document it is.", name=self.sentence
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point: a function, never a person; it has a web address, an e-mail address, or both."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Short name by which declarations refer to the contact."]
    name: Annotated[Words, "The team or function that answers."]
    url: Annotated[str, "Web address of a contact page."] = ""
    email: Annotated[str, "E-mail address of the function, without mailto:."] = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of a code list."""

    __pydantic_config__ = STRICT
    code: Annotated[str, "The code, as in the CSV."]
    label: Annotated[Words, "Its name for readers; a document in that language may write it so."]
    definition: Annotated[Words | None, "What it means."] = None
    written: Annotated[
        list[str], "How else documents write it; compared exactly, as its name is, after white space is folded."
    ] = field(default_factory=list)
    progress: Annotated[
        Meaning | None,
        "What it means for a reader, where it says how far something is: `done`, `mostly`, `underway`, `delayed`,"
        " `stopped`, `notstarted`, or `unknown`. Pages give it the colour of that; codes of two lists are never one"
        " because of it.",
    ] = None
    plural: Annotated[Words | None, "What several of it are called; else pages name the kind in quotation marks."] = (
        None
    )
    arises: Annotated[
        Literal["conversion", "document"] | None,
        "Of a kind of fault: whether it arises when a document is converted (`conversion`) or stands in what its"
        " authors wrote (`document`); absent where it may be either.",
    ] = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes, published as a SKOS concept scheme."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Name of the list, the same as the file's."]
    title: Annotated[Words, "Title of the list."]
    description: Annotated[Words, "What the list is for."]
    origin: Annotated[str, "Where the list comes from."]
    established: Annotated[datetime.date, "The day on which it was taken from there."]
    concept: Annotated[list[Concept], "The codes."]
    judge: Annotated[
        Words | None, "Who judges by a scale of progress, where it is not the government that judges itself."
    ] = None


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the `ogp` vocabulary."""

    __pydantic_config__ = STRICT
    name: Annotated[str, "Name of the term, as in `ogp:NAME`."]
    kind: Annotated[Literal["class", "property"], "Whether it is a class of rows or a property of them."]
    label: Annotated[Words, "Its name for readers."]
    definition: Annotated[Words, "What it says."]
    broader: Annotated[str, "The standard term that it refines, with its prefix, such as `dct:title`."] = ""
    derived: Annotated[bool, "Whether its values are derived by the makers of the data, and not in the source."] = False
    plural: Annotated[Words | None, "What several of a class are called; else readers are told of rows."] = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The vocabulary of the model: terms by their names, and code lists by their ids."""

    terms: Mapping[str, Term]
    codelists: Mapping[str, CodeList]


@dataclass(frozen=True, slots=True)
class Shared:
    """What publications have in common: agents, contacts, code lists and the vocabulary."""

    agents: Mapping[str, Agent]
    contacts: Mapping[str, Contact]
    codelists: Mapping[str, CodeList]
    terms: Mapping[str, Term]
    model: frozenset[str]
    """Which of the code lists are the model's."""
