"""Templates -> pages for people."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ogp_data.core.messages import (
    SOURCE,
    Message,
    Plural,
    direction,
    language_name,
    locale,
    own_name,
    say,
    translated,
    written,
)
from ogp_data.core.words import foreign

_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
_JSON = json.JSONEncoder(ensure_ascii=False)  # json.dumps would make one for each page
TEMPLATES = Path(__file__).parents[1] / "templates"


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates as Python keeps compiled modules: beside them, and only where it may write."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code; Jinja compares its source when it is asked for again."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def asset(name: str) -> bytes:
    """Return a file that pages use, such as a style sheet."""
    return (TEMPLATES / name).read_bytes()


def styles(parts: Iterable[str]) -> str:
    """Return the style of these parts, one after another; each is a file of `templates/style/`.

    It is without comments and blanks that say nothing: it goes with each first page, of which none is to pass 60 kB.
    """
    return "".join(map(_close, (asset(f"style/{part}.css").decode() for part in parts)))


def _close(css: str) -> str:
    """Return a style that says the same in fewer characters; no text within it may hold what parts its declarations."""
    for pattern, instead in ((r"(?s)/\*.*?\*/", ""), (r"\s*([{};,])\s*", r"\1"), (r":\s+", ":"), (";}", "}")):
        css = re.sub(pattern, instead, css)
    return css.strip() + "\n"


def script(name: str) -> bytes:
    """Return a script without what only its writers need: lines of comment, and the blanks that lines begin with.

    No line of such a script may begin within a text.
    """
    lines = (line.strip() for line in asset(name).decode().splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//")).encode()


def render(template: str, language: str = SOURCE, **context: Any) -> bytes:
    """Return a page in UTF-8, in a language; what stands in the data is shown as text, never as markup."""
    page = _environment(language).get_template(template).render(lang=language, **context)
    return page.encode("utf-8", "backslashreplace")  # the name of a file may hold bytes that are no text


@cache
def of_language(language: str, around: str) -> Markup:
    """Return the attributes of an element whose text is in a language, within text of another; nothing for ""."""
    return Markup(' lang="{}"').format(language) + turned(language, around) if language else Markup("")


@cache
def turned(language: str, around: str) -> Markup:
    """Return the attribute of an element that runs as its language does; nothing where all runs from left to right.

    It stands wherever either of the two is written from right to left: an element without it would be read by its first
    letter, and a title in Hebrew may well begin with the name of a programme in Latin letters.
    """
    if not language or direction(language) == direction(around) == "ltr":
        return Markup("")
    return Markup(f' dir="{direction(language)}"')


def schema_org(data: Mapping[str, Any]) -> str:
    """Return schema.org JSON-LD, as text that can stand within a script element: no letter of it can end that."""
    return _JSON.encode({"@context": "https://schema.org/", **data}).translate(_UNSAFE)


def web_page(catalogue: str, titles: Mapping[str, str], **more: Any) -> str:
    """Return a page of a catalogue as a schema:WebPage; it has a title for each language that it is in."""
    names: list[Any] = [{"@value": title, "@language": language} for language, title in titles.items()]
    part_of = {"@type": "DataCatalog", "@id": catalogue}
    return schema_org({"@type": "WebPage", "name": names, "inLanguage": list(titles), "isPartOf": part_of, **more})


_YEARS = re.compile(r"\b\d{4}[-–/]\d{2,4}\b")


def with_years(text: str) -> Markup:
    """Return a text whose years, such as 2020-2022, stay on one line."""
    return Markup(_YEARS.sub(r'<span class="years">\g<0></span>', str(escape(text))))


class _Context(Context):
    """Calls a function as it is: a page asks for hundreds of texts and addresses, and few of these want the context."""

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what a function says; one that Jinja made wants something of the context, and says so of itself."""
        kind = type(function)
        if kind is MethodType or kind is partial or (kind is FunctionType and not function.__dict__):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return function(*args, **kwargs)
        return super().call(function, *args, **kwargs)


class _Environment(Environment):
    """Knows how its pages call functions."""

    context_class = _Context


@cache
def _environment(language: str) -> Environment:
    environment = _Environment(
        loader=PackageLoader("ogp_data"),
        # Every page shows words of a document, and any of them may look like a tag.
        autoescape=True,
        # A misspelt name in a template would otherwise be an empty place on a page that nobody looks at.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(str(TEMPLATES / "__pycache__")),
        # No template changes while the program runs, and each page would look at every one that it is made of.
        auto_reload=False,
        cache_size=-1,
    )

    def said(msgid: str, /, **values: object) -> str:
        return Message(msgid, **values).of(language) if values else translated(msgid, language)

    def counted(one: str, many: str, number: int) -> str:
        return Plural(one, many, number, format(written(number, language), ",")).of(language)

    environment.globals |= {
        # Under the name by which templates call it, so that nothing looks for it each time.
        "_": said,
        "gettext": said,
        "ngettext": counted,
        "own_name": own_name,
        "with_years": with_years,
        "data": lambda value: Markup(json.dumps(value, ensure_ascii=False).translate(_UNSAFE)),
        "language_name": language_name,
        "of_language": lambda tongue, around=language: of_language(tongue, around),
        "of_text": lambda text: of_language(foreign(text, language), language),
        "turned": lambda tongue, around=language: turned(tongue, around),
        "locale": locale,
        "say": lambda text: say(text, language),
        # In French there is a space before it: each catalogue has its own, with nothing in front.
        "colon": Message("{label}:", label="").of(language),
    }
    return environment
