"""The document beside the rows that were made of it: which text each row took, and what nothing took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from markupsafe import Markup, escape

from ogp_data.core.findings import Finding, Place, grouped
from ogp_data.core.frame import alone, tongues
from ogp_data.core.messages import Message, say
from ogp_data.core.pages import in_language, naming
from ogp_data.core.publication import Publication
from ogp_data.core.reasons import REASONS
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.core.templates import asset, render
from ogp_data.documents import Picture
from ogp_data.site.document.laid import Laid
from ogp_data.site.document.leaves import Leaf, Run, rows_of
from ogp_data.site.document.markup import LeafWriter, text_of
from ogp_data.tables.claims import Claim

PAGE = "preview/index.html"
"""Where it lies in a build, in the first of its languages."""
COLOURS = 8
"""So many datasets have a colour of their own; then they begin again."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands beside a leaf: its dataset and number there, its key, and its cells that say something."""

    dataset: str
    number: int
    key: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    """All that the preview shows: the document laid out, the rows, and what was found."""

    publication: Publication
    laid: Laid
    made: Sequence[Table]
    findings: Sequence[Finding]

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Return the tables by name."""
        return {table.name: table for table in self.made}

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Return how many words each dataset has, each reason sets aside (`aside.`), and nothing takes (`lost`)."""
        counts: Counter[str] = Counter()
        for claim in self.laid.claims:
            name = claim.dataset or (f"aside.{claim.reason}" if claim.reason else "lost")
            counts[name] += len(self.laid.source.text[claim.start : claim.end].split())
        return counts

    @cached_property
    def colours(self) -> Mapping[str, int]:
        """Return the number of each dataset's colour."""
        return {name: number % COLOURS for number, name in enumerate(self.tables)}

    def row(self, dataset: str, number: int) -> Row:
        """Return a row of a dataset, counted from 0."""
        table = self.tables[dataset]
        cells, key = table.cells[number], table.spec.key.name
        told = [(column.name, cells[column.name].value) for column in table.spec.column[:-1] if column.name != key]
        said = [(name, value) for name, value in told if value and name not in _SAME]
        return Row(dataset, number, cells[key].value, said)

    def rows(self, leaf: Leaf) -> list[Row]:
        """Return the rows that have text of a leaf, in its order."""
        return [self.row(*one) for one in rows_of(leaf.runs)]

    def others(self, leaf: Leaf) -> Mapping[str, list[str]]:
        """Return the keys of the rows that were made of a leaf and have none of its text, by dataset."""
        held, places = rows_of(leaf.runs), leaf.places
        found: dict[str, list[str]] = {}
        for name, table in self.tables.items():
            for number, row in enumerate(table.places):
                if (name, number) not in held and any(place.whole in places for place in row):
                    found.setdefault(name, []).append(table.cells[number][table.spec.key.name].value)
        return found

    def told(self, leaf: Leaf) -> list[tuple[Finding, list[Place]]]:
        """Return what was found on a leaf, what is said of several places once."""
        return grouped(self._told[leaf.number])

    @cached_property
    def _told(self) -> Mapping[int, list[Finding]]:
        """Return what was found by leaf: those that have its place, else the last that begins before it."""
        held = [(leaf, leaf.places) for leaf in self.laid.leaves]
        told: dict[int, list[Finding]] = {leaf.number: [] for leaf, _ in held}
        for one in self.findings:
            if at := one.place.at:
                own = [(leaf, places) for leaf, places in held if leaf.file == one.place.file]
                # A picture stands between texts: its place is one of none.
                before = [leaf for leaf, places in own if next(iter(places), leaf.first) <= at]
                there = [leaf for leaf, places in own if at.whole in places]
                for leaf in there or before[-1:] or [leaf for leaf, _ in own[:1]]:
                    told[leaf.number].append(one)
        return told


_SAME = ("publication",)
"""The columns that say the same in every row."""


def stage_preview(shown: Preview, stage: Stage) -> Path:
    """Write a preview, a page in each language and the pictures that it shows; return where the first page is."""
    languages = shown.publication.declaration.page_languages
    for language in languages:
        stage.keep(in_language(PAGE, language, languages), _page(shown, language))
    for leaf in shown.laid.leaves:
        if picture := shown.laid.picture(leaf):
            stage.keep(_picture(leaf, picture), picture.content)
    return stage.folder / PAGE


def _picture(leaf: Leaf, picture: Picture) -> str:
    return f"preview/{leaf.number}{picture.suffix}"


def _page(shown: Preview, language: str) -> bytes:
    writer = _Writer(shown, language)
    written = [writer.whole(leaf) for leaf in shown.laid.leaves]
    languages = shown.publication.declaration.page_languages
    title = Message("The document beside its rows").of(language)
    frame = alone(title, "report", "preview", languages=tongues(PAGE, language, languages))
    return render(
        "preview/preview.html",
        language,
        frame=replace(frame, site=shown.publication.declaration.title.of(language), is_listed=False),
        shown=shown,
        d=shown.publication.declaration,
        written=written,
        lost=writer.lost,
        open=writer.open,
        reasons=REASONS,
        row_id=row_id,
        script=Markup(asset("preview/preview.js").decode()),
        say=lambda text: say(text, language),
        picture=_picture,
        **naming(PAGE, language, languages),
    )


def row_id(leaf: Leaf, dataset: str, number: int) -> str:
    """Return the id of a row beside a leaf; a row stands beside each leaf that it has text of."""
    return f"row.{leaf.number}.{dataset}.{number + 1}"


class _Writer(LeafWriter):
    """Writes text with what took it: a row, which it leads to, a reason, or nothing, which is loud."""

    def __init__(self, shown: Preview, language: str) -> None:
        super().__init__(language, shown.publication.declaration.language)
        self.shown = shown
        self.lost: list[tuple[str, str]] = []
        """The id and the words of each text that nothing took."""
        self.open: set[int] = set()
        """The leaves with such text: it is not folded away below the picture."""
        self._met: set[str] = set()
        self._nothing = Message("nothing took this").of(language)

    def whole(self, leaf: Leaf) -> tuple[Leaf, Markup, tuple[Picture, Markup] | None]:
        """Return a leaf with its text, and with its picture and the boxes on that where it has one."""
        self._leaf, before = leaf, len(self.lost)
        picture = self.shown.laid.picture(leaf)
        # First the boxes: what leads to the text of a row leads to its box where there is a picture.
        drawn = (picture, self.boxes(leaf, picture)) if picture else None
        text = self.leaf(leaf, 2)
        if len(self.lost) > before:
            self.open.add(leaf.number)
        return leaf, text, drawn

    def run(self, run: Run) -> str:
        """Return a run of text, marked as what took it."""
        text = str(escape(text_of(run)))
        if run.address:
            text = f'<u title="{escape(run.address)}">{text}</u>'
        if run.claim is None or not run.text.strip():
            return text
        if run.claim.dataset:
            return self._taken(run.claim, text)
        if run.claim.reason:
            return f'<span class="aside" title="{escape(self._aside(run.claim))}">{text}</span>'
        name = f"lost.{len(self.lost) + 1}"
        self.lost.append((name, " ".join(run.text.split())))
        return f'<mark class="lost" id="{name}" title="{escape(self._nothing)}">{text}</mark>'

    def _taken(self, claim: Claim, text: str) -> str:
        return f'{self._lead(claim, [claim])} title="{self._title(claim)}">{text}</a>'

    def _lead(self, claim: Claim, all_claims: Iterable[Claim]) -> str:
        """Return how a link begins that leads from the text of rows to the first of them."""
        row = escape(row_id(self._leaf, claim.dataset, claim.row))
        first = "" if row in self._met else f' id="at.{row}"'
        self._met.add(row)
        rows = " ".join(f"{escape(one.dataset)}.{one.row + 1}" for one in all_claims)
        # Not in the order of tabs: from the keyboard one goes by the rows, each of which leads to its text.
        colour = self.shown.colours[claim.dataset]
        return f'<a{first} class="c{colour}" data-row="{rows}" href="#{row}" tabindex="-1"'

    def _title(self, claim: Claim) -> Markup:
        key = self.shown.row(claim.dataset, claim.row).key
        return escape(f"{claim.dataset} {key}, {claim.column}")

    def _aside(self, claim: Claim) -> str:
        reason = REASONS[claim.reason].of(self.language) if claim.reason in REASONS else claim.reason
        return Message("set aside: {reason}", reason=reason).of(self.language)

    def box(self, runs: Sequence[Run], rectangle: str) -> str:
        """Return the box of a text, as loud as the loudest of what is in it."""
        held = [run.claim for run in runs if run.claim]
        if any(claim.is_lost for claim in held) or not held:
            return f'<g class="lost"><title>{escape(self._nothing)}</title>{rectangle}</g>' if held else ""
        if not (taken := rows_of(runs)):
            return f'<g class="aside"><title>{escape(self._aside(held[0]))}</title>{rectangle}</g>'
        titles = "; ".join(map(self._title, taken.values()))
        lead = self._lead(next(iter(taken.values())), taken.values())
        return f"{lead}><title>{titles}</title>{rectangle}</a>"
