"""The model of OGP data: that its files say what they must, and that what is wrong with one is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ogp_data.core.vocab import expand
from ogp_data.core.words import WordLists, Words
from ogp_data.declaration.offering import is_offered
from ogp_data.models import model as models
from ogp_data.models.model import Model, ModelColumn, ModelDataset, load_model
from ogp_data.models.vocabulary import vocabulary
from ogp_data.tables.kind import ANYWHERE
from ogp_data.tables.kinds import KINDS
from ogp_data.types import TYPES

LANGUAGES = {"nl", "en", "fr"}
HOME = Path(models.__file__).with_name("ogp")

THEMES = """
class = "ogp:Theme"
key = "theme_number"
find = { kind = "headings" }
title = { nl = "Thema's", en = "Themes", fr = "Thèmes" }
description = { nl = "De thema's.", en = "The themes.", fr = "Les thèmes." }
keywords = { nl = ["thema"], en = ["theme"], fr = ["thème"] }
[[column]]
name = "theme_number"
type = "integer"
rdf = "schema:position"
take = { headings = "position" }
required = true
title = { nl = "Nummer", en = "Number", fr = "Numéro" }
description = { nl = "Het nummer.", en = "The number.", fr = "Le numéro." }
[[column]]
name = "title"
type = "text"
rdf = "dct:title"
core = true
take = "text"
title = { nl = "Titel", en = "Title", fr = "Titre" }
description = { nl = "De titel.", en = "The title.", fr = "Le titre." }
"""
SHARED = """
[[column]]
name = "commitment"
type = "string"
rdf = "ogp:commitment"
take = { table = "number", list = "number" }
title = { nl = "Actiepunt", en = "Commitment", fr = "Engagement" }
description = { nl = "Het actiepunt.", en = "The commitment.", fr = "L'engagement." }
"""


def made(folder: Path, themes: str = THEMES, shared: str = SHARED, publication: str = "") -> Model:
    """Return a small model, written into a folder and read from there."""
    (folder / "datasets").mkdir()
    (folder / "datasets" / "themes.toml").write_text(themes, encoding="utf-8")
    (folder / "shared.toml").write_text(shared, encoding="utf-8")
    (folder / "publication.toml").write_text(publication, encoding="utf-8")
    return load_model(folder)


def test_a_dataset_has_its_texts_its_key_and_where_its_rows_are(tmp_path: Path) -> None:
    dataset = made(tmp_path).datasets["themes"]
    assert (dataset.name, dataset.type, dataset.key) == ("themes", "ogp:Theme", "theme_number")
    assert dataset.find == {"kind": "headings"}
    assert dataset.title.of("fr") == "Thèmes"
    assert list(dataset.columns) == ["theme_number", "title"]


def test_a_column_takes_by_kind_or_the_same_of_every_kind(tmp_path: Path) -> None:
    number, title = made(tmp_path).datasets["themes"].columns.values()
    assert (number.verb("headings"), number.verb("table"), number.core) == ("position", "", False)
    assert (title.verb("headings"), title.verb("table"), title.core) == ("text", "text", True)
    assert number.keys["required"] is True
    assert not {"take", "core"} & number.keys.keys()


def test_what_a_dataset_does_not_say_of_a_shared_column_is_as_any_table_has_it(tmp_path: Path) -> None:
    own = """[[column]]
    name = "commitment"
    references = ""
    core = true
    description = { nl = "Sleutel.", en = "Key.", fr = "Clé." }
    """
    model = made(tmp_path, THEMES + own)
    column = model.datasets["themes"].columns["commitment"]
    assert (column.keys["rdf"], column.verb("list"), column.core) == ("ogp:commitment", "number", True)
    assert column.keys["description"]["en"] == "Key."
    assert not model.shared["commitment"].core


def test_any_table_may_have_the_shared_columns(tmp_path: Path) -> None:
    assert made(tmp_path).shared["commitment"].verb("list") == "number"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "theme_number"', 'key = "number"', "themes.toml: the key 'number' is none of the columns"),
        ('key = "theme_number"', "", "themes.toml: .*key"),
        ('type = "integer"', "", "themes.toml: .*type"),
        ('rdf = "dct:title"', 'rdfs = "dct:title"', "themes.toml: .*rdf"),
        ('name = "title"', 'name = "theme_number"', "themes.toml: a column stands there twice"),
        ("core = true", 'core = "yes"', "themes.toml: .*boolean"),
        ('take = "text"', "take = [1]", "themes.toml: .*object"),
        ('take = "text"', "take = { table = 1 }", "themes.toml: .*string"),
        ("required = true", "required = 1", "themes.toml: .*boolean"),
        ('class = "ogp:Theme"', "class = ", "themes.toml: Invalid value"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_name(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert THEMES.count(old) == 1
    with pytest.raises(ValueError, match=re.compile(said, re.S)):
        made(tmp_path, THEMES.replace(old, new))


# The model of the package -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """What the model may refer to: terms of our vocabulary, code lists, and datasets of the model itself."""

    terms: frozenset[str]
    codelists: Mapping[str, frozenset[str]]
    datasets: frozenset[str]


def known(model: Model) -> Known:
    """Return what is in the package."""
    ours = vocabulary()
    return Known(
        frozenset(ours.terms),
        {codes.id: frozenset(one.code for one in codes.concept) for codes in ours.codelists.values()},
        frozenset(model.datasets),
    )


def faults(dataset: ModelDataset, known: Known) -> Iterator[str]:
    """Yield what is wrong with a dataset of the model and its columns."""
    for text in (dataset.title, dataset.description, dataset.keywords):
        yield from lacking(text, dataset.name)
    yield from wrong_term(dataset.type, dataset.name, known)
    if dataset.find and not is_kind(dataset.find.get("kind")):
        yield f"{dataset.name}: there is no kind {dataset.find.get('kind')!r}"
    for column in dataset.columns.values():
        yield from column_faults(column, dataset.name, known, dataset.find.get("kind", ""), dataset.columns)


def column_faults(
    column: ModelColumn,
    where: str,
    known: Known,
    default: str = "",
    columns: Collection[str] = ("commitment", "letter"),
) -> Iterator[str]:
    """Yield what is wrong with a column of the model."""
    at, keys = f"{where}.{column.name}", column.keys
    for text in ("title", "description"):
        yield from lacking(Words(keys[text]), at)
    yield from wrong_term(keys["rdf"], at, known)
    if keys["type"] not in TYPES:
        yield f"{at}: there is no type {keys['type']!r}"
    if (keys["type"] == "code") != ("codes" in keys) or keys.get("codes", "progress") not in known.codelists:
        yield f"{at}: there is no code list {keys.get('codes')!r}"
    if "lost" in keys and keys["lost"] not in known.codelists["finding-kind"]:
        yield f"{at}: {keys['lost']!r} is not in the list finding-kind"
    for part in ("of", "references"):
        if keys.get(part) and keys[part] not in known.datasets:
            yield f"{at}: {part} names {keys[part]!r}, which is no dataset of the model"
    for kind, verb in column.take.items():
        if kind and not is_kind(kind):
            yield f"{at}: there is no kind {kind!r}"
        elif not is_taken(kind or default, verb, columns):
            yield f"{at}: rows of the kind {kind or default!r} do not offer {verb!r}"


def lacking(text: Words | WordLists, at: str) -> Iterator[str]:
    if missing := LANGUAGES - text.keys():
        yield f"{at}: a text is not in {', '.join(sorted(missing))}"


def wrong_term(curie: str, at: str, known: Known) -> Iterator[str]:
    prefix, _, name = curie.partition(":")
    if name not in known.terms if prefix == "ogp" else expand(curie) is None:
        yield f"{at}: there is no term {curie!r}"


def is_kind(name: object) -> bool:
    return isinstance(name, str) and KINDS.get(name) is not None


def is_taken(kind: str, verb: str, columns: Collection[str]) -> bool:
    """Return whether rows of a kind, or of any kind where none is named, offer what a column takes."""
    if "." in verb or kind == "rows" or verb in {*ANYWHERE, "publication"}:
        return True  # what every row has, or a column of a dataset, which only a declaration knows
    # Of `group:NAME` the name is in the pattern of a declaration, and so is that of a number.
    named = {"number", *re.findall(r"group:(\w+)", verb)}
    pattern = "".join(f"(?P<{name}>.)" for name in named)
    kinds = [kind] if kind else KINDS.all()
    finds = [{"kind": one, "pattern": pattern, **_needed(one)} for one in kinds]
    return any(is_offered(find, verb, columns) for find in finds)


def _needed(kind: str) -> dict[str, str]:
    """Return the keys of a kind without which it does not offer all that it can."""
    found = KINDS.get(kind)
    return {key: "said" for offer in found.keys.offers.values() for key in offer.needs} if found else {}


@pytest.mark.parametrize("name", sorted(path.stem for path in (HOME / "datasets").glob("*.toml")))
def test_a_dataset_of_the_package_is_whole(name: str) -> None:
    model = models.model()
    assert list(faults(model.datasets[name], known(model))) == []


def test_the_shared_columns_of_the_package_are_whole() -> None:
    model = models.model()
    found = [fault for column in model.shared.values() for fault in column_faults(column, "shared", known(model))]
    assert found == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (', fr = "Thèmes"', "", "themes: a text is not in fr"),
        ('nl = "Het nummer.", ', "", "themes.theme_number: a text is not in nl"),
        ('"ogp:Theme"', '"ogp:Topic"', "themes: there is no term 'ogp:Topic'"),
        ('"dct:title"', '"dct:titel"', "themes.title: there is no term 'dct:titel'"),
        ('kind = "headings"', 'kind = "heading"', "themes: there is no kind 'heading'"),
        ('type = "integer"', 'type = "int"', "themes.theme_number: there is no type 'int'"),
        ('type = "integer"', 'type = "code"', "themes.theme_number: there is no code list None"),
        ('"position"', '"cell"', "themes.theme_number: rows of the kind 'headings' do not offer 'cell'"),
        ("headings = ", "heads = ", "themes.theme_number: there is no kind 'heads'"),
        (
            "core = true",
            'references = "topics"',
            "themes.title: references names 'topics', which is no dataset of the model",
        ),
        ("core = true", 'lost = "lost"', "themes.title: 'lost' is not in the list finding-kind"),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert THEMES.count(old) == 1
    model = made(tmp_path, THEMES.replace(old, new))
    assert said in list(faults(model.datasets["themes"], known(model)))
