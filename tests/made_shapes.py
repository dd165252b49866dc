"""Made shapes and data over all of SHACL that is compiled, and mutations of real catalogues, from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pyoxigraph as ox

from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import RDF, RDFS, XSD, Blank, Iri, Literal, Term

Statement = tuple[Term, Iri, Term]

EX = "https://example.org/"
CLASSES = [Iri(f"{EX}Class{n}") for n in range(4)]
PROPERTIES = [Iri(f"{EX}p{n}") for n in range(4)]
NODES: list[Term] = [*(Iri(f"{EX}node{n}") for n in range(6)), *(Blank(f"node{n}") for n in range(3))]
LANGUAGES = ["nl", "en", "en-GB", "fr", "de"]

TEXTS: dict[str, str] = {
    "integer": "1|0|-3|007|1_000| 4 |x||1.0|٣|+5|9999999999",
    "int": "1|2147483648|-2147483649|12|a",
    "short": "1|32768|-5",
    "byte": "1|128|-128|300",
    "long": "1|99999999999999999999",
    "unsignedInt": "1|-1|4294967296",
    "unsignedLong": "1|-1|18446744073709551616",
    "unsignedShort": "1|65536",
    "unsignedByte": "1|256|-0",
    "nonNegativeInteger": "0|-1|12|x",
    "positiveInteger": "0|1|-1",
    "nonPositiveInteger": "0|1|-1",
    "negativeInteger": "0|-1|1",
    "decimal": "1.5|1|-2.50|x|1e3|NaN|1,5|.5|",
    "double": "1.5|1e3|INF|-INF|NaN|x|infinity|1_0.5",
    "float": "1.5|2|x|-1E-3|nan",
    "boolean": "true|false|1|0|TRUE|yes|",
    "date": "2020-02-29|2021-02-29|2020-01-01Z|2020-01-01+01:00|2020-01-01-05:00|-2020-01-01|20200101|2020-W01-1"
    "|2020-01-01T10:00:00|10000-01-01|2020|2020-1-1|",
    "dateTime": "2020-01-01T10:00:00|2020-01-01T10:00:00Z|2020-01-01|2020-01-01T24:00:00|2020-01-01T10:00:00.123+02:00"
    "|20200101T10|x|2020-01-01 10:00:00",
    "time": "10:00:00|10:00|25:00:00|10:00:00Z|T10:00|x",
    "duration": "P1Y|P1M2D|PT5S|P|PT|-P1D|+P1W|P1,5D|P2020-01-01|1Y|P999999999999D",
    "dayTimeDuration": "P1D|PT36H|P1Y|x",
    "yearMonthDuration": "P1Y2M|P1D|y",
    "gYear": "2020|x|",
    "gYearMonth": "2020-01|x",
    "gMonth": "--01|x",
    "hexBinary": "00ff|0|zz||0F",
    "base64Binary": "aGk=|a|====|é|aGk|",
    "anyURI": "https://example.org/|not one|",
    "language": "nl|not one",
    "string": "a|b|word|Word||two words|a\nb|10",
}
"""Datatype -> texts, well-formed and not."""

ALL_DATATYPES = [*(Iri(XSD.base + name) for name in TEXTS), RDF.langString, RDFS.Literal, Iri(f"{EX}datatype")]


def literal(random: Random) -> Literal:
    """Return a literal of any datatype or language."""
    if random.random() < 0.25:
        return ox.Literal(random.choice(["a", "word", "Word", "", "10"]), language=random.choice(LANGUAGES))
    if random.random() < 0.05:
        return ox.Literal("POINT(1 2)", datatype=Iri(f"{EX}datatype"))
    name = random.choice([*TEXTS, *["string", "integer", "date", "dateTime", "decimal"] * 3])
    return ox.Literal(random.choice(TEXTS[name].split("|")), datatype=Iri(XSD.base + name))


def value(random: Random) -> Term:
    """Return a value of any kind."""
    return random.choice(NODES) if random.random() < 0.5 else literal(random)


def data(random: Random) -> Graph:
    """Return a small graph of nodes with classes, subclasses (also in circles), and values that they share."""
    graph, values = Graph(), [value(random) for _ in range(12)]
    if random.random() < 0.4:
        for node, predicate, text in product(random.sample(NODES, 4), PROPERTIES[:3], "ab"):
            graph.add(node, predicate, ox.Literal(text, language=random.choice(LANGUAGES[:2])))
    for _ in range(random.randint(0, 4)):
        graph.add(random.choice(CLASSES), RDFS.subClassOf, random.choice(CLASSES))
    for node in NODES:
        for kind in random.sample([*CLASSES, RDFS.Resource], random.choice([0, 1, 1, 2])):
            graph.add(node, RDF.type, kind)
        for _ in range(random.randint(0, 6)):
            graph.add(node, random.choice(PROPERTIES), random.choice([*values, *values, *NODES]))
    return graph


class Maker:
    """Makes the shapes of one graph; shapes refer only to those that are there already, so never to themselves."""

    def __init__(self, random: Random, odd: float) -> None:
        self.random = random
        self.odd = odd
        self.graph = Graph()
        self.node_shapes: list[Term] = []
        self.property_shapes: list[Term] = []
        self.blanks = 0

    def shapes(self) -> Graph:
        """Return the graph of several shapes of both kinds, some with targets."""
        for number in range(self.random.randint(3, 9)):
            is_property = self.random.random() < 0.6
            shape = Iri(f"{EX}Shape{number}") if self.random.random() < 0.6 else self.blank()
            self.shape(shape, is_property)
            (self.property_shapes if is_property else self.node_shapes).append(shape)
        if not any(self.graph.number(each) >= 0 for each in (SH.targetClass, SH.targetNode)):
            self.graph.add((self.node_shapes + self.property_shapes)[-1], SH.targetClass, CLASSES[0])
        return self.graph

    def shape(self, shape: Term, is_property: bool) -> None:
        choose, add = self.random, self.graph.add
        if is_property:
            add(shape, SH.path, self.path())
        if choose.random() < 0.5 or not is_property:
            add(shape, RDF.type, SH.PropertyShape if is_property else SH.NodeShape)
        if choose.random() < 0.6:
            self.target(shape)
        if choose.random() < 0.2:
            add(shape, SH.severity, choose.choice([SH.Warning, SH.Info, SH.Violation, Iri(f"{EX}severity")]))
        if choose.random() < 0.08:
            add(shape, SH.deactivated, ox.Literal(choose.choice(["true", "false", "1"]), datatype=XSD.boolean))
        if choose.random() < 0.2:
            add(shape, SH.message, ox.Literal("Said.", language=choose.choice(LANGUAGES)))
        if choose.random() < 0.1:
            add(shape, Iri(SH.base + "shape"), choose.choice([*CLASSES, *NODES[:2]]))
        for _ in range(choose.choice([0, 1, 1, 2, 3])):
            self.constraint(shape, is_property)
        if choose.random() < self.odd:
            self.oddity(shape)

    def oddity(self, shape: Term) -> None:
        """Add what no shape may have, or what is not compiled."""
        add, integer, path = self.graph.add, self.number(2), self.list(self.random.sample(PROPERTIES, 2))
        several, select = self.blank(), self.blank()
        add(several, SH.zeroOrMorePath, PROPERTIES[0])
        add(select, SH.select, ox.Literal("SELECT $this WHERE { $this ?p ?o . FILTER (?o = 1) }"))
        odd: list[tuple[Iri, Term]] = [
            (SH.path, PROPERTIES[0]), (SH.path, several), (SH.path, path), (SH.path, ox.Literal("p")),
            (SH.property, Iri(f"{EX}Missing")), (SH.property, shape), (SH.node, shape), (SH["not"], shape),
            (SH.node, Iri(f"{EX}Missing")), (SH.property, CLASSES[0]), (SH.node, self.random.choice(NODES)),
            (SH["or"], RDF.nil), (SH["or"], self.blank()), (SH["and"], ox.Literal("list")), (SH.xone, shape),
            (SH["in"], ox.Literal("list")), (SH["in"], RDF.nil), (SH.languageIn, ox.Literal("nl")),
            (SH.minCount, ox.Literal("x", datatype=XSD.integer)), (SH.minCount, ox.Literal("1")),
            (SH.minCount, integer),
            (SH.maxCount, ox.Literal("-1", datatype=XSD.integer)), (SH.maxCount, integer),
            (SH.maxCount, self.number(3)),
            (SH.minLength, ox.Literal("-1", datatype=XSD.integer)), (SH.maxLength, ox.Literal("1.0")),
            (SH.datatype, XSD.date), (SH.datatype, XSD.integer), (SH.datatype, Iri(RDF.base + "HTML")),
            (SH.datatype, Iri(RDFS.base + "Datatype")), (SH.datatype, ox.Literal("x")),
            (SH.nodeKind, SH.IRI), (SH.nodeKind, SH.Shape), (SH["class"], ox.Literal("x")), (SH["class"], self.blank()),
            (SH.pattern, ox.Literal("(")), (SH.pattern, CLASSES[0]), (SH.flags, ox.Literal("s")), (SH.pattern, integer),
            (SH.deactivated, ox.Literal("yes")), (SH.deactivated, CLASSES[0]), (SH.severity, SH.Info),
            (SH.severity, SH.Warning), (SH.severity, ox.Literal("bad")), (SH.uniqueLang, ox.Literal("true")),
            (SH.uniqueLang, ox.Literal(True)), (SH.closed, ox.Literal("false")), (SH.closed, CLASSES[0]),
            (SH.ignoredProperties, RDF.nil), (SH.ignoredProperties, CLASSES[0]), (SH.minInclusive, CLASSES[0]),
            (SH.minInclusive, ox.Literal("x", datatype=XSD.integer)),
            (SH.maxExclusive, ox.Literal("2020", datatype=XSD.gYear)),
            (SH.targetClass, ox.Literal("x")), (SH.targetClass, self.blank()), (SH.targetNode, self.blank()),
            (SH.targetSubjectsOf, ox.Literal("x")), (SH.targetObjectsOf, self.blank()), (SH.hasValue, self.blank()),
            (SH.equals, ox.Literal("x")), (SH.disjoint, self.blank()), (SH.lessThan, PROPERTIES[0]),
            (SH.lessThanOrEquals, PROPERTIES[1]), (SH.qualifiedMinCount, integer), (SH.qualifiedValueShape, shape),
            (SH.qualifiedValueShape, Iri(f"{EX}Missing")), (SH.sparql, select), (SH.js, self.blank()),
            (SH.target, self.blank()), (SH.rule, self.blank()), (SH.expression, self.blank()),
            (RDF.type, SH.NodeShape), (RDF.type, SH.PropertyShape), (RDF.type, SH.ConstraintComponent),
            (RDF.type, Iri(f"{EX}Component")),
        ]  # fmt: skip
        if self.random.random() < 0.02:
            add(Iri(f"{EX}Component"), RDFS.subClassOf, SH.ConstraintComponent)
        add(shape, *self.random.choice(odd))

    def blank(self) -> Term:
        self.blanks += 1
        return Blank(f"made{self.blanks}")

    def path(self) -> Term:
        step = self.random.choice([*PROPERTIES, *PROPERTIES, RDF.type])
        if self.random.random() < 0.75:
            return step
        inverse = self.blank()
        self.graph.add(inverse, SH.inversePath, step)
        return inverse

    def target(self, shape: Term) -> None:
        for _ in range(self.random.choice([1, 1, 2])):
            kind = self.random.choice([SH.targetClass] * 3 + [SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf])
            nodes = [*(node for node in NODES if isinstance(node, Iri)), literal(self.random), Iri(f"{EX}nowhere")]
            at = {SH.targetClass: CLASSES, SH.targetNode: nodes}.get(kind, PROPERTIES)
            self.graph.add(shape, kind, self.random.choice(at))
        if isinstance(shape, Iri) and self.random.random() < 0.1:
            self.graph.add(
                shape, RDF.type, self.random.choice([RDFS.Class, Iri("http://www.w3.org/2002/07/owl#Class")])
            )

    def list(self, members: Sequence[Term]) -> Term:
        head: Term = RDF.nil
        for member in reversed(members):
            cell = self.blank()
            self.graph.add(cell, RDF.first, member)
            self.graph.add(cell, RDF.rest, head)
            head = cell
        return head

    def number(self, most: int, least: int = 0, datatype: Iri = XSD.integer) -> Literal:
        return ox.Literal(str(self.random.randint(least, most)), datatype=datatype)

    def bound(self) -> Literal:
        name = self.random.choice(["integer", "decimal", "double", "date", "dateTime", "time", "string"])
        texts = {
            "integer": ["0", "1", "5"], "decimal": ["1.5", "-2.5"], "double": ["1e1", "1.5"], "date": ["2020-02-29"],
            "dateTime": ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00"], "time": ["10:00:00"], "string": ["a", "m"],
        }  # fmt: skip
        return ox.Literal(self.random.choice(texts[name]), datatype=Iri(XSD.base + name))

    def constraint(self, shape: Term, is_property: bool) -> None:
        """Add one constraint, unless the shape has one of its kind and may have no other."""
        choose, said = self.random, {predicate for predicate, _ in self.graph.about(shape)}
        kinds = [
            each for each in [*SIMPLE, *RARE] if each not in said or (each in REPEATABLE and choose.random() < 0.5)
        ]
        if not is_property:
            kinds = [each for each in kinds if each not in (SH.minCount, SH.maxCount, SH.uniqueLang)]
        if self.node_shapes or self.property_shapes:
            kinds += LOGICAL * 2
            if is_property:
                kinds += [SH.qualifiedValueShape]
        kind = choose.choice(kinds)
        if kind == SH.property:
            if self.property_shapes:
                self.graph.add(shape, kind, choose.choice(self.property_shapes))
        elif kind == SH.node:
            if self.node_shapes:
                self.graph.add(shape, kind, choose.choice(self.node_shapes))
        elif kind == SH.qualifiedValueShape:
            self.qualified(shape, said)
        else:
            self.graph.add(shape, kind, self.parameter(kind))
            self.more_of(shape, kind)

    def qualified(self, shape: Term, said: set[Iri]) -> None:
        if SH.qualifiedValueShape in said:
            return
        self.graph.add(shape, SH.qualifiedValueShape, self.random.choice(self.node_shapes + self.property_shapes))
        for kind in self.random.sample([SH.qualifiedMinCount, SH.qualifiedMaxCount], self.random.choice([1, 2])):
            self.graph.add(shape, kind, self.number(2))
        if self.random.random() < 0.5:
            self.graph.add(shape, SH.qualifiedValueShapesDisjoint, ox.Literal(True))

    def more_of(self, shape: Term, kind: Iri) -> None:
        if kind == SH.pattern and self.random.random() < 0.5:
            self.graph.add(shape, SH.flags, ox.Literal(self.random.choice(["i", "im", "m"])))
        if kind == SH.closed and self.random.random() < 0.7:
            self.graph.add(shape, SH.ignoredProperties, self.list([RDF.type, self.random.choice(PROPERTIES)]))

    def parameter(self, kind: Iri) -> Term:
        choose = self.random
        iris = [node for node in NODES if isinstance(node, Iri)]
        if kind in (SH["and"], SH["or"], SH.xone):
            there = self.node_shapes + self.property_shapes
            return self.list([choose.choice(there) for _ in range(choose.randint(1, 3))])
        if kind == SH["in"]:
            return self.list([choose.choice([*iris, literal(choose)]) for _ in range(choose.randint(0, 8))])
        if kind == SH.languageIn:
            return self.list([ox.Literal(each) for each in choose.sample(["nl", "en", "EN", "fr", "*"], 2)])
        if kind in (SH.minExclusive, SH.minInclusive, SH.maxExclusive, SH.maxInclusive):
            return self.bound()
        plain: dict[Iri, Sequence[Term]] = {
            SH["class"]: CLASSES,
            SH.datatype: ALL_DATATYPES,
            SH.nodeKind: [SH.IRI, SH.BlankNode, SH.Literal, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral, SH.IRIOrLiteral],
            SH.minCount: [self.number(3)],
            SH.maxCount: [self.number(2)],
            SH.minLength: [self.number(6, 1, choose.choice([XSD.integer, XSD.nonNegativeInteger, XSD.int]))],
            SH.maxLength: [self.number(6)],
            SH.pattern: list(map(ox.Literal, ["^a", "o", "W", "^b$", "[0-9]+", "^https://", "node[12]"])),
            SH.uniqueLang: [ox.Literal(True), ox.Literal(True), ox.Literal(False)],
            SH.hasValue: [*iris, literal(choose)],
            SH.equals: PROPERTIES,
            SH.disjoint: PROPERTIES,
            SH["not"]: self.node_shapes + self.property_shapes,
            SH.closed: [ox.Literal(True), ox.Literal(True), ox.Literal(False)],
        }
        return choose.choice(plain[kind])


SIMPLE = [
    SH["class"], SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minExclusive, SH.minInclusive,
    SH.maxExclusive, SH.maxInclusive, SH.minLength, SH.maxLength, SH.pattern, SH.languageIn, SH.uniqueLang, SH["in"],
    SH.hasValue, SH.equals, SH.disjoint, SH.closed,
]  # fmt: skip
RARE = [SH.uniqueLang] * 4
"""What is seldom broken by chance is asked more often."""
REPEATABLE = {
    SH["class"], SH.minExclusive, SH.maxInclusive, SH.pattern, SH.hasValue, SH.equals, SH.disjoint,
}  # fmt: skip
LOGICAL = [SH.property, SH.node, SH["not"], SH["and"], SH["or"], SH.xone]


def made(seed: int) -> tuple[Graph, Graph]:
    """Return shapes and data; in every third there may be what is ill-formed or not compiled."""
    random = Random(seed)
    return Maker(random, odd=0 if seed % 3 else 0.15).shapes(), data(random)


def mutated(graph: Graph, random: Random, times: int) -> Graph:
    """Return a catalogue with statements taken away, changed and added."""
    statements = list(graph.statements())
    for _ in range(times):
        at = random.randrange(len(statements))
        statements[at : at + 1] = _changed(statements[at], statements, random)
    changed = Graph()
    for subject, predicate, each in statements:
        changed.add(subject, predicate, each)
    return changed


def _changed(statement: Statement, all_: Sequence[Statement], random: Random) -> Iterator[Statement]:
    """Yield what comes in the place of a statement."""
    subject, predicate, _ = statement
    how = random.randrange(6)
    if how in (1, 2):
        yield statement
    if how == 2:
        yield subject, predicate, random.choice(all_)[2]
    elif how == 3:
        yield subject, random.choice(all_)[1], statement[2]
    elif how > 3 or how == 1:
        yield subject, predicate, literal(random) if how == 4 else Blank(f"new{random.randrange(5)}")
