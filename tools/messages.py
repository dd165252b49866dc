"""Finds what the program says in its source, and brings the catalogues of messages up to date: `make messages`."""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

SRC = Path(__file__).parents[1] / "src" / "ogp_data"
MODEL = SRC / "models" / "ogp"
LOCALES = SRC / "locales"
SHAPES = SRC.parents[1] / "shapes"
MESSAGE = ox.NamedNode("http://www.w3.org/ns/shacl#message")

IN_PYTHON: dict[str, Any] = {"Message": None, "Plural": (1, 2)}
IN_TEMPLATES: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2)}
IN_DATA = {
    SRC / "formats" / "known.toml": ("title", "description"),
    SRC / "formats" / "received.toml": ("title",),
    SRC / "core" / "rules.toml": ("occurs", "fix"),
    SRC / "core" / "sparql" / "advice.toml": ("says",),
    **dict.fromkeys(sorted((MODEL / "codelists").glob("*.toml")), ("origin",)),
}
"""Files of the program that say something in English, and by which keys."""

SHARED = [path for path in sorted(MODEL.rglob("*.toml")) if path.name != "words.toml"]
"""What publications share: where it lacks a language, the catalogue may have it."""


def extracted() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Yield each message of the program with the file that says it."""
    for path in sorted(SRC.rglob("*.py")):
        for _, message, _, _ in extract_from_file("python", path, keywords=IN_PYTHON):
            yield message, _name(path)
    for path in sorted((SRC / "templates").rglob("*.html")):
        for _, message, _, _ in extract_from_file(
            "jinja2.ext:babel_extract", path, keywords=IN_TEMPLATES, options=_OPTIONS
        ):
            yield message, _name(path)
    for path, keys in IN_DATA.items():
        for text in _under(tomllib.loads(path.read_text(encoding="utf-8")), keys):
            yield " ".join(text.split()), _name(path)


_OPTIONS = {"trimmed": "true", "silent": "false"}


def shared() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each text that publications share, in English, with its file and what that has in other languages."""
    for path in SHARED:
        for texts in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield texts["en"], _name(path), texts


def of_shapes() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield what each shape says of what breaks it, as `shared` does."""
    for path in sorted(SHAPES.rglob("*.ttl")):
        said: dict[object, dict[str, str]] = {}
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            if quad.predicate == MESSAGE:
                said.setdefault(quad.subject, {})[quad.object.language] = quad.object.value
        for texts in said.values():
            yield texts["en"], _name(path), texts


def _texts(table: object) -> Iterator[dict[str, str]]:
    if isinstance(table, dict):
        if isinstance(table.get("en"), str):
            yield table
        else:
            for value in table.values():
                yield from _texts(value)
    elif isinstance(table, list):
        for value in table:
            yield from _texts(value)


def _under(table: object, keys: tuple[str, ...]) -> Iterator[str]:
    for one in table if isinstance(table, list) else ():
        yield from _under(one, keys)
    if isinstance(table, dict):
        for key, value in table.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _under(value, keys)


def _name(path: Path) -> str:
    return path.relative_to(SRC.parents[1]).as_posix()


def template() -> Catalog:
    """Return all messages, without translations; no date and no line number, so that only what is said changes it."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for message, path in extracted():
        catalog.add(message, locations=[(path, 0)])
    for english, path, _ in (*shared(), *of_shapes()):
        catalog.add(english, locations=[(path, 0)])
    return catalog


def read(path: Path) -> Catalog:
    """Return a catalogue."""
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parents[1].name)


def updated(language: str, old: Catalog | None) -> Catalog:
    """Return a catalogue with just the messages that there are; what it had a translation of keeps that."""
    catalog = Catalog(language, project="ogp-data", version="", charset="utf-8", fuzzy=False)
    own = {english: texts.get(language, "") for english, _, texts in (*shared(), *of_shapes())}
    for message in template():
        if message.id:
            known = old.get(message.id) if old else None
            single = own.get(message.id, "") if isinstance(message.id, str) else ""
            string = (known.string if known else "") or single
            if message.pluralizable and isinstance(string, str):
                # It was said of one thing alone until now.
                string = (string, *[""] * (catalog.num_plurals - 1))
            elif not message.pluralizable and not isinstance(string, str):
                # It is said of one thing alone from now on.
                string = string[0]
            catalog.add(message.id, string, locations=message.locations)
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalogue: in the order of its files, with no hour in it."""
    target = io.BytesIO()
    write_po(target, catalog, width=118, omit_header=True, include_lineno=False, sort_by_file=True)
    header = (
        f"# What ogp-data says in {catalog.locale.english_name}; `make messages` brings it up to date.\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + target.getvalue().decode("utf-8").strip() + "\n", encoding="utf-8")


def main(languages: list[str]) -> int:
    """Update every catalogue, and begin one for each language that is named; say what is left to translate."""
    known = [path.parents[1].name for path in LOCALES.glob("*/LC_MESSAGES/ogp_data.po")]
    for language in sorted({*known, *languages}):
        path = LOCALES / language / "LC_MESSAGES" / "ogp_data.po"
        catalog = updated(language, read(path) if path.exists() else None)
        write(catalog, path)
        left = sum(1 for message in catalog if message.id and not all(_strings(message.string)))
        print(f"{language}: {len(catalog)} messages, {left} to be translated")
    return 0


def _strings(string: object) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [str(string)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
