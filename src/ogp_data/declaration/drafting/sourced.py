"""The files of a source -> what a declaration says of where they are, and in which language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from babel.languages import get_official_languages

from ogp_data.declaration.drafting.language import Spoken
from ogp_data.declaration.drafting.opening import Opened
from ogp_data.declaration.drafting.proposal import Entry
from ogp_data.declaration.sources import sum_of
from ogp_data.models.lists import ValueList


def source_entries(opened: Opened, languages: Sequence[str], language: str) -> tuple[Entry, ...]:
    """Return the lines that name the files of a source; `languages` are those of the files, `language` is the main."""
    digest = Entry("sha256", sum_of(opened.files, several=len(opened.files) > 1))
    if len(opened.files) == 1:
        return (Entry("file", opened.files[0].path), digest)
    spoken = {file.path: said or language for file, said in zip(opened.files, languages, strict=True)}
    told = [{"path": path} | ({} if one == language else {"language": one}) for path, one in _fewest(spoken).items()]
    return (Entry("files", told), digest)


def main_language(spoken: Spoken, by_file: Sequence[str], country: str, countries: ValueList) -> Spoken:
    """Return the language in which a document of files in several says what the others repeat.

    That is an official one of its country; else the one that most of its words are in.
    """
    said = [language for language in dict.fromkeys(by_file) if language]
    if len(said) < 2:
        return spoken
    known = countries.of_code(country)
    official = get_official_languages(known.facts.get("alpha2", "")) if known else ()
    main = next((language for language in official if language in said), "")
    return Spoken(main, spoken.words) if main else spoken


def by_path(paths: Sequence[str], found: Sequence[Spoken]) -> Iterator[str]:
    """Yield the language of each file; one too short to tell has that of the files of the nearest folder above it."""
    sure = {path: one.language for path, one in zip(paths, found, strict=True) if one.language}
    for path in paths:
        yield sure.get(path) or _of_folder(path, sure)


def _of_folder(path: str, sure: Mapping[str, str]) -> str:
    """Return the language of all files in the nearest folder above a file that has any; "" where they have several."""
    for folder in map(str, PurePosixPath(path).parents):
        if around := {said for other, said in sure.items() if other.startswith(f"{folder}/")}:
            return around.pop() if len(around) == 1 else ""
    return ""


def _fewest(spoken: Mapping[str, str]) -> Mapping[str, str]:
    """Return as few folders as hold files of one language each, all of a source; else its files one by one."""
    for depth in range(1, max(path.count("/") for path in spoken) + 1):
        folders: dict[str, set[str]] = {}
        for path, language in spoken.items():
            folders.setdefault("".join(f"{step}/" for step in path.split("/")[:-1][:depth]), set()).add(language)
        if all(len(languages) == 1 for languages in folders.values()) and not _overlap(folders):
            return {folder: languages.pop() for folder, languages in folders.items()}
    return spoken


def _overlap(folders: Collection[str]) -> bool:
    """Return whether a folder lies in another, so that some files would be in both."""
    return any(one != other and other.startswith(one) for one in folders for other in folders)
