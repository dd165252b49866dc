"""Reads a page of the web: what a browser shows of it, without running or fetching anything."""

from __future__ import annotations

import lxml.html
from lxml import etree

from ogp_data.core.messages import Message
from ogp_data.core.places import Block as Part
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder
from ogp_data.documents.document import Document
from ogp_data.documents.unseen import page
from ogp_data.documents.web.shown import Element
from ogp_data.documents.web.walk import Walk


def read(file: SourceFile) -> Document:
    """Return the document that a page is."""
    builder = Builder(file.name, file.limits)
    root = parsed(file.said.text, builder)
    if root is not None:
        walk = Walk(builder, Part)
        walk.element(root, f"/{root.tag}")
        walk.flush("")
    page.look(root, file.said.text, builder.unseen)
    return builder.document()


def parsed(text: str, builder: Builder) -> Element | None:
    """Return the root of a page, or None where there is no element in it; what was given up on is told."""
    # The text is decoded already, by what the declaration says: what the page says of its encoding is out of date.
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but white space and comments
        return None
    except etree.XMLSyntaxError as reason:
        builder.warn("damaged-file", Message("The page cannot be read: {reason}.", reason=str(reason)[:200]))
        return None
    for entry in parser.error_log:
        if entry.level >= etree.ErrorLevels.FATAL:
            builder.warn("damaged-file", Message("The page cannot be read whole: {reason}.", reason=entry.message))
            break
    return root
