"""RDF/XML before it is read: how deep it is, which entities it declares, and where it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from xml.parsers import expat

from ogp_data.checks.incoming.pieces import Broken, Faults, Piece
from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.messages import Message

_DOCTYPE = re.compile(
    rb"""<!DOCTYPE(?:[^\["'>]|"[^"]*+"|'[^']*+')*+(?:\[(?:<!--.*?-->|[^\]"']|"[^"]*+"|'[^']*+')*+\]\s*+)?>""", re.DOTALL
)
_ENTITIES = 100
"""Entities that a document may declare: those of the namespaces that it names."""
_ENTITY_LENGTH = 300
_REFERENCE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|&(?P<name>[^\s&;<>\"']*);", re.DOTALL)
_SLIP = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|&(?:amp|lt|gt|quot|apos|\#[0-9]+|\#x[0-9A-Fa-f]+);"
    rb"|&(?P<named>[A-Za-z][A-Za-z0-9]*;)|(?P<bare>&)|(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f])",
    re.DOTALL,
)


@dataclass
class Survey:
    """What a first reading of XML finds: entities, and where it is not well formed."""

    entities: dict[str, str] = field(default_factory=dict)
    doctype: int = -1
    fault: Broken | None = None
    root: int = 0
    """Where the tag of the root element begins; `inside` is where it ends."""
    inside: int = 0
    children: list[tuple[int, int, int]] = field(default_factory=list)
    """Where each complete element below the root begins and ends, and its line."""
    root_name: str = ""


class _Surveyor:
    """Goes through XML with expat, which fetches nothing and bounds what entities expand to."""

    def __init__(self, whole: bool) -> None:
        self.found = Survey()
        self._parser = parser = expat.ParserCreate()
        self._depth = 0
        self._child: tuple[int, int] | None = None
        self._ended: tuple[int, int] | None = None
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = self._doctype, self._entity
        parser.ordered_attributes = True
        if whole:
            # Where an element ends is where whatever comes next begins.
            parser.CharacterDataHandler = parser.CommentHandler = self._other
            parser.ProcessingInstructionHandler = self._other

    def survey(self, pieces: Iterable[bytes]) -> Survey:
        """Return what is found in a document."""
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as fault:
            words = Message("This is not well-formed XML: {reason}.", reason=expat.ErrorString(fault.code))
            self.found.fault = Broken(fault.lineno, words, is_end=True)
        return self.found

    def _other(self, *_: object) -> None:
        at = self._parser.CurrentByteIndex
        if self._ended:
            self.found.children.append((self._ended[0], at, self._ended[1]))
            self._ended = None
        if self._depth == 1 and not self.found.inside:
            self.found.inside = at

    def _begin(self, name: str, attributes: list[str]) -> None:
        self._other()
        at, line = self._parser.CurrentByteIndex, self._parser.CurrentLineNumber
        if len(attributes) > 2 * most.ATTRIBUTES:  # each is its name and its value
            words = Message(
                "An element of the RDF/XML has more than {attributes:,} attributes (line {line:,})",
                attributes=most.ATTRIBUTES,
                line=line,
            )
            raise web.RefusedError(words, Message("Write its properties as elements within it."))
        if self._depth == 0:
            self.found.root, self.found.root_name = at, name
        elif self._depth == 1:
            self._child = at, line
        self._depth += 1
        if self._depth > most.NESTING:
            raise web.RefusedError(
                Message("The RDF/XML has elements within elements more than {nesting} deep", nesting=most.NESTING)
            )

    def _end(self, _name: str) -> None:
        self._other()
        self._depth -= 1
        if self._depth == 1:
            self._ended = self._child

    def _doctype(self, _name: str, system: str | None, public: str | None, _inner: bool) -> None:
        if system or public:
            raise _refused()
        self.found.doctype = self._parser.CurrentByteIndex

    def _entity(self, name: str, is_parameter: bool, value: str | None, *_external: object) -> None:
        if is_parameter or value is None or len(value) > _ENTITY_LENGTH or re.search("[&%<]", value):
            raise _refused()
        self.found.entities.setdefault(name, value)
        if len(self.found.entities) > _ENTITIES:
            raise _refused()


def _refused() -> web.RefusedError:
    """Return the refusal of entities that may stand for files of this machine, or for one another without end."""
    return web.RefusedError(
        Message("The RDF/XML names another document, or entities that are no namespaces; they are never fetched"),
        Message("Write the file without <!DOCTYPE> and <!ENTITY>."),
    )


def survey(pieces: Iterable[bytes], whole: bool = False) -> Survey:
    """Return what a document declares and where it is not well formed, and its `whole` structure where it is asked for.

    RefusedError when it may not be read.
    """
    return _Surveyor(whole).survey(pieces)


def without_entities(content: bytes, found: Survey) -> bytes:
    """Return a document in which what entities stand for is written out, and blanks stand for its document type."""
    # Expat tells of it once it has read its name.
    declared = _DOCTYPE.match(content, content.rfind(b"<!DOCTYPE", 0, found.doctype + 9))
    if declared is None:
        raise _refused()
    values = {name.encode(): escape(value).encode() for name, value in found.entities.items()}
    size = len(content) + sum(content.count(b"&" + name + b";") * len(value) for name, value in values.items())
    if size > most.CATALOGUE_BYTES:
        raise web.RefusedError(
            Message("With its entities written out it is longer than {bytes:,} bytes", bytes=most.CATALOGUE_BYTES)
        )
    start, end = declared.span()
    blank = re.sub(rb"[^\r\n]", b" ", declared[0])
    rest = _REFERENCE.sub(lambda each: values.get(each["name"] or b"", each[0]), content[end:])
    return content[:start] + blank + rest


def mended(content: bytes, broken: list[Broken]) -> bytes:
    """Return XML in which & stands for itself where it can mean nothing else, and without characters of no text."""

    faults = Faults(content, broken)

    def mend(slip: re.Match[bytes]) -> bytes:
        if slip.lastgroup is None:
            return slip[0]
        at, name = slip.start(), (slip["named"] or b"").decode()
        if slip["control"]:
            code = slip["control"][0]
            faults.tell(at, Message("XML has no character U+{code:04X}; it was left out.", code=code))
            return b""
        if name in html5:
            words = Message("XML does not know &{name} without a declaration; it was read as HTML has it.", name=name)
            faults.tell(at, words)
            return html5[name].encode()
        faults.tell(at, Message("An ampersand that stands for itself is written as &amp; and was read so."))
        return b"&amp;" + slip[0][1:]

    return _SLIP.sub(mend, content)


def pieces(content: bytes, found: Survey) -> Iterator[Piece]:
    """Yield the complete elements below the root, each with the root's tags around it."""
    head = re.sub(rb"[\r\n]", b" ", content[found.root : found.inside])
    tail = f"</{found.root_name}>".encode()
    for start, end, line in found.children:
        yield Piece(line, content[start:end], head, tail)


def is_of_elements(found: Survey) -> bool:
    """Return whether the root only holds descriptions, each of which can be read by itself."""
    return found.root_name.rpartition(":")[2] == "RDF" and found.inside > 0
