"""What DCAT-AP-DONL 1.1 takes, as data.overheid.nl's CKAN has it: its lists, what they lack, and what is lost.

Its lists are of their own: an unknown licence becomes "licentie onbekend" there and closes the dataset, so a value that
a list lacks is a fault here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ogp_data.core.messages import Message
from ogp_data.core.resources import donl_themes
from ogp_data.core.vocab import AUTHORITY
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.mapping import Subject, coded
from ogp_data.delivery.package_reader import Dataset

LICENCES = frozenset(
    {
        "http://creativecommons.org/publicdomain/mark/1.0/deed.nl",
        "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        *(
            f"http://creativecommons.org/licenses/{kind}/{version}/deed.nl"
            for kind in ("by", "by-nc", "by-sa")
            for version in ("3.0", "4.0")
        ),
    }
)
"""The open licences of DONL's list."""

OWMS = "http://standaarden.overheid.nl/owms/terms/"
AVAILABLE = "http://data.overheid.nl/status/beschikbaar"
UNAVAILABLE = "http://data.overheid.nl/status/niet_beschikbaar"
STATUS = "http://purl.org/adms/status/"
DOWNLOAD = "https://data.overheid.nl/distributiontype/download"
STATUSES = {
    "COMPLETED": "Completed",
    "DEVELOP": "UnderDevelopment",
    "DEPRECATED": "Deprecated",
    "WITHDRAWN": "Withdrawn",
}
"""Code of the EU distribution-status table -> name in the older ADMS list that DONL has."""


STATUS_FORM = coded(STATUSES, STATUS)
LANGUAGE_FORM = coded({"nl": "NLD", "en": "ENG"}, f"{AUTHORITY}language/")


def faults(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield the values that DONL's lists lack, and what must be there and is not."""
    if not dataset.licences:
        yield Message("a dataset without a licence")
    if not dataset.creators:
        yield Message("a dataset without a creator")
    for licence in dataset.licences:
        if licence not in LICENCES:
            yield Message("the licence {licence}", licence=licence)
    for agent in (*dataset.creators, dataset.publisher):
        iri = target.organisations.get(agent.iri, "")
        # TOOI, which the package names organisations by, is not in DONL's list; the target says which OWMS IRI is the
        # same.
        if not iri.startswith(OWMS):
            yield Message(
                "the organisation {iri} (map it to an OWMS IRI under `organisations` of the target)", iri=agent.iri
            )
    for theme in dataset.themes:
        mapped = target.themes.get(code(theme), [])
        if not mapped:
            yield Message("the theme {code} (map it to OWMS themes under `themes` of the target)", code=code(theme))
        yield from (
            Message("the theme {iri}, which is not in its list", iri=iri) for iri in mapped if iri not in donl_themes()
        )
    if not (dataset.contact.email or dataset.contact.url):
        yield Message("a contact point without e-mail and web address")
    if not dataset.themes:
        yield Message("a dataset without a theme")


def status(subject: Subject) -> str:
    """Return the status of a file, else of its dataset, as a code of the EU table; "" where the older list has none."""
    found = code(subject.file.status or subject.dataset.status)
    return found if found in STATUSES else ""


def losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield what the fields cannot carry, so that a plan says it."""
    for other in sorted(dataset.title.keys() - {target.language, ""}):
        yield Message("titles, descriptions and keywords in another language ({other})", other=other)
    if dataset.series:
        yield Message("the dataset series")
    if len(dataset.creators) > 1:
        yield Message("creators beyond the first")
    if len(dataset.licences) > 1:
        yield Message("licences of a dataset beyond the first (each file keeps its own)")
    words = dataset.keywords.get(target.language) or next(iter(dataset.keywords.values()), ())
    yield from (
        Message("the keyword {word} as it is written: it becomes {value}", word=word, value=slug(word) or "-")
        for word in words
        if "'" in word
    )
    yield from (
        Message("the keyword {word}: it is too short or long", word=word)
        for word in words
        if not 2 <= len(slug(word)) <= 100
    )
    if dataset.spatial:
        yield Message(
            "the area as a code of the EU country table (DONL has Dutch municipalities, provinces and the like)"
        )
    if any(len(date) < 10 for date in (dataset.start, dataset.end) if date):
        yield Message("that the period is known by its year or month only: it becomes its first and last day")
    yield from (
        Message("the file {value}: its format is not in the EU table of file types", value=file.path or file.access_url)
        for file in dataset.files
        if not file.file_type
    )
    if any(file.availability for file in dataset.files):
        yield Message("the planned availability of files")
    if any(file.conforms_to for file in dataset.files):
        yield Message("the standards that files conform to")


def day(date: str, last: bool = False) -> str:
    """Return the first or last day of a year or month, the day itself, or that of a moment; "" for nothing."""
    if len(date) == 4:
        date += "-12-31" if last else "-01-01"
    if len(date) == 7:
        date += f"-{_days(date)}" if last else "-01"
    return date[:10]


def _days(month: str) -> int:
    import calendar

    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


def tags(words: Iterable[str]) -> list[str]:
    """Return keywords in DONL's alphabet: letters without accents, digits and hyphens, 2 to 100 of them."""
    # Two keywords may become the same tag, and CKAN refuses a dataset with a doubled one.
    return [word for word in sorted({slug(word) for word in words}) if 2 <= len(word) <= 100]


def slug(text: str) -> str:
    """Return a text as a tag: "thema's" becomes themas, "open overheid" open-overheid."""
    # Taken apart first, so that é leaves an e behind instead of vanishing whole.
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")


def code(iri: str) -> str:
    """Return the code of a concept of an EU table."""
    return iri.rpartition("/")[2]
