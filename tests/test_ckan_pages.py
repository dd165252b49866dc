"""A real CKAN harvests a large catalogue through the pages of the service: every dataset, once, from each page."""

from __future__ import annotations

import re
from pathlib import Path

from ckan_harvest import add_source, run
from ckan_server import Ckan
from made_publication import BASE, publication
from service_help import running

PAGE = 100


def test_every_dataset_comes_through_the_pages(ckan_plain: Ckan, tmp_path: Path, whole: bool) -> None:
    """A thousand datasets where there is time for them, else just more than a page holds."""
    dist = tmp_path / "dist"
    count = 1000 if whole else PAGE + 1
    publication(dist, "large", count)
    with running(dist, tmp_path) as service:
        source = add_source(ckan_plain, f"{service.url}large/catalog.ttl?page=1", "pages")
        first = run(ckan_plain, source)
        asked = [line for line in service.requests() if line["method"] == "GET"]
    assert (first.added, first.updated, first.errored, first.complaints) == (count, 0, 0, ())
    assert [(line["path"], line["status"]) for line in asked] == [("/large/catalog.ttl", 200)] * -(-count // PAGE)
    assert held(ckan_plain, source, count) == {f"{BASE}dataset-{number}" for number in range(count)}


def held(ckan: Ckan, source: str, count: int) -> set[str]:
    """Return the IRIs of the datasets that CKAN holds of a source."""
    found: list[dict[str, object]] = []
    for begin in range(0, count + 1, 500):
        query = f'+dataset_type:dataset +harvest_source_id:"{source}"'
        found += ckan.call("package_search", fq=query, rows=500, start=begin)["results"]
    assert len(found) == count
    guids = re.findall(r"'key': 'guid', 'value': '([^']+)'", str(found))
    return set(guids)
