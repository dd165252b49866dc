"""XML that a parser takes, whatever was published: some characters have no place in it, some properties no name.

https://www.w3.org/TR/xml/#charsets
"""

from __future__ import annotations

import re

from ogp_data.core.messages import Message

_NONE_OF_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""The bytes in UTF-8 of characters that cannot stand in XML 1.0, nor be written in another way."""

_NAMELESS = re.compile(rb"<[\w.-]*:[\s/>]")
"""An element without a local name, as which a property comes out whose IRI ends in none."""


class NoXmlError(ValueError):
    """What no document in XML can say."""


def xml(content: bytes | bytearray) -> bytes:
    """Return a document with the replacement character for those that XML cannot hold; NoXmlError for a property."""
    if _NAMELESS.search(content):
        raise NoXmlError(Message("RDF/XML cannot name a property whose IRI ends in no name; ask for another form."))
    # Replaced and not dropped: a reader sees that a character was there. XML 1.0 has no escape for these.
    return _NONE_OF_XML.sub("�".encode(), content)
