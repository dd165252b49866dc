"""The tables of delivery fields work both ways: what is written is read back as the same value, row by row."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from ogp_data.core.vocab import AUTHORITY, IANA
from ogp_data.delivery.aanlever import tables as aanlever
from ogp_data.delivery.ckan import tables as ckan
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.mapping import (
    EMPTY,
    JSON,
    NUMBER,
    TEXT,
    Row,
    Subject,
    Table,
    closed,
    coded,
    each,
    one,
    part,
    record,
)
from ogp_data.delivery.package_reader import Agent, Contact, Dataset, File
from ogp_data.delivery.target import SecretSpec

TABLES: Mapping[str, Table] = {
    "ckan dcat": ckan.DCAT,
    "ckan dcat, files": ckan.DCAT_FILE,
    "ckan extras": ckan.EXTRAS,
    "ckan extras, files": ckan.EXTRAS_FILE,
    "ckan donl": ckan.DONL,
    "ckan donl, files": ckan.DONL_FILE,
    "aanlever": aanlever.DATASET,
    "aanlever, files": aanlever.FILE,
}
OWMS = "http://standaarden.overheid.nl/owms/terms/"
SIGNS = "abcXYZ 09-_.'/:#&\"\\éßΩ\u200b\U0001f600\n"


class Made:
    """Datasets made by chance; anything may be empty that a catalogue may leave out."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def text(self) -> str:
        return "".join(self.chance.choices(SIGNS, k=self.chance.randint(0, 12)))

    def texts(self) -> dict[str, str]:
        return {language: self.text() for language in self.chance.sample(["nl", "en", ""], self.chance.randint(0, 3))}

    def iri(self) -> str:
        return self.chance.choice(["", f"https://voorbeeld.nl/{self.chance.randint(0, 99)}", f"urn:x:{self.text()}"])

    def iris(self) -> tuple[str, ...]:
        return tuple(sorted({self.iri() for _ in range(self.chance.randint(0, 3))} - {""}))

    def date(self) -> str:
        year, month, day = (self.chance.randint(*most) for most in ((1, 9999), (1, 12), (1, 28)))
        whole = f"{year:04}-{month:02}-{day:02}"
        zone = self.chance.choice(["Z", "+02:00", ""])
        return self.chance.choice(["", whole[:4], whole[:7], whole, f"{whole}T23:30:00{zone}"])

    def of(self, table: str, *codes: str) -> str:
        return self.chance.choice(["", self.iri(), *(f"{AUTHORITY}{table}/{code}" for code in codes)])

    def agent(self) -> Agent:
        return Agent(self.chance.choice(["https://o.nl/1", "https://o.nl/2", self.iri()]), self.texts())

    def media(self) -> str:
        return self.chance.choice(
            ["", f"{IANA}text/csv", "http://www.iana.org/assignments/media-types/a/b", "a/b", self.iri()]
        )

    def file(self) -> File:
        size = self.chance.choice([None, 0, 1, 1000, 1001, 10**12])
        return File(
            self.iri(), self.text(), self.iri(), self.iri(), self.texts(), self.texts(),
            self.of("file-type", "CSV", "RDF_TURTLE"), self.media(), size, self.text(), self.iri(), self.iris(),
            self.of("distribution-status", "COMPLETED", "WITHDRAWN", "OTHER"), self.iri(), self.iri(), self.iris(),
            self.date(), self.date(),
        )  # fmt: skip

    def dataset(self) -> Dataset:
        words = {
            language: tuple(self.text() for _ in range(3)) for language in ("nl", "en") if self.chance.random() < 0.7
        }
        licences = ("http://creativecommons.org/publicdomain/zero/1.0/deed.nl", *self.iris())
        return Dataset(
            self.iri(), self.text(), self.texts(), self.texts(), words, self.agent(),
            tuple(self.agent() for _ in range(self.chance.randint(0, 3))),
            Contact(self.iri(), self.texts(), self.text(), self.iri()),
            tuple({self.of("data-theme", "GOVE", "ENVI") for _ in range(2)} - {""}), self.iri(),
            licences[self.chance.randint(0, 1) :], self.iris(), self.iris(), self.date(), self.date(), self.iri(),
            self.iris(), self.date(), self.date(), self.text(), self.texts(), self.of("dataset-status", "COMPLETED"),
            self.iris(), self.iris(), self.iris(), self.iris(), (self.file(),),
        )  # fmt: skip

    def json(self, depth: int = 3) -> Any:
        leaves = [
            None,
            True,
            0,
            -1,
            1.5,
            "",
            self.text(),
            "cc-zero",
            "2020-01-01T00:00:00",
            '["a", "b"]',
            "[1",
            "https://x.nl/",
        ]
        if depth and self.chance.random() < 0.5:
            several = [self.json(depth - 1) for _ in range(self.chance.randint(0, 3))]
            names = ["uri", "name", "foafName", "dctLocation", "vcardHasEmail", "start", "display_name"]
            return self.chance.choice(
                [several, dict(zip(self.chance.sample(names, len(several)), several, strict=True))]
            )
        return self.chance.choice(leaves)


TARGET = CkanTarget(
    "ckan", "https://ckan.nl", "p", SecretSpec(), themes={"GOVE": [f"{OWMS}b", f"{OWMS}a"]},
    organisations={"https://o.nl/1": f"{OWMS}O1"},
)  # fmt: skip


@cache
def dataset(seed: int) -> Dataset:
    return Made(seed).dataset()


def values(row: Row, seeds: range) -> Iterator[Any]:
    """Yield what a row carries of datasets made by chance."""
    for seed in seeds:
        made = dataset(seed)
        value = row.get(Subject(made, TARGET, "nl" if seed % 2 else "en", made.files[0]))
        if value not in EMPTY:
            yield tuple(value) if isinstance(value, list) else value


def there_and_back(seeds: range) -> int:
    """Return how many values were written and read; each came back as it was, through JSON too."""
    count = 0
    for name, table in TABLES.items():
        for row in table:
            for value in values(row, seeds):
                written = row.form.there(value)
                assert row.form.back(json.loads(json.dumps(written))) == value, (name, row.field)
                assert row.form.same(written) == written, (name, row.field)
                count += 1
    return count


def test_what_is_written_is_read_back_as_the_same_value() -> None:
    assert there_and_back(range(40)) > 3_000


def test_each_row_carries_something_of_datasets_made_by_chance() -> None:
    for table in TABLES.values():
        assert [row.field for row in table if not any(True for _ in values(row, range(60)))] == []


def test_no_field_stands_in_a_table_twice_and_each_says_what_it_carries() -> None:
    for table in TABLES.values():
        assert len({row.field for row in table}) == len(table)
        assert {row.field for row in table if not row.property} <= {
            "uri", "metadata_language", "dataset_status", "distribution_type",
        }  # fmt: skip


def whatever_stands_there(seeds: range) -> int:
    """Return how many values by chance were read: a form takes what it knows, and leaves all else as it is."""
    forms = {id(row.form): row.form for table in TABLES.values() for row in table}.values()
    for seed in seeds:
        value = Made(seed).json()
        for form in forms:
            read = form.same(value)
            assert form.same(read) == read
    return len(seeds) * len(forms)


def test_whatever_stands_in_a_catalogue_can_be_read() -> None:
    assert whatever_stands_there(range(300)) > 4_000


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        (TEXT, "a", "a"),
        (NUMBER, 7, 7),
        (one(TEXT), "a", ["a"]),
        (each(part("dctLocation", TEXT)), ("a", "b"), [{"dctLocation": "a"}, {"dctLocation": "b"}]),
        (record(name="", email="mailto:"), ("N", "a@b.nl"), {"name": "N", "email": "mailto:a@b.nl"}),
        (record(name="", email="mailto:"), ("N", ""), {"name": "N"}),
        (closed("T00:00:00"), "2020-01-31", "2020-01-31T00:00:00"),
        (coded({"nl": "NLD"}, "https://t/"), "nl", "https://t/NLD"),
        (ckan.MEDIA, f"{IANA}text/csv", "text/csv"),
        (ckan.MEDIA, "https://elders.nl/soort", "https://elders.nl/soort"),
        (JSON, ("a", "é"), '["a", "\\u00e9"]'),
        (ckan.TAGS, (("a",), ("b",)), [{"name": "a"}, {"name": "b"}]),
    ],
)
def test_each_form_is_written_as_the_catalogue_has_it(form: Any, value: Any, written: Any) -> None:
    assert form.there(value) == written
    assert form.back(written) == value


@pytest.mark.parametrize(
    ("form", "value"),
    [
        (TEXT, 7),
        (NUMBER, "7"),
        (NUMBER, True),
        (one(TEXT), ["a", "b"]),
        (one(TEXT), "a"),
        (ckan.AGENT, {"uri": "a", "phone": "b"}),
        (aanlever.CONTACT, {"vcardHasEmail": "a@b.nl"}),
        (closed("T00:00:00"), "2020-01-31T12:00:00"),
        (coded({"nl": "NLD"}), "FRA"),
        (JSON, "a, b"),
        (JSON, '{"a": 1}'),
    ],
)
def test_what_was_not_written_so_is_left_as_it_stands_there_and_therefore_differs(form: Any, value: Any) -> None:
    assert form.same(value) == value
    with pytest.raises((ValueError, TypeError, KeyError)):
        form.back(value)
