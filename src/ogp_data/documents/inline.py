"""Reads a run of text: takes out its markup and finds its links, in work that grows with its length.

First the places where markup may begin are looked at from left to right (`_tokens`), then brackets are paired
(`_links`), then the text is put together (`read_inline`). No step looks at a character more than a few times.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.entities import html5

from ogp_data.core.text import ENTITY, Fragment, Passage, decode
from ogp_data.documents.document import Anchor, Inline
from ogp_data.documents.gathering import Gathering
from ogp_data.documents.html_names import VOID, is_tag
from ogp_data.documents.joining import HYPHENS, SOFT_HYPHEN, Joint, end_of, joint, strip_end, tail

INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u2060-\u2064\ufeff"
_JOINERS = "\u200c\u200d"
_LINE_END = "(?:\r\n|[\n\r\f\u2028\u2029])"
_POINT = re.compile(rf"[<&\\{INVISIBLE}]|{_LINE_END}\s*")
_BRACKET = re.compile(r"[\[\]()]")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_IN_ADDRESS = re.compile(rf"{ENTITY.pattern}|{_ESCAPED.pattern}")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_NEXT = re.compile(r"\s*+(?:<[^<>]{1,500}+>|\[|\s++){0,20}+([^\s<>\[]{1,60})")

_MARKED = re.compile(
    r"(?<![\w\\*/])\*(?=[^\s*])[^*\n\r]{1,200}(?<=[^\s\\])\*(?![\w*])"
    r"|(?<![\w\\/])_{1,2}(?=[^\s_])[^_\n\r]{1,200}(?<=[^\s\\])_{1,2}(?![\w/])"
    r"|(?<![\w\\~/])~~(?=[^\s~])[^~\n\r]{1,200}(?<=[^\s\\])~~(?![\w~])"
    r"|(?<=\w)([~^])[^\W_]{1,10}\1"
    r"|(?<!\\)\{[#.][A-Za-z][\w.:-]{0,60}(?:\s[^{}\n\r]{0,100})?\}"
)
"""Emphasis, what is struck out, set lower or higher, and attributes, as Markdown and Pandoc write them in a line."""
_BREAK = re.compile(rf"\\{_LINE_END}")
"""A backslash at the end of a line, by which Pandoc and CommonMark break it."""
_UNENDED = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(?![\w;=])")

_NAME = r"[A-Za-z][A-Za-z0-9]*+"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_ATTRIBUTE = rf"""\s++([^\s"'<>/=]++)(?:\s*+=\s*+({_VALUE}))?+"""
_TAG = re.compile(rf"<(?P<closing>/?)(?P<name>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+/?>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TORN = re.compile(rf"<(?P<name>{_NAME})\s++(?P<attribute>[^\s\"'<>/=]++)\s*+=")
_ADDRESS = re.compile(r"<(?P<address>(?:https?|ftp)://[^\s<>]++|mailto:[^\s<>]++)>", re.I)
_MAIL = re.compile(r"<(?P<address>[\w.!#$%&'*+/=?^`{|}~-]++@[\w-]++(?:\.[\w-]++)++)>", re.A)
_LIKE_A_TAG = re.compile(r"<(?:[/!?]?[A-Za-z][^<>]*+>|!(?:--|\[)[^<>]*+>?)")
"""What may be meant as a tag, a comment that goes on behind a blank line, or a condition of Word."""
_DESTINATION = re.compile(
    r"\s*+(?:<(?P<pointed>[^<>\n]*+)>|(?P<bare>(?!<)\S*+))"
    r"(?:\s++(?P<title>\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+"
)
_SCHEME = re.compile(r"\s*+(?:https?:|mailto:|ftp:|www\.)", re.I)
_DEEPEST = 32
"""So many brackets within each other may be part of an address, as Markdown has it."""

_BREAKING = frozenset({"p", "br", "div", "li", "ul", "ol"})
_BLOCKS = frozenset({"p", "div", "li"})
"""The elements each of which is a paragraph or list item of its own."""
_PAIRED = frozenset(
    {"p", "div", "li", "ul", "ol"}
    | {"b", "i", "em", "strong", "u", "span", "sup", "sub", "small", "big", "font", "center"}
    | {"tt", "code", "kbd", "samp", "var", "mark", "abbr", "cite", "dfn"}
)
_SHIFTED = {
    "sup": str.maketrans(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
    ),
    "sub": str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
}
"""The characters that look as if they were set higher or lower."""
_ORDINAL = re.compile(r"(?:e|de|ste|er|re|ère|ème|nd|rd|st|th)\.?")
"""What is set higher behind a number that tells an order: 1e, 2de, 3rd. It belongs to the number."""
_MARK = 20
"""So many characters set higher or lower may be a mark; more are text that only looks so."""
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|\*{1,3})[\])]?")
"""What the label of a link says where the link is the mark of a note."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch of the source that is no plain text, and what takes it up."""

    start: int
    end: int
    take: Callable[[_Run, _Token], None]
    name: str = ""
    closing: bool = False
    target: Passage | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Open:
    """A link that has begun: where, with what address, and with which fragment its label begins."""

    start: int
    target: Passage | None
    first: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """A tag whose partner has not come yet: where it stands, with which fragment its text begins, and behind what."""

    start: int
    first: int
    before: str


@dataclass(slots=True)
class _Run:
    """A run of text while it is put together.

    `soft` tells that it ends in a soft hyphen, `broken` where the second part of the last broken word begins, `said`
    that it holds more than white space.
    """

    reading: Gathering
    end: int
    cell: bool = False
    fragments: list[Fragment] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    opened: _Open | None = None
    labels: list[_Open] = field(default_factory=list)
    paired: dict[str, list[_Pair]] = field(default_factory=dict)
    soft: bool = False
    broken: int = -1
    said: bool = False

    def add(self, text: str, start: int, end: int) -> None:
        """Take up a text and the span of the source that it stands for."""
        if text:
            self.fragments.append(Fragment(text, start, end))
            blank = text.isspace()
            self.soft, self.said = self.soft and blank, self.said or not blank

    def last(self) -> str:
        """Return the last character; "" where there is none, or one that is set higher or lower."""
        last = self.fragments[-1].text[-1] if self.fragments else ""
        return last if unicodedata.normalize("NFKC", last) == last else ""

    def plain(self, start: int, end: int) -> None:
        """Take up a stretch of the source as it stands."""
        self.add(self.reading.source.text[start:end], start, end)


def read_inline(reading: Gathering, start: int, end: int, cell: bool = False) -> Inline:
    """Return the text between two offsets without its markup, and its links; a cell may hold several paragraphs."""
    run = _Run(reading, end, cell)
    tokens = list(_tokens(reading, start, end))
    tokens = sorted([*tokens, *_links(reading, tokens, start, end)], key=lambda token: token.start)
    at = start
    for token in tokens:
        if token.start >= at:
            run.plain(at, token.start)
            token.take(run, token)
            at = token.end
    run.plain(at, end)
    _check_pairs(run)
    _check_marks(reading, tokens, start, end)
    return Inline(Passage(tuple(run.fragments)), tuple(run.anchors), run.soft)


def _check_pairs(run: _Run) -> None:
    if run.opened and run.opened.target is not None:
        run.reading.fault("unclosed-anchor", "A link is opened with <a and never closed.", run.opened.start)
    for name, pairs in run.paired.items():
        for pair in pairs:
            _unpaired(run.reading, f"<{name}>", "closed", pair.start)


def _check_marks(reading: Gathering, tokens: Sequence[_Token], start: int, end: int) -> None:
    """Take up what Markdown marks inside of a line and this reader publishes as it stands."""
    text = reading.source.text
    for match in _MARKED.finditer(text, start, end):
        before = bisect_right(tokens, match.start(), key=lambda token: token.start)
        if not before or tokens[before - 1].end <= match.start():
            message = f"“{_short(match[0])}” looks like markup that was not read; it is published as text."
            reading.fault("markup-as-text", message, match.start())


def _unpaired(reading: Gathering, tag: str, how: str, start: int) -> None:
    message = f"The tag {tag} is never {how} in its line or paragraph; it is set aside as markup."
    reading.fault("unpaired-tag", message, start, form=tag)


# Where markup begins ------------------------------------------------------------------------------------


def _tokens(reading: Gathering, start: int, end: int) -> Iterator[_Token]:
    """Yield tags, addresses, references, escapes, invisible characters and ends of lines from left to right."""
    text, at = reading.source.text, start
    closed = text.rfind("-->", start, end)
    while found := _POINT.search(text, at, end):
        token = _token(reading, found, end, closed)
        at = token.end if token else found.end()
        if token:
            yield token


def _token(reading: Gathering, found: re.Match[str], end: int, closed: int) -> _Token | None:
    text, at, character = found.string, found.start(), found[0][0]
    if character == "<":
        return _pointed(reading, text, at, end, closed)
    if character == "&":
        return _reference(reading, text, at, end)
    if character == "\\":
        escaped = _ESCAPED.match(text, at, end)
        if _BREAK.match(text, at, end):
            return _Token(at, at + 1, _take_markup)
        return _Token(at, at + 2, _take_escaped) if escaped else None
    if character.isspace():
        return _Token(at, found.end(), _take_line_end)
    if character in _JOINERS and _joins(text, at, end):
        return None
    return _Token(at, at + 1, _take_invisible, text=character)


def _reference(reading: Gathering, text: str, at: int, end: int) -> _Token | None:
    """Return a character reference; what looks like one and stands for nothing is text, and is told."""
    entity = ENTITY.match(text, at, end)
    character = decode(entity[0]) if entity else ""
    if entity and character == entity[0]:
        message = f"“{entity[0]}” stands for no character that can be published; it is published as it is written."
        reading.fault("markup-as-text", message, at)
    elif entity is None and (torn := _UNENDED.match(text, at, end)) and _is_name(torn[1]):
        message = (
            f"“{torn[0]}” has no semicolon behind it, so it is published as text and not as “{decode(torn[0] + ';')}”."
        )
        reading.fault("markup-as-text", message, at)
    return _Token(at, entity.end(), _take_entity, text=character) if entity else None


def _is_name(reference: str) -> bool:
    """Return whether a reference without & and ; is one: very short names are words as well (R&D, and&or)."""
    return reference[0] == "#" or reference in html5 or (len(reference) > 3 and f"{reference};" in html5)


def _joins(text: str, at: int, end: int) -> bool:
    """Return whether a joiner stands inside a word of a script that needs it, or a composed sign."""
    before, after = text[max(at - 1, 0) : at], text[at + 1 : min(at + 2, end)]
    return all(side and ord(side) > 0x24F and not side.isspace() for side in (before, after))


def _pointed(reading: Gathering, text: str, at: int, end: int, closed: int) -> _Token | None:
    """Return what begins with <: a comment, a tag, an address; None when it is text."""
    if text.startswith("<!--", at):
        if closed >= at + 4:
            return _Token(at, text.index("-->", at + 4) + 3, _take_markup)
    elif address := _ADDRESS.match(text, at, end) or _MAIL.match(text, at, end):
        return _Token(at, address.end(), _take_address, text="" if ":" in address["address"] else "mailto:")
    elif tag := _TAG.match(text, at, end):
        attributes = _attributes(tag)
        if is_tag(tag["name"], ((name, value) for name, value, _ in attributes), tag["closing"] == "/"):
            return _tag(tag, attributes)
    elif (torn := _TORN.match(text, at, end)) and is_tag(torn["name"], [(torn["attribute"], "")]):
        line = text[at : at + 40].splitlines()[0]
        reading.fault("unclosed-anchor", f"The tag that begins with {line!r} is not closed.", at)
        return None
    if like := _LIKE_A_TAG.match(text, at, end):
        message = f"“{_short(like[0])}” may be meant as markup and is none that HTML has here; it is published as text."
        reading.fault("markup-as-text", message, at)
    return None


def _short(text: str) -> str:
    return " ".join(text[:80].split())


def _attributes(tag: re.Match[str]) -> list[tuple[str, str | None, int]]:
    """Return the attributes of a tag, each with its value as written and the offset of the value."""
    found = []
    for match in _ATTRIBUTES.finditer(tag.string, *tag.span("attributes")):
        value, at = match[2], match.start(2)
        quoted = value is not None and value[0] in "\"'"
        found.append((match[1], value[1:-1] if quoted else value, at + 1 if quoted else at))
    return found


def _tag(tag: re.Match[str], attributes: list[tuple[str, str | None, int]]) -> _Token:
    name, closing = tag["name"].lower(), tag["closing"] == "/"
    named = {key.lower(): (value, at) for key, value, at in reversed(attributes)}
    target = None
    if name == "a" and not closing and not ("href" not in named and named.keys() & {"name", "id"}):
        value, at = named.get("href", ("", tag.end()))
        target = Passage(_decoded(tag.string, at, at + len(value or "")))
    return _Token(tag.start(), tag.end(), _take_tag, name, closing, target)


# Links of Markdown --------------------------------------------------------------------------------------


def _links(reading: Gathering, tokens: Sequence[_Token], start: int, end: int) -> list[_Token]:
    """Return two tokens for each `[label](address)`: its bracket, and the rest after its label."""
    text = reading.source.text
    brackets = list(_free_brackets(text, tokens, start, end))
    pairs = _pairs(text, brackets)
    taken = {token.end for token in tokens}
    found: list[_Token] = []
    opened: list[int] = []
    linked = after = start
    for at in brackets:
        if text[at] == "[" and at >= after:
            opened.append(at)
        elif text[at] == "]" and at >= after and opened:
            first = opened.pop()
            link = _link(text, at, pairs.get(at + 1)) if first >= linked else None
            if link:
                linked, after = first, link.end
                found += [_opening(reading, text, first, first > start and first not in taken), link]
            else:
                _check_reference(reading, text, first, at)
    return found


def _free_brackets(text: str, tokens: Sequence[_Token], start: int, end: int) -> Iterator[int]:
    """Yield where brackets stand outside tags and escapes; an address in < and > may be a link's."""
    at = 0
    for match in _BRACKET.finditer(text, start, end):
        while at < len(tokens) and tokens[at].end <= match.start():
            at += 1
        if at == len(tokens) or match.start() < tokens[at].start:
            yield match.start()


def _pairs(text: str, brackets: Iterable[int]) -> dict[int, int]:
    """Return each round bracket with the one that closes it, where not too many stand within each other."""
    pairs: dict[int, int] = {}
    opened: list[tuple[int, int]] = []
    for at in brackets:
        if text[at] == "(":
            opened.append((at, 0))
        elif text[at] == ")" and opened:
            first, depth = opened.pop()
            if depth < _DEEPEST:
                pairs[first] = at
            if opened:
                outer, deepest = opened[-1]
                opened[-1] = (outer, max(deepest, depth + 1))
    return pairs


def _link(text: str, at: int, closed: int | None) -> _Token | None:
    """Return the rest of a link from the end of its label, or None when no address follows there."""
    if closed is None:
        return None
    first, last = at + 2, closed
    if match := _DESTINATION.fullmatch(text, first, last):
        first, last = match.span("pointed" if match["pointed"] is not None else "bare")
    elif not _SCHEME.match(text, first, last):
        return None
    return _Token(at, closed + 1, _take_link_end, target=Passage(_decoded(text, first, last)))


def _opening(reading: Gathering, text: str, at: int, free: bool) -> _Token:
    if free and text[at - 1] == "!":
        reading.unread("a picture (![...](...))", at, "its words are published as text, and its address is not")
        return _Token(at - 1, at + 1, _take_picture)
    return _Token(at, at + 1, _take_link_start)


def _check_reference(reading: Gathering, text: str, first: int, last: int) -> None:
    """Take up a footnote mark, or a label that the document gives an address elsewhere."""
    if text[first + 1] == "^" and last - first > 2:
        reading.unread("footnotes ([^...])", first)
    elif reading.labels and last - first < 300 and " ".join(text[first + 1 : last].split()).lower() in reading.labels:
        reading.unread("links by reference ([...][...])", first)


# Putting together ---------------------------------------------------------------------------------------


def _take_markup(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.end)


def _take_entity(run: _Run, token: _Token) -> None:
    if _UNSEEN.fullmatch(token.text):
        _take_invisible(run, token)
    else:
        run.add(token.text, token.start, token.end)


def _take_escaped(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.start + 1)
    run.plain(token.start + 1, token.end)


def _take_invisible(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.end, "invisible")
    run.soft = run.soft or token.text == SOFT_HYPHEN


def _take_line_end(run: _Run, token: _Token) -> None:
    """Take up the end of a line: a space, or nothing where it breaks a word."""
    before = tail(run.fragments)
    after = _NEXT.match(run.reading.source.text, token.end, run.end) if run.soft or before[-1:] in HYPHENS else None
    between = joint(before, after[1], run.soft) if after else Joint()
    if between.text or after is None:
        run.plain(token.start, token.end)
        return
    strip_end(run.fragments)
    run.broken = after.start(1)
    if between.doubtful:
        run.reading.doubt(before, after[1], end_of(run.fragments) - 1)


def _take_address(run: _Run, token: _Token) -> None:
    """Take up `<https://...>`: the address is its own label."""
    start, end = token.start + 1, token.end - 1
    run.reading.aside(token.start, start)
    address = _decoded(run.reading.source.text, start, end, escapes=False)
    for fragment in address:
        run.add(fragment.text, fragment.start, fragment.end)
    run.reading.aside(end, token.end)
    scheme = (Fragment(token.text, start, start),) if token.text else ()
    label = Passage(address)
    run.anchors.append(Anchor(label, Passage((*scheme, *label.fragments)), token.start))


def _take_tag(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.end)
    if token.name in _BREAKING:
        _take_breaking(run, token)
    elif token.name == "a":
        _take_anchor(run, token)
    elif token.name in _PAIRED:
        _take_paired(run, token)
    else:
        run.add(" ", token.start, token.start)
        outcome = () if token.name not in VOID else ("it is set aside as markup, and nothing of it is published",)
        run.reading.unread(f"the tag <{token.name}>", token.start, *outcome)


def _take_breaking(run: _Run, token: _Token) -> None:
    """Take up a tag that parts what stands around it; a second paragraph of one line is told."""
    if run.said and not run.cell and token.name in _BLOCKS and not token.closing:
        run.reading.unread(f"more than one paragraph or list item of one line (<{token.name}>)", token.start)
    run.add(" ", token.start, token.start)
    if token.name in _PAIRED:
        _take_paired(run, token)


def _take_paired(run: _Run, token: _Token) -> None:
    """Take up a tag that needs a partner; digits that its two enclose stay apart from those in front of them."""
    waiting = run.paired.setdefault(token.name, [])
    if not token.closing:
        waiting.append(_Pair(token.start, len(run.fragments), run.last()))
    elif not waiting:
        _unpaired(run.reading, f"</{token.name}>", "opened", token.start)
    else:
        pair = waiting.pop()
        if token.name == "sup" or (token.name == "sub" and pair.before.isdigit()):
            if not waiting:
                _set_apart(run.fragments, pair, _SHIFTED[token.name])
        elif token.name not in _BREAKING and not waiting:
            _check_number(run, token, pair)


def _set_apart(fragments: list[Fragment], pair: _Pair, shifted: Mapping[int, int]) -> None:
    """Publish a short text that is set higher or lower as the characters which look so.

    Where there are none, it is kept apart from a number or word in front of it with a space.
    """
    enclosed = fragments[pair.first :]
    if sum(len(fragment.text) for fragment in enclosed[: _MARK + 1]) > _MARK:
        _part(fragments, pair)
        return
    text = "".join(fragment.text for fragment in enclosed).strip()
    if not text or _belongs(pair.before, text):
        return
    if any(c.isalnum() and c.isascii() and ord(c) not in shifted for c in text):
        _part(fragments, pair)
        return
    fragments[pair.first :] = [replace(fragment, text=fragment.text.translate(shifted)) for fragment in enclosed]
    _part(fragments, pair)


def _belongs(before: str, text: str) -> bool:
    """Return whether letters that are set higher are the end of the word or number in front of them."""
    if before.isdigit():
        return bool(_ORDINAL.fullmatch(text))
    return before.isalpha() and len(text) > 1 and text.isalpha()


def _part(fragments: list[Fragment], pair: _Pair) -> None:
    """Put a space between a number or word and what must not be read as the rest of it."""
    first = fragments[pair.first]
    if pair.before.isalnum() and (first.text[0] in ".,:/-" or _reads_on(first.text[0])):
        fragments.insert(pair.first, Fragment(" ", first.start, first.start))


def _reads_on(character: str) -> bool:
    """Return whether a character goes on with a number or word in front of it, and is none that is set higher."""
    return character.isalnum() and unicodedata.normalize("NFKC", character) == character


def _check_number(run: _Run, token: _Token, pair: _Pair) -> None:
    """Tell of digits in a tag that go on with a number in front of it; in small ones, they are kept apart."""
    after = run.fragments[pair.first].text[:1] if pair.first < len(run.fragments) else ""
    if not (after.isdigit() and _reads_on(after) and pair.before.isdigit()):
        return
    if token.name == "small":
        _part(run.fragments, pair)
    run.reading.unread(f"digits in <{token.name}> right behind a number, which may be the mark of a note", pair.start)


def _take_anchor(run: _Run, token: _Token) -> None:
    if not token.closing:
        if run.opened and run.opened.target is not None:
            run.reading.fault("unclosed-anchor", "A link begins inside another link.", token.start)
        run.opened = _Open(token.start, token.target, len(run.fragments))
    elif run.opened is None:
        run.reading.fault("unclosed-anchor", "A link is closed with </a> that was never opened.", token.start)
    else:
        _close(run, run.opened)
        run.opened = None


def _close(run: _Run, opened: _Open) -> None:
    """Take up a link whose label has ended; a place that links lead to has no address and is none."""
    label = Passage(tuple(run.fragments[opened.first :]))
    _part_note(run, opened, label.text)
    if opened.target is None:
        return
    if not label.text:
        message = f"A link to {opened.target.text[:80]!r} has no label."
        run.reading.fault("link-without-label", message, opened.start)
    run.anchors.append(Anchor(label, opened.target, opened.start, resumes=0 <= run.broken == label.start))


def _part_note(run: _Run, opened: _Open, label: str) -> None:
    """Put a space between a text and the mark of a note that is a link right behind it: 2022[1] is not 20221."""
    before = run.fragments[opened.first - 1].text[-1] if opened.first else ""
    if not before or not label or any(run.paired.get(name) for name in _SHIFTED):
        return
    numbers = before.isdigit() and label[0].isdigit()
    if not (numbers or _NOTE.fullmatch(label)):
        return
    marked = before.isdigit() or before in "%‰°" or (label[0].isdigit() and (before.isalpha() or before in ".,;:!?)”’"))
    if not (marked and _reads_on(label[0])):
        return
    start = run.fragments[opened.first].start
    run.fragments.insert(opened.first, Fragment(" ", start, start))
    run.reading.unread("a mark of a note that is a link", opened.start)


def _take_link_start(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.end)
    run.labels.append(_Open(token.start, None, len(run.fragments)))


def _take_picture(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.end)
    run.labels.append(_Open(-1, None, len(run.fragments)))


def _take_link_end(run: _Run, token: _Token) -> None:
    run.reading.aside(token.start, token.end)
    opened = run.labels.pop()
    if opened.start >= 0:
        _close(run, _Open(opened.start, token.target, opened.first))


def _decoded(text: str, start: int, end: int, escapes: bool = True) -> tuple[Fragment, ...]:
    """Return a stretch of an address with its references and escapes decoded, each a fragment of its own."""
    fragments, at = [], start
    for match in (_IN_ADDRESS if escapes else ENTITY).finditer(text, start, end):
        fragments.append(Fragment(text[at : match.start()], at, match.start()))
        if match[0][0] == "\\":
            fragments.append(Fragment(match[0][1], match.start() + 1, match.end()))
        else:
            fragments.append(Fragment(decode(match[0]), match.start(), match.end()))
        at = match.end()
    fragments.append(Fragment(text[at:end], at, end))
    return tuple(fragment for fragment in fragments if fragment.text)
