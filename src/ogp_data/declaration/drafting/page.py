"""A file of TOML under way: its lines, and which of them are to be filled in."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.messages import Message, say
from ogp_data.declaration.drafting.proposal import Entry
from ogp_data.declaration.drafting.writing import WIDTH, comment, lines


@dataclass(frozen=True, slots=True)
class Written:
    """A file as text, and the numbers of its lines that are to be filled in."""

    text: str
    open: tuple[int, ...]


class Page:
    """A file under way, in whose comments the program speaks a language."""

    def __init__(self, language: str) -> None:
        """Begin with nothing."""
        self._language = language
        self._lines: list[str] = []
        self._open: list[int] = []

    @property
    def written(self) -> Written:
        """Return the file as it now is."""
        return Written("\n".join(self._lines) + "\n", tuple(self._open))

    def say(self, *texts: str) -> None:
        """Add comments, each on a line."""
        self._lines += [comment(say(text, self._language)) for text in texts]

    def begin(self, header: str = "") -> None:
        """Add a blank line, and the header of a table where there is one."""
        self._lines += ["", f"{header}"] if header else [""]

    def head(self, header: str) -> None:
        """Add the header of a table."""
        self._lines.append(header)

    def add(self, *entries: Entry) -> None:
        """Add entries with what is said beside each; those that are open are marked."""
        for entry in entries:
            note = self._note(entry)
            for line in lines(entry):
                # What is said of a value on several lines stands at the one that is to be filled in.
                self._add(line, note if line.is_open == entry.is_open else "")

    def _note(self, entry: Entry) -> str:
        note = say(entry.note, self._language)
        return Message("FILL IN: {note}", note=note).of(self._language) if entry.is_open else note

    def _add(self, line: Entry, note: str) -> None:
        beside = f"{line.value}  # {note}" if note else str(line.value)
        fits = not note or len(beside) <= WIDTH
        self._lines += [beside] if fits else [comment(note), str(line.value)]
        self._open += [len(self._lines)] if line.is_open else []
