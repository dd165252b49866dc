"""How two pieces of text become one: over the end of a line, and over the pieces of a row.

A hyphen at the end of a piece may belong to the word ("Noord-" "Holland"), stand for a part that is not repeated
("Rijks-" "en gemeenten") or have been put there to break the word ("gemeen-" "ten"). The first two can be told; for the
third the hyphen stays where it stands and the reader is told, because nobody knows whether it is the word's own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from ogp_data.core.messages import Message
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents.document import Anchor, Inline

SOFT_HYPHEN = "\u00ad"
HYPHENS = ("-", "\u2010")
_CONJUNCTIONS = frozenset(
    {"alsook", "c.q", "en", "en/of", "noch", "of"}
    | {"and", "nor", "or"}
    | {"oder", "und"}
    | {"et", "ou"}
    | {"och", "og"}
)
"""The words between a part that is not repeated and the whole word, in the languages of the documents."""

_ARTICLES = frozenset(
    {"De", "Het", "Een", "The", "A", "An", "Der", "Die", "Das", "Le", "La", "Les", "Den", "Det", "En"}
)
_WORD = 40
"""So many characters of a word tell what kind of word it is."""

_RANGE_BEGUN = re.compile(r"[(\[]?\w{0,3}\d[\w.,]{0,10}–")
_RANGE_ENDED = re.compile(r"\w{0,3}\d")
"""What two numbers or periods begin and end with between which the end of a line stands: 2020–2022, Q1–Q2."""
_OF_ADDRESSES = re.compile(r"[/+_%=&?~]")
"""What words do not have, and addresses do."""
_FIRST_WORD = re.compile(r"[\w./]*\w")


_ENDED = re.compile(r"[.!?:;…。！？؟։।][\"'”’»)\]」』]*\s*$")
_STOPPED = re.compile(r"[.…][\"'”’»)\]]*\s*$")
_SMALL_LETTER = re.compile(r"[\s\"'“‘«(\[]*(\w)")


def ends_sentence(before: str, after: str) -> bool:
    """Return whether a sentence, or what stands for one in a list, can end between two pieces of a text.

    A full stop that a small letter follows stands behind an abbreviation.
    """
    first = _SMALL_LETTER.match(after)
    is_small = first is not None and first[1].islower()
    return bool(_ENDED.search(before)) and not (is_small and _STOPPED.search(before))


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two pieces; `doubtful` when a hyphen there may not belong to the word."""

    text: str = " "
    doubtful: bool = False


def joint(before: str, after: str, soft: bool = False) -> Joint:
    """Return what stands between a piece that ends with `before` and one that begins with `after`.

    `soft` tells that a soft hyphen, which is no part of the text, stood at the end of the first.
    """
    if before and after and _RANGE_BEGUN.fullmatch(before) and _RANGE_ENDED.match(after):
        return Joint("")
    if not before or not after or not (after[0].isalnum() and (before[-1].isalnum() or before[-1] in HYPHENS)):
        return Joint()
    if soft:
        return Joint("")
    if before[-1] not in HYPHENS or not before[-2:-1].isalnum():
        return Joint()
    word = _FIRST_WORD.match(after[:40])
    # "of-" or "en'" begins another word; only the bare conjunction speaks of a part that is not repeated.
    if word and word[0].lower() in _CONJUNCTIONS and after[word.end() : word.end() + 1] not in ("-", "'", "’"):
        return Joint()
    return Joint("", doubtful=_is_doubtful(before, word[0] if word else after))


def _is_doubtful(before: str, after: str) -> bool:
    """Return whether a hyphen may not belong to a word: Noord-Holland and COVID-19 have it, gemeen-ten has not.

    A capital behind a word in small letters, and an article, may as well begin a sentence. Nobody breaks a web address
    with a hyphen that it has not.
    """
    if "." in after:
        return False
    if after[0].islower() or after in _ARTICLES:
        return True
    begun = next((character for character in before if character.isalnum()), "")
    # "noord-Holland" may be a broken sentence; "anti-EU" is not, since nothing begins with two capitals by chance.
    return begun.islower() and after[0].isupper() and not (len(after) > 1 and after.isupper())


def doubt(before: str, after: str) -> str:
    """Return in a sentence that a hyphen at the end of a line or piece may not belong to the word."""
    return Message(
        "“{before}” ends in a hyphen, and what follows begins with “{after}”: whether the hyphen"
        " belongs to the word is not known. Both are published as one word with the hyphen.",
        before=before,
        after=after,
    )


def doubt_of_word(before: str, after: str) -> str:
    """Return in a sentence that what fills a line and what follows may be one word or two."""
    return Message(
        "“{before}” fills its line without a space, and what follows begins with “{after}”: whether they are one word"
        " is not known. They are published as one.",
        before=before,
        after=after,
    )


def doubts(pieces: Sequence[Inline]) -> list[tuple[str, str, int]]:
    """Return the doubtful words between pieces that follow each other: both parts, and where the hyphen stands."""
    found = []
    for one, other in itertools.pairwise(_standing(pieces)):
        if _between(one, other).doubtful:
            after = _FIRST_WORD.match(_head(other.passage))
            found.append((tail(one.passage.fragments), after[0] if after else "", end_of(one.passage.fragments) - 1))
    return found


def end_of(fragments: Sequence[Fragment]) -> int:
    """Return the offset behind the last character that is not white space."""
    last = next((f for f in reversed(fragments) if f.text.strip()), Fragment("", 0, 0))
    return last.end - (len(last.text) - len(last.text.rstrip()))


def breaks(pieces: Sequence[Inline]) -> int:
    """Return how many words are broken between pieces that follow each other."""
    return sum(not _between(*pair).text for pair in itertools.pairwise(_standing(pieces)))


def join_all(pieces: Sequence[Inline]) -> Inline:
    """Return pieces as one text, with one space between them, or none inside a broken word.

    A link that begins inside the broken word is marked so: a converter may have made it of the end of the word.
    """
    standing = _standing(pieces)
    fragments: list[Fragment] = []
    anchors: list[Anchor] = []
    for index, piece in enumerate(standing):
        broken = index > 0 and not _between(standing[index - 1], piece).text
        at = piece.passage.start
        if broken:
            strip_end(fragments)
            fragments.extend(_stripped_start(piece.passage))
        else:
            fragments.extend((Fragment(" ", at, at), *piece.passage.fragments) if index else piece.passage.fragments)
        found = [replace(a, resumes=a.resumes or (broken and a.label.start == at)) for a in piece.anchors]
        if index and _goes_on(standing[index - 1], piece):
            anchors[-1] = _one(anchors[-1], found.pop(0), "" if broken else " ")
        anchors += found
    return Inline(Passage(tuple(fragments)), tuple(anchors), standing[-1].soft if standing else False)


def _standing(pieces: Iterable[Inline]) -> list[Inline]:
    """Return the pieces that hold anything; the white space of the others is nobody's text."""
    return [piece for piece in pieces if piece.passage.text or piece.anchors]


def _between(before: Inline, after: Inline) -> Joint:
    last, first = tail(before.passage.fragments), _head(after.passage)
    if _goes_on(before, after) and is_address(last, first, after.anchors[0].target.text):
        return Joint("")
    return joint(last, first, before.soft)


def is_address(before: str, after: str, link: str) -> bool:
    """Return whether the end of a text and what comes next are one, because the address of their link says so."""
    word = next(iter(after.split()), "")
    whole = before + word.rstrip(".,;)")
    return bool(before and word) and _OF_ADDRESSES.search(whole) is not None and whole in unquote(link)


def _goes_on(before: Inline, after: Inline) -> bool:
    """Return whether a link at the end of a piece goes on at the beginning of the next: it leads to the same page."""
    if not before.anchors or not after.anchors:
        return False
    one, other = before.anchors[-1], after.anchors[0]
    same = one.target.text == other.target.text and "://" in one.target.text
    ends = end_of(one.label.fragments) == end_of(before.passage.fragments)
    return same and ends and other.label.start == after.passage.start


def _one(link: Anchor, other: Anchor, between: str) -> Anchor:
    """Return a link with what it goes on with."""
    label = list(link.label.fragments)
    if not between:
        strip_end(label)
    at = other.label.start
    joined = (Fragment(between, at, at),) if between else ()
    return replace(link, label=Passage((*label, *joined, *other.label.fragments)))


def tail(fragments: Sequence[Fragment]) -> str:
    """Return the last word of a text, or the end of it where it is long."""
    end = ""
    for fragment in itertools.islice(reversed(fragments), 20):  # behind more of them nothing is broken any more
        if not end and _is_written_space(fragment):
            break
        # White space at the end is not seen, but in front of what stands there it is.
        end = (fragment.text[-400:].rstrip() if not end else fragment.text[-_WORD:]) + end
        if len(end) > _WORD or any(character.isspace() for character in end):
            break
    return end.split()[-1][-_WORD:] if end and not end.isspace() else ""


def _is_written_space(fragment: Fragment) -> bool:
    """Return whether a fragment is white space that is written out, as &nbsp; is: it parts what stands around it."""
    return fragment.text.isspace() and fragment.end - fragment.start > len(fragment.text)


def _head(passage: Passage) -> str:
    """Return the first characters of a text, as many as tell what kind of word it begins with."""
    start = ""
    for fragment in passage.fragments[:20]:
        if not start and _is_written_space(fragment):
            break
        start = (start + fragment.text[:400]).lstrip()
        if len(start) > 40:
            break
    return start[:40]


def strip_end(fragments: list[Fragment]) -> None:
    """Take the white space at the end away, so that none gets into a broken word."""
    while fragments:
        last = fragments.pop()
        if text := last.text.rstrip():
            kept = text == last.text
            fragments.append(last if kept else Fragment(text, last.start, last.start + len(text), last.recorded))
            return


def _stripped_start(passage: Passage) -> tuple[Fragment, ...]:
    for index, fragment in enumerate(passage.fragments):
        if text := fragment.text.lstrip():
            kept = text == fragment.text
            first = fragment if kept else Fragment(text, fragment.end - len(text), fragment.end, fragment.recorded)
            return (first, *passage.fragments[index + 1 :])
    return ()
