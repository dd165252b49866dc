"""The wheel has all that the program needs: it is used in an empty folder, far from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, fill_in

REPORT = "Het plan is samen met inwoners gemaakt.\n\nHet is klaar.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(ROOT, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Return a virtual environment with the program from the wheel, and the libraries from where they are."""
    folder = wheel.parent / "venv"
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    pip = (sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "--disable-pip-version-check")
    run(folder, *pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    # Only the libraries: a path from a .pth file is not searched for the .pth files that make a checkout importable.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def run(folder: Path, *command: str, code: int = 0) -> str:
    """Return what a command prints, in a folder and without the settings of this process."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "OGP"))}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout


def test_every_file_of_the_program_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for above, folder in ((ROOT / "src", "ogp_data"), (ROOT, "shapes")):
        files = [path for path in (above / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert len(files) > 5
        inside = "" if folder == "ogp_data" else "ogp_data/"
        assert {f"{inside}{path.relative_to(above).as_posix()}" for path in files} <= names


def test_a_publication_is_begun_checked_and_published_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    program = str(installed / "bin" / "ogp-data")
    where = run(tmp_path, str(installed / "bin" / "python"), "-c", "import ogp_data; print(ogp_data.__file__)")
    assert where.startswith(str(installed))
    (tmp_path / "Mijn verslag é.txt").write_text(REPORT, encoding="utf-8")
    said = run(tmp_path, program, "new", "nl-2023", "Mijn verslag é.txt")
    guide = re.search(r"explained in (\S+)\)", said)
    assert guide
    assert Path(guide[1]).is_relative_to(installed)
    assert Path(guide[1]).read_text(encoding="utf-8").count("## ") > 10
    (command,) = re.findall(r"then: (.*)", said)
    assert command == "ogp-data check nl-2023"
    told = run(tmp_path, program, "check", "nl-2023", code=1)
    places = re.findall(r"^error .*\n    at: (\S+), key (\S+)", told, re.M)
    assert {Path(file).name for file, _ in places} == {"publication.toml", "site.toml", "agents.toml"}
    fill_in(tmp_path / "data" / "nl-2023" / "publication.toml")
    told = run(tmp_path, program, "publish", "nl-2023")
    assert "lost 0, doubled 0" in told
    published = (tmp_path / "dist/nl-2023/narrative/narrative.csv").read_text(encoding="utf-8")
    assert "Het plan is samen met inwoners gemaakt." in published
    assert (tmp_path / "dist/nl-2023/source/Mijn-verslag-e.txt").read_text(encoding="utf-8") == REPORT


CATALOGUE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://example.org/catalog> a dcat:Catalog ; dct:title "Catalogus"@nl ; dcat:dataset <https://example.org/bomen> .
<https://example.org/bomen> a dcat:Dataset ; dct:title "Bomen"@nl .
"""
BARE = "import sys\nfrom ogp_data.core.extras import EXTRAS\nsys.modules.update(dict.fromkeys(EXTRAS))\n"
"""Code after which no library of an extra is there."""
RUN = "from ogp_data.cli.main import main\nsys.exit(main(sys.argv[1:]))"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with a catalogue and nothing else, which nobody may write to."""
    (tmp_path / "catalog.ttl").write_text(CATALOGUE, encoding="utf-8")
    tmp_path.chmod(0o555)
    yield tmp_path
    tmp_path.chmod(0o755)


@pytest.mark.parametrize("start", [("bin/ogp-data",), ("bin/python", "-m", "ogp_data")])
def test_a_catalogue_is_validated_in_a_folder_with_nothing_else(
    installed: Path, portal: Path, start: tuple[str, ...]
) -> None:
    said = run(portal, str(installed / start[0]), *start[1:], "validate", "catalog.ttl", code=1)
    assert "error dcat-ap-nl-required, " in said
    assert [path.name for path in portal.iterdir()] == ["catalog.ttl"]


def test_a_catalogue_is_validated_without_any_variable_of_the_environment(installed: Path, portal: Path) -> None:
    """There is no HOME, no PATH and no language: a container that is pared down to the program."""
    command = [str(installed / "bin" / "python"), "-m", "ogp_data", "validate", "catalog.ttl"]
    ended = subprocess.run(command, cwd=portal, env={}, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "error dcat-ap-nl-required, " in ended.stdout


@pytest.mark.parametrize(("command", "code"), [("validate", 1), ("quality", 0)])
def test_a_catalogue_is_checked_with_no_library_of_any_extra(
    installed: Path, portal: Path, command: str, code: int
) -> None:
    said = run(portal, str(installed / "bin" / "python"), "-c", BARE + RUN, command, "catalog.ttl", code=code)
    assert "missing-extra" not in said
    assert "dcat-ap-nl-required" in said or "MQA" in said


def test_publishing_without_its_extra_says_what_to_install(installed: Path, tmp_path: Path) -> None:
    code = BARE + "from ogp_data.cli.main import main\nsys.stderr = sys.stdout\nsys.exit(main(['publish']))"
    said = run(tmp_path, str(installed / "bin" / "python"), "-c", code, code=1)
    assert "error missing-extra: This needs the library pandas, which is not installed." in said
    assert "pip install 'ogp-data[publish]'" in said
