"""What somebody did who wrote a file that is not TOML, and what to write instead: a parser says where it gave up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ogp_data.core.messages import Message

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TEXT = re.compile(r'"(?:\\.|[^"\\])*"' + r"|'[^']*'")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]|\.|"[^"]*"|'[^']*')+)\s*=""")
_TABLE = re.compile(r"\s*\[{1,2}[^\[\]=]+\]{1,2}\s*(?:#.*)?")
_CURLY = re.compile(r"(?:^|[=\[,{]\s*)[“”„‟‘’‚«»]|[“”„‟‘’‚«»]\s*(?:$|[,\]}=#])")
_DAY = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"|\d{1,2}(?:\.|st|nd|rd|th)? +[^\W\d]{3,}\.?,? +\d{4}"
    r"|[^\W\d]{3,}\.? +\d{1,2}(?:st|nd|rd|th)?,? +\d{4}"
)
_SPAN = re.compile(r"\d{4}\s*[-/–—]\s*\d{1,4}")
_WORDS = re.compile(r"[^\W\d].*")
_ENTRY = re.compile(r"(?:^|[\[,{=])\s*([^\[\],{}=]+)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a file (a clause), on which line if that is known, and what to write if that is."""

    what: str
    line: int | None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a parser gave up, and why."""

    said: str
    lines: list[str]
    number: int
    column: int

    @property
    def line(self) -> str:
        """The line at which it gave up."""
        return self.lines[self.number - 1]

    @property
    def bare(self) -> list[str]:
        """The values of the line that are in no quotation marks: the whole of it, and each entry of a list."""
        value = _value(_TEXT.sub('""', self.line))
        return [one for one in (value, *map(str.strip, _ENTRY.findall(value))) if one]


def mistake(text: str, reason: Exception) -> Mistake:
    """Return what was probably done in a text that is not TOML; what the parser says where that is not foreseen."""
    said, at = _AT.sub("", str(reason)), _AT.search(str(reason))
    lines = text.replace("\r\n", "\n").split("\n")
    if not isinstance(reason, tomllib.TOMLDecodeError) or at is None:
        return Mistake(said, None)
    if at[1] is None:
        return _unended(said, text)
    stop = _Stop(said, lines, int(at[1]), int(at[2]))
    return next((Mistake(*told) for each in _MISTAKES for told in each(stop)), Mistake(said, stop.number))


def _unended(said: str, text: str) -> Mistake:
    """Return what was begun and never ended; a text over several lines begins at its three quotation marks."""
    begun = max(text.rfind('"""'), text.rfind("'''"))
    if begun < 0:
        return Mistake(said, None)
    fix = Message("Write the same three quotation marks at the end of the text.")
    return Mistake(Message("a text over several lines has no end"), text.count("\n", 0, begun) + 1, fix)


def _value(line: str) -> str:
    """Return what stands behind the key of a line, without a comment; the whole line where it has no key."""
    key = _KEY.match(line)
    return line[key.end() if key else 0 :].partition("#")[0].strip()


_TABLE_GONE = Message(
    "Leave one of the two out, or write the line of the table that is missing above the second, such as"
    " [datasets.NAME]."
)

_Told = Iterator[tuple[str, int, str]]


def _twice(stop: _Stop) -> _Told:
    """Yield that a key stands twice in a table, as it does when the line of the table between the two is gone."""
    if stop.said.startswith("Cannot declare"):
        fix = Message("Write what both say below the first of them, and leave out the second.")
        yield Message("the table {line} is already there", line=stop.line.strip()), stop.number, fix
    elif stop.said.startswith("Cannot overwrite"):
        number, key = next(_keys_above(stop.lines, stop.number), (stop.number, ""))
        above = list(_keys_above(stop.lines, number - 1))
        first = next((at for at, name in above if name == key), 0)
        message = Message("the key '{key}' is already there", key=key)
        if first:
            message = Message("the key '{key}' is already there, on line {first}", key=key, first=first)
        yield message, number, _TABLE_GONE


def _keys_above(lines: list[str], number: int) -> Iterator[tuple[int, str]]:
    """Yield each key from a line upwards to that of its table, with its line."""
    for at in range(number, 0, -1):
        if _TABLE.fullmatch(lines[at - 1]):
            return
        if key := _KEY.match(lines[at - 1]):
            yield at, key[1]


def _curly(stop: _Stop) -> _Told:
    if _CURLY.search(_TEXT.sub('""', stop.line)):
        fix = Message('Write straight quotation marks: "…".')
        yield Message("quotation marks are curly"), stop.number, fix


def _day(stop: _Stop) -> _Told:
    if stop.said.startswith("Invalid date") or any(map(_DAY.fullmatch, stop.bare)):
        fix = Message("Write the day as YYYY-MM-DD, without quotation marks, such as 2026-11-30.")
        yield Message("it is no day, or one that is written in another way"), stop.number, fix


def _span(stop: _Stop) -> _Told:
    if years := next(filter(_SPAN.fullmatch, stop.bare), ""):
        fix = Message('Write it in quotation marks: "{text}".', text=years)
        yield Message("years are not in quotation marks"), stop.number, fix


def _quote(stop: _Stop) -> _Told:
    if re.search(r"[\"']", _TEXT.sub("", stop.line).partition("#")[0]):
        fix = Message('Write a straight quotation mark (") at both ends of the text, and \\" for one within it.')
        yield Message("a quotation mark is missing, or there is one too many"), stop.number, fix


def _backslash(stop: _Stop) -> _Told:
    if stop.said.startswith("Unescaped '\\'"):
        fix = Message("Write the text in single quotation marks ('), in which a backslash stands for itself.")
        yield Message("a backslash is in double quotation marks"), stop.number, fix


def _open_list(stop: _Stop) -> _Told:
    """Yield that a list was not closed: where its next entry would be stands a key or a table."""
    before = not stop.line[: stop.column - 1].strip()
    if stop.said == "Invalid value" and before and _KEY.match(stop.line):
        yield Message("a list above this line has no end"), stop.number, Message("Write ] behind its last entry.")
    elif stop.said.startswith("Unclosed"):
        fix = Message("Write a comma between two entries, and the closing bracket behind the last.")
        yield Message("a comma or a closing bracket is missing"), stop.number, fix


def _form(stop: _Stop) -> _Told:
    """Yield that a line is neither a key with a value nor a table."""
    if stop.said.startswith("Expected ']"):
        yield (
            Message("the line of a table has no end"),
            stop.number,
            Message("Write ] or ]] behind the name, as before."),
        )
    elif stop.said.startswith(("Expected '='", "Invalid statement", "Invalid initial")):
        fix = Message(
            "Write it as KEY = VALUE, begin a comment with #, and put a key with other signs in quotation marks."
        )
        yield Message("the line is no key with a value"), stop.number, fix
    elif stop.said == "Invalid value" and not _value(stop.line):
        yield Message("there is no value"), stop.number, Message("Write the value behind the equals sign.")


def _bare_words(stop: _Stop) -> _Told:
    words = next(filter(_WORDS.fullmatch, stop.bare), "")
    if words.casefold() in ("true", "false"):
        fix = Message("Write {text}.", text=words.casefold())
        yield Message("true and false are not in small letters"), stop.number, fix
    elif words and stop.said == "Invalid value":
        fix = Message('Write it in quotation marks: "{text}".', text=words)
        yield Message("a text is not in quotation marks"), stop.number, fix


_MISTAKES: tuple[Callable[[_Stop], _Told], ...] = (
    *(_twice, _curly, _backslash, _day, _span, _quote, _open_list, _form, _bare_words),
)
"""What people do, the surest first: of a line with several, the first is told."""
