"""Asking a catalogue: bounded, patient where repeating is safe, and never telling its secret."""

from __future__ import annotations

import email.utils
import json
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ogp_data import __version__
from ogp_data.core import bounds
from ogp_data.core.messages import Message, changed, reason
from ogp_data.core.web import client, json_text, names
from ogp_data.core.web.faults import BrokenError, LateError, RefusedError, UnconnectedError
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.secrets import Secret

ACCEPT = f"application/json, {client.ANYTHING}"
PASSING = frozenset({429, 500, 502, 503, 504})
"""What may be otherwise the next time. A gateway can answer any of them for a request that was carried out."""
TOO_LARGE = 413


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
    seconds: float = bounds.DELIVERY_SECONDS
    sleep: Callable[[float], None] = time.sleep
    proxy: str = ""
    asked: int = 0
    written: int = 0
    received: int = 0
    _web: client.Client | None = None

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
        extra = len(file[1]) / bounds.UPLOAD_RATE
        return self._patiently(method, path, accepted, repeatable, extra=extra, data=body, files={"upload": file})

    def pause(self, attempt: int, lost: AnswerLostError) -> None:
        """Wait before a write is made again: as the catalogue asked, and longer each time."""
        self.sleep(self._wait(attempt, lost.answer))

    def _patiently(self, method: str, path: str, accepted: frozenset[int], repeatable: bool, **options: Any) -> Answer:
        """Make a request until it is answered, at most `bounds.ATTEMPTS` times, waiting longer each time."""
        said: str = ""
        for attempt in range(1, bounds.ATTEMPTS + 1):
            answer: Answer | None = None
            try:
                answer = self._once(method, path, **options)
                if answer.status not in PASSING:
                    return self._checked(method, path, answer, accepted)
                told = _told(answer, self.hide)
                said = Message("it answers with status {status}{told}", status=answer.status, told=told)
                sent = True
            except _LostError as fault:
                said, sent = reason(fault), not fault.before
            # It may have happened. Only the caller knows how to look for it, so it is not simply repeated here.
            if sent and not repeatable:
                raise AnswerLostError(said, answer)
            if attempt < bounds.ATTEMPTS:
                self.sleep(self._wait(attempt, answer))
        if answer is not None and answer.json is not None and answer.status in accepted:
            return answer
        raise self.unanswered(method, path, said)

    def unanswered(self, method: str, path: str, said: str) -> DeliveryError:
        """Return the fault that every attempt was in vain."""
        message = Message(
            "{method} {shown} failed after {ATTEMPTS} attempts: {said}.",
            method=method,
            shown=self._shown(path),
            ATTEMPTS=bounds.ATTEMPTS,
            said=said,
        )
        return DeliveryError("unreachable-target", self.hide(message))

    def check_listing(self, began: int) -> None:
        """Check whether a list that began with so many bytes received is not too long; DeliveryError when it is."""
        if self.received - began > bounds.LISTING_BYTES:
            raise self.endless("bytes", bounds.LISTING_BYTES)

    def endless(self, what: str, most: int) -> DeliveryError:
        """Return the fault that a list of datasets has more than so many of something."""
        return DeliveryError(
            "unexpected-target-answer",
            Message(
                "The list of datasets of {base} has more than {most} {what}.", base=self.base, most=most, what=what
            ),
        )

    def _wait(self, attempt: int, answer: Answer | None) -> float:
        """Return how many seconds to wait: as the catalogue asks, longer each time, and not in step with others."""
        asked = _retry_after(answer) if answer else 0.0
        if asked > bounds.LONGEST_WAIT:
            message = Message(
                "The catalogue at {base} asks to wait {asked:.0f} seconds before it is asked again.",
                base=self.base,
                asked=asked,
            )
            raise DeliveryError("unreachable-target", message, Message("Run the same command again later."))
        return max(asked, _longer(attempt))

    def _once(self, method: str, path: str, extra: float = 0.0, **content: Any) -> Answer:
        """Make one request."""
        self.asked += 1
        carried = self.authorise()  # may itself ask
        headers = {"User-Agent": f"ogp-data/{__version__}", "Accept": ACCEPT, **carried}
        asking, url = self._opened(), self.base + path
        asking.begin(url, self.seconds + extra)
        try:
            with asking.ask(method, url, headers, bounds.ANSWER_BYTES, **content) as reply:
                return self._answer(reply, path)
        except RefusedError as reason:
            raise self._broken(reason) from None

    @property
    def unchecked(self) -> str:
        """Return what is not checked, where a proxy is asked."""
        return client.unchecked(self.proxy) if self.proxy and self._is_encrypted else ""

    @property
    def _is_encrypted(self) -> bool:
        return self.base.startswith("https://")

    def _opened(self) -> client.Client:
        """Return who asks; without TLS only this machine is asked, and by no proxy."""
        if self._web is None:
            judge = client.anywhere if self._is_encrypted else client.this_machine_only
            self._web = client.Client(judge, self.proxy if self._is_encrypted else "")
        return self._web

    def _broken(self, fault: RefusedError) -> Exception:
        """Return what it means that a request, or its answer, broke off."""
        if isinstance(fault, UnconnectedError):
            return _LostError(self.hide(reason(fault)), before=True)
        if isinstance(fault, LateError):
            return _LostError(Message("no complete answer came within {seconds:g} seconds", seconds=self.seconds))
        if isinstance(fault, BrokenError):
            return _LostError(self.hide(reason(fault)))
        return DeliveryError("unreachable-target", self.hide(Message("{reason}.", reason=fault)), fault.hint)

    def _answer(self, reply: client.Reply, path: str) -> Answer:
        """Return what a reply says in JSON; DeliveryError when it is a page, or leads elsewhere.

        A refusal without JSON is one all the same: its status says so.
        """
        headers = {name: reply.headers[name] for name in ("Retry-After", "Date", "Location") if name in reply.headers}
        # Not followed: the token was meant for the declared address, and a redirect may lead anywhere.
        if 300 <= reply.status < 400:
            there = (
                self.hide(names.shown(headers["Location"]))[:300]
                if "Location" in headers
                else Message("another address")
            )
            message = Message(
                "{shown} leads to {there}; the token is not sent there.", shown=self._shown(path), there=there
            )
            raise DeliveryError(
                "invalid-target", message, Message("Write the address that answers as `url` of the target.")
            )
        body = reply.body(bounds.ANSWER_BYTES)
        self.received += len(body)
        try:
            return Answer(reply.status, json_text.parse(body, bounds.ANSWER_BYTES) if body else None, headers)
        except json_text.TooMuchError as reason:
            message = Message(
                "{shown} answers with JSON that is not accepted: {reason}.", shown=self._shown(path), reason=reason
            )
            raise DeliveryError("unexpected-target-answer", message) from None
        except json_text.JsonError:
            return self._without_json(reply.status, body, path, headers)

    def _without_json(self, status: int, body: bytes, path: str, headers: Mapping[str, str]) -> Answer:
        """Return an answer that its status alone says; an exception when it says nothing."""
        if status in PASSING or status == TOO_LARGE:
            return Answer(status, None, headers)
        # A login page or a firewall answers 200 as well; taken for JSON that broke off, it would be asked for five
        # times.
        if b"<html" in body[:1000].lower() or b"<!doctype" in body[:1000].lower():
            message = Message(
                "{shown} answers with a web page (status {status}), not with JSON.",
                shown=self._shown(path),
                status=status,
            )
            hint = Message(
                "Check whether `url` is the address of the catalogue itself, or a proxy or firewall answers."
            )
            raise DeliveryError("unexpected-target-answer", message, hint)
        if status >= 400:
            return Answer(status, None, headers)
        raise _LostError(Message("the answer is not JSON, or broke off"))

    def _checked(self, method: str, path: str, answer: Answer, accepted: frozenset[int]) -> Answer:
        """Return an answer that is no fault; DeliveryError for what is refused to everyone."""
        if 200 <= answer.status < 300 or answer.status in accepted:
            return answer
        said = self.hide(json.dumps(answer.json, ensure_ascii=False))[:300] if answer.json else Message("nothing more")
        message = Message(
            "{method} {shown} is answered with status {status}: {said}.",
            method=method,
            shown=self._shown(path),
            status=answer.status,
            said=said,
        )
        rule = "target-token-refused" if answer.status in (401, 403) else "unexpected-target-answer"
        raise DeliveryError(rule, message, clock_hint(answer) if answer.status in (401, 403) else "")

    def _shown(self, path: str) -> str:
        return f"{self.base}{path}"

    def hide(self, text: str) -> str:
        """Return a text without any secret in it."""
        hidden = changed(text, self._starred)
        # What is filled in may be no text; the secret goes first, and the other languages then.
        return hidden if self._starred(hidden) == hidden else self._starred(text)

    def _starred(self, text: str) -> str:
        for secret in self.secrets:
            text = secret.hidden_in(text)
        return text


class _LostError(Exception):
    """No whole answer came; `before`: the request was never taken up."""

    def __init__(self, reason: str, before: bool = False) -> None:
        super().__init__(reason)
        self.before = before


def _longer(attempt: int) -> float:
    """Return the seconds to wait after an attempt: longer each time, and not in step with others."""
    return float(0.5 * 2 ** (attempt - 1) * random.uniform(1, 1.5))


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

    A date is set against the catalogue's own clock; without a date there is nothing to wait for.
    """
    # A number of seconds or a date; of a date only the distance to the server's own clock is meaningful.
    value = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    until, now = _moment(value), _moment(answer.headers.get("Date", "")) or time.time()
    return max(0.0, until - now) if until is not None else 0.0


def _moment(date: str) -> float | None:
    """Return a date of HTTP in seconds since 1970; None for what is not a date."""
    try:
        moment = email.utils.parsedate_tz(date)
        return email.utils.mktime_tz(moment) if moment else None
    except (ValueError, OverflowError):
        return None


def clock_hint(answer: Answer) -> str:
    """Return the hint that the clocks differ, when they do by so much that a token may be refused for it."""
    theirs = _moment(answer.headers.get("Date", ""))
    apart = abs(theirs - time.time()) if theirs is not None else 0.0
    if apart <= bounds.CLOCK_OFF:
        return ""
    return Message(
        "The clocks of the catalogue and of this machine are {minutes} minutes apart; set it right.",
        minutes=round(apart / 60),
    )
