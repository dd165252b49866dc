"""Headings that are the rows of a dataset: the pattern that matches them, and no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogp_data.declaration.drafting.naming import bare
from ogp_data.declaration.drafting.outline import Outline, Section
from ogp_data.models.lexicon import Lexicon, folded

NUMBER = r"\d+(?:\.\d+)*"
ROMAN = r"[IVXLC]+"
_MARKS = (ROMAN, NUMBER, r"[A-Z]")
"""The numbers of headings: Roman ones, ordinary ones, letters."""
_WHOLE = r"(?!['’]?\w|\.\d|\.\w\b)"
"""What may not follow a number: "LEARNED", "I'm", "2.10" and "U.S." go on behind the signs that look like one."""
_SIGN = r"(?:[Nn](?:[°º]|[or]\.) ?|[Nn][or] |№ ?)"
"""What stands for the word number, as in `Commitment no. 1`."""
_FORM = (
    rf"(?P<lead>(?:[^\W\d_]+ )?{_SIGN}?)"
    rf"(?P<mark>{{mark}}){_WHOLE}(?P<joint>[.):]? ?(?:[-–—:] )?)(?P<title>\S.*)"
)
_ROMAN = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SINGLE = re.compile(rf"[^\W\d_]+ {_SIGN}?(?:{ROMAN}|\d{{1,3}}|[A-Z])\b")
"""A word with its number, such as `Theme 2`; four digits are a year."""
_YEARS = re.compile(r"\s*\(?\b(?:19|20)\d\d\b.*")
_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where headings are, and what matches them."""

    under: str
    pattern: str


def is_numbered(headings: Sequence[str]) -> bool:
    """Return whether headings have numbers of one kind in front."""
    return bool(_numbered(headings))


def match_of(heading: str, mark: str) -> re.Match[str] | None:
    """Return the parts of a heading that begins with a number of a kind: `lead`, `mark`, `joint`, `title`."""
    match = re.fullmatch(_FORM.format(mark=mark), heading)
    # "A plan" and "I see" begin with words; a full stop behind, or a word in front, makes a number of them.
    if match is None or not match["joint"] or not (match["joint"].strip() or match["lead"]):
        return None
    return match if mark != ROMAN or _ROMAN.fullmatch(match["mark"]) else None


def word_in(lead: str) -> str:
    """Return the word that stands before a number, without a sign such as `no.`; "" for none."""
    return folded(re.sub(rf"{_SIGN}\Z", "", lead))


def about_of(lexicon: Lexicon, heading: str) -> str:
    """Return the dataset that a heading without its number is about; "" for none, and for a single thing: "Theme 2"."""
    return "" if _SINGLE.match(heading) else lexicon.dataset(_YEARS.sub("", bare(heading)))


def pattern_of(outline: Outline, wanted: Sequence[Section], called: str = "roman") -> Pattern | None:
    """Return what matches just these headings: their numbers, their place, or if need be their words; else None.

    `called` is the name of the group that takes the number.
    """
    every = "|".join(_literal(section.title) for section in wanted)
    patterns = [*_numbered([section.title for section in wanted], called), "(?P<title>.+)", f"(?P<title>{every})"]
    places = [*_common(wanted), ""]
    found = (Pattern(u, p) for p in patterns for u in places if _matched(outline, Pattern(u, p)) == [*wanted])
    return next(found, None)


def titles_of(pattern: Pattern, sections: Sequence[Section]) -> list[dict[str, str]]:
    """Return what the groups of a pattern match of each heading."""
    matches = (re.fullmatch(pattern.pattern, section.title) for section in sections)
    return [match.groupdict() if match else {} for match in matches]


def _common(wanted: Sequence[Section]) -> list[str]:
    """Return the titles of the headings above all of them, the innermost first."""
    first, *others = wanted
    return [one.title for one in reversed(first.above) if all(one in other.above for other in others)]


def _matched(outline: Outline, pattern: Pattern) -> list[Section]:
    """Return which headings a declaration with this pattern would find."""
    form = re.compile(pattern.pattern)
    inside = (
        section
        for section in outline.headings
        if not pattern.under or any(above.title == pattern.under for above in section.above)
    )
    return [section for section in inside if form.fullmatch(section.title)]


def _numbered(headings: Sequence[str], called: str = "roman") -> list[str]:
    """Return the pattern of headings with numbers of one kind, written in one way; nothing for others."""
    for mark in _MARKS:
        found = [match for heading in headings if (match := match_of(heading, mark))]
        ways = {(match["lead"], match["joint"]) for match in found}
        if len(found) == len(headings) and len(ways) == 1 and _count(found):
            lead, joint = ways.pop()
            return [f"{_literal(lead)}(?P<{called}>{mark}){_literal(joint)}(?P<title>.+)"]
    return []


def _count(found: Sequence[re.Match[str]]) -> bool:
    """Return whether what looks like numbers counts: each occurs once, and one alone is set off by a sign."""
    # "What I learned" has a pronoun where "Theme I Doors" has a number; only another heading tells them apart.
    return len({match["mark"] for match in found}) == len(found) and (len(found) > 1 or bool(found[0]["joint"].strip()))


def _literal(text: str) -> str:
    """Return a text as a pattern that matches it, and that a person can read."""
    return _SPECIAL.sub(r"\\\g<0>", text)
