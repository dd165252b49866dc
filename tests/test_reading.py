"""What is out there is read: every syntax, as it is named or not, whole or broken, with each fault at its place."""

from __future__ import annotations

import gzip
import io
import random
import re
import sys
import zipfile
from pathlib import Path
from xml.parsers import expat

import pyoxigraph as ox
import pytest

from ogp_data.checks.incoming import Incoming, Reading, read
from ogp_data.core import bounds, web
from ogp_data.core.messages import Message
from ogp_data.core.terms import Literal

A, P = "https://a.example/1", "https://p.example/p"
TRIPLE = f'<{A}> <{P}> "é" .\n'
PREFIXED = f'@prefix p: <https://p.example/> .\n<{A}> p:p "é" .\n'
SAID = {(A, P, "é")}
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="https://p.example/">'
    '<rdf:Description rdf:about="https://a.example/1"><p:p>é</p:p></rdf:Description></rdf:RDF>'
)
JSON = f'{{"@id": "{A}", "{P}": "é"}}'
PAGE = f'<!doctype html><html><script type="application/ld+json">{JSON}</script></html>'


def zipped(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return held.getvalue()


def reading(tmp_path: Path, name: str, content: str | bytes, **wanted: object) -> Incoming:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(str(file), Reading(**wanted))  # type: ignore[arg-type]


def said(incoming: Incoming) -> set[tuple[str, str, str]]:
    return {(s.value, p.value, o.value) for s, p, o in incoming.graph.statements()}


def told(incoming: Incoming) -> list[tuple[str, int]]:
    """Return the rule of each finding, with the line that it is at."""
    return [(one.rule, getattr(one.place.at, "number", 0)) for one in incoming.findings]


# Each is read as what it is, whatever it is called.
SYNTAXES: dict[str, str | bytes] = {
    "c.ttl": PREFIXED,
    "c.nt": TRIPLE,
    "c.nq": f'<{A}> <{P}> "é" <https://g.example/> .\n',
    "c.trig": f'<https://g.example/> {{ <{A}> <{P}> "é" }}',
    "c.n3": PREFIXED,
    "c.rdf": XML,
    "c.xml": '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made -->\n' + XML,
    "c.owl": XML,
    "c.jsonld": JSON,
    "c.json": "\n [" + JSON + "]",
    "c.html": PAGE,
    "c.ttl.gz": gzip.compress(PREFIXED.encode()),
    "c.zip": zipped(**{"inner.ttl": PREFIXED}),
}


@pytest.mark.parametrize("name", SYNTAXES)
def test_each_syntax_is_read(name: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, name, SYNTAXES[name])
    assert (said(incoming), incoming.findings, incoming.notes) == (SAID, [], [])


@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize("called", ["c", "c.txt", "c.bin"])
def test_the_content_says_which_syntax_it_is_where_the_name_does_not(name: str, called: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, called, SYNTAXES[name])
    assert (said(incoming), incoming.findings, incoming.notes) == (SAID, [], [])


@pytest.mark.parametrize(
    ("called", "content", "really", "says"),
    [
        ("c.rdf", PREFIXED, "Turtle", "RDF/XML"),
        ("c.ttl", XML, "RDF/XML", "Turtle"),
        ("c.jsonld", PREFIXED, "Turtle", "JSON-LD"),
        ("c.ttl", JSON, "JSON-LD", "Turtle"),
        ("c.xml", JSON, "JSON-LD", "RDF/XML"),
        ("c.html", XML, "RDF/XML", "HTML"),
    ],
)
def test_a_name_that_is_wrong_is_a_note(called: str, content: str, really: str, says: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, called, content)
    assert (said(incoming), incoming.findings) == (SAID, [])
    assert incoming.notes == [f"The content is {really}, though its name or media type says {says}."]


LOOKS_ALIKE = {
    "an IRI that looks like an element": "<a> <b> <c> .",
    "an IRI that looks like an element, by itself": "<a>\n<b> <c> .",
    "a node without IRI": "[] <https://b.example/> 1 .",
    "a node without IRI that says something": "[ <https://b.example/> 1 ] .",
    "a list": "( 1 ) <https://b.example/> 1 .",
    "a comment first": "# {\n# <?xml?>\n<a> <b> <c> .",
    "prefixes as SPARQL has them": "PREFIX a: <https://a.example/>\na:b a:c a:d .",
    "a base": "@base <https://a.example/> . <b> <c> <d> .",
    "a graph without name": "{ <a> <b> <c> }",
}


@pytest.mark.parametrize("name", LOOKS_ALIKE)
def test_turtle_is_not_taken_for_something_else(name: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c", LOOKS_ALIKE[name], base="https://a.example/")
    assert incoming.is_readable
    assert incoming.findings == []


ENCODINGS = {
    "a mark": ("c.ttl", b"\xef\xbb\xbf" + PREFIXED.encode(), []),
    "a mark in JSON": ("c.json", b"\xef\xbb\xbf" + JSON.encode(), []),
    "UTF-16 with a mark": ("c.rdf", ('<?xml version="1.0" encoding="UTF-16"?>' + XML).encode("utf-16"), []),
    "UTF-16 of the other order": ("c.rdf", b"\xfe\xff" + XML.encode("utf-16-be"), []),
    "UTF-16 without a mark": ("c.rdf", ('<?xml version="1.0" encoding="utf-16"?>' + XML).encode("utf-16-le"), []),
    "ISO-8859-1": ("c.rdf", ('<?xml version="1.0" encoding="ISO-8859-1"?>\n' + XML).encode("latin-1"), []),
    "Windows-1252": ("c.rdf", ("<?xml version='1.0' encoding='windows-1252'?>" + XML).encode("cp1252"), []),
    "a declaration of UTF-8": ("c.rdf", ('<?xml version="1.0" encoding="utf-8" ?>' + XML).encode(), []),
    "Turtle in UTF-16": ("c.ttl", PREFIXED.encode("utf-16"), [("broken-syntax", 1)]),
    "Turtle in Windows-1252": ("c.ttl", PREFIXED.encode("cp1252"), [("broken-syntax", 2)]),
    "lines in Windows-1252": ("c.nt", TRIPLE.encode("cp1252"), [("broken-syntax", 1)]),
    "JSON-LD in Windows-1252": ("c.json", JSON.encode("cp1252"), [("broken-syntax", 1)]),
    "RDF/XML in Windows-1252, undeclared": ("c.rdf", ("\n" + XML).encode("cp1252"), [("broken-syntax", 2)]),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_each_encoding_is_read(name: str, tmp_path: Path) -> None:
    called, content, findings = ENCODINGS[name]
    incoming = reading(tmp_path, called, content)
    assert (said(incoming), told(incoming)) == (SAID, findings)


# What is wrong with a text as an IRI; None where nothing is.
IRIS: dict[str, str | None] = {
    "https://a.example/": None,
    "https://a.example/é/%C3%A9?q=[": "square bracket",
    "https://user@a.example:8080/a?b=c#d/e?f": None,
    "https://[2001:db8::1]:443/": None,
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6": None,
    "mailto:a@b.example": None,
    "tel:+31": None,
    "https://a.example/a b": "a space",
    "https://a.example/{id}": "'{'",
    "https://a.example/a|b": "'|'",
    "https://a.example/a\\b": "'\\'",
    "https://a.example/`^": "'`'",
    'https://a.example/"': "'\"'",
    "https://a.example/\x01": "U+0001",
    "https://a.example/%zz": "%zz",
    "https://a.example/100%": "%",
    "https://a.example/a#b#c": "more than one #",
    "https:///path": "no host",
    "https:": "no host",
    "http://": "no host",
    "https://[bad/": "host or port",
    "https://a.example:port/": "host or port",
    "relative": "no scheme",
    "/relative": "no scheme",
    "": "no scheme",
    "www.a.example": "no scheme",
    "1http://a.example/": "no scheme",
}


@pytest.mark.parametrize("syntax", ["nt", "ttl", "rdf", "json"])
@pytest.mark.parametrize("iri", IRIS)
def test_a_bad_iri_is_told_with_its_subject_and_property_and_hides_nothing(
    iri: str, syntax: str, tmp_path: Path
) -> None:
    from json import dumps
    from xml.sax.saxutils import quoteattr

    from ogp_data.checks.incoming.iris import judged

    says = IRIS[iri]
    words = judged(iri)
    assert (says is None) == (words is None)
    assert words is None or (says or "") in words
    escaped = "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in iri)
    content = {
        "nt": f'<{A}> <{P}> <{escaped}> .\n<{A}> <{P}> "after" .\n',
        "ttl": f'<{A}> <{P}> <{escaped}> , "after" .',
        "rdf": XML.replace("<p:p>é", f"<p:p rdf:resource={quoteattr(iri)}/><p:p>after"),
        "json": f'{{"@id": "{A}", "{P}": [{{"@id": {dumps(iri)}}}, "after"]}}',
    }[syntax]
    if "\x01" in iri and syntax == "rdf":
        return  # XML has no such character
    base = "" if says == "no scheme" and syntax == "nt" else "https://base.example/x"
    incoming = reading(tmp_path, f"c.{syntax}", content, base=base)
    assert (A, P, "after") in said(incoming)
    if says == "no scheme" and syntax != "nt" and not (syntax == "json" and ":" in iri):
        assert incoming.findings == []  # it has the base
    elif says is None:
        assert incoming.findings == []
    else:
        (found,) = incoming.findings
        assert (found.rule, found.severity, found.place.iri) == ("invalid-iri", "error", A)
        assert says in found.message


def test_relative_iris_have_the_address_of_the_file_which_is_told(tmp_path: Path) -> None:
    content = "<a> <https://p.example/p> <b> ."
    incoming = reading(tmp_path, "c.ttl", content)
    assert said(incoming) == {((tmp_path / "a").as_uri(), P, (tmp_path / "b").as_uri())}
    (found,) = incoming.findings
    assert (found.rule, found.severity) == ("relative-iri", "warning")
    assert "2 in all" in found.message
    assert "--base" in found.hint
    incoming = reading(tmp_path, "c.ttl", content, base="https://a.example/x/")
    assert (said(incoming), incoming.findings) == ({("https://a.example/x/a", P, "https://a.example/x/b")}, [])


def test_a_base_that_is_no_iri_is_refused(tmp_path: Path) -> None:
    assert told(reading(tmp_path, "c.ttl", PREFIXED, base="no iri")) == [("unreadable-catalogue", 0)]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PREFIXED.encode())))
    incoming = read("-")
    assert (said(incoming), incoming.findings) == (SAID, [])


def test_standard_input_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        count = 0

        def read(self, size: int = -1) -> bytes:
            self.count += size
            return b"#" * size

    endless = Endless()
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": endless}))
    monkeypatch.setattr(bounds, "CATALOGUE_BYTES", 1_000_000)
    assert told(read("-")) == [("unreadable-catalogue", 0)]
    assert endless.count < 1_200_000


THREE = {f"https://a.example/{n}" for n in (1, 2, 3)}


def lines_of(second: str) -> str:
    return f'<https://a.example/1> <{P}> "a" .\n{second}\n<https://a.example/3> <{P}> "c" .\n'


@pytest.mark.parametrize(
    "second",
    [
        "garbage",
        '<https://a.example/2> <https://p.example/p> "never closed .',
        "<https://a.example/2> <https://p.example/p> .",
        '<https://a.example/2> <https://p.example/p> "\\x" .',
        '<https://a.example/2 <https://p.example/p> "x" .',
        '<https://a.example/2> "p" "x" .',
        '<https://a.example/2> <https://p.example/p> "x"@ .',
        '<https://a.example/2> <https://p.example/p> """ .',
        "\x00\x01\x02",
    ],
)
@pytest.mark.parametrize("syntax", ["nt", "nq"])
def test_lines_go_on_behind_a_broken_one(second: str, syntax: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, f"c.{syntax}", lines_of(second))
    assert said(incoming) == {("https://a.example/1", P, "a"), ("https://a.example/3", P, "c")}
    assert told(incoming) == [("broken-syntax", 2)]


HEAD = "@prefix p: <https://p.example/> .\n\n"
# A broken part of Turtle between two sound statements: what is still read of it, and the lines that are told.
TURTLES: dict[str, tuple[str, set[tuple[str, str]], list[int]]] = {
    "a property without value": ("<https://a.example/2> p:q 1 ;\n p:p ;\n p:r 2 .", {("q", "1"), ("r", "2")}, [5]),
    "a prefix that is not declared": ("<https://a.example/2> p:q 1 ;\n x:y 2 .", {("q", "1")}, [5]),
    "a bare word": ("<https://a.example/2> p:q yes ;\n p:r 2 .", {("r", "2")}, [4]),
    "an underscore in a language tag": (
        '<https://a.example/2> p:q 1 ;\n p:p "x"@nl_NL .',
        {("q", "1"), ("p", "x")},
        [5],
    ),
    "a text that is not closed": ('<https://a.example/2> p:q 1 ;\n p:p "x ;\n p:r 2 .', {("q", "1")}, [5]),
    "a text that is not closed at the end": ('<https://a.example/2> p:q 1 ;\n p:p "x .', {("q", "1")}, [5]),
    "a bracket that is not closed": ("<https://a.example/2> p:q 1 ;\n p:p [ p:r 2 .", {("q", "1")}, [5]),
    "a bracket too many": ("<https://a.example/2> p:q 1 ;\n p:p 2 ] .", {("q", "1")}, [5]),
    "a bad escape": ('<https://a.example/2> p:p "\\x" ;\n p:r "\\n" .', {("r", "\n")}, [4]),
    "a statement without subject": ("p:q p:r .", set(), [4]),
}


@pytest.mark.parametrize("name", TURTLES)
def test_turtle_goes_on_behind_a_broken_statement_and_invents_nothing(name: str, tmp_path: Path) -> None:
    second, kept, lines = TURTLES[name]
    text = f'{HEAD}<https://a.example/1> p:p """a\n.\n<b> """ .\n'.replace("\n.\n<b> ", "") + second
    text += '\n\n# then\n<https://a.example/3> p:p "c" .\n'
    incoming = reading(tmp_path, "c.ttl", text)
    expected = {(f"https://a.example/{s}", P, o) for s, o in ((1, "a"), (3, "c"))}
    expected |= {("https://a.example/2", f"https://p.example/{p}", o) for p, o in kept}
    assert said(incoming) == expected
    assert told(incoming) == [("broken-syntax", line) for line in lines]


@pytest.mark.parametrize("syntax", ["ttl", "nt"])
def test_a_text_that_goes_on_behind_its_line_is_read_and_told(syntax: str, tmp_path: Path) -> None:
    text = f'# it\'s "\n<{A}> <{P}> "a\\n\\"b" .\n<{A}> <{P}> "c\nd" .\n<{A}#it\'s> <{P}> "e" .\n<{A}> <{P}> "f\n" .\n'
    incoming = reading(tmp_path, f"c.{syntax}", text)
    assert {o for _, _, o in said(incoming)} == {'a\n"b', "c\nd", "e", "f\n"}
    assert told(incoming) == [("broken-syntax", 3), ("broken-syntax", 6)]
    incoming = reading(tmp_path, "c.ttl", f'<{A}> <{P}> """a\n"b"\n""" , \'\'\'it\'s\n\'\'\' .')
    assert incoming.findings == []


@pytest.mark.parametrize("syntax", ["ttl", "nt"])
def test_one_text_that_is_too_long_hides_nothing_else(syntax: str, tmp_path: Path) -> None:
    text = f'<{A}> <{P}> "a" .\n<{A}> <{P}> "{"x" * 17_000_000}" .\n<{A}> <{P}> "c" .\n'
    incoming = reading(tmp_path, f"c.{syntax}", text)
    assert said(incoming) == {(A, P, "a"), (A, P, "c")}
    assert told(incoming) == [("broken-syntax", 2)]


def test_turtle_that_is_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    text = f'{HEAD}<https://a.example/1> p:p "a" ; p:q "b" .\n<https://a.example/2> p:p "c" ;\n p:q """d\ne'
    incoming = reading(tmp_path, "c.ttl", text)
    assert {(s[-1], p[-1], o) for s, p, o in said(incoming)} == {("1", "p", "a"), ("1", "q", "b"), ("2", "p", "c")}
    (found,) = incoming.findings
    assert "nothing is known of what follows" in found.message


def test_a_graph_of_trig_goes_on_too(tmp_path: Path) -> None:
    text = f"{HEAD}p:h {{ <https://a.example/1> p:p 1 . <https://a.example/2> p:p x }}\n p:g {{ p:a p:p 3 }}"
    incoming = reading(tmp_path, "c.trig", text)
    assert said(incoming) == {("https://a.example/1", P, "1"), ("https://p.example/a", P, "3")}
    assert told(incoming) == [("broken-syntax", 3)]


def test_formulas_of_n3_are_refused_by_name(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.n3", HEAD + "{ ?x p:p 1 } => { ?x p:q 2 } .")
    assert told(incoming) == [("unreadable-catalogue", 0)]
    assert "N3" in incoming.findings[0].message


def xml_of(second: str) -> str:
    things = "".join(
        f'\n<rdf:Description rdf:about="https://a.example/{n}"><p:p>{text}</p:p></rdf:Description>'
        for n, text in ((1, "a"), (2, second), (3, "c"))
    )
    return XML[: XML.index("<rdf:Description")] + things + "\n</rdf:RDF>"


# What stands in the second of three elements: how it is read, if it is, and the line that is told.
MARKUPS: dict[str, tuple[str, str | None]] = {
    "an ampersand": ("b & d", "b & d"),
    "an ampersand of an address": ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2"),
    "an entity of HTML": ("caf&eacute;", "café"),
    "an entity of nobody": ("&foo;", "&foo;"),
    "a control character": ("a\x0bb", "ab"),
    "a prefix that is not declared": ("x</p:p><y:z>y</y:z><p:p>", None),
    "an identifier that is none": ('x</p:p><p:q rdf:ID="1">y</p:q><p:p>', None),
    "a text between properties": ("x</p:p>y<p:p>", None),
}


@pytest.mark.parametrize("name", MARKUPS)
def test_rdf_xml_goes_on_behind_a_broken_element(name: str, tmp_path: Path) -> None:
    second, read_as = MARKUPS[name]
    incoming = reading(tmp_path, "c.rdf", xml_of(second))
    expected = {("https://a.example/1", P, "a"), ("https://a.example/3", P, "c")}
    expected |= {("https://a.example/2", P, read_as)} if read_as else set()
    assert said(incoming) == expected
    assert told(incoming) == [("broken-syntax", 3)]


@pytest.mark.parametrize("cut", ["<p:p>c", "</p:p></rdf:Description>\n</rdf:RDF>"])
def test_rdf_xml_that_is_cut_off_is_read_up_to_there(cut: str, tmp_path: Path) -> None:
    text = xml_of("b")
    incoming = reading(tmp_path, "c.rdf", text[: text.rindex(cut)])
    assert said(incoming) == {("https://a.example/1", P, "a"), ("https://a.example/2", P, "b")}
    assert [rule for rule, _ in told(incoming)] == ["broken-syntax"]


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("", "<![CDATA[<!DOCTYPE x>]]>"),
        ("<!-- <!DOCTYPE x SYSTEM 'y'> -->", "a"),
        ("<!DOCTYPE rdf:RDF>\n", "a"),
        ("<!DOCTYPE rdf:RDF [<!ENTITY e 'https://e.example/'> <!-- it's -->]>\n", "&e;"),
        ('<!DOCTYPE rdf:RDF [\n<!ENTITY e "https://e.example/">\n]>\n', "<![CDATA[&e;]]>"),
    ],
)
def test_what_declares_no_entity_of_elsewhere_is_read(start: str, text: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.rdf", start + xml_of(text))
    expected = {"<![CDATA[<!DOCTYPE x>]]>": "<!DOCTYPE x>", "&e;": "https://e.example/", "<![CDATA[&e;]]>": "&e;"}
    assert ("https://a.example/2", P, expected.get(text, text)) in said(incoming)
    assert incoming.findings == []


NESTED = (
    XML[: XML.index("<rdf:Description")]
    + """
<p:C rdf:about="https://a.example/c">
  <p:t>one</p:t>
  <p:d>
    <p:D rdf:about="https://a.example/d">
      <p:t>two</p:t>
      <p:v><p:V><p:t>three</p:t><p:m rdf:resource="https://a.example/m"/></p:V></p:v>
    </p:D>
  </p:d>
  <p:d><p:D rdf:about="https://a.example/e"><p:t>four</p:t></p:D></p:d>
</p:C>
<p:C rdf:about="https://a.example/f"><p:t>five</p:t></p:C>
</rdf:RDF>"""
)


def texts(incoming: Incoming) -> set[str]:
    return {o.value for _, _, o in incoming.graph.statements() if isinstance(o, Literal)}


# What is damaged, what is read of the five texts all the same, the fault's line, and from which line on what is unread.
DAMAGED = {
    "cut in a text": (NESTED[: NESTED.index("ree</p:t>")], {"one", "two"}, 7, 7),
    "cut behind a nested element": (NESTED[: NESTED.index("four")], {"one", "two", "three"}, 10, 10),
    "an end that begins": (NESTED.replace("two</p:t>", "two<p:t>"), {"one", "four", "five"}, 8, 4),
    "an end of another name": (NESTED.replace("two</p:t>", "two</p:x>"), {"one", "four", "five"}, 6, 4),
    "a tag without its sign": (NESTED.replace("<p:v>", "p:v>"), {"one", "four", "five"}, 7, 4),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_of_nested_rdf_xml_what_is_complete_is_read_and_the_rest_is_told(name: str, tmp_path: Path) -> None:
    content, read_all_the_same, line, unread = DAMAGED[name]
    incoming = reading(tmp_path, "c.rdf", content)
    assert texts(incoming) == read_all_the_same
    assert told(incoming) == [("broken-syntax", line)]
    message = incoming.findings[0].message
    assert f"rom line {unread} on" in message
    assert message.endswith("What is reported as missing may stand in what was not read.")


@pytest.mark.parametrize(
    "start", ["<!-- ", '<p:l rdf:parseType="Literal">', '<p:q xml:lang="nl"> ', '<p:q xml:base="https://b.example/">']
)
def test_behind_a_fault_nothing_is_read_that_may_mean_something_else_in_its_place(start: str, tmp_path: Path) -> None:
    content = NESTED.replace("one</p:t>", "one</p:x>" + start)
    assert texts(reading(tmp_path, "c.rdf", content)) == set()


@pytest.mark.parametrize(
    ("name", "content", "dutch", "french"),
    [
        ("c.ttl", f'<{A}> <{P}> "a" .\n<{A}> x:y 1 .', "de prefix x: is niet", "le préfixe x: n’est pas"),
        ("c.nt", TRIPLE + f'<{A}> <{P}> "a"', "ontbreekt een punt", "il manque un point"),
        ("c.rdf", DAMAGED["an end of another name"][0], "een tag sluit een ander", "une balise ferme un autre"),
        ("c.jsonld", '{"@id": 1}', "de waarde van @id", "la valeur de @id"),
        (
            "c.ttl",
            TRIPLE + f'<{A}> <{P}> "\\z" .',
            "de parser meldt “Unexpected escape",
            "l’analyseur dit « Unexpected",
        ),
    ],
)
def test_what_the_parser_says_is_said_in_the_language_of_the_report(
    name: str, content: str, dutch: str, french: str, tmp_path: Path
) -> None:
    message = reading(tmp_path, name, content).findings[0].message
    assert isinstance(message, Message)
    assert dutch in message.of("nl")
    assert french in message.of("fr")


def test_of_rdf_xml_with_a_fault_anywhere_nothing_is_read_that_the_whole_does_not_say(tmp_path: Path) -> None:
    def found(content: bytes) -> tuple[Incoming, set[tuple[str, ...]]]:
        incoming = reading(tmp_path, "c.rdf", content, base="https://base.example/")
        return incoming, {
            tuple("_" if isinstance(x, ox.BlankNode) else str(x) for x in each) for each in incoming.graph.statements()
        }

    document, chance = NESTED.encode(), random.Random(16)
    _, whole = found(document)
    names = [match.span() for match in re.finditer(rb"</?[\w:]+", document)]
    for number in range(400):
        at = chance.randrange(*chance.choice(names))
        spoilt = document[:at] + bytes([chance.choice(b'xX</> ":?!1&=')]) + document[at + 1 :]
        content = spoilt if number % 2 else document[:at]
        try:
            expat.ParserCreate().Parse(content, True)
        except expat.ExpatError:
            incoming, statements = found(content)
            assert statements <= whole, content
            assert all(getattr(one.place.at, "number", 0) or not statements for one in incoming.findings)
            assert incoming.is_readable or at <= document.index(b"</p:t>") + 6


JSONS: dict[str, tuple[str, list[int]]] = {
    "a comma too many": ('[{"@id": "A", "P": ["a", "c",]}]', [1]),
    "a line break in a text": ('[{"@id": "A",\n"P": ["a", "b\nc"]}]', [2]),
    "half a character": ('[{"@id": "A", "P": ["a", "c\\ud800"]}]', [1]),
}


@pytest.mark.parametrize("name", JSONS)
def test_slips_of_json_that_can_mean_one_thing_only_are_read_as_that(name: str, tmp_path: Path) -> None:
    text, lines = JSONS[name]
    incoming = reading(tmp_path, "c.jsonld", text.replace('"A"', f'"{A}"').replace('"P"', f'"{P}"'))
    assert len(said(incoming)) == 2
    assert told(incoming) == [("broken-syntax", line) for line in lines]


def test_json_ld_that_is_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.jsonld", f"[{JSON},\n{JSON.replace('a.ex', 'b.ex')[:-3]}")
    assert said(incoming) == SAID
    assert told(incoming) == [("broken-syntax", 2)]
    assert "nothing is known" in incoming.findings[0].message


def test_a_node_of_json_ld_whose_iri_is_none_is_not_dropped(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.jsonld", f'{{"@graph": [{{"@id": "https://a.example/a b", "{P}": "é"}}]}}')
    assert said(incoming) == {("https://a.example/a b", P, "é")}
    assert told(incoming) == [("invalid-iri", 0)]


def test_a_key_that_no_context_defines_says_nothing_which_is_a_note(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.jsonld", f'{{"@id": "{A}", "{P}": "é", "title": "C"}}')
    assert (said(incoming), incoming.findings) == (SAID, [])
    assert incoming.notes == ["No context defines the key title, which says nothing (1 times)."]


def test_nodes_without_iri_are_named_by_the_file_alone(tmp_path: Path) -> None:
    text = f"[] <{P}> [ <{P}> _:x ] . _:x <{P}> _:y ."
    first, second = (reading(tmp_path, "c.ttl", text) for _ in range(2))
    assert list(first.graph.statements()) == list(second.graph.statements())


def test_a_text_without_language_in_xml_has_none(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.rdf", XML.replace("<p:p>", '<p:p xml:lang="">'))
    ((_, _, value),) = incoming.graph.statements()
    assert isinstance(value, Literal)
    assert value == Literal("é")


# The start of a file, what is repeated in it, its end: each once, and bound to be hostile when repeated.
ENDLESS = {
    "brackets of Turtle": ("c.ttl", b"<http://a.example/> <http://b.example/> ", b"[ a ", b""),
    "lists of Turtle": ("c.ttl", b"<http://a.example/> <http://b.example/> ", b"( ", b""),
    "statements of statements": ("c.ttl", b"<http://a.example/> <http://b.example/> ", b"<<( <a:b> <c:d> ", b""),
    "elements of XML": ("c.rdf", XML.encode().partition(b"<p:p>")[0], b"<p:a><p:b>", b""),
    "brackets of JSON": ("c.json", b"", b"[", b""),
    "things of JSON": ("c.json", b"", b'{"http://a.example/":', b"1"),
    "one name": ("c.ttl", b"", b"aaaaaaaaaa", b""),
    "one name of XML": ("c.rdf", b"<", b"aaaaaaaaaa", b""),
    "one comment": ("c.ttl", b"#", b"aaaaaaaaaa", b""),
    "one text": ("c.nt", b'<http://a.example/> <http://b.example/> "', b"aaaaaaaaaa", b'" .'),
    "zeros": ("c.nt", b"", b"\0\0\0\0\0\0\0\0", b""),
    "quotes": ("c.ttl", b"", b'" ', b""),
    "dots": ("c.ttl", b"", b". ", b""),
    "prefixes": ("c.ttl", b"", b"@prefix a: <a:b> .\n", b""),
    "ampersands": ("c.rdf", XML.encode().partition(b"\xc3\xa9")[0], b"& ", b""),
    "angles": ("c.ttl", b"", b"<", b""),
    "scripts": ("c.html", b"<html>", b'<script type="application/ld+json">', b""),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_is_repeated_without_end_is_a_finding(name: str, tmp_path: Path) -> None:
    called, start, each, end = ENDLESS[name]
    incoming = reading(tmp_path, called, start + each * 50_000 + end)
    assert incoming.findings or len(incoming.graph) == 1  # one long text is sound
    assert len(incoming.findings) <= bounds.FAULTS + 1


def test_a_gzip_that_holds_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LOCAL_BYTES", 1_000_000)
    incoming = reading(tmp_path, "c.ttl.gz", gzip.compress(b"#" * 5_000_000))
    assert told(incoming) == [("unreadable-catalogue", 0)]
    assert "longer than 1,000,000 bytes" in incoming.findings[0].message


ARCHIVES = {
    "two files": zipped(a="", b=""),
    "none": zipped(),
    "very many": zipped(**dict.fromkeys(map(str, range(3000)), "")),
    "no zip": b"PK\x03\x04 no zip",
    "a file in it that is spoilt": zipped(a=PREFIXED * 100)[:60] + b"\0\0\0" + zipped(a=PREFIXED * 100)[63:],
    "a gzip that is cut off": gzip.compress(b"x")[:-9],
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_holds_no_one_file_is_refused(name: str, tmp_path: Path) -> None:
    assert told(reading(tmp_path, "c.zip", ARCHIVES[name])) == [("unreadable-catalogue", 0)]


@pytest.mark.parametrize("times", [10, 2000])
@pytest.mark.parametrize("suffix", ["gz", "zip"])
def test_what_unpacks_out_of_all_proportion_is_refused(
    suffix: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "UNPACKED_BYTES", 100_000)
    monkeypatch.setattr(bounds, "UNPACKED_TIMES", 100)
    text = PREFIXED + "\n" * 500 * times
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.ttl", text)
    packed = gzip.compress(text.encode()) if suffix == "gz" else held.getvalue()
    incoming = reading(tmp_path, f"c.ttl.{suffix}", packed)
    assert incoming.is_readable == (times == 10)
    assert [each.message for each in incoming.findings] == ["It unpacks to more than 100 times its size."] * (
        times > 10
    )


SAYING = {
    "a gzip in a gzip": (
        "c.ttl.gz",
        gzip.compress(gzip.compress(PREFIXED.encode())),
        "packed twice",
        "Unpack it once.",
    ),
    "a gzip that is cut off": ("c.ttl.gz", gzip.compress(PREFIXED.encode())[:-9], "truncated", "give it unpacked."),
    "bytes behind PK": ("c.zip", b"PK\x03\x04" + bytes(range(256)) * 9, "is no zip", "Unpack it"),
    "numbers": ("x.json", "[1,2,3]", "It is JSON without any statement of JSON-LD", ""),
    "a feed": ("f.xml", '<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "It is XML, not RDF/XML", ""),
}


@pytest.mark.parametrize("name", SAYING)
def test_what_is_no_catalogue_is_told_as_what_it_is(name: str, tmp_path: Path) -> None:
    called, content, says, fix = SAYING[name]
    (found,) = reading(tmp_path, called, content).findings
    assert found.rule == "unreadable-catalogue"
    assert says in found.message
    assert fix in found.hint


@pytest.mark.parametrize(("more", "reads"), [(0, True), (1, False)])
def test_an_element_has_a_thousand_attributes_and_no_more(more: int, reads: bool, tmp_path: Path) -> None:
    others = " ".join(f'p:p{number}="x"' for number in range(bounds.ATTRIBUTES - 1 + more))
    content = XML.replace("<rdf:Description ", f"\n\n<rdf:Description {others} ")
    incoming = reading(tmp_path, "c.rdf", content)
    assert incoming.is_readable == reads
    assert [each.message for each in incoming.findings] == [
        "An element of the RDF/XML has more than 1,000 attributes (line 3)."
    ] * (not reads)


def test_the_lines_of_statements_are_found_without_holding_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_a_line = reading(tmp_path, "c.nt", "\n" * 2000 + TRIPLE)
    held, small = (reading(tmp_path, name, "\n" * n + PREFIXED) for name, n in (("held.ttl", 2000), ("small.ttl", 20)))
    monkeypatch.setattr(bounds, "CATALOGUE_BYTES", 1000)
    assert [each.lines(A) for each in (one_a_line, held, small)] == [2001, None, 22]


# Pages ------------------------------------------------------------------------------------------------------

HYDRA = "http://www.w3.org/ns/hydra/core#"


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what stands at each address of a portal, to be filled; other addresses answer with 404."""
    pages: dict[str, str] = {}

    def fetch(url: str, _limits: web.Bounds, _accept: str) -> web.Answer:
        if url not in pages:
            raise web.RefusedError(f"{url} answers with status 404")
        return web.Answer(pages[url].encode(), "text/turtle", url)

    monkeypatch.setattr(web, "fetch", fetch)
    return pages


def page(number: int, following: str, items: int = 0) -> str:
    """Return a page of a catalogue with one thing, which leads to another page."""
    totals = f" ; <{HYDRA}totalItems> {items} ; <{HYDRA}itemsPerPage> 5" if items else ""
    leads = f"<?page={number}> <{HYDRA}nextPage> <{following}> {totals} ." if following else ""
    return f'<https://a.example/{number}> <{P}> "thing" ; <{P}> [ <{P}> {number} ] . {leads}'


def followed(url: str, follow: bool = True) -> Incoming:
    return read(url, Reading(web.Bounds(pause=0), follow=follow))


def things(incoming: Incoming) -> set[str]:
    return {s for s, _, o in said(incoming) if o == "thing"}


def test_pages_are_followed_where_it_is_asked_for(portal: dict[str, str]) -> None:
    portal["https://a.example/c"] = page(1, "?page=2")
    portal["https://a.example/c?page=2"] = page(2, "?page=3")
    portal["https://a.example/c?page=3"] = page(3, "")
    incoming = followed("https://a.example/c")
    assert (things(incoming), incoming.findings, incoming.notes) == (THREE, [], ["3 pages were read."])
    blank = {(s, o) for s, _, o in said(incoming) if o in "123" and not s.startswith("https:")}
    assert len({s for s, _ in blank}) == 3  # nodes without IRI of different pages are different nodes


@pytest.mark.parametrize(("items", "says"), [(58, "one page of 12; "), (60, "one page of 12; "), (0, "of several; ")])
def test_pages_that_are_not_followed_are_told(items: int, says: str, portal: dict[str, str]) -> None:
    portal["https://a.example/c"] = page(1, "?page=2", items)
    incoming = followed("https://a.example/c", follow=False)
    assert (things(incoming), incoming.findings) == ({"https://a.example/1"}, [])
    (note,) = incoming.notes
    assert says in note
    assert "--follow" in note


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("?page=2", "in a circle"),
        ("https://a.example/c", "in a circle"),
        ("?page=3", "status 404"),
        ("file:///etc/hostname", "status 404"),
    ],
)
def test_pages_that_lead_nowhere_are_a_finding(second: str, says: str, portal: dict[str, str]) -> None:
    portal["https://a.example/c"] = page(1, "?page=2")
    portal["https://a.example/c?page=2"] = page(2, second)
    incoming = followed("https://a.example/c")
    assert things(incoming) == {"https://a.example/1", "https://a.example/2"}
    (found,) = incoming.findings
    assert found.rule == "broken-paging"
    assert says in found.message


def test_a_next_page_without_address_is_told_and_no_name_of_a_node(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.ttl", f"<{A}> <{HYDRA}next> [ <{P}> 1 ] .")
    assert [str(each) for each in incoming.notes] == [
        "The catalogue says that a page follows, a page without an address."
    ]


def test_pages_without_end_are_left(portal: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PAGES", 10)
    for number in range(20):
        portal[f"https://a.example/{number}"] = page(number, f"https://a.example/{number + 1}")
    incoming = followed("https://a.example/0")
    assert len(things(incoming)) == 10
    assert "more than 10 pages" in incoming.findings[0].message


def test_what_is_broken_on_a_page_is_told_with_the_address_of_the_page(portal: dict[str, str]) -> None:
    portal["https://a.example/c"] = page(1, "?page=2")
    portal["https://a.example/c?page=2"] = page(2, "") + f"\n<https://a.example/9> <{P}> x ."
    (found,) = followed("https://a.example/c").findings
    assert (found.rule, found.place.file) == ("broken-syntax", "https://a.example/c?page=2")


# The contexts of DCAT-AP --------------------------------------------------------------------------------------

PROFILE = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld"
EXAMPLES = "https://semiceu.github.io/uri.semic.eu-generated/DCAT-AP/releases/3.0.0/html/examples/context.jsonld"


def test_the_context_of_the_profile_needs_no_network(tmp_path: Path) -> None:
    text = f"""{{"@context": "{PROFILE}", "@id": "{A}", "@type": "Dataset",
        "title": {{"@value": "T", "@language": "nl"}},
        "datasetDistribution": {{"@type": "Distribution", "byteSize": "12", "accessUrl": "https://a.example/f"}}}}"""
    incoming = reading(tmp_path, "c.jsonld", text)
    assert incoming.findings == []
    values = {(p.value.rpartition("#")[2].rpartition("/")[2], str(o)) for _, p, o in incoming.graph.statements()}
    assert ("title", '"T"@nl') in values
    assert ("type", "<http://www.w3.org/ns/dcat#Dataset>") in values
    assert ("byteSize", '"12"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>') in values
    assert ("accessURL", "<https://a.example/f>") in values


def test_the_context_of_the_examples_needs_no_network(tmp_path: Path) -> None:
    text = f'{{"@context": ["{EXAMPLES}"], "@id": "example-ds:A", "title": {{"en": "T"}}, "releaseDate": "2024-01-31"}}'
    incoming = reading(tmp_path, "c.jsonld", text)
    assert incoming.findings == []
    assert {(s.value, str(o)) for s, _, o in incoming.graph.statements()} == {
        ("https://data.gov.gr/id/dataset/A", '"T"@en'),
        ("https://data.gov.gr/id/dataset/A", '"2024-01-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
    }


def test_another_context_of_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    incoming = reading(tmp_path, "c.jsonld", f'{{"@context": "{PROFILE}.old", "@id": "{A}", "title": "T"}}')
    assert told(incoming) == [("unreadable-catalogue", 0)]
    assert "--remote-context" in incoming.findings[0].message


# Spoilt by chance ---------------------------------------------------------------------------------------------

CONFORMING = (Path(__file__).parent / "catalogues/conforming.ttl").read_bytes()
TRIPLES = [quad.triple for quad in ox.parse(CONFORMING, format=ox.RdfFormat.TURTLE)]
PREFIXES = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
DOCUMENTS = {
    "ttl": CONFORMING,
    "nt": ox.serialize(TRIPLES, format=ox.RdfFormat.N_TRIPLES),
    "trig": ox.serialize(TRIPLES, format=ox.RdfFormat.TRIG, prefixes=PREFIXES),
    "rdf": ox.serialize(TRIPLES, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES),
    "jsonld": ox.serialize(TRIPLES, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES),
}


def plain(term: object) -> str:
    return "_" if isinstance(term, ox.BlankNode) else str(term)


WHOLE = {(plain(t.subject), plain(t.predicate), plain(t.object)) for t in TRIPLES}


@pytest.mark.parametrize("syntax", DOCUMENTS)
def test_of_a_file_that_is_cut_off_anywhere_nothing_is_read_that_the_whole_does_not_say(
    syntax: str, tmp_path: Path
) -> None:
    chance, document = random.Random(syntax), DOCUMENTS[syntax]
    kept = 0
    for _ in range(60):
        content = document[: chance.randrange(len(document))]
        incoming = reading(tmp_path, f"c.{syntax}", content, base="https://base.example/")
        found = {(plain(s), plain(p), plain(o)) for s, p, o in incoming.graph.statements()}
        assert found <= WHOLE
        assert incoming.findings or content.strip().endswith(b".") or syntax != "ttl"
        kept += len(found)
    assert kept > 60 * len(WHOLE) / 4


SIGNS = (b'"', b"'", b"<", b">", b"{", b"]", b";", b" . ", b"\\", b"\0", b"\xff", b"@nl_NL", b"&", b"]]>", b"\n", b"#")


@pytest.mark.parametrize("syntax", DOCUMENTS)
def test_of_a_file_that_is_spoilt_anywhere_there_are_findings_and_never_a_traceback(
    syntax: str, tmp_path: Path
) -> None:
    chance, document = random.Random(syntax), DOCUMENTS[syntax]
    for _ in range(60):
        at, length = chance.randrange(len(document)), chance.choice((0, 0, 1, 5, 50))
        content = document[:at] + chance.choice((b"", *SIGNS)) + document[at + length :]
        incoming = reading(tmp_path, f"c.{syntax}", content, base="https://base.example/")
        assert incoming.is_readable == all(one.rule != "unreadable-catalogue" for one in incoming.findings)
        for one in incoming.findings:
            assert one.message
            assert one.hint
            assert one.place.file


MANY = {
    "c.ttl": f"<{A}> <{P}> " + '"x"@nl_NL ,\n' * 3000 + '"é" .',
    "c.rdf": XML.replace("<p:p>", "<p:q>" + "a & b\n" * 3000 + "</p:q><p:p>"),
    "c.jsonld": JSON.replace('"é"', '["é", "' + "a\n" * 3000 + '"]'),
}


@pytest.mark.parametrize("name", MANY)
def test_of_very_many_faults_that_can_be_mended_so_many_are_told_and_all_are_read(name: str, tmp_path: Path) -> None:
    incoming = reading(tmp_path, name, MANY[name])
    assert said(incoming) >= SAID
    assert bounds.FAULTS <= len(incoming.findings) <= bounds.FAULTS + 1
    assert {one.rule for one in incoming.findings} == {"broken-syntax"}
