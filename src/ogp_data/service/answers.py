"""A representation -> an answer by RFC 9110: coding, validators, preconditions, ranges. Pure, but for `Response`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from ogp_data.core.web.accept import accepts_gzip
from ogp_data.service.limits import BOUNDS
from ogp_data.service.snapshot import File

READ: Final = ("GET", "HEAD")
ALLOWED = "GET, HEAD, OPTIONS"

_RANGE = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")
_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_TEXT = re.compile(r"text/|application/(?:javascript|xml)|image/svg")


@dataclass(frozen=True, slots=True)
class Representation:
    """What an address gives: a file, since when it is so, and headers of its own."""

    file: File
    modified: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    vary: str = ""
    status: int = 200


def answer(request: Request, given: Representation) -> Response:
    """Return the answer to a GET or HEAD: whole, a part, or that nothing has changed."""
    gzipped = given.file.gzipped if accepts_gzip(request.headers.get("accept-encoding", "")) else None
    content = given.file.content if gzipped is None else gzipped
    # A strong tag names bytes, and the gzip form has others. With one tag for both, a client that has a part of the one
    # could complete it with a range of the other.
    etag = f'"{given.file.sha256[:32]}{"-gzip" if gzipped is not None else ""}"'
    headers = _headers(given, etag, gzipped is not None)
    # Preconditions are about what a 200 would have shown (RFC 9110, 13.2.1).
    status = _precondition(request, etag, given.modified) if given.status == 200 else 0
    if status:
        return _bare(status, headers)
    if given.status == 200 and request.method == "GET" and "range" in request.headers:
        ranges = _ranges(request.headers["range"], len(content))
        if ranges is not None and _if_range(request, etag, given.modified):
            return _part(content, ranges, headers, etag)
    return respond(request, content, headers, given.status)


def respond(request: Request, content: bytes, headers: Mapping[str, str], status: int = 200) -> Response:
    """Return an answer; to HEAD one without its body."""
    length = {"Content-Length": str(len(content))}
    return Response(b"" if request.method == "HEAD" else content, status, {**headers, **length})


def address(request: Request, path: str = "/") -> str:
    """Return the address of a path here, as the client reaches it."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}{path}"


def _headers(given: Representation, etag: str, gzipped: bool) -> dict[str, str]:
    # no-cache lets a cache store the answer, but makes it ask each time: a new build may come at any second.
    headers = {"Content-Type": content_type(given.file.media_type), "ETag": etag, "Cache-Control": "no-cache"}
    # Also where the plain form is sent: a cache must not give it to a client that would have got the other.
    vary = ", ".join(filter(None, (given.vary, "Accept-Encoding" if given.file.gzipped is not None else "")))
    if vary:
        headers["Vary"] = vary
    if given.modified:
        headers["Last-Modified"] = http_date(given.modified)
    if given.status == 200:
        headers["Accept-Ranges"] = "bytes"
    if gzipped:
        headers["Content-Encoding"] = "gzip"
    return {**headers, **given.headers}


def content_type(media_type: str) -> str:
    """Return a media type with the charset of texts; JSON and RDF's own types have none, they are UTF-8 always."""
    return f"{media_type}; charset=utf-8" if _TEXT.match(media_type) else media_type


def http_date(moment: datetime) -> str:
    """Return a moment as HTTP writes it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


# Preconditions, RFC 9110 section 13 -----------------------------------------------------------------------


def _precondition(request: Request, etag: str, modified: datetime | None) -> int:
    """Return 304 or 412 when a precondition ends the request, else 0."""
    headers = request.headers
    if "if-match" in headers:
        if not _matches(headers["if-match"], etag, strong=True):
            return 412
    # A date counts only where there is no tag: a client may send both, for the sake of old servers.
    elif (since := _date(headers.get("if-unmodified-since"))) and modified and modified > since:
        return 412
    if "if-none-match" in headers:
        return 304 if _matches(headers["if-none-match"], etag, strong=False) else 0
    since = _date(headers.get("if-modified-since"))
    return 304 if since and modified and modified <= since else 0


def _matches(header: str, etag: str, strong: bool) -> bool:
    if header.strip() == "*":
        return True
    tags = _TAG.findall(header)
    # If-Match asks for the very bytes, so a weak tag never matches; for If-None-Match it is enough to mean the same.
    return etag in tags if strong else etag in [tag.removeprefix("W/") for tag in tags]


def _date(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except (ValueError, OverflowError):
        return None
    # "-0000" and a missing zone give a naive moment, which cannot be compared with ours.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# Ranges, RFC 9110 section 14 ------------------------------------------------------------------------------


def _if_range(request: Request, etag: str, modified: datetime | None) -> bool:
    """Return whether the range still belongs to what the client has a part of."""
    header = request.headers.get("if-range", "").strip()
    if not header:
        return True
    if header.startswith(('"', "W/")):
        # A weak tag cannot match here, as the RFC wants: ours is strong, and the whole text is compared.
        return header == etag
    return modified is not None and _date(header) == modified


def _ranges(header: str, size: int) -> list[tuple[int, int]] | None:
    """Return first and last byte of each range that can be met; None when the header is to be passed over."""
    unit, _, listed = header.partition("=")
    parts = [part.strip() for part in listed.split(",") if part.strip()]
    matches = [_RANGE.fullmatch(part) for part in parts]
    if unit.strip().lower() != "bytes" or not parts or len(parts) > BOUNDS.ranges:
        return None
    found: list[tuple[int, int]] = []
    for match in matches:
        if match is None or match[0] == "-":
            return None
        first, last = match.groups()
        if first and last and int(first) > int(last):
            return None
        begin = int(first) if first else max(size - int(last), 0)
        end = min(int(last), size - 1) if first and last else size - 1
        if begin < size and not (not first and int(last) == 0):
            found.append((begin, end))
    # Overlapping ranges could otherwise make an answer many times the size of the file out of a short request.
    return None if sum(end - begin + 1 for begin, end in found) > size else found


def _part(content: bytes, ranges: Sequence[tuple[int, int]], headers: Mapping[str, str], etag: str) -> Response:
    size = len(content)
    if not ranges:
        return _bare(416, {**headers, "Content-Range": f"bytes */{size}"})
    if len(ranges) == 1:
        (begin, end) = ranges[0]
        part = content[begin : end + 1]
        about = {"Content-Range": f"bytes {begin}-{end}/{size}", "Content-Length": str(len(part))}
        return Response(part, 206, {**headers, **about})
    # Made from the checksum, so that the same request gets the same bytes, and the content will not contain it.
    boundary = f"part-{etag.strip(chr(34))}"
    kind = headers["Content-Type"]
    body = b"".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Range: bytes {begin}-{end}/{size}\r\n\r\n".encode()
        + content[begin : end + 1]
        + b"\r\n"
        for begin, end in ranges
    )
    body += f"--{boundary}--\r\n".encode()
    about = {"Content-Type": f"multipart/byteranges; boundary={boundary}", "Content-Length": str(len(body))}
    return Response(body, 206, {**headers, **about})


def _bare(status: int, headers: Mapping[str, str]) -> Response:
    """Return an answer without a body; 304 and 412 say nothing of one."""
    dropped = {"content-type", "content-encoding", "content-length"}
    kept = {name: value for name, value in headers.items() if name.lower() not in dropped}
    return Response(None, status, kept)
