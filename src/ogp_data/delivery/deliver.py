"""Plan and apply, the same for every kind of catalogue: what differs is in its adapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ogp_data.core.messages import Message, listed
from ogp_data.core.web import is_loopback, is_placeholder, origins
from ogp_data.delivery import plan, targets
from ogp_data.delivery.adapter import Adapter, Say
from ogp_data.delivery.faults import DeliveryError, Progress, StoppedError
from ogp_data.delivery.http import Client
from ogp_data.delivery.kind import Opening
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.package_reader import load as load_contents
from ogp_data.delivery.plan import Change, Held, Plan, Told
from ogp_data.delivery.secrets import hidden
from ogp_data.delivery.target import Target, secret


@dataclass(frozen=True, slots=True)
class Delivered:
    """A plan, also as it may be told, and what asking or making it true took.

    `note`: what was not checked.
    """

    plan: Plan
    told: Told
    asked: int
    written: int
    note: str = ""


def make_plan(name: str, adapter: Adapter, package: Package, prune: bool) -> Plan:
    """Return what would change in the catalogue; nothing is written."""
    return plan.compare(name, adapter.wanted(package), adapter.held(package), prune, adapter.target.catalogue)


def apply(
    target: Target, name: str, adapter: Adapter, package: Package, prune: bool, say: Say, expected: str = ""
) -> Plan:
    """Make the catalogue hold the package, and return the plan that was carried out.

    Refuses when the plan is not the expected one, when an address would lead nowhere, and when a dataset changes
    between plan and write. Afterwards it plans again; DeliveryError when that still finds something. Whatever ends it
    says how far it came.
    """
    with _telling(expected) as steps:
        check_addresses(target, package)
        made = make_plan(name, adapter, package, prune)
        _check_expected(made, expected)
        steps.of = len(made.pending)
        for number, change in enumerate(made.pending, start=1):
            say(
                Message(
                    "{number} of {count}: {action} {name}",
                    number=number,
                    count=len(made.pending),
                    action=plan.ACTIONS[change.action],
                    name=change.name,
                )
            )
            # Asked again just before it is written: planning hundreds of datasets takes minutes, and others are at work
            # too.
            now = _as_now(adapter, change)
            if now.action != "unchanged":
                steps.partly = change.name
                adapter.perform(now, package, say)
            steps.made, steps.partly = number, ""
        # Only an apply that wrote something plans again: a second run costs no more than its plan.
        if made.pending:
            say(Message("planning again"))
            _check_done(adapter, make_plan(name, adapter, package, prune))
    return made


@dataclass(slots=True)
class _Steps:
    """How far an apply is."""

    of: int = 0
    made: int = 0
    partly: str = ""

    @property
    def progress(self) -> Progress:
        return Progress(self.made, self.of, self.partly)


@contextmanager
def _telling(expected: str) -> Iterator[_Steps]:
    """Let whatever ends an apply say how far it came."""
    steps = _Steps()
    again: Message
    if expected:
        again = Message("What is made stays made: plan again, and apply that plan.")
    else:
        again = Message("What is made stays made: run the same command again.")
    try:
        yield steps
    except DeliveryError as reason:
        raise reason.after(steps.progress, again) from None
    except KeyboardInterrupt:
        raise StoppedError(steps.progress) from None


def check_addresses(target: Target, package: Package) -> None:
    """Refuse addresses that lead nowhere, unless the catalogue is as local as they are."""
    # On a catalogue of one's own machine a loopback address is right, and so are tests against it.
    if target.is_local:
        return
    for address in origins(package.addresses):
        if is_placeholder(address) or is_loopback(address):
            kind = (
                Message("is reserved for examples")
                if is_placeholder(address)
                else Message("leads to this machine only")
            )
            message = Message("The package names {address}, which {kind}.", address=address, kind=kind)
            hint = Message(
                "Publish with your own addresses: ogp-data publish --base-iri https://... --base-url https://..."
            )
            raise DeliveryError("placeholder-address", message, hint)


def _check_expected(made: Plan, expected: str) -> None:
    """Refuse another plan than the one that was looked at."""
    if expected and expected != made.fingerprint:
        message = Message(
            "The plan is now {fingerprint}, not {expected}: the catalogue or the package changed.",
            fingerprint=made.fingerprint,
            expected=expected,
        )
        raise DeliveryError("target-changed", message, Message("Review the plan again, and apply that one."))


def _as_now(adapter: Adapter, change: Change) -> Change:
    """Return a change to the dataset as it is now; DeliveryError when it was changed since it was planned.

    When it is by now what was wanted, nothing is left of the change.
    """
    now = adapter.fresh(change)
    left = plan.again(change, _there(now))
    if left.action == "unchanged":
        return left
    if not _is_same(change.held, _there(now)):
        message = Message("The dataset {name} changed in the catalogue since it was planned.", name=change.name)
        raise DeliveryError("target-changed", message)
    return replace(change, held=now)


def _there(held: Held | None) -> Held | None:
    return None if held is None or held.deleted else held


def _is_same(planned: Held | None, now: Held | None) -> bool:
    """Return whether a dataset is as it was planned; its stamp alone may differ, since searching can lag behind."""
    if planned is None or now is None:
        return planned is now
    return replace(now, stamp=planned.stamp) == planned


def _check_done(adapter: Adapter, found: Plan) -> None:
    """Tell what the catalogue did not keep; each dataset is looked at itself, since searching can lag behind."""
    left = [plan.again(change, _there(adapter.fresh(change))) for change in found.pending]
    said = [
        Message("{name}: {change}", name=change.name, change=_what(change))
        for change in left
        if change.action != "unchanged"
    ]
    if said:
        message = Message("The catalogue did not keep what was sent: {said}.", said=listed(said[:3], "; "))
        raise DeliveryError("incomplete-delivery", message)


def _what(change: Change) -> str:
    fields = [one.name for one in change.fields] + [Message("file {path}", path=file.path) for file in change.files]
    told = Message("{action} {fields}", action=plan.ACTIONS[change.action], fields=listed(fields[:5]))
    return told if fields else plan.ACTIONS[change.action]


def plan_target(path: Path, dist: Path, prune: bool, proxy: str = "") -> Delivered:
    """Return what would change in the catalogue of a target's file; without its token, as far as anybody sees it."""
    target, adapter, client = _open(path, dist, proxy, reads_only=True)
    with _discreet(client):
        package = load_package(dist, target)
        made = make_plan(str(path), adapter, package, prune)
        made = replace(made, obstacle=_obstacle(list(_obstacles(target, path, package))))
        return _delivered(made, client)


def _obstacle(found: Sequence[str]) -> str:
    return Message("{obstacles}", obstacles=listed(found, " ")) if found else ""


def _obstacles(target: Target, path: Path, package: Package) -> Iterator[str]:
    """Yield why an apply would be refused."""
    try:
        secret(target, path.parent)
    except DeliveryError as reason:
        yield Message(
            "{message} What the catalogue shows to members only was not seen.", message=reason.finding.message
        )
    try:
        check_addresses(target, package)
    except DeliveryError as reason:
        yield Message("{message} {hint}", message=reason.finding.message, hint=reason.finding.hint)


def apply_target(path: Path, dist: Path, prune: bool, say: Say, expected: str, proxy: str = "") -> Delivered:
    """Deliver to the catalogue of a target's file, and return what that took."""
    target, adapter, client = _open(path, dist, proxy)
    with _discreet(client):
        package = load_package(dist, target)
        done = apply(target, str(path), adapter, package, prune, lambda text: say(client.hide(text)), expected)
        return _delivered(done, client)


def _delivered(made: Plan, client: Client) -> Delivered:
    told = hidden(plan.as_dict(made), client.hide)
    return Delivered(made, told, client.asked, client.written, client.unchecked)


@contextmanager
def _discreet(client: Client) -> Iterator[None]:
    """Let no fault tell a secret."""
    try:
        yield
    except DeliveryError as reason:
        raise reason.hidden(client.hide) from None


def _open(path: Path, dist: Path, proxy: str, reads_only: bool = False) -> tuple[Target, Adapter, Client]:
    target, found = targets.load(path)
    if target is None:
        raise DeliveryError(found[0].rule, found[0].message, found[0].hint, found[0].place)
    # A cache: beside dist/, below build/, and never in data/.
    receipts = dist.parent / "build" / "receipts" / f"{path.stem}.json"
    adapter, client = targets.adapter(target, Opening(path.parent, receipts, proxy, reads_only))
    return target, adapter, client


def load_package(dist: Path, target: Target) -> Package:
    """Return the package that a target names."""
    return load_contents(dist, target.publication)
