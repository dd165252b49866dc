"""A kind of target of another package is read, planned and delivered to like those of this program."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Workspace
from ogp_data.cli.main import main
from ogp_data.delivery import targets
from ogp_data.delivery.targets import TARGETS
from outside import install

HOW_TO = (ROOT / "docs" / "how-to" / "add-a-target.md").read_text(encoding="utf-8")
MODULE = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)[0]
"""The module of the how-to: what is said there is what is tried here."""

ENTRY = "register = outside_things:KIND"
Outside = Callable[[str, str], None]


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Outside:
    """Return what installs a package that offers a kind of target."""
    return lambda entry, module: install(tmp_path_factory.mktemp("site"), monkeypatch, TARGETS, entry, module)


@contextmanager
def register() -> Iterator[tuple[str, dict[str, Any]]]:
    """Serve a register; yield its address and what it keeps."""
    kept: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            assert self.headers["Authorization"] == "sleutel"
            name = self.path.removeprefix("/datasets").strip("/")
            if self.command == "PUT":
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                kept[name] = {**said, "edition": kept.get(name, {"edition": 0})["edition"] + 1}
            if self.command == "DELETE":
                kept.pop(name, None)
            content = json.dumps(kept if self.command == "GET" else {}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_DELETE = answer  # noqa: N815  # the names that http.server calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write_target(workspace: Workspace, url: str = "https://register.voorbeeld.nl", **keys: str) -> Path:
    path = workspace.data / "targets" / "register.toml"
    path.parent.mkdir(exist_ok=True)
    said = {"kind": "register", "url": url, "publication": workspace.name, "shelf": "ogp", **keys}
    lines = [f"{key} = {json.dumps(value)}" for key, value in said.items() if value]
    path.write_text("\n".join([*lines, 'secret = { env = "REGISTER_KEY" }']), encoding="utf-8")
    return path


def test_a_kind_of_another_package_is_delivered_to_and_a_second_time_nothing_changes(
    outside: Outside, small: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside(ENTRY, MODULE)
    monkeypatch.setenv("REGISTER_KEY", "sleutel")
    with register() as (url, kept):
        path = write_target(small, url)
        outcome = small.publish(base_iri="http://127.0.0.1/ogp/")
        assert outcome.published
        options = [str(path), "--dist", str(small.dist), "--json"]
        assert main(["plan", *options]) == 3
        assert kept == {}
        assert main(["apply", *options]) == 0
        shown = {
            file.stem: json.loads(file.read_bytes()) for file in (outcome.folder / "upload" / "register").iterdir()
        }
        assert {name: {k: v for k, v in one.items() if k != "edition"} for name, one in kept.items()} == shown
        assert sorted(kept) == ["everything", "links", "narrative"]
        assert main(["plan", *options]) == 0
        kept["links"]["title"] = "Iets anders"
        capsys.readouterr()
        assert main(["plan", *options]) == 3
        changes = [one for one in json.loads(capsys.readouterr().out)["changes"] if one["action"] != "unchanged"]
        assert [(one["name"], one["fields"][0]["field"], one["fields"][0]["old"]) for one in changes] == [
            ("links", "title", "Iets anders")
        ]
        kept["oud"] = {**kept["links"], "iri": kept["links"]["iri"].replace("links", "oud")}
        assert main(["apply", *options, "--prune"]) == 0
        assert sorted(kept) == ["everything", "links", "narrative"]


@pytest.mark.parametrize(
    ("keys", "rule", "key", "said"),
    [
        ({"shelf": ""}, "invalid-target", "shelf", "The name of the shelf is missing."),
        ({"plank": "x"}, "unknown-key", "plank", "There is no key 'plank'."),
        ({"organisation": "x"}, "unknown-key", "organisation", "There is no key 'organisation'."),
        (
            {"kind": "registry"},
            "value-type",
            "kind",
            "Input should be one of: ckan, aanlever, register; it is 'registry'.",
        ),
        ({"kind": ""}, "missing-key", "kind", "The key 'kind' is missing."),
    ],
)
def test_its_own_keys_are_checked_as_ours_are(
    outside: Outside, small: Workspace, keys: dict[str, str], rule: str, key: str, said: str
) -> None:
    outside(ENTRY, MODULE)
    target, found = targets.load(write_target(small, **keys))
    assert target is None
    assert [(one.rule, one.place.key, one.message) for one in found] == [(rule, key, said)]


def test_keys_of_one_kind_are_none_of_another(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text(
        'kind = "aanlever"\nurl = "https://a.nl"\npublication = "p"\nclient = "c"\nflavour = "donl"\n'
        'secret = { env = "T" }\n',
        encoding="utf-8",
    )
    _, found = targets.load(path)
    assert [(one.rule, one.place.key) for one in found] == [("unknown-key", "flavour")]


@pytest.mark.parametrize(
    ("entry", "module", "rule", "said"),
    [
        (ENTRY, "KIND = 7", "extension-broken", "It leads to int, not to an instance of TargetKind."),
        (ENTRY, MODULE.replace('"register", RegisterTarget', '"register", dict'), "extension-broken", "not a Target"),
        (
            "ckan = outside_things:KIND",
            MODULE.replace('TargetKind("register"', 'TargetKind("ckan"'),
            "extension-taken",
            "'ckan' is taken",
        ),
    ],
)
def test_one_that_cannot_be_let_in_is_an_error_of_publish_plan_and_apply(
    outside: Outside,
    small: Workspace,
    capsys: pytest.CaptureFixture[str],
    entry: str,
    module: str,
    rule: str,
    said: str,
) -> None:
    path = write_target(small)
    assert small.publish().published
    outside(entry, module)
    outcome = small.publish()
    assert not outcome.published
    assert [one.message for one in outcome.report.findings if one.rule == rule and said in one.message]
    for command in ("plan", "apply"):
        assert main([command, str(path), "--dist", str(small.dist)]) == 1
        out = capsys.readouterr().out
        assert rule in out
        assert "outside 1.2" in out


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("    return 1 / 0", "The kind of target register fails: ZeroDivisionError: division by zero."),
        ("    return []", "The kind of target register gives 0 bodies for 3 datasets."),
    ],
)
def test_bodies_that_cannot_be_had_are_left_out_with_a_warning(
    outside: Outside, small: Workspace, new: str, said: str
) -> None:
    outside(ENTRY, MODULE.replace("    return map(body, wanted(package, target))", new))
    write_target(small)
    outcome = small.publish()
    assert outcome.published
    (found,) = [one for one in outcome.report.findings if one.rule == "upload-omitted" and "register" in one.message]
    assert said in found.message
    assert not (outcome.folder / "upload" / "register").exists()
