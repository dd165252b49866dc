"""What must hold of everything that a publication or the root writes for people, whatever stands in it.

`broken` reads a folder as it lies on the disk and yields what does not hold, each with its page. A page is read by a
strict reading of its own: what is not markup as our templates write it is a fault, not something to be repaired.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from ogp_data.core.records import from_csv

_TAG = re.compile(
    r"<!doctype html>|<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<given>(?:\s+[^\s=>\"'/<]+(?:=\"[^\"<]*\"|='[^'<]*')?)*)\s*(?P<empty>/?)>",
    re.DOTALL,
)
_GIVEN = re.compile(r"([^\s=>\"'/<]+)(?:=\"([^\"]*)\"|='([^']*)')?")
_AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#x[0-9a-fA-F]+);)")
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_RAW = frozenset(("script", "style"))
_UNSEEN = frozenset(("script", "style", "title", "template"))
_ATTRIBUTES_WITH_ADDRESS = ("href", "src", "data", "action", "poster")
_ALLOWED = frozenset(("http", "https", "mailto"))


@dataclass
class Page:
    """What a page says: its text, headings, ids, addresses, data, and what is wrong with its markup."""

    text: str = ""
    title: str = ""
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    tally: list[str] = field(default_factory=list)


def read(content: str) -> Page:
    """Return a page as it is written."""
    return _Reading(content).page


class _Reading:
    """The reading of one page."""

    def __init__(self, content: str) -> None:
        self.page, self.content = Page(), content
        self.open: list[str] = []
        self.said: list[str] = []
        at = 0
        while at < len(content):
            at = self._step(at)
        self.page.text = html.unescape("".join(self.said))
        self.page.faults += [f"<{name}> is never closed" for name in self.open]

    def _step(self, at: int) -> int:
        begin = self.content.find("<", at)
        self._say(self.content[at : begin if begin >= 0 else None])
        if begin < 0:
            return len(self.content)
        tag = _TAG.match(self.content, begin)
        if tag is None:
            self.page.faults.append(f"no tag: {self.content[begin : begin + 60]!r}")
            return begin + 1
        if tag["name"]:
            return self._close(tag) if tag["end"] else self._begin(tag)
        return tag.end()

    def _say(self, text: str) -> None:
        if found := _AMPERSAND.search(text):
            self.page.faults.append(f"an ampersand as it is: {text[found.start() : found.start() + 30]!r}")
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.page.title += html.unescape(text)
        if not _UNSEEN.intersection(self.open):
            self.said.append(text)

    def _begin(self, tag: re.Match[str]) -> int:
        name = tag["name"].lower()
        given = {key.lower(): html.unescape(one or other) for key, one, other in _GIVEN.findall(tag["given"])}
        if len(given) != len(_GIVEN.findall(tag["given"])):
            self.page.faults.append(f"<{name}> says something twice")
        self._note(name, given)
        if name in _RAW:
            end = self.content.find(f"</{name}>", tag.end())
            self._keep(given, self.content[tag.end() : end])
            return end + len(name) + 3
        if name not in _VOID and not tag["empty"]:
            self.open.append(name)
            if name == "h1":
                self.said.append("\x02")
        return tag.end()

    def _note(self, name: str, given: Mapping[str, str]) -> None:
        page = self.page
        if "-" in name or any(key.startswith("on") for key in given):
            page.faults.append(f"<{name}> of a cell is markup")
        if "id" in given:
            page.ids.append(given["id"])
        page.addresses += [given[key] for key in _ATTRIBUTES_WITH_ADDRESS if key in given]
        page.faults += [f"{key} of <{name}> has a control character" for key, said in given.items() if "\0" in said]

    def _keep(self, given: Mapping[str, str], content: str) -> None:
        if given.get("type") == "application/ld+json":
            self.page.data.append(content)

    def _close(self, tag: re.Match[str]) -> int:
        name = tag["name"].lower()
        if not self.open or self.open[-1] != name:
            self.page.faults.append(f"</{name}> closes {self.open[-1:]}")
        if name in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(name) :]
        if name == "h1":
            self.page.headings.append(html.unescape("".join(self.said)).rpartition("\x02")[2])
        return tag.end()


def squeezed(text: str) -> str:
    """Return a text without white space and without what nobody sees."""
    return re.sub("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x02]", "", text)


# A publication --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Folder:
    """A folder with its files and pages."""

    path: Path
    files: frozenset[str]
    pages: Mapping[str, Page]

    @classmethod
    def of(cls, path: Path) -> Folder:
        """Return a folder as it lies on the disk."""
        files = frozenset(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
        shown = sorted(name for name in files if name.endswith(".html") and not name.startswith("source/document"))
        return cls(path, files, {name: read((path / name).read_text(encoding="utf-8")) for name in shown})


def broken(path: Path, count: int, languages: Iterable[str] = ("en",)) -> Iterator[str]:
    """Yield what does not hold of a publication of so many commitments."""
    folder = Folder.of(path)
    yield from _names_unfit(folder)
    yield from _pages_broken(folder)
    yield from _links_broken(folder)
    yield from _feeds_broken(folder)
    yield from _titles_alike(folder, languages)
    yield from _cells_lost(folder)
    yield from _count_wrong(folder, count)


_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{one}{number}" for one in ("com", "lpt") for number in "0123456789"))
)


def _names_unfit(folder: Folder) -> Iterator[str]:
    """Yield the files that not every disk can hold, or that some disks take for one."""
    alike: dict[str, str] = {}
    for name in sorted(folder.files):
        steps = name.split("/")
        if any(re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', step) or len(step.encode()) > 200 for step in steps):
            yield f"{name!r} is no name of a file everywhere"
        if any(step.partition(".")[0].lower() in _DEVICES for step in steps):
            yield f"{name!r} is a device"
        if (other := alike.setdefault(name.casefold(), name)) != name:
            yield f"{name!r} and {other!r} are one file on some disks"


def _pages_broken(folder: Folder) -> Iterator[str]:
    for name, page in folder.pages.items():
        yield from (f"{name}: {fault}" for fault in page.faults[:3])
        if len(page.headings) != 1 and "charts/" not in name:
            yield f"{name}: {len(page.headings)} h1"
        if not all(squeezed(one) for one in page.headings):
            yield f"{name}: h1 is empty"
        if not squeezed(page.title):
            yield f"{name}: title is empty"
        if twice := {one for one in page.ids if page.ids.count(one) > 1}:
            yield f"{name}: ids twice {sorted(twice)[:3]}"
        if any(not one or re.search(r"\s", one) for one in page.ids):
            yield f"{name}: an id is empty or has white space"
        for data in page.data:
            try:
                json.loads(data)
            except ValueError as reason:
                yield f"{name}: JSON-LD {reason}"


def _links_broken(folder: Folder) -> Iterator[str]:
    known = {name: {*page.ids} for name, page in folder.pages.items()}
    for name, page in folder.pages.items():
        for address in dict.fromkeys(page.addresses):
            try:
                parts = urlsplit(address)
            except ValueError:
                yield f"{name}: no address {address!r}"
                continue
            if parts.scheme or parts.netloc:
                if parts.scheme not in _ALLOWED:
                    yield f"{name}: {address[:80]!r} has scheme {parts.scheme!r}"
                continue
            yield from _link_broken(folder, known, name, address)


def _link_broken(folder: Folder, known: Mapping[str, set[str]], name: str, address: str) -> Iterator[str]:
    parts, target = urlsplit(address), name
    if parts.path:
        if parts.path.startswith("/"):  # of the page for what is not there, which is shown at any depth
            return
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
        if target.startswith("../"):  # to what is over all publications, or another
            return
        if target not in folder.files:
            yield f"{name}: {address!r} leads to no file"
            return
    if parts.fragment and target in known and unquote(parts.fragment) not in known[target]:
        yield f"{name}: {address!r} leads to no place"


def _feeds_broken(folder: Folder) -> Iterator[str]:
    for name in sorted(folder.files):
        if name.endswith((".xml", ".atom", ".svg")):
            try:
                ElementTree.parse(folder.path / name)
            except ElementTree.ParseError as reason:
                yield f"{name}: {reason}"


def _titles_alike(folder: Folder, languages: Iterable[str]) -> Iterator[str]:
    known: dict[tuple[str, str], str] = {}
    for name, page in folder.pages.items():
        first = name.partition("/")[0]
        key = first if first in languages else "", squeezed(page.title)
        if "404" not in name and "charts/" not in name and key in known:
            yield f"{name}: has the title of {known[key]}: {page.title!r}"
        known[key] = name


def _cells_lost(folder: Folder) -> Iterator[str]:
    """Yield the texts of cells that the pages of their table, or that of their commitment, do not show."""
    handed = json.loads((folder.path / "publication.json").read_text(encoding="utf-8"))
    for table in handed["tables"]:
        texts = [one["name"] for one in table["columns"] if one["type"] in ("string", "text")]
        pages = [page for name, page in folder.pages.items() if f"/{table['name']}/" in f"/{name}"]
        shown = squeezed("".join(page.text for page in pages))
        rows = list(from_csv((folder.path / table["name"] / f"{table['name']}.csv").read_bytes()))
        for row in rows[:200]:  # the pages of a table show its first 200 rows
            for column in texts:
                # The statement of a finding is told in the languages of the pages, whatever the table says.
                if column not in ("publication", "statement") and squeezed(row[column]) not in shown:
                    yield f"{table['name']}: {column} is lost: {row[column][:60]!r}"


def _count_wrong(folder: Folder, count: int) -> Iterator[str]:
    own = [name for name in folder.pages if name.startswith("commitments/") and name.count("/") == 1]
    if len(own) - ("commitments/index.html" in own) != count:
        yield f"{len(own)} pages of {count} commitments"
    home = (folder.path / "index.html").read_text(encoding="utf-8")
    if found := re.search(r'<ul class="tally.*?</ul>', home, re.DOTALL):
        numbers = [int(re.sub(r"\D", "", one)) for one in re.findall(r"<strong>(.*?)</strong>", found[0])]
        if sum(numbers) != count:
            yield f"index.html: {numbers} are not {count}"


# The root -------------------------------------------------------------------------------------------------------


def root_broken(dist: Path, published: Mapping[str, Any]) -> Iterator[str]:
    """Yield what does not hold of what is over all publications; `published` has the commitments of each."""
    top = Folder.of((dist / ".root").resolve())
    own = Folder(top.path, top.files, {name: page for name, page in top.pages.items() if "404" not in name})
    yield from _pages_broken(own)
    yield from _feeds_broken(own)
    for name, page in own.pages.items():
        for address in dict.fromkeys(page.addresses):
            parts = urlsplit(address)
            if not parts.scheme and parts.path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                if not (dist / target).is_file():
                    yield f"{name}: {address!r} leads to no file"
            elif parts.scheme and parts.scheme not in _ALLOWED:
                yield f"{name}: {address[:80]!r}"
    yield from _unfound(dist, published)


def _unfound(dist: Path, published: Mapping[str, int]) -> Iterator[str]:
    """Yield the publications of which the search does not have each commitment at a page that there is."""
    index = _set(dist / "search" / "index.js")
    found: dict[str, set[str]] = {name: set() for name in published}
    for number in range(len(index["shown"])):
        for at, _kind, where, *_ in _set(dist / "search" / f"e{number}.js"):
            name = index["publications"][at]["id"]
            if not (dist / name / where.partition("#")[0]).is_file():
                yield f"search: {name}/{where} is no page"
            if where.startswith("commitments/"):
                found[name].add(where)
    for name, count in published.items():
        if len(found[name]) != count:
            yield f"search: {len(found[name])} of {count} commitments of {name}"


def _set(path: Path) -> Any:
    """Return what a file of the search sets."""
    return json.loads(path.read_text(encoding="utf-8").partition(" = ")[2].removesuffix(";\n"))
