"""One document -> its statements: read as a stream where it is sound, and part by part where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from ogp_data.checks.incoming import turtle
from ogp_data.checks.incoming.characters import Encoding, encoding_of, in_utf_8
from ogp_data.checks.incoming.forms import N3, Form, declared, detected
from ogp_data.checks.incoming.material import Material
from ogp_data.checks.incoming.pieces import Broken, Piece
from ogp_data.checks.incoming.statements import Gathering, not_read
from ogp_data.checks.incoming.words import plain, reason_of
from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.messages import Message
from ogp_data.core.terms import Literal
from ogp_data.core.web import unpack

_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FORMULA = re.compile(r"=>|<=|@for(?:All|Some)\b|(?<![^\s({])\?\w|\{")


@dataclass
class Document:
    """A document in the course of being read: what it says, what of it is broken, and what is worth a note."""

    material: Material
    form: Form
    encoding: Encoding
    limits: web.Bounds
    gathering: Gathering = field(default_factory=Gathering)
    broken: list[Broken] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes in UTF-8."""
        return in_utf_8(self.material.pieces(), self.encoding, self.form)

    def content(self) -> bytes:
        """Return its bytes in UTF-8, all in memory."""
        return unpack.collected(self.pieces(), most.CATALOGUE_BYTES, Message("The file"))

    def again(self) -> Gathering:
        """Begin anew: what was read so far may be wrong, for it led to something broken."""
        self.gathering = Gathering()
        return self.gathering


def read_document(material: Material, limits: web.Bounds) -> Document:
    """Return what a document says; RefusedError when nothing of it can be read."""
    head = material.head()
    encoding = encoding_of(head)
    said = declared(material.name, material.media_type)
    form = detected(head[encoding.mark :].decode(encoding.name, "replace"), said)
    if form is None:
        raise _unknown()
    document = Document(material, form, encoding, limits)
    _READERS[form.family](document)
    document.gathering.settle()
    document.notes += _notes(document, said)
    if not len(document.gathering.graph):
        raise _nothing(document)
    return document


def _unknown() -> web.RefusedError:
    return web.RefusedError(
        Message("Neither its content nor its name nor its media type says in which format it is"),
        Message("Give a file in Turtle, JSON-LD, RDF/XML or N-Triples."),
    )


def _nothing(document: Document) -> web.RefusedError:
    """Return the refusal of a document of which nothing could be read, or that says nothing."""
    name = document.form.name
    if document.broken:
        first = document.broken[0]
        why = first.words.values.get("reason")
        if not why:
            return web.RefusedError(Message("It is not well-formed {name} (line {line})", name=name, line=first.line))
        if not first.line:
            return web.RefusedError(Message("It is not well-formed {name}: {reason}", name=name, reason=why))
        return web.RefusedError(
            Message("It is not well-formed {name}: {reason} (line {line})", name=name, reason=why, line=first.line)
        )
    if document.form.family == "json":
        return web.RefusedError(Message("It is JSON without any statement of JSON-LD"))
    # An empty graph breaks no rule. To call it valid would hide that the wrong file was given.
    return web.RefusedError(Message("It is {name} without any statement", name=name))


def _notes(document: Document, said: Form | None) -> Iterator[Message]:
    if said and said.family != document.form.family and {said.family, document.form.family} != {"text", "lines"}:
        yield Message(
            "The content is {name}, though its name or media type says {said}.", name=document.form.name, said=said.name
        )
    for key, count in sorted(document.gathering.unknown.items()):
        yield Message(
            "No context defines the key {key}, which says nothing ({count:,} times).", key=plain(key), count=count
        )


# Statements: Turtle, TriG, N-Triples, N-Quads ------------------------------------------------------------


def _read_statements(document: Document) -> None:
    form, base = document.form, document.material.base
    if not document.encoding.is_utf_8:
        words = Message(
            "{name} is always UTF-8; this is {encoding}, and was read as that.",
            name=form.name,
            encoding=document.encoding.name.upper(),
        )
        document.broken.append(Broken(1, words))
    fault = next(document.gathering.take(document.pieces(), form, base), None)
    if fault is None:
        if any("\n" in term.value for term in document.gathering.graph.numbered() if isinstance(term, Literal)):
            document.broken += islice(turtle.broken_texts(document.content()), most.FAULTS)
        return
    if form is N3 and _FORMULA.search(document.content().decode("utf-8", "replace")):
        raise web.RefusedError(
            Message("It uses formulas, rules or variables of N3, which no catalogue needs"),
            Message("Convert the file to Turtle."),
        )
    if form.family == "lines":
        pieces = turtle.lines(document.pieces())
    else:
        pieces = turtle.pieces(document.content(), document.broken)
    _read_pieces(document, pieces)


def _read_pieces(document: Document, pieces: Iterator[Piece]) -> None:
    """Read parts that stand for themselves, up to so many broken ones."""
    for fault in document.again().take_pieces(pieces, document.form, document.material.base):
        document.broken.append(fault)
        if len(document.broken) >= most.FAULTS:
            break
    if len(document.broken) >= most.FAULTS:
        words = Message("There are {faults:,} faults up to here; what follows was not read.", faults=most.FAULTS)
        document.broken.append(Broken(document.broken[-1].line, words, is_unread=True))


# RDF/XML --------------------------------------------------------------------------------------------------


def _read_markup(document: Document) -> None:
    from ogp_data.checks.incoming import markup  # as below, only where such a document is read

    found = markup.survey(document.pieces())
    if found.doctype >= 0:
        content = markup.without_entities(document.content(), found)
        document.material = replace(document.material, pieces=lambda: iter((content,)))
        document.encoding = Encoding()
    fault = found.fault
    if fault is None:
        wrong = next(document.gathering.take(document.pieces(), document.form, document.material.base), None)
        if wrong is None:
            return
        fault = Broken(0, not_read(wrong, document.form), is_unread=True)
    _read_elements(document, fault)


def _read_elements(document: Document, fault: Broken) -> None:
    """Read a broken document element by element."""
    from ogp_data.checks.incoming import markup

    content = document.content()
    found = markup.survey((content,), whole=True)
    if found.fault:
        content = markup.mended(_in_utf_8(content, document.broken), document.broken)
        found = markup.survey((content,), whole=True)
    if not markup.is_of_elements(found):
        if found.fault is None and _RDF not in content:
            raise web.RefusedError(Message("It is XML, not RDF/XML"))
        document.broken.insert(0, found.fault or fault)
        document.again()
        return
    _read_pieces(document, markup.pieces(content, found))
    if found.fault:
        document.broken.append(markup.unread(content, found, found.fault))


def _in_utf_8(content: bytes, broken: list[Broken]) -> bytes:
    """Return a text in which bytes that are not UTF-8 are read as Windows-1252, which they nearly always are."""
    read, lines = turtle.in_utf_8(content)
    broken += [Broken(line, turtle.NOT_UTF_8) for line in lines[: most.FAULTS]]
    return read


# JSON-LD, alone or in a page --------------------------------------------------------------------------------


def _read_json(document: Document) -> None:
    _read_json_text(document, document.content())


def _read_page(document: Document) -> None:
    from ogp_data.checks.incoming import pages

    blocks = list(pages.blocks(document.content()))
    if not blocks:
        raise web.RefusedError(
            Message("It is a web page without JSON-LD in it"),
            Message("Give the address of the catalogue itself, in Turtle, JSON-LD or RDF/XML."),
        )
    whole = Gathering()
    for block in blocks:
        document.again()
        _read_json_text(document, block)
        whole.absorb(document.gathering)
    document.gathering = whole


def _read_json_text(document: Document, content: bytes) -> None:
    from ogp_data.checks.incoming import json_ld

    json_ld.check_depth(content)
    faults = _faults(document, content)
    if any(fault.lineno for fault in faults):
        before = len(document.broken)
        content = json_ld.mended(_in_utf_8(content, document.broken), document.broken)
        if len(document.broken) > before:
            faults = _faults(document, content)
    if any("LoadDocumentCallback" in str(fault) for fault in faults):
        faults = _faults(document, json_ld.with_contexts(content, document.material.base, document.limits))
    for fault in faults:
        if fault.lineno:
            words = Message("From here on nothing is known, for it is no JSON: {reason}.", reason=reason_of(fault))
            document.broken.append(Broken(fault.lineno, words, is_unread=True))
        else:
            document.broken.append(Broken(0, not_read(fault, document.form), is_unread=True))


def _faults(document: Document, content: bytes) -> list[SyntaxError]:
    """Read JSON-LD anew; return what is wrong with it, after which the parser reads on."""
    return list(islice(document.again().take((content,), document.form, document.material.base), most.FAULTS))


_READERS: dict[str, Callable[[Document], None]] = {
    "text": _read_statements,
    "lines": _read_statements,
    "xml": _read_markup,
    "json": _read_json,
    "html": _read_page,
}
