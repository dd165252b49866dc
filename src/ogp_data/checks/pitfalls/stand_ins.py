"""What stands where a text should be, in Dutch and in English."""

from __future__ import annotations

import re

NOTHING = frozenset(
    (
        "n/a",
        "n.a.",
        "n.v.t.",
        "n.v.t",
        "nvt",
        "n.b.",
        "niet van toepassing",
        "not applicable",
        "niet beschikbaar",
        "not available",
        "niet bekend",
        "nog niet bekend",
        "nog onbekend",
        "onbekend",
        "unknown",
        "not known",
        "geen",
        "none",
        "null",
        "nil",
        "nan",
        "undefined",
        "leeg",
        "empty",
        "blank",
        "todo",
        "to do",
        "tbd",
        "tba",
        "tbc",
        "to be determined",
        "to be defined",
        "to be announced",
        "nader te bepalen",
        "n.t.b.",
        "ntb",
        "volgt",
        "volgt nog",
        "volgt later",
        "nog in te vullen",
        "in te vullen",
        "invullen",
        "fill in",
        "fixme",
        "placeholder",
        "lorem ipsum",
        "asdf",
        "qwerty",
        "xxx",
        "[object object]",
    )
)
"""What says that there is nothing, wherever a text stands."""

LEFT = frozenset(
    (
        "test",
        "testje",
        "test test",
        "testing",
        "test dataset",
        "testdataset",
        "dit is een test",
        "this is a test",
        "voorbeeld",
        "example",
        "sample",
        "dummy",
        "foo",
        "bar",
        "string",
        "text",
        "tekst",
        "titel",
        "title",
        "naam",
        "name",
        "omschrijving",
        "beschrijving",
        "description",
        "geen titel",
        "zonder titel",
        "naamloos",
        "untitled",
        "no title",
        "new dataset",
        "nieuwe dataset",
        "my dataset",
        "mijn dataset",
        "geen beschrijving",
        "geen omschrijving",
        "geen beschrijving beschikbaar",
        "geen omschrijving beschikbaar",
        "no description",
        "no description available",
        "no description provided",
        "hier komt de titel",
        "hier komt de beschrijving",
        "uw titel",
        "your title",
        "your title here",
    )
)
"""What a form, an example or a trial leaves behind as a title, name or description; as a keyword it may be meant."""

_OF_SIGNS = re.compile(r"[\W_]+|x{2,}")
_BRACKETS = re.compile(r"<[^<>]+>|\[[^\[\]\d]+\]|\{\{.*\}\}|\$\{.*\}|%[a-z_]+%")
"""<title>, [title], {{title}}, ${title}, %title%: what a template has not filled in."""
_BEGINNING = re.compile(r"lorem ipsum|(?:todo|fixme|tbd):|vul hier|(?:enter|insert|type) (?:a |the |your )?\w+ here")
_NUMBERED = re.compile(r"(?P<word>test(?:dataset| dataset)?)[ _-]?\d{1,4}")


def stands_in(text: str, may_be_meant: bool = False) -> bool:
    """Return whether a text says nothing: a dash, "n/a", "test"; some words only where they cannot be meant."""
    word = " ".join(text.casefold().split())
    bare = word.strip(" .!?:*-_()[]\"'")
    if not bare or _OF_SIGNS.fullmatch(word) or {word, bare} & NOTHING or _BEGINNING.match(word):
        return True
    left = {word, bare} & LEFT or _NUMBERED.fullmatch(bare) or _BRACKETS.fullmatch(word)
    return bool(left) and not may_be_meant
