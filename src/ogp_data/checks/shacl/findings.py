"""Results of validation as findings: what is wrong in the words of the shapes, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from functools import cache

from ogp_data.checks.places import CONTROL, Labels, Places, shown
from ogp_data.checks.shacl.engine import Result
from ogp_data.checks.shacl.mending import Meant, mend, nothing_meant
from ogp_data.checks.shacl.outcome import Outcome, validate
from ogp_data.core.findings import Finding, Place, rules
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, listed
from ogp_data.core.namespaces import DCT, SH, curie
from ogp_data.core.terms import RDFS, Blank, Iri, Literal, Term
from ogp_data.core.words import Words

EUSH_MESSAGE = Iri("https://purl.eu/ns/shacl#message")
"""Where the shapes of DCAT-AP and DCAT-AP-NL keep their messages; only their validator reads them there."""


def check_shapes(
    data: Graph, shapes: Graph, required: str, recommended: str, file: str, labels: Labels | None = None
) -> list[Finding]:
    """Return what breaks the shapes: violations by the rule `required`, warnings by the rule `recommended`.

    Give `data` together with the background of the value lists. ShapesError when shapes of others cannot be applied.
    """
    return told(validate(shapes, data), required, recommended, file, labels)


def told(
    outcome: Outcome,
    required: str,
    recommended: str,
    file: str,
    labels: Labels | None = None,
    judged: Container[Place] = (),
    meant: Meant = nothing_meant,
) -> list[Finding]:
    """Return the results of a validation as findings, each once.

    `judged` are the places of which a rule has told already that a value is none of its list: that it has not the
    class of such a value either is the same fault, and giving it the class would mend nothing.
    """
    teller, places = Teller(outcome.shapes, meant), Places(outcome.data, file, labels or {})
    found = []
    for result in outcome.results:
        one = teller.finding(result, required if result.severity == SH.Violation else recommended, places)
        if result.component != SH.ClassConstraintComponent or one.place not in judged:
            found.append(one)
    return sorted(_merged(found), key=_order)


class Teller:
    """Says what a result means in the words of its shapes; what does not depend on the data it finds once."""

    def __init__(self, shapes: Graph, meant: Meant = nothing_meant) -> None:
        """Take the shapes, and what tells which IRI a text stands for."""
        self.shapes = shapes
        self._meant = meant
        self.message = cache(self._message)
        self.norm = cache(self._norm)

    def finding(self, result: Result, rule: str, places: Places) -> Finding:
        """Return a result as a finding by a rule."""
        place = places.of(result.focus, result.path.value if isinstance(result.path, Iri) else "")
        mended = mend(self.shapes, result, self._meant) if result.severity == SH.Violation else ""
        message, known = self.message(result.shape, result.component, result.messages), rules()[rule]
        norm, clause = self.norm(result.shape)
        if not norm:
            norm, clause = known.norm, known.clause
        return Finding(rule, message, place, mended or known.fix, known.severity, norm, clause)

    def _norm(self, shape: Term) -> tuple[str, str]:
        """Return address and number of the sentence that a shape stands for; of several, the least."""
        norm, clause = self.shapes.value(shape, RDFS.seeAlso), self.shapes.value(shape, DCT.bibliographicCitation)
        # Shapes of others may have anything there, and reports make a link of it.
        if norm is None or not norm.value.startswith(("https://", "http://")):
            return "", ""
        return norm.value, clause.value if clause else ""

    def _message(self, shape: Term, component: Iri, said: tuple[Literal, ...]) -> str:
        """Return what a shape says in each of its languages, or which constraint is broken."""
        texts = said or [text for p in (SH.message, EUSH_MESSAGE) for text in self.shapes.objects(shape, p)]
        by_language = sorted(
            (text.language or "", CONTROL.sub(" ", text.value)) for text in texts if isinstance(text, Literal)
        )
        # Of several texts in one language the first counts.
        words = Words(dict(reversed(by_language)))
        return Message("{text}", text=words) if by_language else self._breaks(shape, component)

    def _breaks(self, shape: Term, component: Iri) -> str:
        """Return which constraint is broken, for shapes that have no message."""
        parameter = parameter_of(component)
        values = self.shapes.objects(shape, parameter)
        asked = sorted(shown(value) for value in values if not isinstance(value, Blank))
        return Message("It does not satisfy {constraint}.", constraint=" ".join([curie(parameter.value), *asked]))


def parameter_of(component: Iri) -> Iri:
    """Return sh:minCount for sh:MinCountConstraintComponent; a component that is not SHACL's own is itself."""
    name = component.value.removeprefix(SH.base).removesuffix("ConstraintComponent")
    return component if name == component.value else Iri(SH.base + name[:1].lower() + name[1:])


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return one finding for each place and message.

    A text for an IRI breaks kind and class at once; a node that several shapes are about breaks one for each of them.
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for found in findings:
        alike.setdefault((found.rule, found.place, found.message, found.norm), []).append(found)
    return [
        replace(one, hint=_together(sorted({one.hint, *(each.hint for each in more)}))) if more else one
        for one, *more in alike.values()
    ]


def _together(said: list[str]) -> str:
    """Return the fixes of one fault as one text."""
    return said[0] if len(said) == 1 else Message("{fixes}", fixes=listed(said, " "))


def _order(found: Finding) -> tuple[str, ...]:
    place = found.place
    return found.rule, place.iri, place.name, place.property, found.message, found.hint
