"""What an address in a document is that is not a web address to publish: sound in its own way, or broken."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal
from urllib.parse import urlsplit

from ogp_data.core.messages import Message
from ogp_data.core.text import url_fault

Soundness = Literal["as-published", "relative", "not-a-web-address", "unencoded", "broken"]
"""A web address; one that only makes sense relative to where the document was; one that a browser does not open as a
page of the public web; one with letters that a URI holds encoded; none."""

_ACTIVE = frozenset({"javascript", "vbscript", "data", "blob"})
"""Schemes of what a browser runs or shows without fetching it: no addresses of something elsewhere."""

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<rest>.+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_STAND_IN = "https://stand-in.example/"
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")


def soundness(address: str) -> Soundness:
    """Return what an address is, by its own look alone."""
    if not url_fault(address):
        return "as-published"
    if not address.isascii():
        bare = "".join("x" if _is_encodable(character) else character for character in address)
        sound = not url_fault(bare) and all(map(_is_of_one_script, _LETTERS.findall(address)))
        return "unencoded" if sound else "broken"
    if match := _SCHEME.fullmatch(address):
        return "not-a-web-address" if _is_sound(match["scheme"].lower(), match["rest"]) else "broken"
    whole = f"https:{address}" if address.startswith("//") else _STAND_IN + address
    return "broken" if url_fault(whole) else "relative"


def _is_sound(scheme: str, rest: str) -> bool:
    """Return whether what follows a scheme other than that of a web address is sound."""
    if scheme in ("http", "https"):
        return _names_a_machine(f"{scheme}:{rest}")
    return scheme not in {*_ACTIVE, "mailto"} and not url_fault(_STAND_IN + rest.lstrip("/"))


def _names_a_machine(address: str) -> bool:
    """Return whether only the full stop in the host is missing, as within an organisation's own network."""
    host = urlsplit(address).hostname if not url_fault(address.replace("://", "://a.", 1)) else ""
    return bool(host and _HOST.fullmatch(host))


def _is_encodable(character: str) -> bool:
    """Return whether a character stands in an IRI where a URI has its bytes (RFC 3987)."""
    return not character.isascii() and character != "\ufffd" and unicodedata.category(character)[0] in "LMN"


def _is_of_one_script(letters: str) -> bool:
    """Return whether a run of letters is of one script; a mixture is a damaged word."""
    return len({unicodedata.name(letter, "?").split()[0] for letter in letters}) == 1


def web_fault(address: str) -> str:
    """Return why an address that people are to open is none (a predicate), or "" when it is one."""
    if fault := url_fault(address):
        return fault
    if address.startswith("mailto:"):
        return Message("is not a web address")
    return host_fault(address)


def host_fault(address: str) -> str:
    """Return why nobody can ask the host of an address (a predicate), or ""."""
    parts = urlsplit(address)
    if "@" in parts.netloc:
        return Message("contains a user name or password")
    host = parts.hostname or ""
    if ":" not in host and not all(map(_HOST.fullmatch, host.removesuffix(".").split("."))):
        return Message("names a host that cannot exist")
    return ""
