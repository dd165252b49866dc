"""What a declaration says of its datasets and columns, checked: names, terms, references, codes, what columns take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ogp_data.core.columns import Column, DatasetSpec, written
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, sentences
from ogp_data.core.near import meant
from ogp_data.core.shared import Shared
from ogp_data.core.vocab import PREFIXES, expand
from ogp_data.declaration.composing import check_composed
from ogp_data.declaration.fitting import check_dataset
from ogp_data.declaration.naming import LANGUAGE_CODES, dataset_fault, spreadsheet_fault
from ogp_data.tables.composed import is_composed
from ogp_data.tables.kind import ANYWHERE, Declared, finder
from ogp_data.types import currencies, type_of

_TERM = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def check_datasets(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    """Yield what is wrong with the datasets of a declaration and their columns."""
    known = {dataset.name: dataset for dataset in declaration.dataset}
    for index, dataset in enumerate(declaration.dataset):
        at = f"dataset[{index}]"
        if fault := dataset_fault(dataset.name):
            message = Message("The dataset's name {name!r} {fault}.", name=dataset.name, fault=fault)
            yield finding("unsafe-name", message, Place(key=f"{at}.name"), Message("Give the dataset another name."))
        if dataset.name in (earlier.name for earlier in declaration.dataset[:index]):
            yield finding(
                "duplicate-name",
                Message("There is more than one dataset {name!r}.", name=dataset.name),
                Place(key=f"{at}.name"),
            )
        yield from _check_term(dataset.type, shared, f"{at}.type")
        declared = Declared(dataset, known, at, _codes(shared, "finding-kind"))
        yield from finder(dataset).check(declared)
        yield from _check_find_in(declared, declaration.source_languages[1:])
        yield from _check_columns(declared, shared)
        yield from check_dataset(dataset, known, at)
        yield from _check_currencies(dataset, shared, at)


def _check_find_in(declared: Declared, languages: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with where rows are found in further languages."""
    spec = declared.spec
    for language, find in spec.find_in.items():
        key = f"find_in.{language}"
        if language not in languages:
            message = Message(
                "No file of the source is declared to be in the language {language!r}.", language=language
            )
            yield declared.fault("dangling-reference", key, message, meant(language, languages))
        elif type(find) is not type(spec.find):
            message = Message("Rows that say the same are found in one way: as {kind!r}.", kind=spec.find.kind)
            yield declared.fault("value-type", f"{key}.kind", message, Message("Leave out `kind`."))
        else:
            for fault in finder(replace(spec, find=find)).check(replace(declared, spec=replace(spec, find=find))):
                at = fault.place.key.replace(f"{declared.at}.find.", f"{declared.at}.{key}.")
                yield replace(fault, place=replace(fault.place, key=at))


def _check_term(curie: str, shared: Shared, key: str) -> Iterator[Finding]:
    """Yield that a term is in no vocabulary; one of the publication's own needs only a name that IRIs can hold."""
    prefix, _, name = curie.partition(":")
    if prefix == "own":
        if not _TERM.fullmatch(name):
            message = Message("{name!r} cannot be the name of a term.", name=name)
            hint = Message("Write `own:` and letters and digits, a letter first.")
            yield finding("unsafe-name", message, Place(key=key), hint)
    elif name not in shared.terms if prefix == "ogp" else expand(curie) is None:
        message = Message("{curie!r} is not in the vocabulary of that prefix.", curie=curie)
        yield finding("dangling-reference", message, Place(key=key))


def _check_columns(declared: Declared, shared: Shared) -> Iterator[Finding]:
    seen: set[str] = set()
    dataset, at = declared.spec, declared.at
    if sum(column.key for column in dataset.column) != 1:
        yield finding(
            "key-column",
            Message("Dataset '{name}' needs exactly one key column.", name=dataset.name),
            Place(key=f"{at}.column"),
        )
    if not dataset.column or type_of(dataset.column[-1]).about.names != "places":
        message = Message("The last column of dataset '{name}' is not source_places.", name=dataset.name)
        yield finding(
            "key-column", message, Place(key=f"{at}.column"), Message("Let `source_places` be the last column.")
        )
    for index, column in enumerate(dataset.column):
        key = f"{at}.column[{index}]"
        safe = re.fullmatch(r"[a-z][a-z0-9_]*", column.name) and column.name not in ("ogp", "own", *PREFIXES)
        if column.name in seen or not safe:
            yield finding(
                "duplicate-name",
                Message("The column name {name!r} is in use or unsafe.", name=column.name),
                Place(key=f"{key}.name"),
            )
        elif fault := spreadsheet_fault(column.name):
            yield finding(
                "unsafe-name",
                Message("The column's name {name!r} {fault}.", name=column.name, fault=fault),
                Place(key=f"{key}.name"),
            )
        seen.add(column.name)
        if (
            type_of(column).about.names == "places"
            and index < len(dataset.column) - 1
            and column.take == "source_places"
        ):
            yield finding(
                "key-column", Message("Only the last column can be of the type 'places'."), Place(key=f"{key}.type")
            )
        yield from _check_column(column, declared.known, shared, key)
        if is_composed(column):
            yield from check_composed(declared, column, f"column[{index}]")
        elif column.take in ANYWHERE:
            yield from _check_derived(dataset, column, declared.known, key)
        else:
            yield from finder(dataset).check_column(declared, column, f"column[{index}]")


def _check_column(column: Column, known: Mapping[str, DatasetSpec], shared: Shared, key: str) -> Iterator[Finding]:
    yield from _check_term(column.rdf, shared, f"{key}.rdf")
    if column.language:
        yield from check_language(column.language, f"{key}.language")
    for part in ("of", "references"):
        target = getattr(column, part)
        if target and target not in known:
            yield finding(
                "dangling-reference",
                Message("There is no dataset {target!r}.", target=target),
                Place(key=f"{key}.{part}"),
                meant(target, [*known]),
            )
    if type_of(column).about.names == "codes" and column.codes not in shared.codelists:
        message = Message("There is no code list {codes!r}.", codes=column.codes)
        own = Message("Or put a list of your own into data/codelists.")
        said = sentences(meant(column.codes, sorted(shared.codelists)), own)
        yield finding("dangling-reference", message, Place(key=f"{key}.codes"), said)
    yield from _check_written(column, shared, key)
    for number, phrase in enumerate(column.phrase):
        if column.codes in shared.codelists and phrase.value not in _codes(shared, column.codes):
            message = Message("{value!r} is not in the code list '{codes}'.", value=phrase.value, codes=column.codes)
            known_codes = sorted(_codes(shared, column.codes))
            yield finding(
                "unknown-code", message, Place(key=f"{key}.phrase[{number}].value"), meant(phrase.value, known_codes)
            )
    if column.lost and column.lost not in _codes(shared, "finding-kind"):
        message = Message("{lost!r} is not in the list finding-kind.", lost=column.lost)
        fix = meant(column.lost, sorted(_codes(shared, "finding-kind")))
        yield finding("unknown-code", message, Place(key=f"{key}.lost"), fix)


def _check_written(column: Column, shared: Shared, key: str) -> Iterator[Finding]:
    """Yield the codes that are said to be written somehow and that the list lacks, and words of two codes."""
    said: dict[str, str] = {}
    for code, texts in column.written.items():
        if column.codes in shared.codelists and code not in (known := _codes(shared, column.codes)):
            message = Message("{value!r} is not in the code list '{codes}'.", value=code, codes=column.codes)
            yield finding("unknown-code", message, Place(key=f"{key}.written.{code}"), meant(code, sorted(known)))
        for index, text in enumerate(texts):
            if said.setdefault(text, code) != code:
                message = Message("{text!r} is written for {first!r} already.", text=text, first=said[text])
                yield finding("duplicate-name", message, Place(key=f"{key}.written.{code}[{index}]"))


def _check_currencies(dataset: DatasetSpec, shared: Shared, at: str) -> Iterator[Finding]:
    """Yield the columns of amounts whose currency is to be a code of a list that has no currency."""
    lists = {column.name: column.codes for column in dataset.column if column.codes in shared.codelists}
    for index, column in enumerate(dataset.column):
        codes = lists.get(column.currency_in, "")
        if codes and not _codes(shared, codes) & currencies.codes():
            message = Message("The code list '{codes}' has no code of a currency.", codes=codes)
            yield finding("value-type", message, Place(key=f"{at}.column[{index}].currency_in"))


def _check_derived(
    dataset: DatasetSpec, column: Column, known: Mapping[str, DatasetSpec], key: str
) -> Iterator[Finding]:
    """Yield what is wrong with a column that phrases give a value, or that quotes one."""
    if column.take in ("quote", "quote_places"):
        if not any(other.name == column.basis and other.take == "phrase" for other in dataset.column):
            message = Message("There is no column {basis!r} with a value from phrases.", basis=column.basis)
            able = [other.name for other in dataset.column if other.take == "phrase"]
            yield finding("dangling-reference", message, Place(key=f"{key}.basis"), meant(column.basis, able))
    elif column.take == "phrase":
        names = {c.name for c in known.get(column.of, dataset).column}
        for name in sorted({*column.search} - names):
            message = Message("There is no column {name!r} to search.", name=name)
            yield finding("dangling-reference", message, Place(key=f"{key}.search"), meant(name, sorted(names)))
        for part in ("search", "phrase"):
            if not getattr(column, part):
                yield finding(
                    "missing-key", Message("The key '{part}' is missing.", part=part), Place(key=f"{key}.{part}")
                )
    if column.take in ("phrase", "quote", "quote_places") and not column.name.startswith("derived_"):
        message = Message("The column {name!r} is derived, but its name does not say so.", name=column.name)
        yield finding(
            "missing-derived-prefix",
            message,
            Place(key=f"{key}.name"),
            Message("Call it derived_{name}.", name=column.name),
        )


def check_reference_columns(declaration: Declaration, references: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each column that takes what no reference table has."""
    known = sorted({name for row in references.values() for name in row})
    for index, dataset in enumerate(declaration.dataset):
        for at, column in enumerate(dataset.column):
            name = column.take.removeprefix("reference:")
            if name != column.take and name not in known:
                key = written(f"dataset[{index}].column[{at}].take")
                place = Place(file=f"{declaration.id}/publication.toml", key=key)
                message = Message("No reference table has a column {name!r}.", name=name)
                yield finding("dangling-reference", message, place, meant(name, known))


def _codes(shared: Shared, name: str) -> set[str]:
    return {concept.code for concept in shared.codelists[name].concept} if name in shared.codelists else set()


def check_language(code: str, key: str) -> Iterator[Finding]:
    """Yield that a code is of no language."""
    if code not in LANGUAGE_CODES:
        message = Message("{code!r} is not a two-letter language code.", code=code)
        meant = code.strip().lower()[:2]
        hint = Message("Write a code of ISO 639-1, such as en.")
        if meant in LANGUAGE_CODES and not code.strip()[2:3].isalpha():
            hint = Message("Write {text}.", text=f'"{meant}"')
        yield finding("value-type", message, Place(key=key), hint)
