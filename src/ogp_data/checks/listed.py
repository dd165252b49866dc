"""The rules about values that come from a list: of the EU, of a registry, of a register of organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain

from ogp_data.checks.catalogue import Catalogue, Fault
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import ADMS, AUTHORITY, DCAT, DCT, SKOS
from ogp_data.core.near import MOST
from ogp_data.core.terms import Blank, Iri, Literal, Term
from ogp_data.core.words import Text, Words
from ogp_data.models.licences import Licences
from ogp_data.models.lists import Concept, ValueList
from ogp_data.models.profiles import LicenceRule

MAY_NAME_AUTHORITY = (
    DCAT.theme,
    DCAT.themeTaxonomy,
    ADMS.status,
    DCT.license,
    DCT.spatial,
    DCT.publisher,
    DCT.creator,
    DCT.type,
)
"""The properties that may name a concept of the EU's tables, besides those whose list the profile says."""
HTTPS_AUTHORITY = AUTHORITY.replace("http://", "https://")

PUBLIC = Iri(f"{AUTHORITY}access-right/PUBLIC")
NOT_OPEN = Iri("https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/niet_open")

TOOI = "https://identifier.overheid.nl/tooi/id/"
"""Below which the Dutch government's register names its organisations."""


Near = Callable[[str], Iterable[Concept]]
"""What may have been meant by an IRI or a word, the nearest first."""


def judge(
    values: ValueList,
    value: Term,
    only: Sequence[str] = (),
    others: Sequence[ValueList] = (),
    nearest: Near | None = None,
) -> Fault | None:
    """Return what is wrong with a value that is to come from a list, or from one of the others.

    `only` are the codes that are allowed where not all are. A text is found by the shapes, https by a rule of its own.
    """
    lists = (values, *others)
    if isinstance(value, Literal) or _https_authority(value):
        return None
    if home := next((each for each in lists if value.value in each), None):
        concept = home.get(value.value)
        if concept is None or not only or concept.code in only:
            return _deprecated(home, concept) if concept else None
    elif home := next((each for each in lists if each.grows and each.fits(value.value)), None):
        return _unregistered(home, value)
    titles = either([each.title for each in lists])
    if home:
        message = Message(
            '{value} is in the list "{list}", but the profile does not allow it.', value=shown(value), list=titles
        )
    else:
        message = Message('{value} is not in the list "{list}".', value=shown(value), list=titles)
    near = meant(nearest or values.nearest, value, only)
    if only:
        codes = either(list(only))
        hint = Message("{meant}Take {codes} of <{scheme}>.", meant=near, codes=codes, scheme=values.scheme)
    else:
        hint = Message("{meant}Take a value of {lists}.", meant=near, lists=either(list(map(_named, lists))))
    return Fault("value-list", message, hint)


def either(texts: Sequence[Text | str]) -> Text | str:
    """Return texts as a choice: a, b or c."""
    first, *others = texts
    if not others:
        return first
    if len(others) == 1:
        return Message("{one} or {other}", one=first, other=others[0])
    return Message("{one}, {other}", one=first, other=either(others))


def meant(nearest: Near, value: Term, only: Sequence[str] = ()) -> Text | str:
    """Return the question whether one of the values was meant that are spelt nearly like one that no list has."""
    near = nearest("" if isinstance(value, Blank) else value.value)
    spelt = [each for each in near if each.iri != value.value and (not only or each.code in only)]
    # The nearest first, and what is in force before what is not.
    ranked = sorted(spelt, key=lambda each: each.deprecated)
    told = [Message("<{iri}> ({label})", iri=each.iri, label=_label(each)) for each in ranked]
    return Message("Did you mean {near}? ", near=either(told)) if told else ""


def _label(concept: Concept) -> Words:
    return Words(nl=concept.label("nl"), en=concept.label("en"))


def _named(values: ValueList) -> Text | str:
    if not values.date:
        return f"<{values.scheme}>"
    return Message("<{scheme}> (of {date} here)", scheme=values.scheme, date=values.date)


def _deprecated(values: ValueList, concept: Concept) -> Fault | None:
    if not concept.deprecated:
        return None
    about = {"code": concept.code, "label": _label(concept), "list": values.title}
    message = Message('{code} ({label}) is deprecated in the list "{list}": portals drop such codes.', **about)
    if concept.ended:
        message = Message(
            '{code} ({label}) is deprecated in the list "{list}" since {day}: portals drop such codes.',
            **about,
            day=concept.ended,
        )
    return Fault(
        "deprecated-code",
        message,
        Message("Take a value of <{scheme}> that is in force.", scheme=values.scheme),
    )


def _unregistered(values: ValueList, value: Term) -> Fault:
    return Fault(
        "unregistered-code",
        Message(
            '{value} is not in the list "{list}" of {date}: portals that know no newer one show an address for a name.',
            value=shown(value),
            list=values.title,
            date=values.date,
        ),
        Message(
            "{meant}Nothing needs fixing when <{scheme}> has it by now.",
            meant=meant(values.nearest, value),
            scheme=values.scheme,
        ),
    )


def listed(catalogue: Catalogue) -> Iterator[Finding]:
    """Find values outside the list that the profile prescribes for their property."""
    for key, names in catalogue.profile.lists.items():
        first, *others = (catalogue.lists[name] for name in names)
        term, only = Iri(key), catalogue.profile.only.get(key, ())
        yield from catalogue.faults(term, partial(judge, first, only=only, others=others))


def listed_status(catalogue: Catalogue) -> Iterator[Finding]:
    """Find a status outside the list for datasets, or for distributions."""
    for kind, name in catalogue.profile.status.items():
        judged = cache(partial(judge, catalogue.lists[name]))
        for subject in catalogue.all(Iri(kind)):
            for value in catalogue.graph.objects(subject, ADMS.status):
                if fault := judged(value):
                    yield catalogue.fault(fault.rule, subject, ADMS.status, fault.message, fault.hint)


def listed_places(catalogue: Catalogue) -> Iterator[Finding]:
    """Find a spatial coverage of no list of places, nor described as a dct:Location."""
    described = set(catalogue.all(DCT.Location))
    first, *others = (catalogue.lists[name] for name in catalogue.profile.places)

    def judged(value: Term) -> Fault | None:
        return judge(first, value, others=others) if value.value in first or value not in described else None

    return catalogue.faults(DCT.spatial, judged)


# Licences -----------------------------------------------------------------------------------------------


def licensed(catalogue: Catalogue) -> Iterator[Finding]:
    """Find licences that the profile does not allow, or does not name so."""
    licences, rule = Licences(catalogue.lists), catalogue.profile.licence
    lists = [catalogue.lists[name] for name in rule.lists]
    return catalogue.faults(DCT.license, partial(_licence_fault, licences, lists, rule))


def _licence_fault(licences: Licences, lists: Sequence[ValueList], rule: LicenceRule, value: Term) -> Fault | None:
    if isinstance(value, Literal) or _https_authority(value):
        return None
    if home := next((each for each in lists if value.value in each), None):
        concept = home.get(value.value)
        return _deprecated(home, concept) if concept else None
    nearest = partial(_near_licences, licences, lists)
    if rule.by_address and licences.is_known(value.value):
        return None
    if not rule.only_creative_commons:
        return _unlisted_licence(lists[0], value, nearest)
    if licences.is_creative_commons(value.value) and licences.is_there(value.value):
        same = [iri for iri in licences.same(value.value) if any(iri in each for each in lists)]
        hint = Message("Write <{same}>.", same=same[0]) if same else ""
        return Fault(
            "licence-form",
            Message(
                "{shown} is a licence of Creative Commons, but not as the list of licences names it: portals that"
                " compare addresses take it for none.",
                shown=shown(value),
            ),
            hint,
        )
    return judge(lists[0], value, (), lists[1:], nearest)


def _near_licences(licences: Licences, lists: Sequence[ValueList], written: str) -> list[Concept]:
    """Return which licences of the lists may be meant, at most three: each as the first list that has it names it."""
    meant = ([iri, *licences.same(iri)] for iri in licences.nearest(written))
    found = [*lists[0].nearest(written), *(_listed_as(names, lists) for names in meant)]
    return list({each.iri: each for each in found if each}.values())[:MOST]


def _listed_as(names: Sequence[str], lists: Sequence[ValueList]) -> Concept | None:
    return next((concept for each in lists for iri in names if (concept := each.get(iri))), None)


def _unlisted_licence(values: ValueList, value: Term, nearest: Near) -> Fault:
    return Fault(
        "unlisted-licence",
        Message(
            '{value} is not in the list "{list}", nor the web address of a licence in it: portals that know that list'
            " alone take it for none.",
            value=shown(value),
            list=values.title,
        ),
        Message(
            "{meant}Take a value of {named} if the licence is in it.", meant=meant(nearest, value), named=_named(values)
        ),
    )


def closed_though_public(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets that are public, with a file whose licence says that it is not open."""
    graph = catalogue.graph
    public = set(graph.subjects(DCT.accessRights, PUBLIC))
    message = Message(
        "The licence is {licence}, and the dataset is public: nobody can tell whether the data may be used.",
        licence=shown(NOT_OPEN),
    )
    for file in graph.subjects(DCT.license, NOT_OPEN):
        if public.intersection(graph.subjects(DCAT.distribution, file)):
            yield catalogue.fault("closed-though-public", file, DCT.license, message)


# Organisations ------------------------------------------------------------------------------------------


def registered(catalogue: Catalogue) -> Iterator[Finding]:
    """Find publishers and creators that the Dutch register of organisations does not have, or has no longer."""
    for subject, term, value in catalogue.values((DCT.publisher, DCT.creator)):
        if value.value.startswith(TOOI) and (fault := _organisation_fault(catalogue, subject, value)):
            yield catalogue.fault(fault.rule, subject, term, fault.message, fault.hint)


def _organisation_fault(catalogue: Catalogue, subject: Term, value: Term) -> Fault | None:
    home = catalogue.lists.home(value.value)
    concept = home.get(value.value) if home else None
    if home is None:
        return Fault(
            "unregistered-code",
            Message(
                "{shown} has not the form of an organisation's IRI in the Dutch government's register: portals show an"
                " address for a name.",
                shown=shown(value),
            ),
            Message("Take the organisation's IRI from https://standaarden.overheid.nl/tooi."),
        )
    if concept is None:
        return _unregistered(home, value)
    if not concept.ended or _latest(catalogue, subject) <= concept.ended:
        return None
    return Fault(
        "ended-organisation",
        Message(
            "{name} ({code}) ended on {ended}: whoever asks it gets no answer.",
            name=concept.nl,
            code=concept.code,
            ended=concept.ended,
        ),
    )


def _latest(catalogue: Catalogue, subject: Term) -> str:
    """Return the last day that a resource says of itself; one without days is of today."""
    days = chain.from_iterable(catalogue.graph.objects(subject, term) for term in (DCT.modified, DCT.issued))
    return max((day.value[:10] for day in days if isinstance(day, Literal)), default="9999")


# Themes and names of concepts ---------------------------------------------------------------------------


def themes(catalogue: Catalogue) -> Iterator[Finding]:
    """Find what has themes, but none of the EU's; and own themes that are not described as concepts."""
    eu, concepts = catalogue.lists[catalogue.profile.themes], set(catalogue.all(SKOS.Concept))
    for subject, named in catalogue.groups(DCAT.theme):
        own = [theme for theme in named if theme.value not in eu]
        unknown = [t for t in own if not (t in concepts or isinstance(t, Literal) or _https_authority(t))]
        # Beside one of the EU's, themes of other lists are allowed; what only looks like one of the EU's is not.
        wrong = unknown if len(own) == len(named) else [t for t in unknown if t.value.startswith(f"{eu.scheme}/")]
        for theme in wrong:
            if fault := judge(eu, theme):
                yield catalogue.fault(fault.rule, subject, DCAT.theme, fault.message, fault.hint)
        if not unknown and len(own) == len(named):
            yield catalogue.fault(
                "value-list",
                subject,
                DCAT.theme,
                Message('None of the themes is in the list "{list}".', list=eu.title),
                Message("Add a theme of <{scheme}>; themes of your own are allowed as well.", scheme=eu.scheme),
            )


def theme_taxonomy(catalogue: Catalogue) -> Iterator[Finding]:
    """Find catalogues whose theme taxonomies lack the EU's themes."""
    eu = catalogue.lists[catalogue.profile.themes]
    for subject, taxonomies in catalogue.groups(DCAT.themeTaxonomy):
        if Iri(eu.scheme) not in taxonomies:
            yield catalogue.fault(
                "value-list",
                subject,
                DCAT.themeTaxonomy,
                Message('The list "{list}" is not among the theme taxonomies.', list=eu.title),
                Message("Add <{scheme}>.", scheme=eu.scheme),
            )


def authority_scheme(catalogue: Catalogue) -> Iterator[Finding]:
    """Find concepts of the EU's tables that are named with https."""
    for term in (*map(Iri, catalogue.profile.lists), *MAY_NAME_AUTHORITY):
        yield from catalogue.faults(term, _authority_fault)


def _authority_fault(value: Term) -> Fault | None:
    if not _https_authority(value):
        return None
    message = Message("{shown} begins with https; the EU's tables name their concepts with http.", shown=shown(value))
    hint = Message("Write <{value}>.", value=value.value.replace("https", "http", 1))
    return Fault("authority-scheme", message, hint)


def _https_authority(value: Term) -> bool:
    return isinstance(value, Iri) and value.value.startswith(HTTPS_AUTHORITY)


LIST_RULES: tuple[Callable[[Catalogue], Iterator[Finding]], ...] = (
    authority_scheme,
    listed,
    listed_status,
    listed_places,
    licensed,
    closed_though_public,
    registered,
    themes,
    theme_taxonomy,
)
