"""What a file describes beside a catalogue, such as a vocabulary or a page, is not held to what a catalogue is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ogp_data.checks.foreign import validate
from ogp_data.core.namespaces import PREFIXES

CONFORMING = (Path(__file__).parent / "catalogues" / "conforming.ttl").read_text(encoding="utf-8")
CLASSES = (
    "<https://schema.org/Person>",
    "<https://schema.org/Dataset>",
    "<http://purl.org/linked-data/cube#DataSet>",
    "skos:ConceptScheme",
    "skos:Concept",
    "owl:Ontology",
    "foaf:Document",
    "prov:Activity",
    "<https://terms.example.nl/Thing>",
)
SAID = {
    "dct:title": ('"-"', '""', '"test"', '"<b>titel</b>"', '"Boomsoorten"@nl , "Boomsoorten"@nl'),
    "dct:description": ('"x"', '"TODO"', '"<script>a</script>"'),
    "dct:issued": ('"2030-13-45"', '"0001-01-01"^^xsd:date', '"9999-12-31"^^xsd:date', '"2024-01-02"^^xsd:date'),
    "dct:modified": ('"1970-01-01"^^xsd:date', '"2023-01-01"^^xsd:date'),
    "dct:publisher": ('[ foaf:name "een" , "twee" ]', "<https://terms.example.nl/nobody>"),
    "dct:creator": ('[ foaf:name "een" , "twee" ]',),
    "dct:spatial": ("[]", '[ dcat:bbox "POINT(400 400)"^^geo:wktLiteral ]', '"Ergens"'),
    "dct:temporal": ("[]", '[ dcat:startDate "2024-01-01"^^xsd:date ; dcat:endDate "2020-01-01"^^xsd:date ]'),
    "dcat:startDate": ('"2024-01-01"^^xsd:date',),
    "dcat:endDate": ('"2020-01-01"^^xsd:date',),
    "locn:geometry": ('"POINT(400 400)"^^geo:wktLiteral', '"{}"^^geo:geoJSONLiteral'),
    "geo:hasGeometry": ('[ geo:asWKT "POINT(400 400)"^^geo:wktLiteral ]',),
    "dct:language": ('"klingon"', "<https://terms.example.nl/taal>"),
    "dct:license": ('"vrij"', "<https://terms.example.nl/vrij>"),
    "dct:format": ('"csv"',),
    "dcat:keyword": ('"a,b,c"', '"x"'),
    "dcat:landingPage": ('"www.example.nl"', "<ftp://a.example.nl/>"),
    "foaf:homepage": ('"www.example.nl"',),
    "foaf:page": ("<https://bomen.example.nl/a b>".replace(" ", "%20"),),
    "foaf:name": ('"een" , "twee"',),
    "vcard:fn": ('"een" , "twee"',),
    "vcard:hasEmail": ('"info@example.nl"',),
    "dcat:theme": ("<https://terms.example.nl/thema>",),
    "dcat:themeTaxonomy": ("<https://terms.example.nl/themas>",),
    "spdx:checksumValue": ('"xyz"',),
    "dcat:byteSize": ('"-5"', '"0"'),
    "dcat:mediaType": ('"text"', "<https://www.iana.org/assignments/media-types/nothing/here>"),
    "dct:identifier": ('"1"',),
    "dct:accessRights": ('"open"',),
}
"""Property -> what would be at fault with it on a dataset, an agent or a place."""


def beside(chance: random.Random) -> str:
    """Return statements about things that no profile is about, in Turtle."""
    things = []
    for number in range(chance.randint(1, 4)):
        name = chance.choice((f"<https://terms.example.nl/{number}>", f"_:thing{number}"))
        said = (f"{p} {chance.choice(SAID[p])}" for p in chance.sample(list(SAID), chance.randint(1, 8)))
        things.append(f"{name} a {chance.choice(CLASSES)} ; {' ; '.join(said)} .\n")
    return "".join(things)


def told(folder: Path, more: str) -> set[str]:
    """Return what is found in the conforming catalogue with more in its file."""
    file = folder / "catalog.ttl"
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    file.write_text(f"{prefixes}{CONFORMING}\n{more}", encoding="utf-8")
    found = (one for one in validate(str(file)).findings if not one.rule.startswith("dcat-ap"))  # shapes say of what
    return {f"{one.rule} {one.message} {one.place}" for one in found}


def check(folder: Path, chance: random.Random) -> None:
    """Nothing is found beside the catalogue that is not found without it."""
    more = beside(chance)
    new = told(folder, more) - told(folder, "")
    assert not new, (more, new)


@pytest.mark.parametrize("seed", range(30))
def test_what_stands_beside_a_catalogue_is_not_judged(seed: int, tmp_path: Path) -> None:
    check(tmp_path, random.Random(seed))


def test_what_a_dataset_leads_to_is_judged_whatever_its_class(tmp_path: Path) -> None:
    geometry = '[ geo:asWKT "POINT(400 4)"^^geo:wktLiteral ]'
    thing = f"<https://terms.example.nl/plek> a <https://terms.example.nl/Thing> ; geo:hasGeometry {geometry} ."
    assert told(tmp_path, thing) == told(tmp_path, "")
    with_place = f"{thing} <https://terms.example.nl/d> a dcat:Dataset ; dct:spatial <https://terms.example.nl/plek> ."
    assert any(one.startswith("invalid-geometry") for one in told(tmp_path, with_place))
