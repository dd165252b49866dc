"""What `new` tells: what a document is, what was understood of it, and what is left to do."""

from __future__ import annotations

import argparse
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.telling import sums
from ogp_data.core import resources
from ogp_data.core.messages import SOURCE, Message, Plural, language_name, listed
from ogp_data.core.places.pages import Page
from ogp_data.core.places.sheets import SheetCell
from ogp_data.declaration.drafting.draft import has_commitments
from ogp_data.declaration.drafting.losses import links_of, losses

if TYPE_CHECKING:
    from ogp_data.declaration.drafting.draft import Draft, Survey
    from ogp_data.declaration.drafting.language import Spoken
    from ogp_data.declaration.drafting.outline import Grid
    from ogp_data.declaration.receiving import Delivery
    from ogp_data.declaration.recognising import Recognised
    from ogp_data.declaration.scaffold import Begun
    from ogp_data.documents import Document
    from ogp_data.pipeline import Outcome

_MOST = 5
"""So many of a kind are told; the declaration, or the document, has them all."""
_LONGEST = 60
"""Characters of a text that is told as an example."""


def of_delivery(delivery: Delivery) -> list[str]:
    """Return which files of a folder are no documents, and which are called otherwise."""
    told: list[str] = [
        Message("left out: {file}: {why}", file=file, why=why) for file, why in delivery.left_out[:_MOST]
    ]
    if more := len(delivery.left_out[_MOST:]):
        count = Plural("{num} more file", "{num} more files", more)
        told.append(Message("left out: {count}", count=count))
    told += [
        Message(
            "renamed: {name!r} cannot be part of a web address; the copy is called {document}",
            name=one.called,
            document=one.name,
        )
        for one in delivery.documents
        if one.called not in (one.name, one.url)
    ]
    return told


# The document -------------------------------------------------------------------------------------------


def of_document(seen: Survey) -> Iterator[Message]:
    """Yield what a document is: its kind and size, its language, and what stands in it."""
    document, outline = seen.opened.document, seen.outline
    kinds = dict.fromkeys(file.kind for file in seen.opened.files)
    kind = listed(_KINDS.get(one, one) for one in kinds)
    yield Message("{name}: {kind}, {size}", name=document.source.name, kind=kind, size=_size(document))
    yield _in_language(seen.spoken)
    if title := outline.title.title:
        yield Message("  title: {title}", title=_short(title))
    if headings := [one.title for one in outline.headings if one != outline.title]:
        count = Plural("{num} heading", "{num} headings", len(headings))
        yield Message("  {count}: {examples}", count=count, examples=_examples(headings))
    for grid in outline.grids[:_MOST]:
        yield _table(grid)
    if more := len(outline.grids[_MOST:]):
        yield Message("  {count}", count=Plural("{num} more table", "{num} more tables", more))
    yield from _looks(document)
    if seen.form:
        yield _form(seen.form)
    for lost in losses(outline):
        yield Message("  it seems to have lost {lost}", lost=lost)


_KINDS: Mapping[str, Message] = {
    "converted-text": Message("text as a converter makes it"),
    "markdown": Message("Markdown"),
    "html": Message("a page of the web"),
    "pdf": Message("a PDF"),
    "docx": Message("a document of Word"),
    "xlsx": Message("a workbook of Excel"),
    "ods": Message("a workbook of LibreOffice"),
    "csv": Message("a table in CSV"),
}
"""What the kinds of documents are called; those of other packages by their names."""


def _form(one: Recognised) -> Message:
    """Return which form a document follows, and how sure that is."""
    return Message(
        "  it follows the form {name}, {title}: {share} of its labels, {records}",
        name=one.form.name,
        title=one.form.title,
        share=f"{round(100 * one.share)}%",
        records=Plural("{num} commitment", "{num} commitments", one.records),
    )


def _size(document: Document) -> Plural:
    """Return how large a document is, as people see it: pages, sheets, or lines and paragraphs."""
    pages = {block.place.number for block in document.blocks if isinstance(block.place, Page)}
    if pages:
        return Plural("{num} page", "{num} pages", max(pages))
    sheets = {block.place.sheet for block in document.blocks if isinstance(block.place, SheetCell)}
    if sheets:
        return Plural("{num} sheet", "{num} sheets", len(sheets))
    return Plural("{num} block", "{num} blocks", len(document.blocks))


def _table(grid: Grid) -> Message:
    """Return how large a table is, where it stands, and how it begins."""
    first, last = grid.rows[0] if grid.rows else None, grid.rows[-1] if grid.rows else None
    where = first.place.text if first and last and first.place.text == last.place.text else ""
    if first and last and not where:
        where = f"{first.place.text}–{last.place.text}"
    rows = Plural("{num} row", "{num} rows", len(grid.rows))
    columns = Plural("{num} column", "{num} columns", len(grid.headings))
    begins = " | ".join(_short(one) for one in grid.headings if one)
    return Message(
        "  a table, {where}: {rows}, {columns}: {begins}", where=where, rows=rows, columns=columns, begins=begins
    )


def _looks(document: Document) -> Iterator[Message]:
    """Yield the links, colours and ticks of a document, and what its reader has to say of it."""
    if count := links_of(document):
        yield Message("  {count}", count=Plural("{num} link", "{num} links", count))
    if fills := Counter(cell.fill for block in document.blocks for cell in block.cells if cell.fill):
        told = [f"{colour} ({times})" for colour, times in fills.most_common(_MOST)]
        yield Message("  colours of cells: {colours}", colours=listed(told))
    texts = (text for block in document.blocks for text in block.texts)
    if ticks := Counter(style.kind for text in texts for style in text.styles)["mark"]:
        yield Message(
            "  {count}",
            count=Plural("{num} tick or sign of a font of signs", "{num} ticks or signs of a font of signs", ticks),
        )
    rules = Counter(found.rule for found in document.findings)
    for rule, times in rules.most_common(_MOST):
        first = next(found for found in document.findings if found.rule == rule)
        yield Message(
            "  {rule}, {times}: {message}",
            rule=rule,
            times=Plural("{num} time", "{num} times", times),
            message=first.message,
        )


def _examples(texts: Sequence[str]) -> object:
    shown = [f"“{_short(text)}”" for text in texts[:_MOST]]
    return listed([*shown, "…"] if len(texts) > _MOST else shown)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class _Named:
    """A language by its code, called by its name in the language of who reads it."""

    code: str

    def of(self, language: str) -> str:
        """Return its name in a language."""
        return language_name(self.code, language)


def _in_language(spoken: Spoken) -> Message:
    name = _Named(spoken.language)
    if not spoken.language:
        return Message("the language of the document is not sure; say it with --language-of-document")
    if not spoken.words:
        return Message("the document is in {name}, as said", name=name)
    return Message("the document is in {name}, by {words} of its words", name=name, words=spoken.words)


# What is begun ------------------------------------------------------------------------------------------


def of_beginning(begun: Begun) -> Iterator[Message]:
    """Yield what was laid down, what was found, and which lines are left to fill in."""
    yield from map(created, begun.beside)
    yield Message("begun: {declaration}", declaration=begun.folder / "publication.toml")
    form = begun.seen.form if begun.seen else None
    if form:
        yield Message("  its datasets are those of the form {name}", name=form.form.name)
    if begun.seen:
        yield from _found(begun.draft, bool(form))
    yield from _to_fill_in(begun.open)


def of_next(options: argparse.Namespace, outcome: Outcome | None) -> Iterator[Message]:
    """Yield how the check ended, where there is nothing left to fill in, and what comes next."""
    if outcome is None:
        guide, check = resources.guide(), _command("check", options)
        yield Message(
            "next: fill these in (every key is explained in {guide}), then: {check}", guide=guide, check=check
        )
        return
    report = outcome.report
    yield sums(report.publication, report.count("error"), report.count("warning"))
    if outcome.preview:
        yield Message("the document beside its rows: {page}", page=outcome.preview)
    if report.count("error"):
        yield Message("next: mend what is wrong, then: {check}", check=_command("check", options))
    else:
        publish = _command("publish", options)
        yield Message("next: compare the rows with the document, then: {publish}", publish=publish)


def _command(name: str, options: argparse.Namespace) -> str:
    """Return a command to copy, for the same publication in the same folder and language."""
    elsewhere = [] if options.data == Path("data") else ["--data", shlex.quote(str(options.data))]
    spoken_in = [] if options.language == SOURCE else ["--language", options.language]
    return " ".join(["ogp-data", name, *elsewhere, options.id, *spoken_in])


def _found(draft: Draft, has_form: bool) -> Iterator[Message]:
    """Yield the datasets that were found with their rows, and what is missing or left."""
    for one in draft.proposals:
        rows = Plural("{num} row", "{num} rows", one.rows)
        about = Message("{about}, {rows}", about=one.about, rows=rows) if one.rows >= 0 else one.about
        yield Message("  {name}: {about}", name=one.name, about=about)
    if not has_form and not has_commitments(draft.proposals):
        yield Message(
            "no commitments were found, so what is made of them is not drafted: overview, ogp-crosswalk; say under"
            " [datasets.commitments] in publication.toml in which list, table or headings they stand"
        )
    if draft.left:
        yield Message("no dataset takes this: {places}", places="; ".join(draft.left[:_MOST]))


def _to_fill_in(left: Mapping[Path, Sequence[int]]) -> Iterator[Message]:
    """Yield the lines of each file that are to be filled in."""
    for path, lines in left.items():
        count = Plural("{num} line", "{num} lines", len(lines))
        yield Message("to fill in: {path}, {count}: {lines}", path=path, count=count, lines=", ".join(map(str, lines)))


def created(path: Path) -> Message:
    """Return that a file was laid down that was not there."""
    return Message("created for all publications to share: {path}", path=path)
