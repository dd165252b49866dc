"""Files over HTTP: byte for byte, with validators, codings and ranges as RFC 9110 has them."""

from __future__ import annotations

import gzip
import hashlib
import json
from email.utils import formatdate
from pathlib import Path

import pytest

from service_help import Web, client

CSV = "/nl-2020-2022/commitments/commitments.csv"


@pytest.fixture(scope="module")
def web(published: Path) -> Web:
    return client(published.parent)


@pytest.fixture(scope="module")
def content(published: Path) -> bytes:
    return (published / "commitments/commitments.csv").read_bytes()


def test_every_file_of_the_manifest_comes_byte_for_byte_below_its_name_and_at_the_root(
    web: Web, published: Path
) -> None:
    files = json.loads((published / "manifest.json").read_bytes())["files"]
    assert len(files) > 100
    for entry in files:
        for prefix in ("/nl-2020-2022/", "/"):
            answer = web.get(prefix + entry["path"], headers={"Accept-Encoding": "identity"})
            assert answer.status_code == 200, entry["path"]
            assert hashlib.sha256(answer.content).hexdigest() == entry["sha256"]
            assert int(answer.headers["content-length"]) == entry["bytes"]
            if entry["mediaType"] != "application/octet-stream":
                assert answer.headers["content-type"].split(";")[0] == entry["mediaType"]
            assert answer.headers["access-control-allow-origin"] == "*"


def test_the_manifest_itself_is_served_and_what_it_does_not_name_is_not(web: Web, published: Path) -> None:
    assert web.get("/nl-2020-2022/manifest.json").content == (published / "manifest.json").read_bytes()
    stray = published.resolve() / "stray.txt"
    stray.write_text("not published")
    try:
        assert client(published.parent).get("/nl-2020-2022/stray.txt").status_code == 404
    finally:
        stray.unlink()


def test_texts_say_their_charset_and_rdf_its_own_type(web: Web) -> None:
    assert web.get(CSV).headers["content-type"] == "text/csv; charset=utf-8"
    assert web.get("/catalog.ttl").headers["content-type"] == "text/turtle; charset=utf-8"
    assert web.get("/catalog.rdf").headers["content-type"] == "application/rdf+xml"
    assert web.get("/catalog.jsonld").headers["content-type"] == "application/ld+json"


def test_a_head_says_what_a_get_would_and_has_no_body(web: Web) -> None:
    got, head = web.get(CSV), web.head(CSV)
    assert head.status_code == 200
    assert head.content == b""
    different = {"date", "x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in different} == {
        k: v for k, v in got.headers.items() if k not in different
    }


def test_gzip_is_sent_when_it_is_wanted_and_has_a_tag_of_its_own(web: Web, content: bytes) -> None:
    plain = web.get(CSV, headers={"Accept-Encoding": "identity"})
    packed = web.get(CSV, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(content)
    assert packed.content == content  # the client unpacks
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize(
    ("accepted", "coded"),
    [
        ("gzip;q=0", False),
        ("gzip;q=0.5, identity;q=0.8", False),
        ("br, *;q=0.5", True),
        ("*;q=0", False),
        ("gzip;q=much", False),
        ("x-gzip", True),
        ("", False),
        ("deflate, br", False),
    ],
)
def test_codings_are_weighed(web: Web, accepted: str, coded: bool) -> None:
    answer = web.get(CSV, headers={"Accept-Encoding": accepted})
    assert ("content-encoding" in answer.headers) is coded


def test_what_is_packed_already_is_not_packed_again(web: Web) -> None:
    answer = web.get("/nl-2020-2022/nl-2020-2022.zip", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


def test_the_tag_is_strong_and_a_client_that_has_it_gets_304(web: Web) -> None:
    tag = web.get(CSV).headers["etag"]
    assert tag.startswith('"')
    for header in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = web.get(CSV, headers={"If-None-Match": header})
        assert answer.status_code == 304, header
        assert answer.content == b""
        assert answer.headers["etag"] == tag
        assert "content-type" not in answer.headers
    assert web.get(CSV, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_date_counts_only_where_no_tag_is_given(web: Web) -> None:
    answer = web.get(CSV)
    date = answer.headers["last-modified"]
    assert web.get(CSV, headers={"If-Modified-Since": date}).status_code == 304
    assert web.get(CSV, headers={"If-Modified-Since": formatdate(0, usegmt=True)}).status_code == 200
    assert web.get(CSV, headers={"If-Modified-Since": "yesterday"}).status_code == 200
    both = {"If-None-Match": '"other"', "If-Modified-Since": date}
    assert web.get(CSV, headers=both).status_code == 200


def test_a_precondition_that_does_not_hold_is_412(web: Web) -> None:
    tag = web.get(CSV).headers["etag"]
    assert web.get(CSV, headers={"If-Match": '"other"'}).status_code == 412
    assert web.get(CSV, headers={"If-Match": f"W/{tag}"}).status_code == 412
    assert web.get(CSV, headers={"If-Match": tag}).status_code == 200
    assert web.get(CSV, headers={"If-Unmodified-Since": formatdate(0, usegmt=True)}).status_code == 412


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("0-9", 0, 9), ("10-10", 10, 10), ("-5", -5, None), ("100-", 100, None), ("0-99999", 0, None)],
)
def test_a_range_gives_that_part(web: Web, content: bytes, asked: str, first: int, last: int | None) -> None:
    answer = web.get(CSV, headers={"Range": f"bytes={asked}", "Accept-Encoding": "identity"})
    expected = content[first:] if last is None else content[first : last + 1]
    begin = first if first >= 0 else len(content) + first
    assert answer.status_code == 206
    assert answer.content == expected
    assert answer.headers["content-range"] == f"bytes {begin}-{begin + len(expected) - 1}/{len(content)}"
    assert int(answer.headers["content-length"]) == len(expected)


def test_of_several_ranges_those_that_there_are_are_given(web: Web, content: bytes) -> None:
    answer = web.get(CSV, headers={"Range": "bytes=0-3,9999999-", "Accept-Encoding": "identity"})
    assert (answer.status_code, answer.content) == (206, content[:4])


def test_several_ranges_come_as_parts_of_one_answer(web: Web, content: bytes) -> None:
    answer = web.get(CSV, headers={"Range": "bytes=0-3, 10-12, -2", "Accept-Encoding": "identity"})
    assert answer.status_code == 206
    kind, _, boundary = answer.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/byteranges"
    parts = answer.content.split(f"--{boundary}".encode())
    assert parts[0] == b""
    assert parts[-1] == b"--\r\n"
    size = len(content)
    wanted = [(0, 3), (10, 12), (size - 2, size - 1)]
    for (begin, end), part in zip(wanted, parts[1:-1], strict=True):
        head, _, body = part.partition(b"\r\n\r\n")
        assert f"Content-Range: bytes {begin}-{end}/{size}".encode() in head
        assert body == content[begin : end + 1] + b"\r\n"


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0", "bytes=999999-9999999, 888888-"])
def test_a_range_beyond_the_end_is_416_and_tells_the_size(web: Web, content: bytes, asked: str) -> None:
    answer = web.get(CSV, headers={"Range": asked, "Accept-Encoding": "identity"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(content)}"


@pytest.mark.parametrize(
    "asked",
    [
        "lines=1-2",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=-",
        "bytes=",
        "bytes",
        "bytes=0-1," * 20,
        "bytes=0-,0-,0-",
        f"bytes={'9' * 5000}-",
    ],
)
def test_a_range_that_is_none_or_too_many_is_passed_over(web: Web, content: bytes, asked: str) -> None:
    answer = web.get(CSV, headers={"Range": asked, "Accept-Encoding": "identity"})
    assert (answer.status_code, answer.content) == (200, content)


def test_if_range_gives_the_whole_of_what_changed(web: Web) -> None:
    plain = {"Accept-Encoding": "identity", "Range": "bytes=0-3"}
    tag, date = (
        web.get(CSV, headers={"Accept-Encoding": "identity"}).headers[name] for name in ("etag", "last-modified")
    )
    statuses = {
        header: web.get(CSV, headers={**plain, "If-Range": header}).status_code
        for header in (tag, date, f"W/{tag}", '"other"', formatdate(0, usegmt=True), "soon")
    }
    assert list(statuses.values()) == [206, 206, 200, 200, 200, 200]


def test_a_range_of_a_packed_answer_is_a_part_of_the_packed_bytes(web: Web, content: bytes) -> None:
    status, packed = web.packed(CSV, **{"Accept-Encoding": "gzip"})
    assert (status, gzip.decompress(packed)) == (200, content)
    assert web.packed(CSV, **{"Accept-Encoding": "gzip", "Range": "bytes=0-9"}) == (206, packed[:10])


def test_other_methods_are_refused_and_told(web: Web) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = web.request(method, CSV)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert web.request("OPTIONS", CSV).status_code == 204


def test_health_tells_what_is_served(web: Web, published: Path) -> None:
    answer = web.get("/health")
    manifest = (published / "manifest.json").read_bytes()
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["faults"]) == ("ok", [])
    (one,) = told["publications"]
    assert (one["id"], one["version"]) == ("nl-2020-2022", "1.0.0")
    assert one["build"] == hashlib.sha256(manifest).hexdigest()[:16]
    assert one["files"] == len(json.loads(manifest)["files"]) + 1


def test_a_folder_is_its_index_page_and_the_name_of_a_publication_leads_to_it(web: Web, published: Path) -> None:
    answer = web.get("/nl-2020-2022")
    assert (answer.status_code, answer.headers["location"]) == (308, "nl-2020-2022/")
    assert web.get("/nl-2020-2022/nothing/").status_code == 404
    if (published / "index.html").exists():
        assert web.get("/").content == (published / "index.html").read_bytes()
