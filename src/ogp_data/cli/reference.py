"""The generated pages of docs/: the keys of a declaration from the nouns, the findings from the rules.

Run with `make docs`. `tests/test_docs.py` keeps pages and code equal.
"""

from __future__ import annotations

import dataclasses
import datetime
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Rule, rules
from ogp_data.core.finds import Find
from ogp_data.core.publication import Correction
from ogp_data.core.shared import Agent, CodeList, Contact, Term
from ogp_data.core.words import WordLists, Words
from ogp_data.delivery.target import Target
from ogp_data.tables.kinds import KINDS

GENERATED = "<!-- Made by `make docs`; change the code, not this page. -->"

# The declaration ----------------------------------------------------------------------------------------

INTRODUCTION = """\
# The files of a publication

One publication is one folder under `data/`. Everything that is true of that publication and of no other stands in its
`publication.toml`; what publications share stands beside the folders:

| file | what it holds | must it be there |
|---|---|---|
| `data/<id>/publication.toml` | the description of the data, the document, its tables and columns | yes |
| `data/<id>/corrections.toml` | known faults of the document, and repairs | no |
| `data/<id>/source/...` | the document, byte for byte as received | yes |
| `data/<id>/reference/...` | tables from elsewhere, in CSV | only when declared |
| `data/<id>/previous/...` | an earlier version, as `ogp-data keep` lays it there | only when declared |
| `data/agents.toml` | organisations and contact points | yes |
| `data/vocabulary.toml` | classes and properties of our own | yes |
| `data/codelists/<id>.toml` | lists of codes | only when a column or a record uses them |
| `data/targets/<name>.toml` | catalogues to deliver to | only for `plan` and `apply` |

All files are [TOML](https://toml.io) in UTF-8. A key that is not on this page is an error, as is a value of another
type; a day may be written with quotation marks or without. What is not known is left out: a key that is not required
may simply be absent. `ogp-data new ID --source FILE` writes a declaration to start from, and the shared files where
there are none; `ogp-data check ID` tells what is still wrong, with the file and the key. The first edition,
`data/nl-2020-2022` in a checkout, uses nearly every key.

## A whole publication

This is all that a publication needs. The document, `source/document.txt`:

```text
The plan was made together with citizens.

It has seven themes.
```

and `publication.toml`, which takes each paragraph as a row:

```toml
id = "example"
base_iri = "https://example.org/ogp/example/"
version = "1.0.0"
version_notes = { nl = "Eerste uitgave.", en = "First edition." }
issued = 2026-11-23
modified = 2026-11-23
language = "en"
languages = ["ENG"]
title = { nl = "Een actieplan", en = "An action plan" }
description = { nl = "De tekst van een actieplan.", en = "The text of an action plan." }
keywords = { nl = ["open overheid"], en = ["open government"] }
publisher = "bzk"
creator = "bzk"
contact = "open-overheid"
licence = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
themes = ["GOVE"]
spatial = ["NLD"]
temporal = { start = "2023", end = "2027" }
frequency = "NEVER"
access_rights = "PUBLIC"
status = "COMPLETED"
availability = "STABLE"

[series]
title = { nl = "Actieplannen", en = "Action plans" }
description = { nl = "Opeenvolgende actieplannen.", en = "Successive action plans." }

[source]
file = "source/document.txt"
kind = "converted-text"
sha256 = "be6809046ca9128e262d39c071144e6995b3d5a518cbe1b959e9c72d6cf24929"
title = { nl = "Actieplan", en = "Action plan" }
description = { nl = "Het actieplan als tekst.", en = "The action plan as text." }

[[dataset]]
name = "narrative"
type = "ogp:Paragraph"
title = { nl = "Tekst van een actieplan", en = "Text of an action plan" }
description = { nl = "Eén rij is één alinea.", en = "One row is one paragraph." }
keywords = { nl = ["tekst"], en = ["text"] }
find = { kind = "paragraphs" }

[[dataset.column]]
name = "sequence"
type = "integer"
take = "sequence"
rdf = "schema:position"
key = true
title = { nl = "Volgnummer", en = "Sequence" }
description = { nl = "Volgnummer van de alinea.", en = "Number of the paragraph." }

[[dataset.column]]
name = "text"
type = "text"
take = "text"
rdf = "ogp:text"
required = true
title = { nl = "Tekst", en = "Text" }
description = { nl = "De alinea.", en = "The paragraph." }

[[dataset.column]]
name = "source_places"
type = "places"
take = "source_places"
rdf = "ogp:sourcePlace"
required = true
title = { nl = "Vindplaatsen in de bron", en = "Places in the source" }
description = { nl = "Plaatsen in het document.", en = "Places in the document." }
```

## How rows are found and columns take their values

Each `[[dataset]]` says with `find` where its rows are, and each of its columns says with `take` what of the row it
takes. Together the datasets must take the whole document: a word that is in no cell, or in two, stops the
publication. Verbs marked with an asterisk repeat words whose place is another cell, so they do not count here.

In every kind of dataset:

| `take` | what the column gets |
|---|---|
| `sequence` | the number of the row: 1, 2, 3, in the order of the document |
| `source_places` | the places of the document from which the row came; always the last column |
| `reference:NAME` | the column NAME of the reference table, from the row whose key is the number of this row |
| `phrase` | the value of the declared `phrase` whose words stand in the columns of `search`; empty without any |
| `quote` | those words, for the column that `basis` names * |
| `quote_places` | the places where they stand |
| `unknown` | nothing: the document does not say it, and the column is there because another's table has it |

What a phrase says is derived: it is published apart from what the document itself gives, in a column whose name begins
with `derived_`, and every format marks it so.

```toml
[[dataset]]
name = "assessments"

[[dataset.column]]
name = "derived_progress"
type = "code"
take = "phrase"
codes = "progress-statement"
search = ["reasons"]
phrase = [{ words = "the commitment has been put on hold", value = "on-hold" }]

[[dataset.column]]
name = "derived_progress_quote"
type = "text"
take = "quote"
basis = "derived_progress"
```

With `of = "DATASET"` a column takes its value from another dataset: from the row there with the same number, or, when
`where = "LABEL"` is given and the other dataset is of kind `document`, from the line of front matter with that label.
The verb is then one of the other dataset's kind:

```toml
[[dataset]]
name = "assessments"

[[dataset.column]]
name = "assessed_on"
type = "date"
take = "value"
of = "document"
where = "Date Prepared"
```
"""

CORRECTIONS = """\
A record names a place, what stands there, and what is wrong with it. The place is a cell (`dataset`, `row`, `column`),
the address of a link (the dataset of links, the number of the link, `url`), or, outside the tables, a `line`. Without
`value` a record acknowledges a fault that is published as it is; with `value` the cell is published as corrected.
Either way the fault stands in the dataset of kind `findings`, and the publication stops when the document no longer
holds what the record expects.

```toml
[[correction]]
kind = "spelling"
dataset = "assessments"
row = "11"
column = "evidence"
expect = "Opensourcewerken :"
reason = "A space stands before the colon."
status = "acknowledged"

[[correction]]
kind = "corrected-text"
dataset = "narrative"
row = "3"
column = "text"
expect = "Independent Review Mechanism"
value = "Independent Reporting Mechanism"
reason = "The name is wrong."
status = "corrected"
```
"""

AGENTS = """\
```toml
[[agent]]
id = "bzk"
name = { nl = "ministerie van Binnenlandse Zaken", en = "Ministry of the Interior" }
iri = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034"
type = "national-authority"

[[contact]]
id = "open-overheid"
name = { nl = "Open Overheid", en = "Open Government" }
url = "https://open-overheid.nl"
```
"""

VOCABULARY = """\
Terms for what no standard vocabulary says. A declaration writes them as `ogp:NAME`.

```toml
[[term]]
name = "Commitment"
kind = "class"
label = { nl = "Actiepunt", en = "Commitment" }
definition = { nl = "Een toezegging in een actieplan.", en = "A promise in an action plan." }
```
"""

CODELISTS = """\
One file for each list, called after its `id`.

```toml
id = "progress"
title = { nl = "Voortgang", en = "Progress" }
description = { nl = "Oordelen over de voortgang.", en = "Judgements of progress." }
origin = "The legend of the document."
established = 2026-11-23

[[concept]]
code = "limited"
label = { nl = "Beperkte voortgang", en = "Limited progress" }
written = ["Amber"]
```
"""

TARGETS = """\
A catalogue to deliver to; [delivery.md](delivery.md) tells how. The file may lie anywhere.

```toml
kind = "ckan"
url = "https://ckan.example.org"
publication = "nl-2020-2022"
organisation = "ministerie-van-bzk"
flavour = "donl"
secret = { env = "OGP_CKAN_TOKEN" }
```
"""

FILES: Sequence[tuple[str, str, Sequence[tuple[str, type]]]] = (
    ("publication.toml", "", (("", Declaration),)),
    ("corrections.toml", CORRECTIONS, (("correction[]", Correction),)),
    ("agents.toml", AGENTS, (("agent[]", Agent), ("contact[]", Contact))),
    ("vocabulary.toml", VOCABULARY, (("term[]", Term),)),
    ("codelists/*.toml", CODELISTS, (("", CodeList),)),
    ("targets/*.toml", TARGETS, (("", Target),)),
)
"""File -> what to say of it, and its tables: key path -> the noun that it becomes."""

SIMPLE: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    datetime.date: "date",
    Words: "text in `nl` and `en`",
    WordLists: "lists of texts in `nl` and `en`",
    list[str]: "list of texts",
    dict[str, str]: "table of texts",
}


def publication_page() -> str:
    """Return docs/publication.md."""
    return "\n".join([GENERATED, "", INTRODUCTION, *_kinds(), *_types(), KEYS, *_files()]).rstrip() + "\n"


TYPES: Mapping[str, str] = {
    "integer": "whole numbers",
    "string": "text without a language, such as names, codes of others and labels",
    "text": "text in the language of the document, or in that of `language`",
    "date": "calendar days, such as 2023-05-26; what the document writes is read as a date of its language",
    "edtf": "dates of any precision in EDTF (ISO 8601-2), such as 2020-33 for the first quarter of 2020, read likewise",
    "url": "web addresses",
    "code": "codes of the list that `codes` names",
    "agent": "an organisation of `agents.toml`, named by its `id` and published as its IRI",
    "places": "places of the document, with a space between them: L98 L100 are two lines; the type of the last column",
}
"""Type of a column -> what its cells hold."""

KEYS = """\
## The keys

A key path such as `dataset[].column[].name` means: the key `name` of each `[[dataset.column]]`. A key that is neither
required nor has a default may be absent. "Text in `nl` and `en`" is a table with both keys, as in
`title = { nl = "Thema", en = "Theme" }`.
"""


def _kinds() -> Iterator[str]:
    for kind in KINDS:
        yield f'### `find = {{ kind = "{kind.name}", ... }}`\n\n{kind.about}\n'
        yield "| `take` | what the column gets |\n|---|---|"
        yield "\n".join(f"| `{verb}` | {offer.gets} |" for verb, offer in kind.keys.offers.items()) + "\n"


def _types() -> Iterator[str]:
    yield "## Types of columns\n\n| `type` | what its cells hold |\n|---|---|"
    yield "\n".join(f"| `{name}` | {meaning} |" for name, meaning in TYPES.items()) + "\n"


def _files() -> Iterator[str]:
    for name, text, nouns in FILES:
        yield f"## {name}\n"
        if text:
            yield text
        for path, noun in nouns:
            yield from _tables(path, noun)


def _tables(path: str, noun: type) -> Iterator[str]:
    """Yield the table of keys of a noun, then those of the nouns that it holds."""
    rows, inner = [], []
    for field, hint, sentence in keys(noun):
        key = f"{path}.{field.name}".lstrip(".")
        rows.append(f"| `{key}` | {_type(hint)} | {_default(field)} | {sentence} |")
        several = "[]" if get_origin(hint) is list else ""
        inner += [(key + several, held) for held in _nouns(hint)]
    yield f"{_title(path, noun)}\n\n{noun.__doc__}\n\n| key | type | default | what it says |\n|---|---|---|---|"
    yield "\n".join(rows) + "\n"
    for key, held in inner:
        yield from _tables(key, held)


def keys(noun: type) -> Iterator[tuple[dataclasses.Field[Any], Any, str]]:
    """Yield each key of a noun with its type and its sentence."""
    hints = get_type_hints(noun, include_extras=True)
    for field in dataclasses.fields(noun):
        hint = hints[field.name]
        said = getattr(hint, "__metadata__", ("The kind of `find`, as described above.",))
        yield field, get_args(hint)[0] if get_origin(hint) is Annotated else hint, said[0]


def _title(path: str, noun: type) -> str:
    if issubclass(noun, Find):
        return f'### `{path}` with `kind = "{next(kind.name for kind in KINDS if kind.keys is noun)}"`'
    return f"### `{path}`" if path else "### At the top"


def _nouns(hint: Any) -> list[type]:
    """Return the nouns, other than texts in two languages, that a key holds."""
    if hint is Find:
        return [kind.keys for kind in KINDS]
    parts = get_args(hint) if isinstance(hint, types.UnionType) or get_origin(hint) in (list, Union) else (hint,)
    return [part for part in parts if dataclasses.is_dataclass(part) and part not in SIMPLE and isinstance(part, type)]


def _type(hint: Any) -> str:
    """Return a type in words."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) is Literal:
        values = [f"`{value}`" for value in get_args(hint) if value]
        return values[0] if len(values) == 1 else f"one of {', '.join(values)}"
    if get_origin(hint) is list:
        return "tables, one for each"
    parts = [part for part in get_args(hint) if part is not type(None)]
    return _type(parts[0]) if len(parts) == 1 else "table"


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f"`{str(field.default).lower()}`" if field.default not in ("", None) else ""
    return "**required**" if field.default_factory is dataclasses.MISSING else ""


# The findings -------------------------------------------------------------------------------------------

ENGINES: Mapping[str, tuple[str, str]] = {
    "declaration": ("The declaration", "What the files under `data/` say is checked before the document is read."),
    "reading": ("Reading the document", "The document is read into tables as the declaration says."),
    "reconciliation": (
        "Accounting for words",
        "Every word of the document must be in one published cell, or be set aside as markup. The count is made on the"
        " staged files.",
    ),
    "formats": ("Comparing the formats", "The files are read back, and those that must say the same are compared."),
    "frictionless": (
        "The tables",
        "[Frictionless](https://framework.frictionlessdata.io) checks the CSV files against `datapackage.json`.",
    ),
    "rules": ("The catalogue", "Rules of describing a catalogue that no shape can say."),
    "shacl": (
        "The linked data",
        "[pySHACL](https://github.com/RDFLib/pySHACL) checks the linked data against the shapes under `shapes/`.",
    ),
    "package": ("Publishing", "The staged files are put in the place of the ones published before."),
}
"""Engine -> heading and what it does, in the order of a build."""

ABOUT_FINDINGS = """\
# Findings

A finding is something wrong with the data, the document or the declaration. An **error** stops the publication: what
was published before stays as it is, and the reports and staged files are left under `build/`. A **warning** does not
stop it. Each finding names its rule, what is wrong, where, and how to fix it. `ogp-data explain RULE` prints the entry
below on the command line.

No fault of a document is fixed in the document, since it is published byte for byte as received. Record it in
`corrections.toml` (see [publication.md](publication.md)): a record with `line`, `expect` and `value` lets a line be
read as if `value` stood there, one with `dataset`, `row` and `column` fixes a cell.

## Contents
"""


def findings_page() -> str:
    """Return docs/findings.md."""
    groups = _by_engine()
    contents = [line for engine, rules in groups.items() for line in _contents(engine, rules)]
    entries = [text for engine, rules in groups.items() for text in _entries(engine, rules)]
    return "\n".join([GENERATED, "", ABOUT_FINDINGS, *contents, "", *entries]).rstrip() + "\n"


def _by_engine() -> dict[str, list[Rule]]:
    """Return the rules by engine: in the order of a build, engines without a heading last."""
    groups: dict[str, list[Rule]] = {engine: [] for engine in ENGINES}
    for rule in rules().values():
        groups.setdefault(rule.engine, []).append(rule)
    return {engine: rules for engine, rules in groups.items() if rules}


def _contents(engine: str, rules: Sequence[Rule]) -> Iterator[str]:
    heading = ENGINES.get(engine, (engine, ""))[0]
    yield f"- [{heading}](#{heading.lower().replace(' ', '-')})"
    yield from (f"  - [`{rule.name}`](#{rule.name}) ({rule.severity})" for rule in rules)


def _entries(engine: str, rules: Sequence[Rule]) -> Iterator[str]:
    heading, does = ENGINES.get(engine, (engine, ""))
    yield f"## {heading}\n\n{does} In reports: `{engine}`.\n"
    for rule in rules:
        yield f"### {rule.name}\n"
        yield f"*{rule.severity}*\n\n**When it occurs.** {rule.occurs}\n\n**How to fix it.** {rule.fix}\n"


# Writing ------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {"publication.md": publication_page(), "findings.md": findings_page()}


def main() -> int:
    """Write the pages into docs/, or into the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs")
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
