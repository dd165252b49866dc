"""Language tags of BCP 47, https://www.rfc-editor.org/info/bcp47: which there are, and which was meant by another."""

from __future__ import annotations

import re
from collections.abc import Collection

from ogp_data.core.messages import Message


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


TWO_LETTERS = _words(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el"
    " en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it"
    " iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo"
    " mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh"
    " si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh"
    " yi yo za zh zu"
)
"""The languages of two letters in IANA's registry, deprecated ones with them."""

BIBLIOGRAPHIC = _pairs(
    "alb=sq arm=hy baq=eu bur=my chi=zh cze=cs dut=nl fre=fr geo=ka ger=de gre=el ice=is mac=mk may=ms mao=mi"
    " per=fa rum=ro slo=sk tib=bo wel=cy"
)
"""Codes that libraries use and the registry does not have, with the language of each."""

MORE_REGIONS = _words(
    "AA AC AN BU CP CQ CS DD DG EA EU EZ FX IC NT QM QN QO QP QQ QR QS QT QU QV QW QX QY QZ SU TA TP UN XK YD YU ZR ZZ"
)
"""Regions of the registry that are no country, or none any more."""

MISTAKEN_REGIONS = {"UK": "GB", "EL": "GR"}
MISTAKEN_LANGUAGES = _pairs("cn=zh cz=cs dk=da gb=en gr=el jp=ja us=en")
"""Countries that are written for their languages, where there is no language of these letters."""

GRANDFATHERED = _words(
    "art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn"
    " i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka zh-min zh-min-nan zh-xiang"
)

_PRIVATE = r"x(?:-[a-z0-9]{1,8})+"
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-" + _PRIVATE + r")?|" + _PRIVATE
)


def tag_fault(tag: str, shorter: dict[str, str], countries: Collection[str]) -> tuple[str, str]:
    """Return why a language tag does not exist (a predicate) and which one was meant; "" for each where it does.

    `shorter` has the two letters of languages by their three, `countries` the two letters of every country. A language
    of three letters that has no two is taken as it is: there are 8,000 of them.
    """
    lower = tag.lower()
    if lower in GRANDFATHERED:
        return "", ""
    match = _TAG.fullmatch(lower)
    if match is None:
        return Message("is not formed as a language tag"), _of_underscores(lower, shorter, countries)
    language, region = match["language"] or "", (match["region"] or "").upper()
    known = BIBLIOGRAPHIC.get(language) or shorter.get(language, "")
    if known:
        return Message("has three letters for a language that has two"), known + lower[3:]
    if len(language) == 2 and language not in TWO_LETTERS:
        meant = MISTAKEN_LANGUAGES.get(language, "")
        return Message("names the language “{code}”, which does not exist", code=language), meant
    if len(region) == 2 and region not in MORE_REGIONS and region not in countries:
        return Message("names the region “{code}”, which does not exist", code=region), _with_region(tag, region)
    return "", ""


def _with_region(tag: str, wrong: str) -> str:
    """Return a tag with the region that was meant by another one, without any where it only says the language again."""
    right = MISTAKEN_REGIONS.get(wrong, "")
    if not right and not tag.upper().startswith(f"{wrong}-"):
        return ""
    return re.sub(r"-[A-Za-z]{2}(?=-|$)", f"-{right}" if right else "", tag, count=1)


def _of_underscores(tag: str, shorter: dict[str, str], countries: Collection[str]) -> str:
    """Return what was meant by nl_NL; "" when that is none either."""
    language, _, region = tag.partition("_")
    meant = f"{language}-{region.upper()}"
    return meant if region and "_" not in region and tag_fault(meant, shorter, countries) == ("", "") else ""
