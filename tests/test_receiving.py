"""What a publication is begun with: files, folders and addresses, and what of these is no document."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from ogp_data.core.web import Bounds, RefusedError
from ogp_data.declaration.receiving import Received, receive, safe_name
from web_server import Wire

HERE = Bounds(seconds=5, bytes=1000, allow_private=True)


def names(*sources: str | Path) -> list[str]:
    return [one.name for one in receive([str(source) for source in sources], HERE).documents]


def write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def test_files_are_in_the_order_of_their_paths_with_their_bytes(tmp_path: Path) -> None:
    write(tmp_path, **{"b.txt": "B\r\n", "a.md": "# A\n"})
    found = receive([str(tmp_path / "b.txt"), str(tmp_path / "a.md")], HERE).documents
    assert [(one.name, one.content) for one in found] == [("a.md", b"# A\n"), ("b.txt", b"B\r\n")]


def test_names_that_collide_are_told_apart_whatever_the_disk_makes_of_capitals(tmp_path: Path) -> None:
    write(tmp_path, **{"x/report.md": "# X\n", "y/Report.md": "# Y\n", "z/report.md": "# Z\n"})
    assert names(tmp_path / "x/report.md", tmp_path / "y/Report.md", tmp_path / "z/report.md") == [
        "Report-2.md",
        "report-3.md",
        "report.md",
    ]


def test_a_folder_gives_its_documents_sorted_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "b/two.md": "# Two\n",
            "a.txt": "A paragraph.\n",
            "b/Één plan.md": "# One\n",
            "LICENSE.md": "# Licence\n",
            "style.css": "p { color: red }\n",
            "data.json": "{}\n",
            "picture.png": b"\x89PNG\r\n\x1a\n",
            "empty.md": "\n",
            ".hidden/x.md": "# X\n",
            ".gitignore": "x\n",
            "settings.txt": "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n",
        },
    )
    (tmp_path / "link.md").symlink_to("a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = receive([str(tmp_path)], HERE)
    assert [one.name for one in found.documents] == ["a.txt", "b/Een-plan.md", "b/two.md"]
    assert {name: str(why) for name, why in found.left_out} == {
        "LICENSE.md": "it is about the folder",
        "data.json": "its name ends in .json",
        "empty.md": "it is empty",
        "link.md": "a link",
        "picture.png": "a PNG picture",
        "settings.txt": "YAML",
        "style.css": "its name ends in .css",
    }


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    with pytest.raises(ValueError, match="there is no document in"):
        receive([str(tmp_path)], HERE)


@pytest.mark.parametrize("name", ["", ".", "..", "a b", "é", "/", "-", "x" * 300 + ".pdf"])
def test_each_name_can_be_part_of_an_address(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)
    assert 0 < len(safe_name(name)) <= 200


# Addresses ----------------------------------------------------------------------------------------------


def answering(head: str, body: bytes = b"") -> Wire:
    def say(connection: socket.socket, _: Wire) -> None:
        connection.sendall(f"HTTP/1.1 {head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return Wire(say)


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("/files/Plan%20d%C3%A9finitif.pdf?v=2#page=3", b"%PDF-1.7 x", "Plan-definitif.pdf"),
        ("/report", b"%PDF-1.7 x", "report.pdf"),
        ("/", b"<!doctype html><p>x", "document.html"),
        ("", b"A paragraph.\n", "document.txt"),
        ("/a/..%2F..%2Fetc%2Fpasswd", b"x", "passwd.txt"),
    ],
)
def test_a_document_is_fetched_and_called_as_its_address_ends(path: str, body: bytes, name: str) -> None:
    with answering("200 OK", body) as wire:
        (found,) = receive([wire.base + path], HERE).documents
    assert found == Received(name, body, wire.base + path, wire.base + path)


@pytest.mark.parametrize(
    ("head", "body", "bounds", "says"),
    [
        ("200 OK", b"x", Bounds(), "an address that is not public"),
        ("200 OK", b"x" * 1001, HERE, "is longer than 1,000 bytes"),
        ("404 Not Found", b"", HERE, "answers with status 404"),
        ("302 Found\r\nLocation: /again", b"", HERE, "redirects more than 5 times"),
        ("302 Found\r\nLocation: file:///etc/passwd", b"", HERE, "is not an http or https address"),
    ],
)
def test_what_cannot_or_must_not_be_fetched_is_refused(head: str, body: bytes, bounds: Bounds, says: str) -> None:
    with answering(head, body) as wire, pytest.raises(RefusedError, match=says):
        receive([wire.base + "/plan.pdf"], bounds)


@pytest.mark.parametrize("url", ["ftp://example.org/plan.pdf", "file:///etc/passwd", "https://user:secret@[::1/x"])
def test_what_is_no_address_of_the_web_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(RefusedError) as refused:
        receive([url], HERE)
    assert "secret" not in str(refused.value)


def test_documents_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, **{f"{number}.md": "# A\n" for number in range(4)})
    monkeypatch.setattr("ogp_data.declaration.receiving.MOST", 3)
    with pytest.raises(ValueError, match="more than 3 documents"):
        receive([str(tmp_path)], HERE)
