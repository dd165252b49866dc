"""The path of a request -> its steps, decoded once; what tries to leave the folder is refused here already."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from starlette.types import Scope

from ogp_data.core.messages import Message
from ogp_data.service.limits import BOUNDS
from ogp_data.service.problems import ProblemError
from ogp_data.service.snapshot import RESERVED, Published

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ABSOLUTE = re.compile(rb"https?://", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def origin_form(scope: Scope) -> Scope:
    """Return a request without the host in its target, which a server must take too (RFC 9112, section 3.2.2)."""
    raw = scope.get("raw_path") or b""
    if not _ABSOLUTE.match(raw):
        return scope
    # The raw path too, since everything after this reads the raw one.
    path = b"/" + raw.split(b"/", 3)[3] if raw.count(b"/") > 2 else b"/"
    return {**scope, "raw_path": path, "path": unquote_to_bytes(path).decode("utf-8", "replace")}


def steps(raw: bytes) -> list[str]:
    """Return the steps of a path, the last empty for a folder; ProblemError when it is none of ours."""
    if len(raw) > BOUNDS.path_bytes:
        raise ProblemError(414, Message("The path is longer than {path_bytes} bytes.", path_bytes=BOUNDS.path_bytes))
    if not raw.startswith(b"/") or _BROKEN_ESCAPE.search(raw):
        raise ProblemError(400, Message("The path is not well formed."))
    try:
        # Split first and decode once: decoded twice, `%252e` would become a dot that no check has seen.
        found = [unquote_to_bytes(step).decode("utf-8") for step in raw.split(b"/")[1:]]
    except UnicodeDecodeError:
        raise ProblemError(400, Message("The path is not in UTF-8.")) from None
    for step in found:
        if _CONTROL.search(step):
            raise ProblemError(400, Message("The path has a character that no path here has."))
    # Refused and not resolved: a proxy may already have resolved them another way than we would.
    if any(step in (".", "..") for step in found) or any(not step for step in found[:-1]):
        raise ProblemError(404, Message("No path here has empty steps, or steps that lead up."))
    return found


def parameters(text: bytes, most: int = BOUNDS.form_fields) -> list[tuple[str, str]]:
    """Return the parameters of a query string or a form in order; ProblemError when they are not in UTF-8, or too many.

    A byte that is none must not become another letter: what is asked for then is not what was meant.
    """
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most)
    except UnicodeDecodeError:
        raise ProblemError(400, Message("The parameters are not percent-encoded UTF-8.")) from None
    except ValueError:
        raise ProblemError(
            400, Message("A request may have {form_fields} parameters at most.", form_fields=most)
        ) from None


def raw_path(scope: Scope) -> bytes:
    """Return the path of a request as it was sent."""
    return bytes(scope.get("raw_path") or scope["path"].encode())


def below(scope: Scope, published: Published) -> Scope:
    """Return a request below the path of the root's own address as one at the root, with that path before it.

    So that all that is served answers behind a proxy that hands on the whole path of https://data.example.nl/ogp/... .
    """
    own = urlsplit(published.root.base_iri).path.strip("/") if published.root else ""
    raw, prefix = raw_path(scope), f"/{own}/".encode()
    if not own or not raw.startswith(prefix) or own.partition("/")[0] in (*published.held, *RESERVED):
        return scope
    rest = raw[len(prefix) - 1 :]
    path = unquote_to_bytes(rest).decode("utf-8", "replace")
    return {**scope, "path": path, "raw_path": rest, "root_path": f"{scope.get('root_path', '')}/{own}"}
