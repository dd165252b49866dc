"""Commitments as they are told -> their pages in a language.

There may be ten thousand of them, each with hundreds of pieces. So what stands around them is drawn once, and the rest
is written without templates; all text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from urllib.parse import quote

from ogp_data.core.date_phrases import spoken
from ogp_data.core.framed import of_publication
from ogp_data.core.messages import Message, Plural
from ogp_data.core.shell import Shell, mark
from ogp_data.core.templates import render
from ogp_data.site.commitment_origin import OriginWriter
from ogp_data.site.commitment_pieces import Pieces, path, section
from ogp_data.site.commitments import Continued, Source, Told
from ogp_data.site.context import Commitment, Material, Part
from ogp_data.site.formatting import shortened, within
from ogp_data.site.page import downloads
from ogp_data.site.prose import Prose
from ogp_data.site.reporting import Reporter
from ogp_data.site.schema_org import commitment_jsonld
from ogp_data.site.statuses import Status
from ogp_data.site.story import Chapter, Story, Teller

_DESCRIBED = 250
"""Characters of the title that a page's description has; search engines show fewer."""


class CommitmentWriter(Pieces):
    """Writes the pages of commitments in one language."""

    def __init__(self, material: Material, teller: Teller, language: str, reporter: Reporter) -> None:
        """Take what is the same for all of them, and draw what stands around each."""
        super().__init__(material, language, reporter)
        self._teller, self._asked = teller, OriginWriter(material, language, reporter)
        self._shell = Shell(_around(material, language))
        self._day, self._written_on = cache(lambda day: escape(spoken(day, language))), cache(self._dated)

    def page(self, told: Told) -> bytes:
        """Return the page of a commitment."""
        one, language = told.one, self._language
        return self._shell.filled(
            number=escape(one.mark),
            title=escape(one.title),
            described=escape(shortened(one.title, _DESCRIBED)),
            page=one.page.rpartition("/")[2],
            jsonld=commitment_jsonld(self._material.publication, one.row.spec.name, one.key, one.title, language),
            main="".join(self._main(told, self._teller.story(one, language))),
        )

    def _main(self, told: Told, story: Story) -> Iterator[str]:
        yield f'<div class="story">\n<div class="story-head">\n{"".join(self._head(told, story))}</div>\n'
        yield f'<div class="chapters">\n{"".join(self._chapters(told, story))}</div>\n'
        yield f"{self._facts(told, story)}</div>\n"
        yield self._asked.section(told, story)
        yield self._pager(told.before, told.after)

    # What is told first ----------------------------------------------------------------------------------

    def _head(self, told: Told, story: Story) -> Iterator[str]:
        one, material, say = told.one, self._material, self._say
        status = material.tally.tag(one.status)
        if self._own != self._language:
            yield f'<p class="note tongue">{say.in_its_language}</p>\n'
        yield f"<h1>{escape(one.mark)}. {self._titled(one.title)}</h1>\n"
        if material.told:
            yield f'<p class="how-far">{self._tagged(status)}{"" if status.code else f" {say.not_said}"}</p>\n'
        if material.told == "text" and story.quote:
            quoted, tongue = escape(story.quote.text), story.quote.language
            attributes = f' class="said"{self._write.turned(tongue)}'
            yield f"<blockquote{attributes}><p{self._write.of_language(tongue)}>{quoted}</p></blockquote>\n"
            yield self._origin(tuple(story.quote.places))
        if said := self._basis(told, story, status):
            yield f'<p class="note">{said}</p>\n'
        if material.parts.assessments and not one.assessments:
            yield f'<p class="notice">{say.not_assessed}</p>\n'
        yield from map(self._continued, told.continued)

    def _basis(self, told: Told, story: Story, status: Status) -> str:
        """Return who says how far it is, and when; "" where nobody does."""
        if self._material.told == "text":
            basis = self._say.government_writes if story.quote else ""
            said = [self._say.taken_by_program if told.one.quote else basis]
        elif self._material.told == "document" and status.code:
            said = [self._judged]
        else:
            return ""
        return " ".join(filter(None, [*said, self._written_on(told.assessed_on)]))

    @property
    def _judged(self) -> str:
        judge = self._material.scale.judge if self._material.scale else None
        said = Message("This is how {judge} judges.", judge=judge) if judge else None
        return escape(said.of(self._language)) if said else self._say.government_judges

    def _dated(self, day: str) -> str:
        date = spoken(day, self._language)
        return escape(Message("It was written on {date}.", date=date).of(self._language)) if day else ""

    def _tagged(self, status: Status) -> str:
        return f'<span class="tag tag--{status.meaning}">{self._text(status.words)}</span>'

    def _continued(self, earlier: Continued) -> str:
        edition, key = earlier.edition, earlier.key
        if not key:
            new = Message("New: it continues no commitment of {edition}.", edition=edition)
            unsaid = Message("Which commitment of {edition} it continues, if any, is not said.", edition=edition)
            return f"<p>{self._text(new if earlier.change else unsaid)}</p>\n"
        said = self._text(Message("Continues commitment {key} of {edition}", key=key, edition=edition))
        link = f'<a href="{escape(earlier.page)}">{said}</a>' if earlier.page else said
        title = f'{self._say.colon} <bdi lang="">{escape(earlier.title)}</bdi>' if earlier.title else ""
        change = f" ({self._text(earlier.said)})" if earlier.said and earlier.change != "continued" else ""
        return f"<p>{link}{title}{change}</p>\n"

    # The story -------------------------------------------------------------------------------------------

    def _chapters(self, told: Told, story: Story) -> Iterator[str]:
        for at, chapter in enumerate(story.chapters, 1):
            # What is quoted above is said again only with what is wrong in it.
            if self._material.told != "text" or not story.has_quoted(chapter, told.marks):
                yield self._chapter(told, chapter, f"h.chapter.{at}")
        yield self._write.pictured(story.pictures, self._own)
        if not (story.chapters or told.one.parts or told.one.links):
            yield f"<p>{self._say.no_text}</p>\n"
        if told.one.parts:
            yield self._parts(told.one)
        if told.one.links:
            yield self._sources(told)

    def _chapter(self, told: Told, chapter: Chapter, place: str) -> str:
        is_elsewhere = chapter.is_promise and not any(text.places for text in chapter.texts)
        begun = f"<p>{self._say.not_promised_here}</p>\n" if is_elsewhere else ""
        texts = "".join(self._prose(told, text, len(chapter.texts) > 1) for text in chapter.texts)
        return section(place, self._text(chapter.name), f"{begun}{texts}")

    def _prose(self, told: Told, text: Prose, is_named: bool) -> str:
        """Return a text as it stands in the document, with its places and what is wrong in it."""
        say, column = self._say, text.cell.column
        is_named = is_named or not text.places
        heading = f"<h3>{self._write.titles(text.row.spec)[column.name]}</h3>\n" if is_named else ""
        origin = ""
        if text.places:
            origin = self._origin(tuple(text.places))
        elif text.origin:
            link = f'<a href="{escape(text.origin)}" rel="external">{escape(text.origin.split("/")[2])}</a>'
            origin = f'<p class="origin">{say.elsewhere} {link}</p>\n'
        wrong = self._marks(told.marks.get((text.row.spec.name, text.row.key), {}).get(column.name, ()))
        faults = f'<p class="origin">{say.what_is_wrong}{say.colon} {wrong}</p>\n' if wrong else ""
        return f"{heading}{self._write.prose(text.paragraphs, text.cell.language)}\n{origin}{faults}"

    def _parts(self, one: Commitment) -> str:
        lead = f"<p>{self._say.by_part}</p>\n" if one.by_part else ""
        items = "".join(map(self._part, one.parts))
        return section("h.parts", self._say.parts, f'{lead}<ul class="parts">\n{items}</ul>\n')

    def _part(self, part: Part) -> str:
        link = f'<a href="{self._row(part.row)}">{escape(part.mark)}</a>{self._say.colon}'
        level = f"<strong>{self._text(part.progress)}</strong>" if part.progress else ""
        level = level or f'<span class="empty">{self._say.not_judged}</span>'
        title = f"{self._titled(part.title)} " if part.title else ""
        return f"<li>{link} {level}. {title}({self._listed(tuple(part.row.places))})</li>\n"

    def _sources(self, told: Told) -> str:
        count, addressed = len(told.sources), told.addressed
        said = [self._text(Plural("{num} source is mentioned.", "{num} sources are mentioned.", count))]
        if not addressed:
            said.append(self._say.no_address)
        elif addressed < count:
            still = Plural("{num} still has its web address.", "{num} still have their web address.", addressed)
            said.append(self._text(still))
        items = "".join(map(self._source, told.sources))
        lead = f"<p>{' '.join(said)}</p>\n"
        return section("h.links", self._say.sources, f'{lead}<ul class="sources">\n{items}</ul>\n')

    def _source(self, source: Source) -> str:
        runs = "" if source.label == source.address else f' lang=""{self._write.turned(self._own)}'
        label = f"<bdi{self._write.of_language(source.language) or runs}>{escape(source.label)}</bdi>"
        said = source.address if source.address != source.label else ""
        if source.address:
            label = f'<a href="{escape(source.address)}" rel="external">{label}</a>'
        elif source.status:
            said = f"{self._say.web_address}{self._say.colon} {within(source.status.of(self._language))}"
        shown = f' <span class="size">{escape(said)}</span>' if said else ""
        row = self._as_data(source.row, escape(source.row.key), ' class="size"')
        return f"<li>{label}{shown} {row}</li>\n"

    # The facts beside it ---------------------------------------------------------------------------------

    def _facts(self, told: Told, story: Story) -> str:
        facts = "".join(f"<dt>{name}</dt><dd>{value}</dd>\n" for name, value in self._named(told, story) if value)
        heading = f'<h2 id="h.facts">{self._say.in_short}</h2>\n<dl class="facts">\n{facts}</dl>\n'
        return f'<aside class="beside-story" aria-labelledby="h.facts">\n{heading}</aside>\n' if facts else ""

    def _named(self, told: Told, story: Story) -> Iterator[tuple[str, str]]:
        say, cell = self._say, self._write.cell
        if story.theme:
            address = f"{self._write.to(self._material.list_page)}?theme={quote(story.theme.key)}#commitments"
            yield say.theme, f'<a href="{escape(address)}">{self._titled(story.theme.title)}</a>'
        leads = (f"<bdi{self._write.of_text(name)}>{self._text(name)}</bdi>" for name in story.leads)
        yield say.responsible, "; ".join(leads)
        yield say.period, " – ".join(map(cell, story.period))
        for fact in story.facts:
            yield self._text(fact.name), ", ".join(map(cell, fact.cells))
        for known, page in story.identifiers:
            link = f'<a href="{escape(page)}" rel="external">{escape(known.value)}</a>' if page else cell(known)
            yield self._text(known.column.title), link
        is_dated = told.assessed_on and not self._basis(told, story, self._material.tally.tag(told.one.status))
        yield say.written_on, self._day(told.assessed_on) if is_dated else ""

    # The commitments beside it ---------------------------------------------------------------------------

    def _pager(self, before: Commitment | None, after: Commitment | None) -> str:
        if not (before or after):
            return ""
        ways = f'<a rel="prev" href="{self._page(before)}">← {self._neighbour(before)}</a>' if before else ""
        ways += f'<a rel="next" href="{self._page(after)}">{self._neighbour(after)} →</a>' if after else ""
        return f'<nav class="pager" aria-label="{self._say.others}">\n{ways}\n</nav>\n'

    def _page(self, one: Commitment) -> str:
        return escape(self._write.to(one.page))

    def _neighbour(self, one: Commitment) -> str:
        return f"{escape(one.mark)}. {self._titled(one.title)}"


def _around(material: Material, language: str) -> bytes:
    """Return what stands around each of the pages, with marks for what each has of its own."""
    publication, spec = material.publication, material.parts.commitments
    titled = Message("Commitment {mark}: {title}").msgid
    frame = of_publication(
        publication,
        path(material, mark("page")),
        language,
        Message(titled, mark=mark("number"), title=mark("title")),
        summary=Message(titled, mark=mark("number"), title=mark("described")),
        crumbs=[(f"{material.list_page}#commitments", Message("Commitments"))],
        short=Message("Commitment {mark}", mark=mark("number")),
        alternates=downloads(material, spec.name) if spec else (),
        jsonld=mark("jsonld"),
    )
    return render("site/commitment.html", language, frame=frame, main=mark("main"))
