"""The index of the search: the script finds what is there, whatever its letters, and loads little for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from ogp_data.site import search
from ogp_data.site.search import Entry, fold, index, runs, words
from search_node import ask, written

ALPHABETS = (
    "aeiouAEIOUéèëïöüçñßæœøđłıþİIßẞﬁ½Ⅷå\u0301\u0308",
    "αβγσςΣΩώΆΐ",
    "абвгдйЙёЁіїґ",
    "ابتثجحأإآىيةكگ\u064b\u0651\u0640\u200c",
    "אבגדהוזםןץ\u05b8\u05bc",
    "情報公開政府民主々〇ー",
    "あいうえおがぎぐアイウガギ゛",
    "กขคงจ\u0e31\u0e34\u0e48",
    "कखगघ\u093f\u0941\u094d",
    "한국정부공개",
    "𠮷𠀀𝔸𝒜\U0001f600",
    "0123456789٠١٢",
    " -_’'.,/\u00ad\u200b\u00a0\n<>&",
)


def text(random: Random, length: int) -> str:
    """Return a text of the letters of one to three scripts and of what stands between words."""
    letters = "".join(random.sample(ALPHABETS, random.randint(1, 3))) + ALPHABETS[-1]
    return "".join(random.choice(letters) for _ in range(random.randint(0, length)))


def entries(texts: Sequence[tuple[str, str]]) -> list[Entry]:
    return [Entry("x-2020", "row", f"{at}.html", title, said, "en") for at, (title, said) in enumerate(texts)]


def found(folder: Path, queries: Sequence[str]) -> list[list[int]]:
    return [[] if answer["some"] else answer["list"] for answer, _ in ask(folder, "find", queries)]


@pytest.mark.parametrize(
    ("written_as", "split"),
    [
        ("Élaboration du coût : l’œuvre", ["elaboration", "du", "cout", "l", "oeuvre"]),
        ("STRASSE, Straße", ["strasse", "strasse"]),
        ("İstanbul’da ISPARTA", ["istanbul", "da", "isparta"]),
        ("e\u00adpar\u00adti\u00adci\u00adpatie", ["eparticipatie"]),
        ("ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]),
        ("مُشَارَكَة", ["مشاركة"]),
        ("הַמֶּמְשָׁלָה", ["הממשלה"]),
        ("हिन्दी", ["हिन्दी"]),
        ("한국 정부", ["한국", "정부"]),
        ("ガイド", ["ガイ", "イド", "ド"]),
        ("2023年の情報公開", ["2023", "年の", "の情", "情報", "報公", "公開", "開"]),
        ("w" * 200, ["w" * 32]),
        ("<script>alert('x')</script>", ["script", "alert", "x", "script"]),
        ("", []),
    ],
)
def test_words_of_any_script(written_as: str, split: list[str]) -> None:
    assert list(words(written_as)) == split


def test_the_script_folds_and_splits_as_the_index_does(tmp_path: Path) -> None:
    random = Random(17)
    texts = [text(random, 40) for _ in range(2000)]
    answers = ask(tmp_path, "runs", texts)
    assert len(answers) == len(texts)
    for one, (answer, _) in zip(texts, answers, strict=True):
        assert answer == [run for run, _ in runs(one)], ascii(one)


def is_in(query: str, entry: Entry) -> bool:
    """Return by the plainest means whether each word of a query begins one of an entry, or is in a stretch of it."""
    known = [run for part in (entry.title, entry.text) for run in runs(part)]
    return all(any(fits(run, one) for one in known) for run in runs(query))


def fits(sought: tuple[str, bool], known: tuple[str, bool]) -> bool:
    (word, is_unspaced), (other, unspaced) = sought, known
    if is_unspaced:
        return unspaced and word in other
    return not unspaced and (other.startswith(word) if len(word) > 1 else other == word)


def test_the_script_finds_what_is_there(tmp_path: Path) -> None:
    """At most two letters of a stretch are sought: each two letters of a longer one may be found apart, too."""
    random = Random(18)
    for turn in range(4):
        made = entries([(text(random, 12), text(random, 40)) for _ in range(40)])
        written(tmp_path / str(turn), made)
        queries = [q for one in made for q in query(random, one)]
        assert len(queries) > 30
        for sought, got in zip(queries, found(tmp_path / str(turn), queries), strict=True):
            expected = [at for at, one in enumerate(made) if is_in(sought, one)] if list(runs(sought)) else []
            assert sorted(got) == expected, ascii(sought)


def query(random: Random, entry: Entry) -> list[str]:
    """Return queries about an entry: beginnings of two of its words, in capitals or without accents as people type."""
    known = list(runs(f"{entry.title} {entry.text}"))
    if not known:
        return []
    picked = random.sample(known, min(2, len(known)))
    cut = [run[: random.randint(1, 2 if is_unspaced else 5)] for run, is_unspaced in picked]
    return [" ".join(random.choice([str.upper, str.lower, fold])(word) for word in cut)]


def test_a_longer_stretch_is_found_by_what_stands_in_it(tmp_path: Path) -> None:
    written(
        tmp_path, entries([("情報公開法", ""), ("公開された情報", ""), ("政府", "国民に情報を公開する"), ("情", "")])
    )
    assert found(tmp_path, ["情報公開"])[0] == [0]
    assert sorted(found(tmp_path, ["公開"])[0]) == [0, 1, 2]
    assert sorted(found(tmp_path, ["情"])[0]) == [0, 1, 2, 3]


def test_a_title_goes_before_a_text_and_a_word_before_a_beginning(tmp_path: Path) -> None:
    made = [("Iets", "begrotingen"), ("Begrotingen", ""), ("Plan", "de begroting"), ("Begroting", "")]
    written(tmp_path, entries(made))
    assert found(tmp_path, ["begroting"])[0] == [3, 1, 2, 0]


def test_where_no_entry_has_all_words_those_with_some_are_shown(tmp_path: Path) -> None:
    written(tmp_path, entries([("Open data", ""), ("Register", "")]))
    (answer, _), (none, _) = ask(tmp_path, "find", ["open register", "zzz"])
    assert (sorted(answer["list"]), answer["some"]) == ([0, 1], True)
    assert (none["list"], none["some"]) == ([], False)


def test_one_publication_may_be_searched_alone(tmp_path: Path) -> None:
    made = [Entry(name, "row", "", "open data", "", "en") for name in ("a", "b", "b", "c")]
    written(tmp_path, made)
    sought = {name: ask(tmp_path, "find", ["open"], name)[0][0]["list"] for name in ("a", "b", "c", "", "zz")}
    assert sought == {"a": [0], "b": [1, 2], "c": [3], "": [0, 1, 2, 3], "zz": [0, 1, 2, 3]}


def test_a_word_that_is_nearly_everywhere_leaves_nothing_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "KEPT", 3)
    written(tmp_path, entries([("the", f"the plan{at}") for at in range(9)]))
    assert found(tmp_path, ["the plan7"]) == [[7]]
    (answer, _), *_ = ask(tmp_path, "find", ["the"])
    assert (answer["list"], answer["cut"]) == ([0, 1, 2], True)


def test_a_search_in_a_large_index_loads_few_files_of_a_bounded_size(tmp_path: Path) -> None:
    random = Random(19)
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["".join(random.choices(letters, k=8)) for _ in range(20_000)]
    made = entries([("the plan", " ".join(random.choices(vocabulary, k=100))) for _ in range(2000)])
    files = written(tmp_path, made)
    sizes = [path.stat().st_size for path in files]
    assert len(files) > 80
    assert max(sizes) < search.FILE + 4 * search.SHOWN + 9 * search.KEPT
    (answer, loaded), *_ = ask(tmp_path, "find", [vocabulary[0]])
    assert len(answer["list"]) > 2
    assert loaded <= 3  # what the index is, and at most two files of words


def test_the_same_entries_give_the_same_bytes() -> None:
    made = entries([("Été", "über <b>"), ("x", "\u2028")])
    known = {"x-2020": {"languages": ["en"]}}
    assert list(index(made, known, {"row": {"en": "Row"}})) == list(index(made, known, {"row": {"en": "Row"}}))


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    written(tmp_path, [])
    assert found(tmp_path, ["x", "", "-"]) == [[], [], []]


@pytest.mark.parametrize("make", [lambda r: text(r, 300), lambda r: "<script>" * r.randint(0, 9)])
def test_a_file_of_the_index_is_one_statement_whatever_the_texts_hold(make: Callable[[Random], str]) -> None:
    random = Random(20)
    made = entries([(make(random), make(random)) for _ in range(50)])
    for _, content in index(made, {"x-2020": {}}, {"row": {"en": "Row"}}):
        assert content.count(b"\n") == 1
        content.decode("utf-8")
