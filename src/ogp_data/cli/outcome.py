"""How a publication ended, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ogp_data.cli.telling import sums, tell_findings
from ogp_data.core.messages import Message, Plural, listed, say

if TYPE_CHECKING:
    from ogp_data.core.findings import Finding
    from ogp_data.pipeline import Outcome


@dataclass(frozen=True, slots=True)
class Telling:
    """How the outcomes of a run are told, and what is told of earlier ones: that is not said again of each."""

    write_dist: bool
    language: str
    told: set[tuple[str, ...]] = field(default_factory=set)

    def findings(self, found: Sequence[Finding], where: str) -> None:
        """Print what was not told before, and of how many that is so."""
        fresh = [one for one in found if _said(one) not in self.told]
        self.told.update(map(_said, found))
        tell_findings(fresh, say(where, self.language), self.language)
        if again := len(found) - len(fresh):
            more = Plural("{num} finding more is told above", "{num} findings more are told above", again)
            print(more.of(self.language))


def _said(found: Finding) -> tuple[str, ...]:
    """Return what a finding says; an error is to be mended at each of its places."""
    place = str(found.place) if found.severity == "error" else ""
    return found.rule, found.message, found.hint, found.norm, place


def tell_outcome(outcome: Outcome, telling: Telling) -> None:
    """Print the findings, then in one line how it ended and where to look."""
    from ogp_data.core.findings import errors

    report, write_dist, language = outcome.report, telling.write_dist, telling.language
    telling.findings(report.findings, Message(", all in reports/validation.html") if write_dist else "")
    _tell_differences(outcome, write_dist, language)
    if report.words:
        print(say(_words(report.words), language))
    print(say(sums(report.publication, report.count("error"), report.count("warning")), language))
    if outcome.preview:
        print(say(Message("the document beside its rows: {page}", page=outcome.preview), language))
    elif not write_dist and any(found.place.at for found in errors([*report.findings])):
        command = f"ogp-data preview {report.publication}"
        print(say(Message("to see the document beside its rows: {command}", command=command), language))
    if outcome.removed:
        names = listed([path.name for path in outcome.removed])
        print(
            say(Message("removed, for it has what is published no longer: kept edition {names}", names=names), language)
        )
    print(say(_last_line(outcome, write_dist), language))


def _tell_differences(outcome: Outcome, write_dist: bool, language: str) -> None:
    """Print where a second reading of the document differs; nobody else is told that."""
    where = Message(", all in readings.txt of the build") if write_dist else ""
    tell_findings(outcome.differences, say(where, language), language)
    if outcome.differences:
        count = Plural("{num} place", "{num} places", len(outcome.differences))
        print(say(Message("a second reading of the document differs in {count}", count=count), language))


def tell_shared(outcome: Outcome, telling: Telling) -> None:
    """Print what was found of what stands beside the publications, and how it ended where it could not be written."""
    if outcome.report.count("error"):
        tell_outcome(outcome, telling)
    else:
        telling.findings(outcome.report.findings, "")


def tell_all(outcomes: Sequence[Outcome], root: Outcome, telling: Telling) -> None:
    """Print in one line how many publications are sound, which are not, and how what is over them ended."""
    failed = [outcome for outcome in outcomes if outcome.report.count("error")]
    good = len(outcomes) - len(failed)
    done = (
        Plural("{num} published", "{num} published", good)
        if telling.write_dist
        else Plural("{num} sound", "{num} sound", good)
    )
    parts = listed([done, *_failed(failed), _root(root, telling.write_dist)], "; ")
    print(parts.of(telling.language))


def _failed(failed: Sequence[Outcome]) -> Iterator[Message]:
    """Yield how many publications failed and which, with the errors of each; nothing where none did."""
    if failed:
        count = Plural("{num} failed", "{num} failed", len(failed))
        yield Message("{count}: {names}", count=count, names=listed(map(_errors, failed)))


def _errors(outcome: Outcome) -> Message:
    wrong = Plural("{num} error", "{num} errors", outcome.report.count("error"))
    return Message("{name} ({errors})", name=outcome.report.publication, errors=wrong)


def _root(outcome: Outcome, write_dist: bool) -> Message:
    """Return how what is over all publications ended."""
    if wrong := outcome.report.count("error"):
        return Message("root failed: {errors}", errors=Plural("{num} error", "{num} errors", wrong))
    if not write_dist:
        return Message("root sound")
    if not outcome.published:
        return Message("no root, for nothing is published")
    return Message("root published") if outcome.changed else Message("root unchanged")


def _words(words: Mapping[str, Any]) -> Message:
    """Return where the words of the document went."""
    from ogp_data.core.reasons import REASONS

    counts = words["aside"].items()
    aside = [Message("{reason} {count}", reason=REASONS.get(reason, reason), count=count) for reason, count in counts]
    return Message(
        "words: {words} in the source, {homes} in published cells, set aside {aside}, lost {lost}, doubled {doubled}",
        **{**words, "aside": listed(aside or [Message("none")])},
    )


def _last_line(outcome: Outcome, write_dist: bool) -> Message:
    folder = outcome.folder
    if outcome.published:
        done = outcome.changed
        return Message("published: {folder}", folder=folder) if done else Message("unchanged: {folder}", folder=folder)
    if outcome.preview and not write_dist:
        return Message("nothing was published")
    if not write_dist:
        wrong = outcome.report.count("error")
        return Message("not sound: nothing was written") if wrong else Message("sound: nothing was written")
    if not outcome.reported:
        return Message("not published; nothing was written")
    return Message("not published; reports and staged files: {folder}", folder=folder)


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """Return the report of a publication, and how it ended."""
    ended = {"published": outcome.published, "changed": outcome.changed, "folder": str(outcome.folder)}
    shown = {"preview": str(outcome.preview)} if outcome.preview else {}
    removed = {"removed": [str(path) for path in outcome.removed]} if outcome.removed else {}
    return {**outcome.report.as_dict(), **ended, **shown, **removed, **_differences(outcome)}


def _differences(outcome: Outcome) -> dict[str, Any]:
    """Return where a second reading of the document differs, if it does."""
    from ogp_data.checks.reports.data import finding_as_dict

    found = [finding_as_dict(one) for one in outcome.differences]
    return {"differences": found} if found else {}
