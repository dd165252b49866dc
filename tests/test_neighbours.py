"""Publications beside each other: each has an id and a base IRI of its own, and no base IRI lies below another."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from ogp_data.cli.main import main
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
    fault = ("overlapping-base-iri", at, f"The base_iri https://a.test.nl/ is also that of {at}.")
    assert told(data) == {"a": [fault], "b": [fault]}


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


def test_any_two_base_iris_are_told_of_just_when_one_begins_with_the_other(tmp_path: Path) -> None:
    """Made base IRIs of up to three steps: what is told of a pair is what comparing their steps says."""
    dice = random.Random(14)
    for number in range(60):
        steps = [tuple(dice.choice(STEPS) for _ in range(dice.randint(0, 3))) for _ in range(3)]
        names = dict(zip("abc", steps, strict=True))
        data = lay_down(
            tmp_path / str(number),
            **{name: base("https://a.test.nl" + "".join(f"/{step}" for step in path)) for name, path in names.items()},
        )
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
