"""The rules about what belongs to what: datasets to a catalogue, distributions to a dataset, titles to one thing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.places import shown
from ogp_data.core.findings import Finding, finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import ADMS, DCAT, DCT
from ogp_data.core.terms import RDF, Blank, Iri, Literal, Term

VERSIONS = (
    DCAT.hasVersion,
    DCAT.isVersionOf,
    DCAT.hasCurrentVersion,
    DCAT.previousVersion,
    DCT.hasVersion,
    DCT.isVersionOf,
    DCT.replaces,
    DCT.isReplacedBy,
)
"""What says that two things are versions of one, which may well have one title."""

LISTS_MEMBERS = (DCAT.dataset, DCAT.resource, DCT.hasPart, DCAT.catalog)
MOST_NAMED = 3
LONGEST_NAME = 93
"""Characters that CKAN takes of a title, so that with what makes it the only one there are 100."""


def missing_catalogue(catalogue: Catalogue) -> Iterator[Finding]:
    """Find that there are datasets and no catalogue."""
    datasets = catalogue.all(DCAT.Dataset)
    if datasets and not catalogue.all(DCAT.Catalog):
        place = catalogue.places.of(None)
        message = Message("There is no dcat:Catalog; the number of datasets is {count}.", count=len(datasets))
        yield finding("missing-catalogue", message, place)


def several_catalogues(catalogue: Catalogue) -> Iterator[Finding]:
    """Find catalogues beside one another, of which none contains the others."""
    graph, all_of = catalogue.graph, set(catalogue.all(DCAT.Catalog))
    contained = {value for term in LISTS_MEMBERS for whole, value in graph.pairs(term) if whole != value}
    contained |= {part for part, whole in graph.pairs(DCT.isPartOf) if part != whole}
    tops = sorted(all_of - contained, key=lambda top: (isinstance(top, Blank), top.value))
    first = _first(tops)
    for top in tops if len(tops) > 1 else ():
        others = _named(first, but=top)
        message = Message("No other catalogue contains this one, nor does it contain {others}.", others=others)
        yield catalogue.fault("several-catalogues", top, RDF.type, message)


def _named(things: Collection[Term], but: Term | None = None) -> str:
    """Return the first few of some things without one of them, and that there are more."""
    names = [shown(thing) for thing in things if thing != but][:MOST_NAMED]
    return ", ".join([*names, *(["..."] if len(things) - (but in things) > len(names) else [])])


def _first(things: Iterable[Term]) -> list[Term]:
    """Return as many of some things as are told beside any one of them, and one more that says that there are more."""
    return nsmallest(MOST_NAMED + 2, dict.fromkeys(things), key=shown)


def uncatalogued(catalogue: Catalogue) -> Iterator[Finding]:
    """Find described datasets that no catalogue lists, where there is one."""
    graph = catalogue.graph
    catalogues = set(catalogue.all(DCAT.Catalog))
    if not catalogues:
        return
    listed = {member for term in LISTS_MEMBERS for _, member in graph.pairs(term)}
    listed |= {part for part, whole in graph.pairs(DCT.isPartOf) if whole in catalogues}
    others = catalogues | set(catalogue.all(DCAT.DatasetSeries))
    for dataset in catalogue.all(DCAT.Dataset):
        # What has no title is named as something elsewhere, such as a source, and its class said for the shapes alone.
        if dataset not in listed and dataset not in others and graph.has(dataset, DCT.title):
            yield catalogue.fault("uncatalogued-dataset", dataset, RDF.type, Message("No catalogue lists the dataset."))


def without_iri(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets, services and series that have no IRI of their own."""
    # A service that is told with the file that it gives is harvested with that.
    told_within = {service for _, service in catalogue.graph.pairs(DCAT.accessService)}
    for kind in (DCAT.Dataset, DCAT.DataService, DCAT.DatasetSeries):
        for subject in catalogue.all(kind):
            if isinstance(subject, Blank) and subject not in told_within:
                yield catalogue.fault("missing-iri", subject, RDF.type, Message("It is a node without an IRI."))


def owners_of_distributions(catalogue: Catalogue) -> Iterator[Finding]:
    """Find distributions of no dataset, or of several."""
    if not catalogue.all(DCAT.Dataset):
        return
    owners = _owners(catalogue.graph)
    samples = {sample for _, sample in catalogue.graph.pairs(ADMS.sample)}
    for distribution in catalogue.all(DCAT.Distribution):
        of = owners.get(distribution, [])
        if len(of) > 1:
            message = Message(
                "The distribution belongs to {count} datasets: {named}.", count=len(of), named=_named(_first(of))
            )
            yield catalogue.fault("shared-distribution", distribution, RDF.type, message)
        elif not of and distribution not in samples:
            message = Message("No dataset has the distribution.")
            yield catalogue.fault("orphaned-distribution", distribution, RDF.type, message)


def _owners(graph: Graph) -> dict[Term, list[Term]]:
    """Return the datasets of each distribution."""
    owners = defaultdict[Term, list[Term]](list)
    for dataset, distribution in graph.pairs(DCAT.distribution):
        owners[distribution].append(dataset)
    return owners


def same_download(catalogue: Catalogue) -> Iterator[Finding]:
    """Find files that distributions of two datasets give for download, as if they were the data of both."""
    graph, owners, versions = catalogue.graph, _owners(catalogue.graph), _versions(catalogue.graph)
    by_file = defaultdict[Term, list[Term]](list)
    for distribution, file in graph.pairs(DCAT.downloadURL):
        if isinstance(file, Iri):
            by_file[file].append(distribution)
    for file, distributions in by_file.items():
        of = {owners[each][0]: each for each in distributions if len(owners.get(each, ())) == 1}
        if len(of) > 1 and not _are_versions(of, versions):
            first = _first(of)
            for dataset, distribution in of.items():
                others = _named(first, but=dataset)
                message = Message("{file} is the download of {others} too.", file=shown(file), others=others)
                yield catalogue.fault("same-download", distribution, DCAT.downloadURL, message)


def same_titles(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets with the same titles that are no versions of one another."""
    graph, versions = catalogue.graph, _versions(catalogue.graph)
    datasets, by_titles = set(catalogue.all(DCAT.Dataset)), defaultdict[frozenset[Term], list[Term]](list)
    for subject, titles in graph.groups(DCT.title):
        if subject in datasets:
            by_titles[frozenset(titles)].append(subject)
    for said, alike in by_titles.items():
        if len(alike) > 1 and any(title.value.strip() for title in said) and not _are_versions(alike, versions):
            yield from _same(catalogue, said, alike)


def _same(catalogue: Catalogue, titles: frozenset[Term], of: list[Term]) -> Iterator[Finding]:
    title, first = min(map(shown, titles)), _first(of)
    for dataset in of:
        others = _named(first, but=dataset)
        more = len(of) - 1
        message = Message(
            "{title} is the title of other datasets too, {count}: {others}.", title=title, count=more, others=others
        )
        yield catalogue.fault("same-title", dataset, DCT.title, message)


def alike_titles(catalogue: Catalogue) -> Iterator[Finding]:
    """Find datasets of whose titles CKAN makes one and the same name, though they are not the same."""
    graph, versions = catalogue.graph, _versions(catalogue.graph)
    by_name, datasets = defaultdict[tuple[str, str], dict[str, Term]](dict), set(catalogue.all(DCAT.Dataset))
    for dataset, title in graph.pairs(DCT.title):
        if dataset in datasets and isinstance(title, Literal) and (name := ckan_name(title.value)):
            by_name[name, title.language or ""].setdefault(title.value, dataset)
    for (name, _), titles in by_name.items():
        if len(set(titles.values())) > 1 and not _are_versions(titles.values(), versions):
            yield from _alike(catalogue, name, titles)


def _alike(catalogue: Catalogue, name: str, titles: dict[str, Term]) -> Iterator[Finding]:
    first = _first(titles.values())
    for title, dataset in titles.items():
        others = _named(first, but=dataset)
        about = {"name": name, "title": shown(Literal(title)), "others": others}
        message = Message("CKAN makes the name “{name}” of {title}, and of the title of {others}.", **about)
        yield catalogue.fault("alike-title", dataset, DCT.title, message)


def ckan_name(title: str) -> str:
    """Return the name that a harvesting CKAN makes of a title: the beginning of its letters and digits, in ASCII."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME]


def _versions(graph: Graph) -> dict[Term, Term]:
    """Return one thing for all that are versions of one, by each of them."""
    one_of = dict[Term, Term]()

    def find(thing: Term) -> Term:
        while (other := one_of.setdefault(thing, thing)) != thing:
            one_of[thing] = one_of[other]
            thing = other
        return thing

    for term in VERSIONS:
        for one, other in graph.pairs(term):
            one_of[find(one)] = find(other)
    return {thing: find(thing) for thing in list(one_of)}


def _are_versions(things: Iterable[Term], versions: dict[Term, Term]) -> bool:
    """Return whether all of some things are versions of one."""
    return len({versions.get(thing, thing) for thing in things}) == 1
