"""Figures of a site: a drawing that can be read whatever its texts, and the same figures as a table and as files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogp_data.core.words import Words
from ogp_data.site.charts import KINDS, WIDTH, Drawing, Event, Share, Stack, Stretch, stacks, timeline
from ogp_data.site.context import Theme
from ogp_data.site.figure import Entry, Figure, Site, counted, placed
from ogp_data.site.figures import _stretches as stretches
from ogp_data.site.lettering import width
from ogp_data.site.titles import labels

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(max_size=60) | st.text("åÉжШΩλ漢字ไทย한글שלוםسلامWm. -–“(", max_size=200)
SHARES = st.lists(
    st.builds(Share, TEXT, st.integers(0, 10**6), st.sampled_from([*sorted(KINDS), "", "x y"])), max_size=8
)
STACKS = st.lists(st.builds(Stack, TEXT, SHARES), max_size=8)
DAYS = st.none() | st.dates()


@st.composite
def periods(draw: st.DrawFn) -> Stretch:
    first, last = draw(DAYS), draw(DAYS)
    if not first and not last:
        first = draw(st.dates())
    if first and last:
        first, last = min(first, last), max(first, last)
    return Stretch(first, last)


EVENTS = st.lists(
    st.builds(Event, st.lists(periods(), min_size=1, max_size=3), TEXT, TEXT, st.booleans(), TEXT),
    min_size=1,
    max_size=9,
)


def drawn(drawing: Drawing, text: str) -> ET.Element:
    """Return a drawing as XML, both in a page and as a file, after looking at what both must have."""
    root = ET.fromstring(str(drawing.svg("a", text, text)))
    alone = ET.fromstring(drawing.file(text, text, text, ".drawing { fill: red }"))
    names = {element.get("id"): "".join(element.itertext()) for element in root if element.get("id")}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} == set(names)
    inside = len(list(root.iter(f"{SVG}rect")))
    assert len(list(alone.iter(f"{SVG}rect"))) == inside + 1
    return root


def spread(root: ET.Element) -> Iterator[tuple[float, float]]:
    for one in root.iter(f"{SVG}rect"):
        yield float(one.get("x", 0)), float(one.get("x", 0)) + float(one.get("width", 0))
    for one in root.iter(f"{SVG}path"):
        x = [float(number) for number in re.findall(r"[ML]([\d.-]+) ", one.get("d", ""))]
        yield min(x), max(x)


def lines(root: ET.Element) -> Iterator[tuple[str, bool]]:
    """Yield each line of a drawing, and whether it is bold."""
    yield from (
        ((one.text or "") + "".join(x.tail or "" for x in one), one.get("class") == "count")
        for one in root.iter(f"{SVG}text")
    )


@settings(deadline=None)
@given(STACKS, TEXT)
def test_bars_stay_within_their_frame_and_tell_each_number_whatever_the_texts(shown: list[Stack], text: str) -> None:
    root = drawn(stacks(shown, "en"), text)
    assert all(0 <= left <= right <= WIDTH for left, right in spread(root))
    assert all(width(line, is_bold) <= WIDTH for line, is_bold in lines(root))
    told = stacks(shown, "en").told
    texts = Counter(re.split(r"\W", line, maxsplit=1)[0] for line, _ in lines(root))
    numbers = Counter(str(share.number) for stack in shown for share in stack.shares if share.number)
    assert all(texts[number] >= count and number in told for number, count in numbers.items())
    assert str(stacks(shown, "en").svg("a", text, text)) == str(stacks(shown, "en").svg("a", text, text))


@settings(deadline=None)
@given(EVENTS)
def test_a_timeline_stays_within_its_frame_whatever_its_days(events: list[Event]) -> None:
    root = drawn(timeline(events, "en"), "t")
    assert all(0 <= left <= right <= WIDTH for left, right in spread(root))
    assert all(width(line, is_bold) <= WIDTH for line, is_bold in lines(root))
    marks = [one for name in ("rect", "path") for one in root.iter(f"{SVG}{name}") if one.get("class") != "axis"]
    assert len(marks) == sum(len(event.stretches) + bool(event.wrong) for event in events)


SIGNED = st.lists(st.integers(0, 30), min_size=3, max_size=3)


@settings(deadline=None)
@given(st.lists(SIGNED, min_size=2, max_size=6), st.permutations(sorted(KINDS)))
def test_several_bars_have_one_legend_whose_signs_differ(bars: list[list[int]], kinds: list[str]) -> None:
    # Two levels that mean the same are told apart by their signs, as those that do not.
    levels = [("first", kinds[0]), ("second", kinds[1]), ("third", kinds[1])]
    shown = [Stack("", [Share(words, n, kind) for n, (words, kind) in zip(bar, levels, strict=True)]) for bar in bars]
    root = ET.fromstring(str(stacks(shown, "en").svg("a", "b", "c")))
    texts = [line for line, _ in lines(root)]
    used = [words for at, (words, _) in enumerate(levels) if any(bar[at] for bar in bars)]
    assert sorted(text for text in texts if not text.isdecimal()) == sorted(used)
    signs = [re.sub(r"^M[\d.-]+ [\d.-]+", "", one.get("d", "")) for one in root.iter(f"{SVG}path")]
    legend = signs[: len(used)]
    assert len(set(legend)) == len(used)
    # Each part has its sign in its bar or beneath it.
    parts = sum(bool(n) for bar in bars for n in bar)
    assert len(signs) - len(used) >= parts
    assert set(signs) == set(legend)


def test_a_single_bar_has_its_words_beneath_it() -> None:
    bar = Stack("All", [Share("done", 6, "done"), Share("open", 2, "unknown")])
    root = ET.fromstring(str(stacks([bar], "en").svg("a", "b", "c")))
    assert [line for line, _ in lines(root)] == ["All", "6", "2", "6 done", "2 open"]


def test_the_years_of_a_timeline_do_not_run_through_its_texts() -> None:
    events = [Event([Stretch(date(2020 + n, 5, 1), date(2020 + n, 5, 1))], "What happened", "1 May") for n in range(3)]
    root = ET.fromstring(str(timeline(events, "en").svg("a", "b", "c")))
    assert not list(root.iter(f"{SVG}line"))
    ticks = [
        (float(top), float(top) + float(high))
        for one in root.iter(f"{SVG}path")
        if one.get("class") == "axis"
        for top, high in re.findall(r"M[\d.]+ ([\d.]+)v([\d.]+)", one.get("d", ""))
    ]
    # Three years at the head and beside each of three marks.
    assert len(ticks) == 12
    said = [float(one.get("y", 0)) for one in root.iter(f"{SVG}text") if not (one.text or "").startswith("20")]
    assert all(bottom < y - 9 or top > y + 2 for top, bottom in ticks for y in said)


def test_parts_of_a_bar_are_as_long_as_their_numbers_and_in_their_order() -> None:
    shown = [Stack("All", [Share("done", 6, "done"), Share("late", 0, "delayed"), Share("open", 2, "unknown")])]
    root = ET.fromstring(str(stacks([*shown, Stack("Some", [Share("done", 2, "done")])], "en").svg("a", "b", "c")))
    found = [(one.get("class"), float(one.get("x", 0)), float(one.get("width", 0))) for one in root.iter(f"{SVG}rect")]
    # 288 units for the 8 of the longest bar, and each part is drawn one unit within its place.
    assert found == [("done", 1, 214), ("unknown", 217, 70), ("done", 1, 70)]


@pytest.mark.parametrize(
    ("edtf", "found"),
    [
        ("2021-02-11", [Stretch(date(2021, 2, 11), date(2021, 2, 11))]),
        ("2020?-03/..", [Stretch(date(2020, 3, 1), None)]),
        ("../2020", [Stretch(None, date(2020, 12, 31))]),
        ("2020-01/2020-03", [Stretch(date(2020, 1, 1), date(2020, 3, 31))]),
        # Two meetings are no period from the one to the other.
        (
            "{2020-09,2020-11}",
            [Stretch(date(2020, 9, 1), date(2020, 9, 30)), Stretch(date(2020, 11, 1), date(2020, 11, 30))],
        ),
        ("soon", []),
    ],
)
def test_a_date_is_drawn_as_what_it_covers(edtf: str, found: list[Stretch]) -> None:
    assert list(stretches(edtf)) == found


def figure(title: str) -> Figure:
    stack = Stack("A", [Share("done", 2, "done"), Share("late", 1, "delayed")])
    made = counted(["", "done", "late"], [(Entry("A"), stack)], "en")
    site = Site(["nl", "en"], "https://countryq.example/data/")
    return placed(site, "one", Words(en=title), Words(en="Three."), made, "en")


def test_a_figure_lies_below_the_folder_of_its_language_and_its_table_has_the_numbers_of_its_drawing() -> None:
    one = figure("Progress")
    assert (one.csv, one.image, one.embed) == ("en/charts/one.csv", "en/charts/one.svg", "en/charts/one.html")
    assert list(csv.reader(io.StringIO(one.table.to_csv().decode()))) == [
        ["", "done", "late", "Total"],
        ["A", "2", "1", "3"],
    ]


@given(st.text(max_size=30))
def test_no_title_ends_the_code_that_shows_a_figure_elsewhere(title: str) -> None:
    code = figure(title).code
    found = re.fullmatch(
        r'<iframe src="([^"<>]*)" title="[^"<>]*" width="100%" height="\d+" loading="lazy"></iframe>', code
    )
    assert found, code
    assert found[1] == "https://countryq.example/data/en/charts/one.html"


def test_themes_of_one_title_are_told_apart() -> None:
    given = [
        ("1", "Open", "A"),
        ("2", "Open", "B"),
        ("3", "Shut", ""),
        ("4", "Open", "B"),
        ("5", "", "E"),
        ("", "", ""),
    ]
    themes = [Theme(key, title, mark, ()) for key, title, mark in given]
    assert labels(themes) == {"1": "A. Open", "2": "2. Open", "3": "Shut", "4": "4. Open", "5": "E"}


# The shipped publication --------------------------------------------------------------------------------


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_progress_is_counted_by_theme_as_the_document_says_it(published: Path) -> None:
    found = rows(published / "en" / "charts" / "status.csv")
    # Counted by hand from the text of the document: 7 (mostly) done, 2 delayed, 1 on hold, 3 of which it says nothing.
    assert (found[0][0], found[0][-1]) == ("Theme", "Total")
    assert found[1] == ["All commitments", "6", "1", "2", "1", "3", "13"]
    assert found[2] == ["Open Democracy", "1", "0", "0", "0", "2", "3"]
    assert [sum(int(row[n]) for row in found[2:]) for n in range(1, 7)] == [6, 1, 2, 1, 3, 13]


def test_an_event_whose_date_the_document_contradicts_is_marked_with_the_finding(published: Path) -> None:
    found = {row[0]: row[2] for row in rows(published / "en" / "charts" / "timeline.csv")}
    assert found["11 February 2021"].startswith("The launch is dated February 11th 2021, but the title of the video")
    assert found["December 2021"].startswith("The plan is said to have been submitted by the end of December 2021")
    assert [when for when, wrong in found.items() if wrong] == ["Date", "11 February 2021", "December 2021"]


@pytest.mark.parametrize("language", ["", "en/"])
def test_each_figure_has_its_files_and_a_page_of_its_own(published: Path, language: str) -> None:
    home, wrong = (
        (published / language / path).read_text(encoding="utf-8") for path in ("index.html", "findings.html")
    )
    # Which links still have an address is told where it is told what is wrong.
    for name, beside in (("status", home), ("timeline", home), ("evidence", wrong)):
        folder = published / language / "charts"
        assert rows(folder / f"{name}.csv")
        ET.parse(folder / f"{name}.svg")
        page = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert '<base target="_top">' in page
        drawing = re.search(r"<svg.*?</svg>", page)
        assert drawing
        assert drawing[0] in beside


def said(drawing: Drawing, kind: str = "") -> list[str]:
    """Return the lines of a drawing that are of a kind."""
    root = ET.fromstring(str(drawing.svg("a", "b", "c")))
    return [
        one[-1].tail or "" if len(one) else one.text or ""
        for one in root.iter(f"{SVG}text")
        if one.get("class", "") == kind
    ]


def test_bold_lines_are_shorter_for_bold_letters_are_wider() -> None:
    when = "September 2020 and November 2020 (year uncertain)"
    event = Event([Stretch(date(2020, 9, 1), date(2020, 9, 30))], "A meeting", when)
    assert said(timeline([event], "en"), "count") == ["September 2020 and November 2020", "(year uncertain)"]


def test_what_contradicts_the_date_of_an_event_stands_in_whole_below_its_mark() -> None:
    day, wrong = (
        date(2021, 2, 11),
        "The launch is dated the 11th, but the title of its video says the 16th of February.",
    )
    event = Event([Stretch(day, day)], "The plan of 2020-2022 was launched at a meeting.", "11 February", wrong=wrong)
    drawing = timeline([event], "en")
    assert " ".join(said(drawing, "wrong")) == wrong
    assert " ".join(said(drawing)) == "2021 The plan of 2020-2022 was launched at a meeting."
    root = ET.fromstring(str(drawing.svg("a", "b", "c")))
    mark = next(float(one.get("y", 0)) for one in root.iter(f"{SVG}rect"))
    heights = {one.get("class", ""): float(one.get("y", 0)) for one in root.iter(f"{SVG}text")}
    assert heights["wrong"] > mark > heights["count"]


def test_a_label_that_runs_from_right_to_left_does_so_in_a_drawing_that_does_not() -> None:
    shares = [Share("done", 1, "done")]
    root = ET.fromstring(
        str(stacks([Stack("OGP: שקיפות", shares, "he"), Stack("OGP", shares)], "nl").svg("a", "b", "c"))
    )
    assert [
        (one.get("direction"), one.get("text-anchor")) for one in root.iter(f"{SVG}text") if one.get("class") == "count"
    ] == [("rtl", "end"), (None, None)]
