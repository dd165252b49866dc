"""Entries -> an index to search in a browser: files of script that set data, for a page read from a file may not fetch.

What is found by is in files of words in their order, each of a bounded size, and what is shown is in others; a search
loads those few that it needs. `templates/root/search.js` folds and splits what a reader types just as it is done here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

FOLDER = "search"
"""Where the files of the index lie."""

FILE = 24_000
"""After so many bytes a file of the index ends: the next word or entry begins another one."""

KEPT = 1000
"""How many places a word keeps, the best ones: of a word in nearly every text the rest says nothing more."""

SHOWN = 4000
"""So many letters of a text are kept to be shown; all of it is found."""

LONGEST = 32
"""So many letters of a word count, in the index and in what is sought."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a page or row of a publication, named by its path there in the first language."""

    publication: str
    kind: str
    page: str
    title: str
    text: str
    language: str


# Words ------------------------------------------------------------------------------------------------------------

# Accents, vowel points and signs that nobody sees, but no mark that is a letter of its own, as in Hindi. Listed and not
# asked of Unicode's tables, whose versions differ between browsers and machines.
_DROPPED = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+"
)
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ"}
)
# Scripts without spaces between words: Thai and Lao, Burmese, Khmer, kana, Han.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff]+)"
)


class _Letters(dict[int, int]):
    """Each character that is of a word as it is, and each other one as a space."""

    def __missing__(self, code: int) -> int:
        self[code] = code if unicodedata.category(chr(code))[0] in "LNM" else 0x20
        return self[code]


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Return a text without accents, capitals and signs that nobody sees."""
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", bare.translate(_SPELT))


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of a text, folded; a stretch without spaces, of a script that has none, is one and says so."""
    for word in fold(text).translate(_LETTERS).split(" "):
        for at, run in enumerate(_UNSPACED.split(word)):
            if run:
                yield run, bool(at % 2)


def words(text: str) -> Iterator[str]:
    """Yield what a text is found by: its words; of a stretch without spaces each two letters, and the last one."""
    for run, is_unspaced in runs(text):
        if is_unspaced:
            yield from (one + other for one, other in pairwise(run))
            yield run[-1]
        else:
            yield run[:LONGEST]


# The index --------------------------------------------------------------------------------------------------------


def index(
    entries: Sequence[Entry], publications: Mapping[str, Mapping[str, object]], kinds: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file: what the index is, its words, and its entries.

    `publications` has what is shown of each by its id, `kinds` what a kind of entry is called in each language. The
    entries of a publication stand together, in the order of `publications`, so that a search may be in one of them.
    """
    names, called = [*publications], [*kinds]
    counts = Counter(one.publication for one in entries)
    placed = [*_files(_places(entries))]
    shown = [*_files((str(at), _shown(one, names, called)) for at, one in enumerate(entries))]
    yield _script("index", {
        "entries": len(entries),
        "kept": KEPT,
        "longest": LONGEST,
        "words": [next(iter(one)) for one in placed],
        "shown": [int(next(iter(one))) for one in shown],
        "publications": [{"id": name, "entries": counts[name], **publications[name]} for name in names],
        "kinds": [kinds[name] for name in called],
    })  # fmt: skip
    yield from (_script(f"w{at}", one) for at, one in enumerate(placed))
    yield from (_script(f"e{at}", [*one.values()]) for at, one in enumerate(shown))


def _shown(entry: Entry, names: Sequence[str], kinds: Sequence[str]) -> list[object]:
    text = entry.text[:SHOWN]
    at = names.index(entry.publication), kinds.index(entry.kind)
    return [*at, entry.page, entry.title, text, entry.language]


def _places(entries: Sequence[Entry]) -> Iterator[tuple[str, object]]:
    """Yield each word with how many entries have it and the best of them: steps from one to the next, and weights."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, entry in enumerate(entries):
        for word, weight in _weights(entry).items():
            found.setdefault(word, []).append((weight, at))
    # As scripts compare texts, which is another order than Python's for letters beyond U+FFFF.
    for word in sorted(found, key=lambda word: word.encode("utf-16-be", "surrogatepass")):
        places = found[word]
        kept = sorted((at, weight) for weight, at in nlargest(KEPT, places, key=lambda one: (one[0], -one[1])))
        steps = [at - before for before, at in pairwise([0, *(at for at, _ in kept)])]
        yield word, [len(places), *(step * 8 + weight for step, (_, weight) in zip(steps, kept, strict=True))]


def _weights(entry: Entry) -> Mapping[str, int]:
    """Return the weight of each word of an entry, 1 to 7: one of the title weighs more than any number of the text."""
    titled, said = set(words(entry.title)), Counter(words(entry.text))
    return {word: 4 * (word in titled) + min(said[word], 3) for word in dict.fromkeys([*titled, *said])}


def _files(items: Iterable[tuple[str, object]]) -> Iterator[dict[str, object]]:
    """Yield items by file, in their order."""
    held: dict[str, object] = {}
    size = 0
    for name, item in items:
        if size > FILE:
            yield held
            held, size = {}, 0
        held[name] = item
        size += len(_json({name: item}).encode())
    if held:
        yield held


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _script(name: str, data: object) -> tuple[str, bytes]:
    text = f"(globalThis.ogp ??= {{}}).{name} = {_json(data)};\n"
    return f"{FOLDER}/{name}.js", text.encode("utf-8", "backslashreplace")
