"""The command line in other languages than English: help, wrong usage, progress, sums."""

from __future__ import annotations

import argparse
import datetime
import json
import random
import re
from collections.abc import Sequence
from typing import Literal

import pytest
from babel.messages.extract import extract_from_file
from pydantic import TypeAdapter, ValidationError

from conftest import ROOT, Workspace
from ogp_data.cli import speaking
from ogp_data.cli.main import main
from ogp_data.cli.parser import language_asked, make_parser
from ogp_data.core import misfits
from ogp_data.core.messages import Message, Plural, listed, reason, say
from untold import of_program, untold

FOR_PROGRAMMERS = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
    'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s",
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "unexpected option string: %s",
    "%r is not callable",
}
"""What argparse says of parsers that are written wrongly."""

NOT_OURS = {"not allowed with argument %s", "one of the arguments %s is required"}
"""What it says of groups of options, and we have none."""


def test_argparse_says_nothing_to_users_that_no_catalogue_has() -> None:
    """Another Python may say more: then this list grows."""
    own = {str(message) for message in speaking.OWN} | FOR_PROGRAMMERS | NOT_OURS
    said = {m for _, m, _, _ in extract_from_file("python", argparse.__file__, keywords={"_": None})}
    newer = {"warning: %(message)s\n", "option '%(option)s' is deprecated", "command '%(parser_name)s' is deprecated"}
    newer |= {"argument '%(argument_name)s' is deprecated", "conflicting subparser alias: %s", "%(heading)s:"}
    newer |= {"invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"}
    assert said - own - newer == set()


def test_argparse_speaks_english_again_afterwards() -> None:
    before = argparse._, argparse.ngettext  # type: ignore[attr-defined]
    with pytest.raises(SystemExit), speaking.speaking("nl"):
        make_parser("nl").parse_args(["--nope"])
    assert (argparse._, argparse.ngettext) == before  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "en"),
        (["publish", "--language", "nl"], "nl"),
        (["--language=fr", "publish"], "fr"),
        (["publish", "--language", "xx"], "en"),
        (["publish", "--language"], "en"),
        (["--help", "--lang", "nl"], "nl"),
    ],
)
def test_the_language_is_known_before_the_command_line_is_read(arguments: list[str], language: str) -> None:
    assert language_asked(arguments) == language


MIXED = 100
"""So many orders of each command; ten thousand were tried."""
ORDERS = {
    "new": (["us-2013", "a.pdf", "-b.md"], ["--yes"], ["--form", "x"], ["--data=elsewhere"], ["--language", "nl"]),
    "publish": (["nl-2020-2022", "us-2013"], ["--json"], ["--dist", "out"], ["--language=fr"]),
    "keep": (["us-2013"], ["--for", "v2"], ["--language", "fr"]),
    "explain": (["label-unknown"], ["--language", "nl"]),
}
"""Command -> its words in their order, and options that may stand anywhere among them."""


def mixed(words: list[str], options: Sequence[list[str]], chance: random.Random) -> list[str]:
    """Return a command line with its options anywhere, and perhaps `--` in front of its last words."""
    last = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    cut = chance.randint(0, last)
    parts = [[word] for word in words[:cut]]
    for option in options:
        parts.insert(chance.randint(0, len(parts)), option)
    return [*(word for part in parts for word in part), *(["--", *words[cut:]] if cut < len(words) else [])]


@pytest.mark.parametrize("command", ORDERS)
def test_options_may_stand_anywhere(command: str) -> None:
    (words, *options), chance, parser = ORDERS[command], random.Random(8), make_parser()
    first = vars(parser.parse_args([command, *(part for option in options for part in option), "--", *words]))
    told = [word for value in first.values() for word in (value if isinstance(value, list) else [value])]
    assert set(words) <= set(told)
    for _ in range(MIXED):
        line = mixed(words, options, chance)
        assert vars(parser.parse_args([command, *line])) == first, line


def commands() -> list[str]:
    parsers = next(a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return list(parsers.choices)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("command", ["", *commands()])
def test_no_line_of_help_is_english_in_another_language(
    command: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    told = []
    for spoken in ("en", language):
        with pytest.raises(SystemExit):
            main([*([command] if command else []), "--help", "--language", spoken])
        told.append(set(capsys.readouterr().out.splitlines()))
    same = {line.strip() for line in told[0] & told[1]}
    # Names of commands and options stand alone on a line; `options` is the same word in French.
    assert {line for line in same if line and not re.fullmatch(r"--?[\w-]+( \S+)?|\w+|options:", line)} == set()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_stands_for_a_value_is_not_the_title_of_a_column(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """The column `URL` of a table has another title in Dutch and French."""
    assert say("URL", language) != "URL"
    with pytest.raises(SystemExit):
        main(["validate", "--help", "--language", language])
    assert "--proxy URL" in capsys.readouterr().out


def test_wrong_usage_is_said_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--rate", "x", "--language", "nl"])
    assert capsys.readouterr().err.splitlines()[-1] == "ogp-data serve: fout: argument --rate: 'x' is geen getal"
    assert main(["explain", "nonsense-here", "--language", "fr"]) == 2
    assert capsys.readouterr().err.startswith("ogp-data: il n’y a pas de règle ni de clé 'nonsense-here'")


def test_stages_and_sums_are_said_in_the_language(
    small: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.folder)
    assert main(["check", "--language", "nl"]) == 0
    told = capsys.readouterr()
    assert told.err.splitlines()[0] == "small: wordt gemaakt"  # no terminal: one line for each publication
    assert re.search(r"^small: 0 fouten, \d+ waarschuwing(en)?$", told.out, re.M)
    assert told.out.endswith("in orde: er is niets geschreven\n")


# Messages that are put together -------------------------------------------------------------------------


def test_a_fault_that_is_raised_with_a_message_says_it_in_each_language() -> None:
    fault = ValueError(Message("line {number}", number=7))
    whole = Message("{name} cannot be read: {strerror}.", name="a", strerror=fault)
    assert reason(fault) == "line 7"
    assert whole.of("nl") == "a is niet te lezen: regel 7."
    assert reason(OSError(2, "No such file")) == "[Errno 2] No such file"


def test_a_list_says_each_of_its_parts_in_the_language() -> None:
    counted = listed((Plural("{num} row", "{num} rows", 1), Message("line {number}", number=2)))
    assert (str(counted), counted.of("nl")) == ("1 row, line 2", "1 rij, regel 2")


def test_a_number_has_the_marks_of_the_language_where_it_asks_for_them() -> None:
    message = Message("{a:,} {b:g} {c} {a!r}", a=1_234_567, b=0.5, c=2024)
    assert (str(message), message.of("nl")) == ("1,234,567 0.5 2024 1234567", "1.234.567 0,5 2024 1234567")


def test_the_help_of_serve_has_the_numbers_of_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help", "--language", "nl"])
    out = capsys.readouterr().out
    assert re.search(r"^body_bytes +1\.000\.000 bytes van de body van een verzoek: 413$", out, re.M)
    assert re.search(r"^slice_seconds +0,2 seconden processortijd", out, re.M)


# What is no message -------------------------------------------------------------------------------------

MEANT = {
    "checks/incoming/shipped.py": "terms of contexts of JSON-LD",
    "checks/pitfalls/stand_ins.py": "what stands in texts of catalogues in the place of a text",
    "checks/scores/report.py": "names of scores",
    "cli/keys.py": "names types for the reference, docs/publication.md, which is in English, as is what keys mean",
    "checks/incoming/words.py": "looked for in what parsers say",
    "checks/incoming/zipped.py": "the name of a format",
    "cli/options.py": "the name of a folder",
    "cli/outcome.py": "a command to copy",
    "cli/reference.py": "makes the reference, which is in English",
    "core/extras.py": "a command to copy",
    "core/geojson.py": "names of members of GeoJSON",
    "core/internal.py": "a report for the people who mend the program",
    "core/language_tags.py": "codes of languages",
    "core/misfits.py": "looked for in what pydantic says",
    "core/namespaces.py": "names of terms",
    "core/publication.py": "a template of pydantic; what is filled in is a message",
    "core/records.py": "raised at a file that the program itself wrote; the person gets a traceback to send",
    "core/spreadsheet.py": "the name by which code tells readings apart; READINGS says them",
    "core/terms.py": "names of terms, and raised at who writes one that is none",
    "core/web/client.py": "the name under which the program asks, a header",
    "core/web/special.py": "names in IANA's registries, quoted as they are there",
    "core/web/unpack.py": "a header",
    "declaration/drafting/": "words by which the language of a document is recognised, and comments in a draft",
    "declaration/naming.py": "codes of languages",
    "declaration/sources.py": "names of keys",
    "declaration/short/keys.py": "what keys mean, for the reference",
    "declaration/toml_mistakes.py": "looked for in what tomllib says",
    "delivery/ckan/adapter.py": "a parameter of CKAN",
    "documents/html_names.py": "names of elements and attributes",
    "core/sparql/tokens.py": "names of SPARQL",
    "documents/marks.py": "a character and its font",
    "documents/sheets/shown.py": "formats of dates in a spreadsheet",
    "formats/archive.py": "raised at who calls it with a wrong path",
    "formats/rocrate.py": "a kind of contact, as schema.org names it",
    "formats/samples.py": "code to copy, the same in every language",
    "formats/sqlite/": "SQL",
    "formats/xlsx.py": "a number format",
    "models/": "raised at a model of the package that is written wrongly, which tests find",
    "service/bodies.py": "the title in the description of the API",
    "service/console.py": "pages of the API, in English like the API itself, and a command to copy",
    "service/connections.py": "told to the peer by the protocol, and to nobody else",
    "service/openapi.py": "the description of the API, in English like the names of columns that it asks for",
    "service/policies.py": "a security policy",
    "service/schemas.py": "the description of the API, as above",
    "service/snapshot.py": "told in the log and at /health, for who runs the service: one language, as logs have",
    "site/charts.py": "names of classes of drawings",
    "site/query.py": "a security policy, and the notice that goes with the engine",
    "tables/kinds/links.py": "the name of a key",
    "types/money.py": "codes of currencies",
}
"""Files with sentences that are no messages, each with the reason why not."""


def test_every_sentence_of_the_program_is_a_message_or_meant_not_to_be() -> None:
    found = list(of_program(ROOT / "src" / "ogp_data"))
    left = [one for one in found if not any(one[0].startswith(name) for name in MEANT)]
    assert left == []
    unused = [name for name in MEANT if not any(file.startswith(name) for file, _, _ in found)]
    assert unused == [], "no exception is kept for what is no longer there"


@pytest.mark.parametrize(
    "line",
    [
        'finding("x", f"the heading {name} is not there")',
        'raise ValueError("is not a date")',
        'near = f"Did you mean {near}? "',
        'kind = "a folder"',
        'Message("It is {kind}.", kind="folder" if here else "")',
        'print(f"published: {folder} with {count} files")',
        'told = "colours: light or dark;"',
        'told = "NOTHING WAS PUBLISHED"',
    ],
)
def test_a_sentence_that_is_no_message_is_found(line: str) -> None:
    assert list(untold(line)) != []


@pytest.mark.parametrize(
    "line",
    [
        'finding("x", Message("the heading {name} is not there", name=name))',
        '"""A module that says what it is."""',
        'key: Annotated[str, "the name of a key"]',
        'sql = f"SELECT {a} AS {b}"',
        'html = f"<p>{text} is here</p>"',
        'Message("It is {kind}.", kind=Message("a folder"))',
        'if reason == "not a date": pass',
        'style = "color-scheme: light;"',
    ],
)
def test_what_is_a_message_or_no_sentence_is_not_found(line: str) -> None:
    assert list(untold(line)) == []


@pytest.mark.parametrize(
    ("value", "kind", "dutch"),
    [
        (3, str, "Hier hoort een tekst te staan"),
        ("x", int, "Hier hoort een geheel getal te staan"),
        ("x", bool, "Hier hoort true of false te staan"),
        ("x", list[str], "Hier hoort een lijst te staan"),
        ("x", dict[str, str], "Hier hoort een tabel te staan"),
        ("x", datetime.date, "Hier hoort een datum te staan, als JJJJ-MM-DD"),
        ("x", Literal["a", "b"], "Hier hoort 'a' of 'b' te staan"),
    ],
)
def test_what_pydantic_says_of_a_value_is_said_in_the_language(value: object, kind: object, dutch: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_json(json.dumps(value), strict=True)
    assert say(misfits.told(caught.value.errors()[0]), "nl") == dutch  # type: ignore[arg-type]
