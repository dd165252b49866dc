"""Asking CKAN's action API: what an action gives, and its refusals in sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ogp_data.core.messages import Message, listed
from ogp_data.delivery.ckan.answers import Refusal, refusal
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import Answer, Client, clock_hint
from ogp_data.delivery.reading import part

API = "/api/3/action/"
CREATE = "package_create"
TOLD = frozenset({403, 404, 409})
"""Statuses by which CKAN says in its JSON what is wrong."""


class Api:
    """The actions of a catalogue; what it refuses is a DeliveryError."""

    def __init__(self, target: CkanTarget, client: Client) -> None:
        """Take the target, for its name in messages, and who asks it."""
        self.target, self.client = target, client

    def get(self, action: str, params: Mapping[str, Any], accepted: frozenset[int] = TOLD) -> Answer:
        """Return the answer to an action that changes nothing, also one of a status that the caller accepts."""
        return self.client.get(API + action, params, accepted)

    def act(self, action: str, body: Mapping[str, Any]) -> Any:
        """Do what can be repeated, and return what it made."""
        answer = self.client.write("POST", API + action, dict(body), TOLD, repeatable=True)
        return self.done(answer, action, str(body.get("name", body["id"])))

    def done(self, answer: Answer, action: str, name: str) -> Any:
        """Return what a write made; DeliveryError when it is refused."""
        error = refusal(answer.json)
        if error and answer.status == 409:
            raise self._refusal(action, name, error)
        return self.result(answer, action)

    def words(self, error: Refusal | None) -> str:
        """Return CKAN's words of an error; what is secret is hidden before they are cut."""
        return self.client.hide(_said(error))[:500].rstrip(".") if error else ""

    def result(self, answer: Answer, action: str) -> Any:
        """Return what an action gives; DeliveryError when it gives an error, or no answer of CKAN."""
        if part(answer.json, "success") and "result" in answer.json:
            return answer.json["result"]
        said = self.words(refusal(answer.json))
        if answer.status == 403:
            message = Message("The catalogue does not allow {action}: {said}.", action=action, said=said)
            raise DeliveryError("target-token-refused", message, clock_hint(answer))
        if not said:
            message = Message(
                "What answers at {url} is not a CKAN: {action} gives status {status}.",
                url=self.target.url,
                action=action,
                status=answer.status,
            )
            raise DeliveryError("unexpected-target-answer", message)
        raise DeliveryError(
            "unexpected-target-answer", Message("{action} is answered with: {said}.", action=action, said=said)
        )

    def _refusal(self, action: str, name: str, error: Refusal) -> DeliveryError:
        said = self.words(error) or Message("it does not say why")
        if action == CREATE and "name" in error.fields:
            return DeliveryError(
                "target-name-taken",
                Message("The catalogue does not accept the name {name}: {said}.", name=name, said=said),
            )
        if "owner_org" in error.fields:
            message = Message(
                "The organisation {organisation} is not accepted: {said}.",
                organisation=self.target.organisation,
                said=said,
            )
            return DeliveryError("unknown-target-organisation", message)
        if any("id" in fault for fault in error.files):
            message = Message(
                "Files of {name} are already in the catalogue, in another dataset or a deleted one: {said}.",
                name=name,
                said=said,
            )
            hint = Message("Let the catalogue's administrator purge that dataset, or bring it back under its name.")
            return DeliveryError("target-dataset-rejected", message, hint)
        return DeliveryError(
            "target-dataset-rejected", Message("The catalogue does not accept {name}: {said}.", name=name, said=said)
        )


def names_field(error: Refusal | None, field: str) -> bool:
    """Return whether something is said to be wrong with a field."""
    return error is not None and field in error.fields


def _said(error: Refusal) -> str:
    """Return CKAN's own words of an error, field by field; files are counted from 1."""
    files = [(Message("file {number} ", number=number), fault) for number, fault in enumerate(error.files, start=1)]
    parts = [
        Message("{file}{name}: {said}", file=file, name=name, said=_listed(value).rstrip("."))
        for file, fault in [("", error.fields), *files]
        for name, value in sorted(fault.items())
        if name not in ("__type", "__extras", "data") and not (name == "resources" and files)
    ]
    return Message("{parts}", parts=listed(parts, "; ")) if parts else ""


def _listed(value: Any) -> str:
    texts = value if isinstance(value, list) else [value]
    return ", ".join(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in texts)
