"""A text -> the label with which it begins and what is said behind it, in each of the shapes that labels have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ogp_data.core.text import Passage, fold
from ogp_data.documents import Block, Inline
from ogp_data.documents.joining import end_of
from ogp_data.tables.rows import sliced

_RAISED = r"[\u00b9\u00b2\u00b3\u2070-\u2079]+|[\[(]\d{1,2}[\])]|(?<=[)?!])\d{1,2}(?!\w)"
_NOTE = rf"(?:\s*(?:[*\u2020\u2021\u00a7.)\]?!]+|{_RAISED}))*"
_BEHIND = (re.compile(_NOTE), re.compile(rf"{_NOTE}\s*\([^()]{{0,200}}\){_NOTE}"))
"""What may stand behind the letters of a label and is no text: marks of notes, and how to fill in the form."""
_NUMBER = re.compile(r"\d{1,2}(?!\w)")
"""The number of a note that stands right behind a label, where it is not raised."""
_LONGEST, _FIRST = 300, 2
_COLON = re.compile(r"\s*[:\uff1a]\s*")
_DASH = re.compile(r"\s*[-\u2013\u2014]\s+")
_LABEL_LIKE = re.compile(r"([^:\uff1a]{2,60})[:\uff1a]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label as it is declared and as it stands in the document, and what is said behind it in the same text."""

    spelling: str
    label: Passage
    rest: Inline


@cache
def _letters(character: str) -> str:
    """Return what counts of a character where labels are compared: small letters without accents, and digits."""
    if not character or unicodedata.category(character) == "No":
        return ""  # the raised number of a note
    plain = unicodedata.normalize("NFKD", character.casefold().replace("\u0153", "oe"))
    return "".join(sign for sign in plain if sign.isalnum())


def spelt(text: str) -> str:
    """Return a label as it is compared: by its letters and digits alone.

    So neither case, accents, white space, hyphens at the ends of lines nor punctuation make another label of it.
    """
    return "".join(map(_letters, text)) or fold(text).casefold().rstrip(" :\uff1a")


def bold_end(inline: Inline) -> int:
    """Return the offset to which a text is bold from its beginning on."""
    at = inline.passage.start
    for style in sorted((s for s in inline.styles if s.kind == "bold"), key=lambda style: style.start):
        # White space between two words may be set in either way.
        if style.start <= at + 1:
            at = max(at, style.end)
    return at


def is_bold(inline: Inline) -> bool:
    """Return whether a whole text is bold."""
    return bool(inline.passage.text) and bold_end(inline) >= end_of(inline.passage.fragments)


def heads(block: Block) -> Inline | None:
    """Return the text in which a record may begin: a heading, a bold paragraph, the first cell of a row."""
    if block.cells:
        return block.cells[0] if block.cells[0].passage.text else None
    if block.kind == "heading" or (block.kind == "paragraph" and is_bold(block.inline)):
        return block.inline
    return None


def reach(text: str, spelling: str, start: int = 0, ampersand: str = "") -> int:
    """Return the offset behind the letters of a text that spell a label from an offset on; -1 where they do not.

    `ampersand` is the word that & stands for.
    """
    at = 0
    for index in range(start, len(text)):
        letters = ampersand if text[index] == "&" else _letters(text[index])
        if not spelling.startswith(letters, at):
            return -1
        at += len(letters)
        if at == len(spelling):
            return index + 1
    return -1


_spelt = lru_cache(10_000)(spelt)

_AND = ("and", "en", "et", "und", "y")
"""The word for & in the languages that forms are filled in."""
_AND_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_AND)})(?!\w)", re.IGNORECASE)


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as it may be compared with labels, letter for letter, each time with the word that & stands for."""
    yield text, ""
    if "&" in text:
        yield from ((text, word) for word in _AND)
    # A label that is declared with & has no letters there.
    if _AND_WORD.search(text):
        yield _AND_WORD.sub(lambda word: "&" * len(word[0]), text), ""


@lru_cache(100)
def _beginning(spellings: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """Return labels by their first letters: of hundreds, a text may begin with a few."""
    found: dict[str, list[str]] = {}
    for spelling in spellings:
        found.setdefault(spelling[:_FIRST], []).append(spelling)
    return found


def label_at(inline: Inline, spellings: tuple[str, ...], whole: bool) -> tuple[str, int] | None:
    """Return the label with which a text begins, of those given the longest first, and where what is said begins.

    `whole`: the text stands for itself, as headings and cells do.
    """
    for text, ampersand in _readings(inline.passage.text[:_LONGEST]):
        if found := _label_in(inline, text, ampersand, spellings, whole):
            return found
    return None


def _label_in(
    inline: Inline, text: str, ampersand: str, spellings: tuple[str, ...], whole: bool
) -> tuple[str, int] | None:
    said = _spelt(text.replace("&", ampersand))
    for spelling in _beginning(spellings).get(said[:_FIRST], ()):
        if not said.startswith(spelling) or (end := reach(text, spelling, ampersand=ampersand)) < 0:
            continue
        note = _NUMBER.match(text, end)
        if _letters(text[end : end + 1]) and not note:
            continue
        behind = _end_of(inline, note.end() if note else end, whole)
        if behind >= 0:
            return spelling, behind
    return None


def begins(inline: Inline, spellings: tuple[str, ...], whole: bool) -> Labelled | None:
    """Return the label with which a text begins, and what is said behind it."""
    if (found := label_at(inline, spellings, whole)) is None:
        return None
    spelling, behind = found
    text = inline.passage.text
    return Labelled(spelling, inline.passage.slice(0, behind), sliced(inline, behind, len(text)))


def _end_of(inline: Inline, end: int, whole: bool) -> int:
    """Return where what is said begins, behind a label that ends at a position; -1 where that is no label."""
    text = inline.passage.text
    # What is in brackets may be how to fill in the form, or the beginning of what is said.
    ends = {end} | {match.end() for behind in _BEHIND if (match := behind.match(text, end))}
    for behind in sorted(ends, reverse=True):
        if colon := _COLON.match(text, behind):
            return colon.end()
        if whole and behind == len(text):
            return behind
        if _is_set_off(inline, behind):
            dash = _DASH.match(text, behind)
            return dash.end() if dash else behind
    return -1


def _is_set_off(inline: Inline, end: int) -> bool:
    """Return whether a text is bold as far as a position, and no further."""
    if not any(style.kind == "bold" for style in inline.styles):
        return False
    passage = inline.passage
    label, rest = passage.slice(0, end), passage.slice(end, len(passage.text))
    bold = bold_end(inline)
    return end_of(label.fragments) <= bold and (not rest.text or bold <= rest.start)


def block_label(block: Block, spellings: tuple[str, ...]) -> Labelled | None:
    """Return the label with which a block begins that is no row."""
    return begins(block.inline, spellings, whole=block.kind == "heading")


def spelling_of(block: Block, spellings: tuple[str, ...]) -> str:
    """Return the label with which a block begins that is no row; "" for none."""
    found = label_at(block.inline, spellings, whole=block.kind == "heading")
    return found[0] if found else ""


def label_like(block: Block) -> list[str]:
    """Return what of a block may be meant by a label that is not found."""
    if block.cells:
        return [cell.passage.text for cell in block.cells if 0 < len(cell.passage.text) <= 80]
    text = block.inline.passage.text
    if block.kind == "heading" or is_bold(block.inline):
        return [text]
    match = _LABEL_LIKE.match(text)
    return [match[1]] if match else []


def in_order(spellings: Sequence[str]) -> tuple[str, ...]:
    """Return labels as they are compared, each once, the longest first."""
    return tuple(sorted(dict.fromkeys(map(spelt, spellings)), key=len, reverse=True))
