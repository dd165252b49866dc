"""The country that a publication says of each of its rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conftest import NAME, ROOT
from ogp_data.core.resources import value_lists
from ogp_data.core.words import Words
from ogp_data.declaration.reading import load
from ogp_data.models.lists import load_lists
from ogp_data.tables.taking import country

PLACE = "https://sws.geonames.org/2747373/"


@pytest.mark.parametrize(
    ("spatial", "name", "said"),
    [
        (["NLD"], None, "NLD"),
        (["NLD", PLACE], Words(nl="Nederland", en="The Netherlands"), "NLD"),
        (["NLD", "BEL"], None, ""),
        (["NLD", "BEL"], Words(nl="Benelux", en="Benelux countries"), "Benelux countries"),
        ([PLACE], Words(nl="Den Haag", en="The Hague"), "The Hague"),
        ([], None, ""),
    ],
)
def test_a_country_is_its_one_code_or_else_its_name(spatial: list[str], name: Words | None, said: str) -> None:
    publication, _ = load(ROOT / "data", NAME, load_lists(value_lists()))
    assert publication is not None
    assert country(replace(publication.declaration, spatial=spatial, country=name)) == said
