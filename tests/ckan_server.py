"""A real CKAN for tests: one that the environment names, or one of our own on loopback; otherwise tests are skipped.

    CKAN_URL=http://ckan.test CKAN_TOKEN_FILE=token pytest tests/test_ckan_deliver.py     one that runs already
    OGP_CKAN=1 pytest tests/test_ckan_deliver.py                                         one that is started for them

A CKAN that is started has a home of its own, is stopped after the tests, and leaves nothing but its Python
packages in `build/ckan-venv`, or where CKAN_VENV says. With OGP_CKAN=1 a CKAN that cannot be started is a failure.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
import requests

from conftest import ROOT

Kind = Literal["plain", "dcat-ap", "donl"]

HOW = "no CKAN: name one in CKAN_URL with CKAN_TOKEN or CKAN_TOKEN_FILE, or have one started with OGP_CKAN=1"
SETTINGS: dict[Kind, dict[str, str]] = {
    "plain": {},
    "dcat-ap": {"CKAN_SCHEMING": "1"},
    "donl": {"CKAN_SCHEMA": str(ROOT / "shapes" / "ckan" / "donl.yaml")},
}
"""Fields of a dataset -> what up.sh is told: extras, the dcat_ap_full schema of ckanext-dcat, or DCAT-AP-DONL."""

ABOUT: dict[str, Kind] = {"Full DCAT AP (2 and 3) schema": "dcat-ap", "DCAT-AP-DONL 1.1": "donl"}
PORTS = ("CKAN_PORT", "PG_PORT", "REDIS_PORT", "SOLR_PORT")
MINUTES = 15


@dataclass(frozen=True, slots=True)
class Ckan:
    """A CKAN with a token that may do everything; `home` and `packages` only when it is our own."""

    url: str
    token: str = field(repr=False)
    home: Path | None = None
    packages: Path | None = None

    def answer(self, action: str, token: str | None = None, **data: Any) -> requests.Response:
        """Return what CKAN answers to an action, refusals too; an empty token asks as nobody."""
        secret = self.token if token is None else token
        headers = {"Authorization": secret} if secret else {}
        return requests.post(f"{self.url}/api/3/action/{action}", json=data, headers=headers, timeout=60)

    def call(self, action: str, **data: Any) -> Any:
        """Return the result of an action that must succeed."""
        answer = self.answer(action, **data)
        assert answer.ok, f"{action}: {answer.status_code} {answer.text[:500]}"
        return answer.json()["result"]

    def organisation(self, name: str) -> str:
        """Return the identifier of an organisation, made when it is not there."""
        shown = self.answer("organization_show", id=name)
        return str((shown.json()["result"] if shown.ok else self.call("organization_create", name=name))["id"])

    def command(self, *arguments: str) -> str:
        """Return what CKAN's own command line says; that of another's CKAN is out of reach."""
        if self.home is None or self.packages is None:
            pytest.skip("this needs the command line of CKAN: let the tests start one with OGP_CKAN=1")
        ckan = [str(self.packages / "bin" / "ckan"), "-c", str(self.home / "ckan.ini"), *arguments]
        done = subprocess.run(ckan, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, f"ckan {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout + done.stderr


@contextmanager
def running(kind: Kind) -> Iterator[Ckan]:
    """Yield a CKAN whose datasets have these fields, or skip the calling test."""
    if "CKAN_URL" in os.environ:
        yield _named(kind)
    elif os.environ.get("OGP_CKAN") == "1":
        with _started(kind) as ckan:
            yield ckan
    else:
        pytest.skip(HOW)


@pytest.fixture(scope="session")
def ckan_plain() -> Iterator[Ckan]:
    """Yield a CKAN that keeps what it does not know as extras."""
    with running("plain") as ckan:
        yield ckan


@pytest.fixture(scope="session")
def ckan_dcat_ap() -> Iterator[Ckan]:
    """Yield a CKAN with the dataset schema of ckanext-dcat."""
    with running("dcat-ap") as ckan:
        yield ckan


@pytest.fixture(scope="session")
def ckan_donl() -> Iterator[Ckan]:
    """Yield a CKAN with the fields of DCAT-AP-DONL."""
    with running("donl") as ckan:
        yield ckan


# One that runs already ------------------------------------------------------------------------------------


def _named(kind: Kind) -> Ckan:
    """Return the CKAN that the environment names; one with other fields is of no use here."""
    ckan = Ckan(os.environ["CKAN_URL"].rstrip("/"), _token(os.environ))
    found = kind_of(ckan)
    if found != kind:
        pytest.skip(f"the CKAN at {ckan.url} has {found} datasets, and these tests need {kind} ones")
    return ckan


def _token(environment: Mapping[str, str]) -> str:
    if "CKAN_TOKEN_FILE" in environment:
        return Path(environment["CKAN_TOKEN_FILE"]).read_text(encoding="utf-8").strip()
    if "CKAN_TOKEN" not in environment:
        pytest.fail("CKAN_URL is set without a token; put it in CKAN_TOKEN, or the name of its file in CKAN_TOKEN_FILE")
    return environment["CKAN_TOKEN"]


def kind_of(ckan: Ckan) -> Kind:
    """Return what fields the datasets of a CKAN have, by what its schema says of itself."""
    answer = ckan.answer("scheming_dataset_schema_show", type="dataset")
    return ABOUT[answer.json()["result"]["about"]] if answer.ok else "plain"


# One of our own -------------------------------------------------------------------------------------------


@contextmanager
def _started(kind: Kind) -> Iterator[Ckan]:
    """Yield a CKAN in a home of its own, and stop it whatever happens."""
    scripts = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")) / "tools" / "ckan"
    assert (scripts / "up.sh").is_file(), (
        f"OGP_CKAN=1, but {scripts} has no up.sh; OGP_SHARED names another shared folder"
    )
    environment = _environment(kind)
    home = Path(environment["CKAN_HOME"])
    with ExitStack() as stack:
        stack.callback(_down, scripts, environment)
        _up(scripts, environment)
        token = (home / "token").read_text(encoding="utf-8").strip()
        url = f"http://127.0.0.1:{environment['CKAN_PORT']}"
        yield Ckan(url, token, home, Path(environment["CKAN_VENV"]))


def _environment(kind: Kind) -> dict[str, str]:
    """Return what up.sh and down.sh are told; nothing that is set outside reaches them by accident."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CKAN_")}
    packages = os.environ.get("CKAN_VENV", str(ROOT / "build" / "ckan-venv"))
    ours = {"CKAN_HOME": str(_home()), "CKAN_VENV": packages, "PYTHON": sys.executable}
    return {**outside, **ours, **dict(zip(PORTS, free_ports(len(PORTS)), strict=True)), **SETTINGS[kind]}


def _home() -> Path:
    """Return a new folder that the database's user can reach too: pytest's own temporary folders are closed to it."""
    home = Path(tempfile.mkdtemp(prefix="ogp-ckan-"))
    home.chmod(0o755)
    return home


def free_ports(count: int) -> list[str]:
    """Return ports that nothing listens on; all are held until the last is found, so no two are the same."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for held in sockets:
            held.bind(("127.0.0.1", 0))
        return [str(held.getsockname()[1]) for held in sockets]


def _up(scripts: Path, environment: Mapping[str, str]) -> None:
    lock = Path(f"{environment['CKAN_VENV']}.lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:  # tests run side by side, and the first to come installs the packages for all
        fcntl.flock(held, fcntl.LOCK_EX)
        up = subprocess.run(
            [str(scripts / "up.sh")], env=environment, capture_output=True, text=True, timeout=MINUTES * 60, check=False
        )
    assert up.returncode == 0, f"no CKAN could be started:\n{up.stdout[-2000:]}\n{up.stderr[-2000:]}"


def _down(scripts: Path, environment: Mapping[str, str]) -> None:
    subprocess.run([str(scripts / "down.sh")], env=environment, capture_output=True, timeout=120, check=False)
    shutil.rmtree(environment["CKAN_HOME"], ignore_errors=True)
