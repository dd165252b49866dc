"""POST /validate: what is asked becomes options of the command, which is bounded; here a stand-in takes its place."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from made_publication import publication
from ogp_data.cli.main import main
from ogp_data.service import multipart, server
from ogp_data.service.checking import CheckError, Checks
from ogp_data.service.guard import Guard
from ogp_data.service.limits import BOUNDS, Limits
from ogp_data.service.validation import PATH, REPORTS, SYNTAXES, Validator
from service_help import NO_LIMIT, Web, client, quiet

PROFILES = ("dcat-ap-nl", "dcat-ap")
TURTLE = {"Content-Type": "text/turtle"}

TELLS = """
import json, os, resource, sys, tempfile
content = sys.stdin.buffer.read()
try:
    with tempfile.TemporaryFile() as file:
        file.write(b"x")
    written = True
except OSError:
    written = False
bounds = [resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in ("AS", "CPU", "FSIZE", "CORE")]
told = {"options": sys.argv[1:], "read": len(content), "names": sorted(os.environ), "written": written}
print(json.dumps({**told, "bounds": bounds}))
"""
"""A program in the place of the validator: it tells what it was given."""


def ask(checks: Checks, requests: int = 1, clients: int = 1, **more: Any) -> list[httpx.Response]:
    """Return the answers to requests at once, of so many clients in turn."""
    app = Guard(Validator(checks, PROFILES), quiet, NO_LIMIT, rooms={PATH: checks.limits.room_of_catalogues})

    async def one(number: int) -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(f"192.0.2.{number % clients}", 1), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver", timeout=60) as asking:
            return await asking.request(**{"method": "POST", "url": PATH, "headers": TURTLE, "content": b"x", **more})

    async def all_at_once() -> list[httpx.Response]:
        return await asyncio.gather(*map(one, range(requests)))

    return asyncio.run(all_at_once())


def stand_in(code: str = TELLS, limits: Limits = NO_LIMIT) -> Checks:
    return Checks(limits, (sys.executable, "-c", code))


def told(query: str = "", **more: Any) -> Any:
    (answer,) = ask(stand_in(), url=f"{PATH}{query}", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


# What is asked --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("media", "form"), REPORTS.items())
def test_the_form_of_the_report_is_the_one_that_is_accepted(media: str, form: str) -> None:
    (answer,) = ask(stand_in(), headers={**TURTLE, "Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert answer.headers["cache-control"] == "no-store"
    options = json.loads(answer.content)["options"]
    assert options[options.index("--format") + 1] == form


@pytest.mark.parametrize(
    ("query", "headers", "options"),
    [
        ("", {}, ["en", "--profile=dcat-ap-nl"]),
        ("", {"Accept-Language": "nl-BE"}, ["nl", "--profile=dcat-ap-nl"]),
        ("?profile=dcat-ap&language=fr", {"Accept-Language": "nl"}, ["fr", "--profile=dcat-ap"]),
        ("?profile=dcat-ap&profile=dcat-ap-nl", {}, ["en", "--profile=dcat-ap", "--profile=dcat-ap-nl"]),
        ("?houseRules=1", {}, ["en", "--profile=dcat-ap-nl", "--house-rules"]),
        ("?houseRules=0&profile=", {}, ["en", "--profile=dcat-ap-nl"]),
    ],
)
def test_parameters_become_options(query: str, headers: dict[str, str], options: list[str]) -> None:
    assert told(query, headers={**TURTLE, **headers})["options"] == ["--format", "json", "--language", *options]


def test_a_catalogue_needs_no_media_type() -> None:
    assert told(headers={}, content=b"1234")["read"] == 4


@pytest.mark.parametrize("media", SYNTAXES)
def test_each_syntax_is_taken_as_it_is_and_as_gzip(media: str) -> None:
    assert told(headers={"Content-Type": media}, content=b"1234")["read"] == 4
    assert told(headers={"Content-Type": f"{media}; charset=utf-8", "Content-Encoding": "gzip"})["read"] == 1


@pytest.mark.parametrize(
    "fields", [{"file": ("c.ttl", b"\r\n--x\n\0", "text/turtle"), "text": (None, "")}, {"text": (None, "\r\n--x\n\0")}]
)
def test_a_form_has_a_file_or_a_text(fields: Mapping[str, Any]) -> None:
    found = told(headers={}, content=None, files={**fields, "profile": (None, "dcat-ap"), "language": (None, "nl")})
    assert (found["read"], found["options"][3:]) == (len("\r\n--x\n\0"), ["nl", "--profile=dcat-ap"])


@pytest.mark.parametrize(
    ("status", "says", "request_"),
    [
        (400, "this one has 0", {"content": b" \n"}),
        (400, "this one has 2", {"headers": {}, "content": None, "files": {"file": b"x", "text": b"y"}}),
        (400, "this one has 0", {"headers": {}, "content": None, "files": {"file": b""}}),
        (400, "'profil'", {"url": f"{PATH}?profil=dcat-ap"}),
        (400, "dcat-ap-nl, dcat-ap", {"url": f"{PATH}?profile=--shapes"}),
        (400, "take one of: en", {"url": f"{PATH}?language=xx"}),
        (400, "houseRules", {"url": f"{PATH}?houseRules=2"}),
        (400, "multipart/form-data", {"headers": {"Content-Type": "multipart/form-data"}}),
        (400, "multipart/form-data", {"headers": {"Content-Type": "multipart/form-data; boundary=a"}}),
        (404, "/validate", {"url": f"{PATH}/more"}),
        (405, "PUT", {"method": "PUT"}),
        (406, "application/sarif+json", {"headers": {**TURTLE, "Accept": "image/png"}}),
        (406, "text/html", {"method": "GET", "headers": {"Accept": "text/turtle"}}),
        (413, "bytes at most", {"content": b"x" * 20_000_001}),
        (415, "text/turtle", {"headers": {"Content-Type": "application/pdf"}}),
        (415, "multipart/form-data", {"headers": {"Content-Type": "image/png"}}),
        (415, "gzip", {"headers": {**TURTLE, "Content-Encoding": "br"}}),
    ],
)
def test_what_cannot_be_answered_is_told(status: int, says: str, request_: dict[str, Any]) -> None:
    (answer,) = ask(stand_in(), **request_)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert says in answer.json()["detail"]


def test_a_browser_may_ask_from_anywhere_and_is_told_what_it_may_send() -> None:
    (answer,) = ask(stand_in(), method="OPTIONS")
    assert (answer.status_code, answer.headers["access-control-allow-methods"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "text/turtle" in answer.headers["accept-post"]


def test_nothing_is_there_until_it_is_switched_on(tmp_path: Path) -> None:
    publication(tmp_path, "one", 1)
    web = client(tmp_path)
    assert web.request("POST", PATH, headers=TURTLE, content=b"x").status_code in (404, 405)
    assert PATH not in web.get("/api/v1/openapi.json").json()["paths"]
    on = Web(server.create(tmp_path, quiet, NO_LIMIT, profiles=PROFILES))
    assert on.get(PATH).status_code == 200
    described = on.get("/api/v1/openapi.json").json()
    validate(described)
    posted = described["paths"][PATH]["post"]
    assert [one["name"] for one in posted["parameters"]] == ["profile", "houseRules", "language"]
    assert {*posted["requestBody"]["content"]} == {*SYNTAXES, "multipart/form-data"}
    assert {*posted["responses"]} == {"200", "400", "406", "413", "415", "422", "429", "503", "504"}
    assert {*posted["responses"]["200"]["content"]} == {*REPORTS}


def test_the_command_switches_it_on_with_its_own_profile_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[server.Options] = []
    monkeypatch.setattr(server, "run", lambda options, *_: given.append(options))
    assert main(["serve", "--dist", str(tmp_path)]) == main(["serve", "--validate", "--dist", str(tmp_path)]) == 0
    assert given[0].profiles == ()
    assert given[1].profiles[0] == "dcat-ap-nl"
    assert "dcat-ap" in given[1].profiles


# Bounds ---------------------------------------------------------------------------------------------------


def test_the_program_is_confined_and_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGP_CKAN_TOKEN", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://192.0.2.1:8080")
    found = told()
    memory, seconds = BOUNDS.check_memory, int(BOUNDS.check_seconds) + 2
    assert found["bounds"] == [[memory, memory], [seconds, seconds], [0, 0], [0, 0]]
    assert not found["written"]
    assert {*found["names"]} <= {"PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "LC_CTYPE", *BYTECODE}


BYTECODE = ("PYTHONDONTWRITEBYTECODE",)
COMMAND = "import sys\nimport ogp_data.cli.commands as cli\nimport ogp_data.cli.commands.validate"
RUN = "from ogp_data.cli.main import main\nsys.exit(main(['validate', '-', *sys.argv[1:]]))"
"""The command with something else in the place of the check."""
SHORT = replace(NO_LIMIT, check_seconds=0.5)


@pytest.mark.parametrize(
    ("status", "says", "code", "limits"),
    [
        (504, "0.5 s", "import time; time.sleep(60)", SHORT),
        (504, "0.5 s", "while True: pass", SHORT),
        (504, "30 s", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", NO_LIMIT),
        (422, "memory", f"{COMMAND}\ncli.validate._validate = lambda options: bytes(1 << 40)\n{RUN}", NO_LIMIT),
        (500, "its log", f"{COMMAND}\ncli.validate._validate = lambda options: 1 / 0\n{RUN}", NO_LIMIT),
        (422, "memory", "import os; os.abort()", NO_LIMIT),
        (422, "1000000 bytes", "print('x' * 1_000_001)", replace(NO_LIMIT, report_bytes=1_000_000)),
        (500, "its log", "import sys; sys.exit('a fault')", NO_LIMIT),
        (500, "its log", "import sys; print('half'); sys.exit(3)", NO_LIMIT),
        (
            400,
            "two runs, not in one",
            "import sys; print('ogp-data: two runs, not in one', file=sys.stderr); sys.exit(2)",
            NO_LIMIT,
        ),
        (500, "its log", "import os; os.kill(os.getpid(), 9)", NO_LIMIT),
    ],
)
def test_a_catalogue_without_a_report_is_told_why(status: int, says: str, code: str, limits: Limits) -> None:
    (answer,) = ask(stand_in(code, limits))
    assert answer.status_code == status, answer.text
    assert says in answer.json()["detail"]


def test_a_program_that_reads_nothing_may_tell_all_the_same() -> None:
    (answer,) = ask(stand_in("print('{}')"), content=b"x" * 10_000_000)
    assert (answer.status_code, answer.text) == (200, "{}\n")


SLOWLY = "import sys, time; sys.stdin.read(); time.sleep(0.2); print('{}')"


def test_of_many_at_once_some_are_answered_and_the_others_told_when_to_come_again() -> None:
    checks = stand_in(SLOWLY)
    answers = ask(checks, requests=50, clients=50)
    assert sorted(answer.status_code for answer in answers) == [200] * 10 + [503] * 40
    assert all(answer.headers["retry-after"] == "5" for answer in answers if answer.status_code == 503)
    assert [answer.status_code for answer in ask(stand_in(SLOWLY))] == [200]


def test_one_client_has_its_share_and_no_more() -> None:
    answers = ask(stand_in(SLOWLY), requests=8, clients=2)
    assert sorted(answer.status_code for answer in answers) == [200] * 6 + [429] * 2
    assert all(answer.headers["retry-after"] == "5" for answer in answers if answer.status_code == 429)


def test_who_only_waited_may_try_again() -> None:
    checks = stand_in(limits=SHORT)

    async def taken() -> str:
        for _ in range(SHORT.checks):
            await checks._room.acquire()
        with pytest.raises(CheckError) as ended:
            await checks.report([], b"")
        return ended.value.kind

    assert asyncio.run(taken()) == "expired"


def test_places_are_free_again_after_every_end() -> None:
    checks = stand_in("import os; os.abort()")
    for _ in range(3):
        ask(checks, requests=4)
    with checks.place("192.0.2.0"):
        assert len(checks._of_client) == 1
    assert not checks._of_client


# Forms ----------------------------------------------------------------------------------------------------

NAMES = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)


def sent(fields: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return content type and body of a form as a client writes it."""
    request = httpx.Request("POST", "http://testserver", files={n: ("a", c, "text/turtle") for n, c in fields.items()})
    return request.headers["content-type"], request.read()


@settings(max_examples=int(os.environ.get("OGP_EXAMPLES", "100")), deadline=None)
@given(st.dictionaries(NAMES, st.binary() | st.sampled_from([b"\r\n", b"--", b"\r\n--", b"\r\n\r\n"]), min_size=1))
def test_every_field_of_a_form_is_read_byte_for_byte(fields: dict[str, bytes]) -> None:
    kind, body = sent(fields)
    found = list(multipart.fields(kind, body, 100))
    assert found == list(fields.items())


@settings(max_examples=int(os.environ.get("OGP_EXAMPLES", "100")), deadline=None)
@given(st.data())
def test_a_broken_form_is_told_or_read_and_nothing_else(data: st.DataObject) -> None:
    kind, body = sent({"file": b"<a> <b> <c> .", "profile": b"dcat-ap"})
    at = data.draw(st.integers(0, len(body)))
    broken = body[:at] + data.draw(st.binary(max_size=6)) + body[at + data.draw(st.integers(0, 40)) :]
    with suppress(multipart.MalformedError):
        assert all(isinstance(name, str) for name, _ in multipart.fields(kind, broken, 100))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--a--"),
        ("multipart/form-data; boundary=", b"----"),
        (f"multipart/form-data; boundary={'a' * 71}", b"--" + b"a" * 71 + b"--"),
        ("multipart/form-data; boundary=a", b""),
        ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\nno end'),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--"),
        ("multipart/form-data; boundary=a", b"--a\r\nno head\r\n--a--"),
        ("multipart/form-data; boundary=a", b"--a\r\n" + b"X: 1\r\n" * 100_000 + b"\r\n\r\n--a--"),
        ("multipart/form-data; boundary=a", b'--a\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n' * 101),
    ],
)
def test_what_is_no_form_is_malformed(kind: str, body: bytes) -> None:
    with pytest.raises(multipart.MalformedError):
        list(multipart.fields(kind, body, 100))


# For people -----------------------------------------------------------------------------------------------

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_an_empty_form_comes_back_with_what_is_wrong_on_it() -> None:
    (answer,) = ask(stand_in(), headers=BROWSER, content=None, files={"file": ("", b""), "text": (None, "")})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "A request has one catalogue, this one has 0." in answer.text
    assert '<textarea id="text"' in answer.text


def test_a_report_in_a_browser_has_the_frame_of_the_service_and_the_way_back() -> None:
    alone = "<title>x</title><main id='main'><h1>Validation of A &amp; B</h1><p>&lt;b&gt; {{ 1 }}</p></main>"
    (answer,) = ask(stand_in(f"import sys; sys.stdin.buffer.read(); print({alone!r})"), headers={**BROWSER, **TURTLE})
    assert answer.status_code == 200
    assert "<title>Validation of A &amp; B" in answer.text
    assert answer.text.count("<h1>") == answer.text.count("<main") == 1
    assert "<p>&lt;b&gt; {{ 1 }}</p>" in answer.text
    assert '<a class="button" href="validate">Check a catalogue</a>' in answer.text
    assert 'href="api/v1"' in answer.text
