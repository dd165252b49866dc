"""A publication whose id changed -> in the place of each of its pages one that leads to the same page of today.

A host of files alone knows no other way. `ogp-data serve`, and nginx before it, answer with the new address for what
is no page, too; `moved.json` in the folder tells them that it is such a one.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from ogp_data.collection.published import Collection, Published
from ogp_data.core.messages import SOURCE, Message, languages
from ogp_data.core.pages import canonical, in_language, relative
from ogp_data.core.rdf import dump
from ogp_data.core.templates import asset, render
from ogp_data.core.web import is_placeholder
from ogp_data.site.root_frame import HOME, STYLE

SCRIPT = "site/moved.js"
MARK = "moved.json"


def pages(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each page that leads on, and what they need."""
    led = [(old, found) for old in collection.moved if (found := collection.of(old))]
    if led:
        yield SCRIPT, asset("root/moved.js")
    for old, target in led:
        yield f"{old}/{MARK}", dump({"moved": target.id})
        for path, there in _ways(collection, target).items():
            yield f"{old}/{path}", _page(old, path, target, there)


def _ways(collection: Collection, target: Published) -> dict[str, str]:
    """Return the pages of a publication by the paths that lead to them: their own, and homes in all languages here."""
    homes = {in_language(HOME, tag, collection.languages): _home(target, tag) for tag in collection.languages}
    return {**homes, **{path: path for path in target.pages}}


def _home(target: Published, language: str) -> str:
    tongue = language if language in target.languages else target.languages[0]
    return in_language(HOME, tongue, target.languages)


def _page(old: str, path: str, target: Published, there: str) -> bytes:
    """Return a page that leads on, in the language of the page that it leads to, as far as that is one of ours."""
    own = f"{old}/{path}"
    tongue = there.partition("/")[0]
    language = tongue if tongue in target.languages[1:] else target.languages[0]
    return render(
        "root/redirect.html",
        language if language in languages() else SOURCE,
        title=Message("{id} has another address", id=old),
        target=relative(quote(f"{target.id}/{there}"), own),
        address="" if is_placeholder(target.base_url) else target.base_url + quote(canonical(there)),
        name=target.title,
        style=relative(STYLE, own),
        script=relative(SCRIPT, own),
    )
