"""A run of text while it is put together: what each stretch of markup does to the text and its links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ogp_data.core.messages import Message
from ogp_data.core.text import ENTITY, Fragment, Passage, decode
from ogp_data.documents.characters import INVISIBLE
from ogp_data.documents.document import Anchor
from ogp_data.documents.gathering import Gathering
from ogp_data.documents.html_names import VOID
from ogp_data.documents.joining import HYPHENS, SOFT_HYPHEN, Joint, end_of, joint, strip_end, tail

ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_IN_ADDRESS = re.compile(rf"{ENTITY.pattern}|{ESCAPED.pattern}")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_NEXT = re.compile(r"\s*+(?:<[^<>]{1,500}+>|\[|\s++){0,20}+([^\s<>\[]{1,60})")
_BREAKING = frozenset({"p", "br", "div", "li", "ul", "ol"})
_BLOCKS = frozenset({"p", "div", "li"})
"""The elements each of which is a paragraph or list item of its own."""
_PAIRED = frozenset(
    {"p", "div", "li", "ul", "ol"}
    | {"b", "i", "em", "strong", "u", "span", "sup", "sub", "small", "big", "font", "center"}
    | {"tt", "code", "kbd", "samp", "var", "mark", "abbr", "cite", "dfn"}
)
SHIFTED = {
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
class Token:
    """A stretch of the source that is no plain text, and what takes it up."""

    start: int
    end: int
    take: Callable[[Run, Token], None]
    name: str = ""
    closing: bool = False
    target: Passage | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A link that has begun: where, with what address, and with which fragment its label begins."""

    start: int
    target: Passage | None
    first: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A tag whose partner has not come yet: where it stands, with which fragment its text begins, and behind what."""

    start: int
    first: int
    before: str


@dataclass(slots=True)
class Run:
    """A run of text while it is put together.

    `soft` tells that it ends in a soft hyphen, `broken` where the second part of the last broken word begins, `said`
    that it holds more than white space.
    """

    reading: Gathering
    end: int
    cell: bool = False
    fragments: list[Fragment] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    opened: Open | None = None
    labels: list[Open] = field(default_factory=list)
    paired: dict[str, list[Pair]] = field(default_factory=dict)
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


def take_markup(run: Run, token: Token) -> None:
    """Set markup aside that stands for nothing."""
    run.reading.aside(token.start, token.end)


def take_entity(run: Run, token: Token) -> None:
    """Take up the character that a reference stands for."""
    if _UNSEEN.fullmatch(token.text):
        take_invisible(run, token)
    else:
        run.add(token.text, token.start, token.end)


def take_escaped(run: Run, token: Token) -> None:
    """Take up a character behind a backslash, which is no text itself."""
    run.reading.aside(token.start, token.start + 1)
    run.plain(token.start + 1, token.end)


def take_invisible(run: Run, token: Token) -> None:
    """Set a character aside that shows nothing; a soft hyphen may break a word."""
    run.reading.aside(token.start, token.end, "invisible")
    run.soft = run.soft or token.text == SOFT_HYPHEN


def take_line_end(run: Run, token: Token) -> None:
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


def take_address(run: Run, token: Token) -> None:
    """Take up `<https://...>`: the address is its own label."""
    start, end = token.start + 1, token.end - 1
    run.reading.aside(token.start, start)
    address = decoded(run.reading.source.text, start, end, escapes=False)
    for fragment in address:
        run.add(fragment.text, fragment.start, fragment.end)
    run.reading.aside(end, token.end)
    scheme = (Fragment(token.text, start, start),) if token.text else ()
    label = Passage(address)
    run.anchors.append(Anchor(label, Passage((*scheme, *label.fragments)), token.start))


def take_tag(run: Run, token: Token) -> None:
    """Set a tag aside, and do what it says."""
    run.reading.aside(token.start, token.end)
    if token.name in _BREAKING:
        _take_breaking(run, token)
    elif token.name == "a":
        _take_anchor(run, token)
    elif token.name in _PAIRED:
        _take_paired(run, token)
    else:
        run.add(" ", token.start, token.start)
        outcome = () if token.name not in VOID else (Message("it is set aside as markup and not published"),)
        run.reading.unread(Message("the tag <{name}>", name=token.name), token.start, *outcome)


def _take_breaking(run: Run, token: Token) -> None:
    """Take up a tag that parts what stands around it; a second paragraph of one line is told."""
    if run.said and not run.cell and token.name in _BLOCKS and not token.closing:
        run.reading.unread(
            Message("more than one paragraph or list item of one line (<{name}>)", name=token.name), token.start
        )
    run.add(" ", token.start, token.start)
    if token.name in _PAIRED:
        _take_paired(run, token)


def _take_paired(run: Run, token: Token) -> None:
    """Take up a tag that needs a partner; digits that its two enclose stay apart from those in front of them."""
    waiting = run.paired.setdefault(token.name, [])
    if not token.closing:
        waiting.append(Pair(token.start, len(run.fragments), run.last()))
    elif not waiting:
        unpaired(run.reading, f"</{token.name}>", Message("opened"), token.start)
    else:
        pair = waiting.pop()
        if token.name == "sup" or (token.name == "sub" and pair.before.isdigit()):
            if not waiting:
                _set_apart(run.fragments, pair, SHIFTED[token.name])
        elif token.name not in _BREAKING and not waiting:
            _check_number(run, token, pair)


def _set_apart(fragments: list[Fragment], pair: Pair, shifted: Mapping[int, int]) -> None:
    """Publish a short text that is set higher or lower as the characters which look so.

    Where there are none, it is kept apart from a number or word in front of it with a space.
    """
    enclosed = fragments[pair.first :]
    if sum(len(fragment.text) for fragment in enclosed[: _MARK + 1]) > _MARK:
        _part(fragments, pair)
        return
    text = "".join(fragment.text for fragment in enclosed).strip()
    if not text or belongs(pair.before, text):
        return
    if any(c.isalnum() and c.isascii() and ord(c) not in shifted for c in text):
        _part(fragments, pair)
        return
    fragments[pair.first :] = [replace(fragment, text=fragment.text.translate(shifted)) for fragment in enclosed]
    _part(fragments, pair)


def belongs(before: str, text: str) -> bool:
    """Return whether letters that are set higher are the end of the word or number in front of them."""
    if before.isdigit():
        return bool(_ORDINAL.fullmatch(text))
    return before.isalpha() and len(text) > 1 and text.isalpha()


def _part(fragments: list[Fragment], pair: Pair) -> None:
    """Put a space between a number or word and what must not be read as the rest of it."""
    first = fragments[pair.first]
    if pair.before.isalnum() and (first.text[0] in ".,:/-" or _reads_on(first.text[0])):
        fragments.insert(pair.first, Fragment(" ", first.start, first.start))


def _reads_on(character: str) -> bool:
    """Return whether a character goes on with a number or word in front of it, and is none that is set higher."""
    return character.isalnum() and unicodedata.normalize("NFKC", character) == character


def _check_number(run: Run, token: Token, pair: Pair) -> None:
    """Tell of digits in a tag that go on with a number in front of it; in small ones, they are kept apart."""
    after = run.fragments[pair.first].text[:1] if pair.first < len(run.fragments) else ""
    if not (after.isdigit() and _reads_on(after) and pair.before.isdigit()):
        return
    if token.name == "small":
        _part(run.fragments, pair)
    run.reading.unread(
        Message("digits in <{name}> directly after a number, which may be a note reference", name=token.name),
        pair.start,
    )


def _take_anchor(run: Run, token: Token) -> None:
    if not token.closing:
        if run.opened and run.opened.target is not None:
            run.reading.fault("unclosed-anchor", Message("A link begins inside another link."), token.start)
        run.opened = Open(token.start, token.target, len(run.fragments))
    elif run.opened is None:
        run.reading.fault("unclosed-anchor", Message("A link is closed with </a> that was never opened."), token.start)
    else:
        _close(run, run.opened)
        run.opened = None


def _close(run: Run, opened: Open) -> None:
    """Take up a link whose label has ended; a place that links lead to has no address and is none."""
    label = Passage(tuple(run.fragments[opened.first :]))
    _part_note(run, opened, label.text)
    if opened.target is None:
        return
    if not label.text:
        message = Message("A link to {text!r} has no label.", text=opened.target.text[:80])
        run.reading.fault("link-without-label", message, opened.start)
    run.anchors.append(Anchor(label, opened.target, opened.start, resumes=0 <= run.broken == label.start))


def _part_note(run: Run, opened: Open, label: str) -> None:
    """Put a space between a text and the mark of a note that is a link right behind it: 2022[1] is not 20221."""
    before = run.fragments[opened.first - 1].text[-1] if opened.first else ""
    if not before or not label or any(run.paired.get(name) for name in SHIFTED):
        return
    numbers = before.isdigit() and label[0].isdigit()
    if not (numbers or _NOTE.fullmatch(label)):
        return
    marked = before.isdigit() or before in "%‰°" or (label[0].isdigit() and (before.isalpha() or before in ".,;:!?)”’"))
    if not (marked and _reads_on(label[0])):
        return
    start = run.fragments[opened.first].start
    run.fragments.insert(opened.first, Fragment(" ", start, start))
    run.reading.unread(Message("a note reference that is a link"), opened.start)


def take_link_start(run: Run, token: Token) -> None:
    """Begin the label of a link."""
    run.reading.aside(token.start, token.end)
    run.labels.append(Open(token.start, None, len(run.fragments)))


def take_picture(run: Run, token: Token) -> None:
    """Begin the words of a picture, whose address is no link."""
    run.reading.aside(token.start, token.end)
    run.labels.append(Open(-1, None, len(run.fragments)))


def take_link_end(run: Run, token: Token) -> None:
    """End the label of a link, and set its address aside."""
    run.reading.aside(token.start, token.end)
    opened = run.labels.pop()
    if opened.start >= 0:
        _close(run, Open(opened.start, token.target, opened.first))


def unpaired(reading: Gathering, tag: str, how: str, start: int) -> None:
    """Take up that a tag has no partner."""
    message = Message(
        "The tag {tag} is never {how} in its line or paragraph; it is set aside as markup.", tag=tag, how=how
    )
    reading.fault("unpaired-tag", message, start, form=tag)


def decoded(text: str, start: int, end: int, escapes: bool = True) -> tuple[Fragment, ...]:
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
