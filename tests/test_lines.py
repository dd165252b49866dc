"""Where in a file a thing is described, in each syntax, for reports that stand beside the text."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from ogp_data.checks.incoming.lines import Lines
from ogp_data.checks.incoming.material import obtained
from ogp_data.core import web


def lines(path: Path, base: str = "") -> Lines:
    return Lines(obtained(str(path), web.Bounds(), base))


TURTLE = """# a comment with <https://a.test.nl/d1> in it
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix : <https://a.test.nl/> .
@prefix odd: <https://a.test.nl/odd/> .

:c a dcat:Catalog ; dcat:dataset :d1 ,
    <https://a.test.nl/d2> .
:d1 a dcat:Dataset ; dcat:keyword "<https://a.test.nl/d3> .
" , '''
:d3 a dcat:Dataset .
''' .
<https://a.test.nl/d2>
    a dcat:Dataset .
odd:a\\,b a dcat:Dataset . :d3 a dcat:Dataset .
:d1 dcat:version "again" .
<https://a.test.nl/caf\\u00e9> a dcat:Dataset .
[] a dcat:Dataset .
@base <https://a.test.nl/base/> .
<d5> a dcat:Dataset .
"""
IN_TURTLE = {"c": 6, "d1": 8, "d2": 12, "odd/a,b": 14, "d3": 14, "café": 16, "base/d5": 19}

JSON = """{
  "@context": {"dcat": "http://www.w3.org/ns/dcat#", "ex": "https://a.test.nl/", "dataset": "dcat:dataset"},
  "@id": "https://a.test.nl/c",
  "@type": "dcat:Catalog",
  "dataset": [
    {"@id": "ex:d2"},
    { "@id" : "ex:d1" },
    {"@id": "https://a.test.nl/d1", "@type": "dcat:Dataset"},
    {"@type": "dcat:Dataset",
     "@id": "ex:d\\u00e9"}
  ]
}
"""
IN_JSON = {"c": 3, "d1": 8, "dé": 10, "d2": None}

XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
         xml:base="https://a.test.nl/c">
  <dcat:Catalog rdf:about="https://a.test.nl/c">
    <dcat:dataset rdf:resource="https://a.test.nl/d1"/>
  </dcat:Catalog>
  <dcat:Dataset
      rdf:about='https://a.test.nl/d1?a=1&amp;b=2'/>
  <dcat:Dataset rdf:ID="d2"/>
</rdf:RDF>
"""
IN_XML = {"c": 4, "d1": None, "d1?a=1&b=2": 8, "c#d2": 9}

NT = """# first
<https://a.test.nl/c> <http://p.test.nl/> <https://a.test.nl/d1> .
<https://a.test.nl/c> <http://p.test.nl/> "<https://a.test.nl/d2>" .
  <https://a.test.nl/d1> <http://p.test.nl/> "x" .
<https://a.test.nl/c> <http://p.test.nl/> "y" .
"""
IN_NT = {"c": 2, "d1": 4, "d2": None}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("c.ttl", TURTLE, IN_TURTLE), ("c.jsonld", JSON, IN_JSON), ("c.rdf", XML, IN_XML), ("c.nt", NT, IN_NT)],
)
def test_a_thing_is_found_at_the_line_where_it_is_first_described(
    name: str, text: str, expected: dict[str, int | None], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = lines(tmp_path / name)
    assert {local: found(f"https://a.test.nl/{local}") for local in expected} == expected
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    packed = lines(tmp_path / f"{name}.gz")
    assert {local: packed(f"https://a.test.nl/{local}") for local in expected} == expected


def test_relative_names_begin_from_the_base_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "c.ttl").write_text("<d1> <http://p.test.nl/> 1 .\n\n<d2> <http://p.test.nl/> 1 .\n")
    assert lines(tmp_path / "c.ttl", "https://a.test.nl/x")("https://a.test.nl/d2") == 3
    assert lines(tmp_path / "c.ttl")((tmp_path / "d1").as_uri()) == 1


def test_a_file_that_is_not_well_formed_has_the_lines_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "c.ttl").write_text('<https://a.test.nl/a> <p:p> "x" .\n<https://a.test.nl/b> <p:p> "open .\n')
    assert lines(tmp_path / "c.ttl")("https://a.test.nl/a") == 1


# Documents that chance makes: what each line describes is known because it was written so -------------------


def in_turtle(names: list[str], chance: random.Random) -> str:
    forms = ("<https://a.test.nl/{0}>", "a:{0}")
    said = (
        '"x"',
        '"""a:n1 a a:D .\n<https://a.test.nl/n2> a a:D .\n"""',
        "[ a a:D ;\n a:p (1 2) ]",
        "a:n3 , 1.5",
        "'\\'. '",
    )
    head = "@prefix a: <https://a.test.nl/> .\n"
    return head + "".join(f"{chance.choice(forms).format(name)} a:p {chance.choice(said)} .\n" for name in names)


def in_json(names: list[str], chance: random.Random) -> str:
    nodes = [
        {"@id": f"https://a.test.nl/{n}", "p": {"@id": f"https://a.test.nl/{chance.choice(names)}"}} for n in names
    ]
    return json.dumps({"@context": {"p": "https://a.test.nl/p"}, "@graph": nodes}, indent=chance.choice((1, 2)))


def in_xml(names: list[str], chance: random.Random) -> str:
    nodes = (
        f"<a:D rdf:about={quoteattr(f'https://a.test.nl/{n}')}>{chance.choice(('', chr(10)))}"
        f"<a:p rdf:resource='https://a.test.nl/{chance.choice(names)}'/></a:D>\n"
        for n in names
    )
    space = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="https://a.test.nl/"'
    return f"<rdf:RDF {space}>\n{''.join(nodes)}</rdf:RDF>\n"


WRITERS: dict[str, Callable[[list[str], random.Random], str]] = {"ttl": in_turtle, "jsonld": in_json, "rdf": in_xml}


def holds(seed: int, folder: Path) -> None:
    chance = random.Random(seed)
    suffix = chance.choice([*WRITERS])
    names = [f"n{chance.randrange(20)}" for _ in range(chance.randrange(1, 30))]
    text = WRITERS[suffix](names, chance)
    path = folder / f"c.{suffix}"
    path.write_text(text, encoding="utf-8")
    found = lines(path)
    told = [found(f"https://a.test.nl/{name}") for name in dict.fromkeys(names)]
    assert told == sorted(map(int, filter(None, told))), "in the order in which they are written"
    for name, line in zip(dict.fromkeys(names), told, strict=True):
        assert line
        assert text.split("\n")[line - 1].partition(" a:p ")[0].rstrip(' ">,').endswith(name) or suffix == "rdf"
    assert found("https://a.test.nl/never") is None


def test_things_are_found_in_whatever_document(tmp_path: Path) -> None:
    for seed in range(150):
        holds(seed, tmp_path)
