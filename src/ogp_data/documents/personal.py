"""A text -> the e-mail addresses and telephone numbers of persons in it.

A general mailbox (info@), a number that anybody may call (0800, a help desk) and what only looks like a number of a
telephone (dates, amounts, numbers of laws and accounts) are told apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

Kind = Literal["e-mail-addresses", "telephone-numbers"]


@dataclass(frozen=True, slots=True)
class Met:
    """Something of a person in a text: its kind, where it stands, and what it is, however it is written."""

    kind: Kind
    start: int
    end: int
    said: str


def find(text: str) -> Iterator[Met]:
    """Yield the addresses and numbers of persons in a text."""
    if _HAS_AT.search(text):
        yield from _addresses(text)
    if _HAS_NUMBER.search(text):
        yield from _numbers(text)


# Addresses -----------------------------------------------------------------------------------------------

_AT = r"(?:\s*[\[({]\s*(?:at|@|apenstaart(?:je)?|arobase|arroba)\s*[\])}]\s*|\(a\)|(?-i: AT )| at (?=\S+ dot ))"
"""How people write @ so that a program does not see it; `at` alone is a word, and `(a)` with spaces begins an item."""
_HAS_AT = re.compile(rf"[@＠]|{_AT}", re.I)
_LOCAL = r"(?P<local>[^\W_](?:[\w.+'’-]{0,62}[\w+-])?)"
_DOMAIN = r"(?P<domain>(?:[^\W_](?:[\w-]{0,61}[^\W_])?DOT){1,6}[^\W\d_]{2,24})"
_PLAIN = re.compile(_LOCAL + r"[@＠]" + _DOMAIN.replace("DOT", r"\."))
_DOT = r"(?:\.|\s*[\[({]\s*(?:dot|punt|point|\.)\s*[\])}]\s*| dot )"
_VEILED = re.compile(_LOCAL + _AT + r"(?!www\.)" + _DOMAIN.replace("DOT", _DOT), re.I)
_SPACED = re.compile(_LOCAL + r"(?:[@＠]| [@＠]) " + _DOMAIN.replace("DOT", r"\."))
"""With a space at @; `we met @ data.gov` has one as well."""
_GENERAL = frozenset(_DATA["offices"])
"""Words that a mailbox of an office is called by."""


def _addresses(text: str) -> Iterator[Met]:
    seen = -1
    for match in sorted([*_PLAIN.finditer(text), *_spaced(text), *_VEILED.finditer(text)], key=lambda one: one.start()):
        domain = re.sub(_DOT, ".", match["domain"], flags=re.I).lower()
        if match.start() > seen and not _is_general(match["local"].lower(), domain):
            yield Met("e-mail-addresses", match.start(), match.end(), f"{match['local'].lower()}@{domain}")
        seen = max(seen, match.end() - 1)


def _spaced(text: str) -> Iterator[re.Match[str]]:
    for match in _SPACED.finditer(text):
        if text[match.end("local")] != " " or re.search(r"[._\d-]", match["local"]):
            yield match


def _is_general(local: str, domain: str) -> bool:
    """Return whether a mailbox is that of an office: called by such a word, or as its domain is."""
    words = [word for word in re.split(r"[\W\d_]+", local) if word]
    # Beside a word of an office may stand a name, as in info-jan and jan.press.
    return _GENERAL.issuperset(words) or local in domain.split(".") or not words


# Numbers -------------------------------------------------------------------------------------------------

_HAS_NUMBER = re.compile(r"\d(?:[\s./()\u00a0\u2011-]{0,3}\d){6}")
_SPACE = r"[ \u00a0\u2009\u202f]"
_JOINT = rf"(?:{_SPACE}?[./\u2010-\u2013-]{_SPACE}?|{_SPACE}|\){_SPACE}?|{_SPACE}?\({_SPACE}?)"
_CANDIDATE = re.compile(rf"(?<![\w.,/+=#@%&-])(?<!\d:)\+?\(?\+?\d+(?>(?:{_JOINT}){{1,2}}\d+)*+")
_GOES_ON = re.compile(r"[\w@%°€$£]|[.,:]\d")
"""What stands behind the last of some numbers that is more than a number."""
_CUT = re.compile(rf"{_SPACE}?/{_SPACE}?|{_SPACE}(?=[+(0-9])")
_LAST = re.compile(r"\D*\d+\)?$")
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d|(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01])/"
    r"(?:19|20)\d\d|(?:19|20)\d\d([-./])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]))(?![-./]?\d)"
)
_MASKED = re.compile(
    r"(?:https?://|www\.|doi:|10\.\d{4,}/)\S+"  # addresses, and names of publications
    r"|[^\s@]{1,64}@\S+"
    r"|\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?\b"  # accounts
    r"|\b97[89][- ]?(?:\d[- ]?){9}\d\b"  # books
    r"|\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"
)
_OTHER = re.compile(
    r"(?:\b(?:isbn|issn|iban|bic|doi|kvk|btw|tva|vat|bsn|siret|siren|rsin|oin|ssn|ein|kenmerk|zaak|dossier|referentie|ref|"
    r"r[ée]f[ée]rence|ondernemings|entreprise|(?-i:BE)|stb|stcrt|rekening|account|compte|invoice|factuur|facture|order|"
    r"bestel|serie|serial|versie|version|artikel|article|art|wet|law|loi|decreet|d[ée]cret|id|code|postcode|zip)"
    r"[- ]?(?:nummer|number|num[ée]ro|nr|no)?|[€$£#§]|\bn°|\bnr|\bno|\bnummer|\bnumber)[ .:#°]*$",
    re.I,
)
"""What stands in front of a number that is none of a telephone."""
_CALLED = re.compile(
    r"(?:\b(?:tel|t[ée]l[ée]?(?:foon|phone)?|telefoon(?:nummer)?|telephone|phone|ph|mobiel|mobile|mob|gsm|portable|cell|"
    r"call|bel|bellen|appele[rz]|fax|t|m|whatsapp)\b|☎|📞)[\w .]{0,14}[:.]?\s*$",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:receptie|centrale|centraal|algemeen|helpdesk|servicedesk|switchboard|front desk|reception|standard|accueil|"
    r"secretariaat|secretariat|meldpunt|klantenservice|contactcentrum|klantcontactcentrum|hotline|press office|"
    r"persvoorlichting|perscentrum|infolijn|informatielijn|information line|info line|call cent(?:er|re)|main line|"
    r"main number|general|g[ée]n[ée]ral|office|bureau|loket|balie|publieksvoorlichting|numéro vert|noodnummer|"
    r"emergency|urgence|ministry|ministerie|minist[èe]re|gemeente|mairie|city hall)\b",
    re.I,
)
"""What stands near the number of an office."""
_NAME = re.compile(
    r"(?<!\b(?:van|des|for) )(?<!\bvoor )(?<!\b(?:of|de|du) )(?:\b[A-ZÀ-Þ][\w'’-]+|\b(?:[A-Z]\.\s?)+)"
    r"(?:\s(?:van|de|der|den|ten|ter|du|la|le|von|el|al))*\s[A-ZÀ-Þ][\w'’-]+"
)
"""Two words that begin as names do; of a ministry or an office stands in front of its name."""
_SENTENCE = re.compile(r"(?<=[a-z]{2})[.!?]\s+(?=[A-Z])")
_MOBILE = re.compile(
    r"(?:0|(?:00)?31)6\d{8}|(?:00)?324[5-9]\d{7}|(?:00)?33[67]\d{8}|(?:00)?447\d{9}|(?:00)?491[567]\d{8,9}"
    r"|04[5-9]\d(?: \d+)+|07(?: \d\d){4}"  # told from 04 of France and 070 of The Hague by the groups
)
"""Numbers that somebody carries along; by their digits, or by the groups of them."""
_BEFORE = 60
_NAMED_BEFORE = 120
"""So far in front of a number an office is named, and whoever works there."""
_PIECES = 8
"""A number is written in so many pieces at most."""
_SHORTEST = 9
"""A number of a telephone that is written in full has so many digits."""
_FREE = re.compile(
    r"(?:\+?1)?8(?:00|33|44|55|66|77|88)\d{7}|0(?:800|900|906|909|88)\d*|08\d{8}|00800\d+|0(?:70|78)\d{6}"
    r"|(?:00)?(?:31|32)(?:800|900)\d*|(?:00)?338\d{8}"
)
"""Numbers that anybody may call, or pays for; by their digits."""
_NATIONAL: tuple[tuple[str, str], ...] = (
    # The digits of a number, and the lengths of its groups: 070-311 40 00, 06-12345678, 0471/12.34.56.
    (r"0[1-9]\d{8}", r"10|2 8|3 7|4 6|2( 2){4}|2( \d){8}|[234]( [234]){2,3}|3 3 2 2|2 4 4|2 1 \d.*"),
    (r"0[1-9]\d{7}", r"9|2 7|3 6|2 3 2 2|3 2 2 2|3 3 3|2 3 4"),  # Belgian, outside of mobile networks
    (r"1?[2-9]\d{2}[2-9]\d{6}", r"(1 )?3 3 4"),
)
_BY_LENGTH = "|".join(sorted(_DATA["countries"], key=len, reverse=True))
_WORLD = re.compile(rf"(?:\+|00)({_BY_LENGTH})(\d{{6,12}})")


def _numbers(text: str) -> Iterator[Met]:
    shown = _DATE.sub(_blank, _MASKED.sub(_blank, text))
    for start, said in _candidates(shown):
        before = shown[max(0, start - _BEFORE) : start].replace("\n", " ")
        is_called = bool(_CALLED.search(before))
        digits = re.sub(r"\D", "", said.replace("(0)", ""))
        if not _is_number(said, digits, is_called) or (not is_called and _OTHER.search(before)):
            continue
        named = shown[max(0, start - _NAMED_BEFORE) : start].replace("\n", " ")
        if not _FREE.fullmatch(digits) and (_is_mobile(said, digits) or not _is_of_office(before, named)):
            yield Met("telephone-numbers", start, start + len(said), digits)


def _is_mobile(said: str, digits: str) -> bool:
    return any(_MOBILE.fullmatch(one) for one in (digits, " ".join(re.findall(r"\d+", said))))


def _is_of_office(before: str, named: str) -> bool:
    """Return whether the number behind a text is that of an office: one is named near it, and no person."""
    if not _OFFICE.search(before):
        return False
    said = _SENTENCE.split(named)[-1]
    return not any(_is_of_person(name[0]) for name in _NAME.finditer(said))


def _is_of_person(name: str) -> bool:
    words = [word.lower() for word in name.split() if word[0].isupper()]
    return not _OFFICE.search(name) and _GENERAL.isdisjoint(words)


def _candidates(shown: str) -> Iterator[tuple[int, str]]:
    """Yield what may be a number, with where it stands; several with a space or stroke between them are several."""
    for match in _CANDIDATE.finditer(shown):
        said = match[0]
        if _GOES_ON.match(shown, match.end()):
            said = _LAST.sub("", said)
        for start, end in _parted(said) or [(0, len(said))]:
            yield match.start() + start, said[start:end].rstrip(" (/")


def _parted(text: str) -> list[tuple[int, int]]:
    """Return the numbers that a text is made of, one after another; none where something else is among them."""
    cuts = [0, *(cut.end() for cut in _CUT.finditer(text)), len(text)]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(cuts) - 1:
        ends = range(min(at + _PIECES, len(cuts) - 1), at, -1)
        end = next((end for end in ends if _is_whole(text[cuts[at] : cuts[end]].rstrip(" /"))), 0)
        if not end:
            return []
        found.append((cuts[at], cuts[end]))
        at = end
    return found


def _is_whole(said: str) -> bool:
    digits = re.sub(r"\D", "", said.replace("(0)", ""))
    return len(digits) >= _SHORTEST and _is_number(said, digits, is_called=False)


def _is_number(said: str, digits: str, is_called: bool) -> bool:
    """Return whether digits are those of a telephone, as people in some country write them."""
    groups = re.findall(r"\d+", said.replace("(0)", ""))
    if said.lstrip("(").startswith(("+", "00")):
        return _is_worldwide(said, digits)
    joints = set(re.findall(r"[^\d]+", said.strip("() ")))
    if _is_counting(groups):
        return False
    # 52.0907374 is a place on a map; nobody writes 06 in front of its point.
    if joints <= {"."} and len(groups) == 2 and not (is_called or groups[0] == "06"):
        return False
    lengths = " ".join(str(len(group)) for group in groups)
    fits = any(re.fullmatch(number, digits) and re.fullmatch(shape, lengths) for number, shape in _NATIONAL)
    if not fits or is_called:
        return fits
    if digits[0] != "0":  # three numbers one after another are no telephone of America
        return any(mark in said.strip("()") for mark in "-).\u2011")
    # Numbers of enterprises in Belgium are written 0123.456.789; those of mobile telephones begin otherwise.
    return not (lengths == "4 3 3" and joints == {"."} and not re.match(r"04[5-9]", digits)) and len(digits) > 8


def _is_worldwide(said: str, digits: str) -> bool:
    number = f"+{digits}" if said.lstrip("(").startswith("+") else digits
    match = _WORLD.fullmatch(number)
    if match is None or len(match[1] + match[2]) < 9:
        return False
    if match[1] == "1":
        return re.fullmatch(r"[2-9]\d{2}[2-9]\d{6}", match[2]) is not None
    # +250 000 000 is an amount: no number behind the code of a country begins with 0, but for Italy's.
    return match[1] == "39" or match[2][0] != "0"


def _is_counting(groups: list[str]) -> bool:
    """Return whether groups are the numbers of a list: 01 02 03 04 05."""
    steps = {int(after) - int(before) for before, after in pairwise(groups)}
    return len(groups) > 3 and len(steps) == 1 and abs(next(iter(steps))) <= 1


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])
