"""A target: the catalogue to deliver to, as declared in TOML; its secret is never in that file."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from ogp_data.core.files import kind_of
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.strict import STRICT
from ogp_data.core.web import is_loopback
from ogp_data.declaration.toml_files import read_toml
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.secrets import Secret

Flavour = Literal["donl", "dcat", "extras"]


@dataclass(frozen=True, slots=True)
class SecretSpec:
    """Where a secret is found: a variable of the environment, or a file that only its owner can read."""

    __pydantic_config__ = STRICT
    env: Annotated[str, "Name of the variable of the environment that holds it."] = ""
    file: Annotated[str, "Path of a file that holds it, readable by its owner only; from the target's folder."] = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A catalogue, and how a package is delivered to it."""

    __pydantic_config__ = STRICT
    kind: Annotated[
        Literal["ckan", "aanlever"], "Kind of catalogue: CKAN's action API, or data.overheid.nl's Aanlever API."
    ]
    url: Annotated[str, "Address of the catalogue, without the path of its API."]
    publication: Annotated[str, "Name of the publication that is delivered, the folder below dist/."]
    secret: Annotated[SecretSpec, "Where the API token (CKAN) or API key (Aanlever) is found."]
    organisation: Annotated[str, "CKAN: name of the organisation that owns the datasets."] = ""
    flavour: Annotated[
        Flavour,
        "CKAN: `donl` for DCAT-AP-DONL 1.1 fields, `dcat` for those of ckanext-dcat's scheming schema, `extras` for a"
        " CKAN without ckanext-scheming.",
    ] = "extras"
    files: Annotated[Literal["link", "upload"], "CKAN: whether files are linked or uploaded."] = "link"
    client: Annotated[str, "Aanlever API: the client id that goes with the key."] = ""
    language: Annotated[Literal["nl", "en"], "Language of texts where the catalogue keeps just one."] = "nl"
    themes: Annotated[
        dict[str, list[str]], "DONL: for a code of the EU data-theme table, the IRIs of OWMS themes that stand for it."
    ] = field(default_factory=dict)
    organisations: Annotated[
        dict[str, str], "DONL: for the IRI of an organisation in the package, its IRI in the OWMS list."
    ] = field(default_factory=dict)

    @property
    def catalogue(self) -> str:
        """Return which catalogue this is, in whose name it is asked, and in which fields."""
        return " ".join((self.kind, self.url.rstrip("/"), self.organisation or self.client, self.flavour))

    @property
    def is_local(self) -> bool:
        """Return whether the catalogue runs on this machine, as in tests."""
        return is_loopback(self.url)


def load(path: Path) -> tuple[Target | None, list[Finding]]:
    """Return a target, or what is wrong with its file."""
    if not path.is_file():
        kind = kind_of(path)
        said, hint = (
            f"{path} is {kind}, not a file." if kind else f"There is no file {path}.",
            "Name the file of a target; data/targets/ has examples.",
        )
        return None, [finding("invalid-target", said, Place(file=str(path)), hint)]
    found: list[Finding] = []
    target = read_toml(path, Target, found)
    found = [_discreet(one) for one in found]
    if target is not None:
        found += [
            finding("invalid-target", message, Place(file=str(path), key=key)) for key, message in _faults(target)
        ]
    return (None if found else target), found


def _discreet(found: Finding) -> Finding:
    """Return a finding that does not quote what stands where a token may have been written by mistake."""
    if found.place.key.partition(".")[0] != "secret":
        return found
    message = "It must name a variable (env) or a file (file); the token itself is never written here."
    return finding(found.rule, message, found.place, 'Write: secret = { env = "NAME_OF_THE_VARIABLE" }')


def _faults(target: Target) -> list[tuple[str, str]]:
    parts = _address(target.url)
    # What stands there is not quoted: it may hold a password or token by mistake.
    faults = [("url", "This is no address of a catalogue: https://, a host, and no password or query.")]
    if parts:
        plain = parts.scheme == "http" and not target.is_local
        said = f"http://{parts.hostname} would send the token readable over the network; it must begin with https://."
        faults = [("url", said)] if plain else []
    if bool(target.secret.env) == bool(target.secret.file):
        faults.append(("secret", "Name either a variable of the environment (env) or a file (file)."))
    if target.secret.env and not re.fullmatch(r"[A-Z_][A-Z0-9_]*", target.secret.env):
        # Tokens are not in capitals throughout: one that stands here by mistake is not told.
        message = "This is no name of a variable in capitals; the token itself is never written here."
        faults.append(("secret.env", message))
    if target.kind == "ckan" and not re.fullmatch(r"[a-z0-9_-]{2,100}", target.organisation):
        faults.append(("organisation", "This is no name of an organisation in CKAN, as it stands in its address."))
    if target.kind == "aanlever" and not target.client:
        faults.append(("client", "The client id that goes with the API key is missing."))
    return faults


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
        value, where = os.environ.get(name, "").strip(), f"The variable {name} of the environment"
    else:
        value, where = _from_file(folder / target.secret.file), "The file that `secret.file` names"
    if not value:
        raise NoSecretError("target-secret", f"{where} is empty or not set.")
    if any(ord(sign) < 33 or ord(sign) > 126 for sign in value):
        raise DeliveryError("target-secret", f"{where} holds no token.")
    return Secret(value)


def _from_file(path: Path) -> str:
    """Return what a file holds; the path of none is not told: a token may stand there by mistake."""
    try:
        if path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            message = "Others than its owner can read the file that `secret.file` names."
            raise DeliveryError("target-secret", message, f"Close it: chmod 600 {path}")
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as reason:
        message = f"The file that `secret.file` names cannot be read: {reason.strerror}."
        kind = NoSecretError if isinstance(reason, FileNotFoundError) else DeliveryError
        raise kind("target-secret", message) from None
