"""Three made editions of one country: two assessments of one plan, and the plan after it, written to be published."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ogp_data import pipeline
from ogp_data.cli.main import main
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.publication import Publication
from ogp_data.declaration import reading
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders, Outcome

MIDTERM, FINAL, NEXT = "q-2022-2024-midterm", "q-2022-2024", "q-2025-2027"
BASE, FILES = "https://ogp.voorbeeld.nl/", "https://bestanden.voorbeeld.nl/"

SITE = f"""\
base_iri = "{BASE}{{id}}/"
base_url = "{FILES}{{id}}/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
profile = "dcat-ap"
publisher = "q-cabinet"
creator = "q-cabinet"
contact = "q-desk"
"""
AGENTS = """\
[[agent]]
id = "q-cabinet"
name = { en = "Cabinet Office of Country Q" }
type = "national-authority"

[[contact]]
id = "q-desk"
name = { en = "Open Government Desk" }
email = "desk@countryq.example"
"""
DECLARATION = """\
id = "{name}"
country.en = "Country Q"
spatial = ["https://sws.geonames.org/6295630/"]
plan = "{plan}"
issued = {issued}
language = "en"
page_languages = ["en"]

[source]
file = "source/report.txt"
sha256 = "{sha256}"
publish = true
url = "https://countryq.example/{name}"
retrieved = {issued}

[datasets.commitments]
find.under = "Commitments"
columns.title_in_assessment = {{ of = "assessments", heading = "Commitment" }}

[datasets.assessments]
find.headings = ["Commitment", "Status", "Evidence"]
columns.progress = {{ heading = "Status" }}
columns.evidence = {{ heading = "Evidence" }}

[datasets.narrative]

[datasets.document]
"""
IN_DUTCH = {
    'profile = "dcat-ap"': 'profile = "dcat-ap-nl"',
    "https://creativecommons.org/publicdomain/zero/1.0/": "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    'country.en = "Country Q"\nspatial = ["https://sws.geonames.org/6295630/"]': 'country = "NLD"',
    'page_languages = ["en"]': 'page_languages = ["nl", "en"]',
    'name = { en = "Cabinet Office of Country Q" }': 'name = { nl = "Kabinet van Land Q", en = "Cabinet Office" }',
    'name = { en = "Open Government Desk" }': 'name = { nl = "Loket Open Overheid", en = "Open Government Desk" }',
}
"""What is otherwise where the same documents are published by the Dutch profile, in Dutch and English."""

CONTINUATIONS = "\n[datasets.continuations]\n"

COMMITMENTS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    MIDTERM: [
        ("Register of lobbyists", "Amber", "The law is being written."),
        ("Draft laws online", "Green", "All of 2022."),
        ("Map of public land", "Red", "Nothing yet."),
    ],
    FINAL: [
        ("Register of lobbyists", "Green", "The law has been in force since May."),
        ("Draft laws online", "Green", "All of 2022."),
        ("Map of all public land", "Red", "Nothing yet."),
        ("Timetables of all buses", "Red", "The companies did not agree."),
    ],
    NEXT: [
        ("Register of lobbyists, second part", "Amber", "Meetings are in it."),
        ("Draft laws online", "Green", "All of 2025."),
        ("Answers to consultations online", "Red", "Nothing yet."),
        ("Map of land and buildings", "Amber", "Two provinces are missing."),
        ("Budget for residents", "Red", "Nothing yet."),
    ],
}
"""What each document says of each commitment, by its number: title, colour and evidence."""

YEARS = {MIDTERM: ("2022", "2024"), FINAL: ("2022", "2024"), NEXT: ("2025", "2027")}
ISSUED = {MIDTERM: "2023-06-01", FINAL: "2025-02-01", NEXT: "2026-06-01"}


def document(name: str) -> str:
    """Return the text of an edition's document."""
    rows = COMMITMENTS[name]
    titles = "".join(f"{number}. {title}\n" for number, (title, _, _) in enumerate(rows, 1))
    cells = "".join(f"{number}. {title}\t{status}\t{said}\n" for number, (title, status, said) in enumerate(rows, 1))
    intro = f"## Report of Country Q\n\nThe report {name}.\n"
    return f"{intro}\n## Commitments\n\n{titles}\n## Progress\n\nCommitment\tStatus\tEvidence\n{cells}"


@dataclass(frozen=True)
class Editions:
    """A folder with the three publications, to publish and keep."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    def declaration(self, name: str) -> Path:
        return self.data / name / "publication.toml"

    def add(self, name: str, text: str) -> None:
        """Write more at the end of a declaration."""
        path = self.declaration(name)
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace what stands just once in a declaration."""
        path = self.declaration(name)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (old, text.count(old), text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def publish(self, name: str) -> Outcome:
        """Publish an edition; the caller looks at how that ended."""
        return pipeline.run(Folders(self.data, self.folder / "build", self.dist), name, "", "", lambda _: None)

    def keep(self, name: str, edition_of: str = "") -> int:
        """Keep what is published by the command line, which prints the lines that declare it."""
        options = ["--for", edition_of] if edition_of else []
        return main(["keep", name, *options, "--data", str(self.data), "--dist", str(self.dist)])

    def load(self, name: str) -> tuple[Publication | None, list[Finding]]:
        """Read a declaration with all that it refers to."""
        return reading.load(self.data, name, load_lists(resources.value_lists()))


def _said(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def write(folder: Path, changes: Mapping[str, str] = MappingProxyType({})) -> Editions:
    """Write the three publications below a folder, none of which names another yet, with changes to what they say."""
    made = Editions(folder)
    made.data.mkdir(parents=True)
    (made.data / "site.toml").write_text(_said(SITE, changes), encoding="utf-8")
    (made.data / "agents.toml").write_text(_said(AGENTS, changes), encoding="utf-8")
    for name in COMMITMENTS:
        content = document(name).encode()
        source = made.data / name / "source" / "report.txt"
        source.parent.mkdir(parents=True)
        source.write_bytes(content)
        start, end = YEARS[name]
        text = DECLARATION.format(
            name=name,
            plan=f"{start}-{end}",
            issued=ISSUED[name],
            sha256=hashlib.sha256(content).hexdigest(),
        )
        made.declaration(name).write_text(_said(text, changes), encoding="utf-8")
    return made
