"""What licences are called, and what they allow in a sentence."""

from __future__ import annotations

import re

from ogp_data.core.messages import Message

_ZERO = "publicdomain/zero"
_CREATIVE_COMMONS = re.compile(r"licenses/(by(?:-[a-z]+)*)/(\d\.\d)")

_TERMS = {
    "by": Message("You may use everything freely, if you name the source."),
    "by-sa": Message("You may use everything freely, if you name the source and share what you make in the same way."),
}


def licence_name(iri: str) -> str:
    """Return how a Creative Commons licence is called; another is called by its IRI."""
    if _ZERO in iri:
        return "CC0 1.0"
    match = _CREATIVE_COMMONS.search(iri)
    return f"CC {match[1].upper()} {match[2]}" if match else iri


def licence_terms(iri: str) -> Message:
    """Return what a licence allows; of one that is not known that it says so itself."""
    if _ZERO in iri:
        return Message("You may use everything freely, without asking.")
    match = _CREATIVE_COMMONS.search(iri)
    return _TERMS.get(match[1] if match else "", Message("The licence says what you may do with it."))
