"""Made self-assessments of so many commitments and themes, with words of a test in every text."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from pathlib import Path

from ogp_data import pipeline
from ogp_data.pipeline import Folders, Outcome

NAME = "made-2024"
AGENTS = """
[[agent]]
id = "office"
name = { en = "Office", nl = "Bureau", fr = "Bureau" }
type = "national-authority"
origin = "Made up."

[[contact]]
id = "office"
name = { en = "Office", nl = "Bureau", fr = "Bureau" }
url = "https://office.example.org/"
"""
HEAD = """
id = "{name}"
country = {{ {country} }}
spatial = ["https://sws.geonames.org/1/"]
plan = "2024-2026"
issued = 2026-11-30
language = "{language}"
page_languages = [{languages}]
base_iri = "https://data.example.org/made/"
publisher = "office"
creator = "office"
contact = "office"
licence = "http://creativecommons.org/licenses/by/4.0/"
profile = "dcat-ap"

[source]
file = "source/report.txt"
kind = "converted-text"
sha256 = "{digest}"
publish = true
"""
TABLES = """
[datasets.assessments]
find.headings = ["Commitment", "Status", "Evidence", "Reasons"]
columns.progress = { heading = "Status" }
columns.evidence = { heading = "Evidence" }
columns.reasons = { heading = "Reasons" }
"""
REST = """
[datasets.links]
[datasets.document]
[datasets.source_findings]
"""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
LEVELS = ("Green", "Amber", "Red", "")


@dataclass(frozen=True)
class Made:
    """What a publication is made of: `word` stands in each text, as people see it."""

    commitments: int = 5
    themes: int = 2
    is_assessed: bool = True
    word: str = "open"
    language: str = "en"
    languages: tuple[str, ...] = ("en",)

    @property
    def document(self) -> str:
        """Return the document."""
        said = html.escape(self.word)
        parts = ["# Self-assessment", "## Introduction"]
        for theme in range(max(self.themes, 1)):
            numbers = [
                n for n in range(1, self.commitments + 1) if (n - 1) * max(self.themes, 1) // self.commitments == theme
            ]
            parts += [f"### {ROMAN[theme]}. Theme {said} {theme}"] if self.themes else ["## Commitments"]
            parts.append("\n".join(f"{n}. Commitment {said} {n}" for n in numbers))
        if self.is_assessed:
            parts += ["## Progress", "\n".join(self._rows(said))]
        return "\n\n".join(parts) + "\n"

    def _rows(self, said: str) -> list[str]:
        rows = ["Commitment\tStatus\tEvidence\tReasons"]
        for n in range(1, self.commitments + 1):
            link = f'<p>Seen {said} {n}.</p><p><a href="https://made.example/{n}">Report {said}</a></p>'
            rows.append(f"{n}. Commitment {said} {n}\t{LEVELS[n % 4]}\t{link}\tBecause {said} {n}. And more of it.")
        return rows

    def declaration(self, content: bytes) -> str:
        """Return the declaration."""
        digest = hashlib.sha256(content).hexdigest()
        country = ", ".join(f'{language} = "Country M"' for language in self.languages)
        head = HEAD.format(
            name=NAME,
            country=country,
            language=self.language,
            languages=", ".join(f'"{one}"' for one in self.languages),
            digest=digest,
        )
        themes = (
            "[datasets.themes]\nfind = { under = 'Introduction', pattern = '(?P<roman>[IVXLC]+)\\. (?P<title>.+)' }\n"
        )
        found = 'find.each = "themes"' if self.themes else 'find = { kind = "list", under = "Commitments" }'
        titled = 'columns.title_in_assessment = { of = "assessments", heading = "Commitment" }' * self.is_assessed
        tables = TABLES * self.is_assessed + REST
        return f"{head}\n{themes * bool(self.themes)}\n[datasets.commitments]\n{found}\n{titled}\n{tables}"


def lay_down(made: Made, folder: Path) -> Folders:
    """Write a publication, and return where it is."""
    place = folder / "data" / NAME
    (place / "source").mkdir(parents=True)
    content = made.document.encode()
    (place / "source" / "report.txt").write_bytes(content)
    (place / "publication.toml").write_text(made.declaration(content), encoding="utf-8")
    (folder / "data" / "agents.toml").write_text(AGENTS, encoding="utf-8")
    return Folders(folder / "data", folder / "build", folder / "dist")


def publish(made: Made, folder: Path) -> Outcome:
    """Publish a publication."""
    outcome = pipeline.run(lay_down(made, folder), NAME, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings if found.severity == "error"]
    return outcome
