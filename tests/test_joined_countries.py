"""Publications of one country are of one country over all, however each of them calls it; what no list has is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest

import made_collections
from ogp_data.collection.countries import joined, unlisted
from ogp_data.collection.handed import Country
from ogp_data.collection.published import Collection
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.words import Words
from ogp_data.models.lists import ValueList, load_lists

SAID: Mapping[str, Sequence[Country]] = {
    "NLD": [
        Country("NLD", Words(en="The Netherlands")),
        Country("", Words(en="Netherlands")),
        Country("", Words(nl="Nederland")),
        Country("", Words(nl="NEDERLAND", en="The Dutch")),
        Country("", Words(fa="هلند")),
        Country("", Words(ja="オランダ")),
        Country("", Words(und="NLD")),
        Country("", Words(en="NL")),
    ],
    "KOR": [
        Country("KOR", Words(en="Korea")),
        Country("", Words(ko="대한민국")),
        Country("", Words({"pt-BR": "Coreia do Sul"})),
        Country("", Words(fr="Corée du Sud")),
    ],
    "NER": [Country("", Words(en="Niger")), Country("", Words(fr="Niger"))],
    "NGA": [Country("", Words(en="Nigeria")), Country("", Words(fr="Nigéria", en="Nigeria"))],
    "lakeland": [Country("", Words(en="Lakeland", nl="Merenland")), Country("", Words(nl="merenland"))],
    "sandland": [Country("", Words(ar="أرض الرمال"))],
}
"""What a country may be called in a publication, by what it is; of the last two no list has heard."""


@cache
def countries() -> ValueList:
    return load_lists(resources.value_lists())["country"]


@cache
def base() -> Collection:
    return Collection(made_collections.publications(1)[:1], ["nl", "en"], Words(en="All"), Words(en="All"))


def collection(said: Sequence[Country]) -> Collection:
    one = base().publications[0]
    publications = [replace(one, id=f"p-{number}", country=each) for number, each in enumerate(said)]
    return replace(base(), publications=publications)


def keys(said: Sequence[Country]) -> list[str]:
    return [one.country.key for one in joined(collection(said), countries()).publications]


def told(said: Sequence[Country]) -> list[Finding]:
    return list(unlisted(joined(collection(said), countries()), countries()))


def check(seed: int) -> None:
    """Publications have the same key just where they are of the same country, whatever their order."""
    chance = Random(seed)
    truth = [chance.choice([*SAID]) for _ in range(chance.randrange(1, 7))]
    said = [chance.choice(SAID[name]) for name in truth]
    # Two names without a language in common say nothing of each other, unless another publication has both.
    both = SAID["lakeland"][0]
    said = [both if name == "lakeland" and both not in said else one for name, one in zip(truth, said, strict=True)]
    found = keys(said)
    for at, one in enumerate(found):
        assert [one == other for other in found] == [truth[at] == other for other in truth], (seed, said, found)
    assert {one for one, name in zip(found, truth, strict=True) if name.isupper()} == {
        name.lower() for name in truth if name.isupper()
    }
    lacking = {name for name in truth if name.islower()} if len(set(truth)) > 1 else set()
    assert len(told(said)) == len(lacking), (seed, said)


def test_publications_are_of_one_country_just_where_their_names_say_so() -> None:
    for seed in range(40):
        check(seed)


def test_names_that_are_of_two_countries_are_of_none() -> None:
    torn = Country("", Words(en="Niger", nl="Nigeria"))
    assert keys([torn, SAID["NER"][0], SAID["NGA"][0]]) == ["niger", "ner", "nga"]
    assert [one.rule for one in told([torn, SAID["NER"][0]])] == ["unlisted-country"]


def test_a_country_of_a_code_is_called_in_the_languages_over_all_too() -> None:
    (one,) = joined(collection([Country("", Words(fa="هلند"))]), countries()).publications
    assert dict(one.country.name) == {"nl": "Nederland", "en": "Netherlands", "fa": "هلند"}
    (own,) = joined(collection([Country("NLD", Words(en="The Netherlands"))]), countries()).publications
    assert own.country.name.of("en") == "The Netherlands"


def test_a_name_that_no_list_has_is_told_with_what_may_be_meant() -> None:
    (one,) = told([Country("", Words(en="Netherland")), SAID["NLD"][0], Country("", Words(en="Netherland"))])
    assert one.message == (
        "No list has a country called 'Netherland'; these publications stand apart from those of any other country:"
        " p-0, p-2."
    )
    assert 'country = "NLD" (Netherlands)' in one.hint
    assert (one.place.file, one.place.key) == ("p-0/publication.toml", "country")


@pytest.mark.parametrize("said", [SAID["lakeland"], [Country("", Words())], []])
def test_of_a_single_country_nothing_is_told(said: Sequence[Country]) -> None:
    assert told(said) == []


def test_a_country_that_is_no_more_keeps_its_name() -> None:
    assert keys([Country("", Words(en="Netherlands Antilles")), SAID["NLD"][0]]) == ["netherlands-antilles", "nld"]
