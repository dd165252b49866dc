"""What people write who mean a query: each mistake is told at its place, in words with what to do, in every language.

‸ marks the place, counted by hand and no part of the query.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ogp_data.core.messages import languages
from ogp_data.core.sparql import advice
from ogp_data.core.sparql.advice import known, meant
from ogp_data.core.sparql.faults import explain, place_of

DCT = "PREFIX dct: <http://purl.org/dc/terms/>\n"
QUOTES, BLOCK, NAME = "put straight quotes", "Put braces around what stands behind", "Write AS and a name"
MISTAKES = [
    # Prefixes and addresses
    ("SELECT ?t WHERE { ?s ‸dct:title ?t }", "Put this line first: PREFIX dct: <http://purl.org/dc/terms/>"),
    ("SELECT ?t WHERE { ?s ‸DCT:title ?t }", "Put this line first: PREFIX DCT: <http://purl.org/dc/terms/>"),
    (DCT + "ASK { ?s ‸Dct:title ?t }", "dct: is: capitals make a difference"),
    ("PREFIX dct: ‸http://purl.org/dc/terms/ ASK { }", "Put angle brackets around the address: <http://…>"),
    ("PREFIX ‸dct <http://purl.org/dc/terms/> ASK { }", "Put a colon behind the prefix: PREFIX dct: <address>"),
    ("PREFIX ‸<http://purl.org/dc/terms/> ASK { }", "Name the prefix first"),
    ("PREFIX dct: <http://purl.org/dc/terms/>‸; ASK { }", "leave “;” out"),
    ("PREFIX dct: <http://purl.org/dc/terms/> ‸. ASK { }", "leave “.” out"),
    ("‸@prefix dct: <http://purl.org/dc/terms/> . ASK { }", "is of Turtle"),
    ("ASK { ?s ‸<http://purl.org/dc/terms/title ?o }", "neither spaces nor quotes in it, and ends with >"),
    ("ASK { ?s ‸http://purl.org/dc/terms/title ?o }", "Put angle brackets around the address: <http://…>"),
    ("SELECT * FROM ‸commitments", "A graph is named by its address: FROM <address>"),
    # How a query begins
    ("‸SELEC ?s WHERE { ?s ?p ?o }", "Is SELECT meant?"),
    ("‸INSERT DATA { <a:b> <a:c> <a:d> }", "here data can only be asked"),
    ("‸DELETE WHERE { ?s ?p ?o }", "here data can only be asked"),
    (DCT + "‸DROP GRAPH <a:b>", "here data can only be asked"),
    ("‸WHERE { ?s ?p ?o }", "begin with SELECT *"),
    ("‸{ ?s ?p ?o }", "begin with SELECT *"),
    ("‸COUNT(*) { ?s ?p ?o }", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ("‸Which commitments are there?", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE"),
    # Brackets
    ("SELECT ?t WHERE {\n  ?s a ?t\n‸", "put } where its block ends"),
    ("SELECT ?t WHERE ‸?s a ?t", f"{BLOCK} WHERE"),
    ("SELECT ?s WHERE ‸[ ?s ?p ?o ]", f"{BLOCK} WHERE"),
    ("SELECT * { ?s ?p ?o } ‸}", "This } is one too many"),
    ("SELECT * { ?s ?p ?o FILTER (contains(?o, 'a') ‸}", "put ) where it ends"),
    ("SELECT * { ?s ?p ?o FILTER (?o > 1)‸) }", "This ) is one too many"),
    ("ASK { ?s ?p ?o OPTIONAL ‸?s ?q ?r }", f"{BLOCK} OPTIONAL"),
    ("ASK { ?s ?p ?o . MINUS ‸?s ?q ?r }", f"{BLOCK} MINUS"),
    ("ASK { ?s ?p ?o ‸UNION { ?s ?q ?r } }", "before UNION, too"),
    ("ASK { GRAPH ‸{ ?s ?p ?o } }", "Name the graph"),
    ("ASK { ?s ?p ?o . ‸SELECT ?x { ?x ?y ?z } }", "braces of its own"),
    ("CONSTRUCT ‸?s ?p ?o WHERE { ?s ?p ?o }", "Put what is to be made in braces"),
    ("DESCRIBE ‸WHERE { ?s ?p ?o }", "Name what is to be described"),
    ("ASK ‸?s ?p ?o", f"{BLOCK} ASK"),
    # What is asked for, and how it is grouped
    ("SELECT ?s‸, ?p WHERE { ?s ?p ?o }", "no comma"),
    ("SELECT ‸WHERE { ?s ?p ?o }", "SELECT * for everything"),
    ("SELECT ‸s WHERE { ?s ?p ?o }", "a variable begins with ? (?s)"),
    ("SELECT ‸? WHERE { ?s ?p ?o }", "A variable has a name"),
    ("SELECT ?first‸-name WHERE { ?s ?p ?o }", "write ?first_name"),
    ("SELECT ?p ‸COUNT(?s) AS ?n { ?s ?p ?o } GROUP BY ?p", "(COUNT(…) AS ?name)"),
    ("SELECT ?p (COUNT(?s)‸) { ?s ?p ?o } GROUP BY ?p", NAME),
    ("SELECT (?x + 1‸) AS ?y { ?s ?p ?x }", NAME),
    ("SELECT ?p (COUNT(DISTINCT ?s) ‸?n) { ?s ?p ?o } GROUP BY ?p", "Write AS before the name"),
    ("SELECT ?p (COUNT ‸DISTINCT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?p", "COUNT(DISTINCT …)"),
    ("SELECT DISTINCT(?s‸) WHERE { ?s ?p ?o }", "A variable alone has no parentheses"),
    ("SELECT ?s ‸?p (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s", "?p has many values"),
    ("SELECT ?s { ?s ?p ?o FILTER(‸COUNT(?o) > 1) }", "in HAVING behind GROUP BY"),
    ("SELECT ?s { ?s ?p ?o BIND(1 + ‸SUM(?o) AS ?n) }", "SUM takes many rows together"),
    ("SELECT ?s { ?s ?p ?o } GROUP BY ?s‸, ?p", "no comma"),
    ("SELECT ?s { ?s ?p ?o } GROUP ‸?s", "GROUP BY"),
    ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING COUNT(?p) ‸> 2", "around the whole condition"),
    # Order and end
    ("SELECT ?s { ?s ?p ?o } ORDER BY ?s ‸DESC", "DESC(?name)"),
    ("SELECT ?s { ?s ?p ?o } ORDER BY DESC ‸?s", "DESC(?s)"),
    ("SELECT ?s { ?s ?p ?o } LIMIT 5 ‸ORDER BY ?s", "GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET"),
    ("SELECT ?s { ?s ?p ?o } ORDER BY ?s ‸FILTER(?s > 1)", "within the braces of WHERE"),
    ("SELECT ?s { ?s ?p ?o }‸;", "without a semicolon"),
    ("SELECT ?s { ?s ?p ?o } LIMIT 10‸, 20", "LIMIT 10 OFFSET 20"),
    ('SELECT ?s { ?s ?p ?o } LIMIT ‸"10"', "a whole number without quotes"),
    # Conditions
    ("SELECT ?s { ?s ?p ?o FILTER ‸?o > 3 }", "Put parentheses around the condition: FILTER (…)"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o =‸= 3) }", "leave the second out"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o ‸<> 3) }", "Write !="),
    ("SELECT ?s { ?s ?p ?o FILTER(?o > 3 ‸AND ?o < 5) }", "Write &&"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o > 3 ‸or ?o < 5) }", "Write ||"),
    ("SELECT ?s { ?s ?p ?o FILTER(NOT ‸?o > 3) }", "Write !"),
    ("SELECT ?s { ?s ?p ?o FILTER NOT ‸EXIST { ?s ?q ?r } }", "Is EXISTS meant?"),
    ("SELECT ?s { ?s ?p ?o FILTER EXISTS ‸(?s ?q ?r) }", f"{BLOCK} EXISTS"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o ‸LIKE 'a%') }", "CONTAINS(?name"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o ‸IS NULL) }", "!BOUND(?name)"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o = ‸NULL) }", "!BOUND(?name)"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o IN ‸1, 2) }", "IN (1, 2)"),
    ("SELECT ?s { ?s ?p ?o FILTER regex(?o ‸'a') }", "Put a comma before “'a'”"),
    ("SELECT ?s { ?s ?p ?o FILTER(‸DATE(?o) = 2020) }", "SPARQL has no function DATE"),
    ("SELECT ?s { ?s ?p ?o FILTER(lang(?o) = ‸@nl) }", "compare it as a text"),
    ("SELECT ?s { ?s ?p ?o ‸WHERE ?o > 3 }", "Write a condition as FILTER"),
    # Values
    ("SELECT ?s { ?s ?p ?o BIND ‸?o AS ?x }", "BIND(… AS ?name)"),
    ("SELECT ?s { ?s ?p ?o BIND(?o = ?x‸) }", NAME),
    ("SELECT ?s { ?s ?p ?o BIND(1 AS ‸?o) }", "?o has a value already"),
    ("SELECT (IF ‸?x > 1 AS ?y) { ?s ?p ?x }", "Put parentheses behind IF: IF(…)"),
    ("SELECT ?s { VALUES ?s ‸(1 2) }", "VALUES ?s { … }"),
    ("SELECT ?s { VALUES (?s ?p) { ‸1 2 } }", "Put each row of values in parentheses"),
    ("SELECT ?s { VALUES ?s { ‸?x } }", "no variables"),
    # Statements and paths
    ("SELECT ?s { ?s ?p ?o ‸?q ?r ?t }", "put a point between"),
    ("SELECT ?s { ?s ?p ‸}", "a property or a value is missing"),
    ("SELECT ?s { ?s ?p ?o ; ?q ‸. ?r }", "a property or a value is missing"),
    ("SELECT ?s { ?s ‸A ?o }", "Write a small a"),
    (DCT + "ASK { ?s dct:title/‸/dct:type ?o }", "Between two steps of a path stands one /"),
    (DCT + "ASK { ?s dct:title+‸* ?o }", "one of *, + and ?"),
    (DCT + "ASK { ?s dct:title/‸?p ?o }", "A path has names and no variables"),
    (DCT + "ASK { ?s dct:title‸{2} ?o }", "dct:title/dct:title"),
    (DCT + "ASK { ?s (dct:title|dct:type ‸?o }", "A ( before “?o” is still open"),
    # Texts, remarks and signs that look like others
    ('ASK { ?s ?p ‸"open }', "The text that begins here has no end"),
    ("ASK {\n ?s ?p ‸'a\nb' }", "The text that begins here has no end"),
    ("ASK { ?s ?p 'it'‸s' }", "put a \\ before a quote within a text"),
    ("ASK { ?s ?p ‸“open” }", QUOTES),
    ("ASK { ?s ?p ‸‘open’ }", QUOTES),
    ("ASK { ?s ?p ‸„open“ }", QUOTES),
    ("ASK { ?s ?p ‸«open» }", QUOTES),
    ('ASK { ?s ?p "a"‸@ }', "Name the language behind the @"),
    ('ASK { ?s ?p "a"^^‸date }', "the name of a type"),
    ("ASK { ?s ?p ?o } ‸-- all", "begins with #, and not with --"),
    ("ASK { ?s ?p ?o ‸// all\n}", "begins with #, and not with //"),
    ("ASK { ?s ?p ?o ‸/* all */ }", "begins with #, and not with /*"),
    ("ASK‸\u00a0{ ?s ?p ?o }", "type a space in its place"),
    ("‸\ufeffASK { ?s ?p ?o }", "a sign that cannot be seen"),
    ("SELECT ?s‸\u200b { ?s ?p ?o }", "a sign that cannot be seen"),
    ("‸S\u0415LECT ?s { ?s ?p ?o }", "letters of another alphabet"),
    ("ASK { ?s‸&nbsp;?p ?o }", "type the sign itself"),
    ("SELECT ?s { ?s ?p ?o } ORDER BY ?s ‸– ?o", "write the minus -"),
    ("ASK { ?s ?p ?o } ‸…", "delete the dots"),
]


@pytest.mark.parametrize(("marked", "told"), MISTAKES)
def test_a_mistake_is_told_at_its_place_with_what_to_do(marked: str, told: str) -> None:
    before, _, behind = marked.partition("‸")
    with pytest.raises(SyntaxError):
        ox.Store().query(before + behind)
    fault = explain(before + behind)
    assert fault is not None
    assert told in fault.message.of("en")
    assert (fault.line, fault.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_every_advice_is_said_in_each_language_with_the_same_places_filled_in(language: str) -> None:
    for marked, _ in MISTAKES:
        fault = explain(marked.replace("‸", ""))
        assert fault is not None
        assert fault.message.of(language) != fault.message.of("en"), fault.message
    said = {entry["says"] for entry in advice.read()["advice"]}
    assert len(said) > 60


def test_each_advice_is_given_for_some_mistake_here_or_for_one_like_it() -> None:
    """A rule that a rule before it always hides would never be read."""
    given = {fault.message.msgid for marked, _ in MISTAKES if (fault := explain(marked.replace("‸", "")))}
    more = (
        "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT '1'",
        "ASK { ?s ?p ?o FILTER(?o BETWEEN 1) }",
        "ASK { ?s ?p (?a ?b",
        "ASK { ?s ?p ?o FILTER(?o = 1",
        "SELECT (COUNT(?s)) AS ?n {}",
        "SELECT ?s AS ?n { ?s ?p ?o }",
        "",
    )
    given |= {fault.message.msgid for text in more if (fault := explain(text))}
    assert [one.says for one in known() if one.says not in given] == []


@pytest.mark.parametrize(
    ("word", "expected", "keyword"),
    [
        ("OPTONAL", {"OPTIONAL", "FILTER"}, "OPTIONAL"),
        ("FITLER", {"OPTIONAL", "FILTER"}, "FILTER"),
        ("ODER", {"ORDER", "LIMIT"}, "ORDER"),
        ("LIMITS", {"ORDER", "LIMIT"}, "LIMIT"),
        ("name", {"NAMED", "VARIABLE"}, "NAMED"),
        ("is", {"IN", "AS"}, ""),
        ("commitments", {"SELECT", "ASK"}, ""),
    ],
)
def test_a_word_of_almost_the_same_letters_is_what_is_meant(word: str, expected: set[str], keyword: str) -> None:
    assert meant(word, expected) == keyword


def test_the_place_of_a_word_is_that_of_the_first_outside_texts_and_remarks() -> None:
    query = "# SERVICE\nASK { 'SERVICE' ?p ?o\n SERVICE <a:b> { } SERVICE <a:c> {} }"
    assert place_of(query, "SERVICE") == (3, 2)
    assert place_of("ASK {}", "SERVICE") is None
