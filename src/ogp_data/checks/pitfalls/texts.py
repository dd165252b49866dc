"""The rules about titles, descriptions, names and keywords: what people see of a dataset before they open it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import partial

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.pitfalls.judging import Judge, judged
from ogp_data.checks.pitfalls.stand_ins import stands_in
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.mojibake import repaired
from ogp_data.core.namespaces import ADMS, DCAT, DCT, FOAF, SKOS, VCARD
from ogp_data.core.terms import RDFS, Literal, Term

NAMES = (DCT.title, DCT.alternative, FOAF.name, VCARD.fn, VCARD["organization-name"])
LONG = (DCT.description, DCT.abstract, DCT.provenance, ADMS.versionNotes)
LABELS = (SKOS.prefLabel, RDFS.label)
KEYWORDS = (DCAT.keyword,)
CODES = (DCT.identifier, DCAT.version, SKOS.notation)

LONGEST_NAME = 500
"""Characters of a title or name: more is a text that stands in the wrong place."""
LONGEST_TEXT = 20_000
LONGEST_TAG = 100
"""What CKAN takes; a shorter keyword than one of two characters neither."""

_TAG = re.compile(r"[\w .-]{2,100}")
_ELEMENTS = (
    "a|abbr|article|b|big|blockquote|body|br|center|code|div|dl|dt|dd|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img"
    "|input|li|link|meta|object|ol|p|pre|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr"
    "|tt|u|ul|video"
)
_MARKUP = re.compile(rf"</?(?:{_ELEMENTS})(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[", re.IGNORECASE)
_SCRIPT = re.compile(r"<\s*script\b|<[^<>]+\son[a-z]+\s*=|javascript:", re.IGNORECASE)
_REFERENCE = re.compile(
    r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|amp|lt|gt|quot|apos|nbsp|[aeiouyAEIOUY](?:acute|grave|circ|uml)"
    r"|[cC]cedil|[nN]tilde|euro|copy|reg|deg|rsquo|lsquo|rdquo|ldquo|ndash|mdash|hellip);"
)
_ADDRESS = re.compile(r"(?:(?:https?|ftps?|file)://|www\.)\S+", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;|\n\t]|,(?!\d)")

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of Thai, Lao, Burmese and Khmer, between whose words an unseen space lets a line end."""
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
"""Marks of direction that a text in Arabic or Hebrew needs."""


def texts(catalogue: Catalogue) -> Iterator[Finding]:
    """Find texts that say nothing, or that people see otherwise than they were meant."""
    yield from judged(catalogue, NAMES, _of_text(partial(_text_faults, longest=LONGEST_NAME)))
    yield from judged(catalogue, LONG, _of_text(partial(_text_faults, longest=LONGEST_TEXT)))
    yield from judged(catalogue, KEYWORDS, _of_text(_keyword_faults))
    yield from judged(catalogue, LABELS, _of_text(_sign_faults))
    yield from judged(catalogue, CODES, _of_text(lambda _: ()))


def _of_text(faults: Judge) -> Judge:
    """Return what judges a text: as empty, or by what it says."""

    def judge(value: Term) -> Iterator[Fault]:
        if not isinstance(value, Literal):
            return
        if _is_blank(value.value):
            yield Fault(
                "empty-text", Message("The text is empty.") if not value.value else Message("The text is blank.")
            )
        else:
            yield from faults(value)

    return judge


def _is_blank(text: str) -> bool:
    return not text or not _HIDDEN.sub("", text).strip()


def _text_faults(value: Term, longest: int) -> Iterator[Fault]:
    if stands_in(value.value):
        yield _stand_in(value)
        return
    yield from _sign_faults(value)
    yield from _address_faults(value)
    yield from _length_faults(value, longest)


def _keyword_faults(value: Term) -> Iterator[Fault]:
    text = value.value
    if stands_in(text, may_be_meant=True):
        yield _stand_in(value)
        return
    signs = [*_sign_faults(value), *_address_faults(value)]
    yield from signs
    if not signs and _SEPARATOR.search(text):
        yield Fault("several-keywords", Message("{shown} looks like several keywords in one.", shown=shown(value)))
    elif not signs and not _TAG.fullmatch(text.strip()):
        yield Fault("refused-keyword", _refused(value))


def _refused(value: Term) -> Message:
    text = value.value.strip()
    if len(text) > LONGEST_TAG:
        return Message("The keyword has {count} characters: {shown}.", count=len(text), shown=shown(value))
    if len(text) < 2:
        return Message("The keyword {shown} has one character.", shown=shown(value))
    wrong = "".join(dict.fromkeys(re.sub(r"[\w .-]", "", text)))
    return Message("The keyword {shown} holds {signs}.", shown=shown(value), signs=" ".join(wrong))


def _stand_in(value: Term) -> Fault:
    return Fault("placeholder-text", Message("{shown} says nothing.", shown=shown(value)))


def _address_faults(value: Term) -> Iterator[Fault]:
    if _ADDRESS.fullmatch(value.value.strip()):
        yield Fault("address-as-text", Message("{shown} is an address.", shown=shown(value)))


def _length_faults(value: Term, longest: int) -> Iterator[Fault]:
    if len(value.value) > longest:
        yield Fault("overlong-text", Message("The text has {count} characters.", count=f"{len(value.value):,}"))


def _sign_faults(value: Term) -> Iterator[Fault]:
    """Find what is not as it was written: mark-up, wrong letters, characters that nobody sees."""
    text = value.value
    if _SCRIPT.search(text):
        yield Fault("markup-in-text", Message("{shown} holds a script.", shown=shown(value)))
    elif match := _MARKUP.search(text) or _REFERENCE.search(text):
        yield Fault("markup-in-text", Message("The text holds mark-up: {markup}", markup=match[0][:40]))
    if text.isascii() and not _HIDDEN.search(text):
        return
    if meant := repaired(text):
        meant_text = shown(Literal(meant))
        yield Fault("wrong-encoding", Message("{shown} should read {meant}.", shown=shown(value), meant=meant_text))
    elif "\ufffd" in text:
        yield Fault(
            "wrong-encoding", Message("{shown} has lost letters: where they were stands U+FFFD.", shown=shown(value))
        )
    elif hidden := _hidden(text):
        names = ", ".join(map(_named, hidden))
        yield Fault("unseen-character", Message("The text holds what nobody sees: {names}.", names=names))


def _hidden(text: str) -> list[str]:
    """Return the characters that nobody sees, each once, without those that the letters of the text need."""
    needed = _DIRECTIONS if _RIGHT_TO_LEFT.search(text) else frozenset[str]()
    if _WITHOUT_SPACES.search(text):
        needed |= {"\u200b"}
    return [sign for sign in dict.fromkeys(_HIDDEN.findall(text)) if sign not in needed]


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()


def names_of_agents(catalogue: Catalogue) -> Iterator[Finding]:
    """Find agents and contacts with two names in one language."""
    for term in (FOAF.name, VCARD.fn):
        for subject, values in catalogue.groups(term):
            tags = (
                Counter(value.language or "" for value in values if isinstance(value, Literal))
                if len(values) > 1
                else {}
            )
            for tag, count in tags.items():
                if count > 1:
                    names = ", ".join(
                        sorted(shown(v) for v in values if isinstance(v, Literal) and (v.language or "") == tag)
                    )
                    message = Message("There are {count} names in one language: {names}.", count=count, names=names)
                    yield catalogue.fault("several-names", subject, term, message)
