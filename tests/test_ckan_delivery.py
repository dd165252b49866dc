"""Delivery to a real CKAN, in each flavour: whole, once, and finished after a kill at any request."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from ckan_server import Ckan, Kind, running
from conftest import NAME, ROOT
from long_form import long_form
from ogp_data import pipeline
from ogp_data.delivery import deliver
from ogp_data.delivery.http import Client
from ogp_data.pipeline import Folders
from tiers import sample

KINDS: dict[str, Kind] = {"extras": "plain", "dcat": "dcat-ap", "donl": "donl"}
ORGANISATION = "ogp-delivery"
LOCAL = "http://127.0.0.1:9/ogp/{}/"
FILES = {"extras": 90, "dcat": 90, "donl": 89}
"""12 tables in 7 formats and 6 files together; SQLite has no code in the EU's table of file types, which DONL wants."""

MAPPED = """
[themes]
GOVE = ["http://standaarden.overheid.nl/owms/terms/Bestuur"]

[organisations]
"https://identifier.overheid.nl/tooi/id/ministerie/mnre1034" = \
"http://standaarden.overheid.nl/owms/terms/Ministerie_van_Binnenlandse_Zaken_en_Koninkrijksrelaties"
"""


@dataclass(frozen=True)
class Place:
    """A CKAN, a flavour, and a folder with data, packages and targets."""

    ckan: Ckan
    flavour: str
    folder: Path

    def publish(self, name: str = NAME) -> None:
        folders = Folders(self.folder / "data", self.folder / "build", self.folder / "dist")
        outcome = pipeline.run(folders, name, LOCAL.format(name), "", lambda _: None)
        assert outcome.published, [str(found) for found in outcome.report.findings if found.severity == "error"]

    def target(self, files: str = "upload", name: str = NAME) -> Path:
        token = self.folder / "token"
        token.write_text(self.ckan.token, encoding="ascii")
        token.chmod(0o600)
        path = self.folder / f"{name}-{files}.toml"
        path.write_text(
            f'kind = "ckan"\nurl = "{self.ckan.url}"\npublication = "{name}"\norganisation = "{ORGANISATION}"\n'
            f'flavour = "{self.flavour}"\nfiles = "{files}"\nsecret = {{ file = "token" }}\n{MAPPED}',
            encoding="utf-8",
        )
        return path

    def apply(self, files: str = "upload", name: str = NAME, prune: bool = False) -> deliver.Delivered:
        return deliver.apply_target(self.target(files, name), self.folder / "dist", prune, lambda _: None, "")

    def held(self, name: str = NAME) -> dict[str, dict[str, Any]]:
        """Return what the catalogue holds of a publication, by the names of the datasets."""
        names = [n for n in self.ckan.call("package_list", limit=1000) if n.startswith(f"{name}-")]
        shown = [self.ckan.call("package_show", id=one) for one in names]
        return {one["name"]: one for one in shown if one["state"] == "active"}

    def purge(self) -> None:
        """Take away what these tests made: datasets of their own organisation, and of no other."""
        every = {"fq": f'organization:"{ORGANISATION}"', "include_private": True, "include_drafts": True}
        for one in self.ckan.call("package_search", rows=1000, **every)["results"]:
            assert one["organization"]["name"] == ORGANISATION
            self.ckan.call("dataset_purge", id=one["id"])


@pytest.fixture(scope="module", params=sorted(KINDS))
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with running(KINDS[request.param]) as ckan:
        ckan.organisation(ORGANISATION)
        folder = tmp_path_factory.mktemp("delivery")
        shutil.copytree(ROOT / "data", folder / "data")
        made = Place(ckan, request.param, folder)
        made.publish()
        yield made
        made.purge()


def identifiers(held: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: (one["id"], sorted(file["id"] for file in one["resources"])) for name, one in held.items()}


def test_everything_is_delivered_byte_for_byte_and_a_second_time_nothing(place: Place) -> None:
    done = place.apply()
    assert {change.action for change in done.plan.changes} == {"create"}
    held = place.held()
    assert len(held) == 13
    files = [file for one in held.values() for file in one["resources"]]
    assert len(files) == FILES[place.flavour]
    for file in files:
        assert hashlib.sha256(requests.get(file["url"], timeout=60).content).hexdigest() == file["hash"]
    again = place.apply()
    assert (again.written, {change.action for change in again.plan.changes}) == (0, {"unchanged"})
    assert place.held() == held


def test_one_changed_cell_changes_its_dataset_and_the_files_of_everything_and_no_identifier(place: Place) -> None:
    place.apply()
    before = place.held()
    reference = place.folder / "data" / NAME / "reference" / "ogp-commitments.csv"
    text = reference.read_text(encoding="utf-8")
    assert text.count("(BZK),bzk,\n12,") == 1
    reference.write_text(text.replace("(BZK),bzk,\n12,", "(BZK),bzk,osf\n12,"), encoding="utf-8")
    place.publish()
    done = place.apply()
    changed = {change.name for change in done.plan.changes if change.action != "unchanged"}
    assert changed == {f"{NAME}-commitments", f"{NAME}-everything"}
    after = place.held()
    assert identifiers(after) == identifiers(before)
    assert {name for name in after if after[name] != before[name]} == changed
    assert place.apply().written == 0


def test_files_can_be_linked_instead_and_sent_again(place: Place) -> None:
    place.apply()
    before = identifiers(place.held())
    place.apply("link")
    addresses = {file["url"] for one in place.held().values() for file in one["resources"]}
    assert all(address.startswith(LOCAL.format(NAME)) for address in addresses)
    assert place.apply("link").written == 0
    place.apply("upload")
    assert place.apply("upload").written == 0
    assert identifiers(place.held()) == before


def test_a_dropped_dataset_is_withdrawn_and_comes_back_with_its_identifiers(place: Place) -> None:
    place.apply()
    before = identifiers(place.held())
    declaration = place.folder / "data" / NAME / "publication.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(text[: text.index("[datasets.ogp-crosswalk]")], encoding="utf-8")
    place.publish()
    done = place.apply()
    actions = {change.name: change.action for change in done.plan.changes if change.action != "unchanged"}
    assert actions == {f"{NAME}-ogp-crosswalk": "withdraw", f"{NAME}-everything": "update"}
    assert place.apply().written == 0
    declaration.write_text(text, encoding="utf-8")
    place.publish()
    place.apply()
    assert identifiers(place.held()) == before


ONE_TABLE = """
[[dataset]]
name = "texts"
type = "ogp:Paragraph"
find = { kind = "paragraphs" }
title = { nl = "Teksten", en = "Texts" }
description = { nl = "De alinea's van het document.", en = "The paragraphs of the document." }
keywords = { nl = ["tekst"], en = ["text"] }

[[dataset.column]]
name = "sequence"
type = "integer"
take = "sequence"
rdf = "schema:position"
key = true
title = { nl = "Volgnummer", en = "Sequence" }
description = { nl = "Volgnummer van de alinea.", en = "Number of the paragraph." }

[[dataset.column]]
name = "text"
type = "text"
take = "text"
rdf = "ogp:text"
title = { nl = "Tekst", en = "Text" }
description = { nl = "De alinea.", en = "The paragraph." }

[[dataset.column]]
name = "source_places"
type = "places"
take = "source_places"
rdf = "ogp:sourcePlace"
title = { nl = "Vindplaatsen in de bron", en = "Places in the source" }
description = { nl = "Regels van het document.", en = "Lines of the document." }
"""


@pytest.fixture
def two(place: Place) -> str:
    """Publish two datasets: one table, and everything together."""
    folder = place.folder / "data" / "two"
    if not folder.exists():
        text = long_form(ROOT / "data", NAME)
        head = text[: text.index("[[reference]]")].replace(f'id = "{NAME}"', 'id = "two"')
        content = b"The first paragraph.\n\nThe second.\n"
        (folder / "source").mkdir(parents=True)
        (folder / "source" / "two.txt").write_bytes(content)
        before, _, rest = head.partition('sha256 = "')
        head = f'{before}sha256 = "{hashlib.sha256(content).hexdigest()}{rest[64:]}'
        head = head.replace("source/ogp-self-assessment-nl-2020-2022.txt", "source/two.txt")
        (folder / "publication.toml").write_text(head + ONE_TABLE, encoding="utf-8")
    place.publish("two")
    return "two"


class Killed(BaseException):
    """The process ends here."""


def comparable(held: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return what a catalogue holds, without hours and the ids that CKAN gives to datasets."""
    hours = {"metadata_created", "metadata_modified", "created", "last_modified", "id", "package_id", "creator_user_id"}

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(part) for name, part in value.items() if name not in hours}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return value.partition("/resource/")[2] if isinstance(value, str) and "/resource/" in value else value

    return {name: plain(one) for name, one in held.items()}


def test_after_a_kill_at_any_request_one_more_apply_finishes(
    place: Place, two: str, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Client._once
    place.purge()
    place.apply(name=two)
    undisturbed = comparable(place.held(two))
    requests_made = place_requests(place, two)
    assert requests_made > 10
    every = range(1, requests_made + 1)
    for last in every if whole else sample(every, sorted(KINDS).index(place.flavour)):
        place.purge()
        count = 0

        def killed(self: Client, *arguments: Any, last: int = last, **options: Any) -> Any:
            nonlocal count
            count += 1
            answer = once(self, *arguments, **options)
            if count == last:
                raise Killed
            return answer

        monkeypatch.setattr(Client, "_once", killed)
        with pytest.raises(Killed):
            place.apply(name=two)
        monkeypatch.setattr(Client, "_once", once)
        place.apply(name=two)
        assert comparable(place.held(two)) == undisturbed, f"killed at request {last}"
    assert place.apply(name=two).written == 0


def place_requests(place: Place, name: str) -> int:
    """Return how many requests a whole delivery makes."""
    place.purge()
    return place.apply(name=name).asked
