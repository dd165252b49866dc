"""The rules about the form of addresses: of web pages and files, and of contact points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit, urlunsplit

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, FOAF, VCARD
from ogp_data.core.terms import Blank, Iri, Literal, Term

OPENED = (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription)
DESCRIBED = (DCAT.landingPage, FOAF.page, FOAF.homepage)
"""The properties whose value is a document, which may be described where it stands."""

# What stands before the path has only its characters judged here; who can open it is another rule's.
WEB_FORM = re.compile(r"https?://[!$-.0-;=@-\[\]_a-z~]+(?:[/?#][!#-;=?-\[\]_a-z~]*)?", re.IGNORECASE | re.ASCII)
OTHER_FORM = re.compile(
    r"(?:ftps?|sftp|s3|gs|abfss?|wss?|mqtts?|rsync|ssh|git|davs?|webdavs?)://[!$-.0-;=@-\[\]_a-z~]+"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?",
    re.IGNORECASE | re.ASCII,
)
BARE_FORM = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[:/?#]|$)")
"""Where people leave out https://."""

_BOX = r"(?:[a-z0-9.!#$&'*+/=?^_`{|}~-]|%[0-9a-f]{2})+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
MAIL_FORM = re.compile(rf"mailto:{_BOX}(?:(?:,|%2c){_BOX})*(?:\?[!$'()*+,;:@/?\w.%~=&-]*)?", re.IGNORECASE | re.ASCII)
_BARE_MAIL = re.compile(rf"\s*(?:mailto:\s*(?://)?)?({_BOX})\s*", re.IGNORECASE | re.ASCII)

_BEYOND_ASCII = re.compile(
    "[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
    "\U000e1000-\U000efffd]"
)
"""What RFC 3987 lets an IRI hold and RFC 3986 no URI."""

Judge = Callable[[Term], Fault | None]


def address_form(catalogue: Catalogue) -> Iterator[Finding]:
    """Find addresses that are no absolute http(s) or mailto: IRI; but for contacts, texts are left to the shapes."""
    for term in OPENED:
        yield from catalogue.faults(term, _judged_page)
    for term in DESCRIBED:
        yield from catalogue.faults(term, lambda value: None if isinstance(value, Blank) else _judged_page(value))
    yield from catalogue.faults(VCARD.hasURL, _by_value(catalogue, _judged_form))
    yield from catalogue.faults(VCARD.hasEmail, _by_value(catalogue, _judged_mail))


def _by_value(catalogue: Catalogue, judge: Judge) -> Judge:
    """Return what judges an address by its vcard:hasValue where it has one: vCard's way to say of which kind it is."""

    def judged(value: Term) -> Fault | None:
        said = [] if isinstance(value, Literal) else catalogue.graph.objects(value, VCARD.hasValue)
        return next(filter(None, map(judge, said or [value])), None)

    return judged


def _judged_page(value: Term) -> Fault | None:
    if isinstance(value, Literal) or _is_address(value, WEB_FORM):
        return None
    if _is_address(value, OTHER_FORM):
        return Fault(
            "other-protocol",
            Message("{shown} is not an address of the web: browsers and portals do not open it.", shown=shown(value)),
        )
    return _international(value, WEB_FORM) or Fault(
        "address-form",
        Message("{shown} is not an absolute web address.", shown=shown(value)),
        Message("Write <https://...>, without spaces and with other than ASCII characters percent-encoded."),
    )


def _international(value: Term, form: re.Pattern[str]) -> Fault | None:
    """Return the fault of an address that is right but for letters beyond ASCII; None for another."""
    if not isinstance(value, Iri) or form.fullmatch(_BEYOND_ASCII.sub("x", value.value)) is None:
        return None
    address = _in_ascii(value.value)
    return Fault(
        "non-ascii-address",
        Message(
            "{shown} holds other than ASCII characters: harvesters that hand it on as a URL cannot open it.",
            shown=shown(value),
        ),
        Message("Write <{address}>.", address=address) if address else "",
    )


def _in_ascii(iri: str) -> str:
    """Return the URI that an IRI stands for; "" where its host has no name in ASCII."""
    signs = "!#$%&'()*+,/:;=?@[]~"
    try:
        if iri[:7].lower() == "mailto:":
            to, question, more = iri.partition("?")
            box, at, host = to.rpartition("@")
            return quote(box, signs) + at + host.encode("idna").decode() + question + quote(more, signs)
        parts = urlsplit(iri)
        name = parts.hostname or ""
        host = parts.netloc if name.isascii() else parts.netloc.lower().replace(name, name.encode("idna").decode())
        return urlunsplit((parts.scheme, quote(host, signs), *(quote(part, signs) for part in parts[2:])))
    except ValueError:
        return ""


def _judged_form(value: Term) -> Fault | None:
    if not isinstance(value, Literal):
        return _judged_page(value)
    # The examples of DCAT-AP-NL write it as a text, which people can read if it is an address.
    address = f"https://{value.value}" if BARE_FORM.match(value.value) else value.value
    if WEB_FORM.fullmatch(_BEYOND_ASCII.sub("x", address)) is None:
        return Fault("address-form", Message("{shown} is not a web address.", shown=shown(value)))
    return Fault(
        "unlinked-address",
        Message("{shown} is a text: a portal shows it without a link, or not at all.", shown=shown(value)),
        Message("Write <{address}>.", address=address),
    )


def _judged_mail(value: Term) -> Fault | None:
    if _is_address(value, MAIL_FORM):
        return None
    if fault := _international(value, MAIL_FORM):
        return fault
    message = Message("{shown} is not a mailto: IRI.", shown=shown(value))
    bare = None if isinstance(value, Blank) else _BARE_MAIL.fullmatch(value.value)
    address = f"mailto:{bare[1]}" if bare else "mailto:name@organisation.nl"
    return Fault("mailto-form", message, Message("Write <{address}>.", address=address))


def _is_address(value: Term, form: re.Pattern[str]) -> bool:
    return isinstance(value, Iri) and form.fullmatch(value.value) is not None
