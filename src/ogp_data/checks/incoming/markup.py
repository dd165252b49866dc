"""RDF/XML before it is read: how deep it is, which entities it declares, and where it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from html.entities import html5
from itertools import takewhile
from xml.parsers import expat

from ogp_data.checks.incoming.pieces import Broken, Faults, Piece
from ogp_data.checks.incoming.words import reason_of
from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.messages import Message, sentences

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


_UNDIVIDED = frozenset(("Literal", "Collection"))
"""Values of rdf:parseType whose elements say nothing unless they are complete."""
_INHERITED = re.compile(
    rb"""<!|-->|\]\]>|parseType\s*=\s*.Literal|\sxml:base\s*=|\sxmlns\s*[:=]|\sxml:lang\s*=[^<>]*>\s*<[^/]"""
)
"""What makes that an element alone may say something else than in its place."""
_TAG = re.compile(
    rb"""<(?:(?P<close>/)?(?P<name>[^\s<>/"'=&!?]+)(?P<attributes>(?:\s+[^\s<>/"'=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)"""
    rb"""\s*(?P<empty>/)?>)?"""
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
    opened: list[_Opened] = field(default_factory=list)
    """The elements below the root that a fault left open and that can be trusted, the outermost first."""
    unread: int = 0
    """Where that begins which was not read because of the fault."""


@dataclass(slots=True)
class _Opened:
    """An element that is not closed yet."""

    name: str
    start: int
    line: int
    is_sound: bool
    """Whether a part of it says nothing else than the whole: a list would end too early."""
    safe: int = 0
    """Where the last complete element in it ends, before any text; 0 where there is none."""
    has_text: bool = False
    """Whether it has text, which may be a broken tag: what follows may belong elsewhere."""


class _Surveyor:
    """Goes through XML with expat, which fetches nothing and bounds what entities expand to."""

    def __init__(self, whole: bool) -> None:
        self.found = Survey()
        self._parser = parser = expat.ParserCreate()
        self._open = list[_Opened]()
        self._ended: _Opened | None = None
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = self._doctype, self._entity
        parser.ordered_attributes = True
        if whole:
            # Where an element ends is where whatever comes next begins.
            parser.CharacterDataHandler = self._text
            parser.CommentHandler = parser.ProcessingInstructionHandler = self._other
            parser.StartCdataSectionHandler = self._other

    def survey(self, pieces: Iterable[bytes]) -> Survey:
        """Return what is found in a document."""
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as fault:
            words = Message("This is not well-formed XML: {reason}.", reason=reason_of(expat.ErrorString(fault.code)))
            self.found.fault = Broken(fault.lineno, words, is_unread=True)
            self._break_off(fault.code == expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH])
        return self.found

    def _break_off(self, is_wrong_tag: bool) -> None:
        """Keep what a fault left open: of a wrong tag, where it begins or where it ends may be the mistake."""
        # The name in a wrong tag is where expat finds it, behind the </ of the tag.
        self._close_last(self._parser.ErrorByteIndex - (2 if is_wrong_tag else 0))
        opened = self._open[:-1] if is_wrong_tag else self._open
        kept = list[_Opened]()
        for each in takewhile(lambda each: each.is_sound, opened):
            kept.append(each)
            if each.has_text:
                break
        while len(kept) > 1 and not kept[-1].safe:
            kept.pop()
        self.found.opened = kept[1:]
        self.found.unread = max(self.found.inside, kept[-1].safe if kept else 0)
        self.found.children = [child for child in self.found.children if child[1] <= self.found.unread]

    def _close_last(self, at: int) -> None:
        if self._ended and len(self._open) == 1:
            self.found.children.append((self._ended.start, at, self._ended.line))
        if self._ended and self._open and not self._open[-1].has_text:
            self._open[-1].safe = at
        self._ended = None
        if len(self._open) == 1 and not self.found.inside:
            self.found.inside = at

    def _other(self, *_: object) -> None:
        self._close_last(self._parser.CurrentByteIndex)

    def _text(self, text: str) -> None:
        self._other()
        if self._open and not text.isspace():
            self._open[-1].has_text = True

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
        if not self._open:
            self.found.root, self.found.root_name = at, name
        self._open.append(_Opened(name, at, line, not _UNDIVIDED.intersection(attributes[1::2])))
        if len(self._open) > most.NESTING:
            raise web.RefusedError(
                Message("The RDF/XML has elements within elements more than {nesting} deep", nesting=most.NESTING)
            )

    def _end(self, _name: str) -> None:
        self._other()
        self._ended = self._open.pop()

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
    """Yield the elements below the root that can be read, each with the root's tags around it."""
    head = re.sub(rb"[\r\n]", b" ", content[found.root : found.inside])
    tail = f"</{found.root_name}>".encode()
    for start, end, line in found.children:
        yield Piece(line, content[start:end], head, tail)
    if found.opened:
        closed = "".join(f"</{each.name}>" for each in reversed(found.opened)).encode()
        first = found.opened[0]
        yield Piece(first.line, content[first.start : found.unread] + closed, head, tail)
    if found.fault:
        place = Faults(content, [])
        for start, end in _described(content, found):
            yield Piece(place.line_of(start), content[start:end], head, tail)


def unread(content: bytes, found: Survey, fault: Broken) -> Broken:
    """Return a fault with what was not read because of it."""
    begins = max(found.unread, content.find(b"<", found.unread))
    line = content.count(b"\n", 0, begins) + 1
    if any(True for _ in _described(content, found)):
        words = Message(
            "From line {line} on, only complete descriptions with rdf:about were read; the rest was not.", line=line
        )
    else:
        words = Message("Nothing from line {line} on was read.", line=line)
    return replace(fault, words=sentences(fault.words, words))


def _described(content: bytes, found: Survey) -> Iterator[tuple[int, int]]:
    """Yield where complete descriptions begin and end behind a fault: only a description has rdf:about."""
    if _INHERITED.search(content, found.inside):
        return
    about = re.compile(rb"\s%s:about\s*=" % re.escape(found.root_name.rpartition(":")[0].encode()))
    opened, complete = list[re.Match[bytes]](), list[tuple[int, int]]()
    for tag in _TAG.finditer(content, found.unread):
        first = _matched(opened, tag)
        if first is not None and about.search(first["attributes"]):
            while complete and complete[-1][0] > first.start():
                complete.pop()  # it stands in this one
            complete.append((first.start(), tag.end()))
    yield from complete


def _matched(opened: list[re.Match[bytes]], tag: re.Match[bytes]) -> re.Match[bytes] | None:
    """Return the tag that begins what a tag ends; what a broken tag stands in is no longer `opened`."""
    if tag["empty"] and not tag["close"]:
        return tag
    if tag["name"] and not tag["close"] and len(opened) < most.NESTING:
        opened.append(tag)
    elif opened and tag["close"] and opened[-1]["name"] == tag["name"]:
        return opened.pop()
    else:
        opened.clear()
    return None


def is_of_elements(found: Survey) -> bool:
    """Return whether the root only holds descriptions, each of which can be read by itself."""
    return found.root_name.rpartition(":")[2] == "RDF" and found.inside > 0
