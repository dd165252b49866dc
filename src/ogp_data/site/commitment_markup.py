"""Commitments as they are told -> their pages in a language.

There may be ten thousand of them, each with hundreds of pieces. So what stands around them is drawn once, and the rest
is written without templates; all text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from html import escape
from urllib.parse import quote

from ogp_data.core.date_phrases import spoken
from ogp_data.core.framed import of_publication
from ogp_data.core.messages import Message, Plural
from ogp_data.core.pages import in_language
from ogp_data.core.places import SourcePlace, called
from ogp_data.core.shell import Shell, mark
from ogp_data.core.templates import of_language, render
from ogp_data.core.words import Text
from ogp_data.site.cells import Row
from ogp_data.site.commitment_phrases import Phrases
from ogp_data.site.commitments import ByFile, Continued, Finding, Source, Told
from ogp_data.site.context import Commitment, Material, Part
from ogp_data.site.formatting import number, shortened, within
from ogp_data.site.lines import Piece, Stretch
from ogp_data.site.markup import Writer, code
from ogp_data.site.page import downloads
from ogp_data.site.prose import Prose
from ogp_data.site.reporting import Reporter
from ogp_data.site.schema_org import commitment_jsonld
from ogp_data.site.statuses import Status
from ogp_data.site.story import Chapter, Story, Teller

_DESCRIBED = 250
"""Characters of the title that a page's description has; search engines show fewer."""


class CommitmentWriter:
    """Writes the pages of commitments in one language."""

    def __init__(self, material: Material, teller: Teller, language: str, reporter: Reporter) -> None:
        """Take what is the same for all of them, and draw what stands around each."""
        d = material.publication.declaration
        self._material, self._teller, self._language, self._own = material, teller, language, d.language
        self._write = Writer(
            material.publication, language, in_language(_path(material, ""), language, d.page_languages), reporter
        )
        self._say, self._shell = Phrases(language, d.language), Shell(_around(material, language))
        # The texts of a commitment come from few places, and the lines of its document are shown twice.
        self._origin, self._numbered = lru_cache(64)(self._from_document), lru_cache(64)(self._number)
        self._day, self._written_on = cache(lambda day: escape(spoken(day, language))), cache(self._dated)
        self._number_of = cache(partial(number, language))

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
        yield f'{self._facts(told, story)}</div>\n<section class="asked" aria-labelledby="h.more">\n'
        yield f'<h2 id="h.more">{self._say.origin}</h2>\n'
        if self._material.publication.declaration.source.publish:
            yield self._document(told)
        if told.findings:
            yield self._wrong(told.findings)
        yield self._data(told, story)
        yield self._report(told.one)
        yield f"</section>\n{self._pager(told.before, told.after)}"

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
        return _section(place, self._text(chapter.name), f"{begun}{texts}")

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
        return _section("h.parts", self._say.parts, f'{lead}<ul class="parts">\n{items}</ul>\n')

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
        return _section("h.links", self._say.sources, f'{lead}<ul class="sources">\n{items}</ul>\n')

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

    # Where it comes from ---------------------------------------------------------------------------------

    def _document(self, told: Told) -> str:
        received = f"<p>{self._say.received}</p>\n{self._lines(told, told.as_received)}"
        with_markup = _folded(self._say.with_markup, received) if told.as_received else ""
        lead = f"<p>{self._say.words_lead}</p>\n"
        return _folded(self._say.words, f"{lead}{self._lines(told, told.as_read)}{with_markup}")

    def _lines(self, told: Told, held: ByFile) -> str:
        shown = []
        for source, stretches in held:
            tongue = source.language or self._own
            name = f"<h3><bdi>{escape(source.name)}</bdi></h3>\n" if len(held) > 1 else ""
            items = "".join(self._stretch(told, one, tongue) for one in stretches)
            shown.append(f'{name}<ol class="lines"{self._write.of_language(tongue)}>\n{items}</ol>\n')
        return "".join(shown)

    def _stretch(self, told: Told, stretch: Stretch, tongue: str) -> str:
        text = "".join(self._piece(told, piece, tongue) for piece in stretch.pieces)
        return f"{self._numbered(stretch.place)} <bdi{self._write.turned(tongue)}>{text}</bdi></li>\n"

    def _number(self, place: SourcePlace) -> str:
        """Return the beginning of the item of a place, which has its number where there is one, with its link."""
        value = getattr(place, "number", None)
        name, (short,) = called([place.in_its_file])
        hidden = f'<span class="hidden">{self._text(name)} </span>' if name else ""
        begun = f'<li value="{value}">' if value is not None else "<li>"
        page = self._write.to(self._material.where.place(place))
        return f'{begun}<a class="number" href="{escape(page)}">{hidden}{self._text(short)}</a>'

    def _piece(self, told: Told, piece: Piece, tongue: str) -> str:
        if not piece.mark:
            return escape(piece.text)
        # Marked is what a finding is about, and behind all of these the words on which the status rests.
        link = self._mark(piece.mark, tongue) if piece.mark <= len(told.findings) else ""
        return f"<mark>{escape(piece.text)}{link}</mark>"

    def _wrong(self, findings: Sequence[Finding]) -> str:
        title = f"{self._say.wrong_in_document} ({self._number_of(len(findings))})"
        return _folded(title, f'<ul class="findings">\n{"".join(map(self._finding, findings))}</ul>\n')

    def _finding(self, one: Finding) -> str:
        said = one.statement.words_in(self._language)
        statement = escape(said.of(self._language)) if said else self._write.spoken(one.statement)
        column = f" {code(f'{one.dataset}, {one.row}, {one.column}')}" if one.column else ""
        places = self._listed(tuple(one.cells.places))
        kind = f"<strong>{one.number}. {self._text(one.kind)}</strong> ({self._text(one.status)}){self._say.colon}"
        row = self._as_data(one.cells, f"{self._say.finding} {one.number}")
        return f'<li id="finding.{one.number}">{kind} {statement}{column} {places}. {row}</li>\n'

    def _data(self, told: Told, story: Story) -> str:
        rows = "".join(self._fields(told, story, row) for row in (told.one.row, *told.one.assessments))
        others = "".join(self._other(row, told.one.row.key) for row in told.one.others)
        also = f"<h3>{self._say.also_in}</h3>\n<ul>\n{others}</ul>\n" if others else ""
        return _folded(self._say.all_data, f"{rows}{also}")

    def _fields(self, told: Told, story: Story, row: Row) -> str:
        """Return the cells of a row; it is of one publication, whose name stands above them."""
        titles, cell, fields = self._write.titles(row.spec), self._write.cell, []
        found = told.marks.get((row.spec.name, row.key), {})
        for one in story.rest(row):
            if one.column.take != "publication":
                marks = self._marks(found.get(one.column.name, ()), one.language)
                value = f"<dd{self._write.turned(one.language)}>{cell(one)} {marks}</dd>\n"
                fields.append(f"<dt>{titles[one.column.name]}</dt>\n{value}")
        page = escape(self._write.to(self._material.where.dataset(row.spec.name)))
        heading = f'<h3><a href="{page}">{self._text(row.spec.title)}</a></h3>\n'
        return f'{heading}<dl class="facts fields">\n{"".join(fields)}</dl>\n'

    def _other(self, row: Row, key: str) -> str:
        name = f"{self._say.colon} {code(row.key)}" if row.key != key else ""
        return f'<li><a href="{self._row(row)}">{self._text(row.spec.title)}{name}</a></li>\n'

    def _report(self, one: Commitment) -> str:
        rows = "".join(f"{self._write.reported(row)}\n" for row in (one.row, *one.assessments))
        lead = f"<p>{self._write.how_to_report(self._say.which_part)}</p>\n"
        return _folded(self._say.report, f"{lead}{rows}", ' class="report" id="report"')

    def _pager(self, before: Commitment | None, after: Commitment | None) -> str:
        if not (before or after):
            return ""
        ways = f'<a rel="prev" href="{self._page(before)}">← {self._neighbour(before)}</a>' if before else ""
        ways += f'<a rel="next" href="{self._page(after)}">{self._neighbour(after)} →</a>' if after else ""
        return f'<nav class="pager" aria-label="{self._say.others}">\n{ways}\n</nav>\n'

    # What all of these are made of -----------------------------------------------------------------------

    def _text(self, text: Text | Plural) -> str:
        return escape(text.of(self._language))

    def _titled(self, title: str) -> str:
        """Return a title of the document."""
        return f"<bdi{self._write.of_language(self._own)}>{escape(title)}</bdi>"

    def _neighbour(self, one: Commitment) -> str:
        return f"{escape(one.mark)}. {self._titled(one.title)}"

    def _page(self, one: Commitment) -> str:
        return escape(self._write.to(one.page))

    def _row(self, row: Row) -> str:
        return escape(self._write.to(self._material.where.row(row.spec.name, row.key)))

    def _as_data(self, row: Row, name: str, attributes: str = "") -> str:
        hidden = f'<span class="hidden"> ({name})</span>'
        return f'<a{attributes} href="{self._row(row)}">{self._say.as_data}{hidden}</a>'

    def _marks(self, findings: Iterable[int], around: str = "") -> str:
        """Return the numbers of findings as links to them, within text of a language."""
        return "".join([self._mark(one, around) for one in findings])

    def _mark(self, finding: int, around: str) -> str:
        hidden = f'<span class="hidden">{self._say.finding} </span>'
        is_own = around in ("", self._language)
        tongue = "" if is_own else of_language(self._language, around)
        return f'<a class="mark"{tongue} href="#finding.{finding}">{hidden}{finding}</a>'

    def _from_document(self, places: tuple[SourcePlace, ...]) -> str:
        """Return on which places of the document something stands, as links there."""
        listed = self._listed(places)
        return f'<p class="origin">{self._say.in_document}{listed}</p>\n' if places else ""

    def _listed(self, places: tuple[SourcePlace, ...]) -> str:
        name, short = called(places)
        links = (self._at(place, self._text(text)) for place, text in zip(places, short, strict=True))
        return (f"{self._text(name)} " if name else "") + ", ".join(links)

    def _at(self, place: SourcePlace, text: str) -> str:
        """Return the name of a place as a link to what shows it: a page, or the document elsewhere."""
        where = self._material.where
        if page := where.place(place):
            return f'<a href="{escape(self._write.to(page))}">{text}</a>'
        outside = where.outside(place)
        return f'<a href="{escape(outside)}" rel="external">{text}</a>' if outside else text


def _around(material: Material, language: str) -> bytes:
    """Return what stands around each of the pages, with marks for what each has of its own."""
    publication, spec = material.publication, material.parts.commitments
    titled = Message("Commitment {mark}: {title}").msgid
    frame = of_publication(
        publication,
        _path(material, mark("page")),
        language,
        Message(titled, mark=mark("number"), title=mark("title")),
        summary=Message(titled, mark=mark("number"), title=mark("described")),
        crumbs=[(f"{material.list_page}#commitments", Message("Commitments"))],
        short=Message("Commitment {mark}", mark=mark("number")),
        alternates=downloads(material, spec.name) if spec else (),
        jsonld=mark("jsonld"),
    )
    return render("site/commitment.html", language, frame=frame, main=mark("main"))


def _path(material: Material, name: str) -> str:
    """Return the path of a commitment's page in the first language."""
    spec = material.parts.commitments
    return f"{spec.name if spec else ''}/{name}"


def _section(place: str, heading: str, content: str) -> str:
    """Return a section of the story with a heading; both are HTML."""
    return f'<section aria-labelledby="{place}">\n<h2 id="{place}">{heading}</h2>\n{content}</section>\n'


def _folded(summary: str, content: str, attributes: str = "") -> str:
    """Return what is shown when it is asked for; both are HTML."""
    return f"<details{attributes}>\n<summary>{summary}</summary>\n{content}</details>\n"
