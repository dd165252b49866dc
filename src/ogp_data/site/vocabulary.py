"""The vocabulary of the model -> the folder `vocabulary`: terms and code lists as pages, Turtle and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.core.frame import PARTS, Alternate, Frame, Link, tongues
from ogp_data.core.framed import CSP, ICON
from ogp_data.core.messages import Message, languages
from ogp_data.core.names import Names
from ogp_data.core.pages import in_language, naming, relative
from ogp_data.core.rdf import Triple, jsonld, to_ox, write
from ogp_data.core.shared import CodeList, Vocabulary
from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.core.templates import asset, render, schema_org
from ogp_data.core.theme import Theme
from ogp_data.core.vocab import PREFIXES, expand
from ogp_data.core.words import Text
from ogp_data.formats.codelists import TITLE, codelist_triples, vocabulary_triples
from ogp_data.tables.provides import ORIGINS

FOLDER = "vocabulary"
"""What the folder is called below `dist/`, and its file of all terms."""

_PAGE = "index.html"
_STYLE = "site.css"
_KINDS = {"class": Message("Classes"), "property": Message("Properties")}


@dataclass(frozen=True, slots=True)
class Uses:
    """Which datasets and columns of the model use each term, by its CURIE, and each code list."""

    terms: Mapping[str, Sequence[str]]
    codelists: Mapping[str, Sequence[str]]


def stage_vocabulary(vocabulary: Vocabulary, uses: Uses, address: str, theme: Theme, stage: Stage) -> None:
    """Write the vocabulary, whose terms stand behind an address, and its manifest."""
    names = Names("", "", address, frozenset(vocabulary.codelists))
    terms, spoken = vocabulary.terms.values(), languages()
    _stage_linked(FOLDER, vocabulary_triples(terms, names, spoken), names, stage)
    for codes in vocabulary.codelists.values():
        _stage_linked(_document(codes), codelist_triples(codes, names, spoken), names, stage)
    stage.add(_STYLE, theme.sheet((*PARTS, "dictionary", "vocabulary")).encode())
    stage.add(ICON, asset("style/favicon.svg"))
    for language in spoken:
        stage.add(in_language(_PAGE, language, spoken), _index(vocabulary, uses, names, language))
        for codes in vocabulary.codelists.values():
            page = _codelist(codes, uses, names, language)
            stage.add(in_language(f"{_document(codes)}.html", language, spoken), page)
    stage.add(MANIFEST, manifest(stage.artefacts, FOLDER, ""))


def _document(codes: CodeList) -> str:
    return f"codelists/{codes.id}"


def _stage_linked(document: str, triples: Iterable[Triple], names: Names, stage: Stage) -> None:
    said, spaces = list(triples), {**PREFIXES, "ogp": names.ogp}
    stage.add(f"{document}.ttl", write(map(to_ox, said), "ttl", spaces))
    stage.add(f"{document}.jsonld", jsonld(said, spaces))


def _index(vocabulary: Vocabulary, uses: Uses, names: Names, language: str) -> bytes:
    """Return the page of all terms, in the order in which the model has them: those that belong together."""
    terms = vocabulary.terms.values()
    return render(
        "vocabulary/index.html",
        language,
        **naming(_PAGE, language, languages()),
        document=FOLDER,
        frame=_frame(_PAGE, TITLE, FOLDER, names.ogp, language),
        names=names,
        uses=uses,
        groups=[(kind, heading, [term for term in terms if term.kind == kind]) for kind, heading in _KINDS.items()],
        codelists=list(vocabulary.codelists.values()),
        derived=ORIGINS["derived"],
        expand=expand,
    )


def _codelist(codes: CodeList, uses: Uses, names: Names, language: str) -> bytes:
    """Return the page of a code list."""
    document = _document(codes)
    return render(
        "vocabulary/codelist.html",
        language,
        **naming(f"{document}.html", language, languages()),
        document=document,
        frame=_frame(f"{document}.html", codes.title, document, names.concept(codes.id), language),
        names=names,
        uses=uses,
        codes=codes,
    )


def _frame(path: str, title: Text, document: str, iri: str, language: str) -> Frame:
    """Return the frame of a page, which is a form of the document about what has an IRI."""
    own = in_language(path, language, languages())
    home = relative(in_language(_PAGE, language, languages()), own)
    about = {"@type": "DefinedTermSet", "@id": iri, "name": title.of(language), "inLanguage": language}
    whole, name = TITLE.of(language), title.of(language)
    kinds = ((".ttl", "text/turtle", "Turtle"), (".jsonld", "application/ld+json", "JSON-LD"))
    return Frame(
        name,
        site=whole,
        home=home,
        crumbs=[] if path == _PAGE else [Link(whole, home), Link(name, here=True)],
        languages=tongues(path, language, languages()),
        sheet=relative(_STYLE, own),
        icon=relative(ICON, own),
        alternates=[Alternate(relative(document + suffix, own), media, name) for suffix, media, name in kinds],
        jsonld=schema_org(about),
        csp=CSP,
    )
