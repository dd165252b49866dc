"""How a publication ended, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ogp_data.cli.telling import sums, tell_findings
from ogp_data.core.messages import Message, Plural, listed, say

if TYPE_CHECKING:
    from ogp_data.pipeline import Outcome


def tell_outcome(outcome: Outcome, write_dist: bool, language: str) -> None:
    """Print the findings, then in one line how it ended and where to look."""
    from ogp_data.core.findings import errors

    report = outcome.report
    where = Message(", all in reports/validation.html") if write_dist else ""
    tell_findings(report.findings, say(where, language), language)
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


def tell_shared(outcome: Outcome, write_dist: bool, language: str) -> None:
    """Print what was found of what stands beside the publications, and how it ended where it could not be written."""
    if outcome.report.count("error"):
        tell_outcome(outcome, write_dist, language)
    else:
        tell_findings(outcome.report.findings, "", language)


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
