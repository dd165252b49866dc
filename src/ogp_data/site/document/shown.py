"""A leaf -> how the site shows it: its text as people read it, with the way to the rows that came from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import escape

from ogp_data.core.messages import Message
from ogp_data.core.places import Block, Line, SourcePlace
from ogp_data.core.text import url_fault
from ogp_data.site.document.leaves import Part, Run, rows_of
from ogp_data.site.document.markup import LeafWriter, text_of
from ogp_data.site.locations import anchor

RowPage = Callable[[str, str], str]
"""A dataset and a key -> how the page names the place where that row is shown."""


class ShownLeaf(LeafWriter):
    """Writes a leaf for the site: links lead where they lead in the document, and behind each part stand its rows."""

    def __init__(self, language: str, written: str, keys: Mapping[str, Sequence[str]], row_page: RowPage) -> None:
        """Take the language of the leaf, the keys of the rows of each dataset, and where rows are shown."""
        super().__init__(language, written)
        self._keys, self._page = keys, row_page

    def run(self, run: Run) -> str:
        """Return a run of text, as a link where it is one."""
        text = str(escape(text_of(run)))
        if not run.address or not text.strip() or url_fault(run.address):
            return text
        return f'<a href="{escape(run.address)}" rel="external">{text}</a>'

    def box(self, runs: Sequence[Run], rectangle: str) -> str:
        """Return the box of a text that leads to the first of its rows; none where no row has it."""
        rows = list(self._of(runs))
        if not rows:
            return ""
        title = escape("; ".join(f"{dataset} {key}" for dataset, key in rows))
        return f'<a href="{escape(self._page(*rows[0]))}" tabindex="-1"><title>{title}</title>{rectangle}</a>'

    def _of(self, runs: Iterable[Run]) -> Iterator[tuple[str, str]]:
        """Yield the rows that have text of runs, each once."""
        return ((dataset, self._keys[dataset][row]) for dataset, row in rows_of(runs))

    def behind(self, part: Part) -> str:
        """Return the rows that have text of a part, as links."""
        links = [
            f'<a href="{escape(self._page(dataset, key))}">{escape(dataset)} <bdi>{escape(key)}</bdi></a>'
            for dataset, key in self._of(part.all_runs)
        ]
        if not links:
            return ""
        name = Message("Rows of the data").of(self.language)
        return f' <small class="of"><span class="hidden">{escape(name)}: </span>{", ".join(links)}</small>'

    def before(self, place: SourcePlace) -> str:
        """Return the number of a block or line, by which tables and people call it."""
        if not isinstance(place, Block | Line):
            return ""
        return f'<a class="place" href="#{escape(anchor(place.whole))}">{escape(place.whole.text)}</a> '
