"""The generated pages of docs/: the keys of a declaration from the nouns, the findings from the rules, the lists.

The prose is Markdown in `templates/reference/`; what stands there between braces is made here. Run with `make docs`.
`tests/test_docs.py` keeps pages and code equal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ogp_data.cli.keys import FILES, FIND, Key, keys, own_keys, short_keys
from ogp_data.cli.model import takes
from ogp_data.core import resources
from ogp_data.core.findings import Rule, rules, sentence
from ogp_data.delivery.targets import TARGETS
from ogp_data.models.lists import ValueList, load_lists
from ogp_data.models.model import model
from ogp_data.models.profiles import Profile, load_profile, profile_ids
from ogp_data.tables.kinds import KINDS
from ogp_data.types import TYPES


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {"publication.md": publication_page(), "findings.md": findings_page(), "lists.md": lists_page()}


def publication_page() -> str:
    """Return docs/publication.md."""
    functions = {"find_keys": _find_keys, "file_keys": _file_keys, "target_keys": _target_keys, "takes": takes}
    known = {"kinds": KINDS, "types": TYPES.own, "targets": TARGETS, "model": model()}
    return _page("publication.md", short_keys=_rows(short_keys()), **known, **functions)


def findings_page() -> str:
    """Return docs/findings.md."""
    return _page("findings.md", contents=_contents, entries=_entries, beyond=_beyond)


def lists_page() -> str:
    """Return docs/lists.md."""
    lists = sorted(load_lists(resources.value_lists()).lists.values(), key=lambda values: values.title.of("en").lower())
    return _page(
        "lists.md",
        lists=lists,
        profiles=[load_profile(name) for name in profile_ids()],
        publishers={values.publisher.name: _short(values.publisher.name) for values in lists},
        terms={values.publisher.name: values.publisher for values in lists},
        deprecated=lambda values: sum(row.get("status") == "deprecated" for row in values.rows.values()),
        dutch=_dutch,
        licences=_licences,
    )


def _short(name: str) -> str:
    """Return a name without what follows in brackets or behind a comma."""
    return name.partition(" (")[0].partition(",")[0]


def _dutch(values: ValueList) -> str:
    count = sum(bool(row.get("nl")) for row in values.rows.values())
    by = {"": "", "own": ", our own"}.get(values.dutch, f", of the {values.dutch}")
    return f"{count}{by}" if count else ""


def _licences(profile: Profile) -> str:
    lists = load_lists(resources.value_lists())
    named = ", ".join(lists[name].title.of("en") for name in profile.licence.lists)
    return f"{named}; also by web address" if profile.licence.by_address else named


def _page(template: str, **parts: Any) -> str:
    return _templates().get_template(template).render(**parts).rstrip() + "\n"


@cache
def _templates() -> Environment:
    loader = PackageLoader("ogp_data", "templates/reference")
    return Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True)


# The declaration ----------------------------------------------------------------------------------------


def _file_keys(file: str) -> str:
    """Return the tables of keys of a file."""
    return "\n\n".join(text for path, noun in FILES[file].items() for text in _tables(path, noun))


def _target_keys(noun: type) -> str:
    """Return the table of keys that a kind of target adds to those of every target."""
    return f"{noun.__doc__}\n\n{_rows(own_keys(noun))}"


def _find_keys(noun: type) -> str:
    """Return the tables of keys that `find` has in a kind of dataset."""
    inner = [text for key in keys(FIND, noun) for path, held in key.held() for text in _tables(path, held, "####")]
    return "\n\n".join([_table(FIND, noun), *inner])


def _tables(path: str, noun: type, level: str = "###") -> Iterator[str]:
    """Yield the table of keys of a noun below its heading, then those of the nouns that it holds."""
    yield f"{level} `{path}`" if path else f"{level} At the top"
    yield f"{noun.__doc__}\n\n{_table(path, noun)}"
    for key in keys(path, noun):
        for inner, held in key.held():
            yield from _tables(inner, held, level)


def _table(path: str, noun: type) -> str:
    """Return the keys of a noun as a table."""
    return _rows(keys(path, noun))


def _rows(described: Iterable[Key]) -> str:
    rows = [f"| `{key.path}` | {key.form} | {key.default} | {key.sentence} |" for key in described]
    return "\n".join(["| key | type | default | what it says |", "|---|---|---|---|", *rows])


# The findings -------------------------------------------------------------------------------------------


def _of(engine: str) -> list[Rule]:
    return [rule for rule in rules().values() if rule.engine == engine]


def _contents(engine: str) -> str:
    """Return the lines of contents of an engine's rules."""
    return "\n".join(f"  - [`{rule.name}`](#{rule.name}) ({rule.severity})" for rule in _of(engine))


def _beyond() -> str:
    """Return a row for each error of a catalogue that the official shapes do not find, with its sentence."""
    own = [rule for rule in _of("rules") if rule.severity == "error" and rule.clause and not rule.house]
    return "\n".join(f"| [`{rule.name}`](#{rule.name}) | [{rule.clause}]({rule.norm}) |" for rule in own)


def _entries(engine: str) -> str:
    """Return what there is to say of each rule of an engine."""
    return "\n\n".join(_entry(rule) for rule in _of(engine))


def _entry(rule: Rule) -> str:
    norm = [f"**What requires it.** {sentence(rule)}"] if rule.norm else []
    severity = f"*{rule.severity}{', in publications of this project only' if rule.house else ''}*"
    parts = [f"### {rule.name}", severity, f"**When it occurs.** {rule.occurs}"]
    return "\n\n".join([*parts, f"**How to fix it.** {rule.fix}", *norm])


# Writing ------------------------------------------------------------------------------------------------


def main() -> int:
    """Write the pages into docs/, or into the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs")
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
