"""What frames a text -> country, plan and date of the declaration, and the datasets of all that is no list or table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ogp_data.core.dates import read_date
from ogp_data.core.edtf import is_date
from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.proposal import Proposal, Sight, said, sampled
from ogp_data.documents import Block, Inline
from ogp_data.models.countries import code_of, names_of
from ogp_data.models.lexicon import folded
from ogp_data.models.lists import ValueList
from ogp_data.tables.rows import titles

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-–/]\s?((?:19|20)\d\d)(?!\d)")

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>|[*_#]+")
_COLON = re.compile(r"\s*(?P<label>[^:]{2,60}?)\s*:\s+(?P<value>\S.{0,98}\S)\s*")
_OF_ID = re.compile(r"-((?:19|20)\d\d(?:-(?:19|20)\d\d)?)(?!\d)")
_SHORT = 200
"""Characters of a line that is not yet running text, such as the date below a title."""
_ABBREVIATED = 3
"""Letters of the longest word that a full stop may belong to, such as Rep."""
_LINES = 100
"""So many lines at the beginning may say what the document is."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What lines of front matter say: each the label of its line and its value, "" where there is none."""

    country: tuple[str, str] = ("", "")
    plan: tuple[str, str] = ("", "")
    date_prepared: tuple[str, str] = ("", "")
    code: str = ""
    """The country in the EU's table."""
    years: str = ""
    by_id: frozenset[str] = frozenset()
    """The keys of what nothing but the publication's id says."""
    normalise: tuple[Mapping[str, object], ...] = field(default=())
    """How the values of lines are made comparable."""

    @property
    def dated(self) -> str:
        """Return the label of the line with the day on which the document was prepared; "" without one."""
        return self.date_prepared[0] if any(one["label"] == self.date_prepared[0] for one in self.normalise) else ""


def find_facts(sight: Sight, countries: ValueList, publication: str = "") -> Facts:
    """Return what the front matter says; what it does not say, headings in front do, or else the publication's id."""
    lines = [(label.passage.text, value.passage.text) for label, value in _front_matter(sight)] or list(_colons(sight))
    known = sight.lexicon.columns("front_matter", [label for label, _ in lines])
    said_of = {name: lines[at] for at, name in known.items()}
    none = ("", "")
    facts = Facts(said_of.get("country", none), said_of.get("plan", none), said_of.get("date_prepared", none))
    code = code_of(facts.country[1], countries)
    if not facts.country[1]:
        code = _said_in_front(sight, partial(_countries, names=_names(countries)))
    years = _only(_years(facts.plan[1])) or _only(_years(sight.outline.title.title)) or _said_in_front(sight, _years)
    by_id = _by_id(publication, countries, has_country=bool(code or facts.country[1]), has_years=bool(years))
    code, years = by_id.get("country", code), by_id.get("plan", years)
    # Only a row of a label and its value is a line of front matter to which other tables can refer.
    normalise = tuple(_normalise(facts, code, sight.language)) if sight.outline.front_matter else ()
    label = facts.country[0] if sight.outline.front_matter else ""
    return Facts((label, facts.country[1]), facts.plan, facts.date_prepared, code, years, frozenset(by_id), normalise)


def _front_matter(sight: Sight) -> Iterator[tuple[Inline, Inline]]:
    for _, block in sight.outline.front_matter:
        label, value = block.cells
        yield label, value


def _colons(sight: Sight) -> Iterator[tuple[str, str]]:
    """Yield labels and values with a colon between them, above the second heading: facts, though in no table."""
    source, title = sight.outline.document.source, sight.outline.title.number
    headings = [(n, block) for n, block in enumerate(sight.outline.document.blocks) if block.kind == "heading"]
    name = next((source.named(block.place) for n, block in headings if n == title), "")
    part, text = next((one for one in source.parts if one[0].name == name), next(source.parts))
    others = (block for n, block in headings if n != title and source.named(block.place) == name)
    second = next(others, None)
    end = second.inline.passage.start - part.start if second else len(text)
    for line in text[: max(end, 0)].splitlines()[:_LINES]:
        if match := _COLON.fullmatch(_MARKUP.sub("", line)):
            yield match["label"], _without_stop(match["value"])


def _without_stop(value: str) -> str:
    """Return a value without the sign that ends its sentence; an abbreviation keeps its full stop."""
    word = value.rstrip(".,;").rpartition(" ")[2]
    is_abbreviated = value.endswith(".") and ("." in word or (len(word) <= _ABBREVIATED and word.isalpha()))
    return value if is_abbreviated else value.rstrip(".,;")


def _years(text: str) -> set[str]:
    """Return the periods of years that a text names."""
    return {f"{first}-{last}" for first, last in _YEARS.findall(text)}


def _said_in_front(sight: Sight, names: Callable[[str], set[str]]) -> str:
    """Return the one thing that is named in front of the first files that name any; "" for none, or several."""
    alike = (
        " \n ".join(text for blocks in files for text in _in_front(sight, blocks)) for files in sight.outline.fronts
    )
    return _only(next(filter(None, map(names, alike)), set()))


def _only(found: Collection[str]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def _in_front(sight: Sight, blocks: Iterable[tuple[int, Block]]) -> Iterator[str]:
    """Yield the headings in front of all else, and what rows of front matter say: a file says there what it is."""
    for number, block in blocks:
        if block.kind == "heading":
            yield block.inline.passage.text
        elif (number, block) in sight.outline.front_matter:
            yield block.cells[-1].passage.text
        elif block.is_running and len(block.inline.passage.text) > _SHORT:
            return


def _names(countries: ValueList) -> dict[str, str]:
    """Return the code of each country by each of its names, which are many to look up."""
    return {name: one.code for one in countries.concepts.values() for name in names_of(one) if name}


def _countries(text: str, names: Mapping[str, str]) -> set[str]:
    """Return the codes of the countries that lines name."""
    text = " ".join(f" {folded(line)} " for line in text.split("\n"))
    found = {name: code for name, code in names.items() if f" {name} " in text}
    # "Guinea" stands in "Equatorial Guinea" too; only the longer name is said then.
    return {code for name, code in found.items() if not any(name != other and name in other for other in found)}


def _by_id(publication: str, countries: ValueList, *, has_country: bool, has_years: bool) -> dict[str, str]:
    """Return what a publication's id says, as far as nothing else does."""
    known = {
        "country": "" if has_country else _country_of(publication, countries),
        "plan": "" if has_years else _years_of(publication),
    }
    return {key: value for key, value in known.items() if value}


def _country_of(publication: str, countries: ValueList) -> str:
    """Return the code of the country that an id begins with, as in `nl-2023-2027`; "" for none."""
    first = publication.partition("-")[0].upper()
    rows = countries.rows.items()
    return next((code for code, row in rows if first and first in (row.get("alpha2"), row.get("alpha3"))), "")


def _years_of(publication: str) -> str:
    """Return the years that an id ends in; "" for none."""
    match = _OF_ID.search(publication)
    return match[1] if match else ""


def _normalise(facts: Facts, code: str, language: str) -> Iterator[dict[str, object]]:
    if code and facts.country[1]:  # a country that a heading or the id says has no line
        yield {"label": facts.country[0], "to": "codes", "codes": {facts.country[1]: code}}
    for (label, value), is_day in ((facts.plan, False), (facts.date_prepared, True)):
        read = read_date(value, language).edtf if label else ""
        if read and (is_date(read) or not is_day):
            yield {"label": label, "to": "date"}


# Proposals ----------------------------------------------------------------------------------------------


def propose_frame(sight: Sight, facts: Facts, claimed: frozenset[int]) -> Iterator[Proposal]:
    """Yield the links, the running text and the parts that frame it, as far as the document has them."""
    blocks = list(enumerate(sight.outline.document.blocks))
    under = list(dict.fromkeys(sight.outline.of[number].title for number, _ in _instructions(sight)))
    instructions = {number for number, block in blocks if _is_instruction(sight, number, block, under)}
    aside = claimed | instructions
    told = {number for grid in sight.outline.grids if claimed.issuperset(grid.blocks) for number in grid.texts}
    text = [
        (n, block)
        for n, block in blocks
        if n in told or (block.is_running and block.inline.passage.text and n not in aside)
    ]
    in_front = {number for number, _ in sight.outline.front_matter}
    parts = [
        (n, block)
        for n, block in blocks
        if n not in claimed and (block.kind in ("heading", "mark") or n in in_front or n in instructions)
    ]
    if links := [anchor for _, block in blocks for part in (block.inline, *block.cells) for anchor in part.anchors]:
        samples = sampled([(anchor.label.text, anchor.target.text) for anchor in links])
        yield Proposal("links", Message("every link in the text"), (), -1, ("label", "url"), samples)
    if text:
        rows = [((block.inline.passage.text or titles(block)[0]),) for _, block in text]
        about = Message("the paragraphs of the running text")
        numbers = frozenset(number for number, _ in text)
        yield Proposal("narrative", about, said({"rows": len(rows)}), len(rows), ("text",), sampled(rows), numbers)
    if parts:
        yield _document(facts, under, parts)


def _instructions(sight: Sight) -> Iterator[tuple[int, Block]]:
    """Yield the paragraphs in italics in front of a table or its legend: a form tells its author what to write."""
    with_rows = {section.number for grid in sight.outline.grids for section in grid.sections}
    for number, block in enumerate(sight.outline.document.blocks):
        section = sight.outline.of[number]
        if block.kind == "paragraph" and block.emphasis and section.title and section.number in with_rows:
            yield number, block


def _is_instruction(sight: Sight, number: int, block: Block, under: list[str]) -> bool:
    section = sight.outline.of[number]
    inside = any(one.title in under for one in (section, *section.above))
    return block.kind == "paragraph" and block.emphasis and inside


def _document(facts: Facts, under: list[str], parts: list[tuple[int, Block]]) -> Proposal:
    marks = [block.inline.passage.text[:1] for _, block in parts if block.kind == "mark"]
    find: dict[str, object] = {}
    if under:
        find["find.instructions_under"] = under
    if len(marks) > len({*marks}):  # marks that look alike were told apart by their colours
        find["find.lost_marks"] = "lost-colour"
    if facts.normalise:
        find["find.normalise"] = [*facts.normalise]
    rows = [tuple(text.passage.text for text in block.texts) for _, block in parts]
    about = Message("title, headings and front matter")
    numbers = frozenset(number for number, _ in parts)
    return Proposal("document", about, said(find), -1, ("as_written",), sampled(rows), numbers)
