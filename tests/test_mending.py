"""What a finding of the shapes says is to be written in the place of a value."""

from __future__ import annotations

import pytest

from ogp_data.checks.shacl.datatypes import READERS, well_formed
from ogp_data.checks.shacl.mending import EXAMPLES
from test_severities import EU, FORMAT, LANGUAGE, MEDIA, OF_CSV, changed, found

IANA = "https://www.iana.org/assignments/media-types/"
SIZE = 'dcat:byteSize "2048"^^xsd:nonNegativeInteger ;'
LIKE = '"1024"^^xsd:nonNegativeInteger'
LONG = "https://data.example.nl/" + "a" * 80


def fixes(property_: str, *changes: tuple[str, str]) -> set[str]:
    """Return the fixes of the errors in a property."""
    told = (fault for fault in found(changed(*changes)) if fault.severity == "error")
    return {str(fault.hint) for fault in told if fault.place.property == property_}


@pytest.mark.parametrize(
    ("property_", "old", "new", "fix"),
    [
        ("dct:format", FORMAT, 'dct:format "CSV" ;', f"Write <{EU}file-type/CSV>."),
        ("dct:format", FORMAT, 'dct:format "json" ;', f"Write <{EU}file-type/JSON>."),
        ("dct:format", FORMAT, 'dct:format "text/csv" ;', f"Write <{EU}file-type/CSV>."),
        ("dcat:mediaType", MEDIA, 'dcat:mediaType "text/csv" ;', f"Write <{IANA}text/csv>."),
        ("dct:language", LANGUAGE, LANGUAGE.replace(f"<{EU}language/NLD>", '"nl"'), f"Write <{EU}language/NLD>."),
        (
            "dct:language",
            LANGUAGE,
            LANGUAGE.replace(f"<{EU}language/NLD>", f'"{EU}language/NLD"'),
            f"Write <{EU}language/NLD>.",
        ),
        ("dct:license", OF_CSV, f'dct:license "{LONG}" ;\n    dct:rights', f"Write <{LONG}>."),
        ("dct:format", FORMAT, 'dct:format "iets anders" ;', 'Give an IRI instead of the text "iets anders".'),
    ],
)
def test_a_text_that_stands_for_an_iri_is_to_be_written_as_that_iri(
    property_: str, old: str, new: str, fix: str
) -> None:
    assert fixes(property_, (old, new)) == {fix}


@pytest.mark.parametrize(
    "value", ['"-1"^^xsd:nonNegativeInteger', '"1.2 MB"', '"1 dag"^^xsd:duration', '"12.5"^^xsd:decimal']
)
def test_what_is_none_of_a_datatype_is_to_be_another_value_of_it(value: str) -> None:
    [fix] = fixes("dcat:byteSize", (SIZE, f"dcat:byteSize {value} ;"))
    assert fix == f"Write a value of that datatype, such as {LIKE}, instead of {value}."


def test_each_datatype_that_can_be_judged_has_an_example_that_is_one() -> None:
    assert set(EXAMPLES) == set(READERS)
    assert [name for name, text in EXAMPLES.items() if not well_formed(text, name)] == []


def test_a_text_of_another_datatype_is_to_be_written_as_the_one_that_is_asked() -> None:
    assert fixes("dcat:byteSize", (SIZE, 'dcat:byteSize "12" ;')) == {'Write "12" as that datatype.'}
