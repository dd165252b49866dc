"""A validation as text for a terminal: what one screen can hold of it, the worst first, its totals at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ogp_data.checks.reports.telling import Telling, marked, number, placed, property_of, sums, within
from ogp_data.checks.validation import Comparison, Group, Validation
from ogp_data.core import terminal
from ogp_data.core.findings import SEVERITIES, Finding, harm, sentence
from ogp_data.core.messages import Message, Plural, listed, say

SCREEN = 23
"""Lines of a terminal of 24, without the one that the next command is typed on."""

PLACES = 3
"""Places of a group that are told unless another number is asked for."""

LEAST = 5
"""Groups that are no errors which are told at least in one line each, whatever room is left."""

_FEW = 5000
"""Statements up to which places are told with their lines: people wrote so many by hand, and they are found at once."""

_PUBLISHERS = 3
_MENDED = 3
_FIXES = 3

Lines = list[str]


def as_bytes(validation: Validation, telling: Telling) -> bytes:
    """Return a validation as lines of text."""
    return terminal.lines(as_lines(validation, telling)).encode() + b"\n"


def as_lines(validation: Validation, telling: Telling) -> Lines:
    """Return a validation as lines of text in a language.

    Errors are told in full: sentence, first places, fix and norm of each group. What is less severe is too where a
    screen has room for it, else it has one line each. Who asks for a number of groups or places gets that.
    """
    say_ = _Saying(validation, telling)
    groups = [group for group in validation.groups if any(map(validation.is_new, group.findings))]
    ends = list(say_.ends())
    full = [say_.full(group) for group in groups]
    if telling.groups is None and telling.places is None and sum(map(len, full)) + len(ends) > SCREEN:
        return [*_fitted(groups, full, say_, SCREEN - len(ends)), *ends]
    most = len(groups) if not telling.groups else telling.groups
    return [*_joined(full[:most]), *say_.left(groups[most:]), *ends]


def _fitted(groups: Sequence[Group], full: Sequence[Lines], say_: _Saying, room: int) -> Lines:
    """Return the errors in full, and of the others what there is room for: in full, in one line, or their number."""
    brief = [say_.brief(group) for group in groups]
    errors = sum(group.first.severity == "error" for group in groups)
    whole = [k for k in range(errors, len(groups)) if sum(map(len, full[:k])) + len(groups) - k <= room]
    if whole:
        return _joined([*full[: whole[-1]], *brief[whole[-1] :]])
    told = _joined(full[:errors])
    most = errors + max(LEAST, room - len(told) - 1)
    return [*told, *_joined(brief[errors:most]), *say_.left(groups[most:])]


def _joined(texts: Sequence[Lines]) -> Lines:
    return [line for lines in texts for line in lines]


class _Saying:
    """Says the parts of a validation in a language."""

    def __init__(self, validation: Validation, telling: Telling) -> None:
        self.validation, self.language = validation, telling.language
        self.places = PLACES if telling.places is None else telling.places

    def full(self, group: Group) -> Lines:
        """Return a group with its first places, its fix and its norm, or what is lost where no norm forbids it."""
        told = (self._places(group), self._why(group), self._fix(group), self._norm(group))
        return [self._say(self._head(group)), *chain.from_iterable(told)]

    def brief(self, group: Group) -> Lines:
        """Return a group in a single line."""
        first = self._place(group.findings[0])
        if not first:
            return [self._say(self._head(group))]
        return [self._say(Message("{head} At {place}", head=self._head(group, always=True), place=first))]

    def _head(self, group: Group, always: bool = False) -> Message:
        """Return what a group says, and how often; where its findings differ, their places say it."""
        first, count = group.first, len(group.findings)
        what = listed(filter(None, [first.rule, property_of(first.place, self.language)]))
        head = Message("{severity} {what}", severity=SEVERITIES[first.severity], what=what)
        if count > 1:
            times = marked(Plural("{num} time", "{num} times", count))
            head = Message("{head}, {times}", head=head, times=times)
        said = group.says_one_thing or always or not self.places
        return Message("{head}: {message}", head=head, message=_Said(first.message)) if said else head

    def _places(self, group: Group) -> Lines:
        shown = group.findings[: self.places]
        more = len(group.findings) - len(shown)
        places = [self._in_place(found, group) for found in shown]
        if not any(places):
            return []
        if more:
            places[-1] = self._say(Message("{place} and {more} more", place=places[-1], more=number(more)))
        first, *others = places
        at = self._say(Message("    at: {place}", place=first))
        blank = " " * (len(at) - len(first))
        return [at, *(blank + place for place in others)]

    def _in_place(self, found: Finding, group: Group) -> str:
        place = self._place(found)
        if group.says_one_thing:
            return place
        return self._say(Message("{place}: {message}", place=place, message=_Said(found.message))) if place else ""

    def _place(self, found: Finding) -> str:
        if self.validation.size.statements <= _FEW:
            return placed(found, self.validation, self.language)
        return within(found.place, self.validation).of(self.language)

    def _why(self, group: Group) -> Lines:
        why = harm(group.first)
        return [self._say(Message("    why: {why}", why=_Said(why)))] if why else []

    def _fix(self, group: Group) -> Lines:
        first, *others = group.fixes
        told = [Message("    fix: {fix}", fix=_Said(first))]
        told += [Message("    or, for others: {fix}", fix=_Said(fix)) for fix in others[: _FIXES - 1]]
        if more := len(group.fixes[_FIXES:]):
            told.append(
                Message("    and {more} more fixes of that kind: --format json has them all", more=number(more))
            )
        return list(map(self._say, told))

    def _norm(self, group: Group) -> Lines:
        norm = sentence(group.first)
        return [self._say(Message("    norm: {norm}", norm=norm))] if norm else []

    def left(self, groups: Sequence[Group]) -> Iterator[str]:
        """Yield how many groups are not told."""
        if groups:
            findings = sum(len(group.findings) for group in groups)
            told = {
                "kinds": marked(Plural("{num} more kind", "{num} more kinds", len(groups))),
                "findings": marked(Plural("{num} finding", "{num} findings", findings)),
            }
            yield self._say(Message("and {kinds}, {findings}: --max 0 tells all", **told))

    def ends(self) -> Iterator[str]:
        """Yield what stands below the groups: what is new and mended, by publisher, notes, the sums."""
        validation = self.validation
        if validation.comparison:
            yield from self._compared(validation.comparison)
        yield from map(self._say, validation.notes)
        if len(validation.publishers) > 1:
            yield from self._publishers()
        yield from self._checked()
        yield self._say(sums(validation))

    def _checked(self) -> Iterator[str]:
        validation, size = self.validation, self.validation.size
        if validation.unread:
            return
        told = {
            "profiles": listed(validation.profiles),
            "datasets": marked(Plural("{num} dataset", "{num} datasets", size.datasets)),
            "distributions": marked(Plural("{num} distribution", "{num} distributions", size.distributions)),
            "statements": marked(Plural("{num} statement", "{num} statements", size.statements)),
        }
        yield self._say(Message("checked by {profiles}: {datasets}, {distributions}, {statements}", **told))
        if validation.engine.why:
            yield self._say(
                Message("shapes applied by {engine}: {why}", engine=validation.engine.name, why=validation.engine.why)
            )

    def _compared(self, comparison: Comparison) -> Iterator[str]:
        new, mended = len(comparison.new), comparison.mended
        told = {"file": comparison.file, "new": number(new), "mended": number(len(mended))}
        known = number(len(self.validation.findings) - new)
        yield self._say(Message("since {file}: {new} new, {known} known, {mended} mended", **told, known=known))
        for one in mended[:_MENDED]:
            words = one.get("messages", {}).get(self.language) or one.get("message", "")
            told = {"rule": one["rule"], "message": words, "place": one["where"]}
            yield self._say(Message("    mended: {rule}: {message} {place}", **told))
        if more := len(mended[_MENDED:]):
            yield self._say(Message("    and {more} more", more=number(more)))

    def _publishers(self) -> Iterator[str]:
        counted = self.validation.by_publisher()
        for publisher, counts in counted[:_PUBLISHERS]:
            told = {
                "name": publisher.name or publisher.iri,
                "errors": marked(Plural("{num} error", "{num} errors", counts["error"])),
                "warnings": marked(Plural("{num} warning", "{num} warnings", counts["warning"])),
                "datasets": marked(Plural("{num} dataset", "{num} datasets", publisher.datasets)),
            }
            yield self._say(Message("  {name}: {errors}, {warnings} in {datasets}", **told))
        if more := len(counted[_PUBLISHERS:]):
            others = marked(Plural("{num} more publisher", "{num} more publishers", more))
            yield self._say(Message("  and {publishers}", publishers=others))

    def _say(self, message: str) -> str:
        return say(message, self.language)


class _Said:
    """A text of the program that says itself in whatever language it stands in."""

    def __init__(self, text: str) -> None:
        self.text = text

    def of(self, language: str) -> str:
        return say(self.text, language)

    def __str__(self) -> str:
        return self.text
