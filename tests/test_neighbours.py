"""Publications beside each other: each has an id and a base IRI of its own, and no base IRI lies below another."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from ogp_data.cli.main import main
from ogp_data.declaration.checking import _check_base
from ogp_data.declaration.neighbours import clashes


def lay_down(data: Path, **said: str) -> Path:
    """Write the beginning of a declaration for each name: what stands above its first table."""
    for name, text in said.items():
        (data / name).mkdir(parents=True, exist_ok=True)
        (data / name / "publication.toml").write_text(f'# a remark\nid = "{name}"\n{text}\n', encoding="utf-8")
    return data


def told(data: Path, **bases: str) -> dict[str, list[tuple[str, str, str]]]:
    found = clashes(data, bases)
    return {name: [(one.rule, str(one.place), str(one.message)) for one in faults] for name, faults in found.items()}


def base(address: str) -> str:
    return f'base_iri = "{address}"'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.test.nl/x/", "https://a.test.nl/y/"),
        ("https://a.test.nl/x", "https://a.test.nl/xy"),
        ("https://a.test.nl/x/", "https://b.test.nl/x/"),
        ("https://a.test.nl/x/", "https://a.test.nl:8443/x/"),
        ("http://a.test.nl/x/", "https://a.test.nl/x/"),
    ],
)
def test_publications_beside_each_other_pass(tmp_path: Path, one: str, other: str) -> None:
    assert told(lay_down(tmp_path, a=base(one), b=base(other))) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.test.nl/x/", "https://a.test.nl/x/"),
        ("https://a.test.nl/x", "https://a.test.nl/x/"),
        ("https://A.test.NL/x/", "https://a.test.nl/x/"),
        ("https://a.test.nl:443/x/", "https://a.test.nl/x/"),
    ],
)
def test_one_base_iri_of_two_is_told_with_both_places(tmp_path: Path, one: str, other: str) -> None:
    said = "The base_iri https://a.test.nl/x/ is also that of {}."
    at = "{}/publication.toml, key base_iri, line 3"
    assert told(lay_down(tmp_path, a=base(one), b=base(other), c=base("https://c.test.nl/"))) == {
        "a": [("overlapping-base-iri", at.format("a"), said.format(at.format("b")))],
        "b": [("overlapping-base-iri", at.format("b"), said.format(at.format("a")))],
    }


def test_a_base_iri_below_another_is_told_with_both_places(tmp_path: Path) -> None:
    outer, inner = "https://a.test.nl/x/", "https://a.test.nl/x/2020/"
    assert told(lay_down(tmp_path, a=base(outer), b=base(inner))) == {
        "a": [
            (
                "overlapping-base-iri",
                "a/publication.toml, key base_iri, line 3",
                f"Below the base_iri {outer} lies {inner}, that of b/publication.toml, key base_iri, line 3.",
            )
        ],
        "b": [
            (
                "overlapping-base-iri",
                "b/publication.toml, key base_iri, line 3",
                f"The base_iri {inner} lies below {outer}, that of a/publication.toml, key base_iri, line 3.",
            )
        ],
    }


def test_the_base_iri_that_all_share_has_a_place_for_the_id(tmp_path: Path) -> None:
    data = lay_down(tmp_path, a="", b="")
    (data / "site.toml").write_text(base("https://a.test.nl/{id}/") + "\n", encoding="utf-8")
    assert told(data) == {}
    (data / "site.toml").write_text("\n" + base("https://a.test.nl/") + "\n", encoding="utf-8")
    at = "site.toml, key base_iri, line 2"
    said = "The base_iri https://a.test.nl/ is also that of the publication '{}' ({})."
    assert told(data) == {
        "a": [("overlapping-base-iri", at, said.format("b", at))],
        "b": [("overlapping-base-iri", at, said.format("a", at))],
    }
    (fault,) = clashes(data, {})["a"]
    hint = "Write {id}, which stands for the id of each publication, in the address: https://a.test.nl/{id}/"
    assert fault.hint == hint


def test_of_an_own_base_iri_and_the_shared_one_each_is_told_as_what_it_is(tmp_path: Path) -> None:
    data = lay_down(tmp_path, a=base("https://a.test.nl/b/"), b="")
    (data / "site.toml").write_text(base("https://a.test.nl/{id}/") + "\n", encoding="utf-8")
    own, shared = "a/publication.toml, key base_iri, line 3", "site.toml, key base_iri, line 1"
    said = "The base_iri https://a.test.nl/b/ is also that of "
    assert told(data) == {
        "a": [("overlapping-base-iri", own, f"{said}the publication 'b' ({shared}).")],
        "b": [("overlapping-base-iri", shared, f"{said}{own}.")],
    }
    assert not any("stands for" in fault.hint for faults in clashes(data, {}).values() for fault in faults)


SHARED = 'base_iri = "https://a.test.nl/{id}/"\n'


def test_one_address_of_the_downloads_of_two_is_told_with_both_places(tmp_path: Path) -> None:
    """Their catalogues would name the same files, whatever their names are."""
    data = lay_down(tmp_path, a="", b="")
    (data / "site.toml").write_text(f'{SHARED}base_url = "https://files.test.nl"\n', encoding="utf-8")
    at = "site.toml, key base_url, line 2"
    said = "The base_url https://files.test.nl/ is also that of the publication '{}' ({})."
    assert told(data) == {
        "a": [("overlapping-base-url", at, said.format("b", at))],
        "b": [("overlapping-base-url", at, said.format("a", at))],
    }
    assert "https://files.test.nl/{id}/" in clashes(data, {})["a"][0].hint
    (data / "site.toml").write_text(f'{SHARED}base_url = "https://files.test.nl/{{id}}/"\n', encoding="utf-8")
    assert told(data) == {}


def test_downloads_of_one_below_those_of_another_are_told(tmp_path: Path) -> None:
    data = lay_down(tmp_path, a='base_url = "https://f.test.nl/"', b='base_url = "https://f.test.nl/b"')
    (data / "site.toml").write_text(SHARED, encoding="utf-8")
    at, outer, inner = "{}/publication.toml, key base_url, line 3", "https://f.test.nl/", "https://f.test.nl/b/"
    below = f"Below the base_url {outer} lies {inner}, that of {at.format('b')}."
    assert told(data) == {
        "a": [("overlapping-base-url", at.format("a"), below)],
        "b": [
            (
                "overlapping-base-url",
                at.format("b"),
                f"The base_url {inner} lies below {outer}, that of {at.format('a')}.",
            )
        ],
    }


def test_downloads_at_the_base_iri_of_another_are_told(tmp_path: Path) -> None:
    """Without `base_url` the files are downloaded from below the base IRI."""
    data = lay_down(tmp_path, a='base_url = "https://a.test.nl/b/"', b="")
    (data / "site.toml").write_text(SHARED, encoding="utf-8")
    assert {name: [rule for rule, *_ in faults] for name, faults in told(data).items()} == {
        "a": ["overlapping-base-url"],
        "b": ["overlapping-base-url"],
    }


def test_addresses_of_the_command_line_take_the_place_of_those_of_downloads(tmp_path: Path) -> None:
    data = lay_down(tmp_path, a="", b="")
    (data / "site.toml").write_text(f'{SHARED}base_url = "https://files.test.nl/"\n', encoding="utf-8")
    assert clashes(data, {}, {"a": "https://files.test.org/"}) == {}
    assert clashes(data, {"a": "https://data.test.org/"}) == {}
    assert set(clashes(data, {}, {"a": "https://files.test.nl/a/"})) == {"a", "b"}


def test_a_shared_base_iri_with_another_placeholder_is_told_what_is_filled_in() -> None:
    (fault,) = _check_base("base_iri", "https://a.test.nl/{name}/", "The base_iri")
    assert fault.message == (
        "The base_iri contains characters that RFC 3986 does not allow: 'https://a.test.nl/{name}/'."
    )
    assert fault.hint.startswith("Only {id} is filled in, with the id of each publication, and only in data/site.toml")
    (other,) = _check_base("base_iri", "https://a.test.nl/<x>/", "The base_iri")
    assert "{id}" not in other.hint


def test_one_id_of_two_is_told_with_both_places(tmp_path: Path) -> None:
    data = lay_down(tmp_path, a=base("https://a.test.nl/"), b=base("https://b.test.nl/"))
    path = data / "b" / "publication.toml"
    path.write_text(path.read_text("utf-8").replace('id = "b"', 'id = "a"'), encoding="utf-8")
    at = "{}/publication.toml, key id, line 2"
    assert told(data) == {
        "a": [("duplicate-name", at.format("a"), f"The id 'a' is also that of {at.format('b')}.")],
        "b": [("duplicate-name", at.format("b"), f"The id 'a' is also that of {at.format('a')}.")],
    }


def test_a_base_iri_of_the_command_line_takes_the_place_of_the_declared_one(tmp_path: Path) -> None:
    data = lay_down(tmp_path, a=base("https://a.test.nl/"), b=base("https://a.test.nl/"))
    assert told(data, a="https://c.test.nl/") == {}
    assert set(told(data, a="https://a.test.nl/b/")) == {"a", "b"}


@pytest.mark.parametrize("text", ["id = 7", "[[[", "base_iri = 7", "", 'base_iri = "https://[/"', "x = \xe9"])
def test_what_cannot_be_read_is_in_nobodys_way(tmp_path: Path, text: str) -> None:
    data = lay_down(tmp_path, a=base("https://a.test.nl/"))
    (data / "b").mkdir()
    (data / "b" / "publication.toml").write_bytes(text.encode("latin-1"))
    (data / "site.toml").write_bytes(text.encode("latin-1"))
    assert told(data) == {}


STEPS = ("x", "y", "xy", "X")


@pytest.mark.parametrize("key", ["base_iri", "base_url"])
def test_any_two_addresses_are_told_of_just_when_one_begins_with_the_other(tmp_path: Path, key: str) -> None:
    """Made addresses of up to three steps: what is told of a pair is what comparing their steps says."""
    dice = random.Random(14)
    for number in range(60):
        steps = [tuple(dice.choice(STEPS) for _ in range(dice.randint(0, 3))) for _ in range(3)]
        names = dict(zip("abc", steps, strict=True))
        data = lay_down(
            tmp_path / str(number),
            **{
                name: f'{key} = "https://a.test.nl{"".join(f"/{step}" for step in path)}"'
                for name, path in names.items()
            },
        )
        (data / "site.toml").write_text('base_iri = "https://names.test.nl/{id}/"', encoding="utf-8")
        expected: dict[str, int] = {}
        for (one, path), (_, further) in itertools.permutations(names.items(), 2):
            shorter = min(len(path), len(further))
            if path[:shorter] == further[:shorter]:
                expected[one] = expected.get(one, 0) + 1
        assert {name: len(faults) for name, faults in told(data).items()} == expected


@pytest.mark.parametrize("command", ["check", "publish"])
def test_nothing_of_two_that_clash_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_down(Path("data"), a=base("https://a.test.nl/x/"), b=base("https://a.test.nl/x/"))
    assert main([command, "a", "--json"]) == 1
    (told_of,) = json.loads(capsys.readouterr().out)["publications"]
    assert [one["rule"] for one in told_of["findings"]] == ["overlapping-base-iri"]
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
