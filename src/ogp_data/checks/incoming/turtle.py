"""Turtle, TriG and N-Triples that break off or are broken somewhere: the statements that can be told apart for certain.

A text between single quotes cannot go on behind the end of its line; where one does, all that follows on that line is
unknown, and reading goes on where a statement begins for certain: at the start of a line, below one that ends in a dot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ogp_data.checks.incoming import characters
from ogp_data.checks.incoming.pieces import Broken, Faults, Piece
from ogp_data.core import bounds as most
from ogp_data.core.messages import Message
from ogp_data.core.web.faults import TooLargeError

_TOKEN = re.compile(
    rb"""(?P<skip>\s++|\#[^\r\n]*+)
      |(?P<text>\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
        |"(?!"")(?:[^"\\\r\n]++|\\.)*+"|'(?!'')(?:[^'\\\r\n]++|\\.)*+')
      |(?P<iri><[^<>\r\n]*+>)
      |(?P<open>[\[(]|<<)|(?P<close>[\])]|>>)|(?P<brace>[{}])
      |(?P<next>;)|(?P<comma>,)
      |(?P<name>(?:[^\s"'<>\#\[\](){};,.\\]|\\.|\.(?=[^\s"'<>\#\[\](){};,.]))++)
      |(?P<dot>\.)|(?P<bad>.)""",
    re.DOTALL | re.VERBOSE,
)
_DIRECTIVE = re.compile(
    rb"@prefix\s+[^\s:]*:\s*<[^<>\s]*>\s*\.|@base\s*<[^<>\s]*>\s*\.|(?i:prefix)\s+[^\s:]*:\s*<[^<>\s]*>|(?i:base)\s*<[^<>\s]*>"
)
_RESUME = re.compile(rb"\.[ \t]*(?:#[^\r\n]*)?\r?\n(?:[ \t]*+(?:#[^\r\n]*+)?\r?\n)*+(?=[<@_\[A-Za-z:])")
_UNDERSCORED = re.compile(rb"@(?=[^_]*_)[A-Za-z]+(?:[_-][A-Za-z0-9]+)*")
_MOST_DIRECTIVES = 200
"""Prefixes that are kept for the statements behind them; who declares more of them reads no further."""


@dataclass(slots=True)
class _Scan:
    """Goes through a text, statement by statement."""

    content: bytes
    broken: list[Broken]
    faults: Faults
    directives: dict[bytes, None] = field(default_factory=dict)
    head: bytes = b""
    """All directives so far, as one line."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the statements."""
        at, length = 0, len(self.content)
        while at < length and len(self.broken) < most.FAULTS:
            at = _Statement.begin(self.content, at)
            if directive := _DIRECTIVE.match(self.content, at):
                at = self._directed(directive)
                continue
            statement = _Statement.read(self.content, at)
            if statement.text is not None:
                yield Piece(self.faults.line_of(at), statement.text, self.head, b" .")
            at = statement.end if statement.bad is None else self._resumed(statement.bad)

    def _directed(self, directive: re.Match[bytes]) -> int:
        """Take in a directive; return where reading goes on."""
        text = b" ".join(directive[0].split())
        if text not in self.directives:
            self.directives[text] = None
            self.head += text + b" "
        if len(self.directives) > _MOST_DIRECTIVES:
            self._end(directive.start(), Message("There are too many prefixes."))
            return len(self.content)
        return directive.end()

    def _resumed(self, bad: int) -> int:
        """Return where reading goes on behind what cannot be told apart."""
        found = _RESUME.search(self.content, bad)
        if found is None:
            self._end(bad, Message("A text, name or bracket is not closed here; nothing is known of what follows."))
            return len(self.content)
        words = Message(
            "A text, name or bracket is not closed here; what follows was not read up to the next statement."
        )
        self.faults.tell(bad, words, is_unread=True)
        return found.end()

    def _end(self, at: int, words: Message) -> None:
        self.broken.append(Broken(self.faults.line_of(at), words, is_unread=True))


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement without its dot, or what of it stands before the place where it is broken."""

    text: bytes | None
    end: int
    bad: int | None = None

    @staticmethod
    def begin(content: bytes, at: int) -> int:
        """Return where the next statement begins: behind space and comments."""
        while (token := _TOKEN.match(content, at)) and token.lastgroup == "skip":
            at = token.end()
        return at

    @classmethod
    def read(cls, content: bytes, start: int) -> _Statement:
        """Return the statement that begins at a place."""
        depth, safe = 0, start
        for token in _TOKEN.finditer(content, start):
            kind = token.lastgroup
            depth += (kind == "open") - (kind == "close")
            if kind == "brace" and depth == 0:
                # What stands before { names a graph; before } the last statement needs no dot. All graphs are one.
                text = content[start : token.start()].strip() if token[0] == b"}" else None
                return cls(text or None, token.end())
            if kind == "dot" and depth == 0:
                return cls(content[start : token.start()], token.end())
            if kind == "next" and depth == 0:
                safe = token.start()
            if kind in ("bad", "dot", "brace") or depth < 0:
                return cls(content[start:safe] or None, token.end(), token.start())
        if content[start:].strip():
            return cls(content[start:safe] or None, len(content), len(content))
        return cls(None, len(content))


def pieces(content: bytes, broken: list[Broken]) -> Iterator[Piece]:
    """Yield the statements of a text; what cannot be told apart is added to `broken`."""
    return _Scan(content, broken, Faults(content, broken)).pieces()


def lines(pieces: Iterable[bytes]) -> Iterator[Piece]:
    """Yield the lines of N-Triples or N-Quads, each of which is a statement."""
    for number, line in enumerate(_split(pieces), 1):
        if text := line.strip():
            yield Piece(number, text)


def _split(pieces: Iterable[bytes]) -> Iterator[bytes]:
    begun, length = list[bytes](), 0  # joined once, for a line may be as long as the file
    for piece in pieces:
        first, *others = piece.split(b"\n")
        begun.append(first)
        length = len(others[-1]) if others else length + len(first)
        if length > most.CATALOGUE_BYTES:
            raise TooLargeError(Message("A line of it is longer than {bytes:,} bytes", bytes=most.CATALOGUE_BYTES))
        if others:
            yield b"".join(begun)
            *whole, last = others
            yield from whole
            begun = [last]
    yield b"".join(begun)


_SOUND = re.compile(
    rb"""(?:[^"'<\#]++|\#[^\r\n]*+|<[^<>\r\n]*+>|<
          |\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
          |"(?!"")(?:[^"\\\r\n]++|\\[^\r\n])*+"|'(?!'')(?:[^'\\\r\n]++|\\[^\r\n])*+')*+""",
    re.DOTALL | re.VERBOSE,
)
_OVER_LINES = re.compile(rb"""\"(?:[^"\\]++|\\.)*+\"|'(?:[^'\\]++|\\.)*+'""", re.DOTALL)


def broken_texts(content: bytes) -> Iterator[Broken]:
    """Yield the texts that go on behind the end of their line, as only those in three quotes may; they were read so."""
    at, line, counted = 0, 1, 0
    while (sound := _SOUND.match(content, at)) and (over := _OVER_LINES.match(content, sound.end())):
        line, counted = line + content.count(b"\n", counted, over.start()), over.start()
        yield Broken(line, Message("A text goes on behind the end of its line, as only three quotes let it."))
        at = over.end()


NOT_UTF_8 = Message("This line has characters that are not UTF-8; they were read as Windows-1252.")


def in_utf_8(text: bytes) -> tuple[bytes, list[int]]:
    """Return a text in UTF-8, and in which of its lines were bytes that are none, which are read as Windows-1252."""
    try:
        text.decode()
    except UnicodeDecodeError:
        read, found = list[bytes](), list[int]()
        for number, line in enumerate(text.split(b"\n"), 1):
            plain = line.decode("utf-8", characters.AS_WINDOWS).encode()
            read.append(plain)
            if plain != line:
                found.append(number)
        return b"\n".join(read), found
    return text, []


def mended(piece: Piece) -> tuple[Piece, list[Broken]]:
    """Return a piece in UTF-8 and with hyphens in its language tags (nl_NL means nl-NL), and what was wrong with it."""
    text, lines_of_bytes = in_utf_8(piece.text)
    broken = [Broken(piece.line + line - 1, NOT_UTF_8) for line in lines_of_bytes]
    faults = Faults(text, broken, piece.line)

    def mend(token: re.Match[bytes]) -> bytes:
        if token.lastgroup != "name" or not _UNDERSCORED.fullmatch(token[0]):
            return token[0]
        tag = token[0][1:].decode()
        words = Message(
            "The language tag {tag} has an underscore where a hyphen belongs; it was read as {read}.",
            tag=tag,
            read=tag.replace("_", "-"),
        )
        faults.tell(token.start(), words)
        return token[0].replace(b"_", b"-")

    return replace(piece, text=_TOKEN.sub(mend, text)), broken


def parts(piece: Piece) -> list[Piece]:
    """Return what a statement says of its subject, property by property; nothing where the subject is no name."""
    text = piece.text
    subject = _TOKEN.match(text)
    if subject is None or subject.lastgroup not in ("iri", "name"):
        return []
    ends, depth = list[int](), 0
    for token in _TOKEN.finditer(text):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if token.lastgroup == "next" and depth == 0:
            ends.append(token.start())
    found, at, place = list[Piece](), subject.end(), Faults(text, [], piece.line)
    for end in (*ends, len(text)):
        said = text[at:end]
        if said.strip():
            found.append(replace(piece, line=place.line_of(at), text=subject[0] + b" " + said))
        at = end + 1
    return found if len(found) > 1 else []
