"""The rules of describing a catalogue that no SHACL shape of DCAT-AP-NL catches.

Each rule is a function from the catalogue to findings; it asks the graph's index for one property at a time,
so that ten thousand datasets take seconds. `ogp_data.core.findings` lists the rules and their fixes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import chain

from ogp_data.checks.alike import Alike
from ogp_data.checks.catalogue import Catalogue, Fault, House, Sentences
from ogp_data.checks.linked import address_form
from ogp_data.checks.listed import LIST_RULES
from ogp_data.checks.pitfalls.all import PITFALL_RULES
from ogp_data.checks.places import Labels, shown
from ogp_data.checks.temporal import temporal_value
from ogp_data.core.findings import Finding, rules
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import ADMS, DCAT, DCATAP, DCT, VCARD
from ogp_data.core.terms import Blank, Iri, Literal, Term
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists
from ogp_data.models.profiles import Profile, load_profile

ONE_EACH = (DCT.title, DCT.description, ADMS.versionNotes)
TEXTS = (*ONE_EACH, DCAT.keyword)
LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)

HVD_LAW = re.compile(r"https?://data\.europa\.eu/eli/reg_impl/2023/138(?:/|$)")


def check_catalogue(
    graph: Graph,
    lists: ValueLists,
    file: str = "",
    profile: Profile | None = None,
    labels: Labels | None = None,
    allow_private: bool = False,
    house: House = "ours",
    today: date | None = None,
    sentences: Sentences | None = None,
    alike: Alike | None = None,
) -> list[Finding]:
    """Return the faults of a catalogue; it may have the background of the value lists merged in, or not.

    Of those that are `alike` it returns the first. `today` is the day as of which dates lie in the future: a
    publication is made of its own, so that a build has no clock.
    """
    day = today or date.today()
    held_to = profile or load_profile()
    catalogue = Catalogue(graph, lists, file, held_to, labels or {}, allow_private, day, sentences or {})
    found = (found for rule in CATALOGUE_RULES for found in rule(catalogue))
    weighed = _weighed(found, catalogue.profile, house)
    return in_order((alike or Alike()).first(weighed, lambda fault: (fault.rule, fault.place.property)))


def _weighed(findings: Iterable[Finding], profile: Profile, house: House) -> Iterator[Finding]:
    """Yield the findings that count for a profile; by a house rule nobody else's catalogue is wrong."""
    asked = {name: rule for name, rule in rules().items() if name not in profile.without}
    for fault in findings:
        if fault.rule not in asked:
            continue
        if house == "ours" or not asked[fault.rule].house:
            yield fault
        elif house == "told":
            yield replace(fault, severity="info")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings, each once, by what they say."""
    # A graph yields statements in the order of its terms' first appearance, which says nothing.
    return sorted(set(findings), key=lambda f: (f.place.iri, f.place.name, f.rule, f.place.property, f.message, f.hint))


def language_tag(catalogue: Catalogue) -> Iterator[Finding]:
    """Find texts without a two-letter language tag."""
    return chain.from_iterable(catalogue.faults(term, _untagged) for term in TEXTS)


def _untagged(text: Term) -> Fault | None:
    # A value that is no text is left to the shapes, so that one mistake is one finding.
    if not isinstance(text, Literal) or (text.language and LANGUAGE.fullmatch(text.language)):
        return None
    return Fault("language-tag", Message("{shown} has no two-letter language tag.", shown=shown(text)))


def language_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Find titles, descriptions and version notes that stand twice in one language."""
    said = Counter(
        (subject, term, text.language.lower())
        for subject, term, text in catalogue.values(ONE_EACH)
        if isinstance(text, Literal) and text.language
    )
    for (subject, term, language), count in said.items():
        if count > 1:
            yield catalogue.fault(
                "duplicate-language",
                subject,
                term,
                Message("There are {count} texts in the same language, {language}.", count=count, language=language),
            )


def contact_point(catalogue: Catalogue) -> Iterator[Finding]:
    """Find contact points without an address; how many there are to be is said by the shapes."""
    graph = catalogue.graph
    for contact in dict.fromkeys(value for _, value in graph.pairs(DCAT.contactPoint)):
        if not (isinstance(contact, Literal) or graph.has(contact, VCARD.hasEmail) or graph.has(contact, VCARD.hasURL)):
            yield catalogue.fault(
                "contact-point",
                contact,
                VCARD.hasEmail,
                Message("The contact point has neither an e-mail address nor a web address."),
                Message("Give vcard:hasEmail <mailto:...>, or vcard:hasURL with the address of a contact form."),
            )


def description_too_long(catalogue: Catalogue) -> Iterator[Finding]:
    """Find descriptions longer than portals take."""
    longest = catalogue.profile.longest_description
    return catalogue.faults(DCT.description, partial(_too_long, longest)) if longest else iter(())


def _too_long(longest: int, text: Term) -> Fault | None:
    if not isinstance(text, Literal) or len(text.value) <= longest:
        return None
    message = Message(
        "The description{tag} has {count} characters; portals cut off or refuse what is longer than {longest}.",
        tag=Message(" in {language}", language=text.language) if text.language else "",
        count=f"{len(text.value):,}",
        longest=f"{longest:,}",
    )
    return Fault("description-too-long", message)


def media_type_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """Find distributions with a downloadURL and no mediaType: there it is mandatory."""
    for subject, _ in catalogue.graph.groups(DCAT.downloadURL):
        if not catalogue.graph.has(subject, DCAT.mediaType):
            message = Message("There is a downloadURL, but no media type.")
            yield catalogue.fault("missing-media-type", subject, DCAT.mediaType, message)


def distribution_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets with neither a distribution nor a data service; a series and a catalogue need none of their own."""
    graph = catalogue.graph
    has_data = {subject for subject, _ in graph.pairs(DCAT.distribution)}
    has_data.update(value for _, value in graph.pairs(DCAT.servesDataset))
    has_data.update(catalogue.all(DCAT.DatasetSeries), catalogue.all(DCAT.Catalog))
    message = Message("The dataset has neither a distribution nor a data service: portals show it without any data.")
    for subject in catalogue.all(DCAT.Dataset):
        if subject not in has_data:
            yield catalogue.fault("missing-distribution", subject, DCAT.distribution, message)


def category_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what falls under the law on high-value datasets and is in none of its categories."""
    graph = catalogue.graph
    named = {subject for subject, law in graph.pairs(DCATAP.applicableLegislation) if HVD_LAW.match(law.value)}
    message = Message("It falls under the EU law on high-value datasets, but has no category: portals do not list it.")
    for kind in (DCAT.Dataset, DCAT.DataService) if named else ():
        for subject in catalogue.all(kind):
            if subject in named and not graph.has(subject, DCATAP.hvdCategory):
                yield catalogue.fault("missing-hvd-category", subject, DCATAP.hvdCategory, message)


def identifier_differs(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets whose identifier is not their IRI."""
    for subject in catalogue.all(DCAT.Dataset):
        for value in catalogue.graph.objects(subject, DCT.identifier):
            if value.value != subject.value or isinstance(value, Blank):
                message = Message("The identifier {shown} is not the dataset's IRI.", shown=shown(value))
                hint = Message('Write dct:identifier "{subject}".', subject=subject.value)
                is_named = isinstance(subject, Iri)
                yield catalogue.fault("identifier-differs", subject, DCT.identifier, message, hint if is_named else "")


def identifier_shared(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets that have the same identifier."""
    datasets, having = set(catalogue.all(DCAT.Dataset)), defaultdict[str, set[Term]](set)
    for subject, value in catalogue.graph.pairs(DCT.identifier):
        if subject in datasets and value.value.strip() and not isinstance(value, Blank):
            having[value.value.strip()].add(subject)
    for identifier, subjects in having.items():
        if len(subjects) > 1:
            message = Message(
                '"{identifier}" is the identifier of {count} datasets.', identifier=identifier, count=len(subjects)
            )
            for subject in subjects:
                yield catalogue.fault("duplicate-identifier", subject, DCT.identifier, message)


def licences_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets of which one distribution has another licence than the other, however each is named."""
    known, graph = Licences(catalogue.lists), catalogue.graph
    meant = cache(lambda named: each.iri if (each := known.meant(named.value)) else named.value)
    for subject, distributions in graph.groups(DCAT.distribution):
        given = {licence for each in distributions for licence in graph.objects(each, DCT.license)}
        if len(given) > 1 and len(set(map(meant, given))) > 1:
            message = Message(
                "The distributions have {count} licences: {licences}. Portals show one for the whole dataset.",
                count=len(given),
                licences=", ".join(sorted(map(shown, given))),
            )
            yield catalogue.fault("licences-differ", subject, DCT.license, message)


CATALOGUE_RULES: tuple[Callable[[Catalogue], Iterator[Finding]], ...] = (
    language_tag,
    language_twice,
    temporal_value,
    address_form,
    *LIST_RULES,
    contact_point,
    description_too_long,
    media_type_missing,
    distribution_missing,
    category_missing,
    identifier_differs,
    identifier_shared,
    licences_differ,
    *PITFALL_RULES,
)
