"""Asking the Aanlever API 0.9.0: tokens, pages, writes whose answer is lost, and its problems in sentences."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ogp_data.core import bounds
from ogp_data.core.findings import Place
from ogp_data.core.messages import Message, listed
from ogp_data.delivery.aanlever.answers import (
    DATASET,
    DISTRIBUTION,
    RECORD,
    TOKEN,
    Dataset,
    FieldProblem,
    Problem,
    Record,
    problem,
)
from ogp_data.delivery.aanlever.answers import PAGE as PAGE_SHAPE
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import PASSING, Answer, AnswerLostError, Client, clock_hint
from ogp_data.delivery.secrets import Secret

API = "/api/v1"
PAGE = 100
"""Lines of one answer; the API gives no more."""
TOLD = frozenset(range(400, 501)) - {429}
"""Statuses that come with a problem (RFC 9457), or with nothing; 500 when it stays."""
UNQUOTED = frozenset(range(1000)) - PASSING | TOLD
"""Statuses of the answer that holds a token, all of them: the client quotes an answer that nobody expects."""
MARGIN = 0.9
"""The part of its time that a token is used for, so that it does not run out on its way."""


@dataclass(frozen=True, slots=True)
class About:
    """What a request is about, for messages: a dataset's name and IRI, and the file that declares it."""

    name: str
    iri: str = ""
    file: str = ""


class Tokens:
    """The token of a client: had for its key, and anew when it runs out or is refused."""

    def __init__(
        self, client: Client, client_id: str, key: Secret, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take who asks; from now on each of its requests has the token."""
        self._client, self._id, self._key, self._clock = client, client_id, key, clock
        self._token, self._until, self._exchanging = Secret(""), 0.0, False
        client.authorise = self.headers

    def headers(self) -> dict[str, str]:
        """Return the header with a valid token; none while one is asked for."""
        if self._exchanging:
            return {}
        if self._clock() >= self._until:
            self._exchange()
        return {"Authorization": f"Bearer {self._token.reveal()}"}

    def drop(self) -> None:
        """Forget the token, so that the next request has another."""
        self._until = 0.0

    def _exchange(self) -> None:
        self._exchanging, began = True, self._clock()
        try:
            body = {"clientId": self._id, "apiKey": self._key.reveal()}
            answer = self._client.read(f"{API}/auth/token", body, UNQUOTED)
        finally:
            self._exchanging = False
        if not 200 <= answer.status < 300:
            raise self._refusal(answer)
        about = Message("{base}{api}/auth/token does not give a token", base=self._client.base, api=API)
        given = TOKEN.read(answer.json, about)
        if not re.fullmatch("[!-~]+", given["accessToken"]):
            raise DeliveryError("unexpected-target-answer", f"{about}.")
        self._token = Secret(given["accessToken"])
        # From now on no message tells it, whichever answer repeats it.
        self._client.secrets.append(self._token)
        seconds = given.get("expiresIn")
        # Without a time it is used until it is refused.
        self._until = began + (MARGIN * seconds if seconds is not None else float("inf"))

    def _refusal(self, answer: Answer) -> DeliveryError:
        if answer.status >= 500:
            return refusal(answer, About(Message("the client id {id!r}", id=self._id)), self._client.hide)
        said = problem_words(problem(answer.json), self._client.hide)
        told = listed([Message("status {status}", status=answer.status), *([said] if said else [])], ": ")
        message = Message(
            "The catalogue does not give a token for the client id {id!r} and its key ({told}).", id=self._id, told=told
        )
        hint = Message("Check that `client` and the key belong together, and that the key is still valid.")
        return DeliveryError("target-token-refused", message, clock_hint(answer) or hint)


class Api:
    """The operations of the API; each raises DeliveryError for what is refused."""

    def __init__(self, client: Client, tokens: Tokens) -> None:
        """Take who asks and with which tokens."""
        self.client, self.tokens = client, tokens

    # Reading

    def records(self) -> Iterator[tuple[Record, Mapping[str, str]]]:
        """Yield each line of the organisation's listing, oldest first, with the headers of its page."""
        about = About(Message("the list of datasets"))
        # New lines come at the end, so that none moves to a page that was read already.
        for line, headers in self._pages("/me/catalog-records", "listingDate,asc", about):
            yield RECORD.read(line, self._odd(about)), headers

    def dataset(self, key: str, about: About) -> Dataset | None:
        """Return a dataset with what the API adds to it; None when there is none."""
        answer = self._read(f"/datasets/{quote(key, safe='')}", {})
        if answer.status == 404:
            return None
        return {**DATASET.read(self.checked(answer, about).json, self._odd(about)), "id": key}

    def distributions(self, key: str, about: About) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the id and content of every distribution of a dataset."""
        lines = self._pages(f"/datasets/{quote(key, safe='')}/distributions", "sortOrder,asc", about)
        found = [DISTRIBUTION.read(line, self._odd(about)) for line, _ in lines]
        return [(one["id"], one.get("dcatDistribution") or {}) for one in found]

    def _pages(self, path: str, sort: str, about: About) -> Iterator[tuple[Mapping[str, Any], Mapping[str, str]]]:
        began = self.client.received
        for number in range(bounds.PAGES):
            answer = self.checked(self._read(path, {"page": number, "size": PAGE, "sort": sort}), about)
            page = PAGE_SHAPE.read(answer.json, self._odd(about))
            yield from ((line, answer.headers) for line in page["content"])
            self.client.check_listing(began)
            total = (page.get("page") or {}).get("totalPages")
            # Where the number of pages is not told, they are read until one is empty.
            if not page["content"] or (total is not None and number + 1 >= total):
                return
        raise self.client.endless("pages", bounds.PAGES)

    def _read(self, path: str, params: Mapping[str, Any]) -> Answer:
        # With a token that is no longer valid, what only its owner may see is 404 and not 401.
        return self._ask(lambda: self.client.get(API + path, params, TOLD), frozenset({401, 404}))

    # Writing

    def write(self, method: str, path: str, body: Any, about: About, gone: bool = False) -> None:
        """Make a write that can be repeated; `gone`: that there is nothing any more is as well."""
        answer = self._write(method, path, body, repeatable=True)
        if not (gone and answer.status == 404):
            self.checked(answer, about)

    def write_once(
        self, method: str, path: str, body: Any, about: About, happened: Callable[[], bool]
    ) -> Answer | None:
        """Return the answer to a write that must not just be repeated; None when it got lost but the write happened.

        `happened` looks for it after an answer was lost; only when it is not there the write is made again.
        """
        lost: AnswerLostError | None = None
        for attempt in range(1, bounds.ATTEMPTS + 1):
            try:
                answer = self._write(method, path, body, repeatable=False)
                # What was lost may have happened after all, just after it was looked for.
                return None if answer.status >= 400 and lost and happened() else self.checked(answer, about)
            except AnswerLostError as reason:
                lost = reason
            if happened():
                return None
            if attempt < bounds.ATTEMPTS:
                self.client.pause(attempt, lost)
        if lost and lost.answer and lost.answer.status in TOLD and lost.answer.json is not None:
            raise refusal(lost.answer, about, self.client.hide)
        raise self.client.unanswered(method, API + path, str(lost))

    def _write(self, method: str, path: str, body: Any, repeatable: bool) -> Answer:
        def ask() -> Answer:
            return self.client.write(method, API + path, body, TOLD, repeatable)

        return self._ask(ask, frozenset({401}))

    def _ask(self, ask: Callable[[], Answer], stale: frozenset[int]) -> Answer:
        """Return an answer; `stale` are statuses that may come of an old token, so that a new one is had, once."""
        answer = ask()
        # Once and no more: a token that was just given and is refused again is not a matter of its age.
        if answer.status in stale:
            self.tokens.drop()
            answer = ask()
        return answer

    # Answers

    def checked(self, answer: Answer, about: About) -> Answer:
        """Return an answer that is no refusal; DeliveryError in words for one that is."""
        if answer.status >= 400:
            raise refusal(answer, about, self.client.hide)
        return answer

    def _odd(self, about: About) -> str:
        return Message(
            "{base} gives an answer for {name} that is not what it should be", base=self.client.base, name=about.name
        )


# Problems -------------------------------------------------------------------------------------------------

FIELDS: Mapping[str, str] = {
    "REQUIRED_FIELD": Message("it must be filled in"),
    "INVALID_URI": Message("it is not a URI"),
    "INVALID_PATTERN": Message("it does not have the required form, or is not in the list of values"),
    "INVALID_DATE": Message("it is not a date, or has no time zone"),
    "INVALID_DURATION": Message("it is not an ISO 8601 duration"),
    "INVALID_NUMERIC_VALUE": Message("it is not a number that is allowed there"),
    "INVALID_SIZE": Message("it is too long, or there are too many or too few of them"),
    "INVALID_CONTACT_POINT": Message("it is not an accepted contact point; it may need an e-mail or web address"),
    "INVALID_FIELD_VALUE": Message("it has a value that is not allowed there"),
    "FIELD_NOT_MODIFIABLE": Message("it cannot be changed once the dataset exists"),
}
"""Code of a field -> what is wrong with it."""

PROBLEMS: Mapping[str, tuple[str, Message, str]] = {
    "DCAT_DATASET_VALIDATION_FAILED": (
        "target-dataset-rejected",
        Message("The catalogue does not accept the values of {name}", name="{name}"),
        Message("Change the value in the publication, and publish again."),
    ),
    "DCAT_DATASET_DESERIALIZATION_FAILED": (
        "unexpected-target-answer",
        Message("The catalogue could not read what was sent for {name}", name="{name}"),
        Message("Check whether the catalogue has a newer version of its API than 0.9.0."),
    ),
    "DCAT_DATASET_NOT_FOUND": (
        "target-changed",
        Message("The catalogue does not find {name}, or it may not be seen with this key", name="{name}"),
        "",
    ),
    "DCAT_DATASET_ALREADY_EXISTS": (
        "target-name-taken",
        Message(
            "The catalogue has another dataset with the identifier of {name}; it may be of another organisation,"
            " or deleted",
            name="{name}",
        ),
        Message("If it is your own, plan again to see it; otherwise ask the catalogue's administrator."),
    ),
    "DCAT_DATASET_INVALID_PUBLICATION_TRANSITION": (
        "target-token-refused",
        Message("The catalogue does not allow this change of the publication status of {name}", name="{name}"),
        Message("Withdrawing or publishing may be for an administrator only: let one do it in the catalogue."),
    ),
    "DCAT_DATASET_NOT_OWNED": (
        "target-token-refused",
        Message("The catalogue has {name} as a dataset of another organisation", name="{name}"),
        Message("Use the client id and key of the organisation that owns it, or publish below another address."),
    ),
    "DCAT_DATASET_VERSION_REQUIRED": (
        "unexpected-target-answer",
        Message("The catalogue wants to know which version of {name} is replaced, and did not give one", name="{name}"),
        Message("Check whether the catalogue has a newer version of its API than 0.11.0."),
    ),
    "DCAT_DATASET_VERSION_CONFLICT": (
        "target-changed",
        Message("The catalogue has a newer version of {name} than was planned", name="{name}"),
        "",
    ),
    "INTERNAL_ERROR": (
        "unreachable-target",
        Message("The catalogue has an internal error with {name}", name="{name}"),
        Message("Run the same command again later; what is done stays done."),
    ),
}
"""Code of a problem -> our rule, what is wrong, and the fix where it is closer than the rule's."""

_STATUSES: Mapping[int, tuple[str, Message, str]] = {
    401: (
        "target-token-refused",
        Message("The catalogue does not accept a token that it has just given, for {name}", name="{name}"),
        "",
    ),
    403: (
        "target-token-refused",
        Message("The key does not permit what was requested for {name}", name="{name}"),
        Message("Ask the catalogue's administrator for the role User for this client id."),
    ),
    404: (
        "target-changed",
        Message("The catalogue does not find {name}, or it may not be seen with this key", name="{name}"),
        "",
    ),
    413: (
        "target-dataset-rejected",
        Message("The catalogue finds what is sent for {name} too large", name="{name}"),
        "",
    ),
}
"""Status without a code that is known -> the same."""


def refusal(answer: Answer, about: About, hide: Callable[[str], str]) -> DeliveryError:
    """Return a refusal in words: of a code that is known a sentence, of any other its own title and detail."""
    other = (
        "unexpected-target-answer",
        Message("The catalogue did not do what was requested for {name}", name="{name}"),
        "",
    )
    told = problem(answer.json)
    rule, said, hint = PROBLEMS.get(told.code) or _STATUSES.get(answer.status, other)
    words = [_field(one, hide) for one in told.fields[:8]] or [problem_words(told, hide)]
    more = [Message("and {count} more fields", count=len(told.fields) - 8)] if len(told.fields) > 8 else []
    wrong = listed([word for word in [*words, *more] if word], "; ")
    told_of = Message(said.msgid, name=about.name)
    if wrong.parts:
        message = Message("{said} (status {status}): {wrong}.", said=told_of, status=answer.status, wrong=wrong)
    else:
        message = Message("{said} (status {status}).", said=told_of, status=answer.status)
    key = next((one.declared for one in told.fields if one.declared), "")
    hint = (clock_hint(answer) if answer.status in (401, 403) else "") or hint
    return DeliveryError(rule, message, hint, Place(file=about.file if key else "", key=key, iri=about.iri))


def _field(error: FieldProblem, hide: Callable[[str], str]) -> str:
    """Return what is wrong with a field: its path and code, and our own place of it."""
    code, key = _cut(error.code, hide), error.declared
    said = FIELDS.get(code, Message("it is not accepted"))
    path: str = _cut(error.path, hide) or Message("a field without a name")
    path = Message("{field} (key {key})", field=path, key=key) if key else path
    theirs = ", ".join(word for word in (code, _cut(error.message, hide)) if word)
    if theirs:
        return Message("{field}: {said} ({theirs})", field=path, said=said, theirs=theirs)
    return Message("{field}: {said}", field=path, said=said)


def problem_words(told: Problem, hide: Callable[[str], str]) -> str:
    """Return a problem's own title, detail and code."""
    said, code = [_cut(text, hide) for text in (told.title, told.detail)], _cut(told.code, hide)
    return ", ".join(word for word in said if word) + (f" ({code})" if code else "")


def _cut(text: str, hide: Callable[[str], str]) -> str:
    """Return the beginning of a text, in which what is secret was hidden before it is cut."""
    return hide(text)[:300].rstrip(".")
