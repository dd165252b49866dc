"""How a publication ended, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ogp_data.cli.telling import counted, tell_findings

if TYPE_CHECKING:
    from ogp_data.pipeline import Outcome


def tell_outcome(outcome: Outcome, write_dist: bool, language: str) -> None:
    """Print the findings, then in one line how it ended and where to look."""
    report = outcome.report
    tell_findings(report.findings, ", all in reports/validation.html" if write_dist else "", language)
    if report.words:
        words = report.words
        aside = ", ".join(f"{reason} {count}" for reason, count in words["aside"].items()) or "none"
        print(f"words: {words['words']} in the source, {words['homes']} in published cells, set aside {aside},"
              f" lost {words['lost']}, doubled {words['doubled']}")  # fmt: skip
    errors, warnings = (counted(report.count(severity), severity) for severity in ("error", "warning"))
    print(f"{report.publication}: {errors}, {warnings}")
    print(_last_line(outcome, write_dist))


def _last_line(outcome: Outcome, write_dist: bool) -> str:
    if outcome.published:
        return f"{'published' if outcome.changed else 'unchanged'}: {outcome.folder}"
    if not write_dist:
        return "sound: nothing was written" if not outcome.report.count("error") else "not sound: nothing was written"
    if not outcome.reported:
        return "not published; nothing was written"
    return f"not published; reports and staged files: {outcome.folder}"


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """Return the report of a publication, and how it ended."""
    ended = {"published": outcome.published, "changed": outcome.changed, "folder": str(outcome.folder)}
    return {**outcome.report.as_dict(), **ended}
