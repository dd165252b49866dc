"""Document -> whether its files are in the languages that the declaration says, by the small words of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.source import SourceFile
from ogp_data.declaration.drafting.language import KNOWN, detect, words_of
from ogp_data.documents import Document

_FEWEST = 60
"""A text of fewer words may be a list of names, of which no language can be told."""
_SHARE = {True: 0.1, False: 0.2}
"""How many of all words must be small words of a language, by whether those of the declared one are known."""
_NEAR = {"af": "nl", "fy": "nl", "lb": "de", "gl": "pt", "ca": "es", "oc": "fr", "ast": "es", "rm": "it"}
"""Languages that share most small words with one that is known."""


def check_spoken(document: Document, files: Sequence[SourceFile], language: str) -> Iterator[Finding]:
    """Yield which files of a source seem to be in another language than is declared, and how sure that is."""
    for file, (_, text) in zip(files, document.source.parts, strict=False):
        declared = file.language or language
        spoken, count = detect(text), len(words_of(text))
        share = spoken.words / max(count, 1)
        is_other = spoken.language not in ("", declared, _NEAR.get(declared))
        if is_other and count >= _FEWEST and share >= _SHARE[declared in KNOWN]:
            yield _finding(file.name, spoken.language, declared, round(100 * share), len(files) > 1)


def _finding(name: str, found: str, declared: str, share: int, is_one_of_several: bool) -> Finding:
    message = Message(
        "The document seems to be in the language {found}: {share}% of its words are small words of that. It is"
        " declared to be in {declared}.",
        found=found,
        share=share,
        declared=declared,
    )
    hint = Message('If it is, write `language = "{found}"` in publication.toml.', found=found)
    if is_one_of_several:
        hint = Message('If it is, write `language = "{found}"` with its path in `files` under [source].', found=found)
    return finding("another-language", message, Place(file=name), hint)
