"""Asking a catalogue: bounded, patient where repeating is safe, and never telling its secret."""

from __future__ import annotations

import email.utils
import json
import random
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ogp_data import __version__
from ogp_data.catalogue.faults import DeliveryError
from ogp_data.catalogue.target import Secret

if TYPE_CHECKING:
    import requests

ATTEMPTS = 5
"""How often a request is made at most."""
LONGEST_WAIT = 60.0
"""Seconds that are waited for a catalogue at most; one that asks for more ends the delivery."""
LARGEST_ANSWER = 100_000_000
PASSING = frozenset({429, 500, 502, 503, 504})
"""What may be otherwise the next time. A gateway can answer any of them for a request that was carried out."""
TOO_LARGE = 413
CLOCK_OFF = 600.0
"""Seconds between two clocks from which a token or certificate may be refused for it."""


class AnswerLostError(Exception):
    """A write of which nobody knows whether it happened: the connection broke, or the server failed on the way.

    `answer` is what a server that failed said.
    """

    def __init__(self, said: str, answer: Answer | None = None) -> None:
        """Keep what was said."""
        super().__init__(said)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a catalogue answered: status and JSON."""

    status: int
    json: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Client:
    """Asks one catalogue; `authorise` gives the headers that carry the secret, for each request anew."""

    base: str
    authorise: Callable[[], Mapping[str, str]]
    secrets: list[Secret]
    seconds: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    asked: int = 0
    written: int = 0
    _session: requests.Session | None = None

    def get(self, path: str, params: Mapping[str, Any] | None = None, accepted: frozenset[int] = frozenset()) -> Answer:
        """Return the answer to a read; `accepted`: statuses beside 200 that the caller tells itself."""
        return self._patiently("GET", path, accepted, True, params=params)

    def read(self, path: str, body: Any, accepted: frozenset[int] = frozenset()) -> Answer:
        """Return the answer to a read that is asked by POST."""
        return self._patiently("POST", path, accepted, True, json=body)

    def write(
        self,
        method: str,
        path: str,
        body: Any = None,
        accepted: frozenset[int] = frozenset(),
        repeatable: bool = False,
        file: tuple[str, bytes] | None = None,
    ) -> Answer:
        """Return the answer to a write; AnswerLostError when it may have happened and must not just be repeated.

        With `file`, its name and bytes, the body goes as the fields of a form, and the file with it as `upload`.
        """
        self.written += 1
        if file is None:
            return self._patiently(method, path, accepted, repeatable, json=body)
        return self._patiently(method, path, accepted, repeatable, data=body, files={"upload": file})

    def pause(self, attempt: int, lost: AnswerLostError) -> None:
        """Wait before a write is made again: as the catalogue asked, and longer each time."""
        self.sleep(self._wait(attempt, lost.answer))

    def _patiently(self, method: str, path: str, accepted: frozenset[int], repeatable: bool, **options: Any) -> Answer:
        """Make a request until it is answered, at most `ATTEMPTS` times, waiting longer each time."""
        said = ""
        for attempt in range(1, ATTEMPTS + 1):
            answer: Answer | None = None
            try:
                answer = self._once(method, path, **options)
                if answer.status not in PASSING:
                    return self._checked(method, path, answer, accepted)
                said, sent = f"it answers with status {answer.status}{_told(answer, self.hide)}", True
            except _LostError as reason:
                said, sent = str(reason), not reason.before
            if sent and not repeatable:
                raise AnswerLostError(said, answer)
            if attempt < ATTEMPTS:
                self.sleep(self._wait(attempt, answer))
        if answer is not None and answer.json is not None and answer.status in accepted:
            return answer
        raise self.unanswered(method, path, said)

    def unanswered(self, method: str, path: str, said: str) -> DeliveryError:
        """Return the fault that every attempt was in vain."""
        message = f"{method} {self._shown(path)} came to nothing after {ATTEMPTS} attempts: {said}."
        return DeliveryError("target-unreachable", self.hide(message))

    def _wait(self, attempt: int, answer: Answer | None) -> float:
        """Return how many seconds to wait: as the catalogue asks, longer each time, and not in step with others."""
        asked = _retry_after(answer) if answer else 0.0
        if asked > LONGEST_WAIT:
            message = f"The catalogue at {self.base} asks to wait {asked:.0f} seconds before it is asked again."
            raise DeliveryError("target-unreachable", message, "Run the same command again later.")
        return max(asked, _longer(attempt))

    def _once(self, method: str, path: str, **options: Any) -> Answer:
        """Make one request."""
        import requests
        import urllib3

        self._session = self._session or _session(self.base)
        self.asked += 1
        headers = {"User-Agent": f"ogp-data/{__version__}", "Accept": "application/json"}
        try:
            with self._session.request(
                method,
                self.base + path,
                auth=_Authorisation(self.authorise()),
                headers=headers,
                timeout=(10.0, self.seconds),
                allow_redirects=False,
                stream=True,
                **options,
            ) as response:
                return self._answer(response, path, time.monotonic() + self.seconds)
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as reason:
            raise self._broken(reason) from None

    def _broken(self, reason: Exception) -> Exception:
        """Return what it means that a request, or its answer, broke off."""
        import urllib3

        chain = list(_chain(reason))
        if any(isinstance(one, ssl.SSLCertVerificationError) for one in chain):
            message = f"The certificate of {urlsplit(self.base).hostname} is not accepted: {_words(chain[-1])}."
            hint = "Look whether the address and the clock of this machine are right; certificates are always checked."
            return DeliveryError("target-unreachable", self.hide(message), hint)
        # Both are of requests that were never sent: no connection came about.
        before = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
        if any(isinstance(one, before) for one in chain):
            return _LostError(f"no connection came about, {_words(chain[-1])}", before=True)
        if any(isinstance(one, urllib3.exceptions.ReadTimeoutError) for one in chain):
            return _LostError(f"no whole answer came within {self.seconds:g} seconds")
        if "IncompleteRead" in str(reason):
            return _LostError("the answer broke off")
        return _LostError(_words(chain[-1]))

    def _answer(self, response: requests.Response, path: str, deadline: float) -> Answer:
        """Return a response's JSON; DeliveryError when it is a page, or leads elsewhere.

        A refusal without JSON is one all the same: its status says so.
        """
        headers = {
            name: response.headers[name] for name in ("Retry-After", "Date", "Location") if name in response.headers
        }
        if 300 <= response.status_code < 400:
            there = self.hide(headers.get("Location", "another address"))
            message = f"{self._shown(path)} leads to {there}; the token is not sent there."
            raise DeliveryError("target-invalid", message, "Write the address that answers as `url` of the target.")
        body, status = self._body(response, deadline), response.status_code
        try:
            return Answer(status, json.loads(body) if body else None, headers)
        except ValueError:
            if status in PASSING or status == TOO_LARGE:
                return Answer(status, None, headers)
            if b"<html" in body[:1000].lower() or b"<!doctype" in body[:1000].lower():
                message = f"{self._shown(path)} answers with a web page (status {status}), not with JSON."
                hint = "Look whether `url` is the address of the catalogue itself, or a proxy or firewall answers."
                raise DeliveryError("target-answer", message, hint) from None
            if status >= 400:
                return Answer(status, None, headers)
            raise _LostError("the answer is no JSON, or broke off") from None

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """Return the body; an answer that comes too slowly is as good as none."""
        body = bytearray()
        while part := response.raw.read1(65_536, decode_content=True):
            body += part
            if time.monotonic() > deadline or len(body) > LARGEST_ANSWER:
                raise _LostError(f"no whole answer of a fair size came within {self.seconds:g} seconds")
        return bytes(body)

    def _checked(self, method: str, path: str, answer: Answer, accepted: frozenset[int]) -> Answer:
        """Return an answer that is no fault; DeliveryError for what is refused to everyone."""
        if 200 <= answer.status < 300 or answer.status in accepted:
            return answer
        said = self.hide(json.dumps(answer.json, ensure_ascii=False))[:300] if answer.json else "nothing more"
        message = f"{method} {self._shown(path)} is answered with status {answer.status}: {said}."
        rule = "target-refused" if answer.status in (401, 403) else "target-answer"
        raise DeliveryError(rule, message, clock_hint(answer) if answer.status in (401, 403) else "")

    def _shown(self, path: str) -> str:
        return f"{self.base}{path}"

    def hide(self, text: str) -> str:
        """Return a text without any secret in it."""
        for secret in self.secrets:
            text = secret.hidden_in(text)
        return text


class _LostError(Exception):
    """No whole answer came; `before`: the request was never taken up."""

    def __init__(self, reason: str, before: bool = False) -> None:
        super().__init__(reason)
        self.before = before


class _Authorisation:
    """Puts the secret into a request; given as `auth`, so that no password of a .netrc file takes its place."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = headers

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self.headers)
        return request


def _session(base: str) -> requests.Session:
    """Return a session; one without TLS asks this machine itself, whatever proxy the environment names."""
    import requests

    session = requests.Session()
    session.trust_env = base.startswith("https://")
    return session


def _longer(attempt: int) -> float:
    """Return the seconds to wait after an attempt: longer each time, and not in step with others."""
    return float(0.5 * 2 ** (attempt - 1) * random.uniform(1, 1.5))


def _words(reason: BaseException) -> str:
    """Return what an exception says, without addresses and objects."""
    return str(getattr(reason, "strerror", None) or reason).rstrip(".") or type(reason).__name__


def _chain(reason: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came from, down to the bottom."""
    yield reason
    while inner := reason.__cause__ or reason.__context__ or _argument(reason):
        yield (reason := inner)


def _argument(reason: BaseException) -> BaseException | None:
    found = getattr(reason, "reason", None) or next(iter(reason.args), None)
    return found if isinstance(found, BaseException) else None


def _told(answer: Answer, hide: Callable[[str], str]) -> str:
    """Return what a failing server says of it, as CKAN and as RFC 9457 put it."""
    if not isinstance(answer.json, Mapping):
        return ""
    error = answer.json.get("error")
    told = [error.get("message") if isinstance(error, Mapping) else None, *map(answer.json.get, ("title", "detail"))]
    words = ", ".join(hide(" ".join(text.split())).rstrip(".") for text in told if isinstance(text, str))
    return f": {words}"[:300] if words else ""


def _retry_after(answer: Answer) -> float:
    """Return how many seconds a Retry-After asks for, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after.

    A date is set against the catalogue's own clock.
    """
    value = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    return max(0.0, (_away(value) or 0.0) - (_away(answer.headers.get("Date", "")) or 0.0))


def _away(date: str) -> float | None:
    """Return how many seconds a date of HTTP is ahead of the clock; None for what is no date."""
    try:
        moment = email.utils.parsedate_tz(date)
        return email.utils.mktime_tz(moment) - time.time() if moment else None
    except (ValueError, OverflowError):
        return None


def clock_hint(answer: Answer) -> str:
    """Return the hint that the clocks differ, when they do by so much that a token may be refused for it."""
    away = _away(answer.headers.get("Date", ""))
    if away is not None and abs(away) > CLOCK_OFF:
        return (
            f"The clock of the catalogue and that of this machine are {abs(away) / 60:.0f} minutes apart; set it right."
        )
    return ""
