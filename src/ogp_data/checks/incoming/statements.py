"""The statements of one or more documents, read into one graph within bounds, and what could not be read of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import pyoxigraph as ox

from ogp_data.checks.incoming import turtle
from ogp_data.checks.incoming.forms import Form
from ogp_data.checks.incoming.material import Reader
from ogp_data.checks.incoming.pieces import Broken, Piece
from ogp_data.checks.incoming.words import plain, reason_of
from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.terms import Blank, Literal, Term

_TOGETHER = 100
"""Pieces that are read at once: only where one of them is broken, each is read by itself."""


@dataclass
class Gathering:
    """Statements of documents in one graph; nodes without IRI are named by their order, in each document anew."""

    graph: Graph = field(default_factory=Graph)
    count: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    """Keys of JSON-LD that no context defines, and how often they stand there."""
    _blanks: dict[Blank, Blank] = field(default_factory=dict)
    _named: int = 0

    def take(self, pieces: Iterable[bytes], form: Form, base: str) -> Iterator[SyntaxError]:
        """Add the statements of a document; yield what is wrong with its syntax, after which it is read on."""
        quads = _parsed(Reader(_flat(pieces)), form, base)
        while True:
            try:
                # A generator that raised has ended; the parser itself goes on behind what it could not read.
                self._add(self._defined(quads) if form.family in ("json", "html") else quads)
            except SyntaxError as fault:
                yield fault
            except MemoryError as fault:  # the parser's own bound of one name or text; it would be met again and again
                words = Message("It contains a name or text that is too long to read: {reason}", reason=plain(fault))
                if form.family not in ("text", "lines"):
                    raise web.RefusedError(words) from fault
                yield SyntaxError(words)  # statement by statement, the others can be read
                return
            else:
                return

    def _defined(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Yield the statements of JSON-LD whose property a context defines: other keys say nothing in it."""
        for quad in quads:
            if ":" in (key := quad.predicate.value):
                yield quad
            else:
                self.unknown[key] = self.unknown.get(key, 0) + 1

    def _add(self, quads: Iterable[ox.Quad]) -> None:
        add, blanks = self.graph.add, self._blanks
        number, room = 0, most.STATEMENTS - self.count
        try:
            for number, quad in enumerate(quads, 1):
                if number > room:
                    raise _too_many()
                subject, value = quad.subject, quad.object
                if type(subject) is Blank:
                    subject = blanks.get(subject) or self._blank(subject)
                kind = type(value)
                if kind is Blank:
                    value = blanks.get(value) or self._blank(value)  # type: ignore[arg-type]
                elif kind is ox.Triple:
                    raise _statement_of_statement()
                add(subject, quad.predicate, value)  # type: ignore[arg-type]
        finally:
            self.count += number

    def _blank(self, node: Blank) -> Blank:
        """Return the name of a node that depends on the documents alone: the parser's own are by chance."""
        name = self._blanks.get(node)
        if name is None:
            name = self._blanks[node] = Blank(f"b{self._named}")
            self._named += 1
        return name

    def settle(self) -> None:
        """Take the empty language of a text, as XML may say it, for what it means: none."""
        tagged = [term for term in self.graph.numbered() if isinstance(term, Literal) and term.language == ""]
        if tagged:
            plain: dict[Term, Term] = {term: Literal(term.value) for term in tagged}
            statements, self.graph = self.graph.statements(), Graph()
            for subject, predicate, value in statements:
                self.graph.add(subject, predicate, plain.get(value, value))

    def absorb(self, other: Gathering) -> None:
        """Add what another document says; its nodes without IRI are no others' nodes."""
        self._blanks = {}
        self.count += other.count
        if self.count > most.STATEMENTS:
            raise _too_many()
        for subject, predicate, value in other.graph.statements():
            self.graph.add(self._own(subject), predicate, self._own(value))
        for key, count in other.unknown.items():
            self.unknown[key] = self.unknown.get(key, 0) + count

    def _own(self, term: Term) -> Term:
        return self._blank(term) if isinstance(term, Blank) else term

    def take_pieces(self, pieces: Iterable[Piece], form: Form, base: str) -> Iterator[Broken]:
        """Add the statements of pieces; a broken one is yielded, and says nothing."""
        together: list[Piece] = []
        for piece in pieces:
            if together and (piece.head != together[0].head or len(together) == _TOGETHER):
                yield from self._take_some(together, form, base)
                together = []
            together.append(piece)
        yield from self._take_some(together, form, base)

    def _take_some(self, pieces: Sequence[Piece], form: Form, base: str) -> Iterator[Broken]:
        """Add the statements of some pieces at once, or of each by itself where one of them is broken."""
        if not pieces:
            return
        first, between = pieces[0], pieces[0].tail + b"\n"
        if self._take_whole(replace(first, text=between.join(piece.text for piece in pieces)), form, base) is None:
            return
        for piece in pieces:
            if fault := self._take_whole(piece, form, base):
                yield from self._take_broken(piece, fault, form, base)

    def _take_broken(self, piece: Piece, fault: SyntaxError, form: Form, base: str) -> Iterator[Broken]:
        """Add what can be read of a broken piece: once its language tags are mended, or property by property."""
        parts = list[Piece]()
        if form.family in ("text", "lines"):
            piece, told = turtle.mended(piece)
            again = self._take_whole(piece, form, base) if told else fault
            yield from told  # only now, for whoever hears of too many listens no longer
            if again is None:
                return
            fault = again
            parts = turtle.parts(piece) if form.family == "text" else []
        if not parts:
            yield _unread(piece, fault, form)
        for part in parts:
            if wrong := self._take_whole(part, form, base):
                yield _unread(part, wrong, form)

    def _take_whole(self, piece: Piece, form: Form, base: str) -> SyntaxError | None:
        """Add what a piece says if all of it can be read; return what is wrong with it."""
        try:
            # No more than may be: a piece can be as large as a file.
            quads = list(islice(_parsed(piece.head + piece.text + piece.tail, form, base), most.STATEMENTS + 1))
        except SyntaxError as fault:
            return fault
        except MemoryError as fault:
            return SyntaxError(str(fault))
        self._add(quads)
        return None


def _unread(piece: Piece, fault: SyntaxError, form: Form) -> Broken:
    return Broken(piece.line + (fault.lineno or 1) - 1, not_read(fault, form), is_unread=True)


def _too_many() -> web.RefusedError:
    return web.RefusedError(Message("It has more than {statements:,} statements", statements=most.STATEMENTS))


def _statement_of_statement() -> web.RefusedError:
    return web.RefusedError(Message("It makes statements about statements (RDF 1.2), which DCAT does not use"))


def _flat(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces of Turtle that cannot nest statements in statements: the parser would call itself for each level."""
    opened, last = 0, b""
    for piece in pieces:
        opened += (last + piece).count(b"<<(")
        if opened > most.NESTING:
            raise _statement_of_statement()
        yield piece
        last = piece[-2:]


def _parsed(content: Reader | bytes, form: Form, base: str) -> Iterable[ox.Quad]:
    """Return what a document says, read leniently: no IRI or language tag ends it."""
    try:
        return ox.parse(content, format=form.parser, base_iri=base or None, lenient=True)  # type: ignore[arg-type]
    except ValueError as fault:
        hint = Message("Give an absolute IRI with --base.")
        raise web.RefusedError(Message("{base} is no IRI that others could begin from", base=base), hint) from fault


def not_read(fault: BaseException, form: Form) -> Message:
    """Return that a part was not read, and why."""
    return Message("This is not {name} and was not read: {reason}.", name=form.name, reason=reason_of(fault))
