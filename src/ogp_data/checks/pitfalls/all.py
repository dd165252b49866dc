"""The rules of this room, in the order of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.pitfalls.addresses import addresses, private_iris
from ogp_data.checks.pitfalls.contradictions import formats
from ogp_data.checks.pitfalls.dates import empty_periods, reversed_changes, reversed_periods, unlikely_dates
from ogp_data.checks.pitfalls.identity import (
    alike_titles,
    missing_catalogue,
    owners_of_distributions,
    same_download,
    same_titles,
    several_catalogues,
    uncatalogued,
    without_iri,
)
from ogp_data.checks.pitfalls.languages import unknown_languages
from ogp_data.checks.pitfalls.links import circles
from ogp_data.checks.pitfalls.numbers import checksums, resolutions, sizes
from ogp_data.checks.pitfalls.places import empty_locations, geometries
from ogp_data.checks.pitfalls.terms import unknown_terms, wrong_namespaces
from ogp_data.checks.pitfalls.texts import names_of_agents, texts
from ogp_data.core.findings import Finding

PITFALL_RULES: tuple[Callable[[Catalogue], Iterator[Finding]], ...] = (
    texts,
    names_of_agents,
    unknown_languages,
    missing_catalogue,
    several_catalogues,
    uncatalogued,
    without_iri,
    owners_of_distributions,
    same_download,
    same_titles,
    alike_titles,
    reversed_periods,
    empty_periods,
    reversed_changes,
    unlikely_dates,
    checksums,
    sizes,
    resolutions,
    geometries,
    empty_locations,
    circles,
    addresses,
    private_iris,
    formats,
    unknown_terms,
    wrong_namespaces,
)
