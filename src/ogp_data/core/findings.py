"""Every fault this program can tell: its rule, when it occurs, how to fix it.

`docs/findings.md` and `ogp-data explain RULE` are made from this list, so code, page and command agree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong: its name, severity, the engine that finds it, when it occurs and the fix."""

    name: str
    severity: Severity
    engine: str
    occurs: str
    fix: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is; prints as a person would say it. Lines and file rows count from 1.

    `name` says what a thing without an IRI is, `label` what its property is called in Dutch.
    """

    file: str = ""
    key: str = ""
    table: str = ""
    line: int | None = None
    row: str = ""
    column: str = ""
    iri: str = ""
    property: str = ""
    name: str = ""
    label: str = ""

    def __str__(self) -> str:
        """Return "document.txt, table 'assessments', line 102, column 'Evidence'"."""
        parts = [
            self.file,
            f"key {self.key}" if self.key else "",
            f"table '{self.table}'" if self.table else "",
            f"line {self.line}" if self.line else "",
            f"row {self.row}" if self.row else "",
            f"column '{self.column}'" if self.column else "",
            f"<{self.iri}>" if self.iri else self.name,
            f"{self.property} ({self.label})" if self.label else self.property,
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the data or its declaration: a value, collected and reported, never raised."""

    rule: str
    message: str
    place: Place = field(default_factory=Place)
    hint: str = ""
    severity: Severity = "error"
    message_nl: str = ""

    def lines(self) -> list[str]:
        """Return the fault in one sentence, its place and its fix, on lines that read aloud."""
        place = [f"    at: {self.place}"] if str(self.place) else []
        return [f"{self.severity} {self.rule}: {self.message}", *place, f"    fix: {self.hint}"]

    def __str__(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines())


def finding(rule: str, message: str, place: Place | None = None, hint: str = "", nl: str = "") -> Finding:
    """Return a finding of a known rule; the rule gives severity, and the fix where no hint is closer."""
    known = RULES[rule]
    return Finding(rule, message, place or Place(), hint or known.fix, known.severity, nl)


def errors(findings: list[Finding]) -> list[Finding]:
    """Return the findings that stop a publication."""
    return [found for found in findings if found.severity == "error"]


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.name: rule for rule in rules}


RULES: dict[str, Rule] = _rules(
    Rule(
        "internal-error",
        "error",
        "program",
        "The program did not expect its input and stopped where it should have told a fault. What was published before is untouched.",
        "Report it with your input and the file that the place names: it holds the version, the command and where the program stopped.",
    ),
    Rule(
        "extension-broken",
        "error",
        "program",
        "An installed package offers a type, a kind of dataset, a format or a kind of target by an entry point that cannot be loaded or leads to something else.",
        "Update the package that the place names, report the message to its makers, or uninstall it with pip.",
    ),
    Rule(
        "extension-taken",
        "error",
        "program",
        "An installed package offers something under a name that this program or another package already has.",
        "Uninstall one of the packages, or ask the makers of the package that the place names to choose another name.",
    ),
    # the declaration, the document, what is staged, the disk
    Rule(
        "unsafe-name",
        "error",
        "declaration",
        "A publication's or dataset's name is not made of small letters, digits and hyphens, is reserved, or is not its folder's name; a name or a code is one that a spreadsheet reads as a date, a number or a truth value; or the name of a file or version cannot be part of a web address.",
        "Use small letters, digits and hyphens, and let `id` be the name of the folder under data/.",
    ),
    Rule(
        "keyword-not-harvested",
        "warning",
        "declaration",
        "CKAN refuses a whole dataset for one keyword that has other characters than letters, digits, spaces, hyphens, underscores and full stops, or that is shorter than 2 or longer than 100 of them; of a comma it makes two keywords.",
        "Write the keyword in these characters, or have those who harvest set ckanext.dcat.clean_tags (docs/harvest.md).",
    ),
    Rule(
        "missing-derived-prefix",
        "error",
        "declaration",
        "The name of a column that phrases of the text give a value does not begin with derived_, so that a reader of the CSV could take it for the source's own.",
        "Let the name begin with derived_.",
    ),
    Rule(
        "duplicate-name",
        "error",
        "declaration",
        "Two datasets, columns of a dataset, agents, terms or codes of a list have the same name, or a column's name is not made of small letters, digits and underscores.",
        "Give each its own name.",
    ),
    Rule(
        "duplicate-property",
        "warning",
        "declaration",
        "Two columns of a dataset have the same RDF property, so that nobody can tell their values apart in the Turtle. Organisations and references to rows may be several of one property, and texts of two languages have their language.",
        "Give each column a property of its own; vocabulary.toml can have one for it.",
    ),
    Rule(
        "missing-declaration",
        "error",
        "declaration",
        "A file of the declaration is not there, or cannot be read: it is longer than 100 MB, or a folder or pipe.",
        "Put the file there: `ogp-data new ID --source FILE` begins a publication, and `ogp-data new` alone lays down what publications share. Move away what stands there and is no file.",
    ),
    Rule(
        "declaration-syntax",
        "error",
        "declaration",
        "A file of the declaration is not well-formed TOML in UTF-8.",
        "Fix the line that the message names; see https://toml.io.",
    ),
    Rule(
        "unknown-key",
        "error",
        "declaration",
        "A declaration has a key that does not exist; often it is misspelt.",
        "Take the key from docs/publication.md, or remove it.",
    ),
    Rule(
        "missing-key",
        "error",
        "declaration",
        "A declaration lacks a key that it must have, or leaves its text or list empty.",
        "Add the key; docs/publication.md says what it holds.",
    ),
    Rule(
        "key-column",
        "error",
        "declaration",
        "A dataset does not have exactly one key column, or its last column is not its source places.",
        "Mark one column with `key = true`, and let `source_places` be the last.",
    ),
    Rule(
        "value-type",
        "error",
        "declaration",
        "A value of a declaration is not of the kind that its key asks for.",
        "Write a value of the kind that the message names; docs/publication.md has all keys.",
    ),
    Rule(
        "dangling-reference",
        "error",
        "declaration",
        "A declaration refers to something that is not there: a dataset, code list, agent, heading or term.",
        "Correct the name, or declare what it names.",
    ),
    Rule(
        "missing-reference-table",
        "error",
        "declaration",
        "A reference table cannot be read (it is not there, longer than 100 MB, or a folder or pipe), or lacks its key column.",
        "Put the table where the declaration says, with its key column.",
    ),
    Rule(
        "placeholder-base-url",
        "warning",
        "declaration",
        "The address of the files is one that is reserved for examples, so the pages have no canonical links and Open Graph addresses, and there is no sitemap or feed.",
        "Give the address at which dist/<id>/ will be seen, as `base_url` in publication.toml or by --base-url of `ogp-data publish` (in a checkout: `make publish BASE_URL=...`).",
    ),
    Rule(
        "missing-site-assets",
        "warning",
        "pages",
        "The files with which a browser answers SPARQL are not installed, so the query page says so in the place of asking.",
        "In a checkout run `make site-assets`, which needs Node.js with npm; elsewhere install the npm package oxigraph into a folder and name that with --assets. Then publish again.",
    ),
    Rule(
        "invalid-address",
        "error",
        "declaration",
        "An address in the declaration is not a whole web address that begins with http or https, or names a host that cannot be or somebody's password.",
        "Write the whole address, such as https://data.example.nl/ogp/.",
    ),
    Rule(
        "unknown-code",
        "error",
        "declaration",
        "A code is not in the list it belongs to.",
        "Take a code of that list, or add it to the list in data/codelists.",
    ),
    Rule(
        "invalid-date",
        "error",
        "reading",
        "What must be a date is none: the words say no date, or the day does not exist.",
        "Correct the date in the declaration, or record the document's fault in corrections.toml.",
    ),
    Rule(
        "path-outside-folder",
        "error",
        "declaration",
        "A path of the declaration leads out of the publication's folder.",
        "Put the file in the publication's folder and write its path from there.",
    ),
    Rule(
        "placeholder-base-iri",
        "warning",
        "declaration",
        "The base IRI is a name reserved for examples, so nothing that it names can be found on the web.",
        "Set `base_iri` in publication.toml, or publish with --base-iri https://your.domain/ogp/{id}/ (and --base-url when files are downloaded elsewhere); in a checkout: make publish BASE_IRI=... BASE_URL=...",
    ),
    Rule(
        "unknown-source-origin",
        "warning",
        "declaration",
        "Where or when the source document was taken from the web is not declared.",
        "Add `url` and `retrieved` under [source] when they are known; do not guess them.",
    ),
    Rule(
        "missing-source",
        "error",
        "reading",
        "The source document cannot be read: it is not there, longer than 100 MB, or a folder or pipe.",
        "Put the document where `source.file` says.",
    ),
    Rule(
        "empty-source",
        "error",
        "reading",
        "The source document has no text.",
        "Put the document as it was received in its place.",
    ),
    Rule(
        "source-encoding",
        "error",
        "reading",
        "The source document is not text in the encoding that is declared, which is UTF-8 by default: it has a byte that does not belong there, or is another kind of file, such as a PDF or DOCX.",
        'Say under `source` in publication.toml how its bytes are to be read, for many documents `encoding = "windows-1252"`.',
    ),
    Rule(
        "source-changed",
        "error",
        "reading",
        "The source document is not the one that was declared: its SHA-256 differs.",
        "Put the declared document back; if another one is meant, write its SHA-256 in `source.sha256`.",
    ),
    Rule(
        "undeclared-previous-version",
        "warning",
        "declaration",
        "An earlier version is kept beside the declaration, which does not declare it: its address v/<version>/ goes away.",
        "Declare it with the [previous] lines that `ogp-data keep` prints, or remove the folder previous/.",
    ),
    Rule(
        "missing-previous-version",
        "error",
        "declaration",
        "The manifest of the earlier version, or a file that it lists, is not there or cannot be read.",
        "Put the whole folder back as `ogp-data keep` made it; without [previous] this is the first version.",
    ),
    Rule(
        "previous-version-changed",
        "error",
        "declaration",
        "The manifest of the earlier version, or a file that it lists, is not the one that was published: its size or SHA-256 differs.",
        "Put the file back byte for byte; a program that changes line ends must leave this folder alone.",
    ),
    Rule(
        "invalid-previous-version",
        "error",
        "declaration",
        "The manifest of the earlier version is none that this program wrote for this publication, lists a path that leads elsewhere, or its tables cannot be read.",
        "Name the manifest that `ogp-data keep` printed.",
    ),
    Rule(
        "previous-version-number",
        "error",
        "declaration",
        "The earlier version is not lower than this one, or cannot be part of an address.",
        "Raise `version` in publication.toml; use letters, digits, full stops, hyphens and underscores.",
    ),
    Rule(
        "version-already-kept",
        "error",
        "package",
        "`ogp-data keep` is to keep a version that was kept before, with other files.",
        "Raise `version` and publish before you keep; a version that is out is not changed.",
    ),
    Rule(
        "unexpected-file-kind",
        "warning",
        "reading",
        "The document looks like another kind of file than the declared one, such as YAML, JSON, HTML or CSV. It is read as declared.",
        "See whether the right file stands under `source` in publication.toml, and whether `kind` says what it is.",
    ),
    Rule(
        "control-character",
        "error",
        "reading",
        "A line of the document holds a character that XML or HTML forbids, such as U+0007.",
        'Record it in corrections.toml with `line`, the character in `expect` (such as "\\u0007") and an empty `value`.',
    ),
    Rule(
        "suspicious-character",
        "warning",
        "reading",
        "A line of the document holds characters that set the direction of the text, have no common meaning or stand for a lost one, or that UTF-8 becomes when it is read as another encoding. They are published as they are.",
        "See how the line is published; when it is wrong, record it in corrections.toml with the right text as `value`.",
    ),
    Rule(
        "unclosed-anchor",
        "error",
        "reading",
        "A link or tag of the document is opened and not closed, or closed and not opened.",
        "Record the line in corrections.toml: what stands there as `expect`, and the whole tag, or nothing, as `value`.",
    ),
    Rule(
        "unpaired-tag",
        "warning",
        "reading",
        "A tag that needs a partner, such as <b>, has none in its line or paragraph. It is set aside as markup.",
        "When it is no tag but text, record the line in corrections.toml with &lt; in the place of < in `value`.",
    ),
    Rule(
        "unsupported-structure",
        "warning",
        "reading",
        "The document has a structure that the reader of its kind does not read: a list with other marks than 1. 2. 3., a table drawn with | or with tags, a footnote, a picture. The message says what becomes of it; its words are published as text.",
        "See how its lines are published; where that will not do, record them in corrections.toml in a form that is read.",
    ),
    Rule(
        "empty-heading",
        "warning",
        "reading",
        "A heading has no text. It is set aside, and what follows belongs to the heading before it.",
        "See whether the conversion lost a title; where the sections are others, say so under `section` in publication.toml.",
    ),
    Rule(
        "markup-only",
        "warning",
        "reading",
        "A line holds markup and no text, such as <br> or a link without a label. It is set aside.",
        "See whether the conversion lost a text there.",
    ),
    Rule(
        "link-without-label",
        "warning",
        "reading",
        "A link has an address and no text to show for it.",
        "See whether the conversion lost the text of the link.",
    ),
    Rule(
        "item-as-text",
        "warning",
        "reading",
        "A line amid a paragraph begins with a number and a full stop, such as a year, or has no space behind them. It is read as text.",
        "When it is a list item, record the line in corrections.toml as the message says; U+2029 before a number ends the paragraph above.",
    ),
    Rule(
        "hyphen-at-line-end",
        "warning",
        "reading",
        "A line ends in a hyphen that may belong to the word or may only break it. The word is published with the hyphen.",
        "Record the word of the cell in corrections.toml: with the word without the hyphen as `value`, or as acknowledged when the hyphen is the word's own.",
    ),
    Rule(
        "empty-dataset",
        "error",
        "reading",
        "A declared dataset found no rows in the document. Only datasets of links, of findings and of the rows of such a dataset may be without.",
        "Correct `find` of the dataset as the message says; where the document rightly has none, declare `rows = 0`.",
    ),
    Rule(
        "link-dropped",
        "warning",
        "reading",
        "The address of a link reaches no table: no dataset of links is declared, or no column holds the text in which the link stands.",
        'Declare a dataset with find = { kind = "links" } and a column with take = "url"; let a column take the text of the link.',
    ),
    Rule(
        "table-not-found",
        "error",
        "reading",
        "No table of the document has the declared column headings.",
        "Write the headings in the declaration as the document has them, in `headings` and in each column's `heading`.",
    ),
    Rule(
        "table-continues",
        "warning",
        "reading",
        "The rows of a table go on where another may begin: behind a blank line or a line of dashes, without headings of their own; or below another heading of the document, where its headings stand again and no column says below which heading a row stands.",
        'Add a column with take = "section"; or name the heading that is meant as `under` in `find`, and declare a dataset for each.',
    ),
    Rule(
        "heading-as-row",
        "warning",
        "reading",
        "A row of a table says what its headings say, in other capitals or punctuation, or with a word such as (continued). It is published as a row.",
        "When it is the headings again, record its line in corrections.toml: what differs as `expect`, and what the headings have there as `value`. It is then set aside as they are.",
    ),
    Rule(
        "row-width",
        "error",
        "reading",
        "A row of a table has more or fewer cells than the table has columns, or continues nothing.",
        "Record the line in corrections.toml: what stands there as `expect`, and as `value` the same with one tab between cells; where rows go on in the next, say so with `continues`.",
    ),
    Rule(
        "unclaimed-row",
        "error",
        "reading",
        "A line of cells belongs to no declared table.",
        "Declare the table; name the heading above labels with their values in `front_matter_under`; or record the line in corrections.toml: what stands there as `expect`, and as `value` what is to be read.",
    ),
    Rule(
        "duplicate-number",
        "error",
        "reading",
        "A number stands twice in a list or table.",
        "Record the line in corrections.toml: the number that stands there as `expect`, and the right one as `value`; or let the key be `sequence` where the numbers name nothing.",
    ),
    Rule(
        "missing-number",
        "error",
        "reading",
        "A number of a list or table is missing.",
        "See whether the conversion lost a row or glued it to another: record its line in corrections.toml as it is to be read. Where the document leaves numbers out, let the key be `sequence`.",
    ),
    Rule(
        "number-out-of-order",
        "error",
        "reading",
        "The numbers of a list or table are not in order.",
        "Record the line in corrections.toml where a number is wrong; where the order is meant, let the key be `sequence`.",
    ),
    Rule(
        "unknown-number",
        "error",
        "reading",
        "A table has a number that the list it refers to does not have.",
        "Record the line in corrections.toml with the number that is to be read; or leave `references` out where the table has rows of its own.",
    ),
    Rule(
        "heading-without-items",
        "error",
        "reading",
        "A heading has none of the list items that each heading must have.",
        "See whether the conversion glued the items to another line: record that line in corrections.toml as it is to be read; or correct the pattern of the headings.",
    ),
    Rule(
        "invalid-url",
        "error",
        "reading",
        "The address of a link is damaged or a script, or what must be a web address is none (RFC 3986; http, https or mailto), and no record acknowledges it.",
        "Record it in corrections.toml, with the right address as `value` when it is known.",
    ),
    Rule(
        "unpublished-url",
        "warning",
        "reading",
        "The address of a link is sound, and none of the public web: it is relative to the document, has another scheme or a host of an organisation's own network, or letters that a web address holds encoded. The column of addresses stays empty and the status says why; the dataset of findings has the address as it is written.",
        "Nothing needs fixing when that is right. Record it in corrections.toml, with the whole web address as `value` when it is known.",
    ),
    Rule(
        "quote-not-found",
        "error",
        "reading",
        "A declared quotation does not stand in the text, or only amid a word or a number, as 2 May does in 12 May.",
        "Copy the words from the document exactly, from the first letter or digit of a word to the last of one.",
    ),
    Rule(
        "conflicting-phrases",
        "error",
        "reading",
        "The text of one row has two declared phrases that give a column different values.",
        "Declare longer phrases, or only the one that says it, under `phrase` in publication.toml.",
    ),
    Rule(
        "correction-mismatch",
        "error",
        "reading",
        "A record of corrections.toml does not hold: its place does not exist, or its expected text does not stand there.",
        "Correct the place or `expect`, or remove the record when it is about another document.",
    ),
    Rule(
        "cell-too-long",
        "error",
        "reading",
        "A cell is longer than the declared limit.",
        "See whether rows ran together in the conversion; raise `cell_limit` when the text is right.",
    ),
    Rule(
        "formula-like",
        "warning",
        "reading",
        "A cell begins with =, +, - or @, which a spreadsheet may take for a formula. It is published as it is.",
        "Nothing needs fixing when the text is right. Whoever opens the CSV in a spreadsheet should import the column as text.",
    ),
    Rule(
        "altered-by-spreadsheet",
        "warning",
        "reading",
        "A column has texts that a spreadsheet reads as a number, a date, a time or a truth value when it opens the CSV: 01 becomes 1, and 3-4 a day in April. They are published as they are.",
        "Nothing needs fixing when the text is right; the .xlsx and the .ods hold it as text. Whoever opens the CSV in a spreadsheet should import the column as text.",
    ),
    Rule(
        "markup-as-text",
        "warning",
        "reading",
        "A text holds marks such as ** or ]( that may be markup which the reader does not know. They are published as text.",
        "Look at the text; when the marks are none of its words, record the line in corrections.toml without them in `value`.",
    ),
    Rule(
        "words-lost",
        "error",
        "reconciliation",
        "A word of the document is in no published cell and not set aside with a reason.",
        "Declare a dataset or column that takes it.",
    ),
    Rule(
        "words-set-aside",
        "warning",
        "reconciliation",
        "What was set aside as markup holds words: a comment, the title of a link, the description of a picture.",
        "When they belong to the text, record the line in corrections.toml with them outside the markup as `value`.",
    ),
    Rule(
        "words-duplicated",
        "error",
        "reconciliation",
        "A word of the document is the text of two published cells.",
        "Let one of the columns be derived from the other.",
    ),
    Rule(
        "words-changed",
        "error",
        "reconciliation",
        "A published cell does not say what the document says at its place.",
        "This is a fault of the program or of the disk: build again, and report it when it stays.",
    ),
    Rule(
        "formats-differ",
        "error",
        "formats",
        "Two files that must say the same do not: a dataset's CSV, JSON-LD, Turtle and provenance, or the catalogue's four files.",
        "This is a fault of the program or of the disk: build again, and report it when it stays.",
    ),
    Rule(
        "cell-type",
        "error",
        "frictionless",
        "A cell of a CSV is not of its column's type.",
        "Correct the type of the column, or record the document's fault in corrections.toml.",
    ),
    Rule(
        "cell-required",
        "error",
        "reading",
        "A cell is empty, and its column is the key or is declared as `required`.",
        "Where the conversion lost the value, record the line in corrections.toml as it is to be read; where the document says nothing, declare the column without `required`, and let the key be `sequence`.",
    ),
    Rule(
        "duplicate-row-key",
        "error",
        "reading",
        "A key stands twice in a dataset.",
        "Record the line in corrections.toml where a key is wrong; where what is written names no row, let the key be `sequence`.",
    ),
    Rule(
        "cell-foreign-key",
        "error",
        "reading",
        "A cell refers to a row of another dataset that is not there.",
        "Record the cell in corrections.toml with the key that is meant; or leave `references` out where no row is.",
    ),
    Rule(
        "cell-code",
        "error",
        "frictionless",
        "A cell's code is not in the code list of its column.",
        "Take a code of the list, or add it to the list in data/codelists.",
    ),
    Rule(
        "cell-constraint",
        "error",
        "frictionless",
        "A cell breaks another constraint of its column.",
        "Correct the value as the message says.",
    ),
    Rule(
        "row-count",
        "error",
        "frictionless",
        "A dataset has more or fewer rows than its declaration expects.",
        "See which rows the conversion lost or doubled, and record their lines in corrections.toml as they are to be read; or correct `rows`.",
    ),
    Rule(
        "table-structure",
        "error",
        "frictionless",
        "A CSV is not a sound table: a header, row width or encoding is wrong.",
        "This is a fault of the program or of the disk: build again, and report it when it stays.",
    ),
    Rule(
        "format-omitted",
        "warning",
        "formats",
        "A spreadsheet cannot hold a table: a cell is too long for it, or has a character that it does not allow. The table is published without that file.",
        "Nothing, when the text is right; the CSV, Parquet and SQLite hold it whole.",
    ),
    Rule(
        "unreadable-catalogue",
        "error",
        "rules",
        "A file or address to validate or score holds no RDF that can be read, or must not be asked.",
        "Give a file in Turtle, JSON-LD, RDF/XML or N-Triples, or an address that answers with one.",
    ),
    Rule(
        "unusable-shapes",
        "error",
        "shacl",
        "The folder given with --shapes is not there or is empty, has a file that holds no RDF, or no shape that says what it is about, or the shapes cannot be applied.",
        "Give a folder with SHACL shapes in Turtle (*.ttl), JSON-LD, RDF/XML or N-Triples.",
    ),
    Rule(
        "incomplete-shapes",
        "warning",
        "shacl",
        "A shape of the folder given with --shapes names a property shape that no file of the folder describes; nothing is checked by it.",
        "Add the file that describes it to the folder; nothing needs fixing when the shapes are published so.",
    ),
    Rule(
        "shapes-required",
        "error",
        "shacl",
        "The catalogue breaks a constraint of the shapes given with --shapes.",
        "Give the property the value that the message asks for.",
    ),
    Rule(
        "shapes-recommended",
        "warning",
        "shacl",
        "The catalogue lacks something that the shapes given with --shapes recommend.",
        "Add it when there is a true value for it; leave it out otherwise.",
    ),
    Rule(
        "ogp-required",
        "error",
        "shacl",
        "The linked data breaks a rule about commitments and assessments (shapes/ogp).",
        "Find in the document what the message names; complete the declaration.",
    ),
    Rule(
        "ogp-recommended",
        "warning",
        "shacl",
        "The linked data lacks something that readers of self-assessments expect (shapes/ogp).",
        "Nothing needs fixing when the document does not say it: it stays unknown.",
    ),
    Rule(
        "build-running",
        "error",
        "package",
        "Another build of the same publication is under way.",
        "Wait until it has ended, then build again.",
    ),
    Rule(
        "overlapping-folders",
        "error",
        "package",
        "The folder that a build empties holds what is published or declared, or lies in it.",
        "Name folders of which none lies in another, with --data, --build and --dist; nothing was touched.",
    ),
    Rule(
        "occupied-output",
        "error",
        "package",
        "Where a build or publication is to go stands something that this program did not make.",
        "Move it away, or name another folder with --dist or --build; nothing of it was touched.",
    ),
    Rule(
        "unwritable-output",
        "error",
        "package",
        "A file or folder cannot be written: the disk is full or read-only, or something stands in its place.",
        "Make room, give the right to write, or move away what stands there; what was published before is untouched.",
    ),
    # rules of describing a catalogue that no SHACL shape catches
    Rule(
        "language-tag",
        "error",
        "rules",
        "A title, description, keyword or version note has no language tag, or one that is not a"
        " two-letter code such as nl or en.",
        'Give every text a language tag: "..."@nl and "..."@en.',
    ),
    Rule(
        "duplicate-language",
        "error",
        "rules",
        "A title, description or version note stands twice in the same language.",
        "Keep one text for each language.",
    ),
    Rule(
        "temporal-value",
        "error",
        "rules",
        "A date is not an xsd:date, xsd:dateTime with a time zone, xsd:gYear or xsd:gYearMonth, or its"
        " text is no such date.",
        'Write the date as "2023-05-26"^^xsd:date, or give a date-time its zone.',
    ),
    Rule(
        "address-form",
        "error",
        "rules",
        "An address is not an absolute http(s) IRI, or an e-mail address is not a mailto: IRI.",
        "Write <https://...> for an address and <mailto:name@organisation> for e-mail.",
    ),
    Rule(
        "authority-scheme",
        "error",
        "rules",
        "An IRI of the EU authority tables begins with https; the tables name their concepts with http.",
        "Write http://publications.europa.eu/resource/authority/... exactly as the table does.",
    ),
    Rule(
        "value-list",
        "error",
        "rules",
        "A value is not in the list that DCAT-AP-NL prescribes for its property.",
        "Take the value from the list that the message names.",
    ),
    Rule(
        "contact-point",
        "error",
        "rules",
        "A dataset, catalogue or service does not have exactly one contact point, or its contact point has"
        " neither an e-mail address nor a web address.",
        "Give one vcard:Kind with vcard:hasEmail or vcard:hasURL.",
    ),
    Rule(
        "description-too-long",
        "error",
        "rules",
        "A description is longer than 2,000 characters; portals cut it off or refuse it.",
        "Shorten the description to at most 2,000 characters.",
    ),
    Rule(
        "missing-media-type",
        "error",
        "rules",
        "A distribution has a downloadURL but no mediaType.",
        "Add dcat:mediaType with the file's IANA media type IRI.",
    ),
    Rule(
        "missing-distribution",
        "error",
        "rules",
        "A dataset has no distribution, so there is nothing to download.",
        "Add at least one dcat:distribution.",
    ),
    Rule(
        "identifier-differs",
        "error",
        "rules",
        "A dataset's dct:identifier is not its own IRI.",
        "Let dct:identifier be the dataset's IRI as text; put other identifiers in adms:identifier.",
    ),
    Rule(
        "licences-differ",
        "error",
        "rules",
        "The distributions of one dataset have different licences.",
        "Give every distribution of a dataset the same licence.",
    ),
    Rule(
        "unresolved-file",
        "error",
        "rules",
        "An accessURL or downloadURL under the base URL leads to no file of the build.",
        "Publish the file, or correct the address.",
    ),
    Rule(
        "file-differs",
        "error",
        "rules",
        "A byteSize or checksum in the catalogue is not that of the file itself.",
        "Publish again; do not edit files after they were described.",
    ),
    # SHACL
    Rule(
        "dcat-ap-nl-required",
        "error",
        "shacl",
        "The catalogue breaks a mandatory constraint of DCAT-AP-NL 3.0 (shapes/dcat-ap-nl).",
        "Give the property the value that the message asks for.",
    ),
    Rule(
        "dcat-ap-nl-recommended",
        "warning",
        "shacl",
        "The catalogue lacks a property that DCAT-AP-NL 3.0 recommends (shapes/dcat-ap-nl).",
        "Add the property when there is a true value for it; leave it out otherwise.",
    ),
    # delivery
    Rule(
        "upload-omitted",
        "warning",
        "delivery",
        "A target in data/targets/ cannot be read, or its catalogue would not take the datasets as they are.",
        "Correct the target or the value; `ogp-data plan` with that target tells the same until it is fixed.",
    ),
    Rule(
        "invalid-target",
        "error",
        "delivery",
        "The file of a target says something that cannot be, or the catalogue's address leads to another.",
        "Correct the key; docs/publication.md explains each.",
    ),
    Rule(
        "target-secret",
        "error",
        "delivery",
        "The token or key of a target is not where the target says, or others can read its file.",
        "Put the token into the variable or file that `secret` names, and close the file with chmod 600.",
    ),
    Rule(
        "placeholder-address",
        "error",
        "delivery",
        "The package names things below an address that is reserved for examples or leads to this machine only.",
        "Publish with your own addresses, by --base-iri and --base-url of `ogp-data publish` (in a checkout: `make publish BASE_IRI=... BASE_URL=...`).",
    ),
    Rule(
        "invalid-package",
        "error",
        "delivery",
        "There is no package in dist/, or its files are not those of its manifest.",
        "Publish anew with `ogp-data publish`.",
    ),
    Rule(
        "unreachable-target",
        "error",
        "delivery",
        "The catalogue does not answer, asks to wait too long, or its certificate is not accepted.",
        "Look whether `url` is right and the catalogue is up, then run the same command again: what is done stays done.",
    ),
    Rule(
        "target-token-refused",
        "error",
        "delivery",
        "The catalogue does not accept the token, or the token has no right to do this in the organisation.",
        "Ask the catalogue's administrator for a token that may edit the datasets of the organisation.",
    ),
    Rule(
        "unexpected-target-answer",
        "error",
        "delivery",
        "The catalogue answers with what is no answer of its API, or with an error that this program does not know.",
        "Look whether `url` and `kind` of the target fit the catalogue; its own words are in the message.",
    ),
    Rule(
        "unknown-target-organisation",
        "error",
        "delivery",
        "The catalogue has no organisation of the declared name.",
        "Correct `organisation` in the target, or let the catalogue's administrator make it.",
    ),
    Rule(
        "target-name-taken",
        "error",
        "delivery",
        "A dataset of another owner or origin has the name that this dataset would get.",
        "Rename that dataset in the catalogue, or publish under another id.",
    ),
    Rule(
        "missing-target-plugin",
        "error",
        "delivery",
        "The catalogue does not have the fields of the declared flavour.",
        "Choose another `flavour` in the target, or let the catalogue's administrator install the schema.",
    ),
    Rule(
        "unknown-target-value",
        "error",
        "delivery",
        "A value is not in the list that the catalogue takes values from; sent, it would become something else there.",
        "Map the value in the target (`themes`, `organisations`), or change it in the publication.",
    ),
    Rule(
        "target-field-dropped",
        "error",
        "delivery",
        "The catalogue took a dataset and did not keep a field of it.",
        "Choose the `flavour` whose fields the catalogue has.",
    ),
    Rule(
        "target-file-refused",
        "error",
        "delivery",
        "The catalogue does not take a file, because it is too large or of a kind that it does not know.",
        'Link files instead of sending them, by files = "link" in the target.',
    ),
    Rule(
        "target-dataset-rejected",
        "error",
        "delivery",
        "The catalogue does not take the values of a dataset; its own words are in the message.",
        "Change the value in the publication, and publish again.",
    ),
    Rule(
        "target-changed",
        "error",
        "delivery",
        "The catalogue, or the package, changed between the plan and the write.",
        "Plan again, look at it, and apply that plan.",
    ),
    Rule(
        "incomplete-delivery",
        "error",
        "delivery",
        "After everything was sent, a new plan still finds something to do.",
        "Run `ogp-data plan` to see what; a field that comes back each time is not kept by this catalogue.",
    ),
)
