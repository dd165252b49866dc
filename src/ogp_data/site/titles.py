"""What datasets and themes are called beside one another: their titles, without what all say, and no two the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.words import Text, Words
from ogp_data.formats import croissant, datacite
from ogp_data.site.context import Theme

_DESCRIBING: Mapping[str, tuple[Text, Text]] = {
    croissant.PATH: (Words(und="Croissant"), Message("What the tables hold, for machine-learning tools.")),
    datacite.PATH: (Words(und="DataCite"), Message("What is needed to register a DOI for the data.")),
}
_COLUMNS = Message("Column description (CSVW)"), Message("What each column of the CSV means, for programs.")


def file_words(file: Artefact) -> tuple[Text, Text]:
    """Return what a file is called on pages and what it is for: that of its format, else of what it describes."""
    one = file.format
    return (one.title, one.description) if one else _DESCRIBING.get(file.path, _COLUMNS)


def short_titles(publication: Publication) -> Mapping[str, Words]:
    """Return what each dataset is called on pages that name the publication already, by its name; no two are alike."""
    specs, languages = publication.declaration.dataset, publication.declaration.page_languages
    names = [spec.name for spec in specs]
    shortened = {tag: told_apart(shortened_titles([spec.title.of(tag) for spec in specs]), names) for tag in languages}
    return {spec.name: Words({tag: shortened[tag][at] for tag in languages}) for at, spec in enumerate(specs)}


def told_apart(titles: Sequence[str], names: Sequence[str]) -> Sequence[str]:
    """Return titles, each of those that are alike with the name of what it is the title of behind it."""
    counted = Counter(titles)
    if len(counted) == len(titles):
        return titles
    # Again, for with its name a title may be alike to one that ends so by itself.
    named = [f"{title} ({name})" if counted[title] > 1 else title for title, name in zip(titles, names, strict=True)]
    return told_apart(named, names)


def called(publication: Publication, spec: DatasetSpec) -> Words:
    """Return what one dataset is called there."""
    return short_titles(publication)[spec.name]


def shortened_titles(titles: Sequence[str]) -> Sequence[str]:
    """Return titles without the beginning and the end that most of them have; as they are where two would be alike."""
    begin = _shared(title[: at + 2] for title in titles for at in _places(title, ": "))
    end = _shared(title[at:] for title in titles for at in _places(title, ", "))
    short = [_capital(title.removeprefix(begin).removesuffix(end)) for title in titles]
    return short if len(set(short)) == len(short) and all(short) else titles


def _shared(pieces: Iterable[str]) -> str:
    """Return the longest piece that is found more than once, and as often as any; "" where there is none."""
    counted = Counter(pieces)
    most = max(counted.values(), default=0)
    return max((piece for piece, count in counted.items() if count == most), key=len, default="") if most > 1 else ""


def _places(text: str, mark: str) -> Iterable[int]:
    return (at for at in range(len(text)) if text.startswith(mark, at))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def labels(themes: Sequence[Theme]) -> Mapping[str, str]:
    """Return what each theme is called, by key: by its title, its mark too or its key, so that no two are the same."""
    called: dict[str, str] = {}
    known = [one for one in themes if one.key]
    for say in (_by_title, _by_mark, _by_key):
        said = {one.key: say(one) for one in known if one.key not in called}
        often = Counter([*said.values(), *called.values()])
        called |= {key: text for key, text in said.items() if text and often[text] == 1}
    return {**{one.key: _by_key(one) for one in known}, **called}


def _by_title(theme: Theme) -> str:
    return theme.title


def _by_mark(theme: Theme) -> str:
    return ". ".join(filter(None, (theme.mark, theme.title)))


def _by_key(theme: Theme) -> str:
    return ". ".join(filter(None, (theme.key, theme.title)))
