"""What licences are called."""

from __future__ import annotations

import re


def licence_name(iri: str) -> str:
    """Return how a Creative Commons licence is called; another is called by its IRI."""
    if "publicdomain/zero" in iri:
        return "CC0 1.0"
    match = re.search(r"licenses/(by(?:-[a-z]+)*)/(\d\.\d)", iri)
    return f"CC {match[1].upper()} {match[2]}" if match else iri
