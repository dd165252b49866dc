"""Where a text stops being a query, told to people: at the first piece that does not fit. No query is called wrong."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pyoxigraph as ox
import pytest

from ogp_data.core.sparql.faults import explain
from ogp_data.core.sparql.grammar import Part, grammar
from ogp_data.core.sparql.tokens import FUNCTIONS, KEYWORDS

INPUTS = 150
WRITTEN = {
    "VARIABLE": ["?a", "$b", "?title_2"],
    "IRI": ["<https://example.org/a#b>", "<>", "<#x>"],
    "PREFIXED": ["dct:title", ":x", "ogp:a.b", "dct:", r"dct:a\-b"],
    "TEXT": ['"a"', "'b\\'c'", '"""a\n"b"""', "'''x'''", '""'],
    "NUMBER": ["1", "2.5", "1e3", ".5"],
    "LANGUAGE": ["@en", "@nl-NL"],
    "BLANK": ["_:b1", "[]", "[ ]"],
    "NIL": ["()", "( )"],
    "FUNCTION": sorted(FUNCTIONS),
    "A": ["a"],
}


def queries(chance: Random, part: Part, depth: int = 0) -> Iterator[str]:
    """Yield the tokens of a text that the grammar allows; deeper down what may be nothing is nothing."""
    rules = grammar()
    if part.kind == "token":
        yield (
            chance.choice(WRITTEN[part.name]) if part.name in WRITTEN else chance.choice([part.name, part.name.lower()])
        )
    elif part.kind == "rule":
        yield from queries(chance, rules.rules[part.name], depth + 1)
    elif part.kind == "all":
        for one in part.parts:
            yield from queries(chance, one, depth)
    elif part.kind == "one":
        shallow = sorted(part.parts, key=lambda one: _depth(one, 6))[: 1 if depth > 18 else None]
        yield from queries(chance, chance.choice(shallow), depth)
    else:
        for _ in range(0 if depth > 18 else chance.choice([0, 0, 1] if part.kind == "maybe" else [0, 0, 1, 2])):
            yield from queries(chance, part.parts[0], depth)


def _depth(part: Part, most: int) -> int:
    """Return how many rules a part needs at least, one below the other."""
    if part.kind in ("token", "any", "maybe") or not most:
        return 0 if part.kind != "rule" else 99
    if part.kind == "rule":
        return 1 + _depth(grammar().rules[part.name], most - 1)
    depths = [_depth(one, most) for one in part.parts]
    return min(depths) if part.kind == "one" else max(depths)


def spoilt(chance: Random, tokens: list[str]) -> str:
    """Return the text of a query of which a token was lost, doubled, moved or put in the place of another."""
    changed, at = [*tokens], chance.randrange(len(tokens))
    match chance.randrange(4):
        case 0:
            del changed[at]
        case 1:
            changed.insert(at, tokens[at])
        case 2:
            changed.insert(chance.randrange(len(changed)), changed.pop(at))
        case _:
            changed[at] = chance.choice([*"{}().;,'\"<", "é", "where", "?x", "SELEC", "\U0001f600", "\\"])
    return chance.choice([" ", "\n", " # note\n"]).join(changed)


def is_query(text: str) -> bool:
    """Return whether the engine reads a text, be it that it then finds no prefix or a variable twice."""
    try:
        ox.Store().query(text)
    except SyntaxError:
        return False
    except (ValueError, RuntimeError, OSError):
        return True
    return True


@pytest.mark.parametrize("seed", range(INPUTS))
def test_what_the_engine_reads_is_never_called_wrong_and_what_is_wrong_has_a_place(seed: int) -> None:
    chance = Random(seed)
    tokens = list(queries(chance, Part("rule", "Query")))
    declared = "PREFIX dct: <http://purl.org/dc/terms/> PREFIX : <#> PREFIX ogp: <https://w3id.org/ogp-data/>"
    right = f"{declared}\n{' '.join(tokens)}"
    found = explain(right)
    # What fits may still contradict itself, and is then no query to the engine either.
    assert found is None or "does not fit" not in found.message or tokens[0].upper() in ("PREFIX", "BASE"), right
    for text in (right, f"{declared} {spoilt(chance, tokens)}"):
        found = explain(text)
        if found is not None:
            assert not is_query(text), (text, found)
            lines = text.split("\n")
            assert 1 <= found.line <= len(lines)
            assert 1 <= found.column <= len(lines[found.line - 1]) + 1


@pytest.mark.parametrize(
    ("query", "line", "column", "told"),
    [
        ("SELECT * WHERE { ?s ?p }", 1, 24, "The statement is not whole: behind “?p”"),
        ("SELEC *", 1, 1, "Is SELECT meant?"),
        ("SELECT * WHERE {\n  ?s ?p ?o\n", 3, 1, "a { is still open"),
        ("SELECT (COUNT(?y)) {}", 1, 18, "Write AS and a name"),
        ("SELECT * {\n ?s ?p 'abc }", 2, 8, "The text that begins here has no end"),
        ("SELECT * { ?s <a b> ?o }", 1, 15, "An address in angle brackets has neither spaces"),
        ("BASE ASK {}", 1, 6, "“ASK” does not fit here. Here can stand: an address in angle brackets."),
        ("SELECT * { ?s ?p ?o ] }", 1, 21, "“]” does not fit here. Here can stand: “}”, BIND, FILTER"),
        ("SELECT * {}\nORDER ?s", 2, 7, "Write BY behind ORDER"),
        ("ASK {} }", 1, 8, "This } is one too many"),
        ("", 1, 1, "Nothing is asked yet"),
        ("ASK {\n ?x dct:title ?t }", 2, 5, "PREFIX dct: <http://purl.org/dc/terms/>"),
        ("ASK { ?x nobody:knows ?t }", 1, 10, "PREFIX nobody: <address>"),
    ],
)
def test_the_first_piece_that_does_not_fit_is_told_with_what_would(
    query: str, line: int, column: int, told: str
) -> None:
    found = explain(query)
    assert found is not None
    assert (found.line, found.column) == (line, column)
    assert told in found.message


def test_what_only_the_engine_can_know_is_left_to_it() -> None:
    assert explain(f"ASK {{}} # {'x' * 10_000}") is None


def test_a_query_that_is_nested_as_deep_as_may_be_is_explained() -> None:
    found = explain(f"ASK {'{' * 4000}")
    assert found is not None
    assert (found.line, found.column) == (1, 4005)


def test_every_word_of_the_grammar_is_known_as_a_word() -> None:
    words = {part.name for rule in grammar().rules.values() for part in _tokens(rule) if part.name.isalpha()}
    assert words - KEYWORDS - WRITTEN.keys() == set()


def _tokens(part: Part) -> Iterator[Part]:
    if part.kind == "token":
        yield part
    for one in part.parts:
        yield from _tokens(one)


MANY = "{0} has many values for each row of the answer: put it in GROUP BY, or in a function such as SAMPLE or COUNT."
STAR = "SELECT * cannot stand with GROUP BY: name the variables that are wanted."
TAKEN = "{0} has a value already: write another name behind AS."
ROW = "The values of this row of VALUES are {0}, its variables {1}: give as many, and UNDEF for what has none."


@pytest.mark.parametrize(
    ("query", "column", "told"),
    [
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }", 8, MANY.format("?a")),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } GROUP BY ?p", 8, MANY.format("?a")),
        ("SELECT ?p (?a + 1 AS ?n) { ?a ?p ?b } GROUP BY ?p", 12, MANY.format("?a")),
        ("SELECT ?z { { SELECT ?z (MAX(?b) AS ?n) { ?z ?p ?b } } }", 22, MANY.format("?z")),
        (
            "SELECT * { ?a ?p ?b } GROUP BY ?a",
            8,
            "SELECT * cannot stand with GROUP BY: name the variables that are wanted.",
        ),
        ("SELECT ?a { ?a ?p ?b BIND(1 AS ?a) }", 32, TAKEN.format("?a")),
        ("SELECT (1 AS ?a) { ?a ?p ?b }", 14, TAKEN.format("?a")),
        ("SELECT (1 AS ?c) (2 AS ?c) {}", 24, "?c stands twice in SELECT: give one of them another name."),
        ("SELECT ?a { VALUES (?a ?b) { (1 UNDEF) (-1) } }", 40, ROW.format(1, 2)),
        ("SELECT ?a { VALUES (?a ?b) { ('x'@en '1'^^<a:b> <a:c>) } }", 30, ROW.format(3, 2)),
        ("SELECT ?a {} VALUES (?a) { () }", 28, ROW.format(0, 1)),
        ("SELECT * { VALUES (?a ?a) { (1 2) } }", 23, "?a stands twice in VALUES: name it once."),
        ("ASK { _:x ?p ?a OPTIONAL { _:x ?q ?r } }", 28, "_:x stands in two blocks: write a variable instead."),
    ],
)
def test_a_query_that_contradicts_itself_is_told_where_and_what_to_do(query: str, column: int, told: str) -> None:
    with pytest.raises(SyntaxError):
        ox.Store().query(query)
    fault = explain(f"# before\n{query}")
    assert fault is not None
    assert (fault.line, fault.column, fault.message.of("en")) == (2, column, told)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p (COUNT(*) AS ?n) { ?a ?p ?b } GROUP BY ?p HAVING (COUNT(*) > 1) ORDER BY ?n",
        "SELECT ?y (SUM(?b + ?c) AS ?n) { ?a ?p ?b, ?c } GROUP BY (STR(?a) AS ?y)",
        "SELECT * { VALUES (?a ?b) { (1 -2.5) (UNDEF 'x'@nl) (<a:b> '1'^^<a:c>) } { SELECT ?c { ?c ?d ?e } } }",
        "CONSTRUCT { _:x ?p ?a } WHERE { _:x ?p ?a }",
        "SELECT * { { ?a ?p ?b } { BIND(1 AS ?a) } { BIND(1 AS ?a) } }",
    ],
)
def test_of_a_query_that_is_right_nothing_is_said(query: str) -> None:
    ox.Store().query(query)
    assert explain(query) is None
