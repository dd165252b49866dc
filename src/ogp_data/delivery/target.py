"""A target: the catalogue to deliver to, as declared in TOML; its secret is never in that file."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from ogp_data.core.messages import Message
from ogp_data.core.strict import STRICT
from ogp_data.core.web import is_loopback
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.secrets import Secret


@dataclass(frozen=True, slots=True)
class SecretSpec:
    """Where a secret is found: a variable of the environment, or a file that only its owner can read."""

    __pydantic_config__ = STRICT
    env: Annotated[str, "Name of the variable of the environment that holds it."] = ""
    file: Annotated[str, "Path of a file that holds it, readable by its owner only; from the target's folder."] = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What every kind of target says of itself; each kind adds its own keys."""

    __pydantic_config__ = STRICT
    kind: Annotated[str, "Kind of catalogue; each adds keys of its own."]
    url: Annotated[str, "Address of the catalogue, without the path of its API."]
    publication: Annotated[str, "Name of the publication that is delivered, the folder below dist/."]
    secret: Annotated[SecretSpec, "Where the API token (CKAN) or API key (Aanlever) is found."]
    language: Annotated[str, "Language of texts where the catalogue keeps just one, as a two-letter code."] = "nl"

    @property
    def catalogue(self) -> str:
        """Return which catalogue this is, in whose name it is asked, and in which fields."""
        return f"{self.kind} {self.url.rstrip('/')}"

    @property
    def is_local(self) -> bool:
        """Return whether the catalogue runs on this machine, as in tests."""
        return is_loopback(self.url)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the keys of this kind alone: key and message."""
        yield from ()


def faults(target: Target) -> list[tuple[str, str]]:
    """Return what is wrong with a target, and cannot be seen of one key's type: key and message."""
    parts = _address(target.url)
    # What stands there is not quoted: it may hold a password or token by mistake.
    found = [("url", Message("This is not the address of a catalogue: https://, a host, and no password or query."))]
    if parts:
        plain = parts.scheme == "http" and not target.is_local
        said = Message(
            "http://{hostname} would send the token over the network unencrypted; it must begin with https://.",
            hostname=parts.hostname,
        )
        found = [("url", said)] if plain else []
    if bool(target.secret.env) == bool(target.secret.file):
        found.append(("secret", Message("Name either a variable of the environment (env) or a file (file).")))
    if target.secret.env and not re.fullmatch(r"[A-Z_][A-Z0-9_]*", target.secret.env):
        # Tokens are not in capitals throughout: one that stands here by mistake is not told.
        message = Message("This is not the name of a variable in capitals; the token itself is never written here.")
        found.append(("secret.env", message))
    return [*found, *target.faults()]


def _address(url: str) -> SplitResult | None:
    """Return the parts of an address of a catalogue; None when it is none."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
        return parts if named and not (parts.query or parts.fragment or parts.username or parts.password) else None
    except ValueError:
        return None


class NoSecretError(DeliveryError):
    """The secret of a target is not there at all."""


def secret(target: Target, folder: Path) -> Secret:
    """Return a target's secret; NoSecretError when it is not there, DeliveryError when others can read it."""
    if name := target.secret.env:
        value, where = os.environ.get(name, "").strip(), Message("The variable {name} of the environment", name=name)
    else:
        value, where = _from_file(folder / target.secret.file), Message("The file that `secret.file` names")
    if not value:
        raise NoSecretError("target-secret", Message("{where} is empty or not set.", where=where))
    if any(ord(sign) < 33 or ord(sign) > 126 for sign in value):
        raise DeliveryError("target-secret", Message("{where} does not contain a token.", where=where))
    return Secret(value)


def _from_file(path: Path) -> str:
    """Return what a file holds; the path of none is not told: a token may stand there by mistake."""
    try:
        if path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            message = Message("The file that `secret.file` names can be read by others than its owner.")
            raise DeliveryError("target-secret", message, Message("Protect it: chmod 600 {path}", path=path))
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as reason:
        message = Message("The file that `secret.file` names cannot be read: {strerror}.", strerror=reason.strerror)
        kind = NoSecretError if isinstance(reason, FileNotFoundError) else DeliveryError
        raise kind("target-secret", message) from None
