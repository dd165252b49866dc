"""A declaration: what data/<id>/publication.toml says.

The second part of an `Annotated` is the key's line in docs/publication.md.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated, Literal
from urllib.parse import urldefrag

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.limits import Limits
from ogp_data.core.strict import STRICT
from ogp_data.core.unseen import Kind
from ogp_data.core.words import Saying, WordLists, Words


@dataclass(frozen=True, slots=True)
class FilesSpec:
    """Files of a source that has several."""

    __pydantic_config__ = STRICT
    path: Annotated[
        str,
        "Path from the publication's folder: a file; a folder, `source/fr/`, for all that is below it; or with"
        " wildcards, `source/fr/**/engagement-*.md`, where `**` stands for any number of folders.",
    ]
    language: Annotated[str, "Language of these files, as a two-letter code; absent: that of the publication."] = ""
    kind: Annotated[str, "Kind of these documents, the name of their reader; absent: what each one's content is."] = ""


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """The source document, byte for byte as received."""

    __pydantic_config__ = STRICT
    kind: Annotated[
        str,
        "Kind of document, the name of its reader: `converted-text` for text that a converter made of a laid-out one;"
        " others are in documents.md.",
    ]
    sha256: Annotated[
        str,
        "SHA-256 of the file, in hexadecimal; with `files`, that of the sorted lines that `sha256sum` writes of them:"
        " the hash of each, two spaces, and its path.",
    ]
    title: Annotated[Words, "Title of the document."]
    description: Annotated[Words, "Description of the document."]
    file: Annotated[str, "Path of the document, from the publication's folder."] = ""
    files: Annotated[
        list[FilesSpec],
        "Instead of `file`: the files of a source that has several, sorted by path; places count them in that order,"
        " so that `2:L98` is line 98 of the second.",
    ] = field(default_factory=list)
    url: Annotated[str, "Web address at which it was published; absent when unknown, with a warning."] = ""
    retrieved: Annotated[
        datetime.date | None, "The day on which it was taken from there; absent when unknown, with a warning."
    ] = None
    publish: Annotated[
        bool | None,
        "Whether the document itself is published beside the data, byte for byte, with all that it carries unseen."
        " `false`: places lead to `url`, or are text where there is none. Absent: it is not published, with a warning.",
    ] = None
    carries: Annotated[
        list[Kind],
        "What the document carries unseen, or tells of persons, and all may have: no warning is given of it until it is"
        " no longer there. documents.md has the names.",
    ] = field(default_factory=list)
    encoding: Annotated[
        Literal["utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15"],
        "How the bytes of the document are read as text; they are published as they are.",
    ] = "utf-8"
    limits: Annotated[Limits, "The most that is read of it; what is larger is refused."] = field(default_factory=Limits)

    @property
    def elsewhere(self) -> str | None:
        """Return where the places of a document that is not published are found; "" for nowhere, None when it is."""
        if self.publish:
            return None
        # What a converter made of a document has lines that the document itself, which is at the address, has not.
        return "" if self.files or self.kind == "converted-text" else urldefrag(self.url).url

    @property
    def codec(self) -> str:
        """Return the name by which Python knows the encoding; a byte order mark of UTF-8 is no text."""
        return "utf-8-sig" if self.encoding == "utf-8" else self.encoding


@dataclass(frozen=True, slots=True)
class ReferenceSpec:
    """A table from elsewhere, kept beside the declaration, whose columns are joined by key."""

    __pydantic_config__ = STRICT
    file: Annotated[str, "Path of the table (CSV in UTF-8), from the publication's folder."]
    key: Annotated[str, "The column of the table whose values are the numbers of the rows."]
    origin: Annotated[str, "Where its facts come from."]


@dataclass(frozen=True, slots=True)
class Section:
    """A place where the document's headings mislead, and the section that is meant."""

    __pydantic_config__ = STRICT
    begins: Annotated[str, "The words with which the heading or paragraph begins."]
    path: Annotated[list[str], "The headings of the section that it belongs to, from the outermost."]
    reason: Annotated[
        Saying,
        "Why; published as the statement of a finding on the document. A table of languages where readers of each page"
        " language are to read it in their own.",
    ]


@dataclass(frozen=True, slots=True)
class Period:
    """A period between two dates, years or months, of which one may be open."""

    __pydantic_config__ = STRICT
    start: Annotated[str, "Start: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as text; absent: the beginning is open."] = ""
    end: Annotated[str, "End, in the same form; absent: it has not ended."] = ""

    @property
    def edtf(self) -> str:
        """Return the period as an interval of EDTF, which is one of ISO 8601 as well; `..` is an open end."""
        return f"{self.start or '..'}/{self.end or '..'}"


@dataclass(frozen=True, slots=True)
class Series:
    """The series that the publication's datasets belong to."""

    __pydantic_config__ = STRICT
    title: Annotated[Words, "Title of the series."]
    description: Annotated[Words, "Description of the series."]
    iri: Annotated[str, "IRI of the series, the same in every edition; absent: one below `base_iri`."] = ""


@dataclass(frozen=True, slots=True)
class Previous:
    """What was published before this and is compared with it; `ogp-data keep` keeps it and prints this table."""

    __pydantic_config__ = STRICT
    manifest: Annotated[str, "Path of its `manifest.json`, from the publication's folder."]
    sha256: Annotated[str, "SHA-256 of that file, in hexadecimal."]
    publication: Annotated[
        str, "The earlier edition: another publication, of which this is the next. Absent: a version of this one."
    ] = ""


@dataclass(frozen=True, slots=True)
class Continues:
    """An earlier edition, and which commitments here continue its own; `ogp-data keep --for` prints this table."""

    __pydantic_config__ = STRICT
    publication: Annotated[str, "The earlier edition: `id` of the publication."]
    commitments: Annotated[
        dict[str, list[str]],
        "For each commitment of the earlier edition, by the key under which it was published, the keys of the"
        " commitments here that continue it: `[]` when none does. One that is not named is published as not known.",
    ] = field(default_factory=dict)
    same_numbers: Annotated[
        bool,
        "Whether commitments with the same number are the same, as in two assessments of one plan; what `commitments`"
        " says goes before.",
    ] = False
    manifest: Annotated[
        str,
        "Path of the edition's kept `manifest.json`, from the publication's folder; absent: that of [previous], which"
        " names the same publication.",
    ] = ""
    sha256: Annotated[str, "SHA-256 of that file, in hexadecimal; goes with `manifest`."] = ""


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """The service over what is published, `ogp-data serve`, as it is reached from outside."""

    __pydantic_config__ = STRICT
    url: Annotated[str, "Address below which it answers, such as `https://data.example.nl/`."]


@dataclass(frozen=True, slots=True)
class Report:
    """Where readers report an error in a cell; the pages begin the report for them."""

    __pydantic_config__ = STRICT
    url: Annotated[str, "Web address of a form, with `{title}` and `{body}` where the prefilled report goes."] = ""
    email: Annotated[str, "E-mail address for reports, without mailto:; absent: that of the contact."] = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A known use of the data, shown on the pages and published in the Dataset Usage Vocabulary."""

    __pydantic_config__ = STRICT
    title: Annotated[Words, "What it is called."]
    description: Annotated[Words, "What it does with the data."]
    url: Annotated[str, "Web address where it can be seen."]
    date: Annotated[datetime.date | None, "The day on which it appeared, if known."] = None
    datasets: Annotated[list[str], "The datasets that it uses; absent: all of them."] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody outside reported, and what was changed because of it."""

    __pydantic_config__ = STRICT
    date: Annotated[datetime.date, "The day of the report."]
    text: Annotated[Words, "What was reported; without names of persons."]
    change: Annotated[Words, "What was changed because of it."]
    version: Annotated[str, "The version in which it was changed."] = ""
    dataset: Annotated[str, "The dataset that it is about; absent: all of them."] = ""
    row: Annotated[str, "The key of the row that it is about."] = ""
    column: Annotated[str, "The column that it is about."] = ""
    url: Annotated[str, "Web address of the report, if it is public."] = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """publication.toml: everything true of this publication and of no other."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Name of the publication, the same as its folder's."]
    base_iri: Annotated[str, "Address below which everything is named: lasting, the publisher's own, ending in `/`."]
    version: Annotated[str, "Version of the data, such as `1.0.0`; it is part of addresses."]
    version_notes: Annotated[Words, "What is new in this version."]
    issued: Annotated[datetime.date, "The day on which the data was first published."]
    modified: Annotated[datetime.date, "The day on which the data was last changed."]
    language: Annotated[str, "Language of the document, as a two-letter code such as `en`."]
    languages: Annotated[list[str], "Languages of the data, as codes of the EU language table such as `ENG`."]
    title: Annotated[Words, "Title of the catalogue."]
    description: Annotated[Words, "Description of the catalogue."]
    keywords: Annotated[WordLists, "Keywords of every dataset; at least one."]
    publisher: Annotated[str, "Publisher: `id` of an agent."]
    creator: Annotated[str, "Creator: `id` of an agent."]
    contact: Annotated[str, "Contact point: `id` of a contact."]
    licence: Annotated[str, "IRI of the licence, from a list that the profile allows."]
    themes: Annotated[list[str], "Codes of the EU data-theme table, such as `GOVE`."]
    spatial: Annotated[
        list[str],
        "Codes of the EU country table, such as `NLD`; other places by their IRI in the EU's tables or GeoNames, or in"
        " the areas of CBS where the profile is `dcat-ap-nl`.",
    ]
    temporal: Annotated[Period, "The period that the data is about."]
    frequency: Annotated[str, "Code of the EU frequency table, such as `NEVER`."]
    access_rights: Annotated[str, "Code of the EU access-right table, such as `PUBLIC`."]
    status: Annotated[str, "Code of the EU dataset-status table, such as `COMPLETED`."]
    availability: Annotated[str, "Code of the EU planned-availability table, such as `STABLE`."]
    series: Annotated[Series, "The series that the datasets belong to."]
    source: Annotated[SourceSpec, "The document that is published."]
    dataset: Annotated[list[DatasetSpec], "The datasets."]
    reference: Annotated[
        list[ReferenceSpec], "Tables from elsewhere whose columns are joined to a dataset by number."
    ] = field(default_factory=list)
    section: Annotated[list[Section], "Places where the headings of the document are misleading."] = field(
        default_factory=list
    )
    page_languages: Annotated[
        list[str],
        "Languages of the pages and of all titles and descriptions, as two-letter codes; pages in the first stand at"
        ' the root, those in another below its code. Absent: `["nl", "en"]`.',
    ] = field(default_factory=lambda: ["nl", "en"])
    country: Annotated[
        Words | None,
        "Code of the EU country table, such as `NLD`, which is then the default of `spatial`; or the country's name in"
        " each page language. The texts of the model say it.",
    ] = None
    plan: Annotated[
        str,
        "Years of the action plan, such as `2020-2022`; texts of the model say them. They are the default of"
        " `temporal`.",
    ] = ""
    base_url: Annotated[
        str, "Address at which the folder `dist/<id>/` is downloaded; absent: the same as `base_iri`."
    ] = ""
    vocabulary: Annotated[
        str,
        "Address that `ogp:` stands for, with a slash at its end; absent: that of all publications,"
        " `https://w3id.org/ogp-data/`.",
    ] = ""
    profile: Annotated[
        str,
        "Application profile that the catalogue keeps to, in all its versions: `dcat-ap-nl`, or `dcat-ap` outside the"
        " Netherlands.",
    ] = "dcat-ap-nl"
    theme: Annotated[
        str,
        "Look of the pages: a theme of the program, `neutral`, `green` or `contrast`, or the path of a CSS file in"
        " `data/` that gives values to the tokens of the NL Design System; absent: `neutral`.",
    ] = ""
    unofficial: Annotated[
        bool, "Whether somebody else than the government publishes its document; the pages, catalogue and files say so."
    ] = False
    confirmed: Annotated[
        bool,
        "Whether a person has compared the rows with the document. `ogp-data new` writes `false` in one that it made"
        " alone, and then the pages, catalogue and files say so.",
    ] = True
    form: Annotated[
        str,
        "The known form that the document follows, such as `ogp-self-assessment`: where it has its datasets need not be"
        " said; see docs/forms.md.",
    ] = ""
    cell_limit: Annotated[int, "How many bytes a cell may hold at most."] = 1_000_000
    previous: Annotated[
        Previous | None,
        "What was published before and is compared with this: the version before, whose files stay published below"
        " `v/`, or an earlier edition. Absent: this is the first.",
    ] = None
    continues: Annotated[
        list[Continues], "The editions before this one, and which commitments here continue those of each."
    ] = field(default_factory=list)
    service: Annotated[
        ServiceSpec | None,
        "The service for queries and rows, described in the catalogue; absent: the catalogue has none.",
    ] = None
    report: Annotated[Report | None, "Where errors are reported; absent: by e-mail to the contact, if it has that."] = (
        None
    )
    use: Annotated[list[Use], "Known uses of the data."] = field(default_factory=list)
    feedback: Annotated[list[Feedback], "What was changed because of feedback."] = field(default_factory=list)

    @property
    def source_languages(self) -> list[str]:
        """Return the languages of the files of the source: that of the publication first, then as they are declared."""
        said = [one.language or self.language for one in self.source.files] or [self.language]
        return sorted(dict.fromkeys(said), key=lambda language: language != self.language)

    @property
    def plain_language(self) -> str:
        """Return the language of what says a thing just once, to readers anywhere: English if it has that."""
        return "en" if "en" in self.page_languages else self.page_languages[0]
