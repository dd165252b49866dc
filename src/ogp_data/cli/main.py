"""Parse, call, print, exit code. Heavy libraries are imported inside the command that needs them."""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import json
import logging
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogp_data import __version__
from ogp_data.core import terminal
from ogp_data.core.messages import SOURCE, Message, Plural, languages
from ogp_data.core.web import bounds

if TYPE_CHECKING:
    from ogp_data.core.findings import Finding
    from ogp_data.core.web import Bounds
    from ogp_data.delivery.faults import DeliveryError
    from ogp_data.pipeline import Folders, Outcome

PUBLISHED, ERRORS, USAGE, PENDING = 0, 1, 2, 3
EXIT_CODES = "exit codes: 0 published or sound (also with warnings), 1 errors, 2 wrong usage"
PLAN_CODES = "exit codes: 0 nothing would change, 1 errors, 2 wrong usage, 3 something would change"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    if arguments is None:  # a process of its own: when it ends, Python looks for cycles in all objects not frozen
        atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # findings quote the document, whatever the terminal can show
            stream.reconfigure(errors="backslashreplace")
    with terminal.streams() as out:
        try:
            options = _parser().parse_args(arguments)
        except SystemExit as reason:  # help or wrong usage
            raise SystemExit(_with_output(reason.code if isinstance(reason.code, int) else 0, out, "")) from None
        return _with_output(_ended(options), out, _DONE.get(options.command, ""))


_DONE = {"publish": "published", "check": "sound", "apply": "delivered", "new": "begun", "keep": "kept"}
"""What is true after a command that ended well."""


def _ended(options: argparse.Namespace) -> int:
    """Run a command and return its exit code, however it ends."""
    _silence_libraries()
    try:
        result: int = options.run(options)
    except KeyboardInterrupt:
        return 130
    except Exception as reason:  # the last guard: a traceback helps nobody who runs a command
        return _tell_internal(options, reason)
    return result


def _silence_libraries() -> None:
    """Keep what libraries log or warn of to themselves: what is wrong with an input is told as a finding."""
    logging.captureWarnings(True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


def _with_output(code: int, out: terminal.Stream, done: str) -> int:
    """Return the exit code of a command when its output is written too; say it where that was lost."""
    out.flush()
    if out.lost is None:
        return code
    if not isinstance(out.lost, BrokenPipeError):  # a reader that has seen enough knows it
        so_far = f"{done}, but " if done and code == PUBLISHED else ""
        print(f"ogp-data: {so_far}the output could not be written: {out.lost.strerror}", file=sys.stderr)
    return code or ERRORS


def _tell_internal(options: argparse.Namespace, reason: Exception) -> int:
    """Print that the program failed, and what to do; for programs as JSON."""
    from ogp_data.core import internal

    found = internal.fault(reason)
    if getattr(options, "json", False):
        from ogp_data.checks.report import as_dict

        about = {key: str(getattr(options, key)) for key in ("source", "target") if hasattr(options, key)}
        print(terminal.document({**about, "findings": [as_dict(found)]}))
    else:
        print(terminal.lines(found.lines(options.language)), file=sys.stderr)
    return ERRORS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ogp-data",
        description="Publish a government's open government self-assessment as validated open data.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    _build_command(commands, "publish", "build, check and publish into dist/", _publish)
    _build_command(commands, "check", "do everything that publish does, except writing", _check)
    new = commands.add_parser("new", help="write a declaration to start from", epilog=EXIT_CODES)
    new.add_argument(
        "id",
        nargs="?",
        help="name of the publication, such as nl-2023-2027; without it, only what publications share and is not there"
        " is laid down",
    )
    new.add_argument("--source", type=Path, help="the document to publish; copied into the new folder")
    new.add_argument("--data", type=Path, default=Path("data"), help="folder of the publications (default: data)")
    new.set_defaults(run=_new)
    keep = commands.add_parser(
        "keep", help="keep what is published before making a new version of it", epilog=EXIT_CODES
    )
    keep.add_argument("id", help="name of the publication, such as nl-2020-2022")
    keep.add_argument("--data", type=Path, default=Path("data"), help="folder of the publications (default: data)")
    keep.add_argument("--dist", type=Path, default=Path("dist"), help="folder it is published in (default: dist)")
    keep.set_defaults(run=_keep)
    validate = _catalogue_command(
        commands, "validate", "check any DCAT catalogue against DCAT-AP-NL or DCAT-AP", _validate
    )
    validate.add_argument(
        "--profile",
        default="dcat-ap-nl",
        metavar="NAME",
        help="application profile to check by: dcat-ap-nl, which is the stricter of its versions, dcat-ap-nl-3.0.0,"
        " dcat-ap-nl-3.0.1, or dcat-ap (default: dcat-ap-nl)",
    )
    validate.add_argument(
        "--shapes",
        type=Path,
        metavar="DIR",
        help="check by the SHACL shapes in this folder's .ttl, .jsonld, .rdf and .nt files in the place of our shapes;"
        " our other rules are checked as well, and nothing that the files import is fetched",
    )
    quality = _catalogue_command(commands, "quality", "score any DCAT catalogue as portals do", _quality)
    quality.add_argument("--probe", action="store_true", help="ask every address of the catalogue whether it answers")
    quality.add_argument("--as-of", default="", metavar="DATE", help="the day to judge timeliness by (default: today)")
    quality.add_argument("--html", type=Path, metavar="FILE", help="also write the scores as a page")
    quality.add_argument("--dqv", type=Path, metavar="FILE", help="also write the scores as DQV in Turtle")
    _target_command(commands, "plan", "show what delivering to a catalogue would change", _plan)
    apply = _target_command(commands, "apply", "deliver to a catalogue: make it hold what is published", _apply)
    apply.add_argument("--expect", default="", metavar="PLAN", help="go on only when the plan is still this one")
    _serve_command(commands)
    _explain_command(commands)
    for command in commands.choices.values():  # each can end with a finding, even if only with that it failed
        command.add_argument(
            "--language", choices=languages(), default=SOURCE, help=f"language of what is found (default: {SOURCE})"
        )
    return parser


def _explain_command(commands: Any) -> None:
    about = "explain a rule (when it occurs and how to fix it) or a key of a declaration"
    explain = commands.add_parser(
        "explain", help=about, description=about[0].upper() + about[1:] + ".", epilog=EXIT_CODES
    )
    explain.add_argument(
        "name", nargs="?", help="the rule or key, such as dataset.column.take; without it, all rules are listed"
    )
    explain.set_defaults(run=_explain)


def _build_command(commands: Any, name: str, text: str, run: Any) -> None:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", epilog=EXIT_CODES)
    command.add_argument("publication", nargs="*", help="names of publications (default: every one under data/)")
    command.add_argument("--data", type=Path, default=Path("data"), help="folder of the publications (default: data)")
    command.add_argument("--build", type=Path, default=Path("build"), help="folder to build in (default: build)")
    command.add_argument("--dist", type=Path, default=Path("dist"), help="folder to publish into (default: dist)")
    command.add_argument(
        "--assets",
        type=Path,
        default=Path("site-assets"),
        help="folder of what `make site-assets` installs (default: site-assets)",
    )
    command.add_argument("--base-iri", default="", help="address below which everything is named; {id} is the name")
    command.add_argument("--base-url", default="", help="where dist/<id>/ will be downloaded; {id} is the name")
    command.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    command.set_defaults(run=run)


def _catalogue_command(commands: Any, name: str, text: str, run: Any) -> Any:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", epilog=EXIT_CODES)
    command.add_argument(
        "source",
        help=f"a file (.ttl, .jsonld, .rdf, .nt) or a web address; {bounds.CATALOGUE_BYTES:,} bytes at most, an address"
        f" within {bounds.ANSWER_SECONDS:g} seconds and with {bounds.REDIRECTS} redirects at most",
    )
    command.add_argument("--allow-private", action="store_true", help="ask addresses that are not public, too")
    _proxy_option(command)
    command.add_argument(
        "--remote-context",
        action="store_true",
        help="fetch the contexts that a JSON-LD document takes from other addresses,"
        f" {bounds.CONTEXTS} at most (default: refuse them)",
    )
    command.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    command.set_defaults(run=run)
    return command


def _proxy_option(command: Any) -> None:
    command.add_argument(
        "--proxy",
        type=_proxy,
        default="",
        metavar="URL",
        help="ask through this proxy, http://HOST:PORT; it looks up names itself, so which addresses they lead to is"
        " not checked (default: none, whatever HTTP_PROXY says)",
    )


def _proxy(value: str) -> str:
    from ogp_data.core.web import names

    parts = names.parts_of(value)
    if value and (parts is None or parts.scheme != "http"):
        raise argparse.ArgumentTypeError("it is not the address of a proxy, such as http://proxy.example.nl:3128")
    return value


def _target_command(commands: Any, name: str, text: str, run: Any) -> Any:
    codes = PLAN_CODES if name == "plan" else EXIT_CODES
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", epilog=codes)
    command.add_argument("target", type=Path, help="file of the target, such as data/targets/ckan.toml")
    command.add_argument("--dist", type=Path, default=Path("dist"), help="folder of what is published (default: dist)")
    command.add_argument("--prune", action="store_true", help="delete datasets that are no longer published")
    _proxy_option(command)
    command.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    command.set_defaults(run=run)
    return command


def _serve_command(commands: Any) -> None:
    from ogp_data.service.limits import table

    text = "serve what is published: files, names, SPARQL, rows and harvest"
    command = commands.add_parser(
        "serve",
        help=text,
        description=text[0].upper() + text[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"bounds:\n{table()}\n\n{EXIT_CODES}",
    )
    command.add_argument("--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1)")
    command.add_argument("--port", type=int, default=8000, help="port to listen at; 0 takes a free one (default: 8000)")
    command.add_argument("--dist", type=Path, default=Path("dist"), help="folder of what is published (default: dist)")
    command.add_argument(
        "--rate", type=float, default=50.0, metavar="N", help="requests a second for each client, 0: any (default: 50)"
    )
    command.add_argument(
        "--query-seconds", type=float, default=3.0, metavar="S", help="seconds that a query may take (default: 3)"
    )
    command.add_argument(
        "--trust-proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="trust the proxy at this address or in this network (10.0.0.0/8) for who the client is and how"
        " it reaches the service, by X-Forwarded-* or Forwarded; several with commas, or by giving it again",
    )
    command.add_argument("--log-clients", action="store_true", help="write the addresses of clients into the log")
    command.set_defaults(run=_serve)


# Commands -----------------------------------------------------------------------------------------------


def _publish(options: argparse.Namespace) -> int:
    return _build(options, options.build, write_dist=True)


def _check(options: argparse.Namespace) -> int:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return _build(options, Path(folder), write_dist=False)


def _build(options: argparse.Namespace, build: Path, write_dist: bool) -> int:
    # A publication makes many objects and few cycles: looking for them meanwhile takes a third of its time.
    gc.disable()
    from ogp_data.declaration.toml_files import find_publications
    from ogp_data.pipeline import Folders

    names = options.publication or find_publications(options.data)
    if fault := _usage_fault(options, names):
        print(f"ogp-data: {fault}", file=sys.stderr)
        return USAGE
    folders = Folders(options.data, build, options.dist, options.assets)
    outcomes: list[Outcome] = []
    for name in names:
        if outcomes:  # what the one before left in cycles is given up once, so that a run needs the memory of one
            gc.collect()
        outcomes.append(_run(options, folders, name, write_dist))
    if options.json:
        print(json.dumps({"publications": [_as_dict(o) for o in outcomes]}, ensure_ascii=False, indent=2))
    return ERRORS if any(outcome.report.count("error") for outcome in outcomes) else PUBLISHED


def _usage_fault(options: argparse.Namespace, names: Sequence[str]) -> str:
    if not names:
        return f"there is no publication under {options.data}; begin one with: ogp-data new ID --source FILE"
    several = len(names) > 1
    for option in ("base_iri", "base_url"):
        value = getattr(options, option)
        if several and value and "{id}" not in value:
            return f"--{option.replace('_', '-')} needs {{id}} in it for {len(names)} publications, or name just one"
    return ""


def _run(options: argparse.Namespace, folders: Folders, name: str, write_dist: bool) -> Outcome:
    from ogp_data import pipeline

    base_iri, base_url = (value.replace("{id}", name) for value in (options.base_iri, options.base_url))
    progress = _Progress(name, silent=options.json)
    outcome = pipeline.run(folders, name, base_iri, base_url, progress, write_dist)
    progress.clear()
    if not options.json:
        _tell(outcome, write_dist, options.language)
    return outcome


class _Progress:
    """Tells the stage under way: on one changing line of a terminal, on lines of their own in a pipe."""

    def __init__(self, name: str, silent: bool) -> None:
        self.name, self.silent, self.terminal = name, silent, sys.stderr.isatty()

    def __call__(self, stage: str) -> None:
        if not self.silent:
            text = terminal.line(f"{self.name}: {stage}")
            print(
                f"\r\x1b[K{text}" if self.terminal else text,
                end="" if self.terminal else "\n",
                file=sys.stderr,
                flush=True,
            )

    def clear(self) -> None:
        if self.terminal and not self.silent:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _tell(outcome: Outcome, write_dist: bool, language: str) -> None:
    """Print the findings, then in one line how it ended and where to look."""
    report = outcome.report
    _tell_findings(report.findings, ", all in reports/validation.html" if write_dist else "", language)
    if report.words:
        words = report.words
        aside = ", ".join(f"{reason} {count}" for reason, count in words["aside"].items()) or "none"
        print(f"words: {words['words']} in the source, {words['homes']} in published cells, set aside {aside},"
              f" lost {words['lost']}, doubled {words['doubled']}")  # fmt: skip
    print(
        f"{report.publication}: {_count(report.count('error'), 'error')}, {_count(report.count('warning'), 'warning')}"
    )
    print(_last_line(outcome, write_dist))


def _tell_findings(findings: Sequence[Finding], where: str, language: str) -> None:
    """Print the findings in a language, what is said of several places once."""
    from ogp_data.checks.report import grouped

    for found, places in grouped(findings):
        also = [Message("    also at: {place}", place=place).of(language) for place in places[1:]]
        if also and found.severity != "error":
            others = Plural("    also: {num} other place", "    also: {num} other places", len(also))
            also = [f"{others.of(language)}{where}"]
        print(terminal.lines([*found.lines(language), *also]))


def _last_line(outcome: Outcome, write_dist: bool) -> str:
    if outcome.published:
        return f"{'published' if outcome.changed else 'unchanged'}: {outcome.folder}"
    if not write_dist:
        return "sound: nothing was written" if not outcome.report.count("error") else "not sound: nothing was written"
    if not outcome.reported:
        return "not published; nothing was written"
    return f"not published; reports and staged files: {outcome.folder}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _as_dict(outcome: Outcome) -> dict[str, Any]:
    ended = {"published": outcome.published, "changed": outcome.changed, "folder": str(outcome.folder)}
    return {**outcome.report.as_dict(), **ended}


def _validate(options: argparse.Namespace) -> int:
    gc.disable()  # as in a build: of 1,000 datasets it is a fifth of the time
    from ogp_data.checks import foreign as catalogues
    from ogp_data.models.profiles import profile_names

    if options.profile not in profile_names():
        print(
            f"ogp-data: there is no profile {options.profile!r}; take one of: {', '.join(profile_names())}",
            file=sys.stderr,
        )
        return USAGE
    limits = _limits(options)
    findings = catalogues.validate(options.source, limits, options.profile, options.shapes)
    _tell_of_source(options, findings, limits)
    return ERRORS if any(found.severity == "error" for found in findings) else PUBLISHED


def _limits(options: argparse.Namespace) -> Bounds:
    """Return how far the requests of a command may go."""
    from ogp_data.core import web
    from ogp_data.core.web import bounds

    contexts = bounds.CONTEXTS if options.remote_context else 0
    return web.Bounds(allow_private=options.allow_private, contexts=contexts, proxy=options.proxy)


def _tell_of_source(options: argparse.Namespace, findings: Sequence[Finding], limits: Bounds) -> None:
    """Print what was found in a catalogue of others."""
    from ogp_data.core import web

    note = web.unchecked(limits.proxy)
    if options.json:
        from ogp_data.checks.report import as_dict

        told = {"source": options.source, "findings": list(map(as_dict, findings))}
        print(terminal.document({**told, **({"note": note} if note else {})}))
    else:
        _tell_findings(findings, "", options.language)
        errors, warnings = (sum(found.severity == severity for found in findings) for severity in ("error", "warning"))
        sums = f"{options.source}: {_count(errors, 'error')}, {_count(warnings, 'warning')}"
        print(terminal.lines([*([note] if note else []), sums]))


def _quality(options: argparse.Namespace) -> int:
    gc.disable()
    from datetime import date

    from ogp_data.checks import foreign as catalogues

    try:
        as_of = date.fromisoformat(options.as_of) if options.as_of else date.today()
    except ValueError:
        print(f"ogp-data: {options.as_of!r} is not a date, such as 2026-11-23", file=sys.stderr)
        return USAGE
    limits = _limits(options)
    quality, findings = catalogues.score(options.source, as_of, options.probe, limits)
    if quality is None:
        _tell_of_source(options, findings, limits)
        return ERRORS
    try:
        catalogues.write(quality, options.html, options.dqv)
    except OSError as reason:
        print(f"ogp-data: {reason}", file=sys.stderr)
        return USAGE
    print(catalogues.as_json(quality) if options.json else catalogues.as_text(quality))
    return PUBLISHED


def _plan(options: argparse.Namespace) -> int:
    from ogp_data.delivery import deliver, plan
    from ogp_data.delivery.faults import DeliveryError

    try:
        made = deliver.plan_target(options.target, options.dist, options.prune, options.proxy)
    except DeliveryError as reason:
        return _tell_undelivered(options, reason)
    note = [made.note] if made.note else []
    if options.json:
        print(terminal.document({**made.told, **({"note": made.note} if note else {})}))
    else:
        print(terminal.lines([*note, *plan.lines(made.told)]))
    return PENDING if made.plan.pending else PUBLISHED


def _apply(options: argparse.Namespace) -> int:
    from ogp_data.delivery import deliver, plan
    from ogp_data.delivery.faults import DeliveryError, StoppedError

    progress = _Progress(str(options.target), silent=options.json)
    try:
        done = deliver.apply_target(
            options.target, options.dist, options.prune, progress, options.expect, options.proxy
        )
    except DeliveryError as reason:
        progress.clear()
        return _tell_undelivered(options, reason)
    except StoppedError as reason:
        progress.clear()
        print(f"stopped: {reason.progress} Run the same command again to go on.", file=sys.stderr)
        raise
    progress.clear()
    note = [done.note] if done.note else []
    if options.json:
        sums = {"requests": done.asked, "writes": done.written, **({"note": done.note} if note else {})}
        print(terminal.document({**done.told, **sums}))
    else:
        sum_up = f"delivered with {_count(done.asked, 'request')}, {_count(done.written, 'write')} among them"
        print(terminal.lines([*note, plan.summary(done.told, done=True), sum_up]))
    return PUBLISHED


def _tell_undelivered(options: argparse.Namespace, reason: DeliveryError) -> int:
    """Print why a delivery ended, and for programs how many changes it had made."""
    if options.json:
        from ogp_data.checks.report import as_dict

        told = {"target": str(options.target), "findings": [as_dict(reason.finding)]}
        made = {"made": reason.progress.made, "of": reason.progress.of} if reason.progress else {}
        print(terminal.document({**told, **made}))
    else:
        print(terminal.lines(reason.finding.lines(options.language)))
    return ERRORS


def _new(options: argparse.Namespace) -> int:
    from ogp_data.core.resources import guide
    from ogp_data.declaration.scaffold import complete, create

    if options.id is None and options.source:
        print("ogp-data: name the publication to begin: ogp-data new ID --source FILE", file=sys.stderr)
        return USAGE
    try:
        if options.id is None:
            return _tell_laid(options.data, complete(options.data))
        begun = create(options.data, options.id, options.source)
    except (OSError, ValueError) as reason:
        print(f"ogp-data: {_reason_in_words(reason)}", file=sys.stderr)
        return USAGE
    if options.source and begun.document != options.source.name:
        print(f"renamed: {options.source.name!r} cannot be part of a web address; the copy is called {begun.document}")
    for path in begun.beside:
        print(f"created for all publications to share: {path}")
    elsewhere = "" if options.data == Path("data") else f"--data {shlex.quote(str(options.data))} "
    print(
        f"begun: {begun.folder}/publication.toml\n"
        f"next: describe it there (every key is explained in {guide()}), and its publisher"
        f" in {options.data}/agents.toml, then: ogp-data check {elsewhere}{options.id}"
    )
    return PUBLISHED


def _tell_laid(data: Path, laid: Sequence[Path]) -> int:
    """Print what was laid down of what publications share."""
    for path in laid:
        print(f"created for all publications to share: {path}")
    if not laid:
        print(f"nothing that publications share is missing in {data}")
    return PUBLISHED


def _reason_in_words(reason: OSError | ValueError) -> str:
    """Return why something could not be begun, without numbers of the system."""
    if isinstance(reason, OSError) and reason.strerror:
        return f"{reason.filename}: {reason.strerror}" if reason.filename else f"the disk refused: {reason.strerror}"
    return str(reason)


def _keep(options: argparse.Namespace) -> int:
    from ogp_data.declaration import earlier
    from ogp_data.declaration.toml_files import find_publications

    if options.id not in find_publications(options.data):
        print(f"ogp-data: there is no publication {options.id!r} under {options.data}", file=sys.stderr)
        return USAGE
    kept, findings = earlier.keep(options.data, options.dist, options.id)
    _tell_findings(findings, "", options.language)
    if kept is None:
        return ERRORS
    declaration = options.data / options.id / "publication.toml"
    print(
        f"{'kept' if kept.is_new else 'kept already'}: {kept.folder}\n"
        f"next: end {declaration} with these lines, replacing an older [previous], and raise `version` there\n\n"
        f'[previous]\nmanifest = "previous/{kept.version}/manifest.json"\nsha256 = "{kept.sha256}"'
    )
    return PUBLISHED


def _serve(options: argparse.Namespace) -> int:
    from ogp_data.service import server
    from ogp_data.service.forwarded import trusted
    from ogp_data.service.guard import to_stream
    from ogp_data.service.limits import Limits

    try:
        proxies = trusted(",".join(options.trust_proxy))
    except ValueError as reason:
        print(f"ogp-data: --trust-proxy: {reason}; name addresses or networks, such as 127.0.0.1", file=sys.stderr)
        return USAGE
    limits = Limits(rate=options.rate, burst=max(int(options.rate * 4), 1), seconds=options.query_seconds)
    settings = server.Options(options.dist, options.host, options.port, limits, proxies, options.log_clients)
    try:
        server.run(settings, to_stream(sys.stderr), lambda address: print(f"serving at {address}", flush=True))
    except server.RefusedError as reason:
        print(f"ogp-data: {reason}", file=sys.stderr)
        return USAGE
    return PUBLISHED


def _explain(options: argparse.Namespace) -> int:
    from ogp_data.cli.explain import explained, index, unknown

    lines = explained(options.name, options.language) if options.name is not None else index(options.language)
    if not lines:
        print(f"ogp-data: {unknown(options.name)}", file=sys.stderr)
        return USAGE
    print("\n".join(lines))
    return PUBLISHED
