"""Self-assessments of made countries, as governments set them, each with the rows that anybody reads in it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

LEVELS = {"not-started": "Not started", "limited": "Limited", "substantial": "Substantial", "completed": "Completed"}
LABELS: Mapping[str, Sequence[str]] = {
    "lead_institution": (
        "Lead implementing agency",
        "Lead Implementing Agency/Actor",
        "Responsible institution",
        "Name of responsible implementing agency",
        "LEAD INSTITUTION",
        "Lead government actors",
    ),
    "supporting_institutions": ("Other actors involved", "Other Actors", "Supporting institution(s)"),
    "objective": ("Main objective", "Main Objective", "Objectives"),
    "description": ("Brief description", "Brief description of commitment", "Brief Description of the Commitment"),
    "relevance": ("Relevance", "Relevance to OGP values", "OGP values"),
    "ambition": ("Ambition", "AMBITION"),
    "results": ("Description of results", "Description of the results", "Results"),
    "start_as_reported": ("Start date", "Start Date"),
    "end_as_reported": ("End date", "End Date", "Completion date"),
    "next_steps": ("Next steps", "Next Steps"),
}
"""The labels in spellings that occur, by the columns that have what stands beside them."""
OF_ASSESSMENTS = ("results", "start_as_reported", "end_as_reported", "next_steps")
LEVEL_LABELS = ("Completion level", "Level of completion", "Completion Level", "Completion")
UNKNOWN = ("Budget", "Contact", "Additional information", "Telephone of the office")
TICKS = ("✓", "✔", "☒", "X", "x", "☑", "●")
WORDS = [
    "open",
    "the",
    "archive",
    "budget",
    "council",
    "of",
    "towns",
    "publish",
    "data",
    "in",
    "2026",
    "law",
    "(all)",
    "river,",
]
NUMBERS = (
    "{n}. {t}",
    "1.{n} {t}",
    "C0{n} {t}",
    "5-{n} {t}",
    "Commitment {n}: {t}",
    "Action {n} – {t}",
    "COMMITMENT {n}. {t}",
)
SHAPES = ("table", "headed table", "headings", "bold", "wide", "two cells", "named", "next")


@dataclass(frozen=True)
class Made:
    """A commitment: its number as printed, its title, what its labels say, its level or its letters by level."""

    number: str
    title: str
    said: Mapping[str, str]
    level: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Document:
    """A document as HTML, and the commitments that it has."""

    text: str
    made: Sequence[Made]
    shape: str


def words(random: Random, least: int = 1, most: int = 8) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(least, most)))


def sentence(random: Random) -> str:
    return f"{words(random).capitalize()}."


def lettered(random: Random, letters: Sequence[str]) -> str:
    return " ".join(f"{letter}. {sentence(random)}" for letter in letters)


def commitment(random: Random, number: str, is_wide: bool) -> Made:
    """Return a commitment with what is said of it."""
    names = [name for name in LABELS if random.random() < 0.85 or name in ("lead_institution", "objective")]
    random.shuffle(names)
    said = {name: sentence(random) for name in names}
    count = random.choice([0, 0, 2, 3]) if not is_wide else 0
    letters = {letter: random.choice([*LEVELS]) for letter in "abcd"[:count]}
    if letters and "description" in said:
        said["description"] = lettered(random, [*letters])
    unknown = [(label, words(random)) for label in random.sample(UNKNOWN, random.choice([0, 0, 1, 2]))]
    level = "" if letters else random.choice([*LEVELS, ""])
    return Made(number, words(random, 2, 5).capitalize(), said, level, letters, [] if is_wide else unknown)


def spelling(random: Random, label: str) -> str:
    """Return a label as somebody may have set it, in HTML."""
    said = random.choice(
        [label, label, label.upper(), label.lower(), label.replace(" ", "  "), label.replace(" ", "<br>")]
    )
    return said + random.choice(["", "", ":", " :", "¹", "*", "¹:", " (see the guide)", "<sup>2</sup>"])


def cells(*texts: str, spans: Sequence[int] = ()) -> str:
    wide = [f' colspan="{span}"' if span > 1 else "" for span in spans or [1] * len(texts)]
    return f"<tr>{''.join(f'<td{w}>{t}</td>' for t, w in zip(texts, wide, strict=True))}</tr>"


def boxes(random: Random, one: Made, order: Sequence[str]) -> list[str]:
    """Return what stands below each level."""
    tick, empty = random.choice(TICKS), random.choice(["", "", "☐"])
    if one.letters:
        joint = random.choice([", ", " and ", " ", "; "])
        return [joint.join(letter for letter, at in one.letters.items() if at == level) for level in order]
    return [tick if level == one.level else empty for level in order]


def level_rows(random: Random, one: Made) -> str:
    """Return the rows of a table of five columns that say the level, in one of the ways of people."""
    order = [*LEVELS]
    random.shuffle(order)
    heads, marks = [LEVELS[level] for level in order], boxes(random, one, order)
    label = spelling(random, random.choice(LEVEL_LABELS))
    row = "".join(f"<td>{text}</td>" for text in heads)
    ways = ["rowspan", "empty", "second"]
    if not one.letters:
        ways += ["same cell", "behind"] + (["words"] if one.level else [])
    match random.choice(ways):
        case "rowspan":
            return f'<tr><td rowspan="2">{label}</td>{row}</tr>{cells(*marks)}'
        case "empty":
            return cells(label, *heads) + cells("", *marks)
        case "second":
            return cells("", *heads) + cells(label, *marks)
        case "same cell":
            said = " ".join(f"{'☒' if level == one.level else '☐'} {LEVELS[level]}" for level in order)
            return cells(label, said, spans=[1, 4])
        case "behind":
            return cells(label, *(f"{h} {m}" if m not in ("", "☐") else h for h, m in zip(heads, marks, strict=True)))
    return cells(label, random.choice([heads[order.index(one.level)], LEVELS[one.level].upper()]), spans=[1, 4])


def table(random: Random, one: Made, first: str) -> str:
    """Return a commitment as a table of labels with their texts."""
    rows = []
    for name, text in one.said.items():
        label = spelling(random, random.choice(LABELS[name]))
        parts = text.split(" ")
        cut = random.randint(1, len(parts) - 1) if len(parts) > 2 and random.random() < 0.2 else 0
        if cut:  # over the end of a page
            rows.append(
                cells(label, html.escape(" ".join(parts[:cut])), spans=[1, 4])
                + cells("", html.escape(" ".join(parts[cut:])), spans=[1, 4])
            )
        else:
            rows.append(cells(label, html.escape(text), spans=[1, 4]))
    rows.insert(random.randint(1, len(rows)), level_rows(random, one))
    for label, text in one.unknown:
        rows.append(cells(label, text, spans=[1, 4]))
    return f"<table>{first}{''.join(rows)}</table>"


def flowing(random: Random, one: Made, label: str) -> str:
    """Return a commitment as labels with texts below or behind them."""
    parts = [
        label.format(spelling(random, random.choice(LABELS[name])), html.escape(text))
        for name, text in one.said.items()
    ]
    if one.level:
        said = random.choice([LEVELS[one.level], f"☒ {LEVELS[one.level]}", f"{LEVELS[one.level]} ✓"])
        parts.insert(random.randint(1, len(parts)), label.format(random.choice(LEVEL_LABELS), said))
    return "".join(parts)


def shaped(random: Random, shape: str, one: Made, called: str) -> str:
    """Return a commitment in a shape; `called` is its number and title as printed."""
    title = html.escape(called)
    number = html.escape(called.removesuffix(one.title).rstrip())
    match shape:
        case "table":
            return table(random, one, cells(title, spans=[5]))
        case "headed table":
            return f"<h3>{title}</h3>" + table(random, one, "")
        case "two cells":
            return table(random, one, cells(number, html.escape(one.title), spans=[1, 4]))
        case "named":
            label = random.choice(["Commitment", "Number and name of the commitment", "Commitment title:"])
            return table(random, one, cells(label, title, spans=[1, 4]))
        case "next":
            return table(random, one, cells(number, spans=[5]) + cells(html.escape(one.title), spans=[5]))
        case "headings":
            return f"<h3>{title}</h3>" + flowing(random, one, "<h4>{}</h4><p>{}</p>")
    return f"<p><b>{title}</b></p>" + flowing(random, one, "<p><b>{}</b> {}</p>")


def wide(random: Random, made: Sequence[Made], called: Sequence[str]) -> str:
    """Return all commitments as the rows of one table, with the levels as columns in which one is ticked."""
    names = [name for name in LABELS if any(name in one.said for one in made)]
    random.shuffle(names)
    order = [*LEVELS]
    random.shuffle(order)
    at = random.randint(0, len(names))
    labels = [spelling(random, random.choice(LABELS[name])) for name in names]
    heads = ["Commitment", *labels[:at], *(LEVELS[level] for level in order), *labels[at:]]
    rows = [cells(*heads)]
    for one, title in zip(made, called, strict=True):
        texts = [html.escape(one.said.get(name, "")) for name in names]
        rows.append(cells(html.escape(title), *texts[:at], *boxes(random, one, order), *texts[at:]))
    return f"<table>{''.join(rows)}</table>"


def ending(random: Random) -> str:
    """Return what stands below the last commitment and is no part of it."""
    heading = random.choice(["<h2>{}</h2>", "<h2>4. {}</h2>", "<h1>{}</h1>", "<h3>{}</h3>", "<p><b>{}</b></p>"])
    found = ""
    for title in random.sample(["Conclusion", "Lessons", "Peer exchange", "Budget", "Annex"], random.randint(1, 2)):
        texts = "".join(f"<p>{sentence(random)}</p>" for _ in range(random.randint(0, 2)))
        width = random.choice([0, 0, 2, 3, 4])
        rows = "".join(cells(*(words(random) for _ in range(width))) for _ in range(random.randint(1, 3)))
        found += heading.format(title) + texts + (f"<table>{rows}</table>" if width else "")
    return found


def document(random: Random) -> Document:
    """Return a document of commitments in one shape, between sections of other things."""
    shape = random.choice(SHAPES)
    way = random.choice(NUMBERS)
    count = random.randint(2, 5)
    # Where number and title are apart, the number says itself that it is one.
    printed = [way.format(n=n, t="").strip() for n in range(1, count + 1)]
    bare = [
        one.removeprefix("Commitment ").removeprefix("COMMITMENT ").removeprefix("Action ").strip(":.– ")
        for one in printed
    ]
    made = [commitment(random, number, shape == "wide") for number in bare]
    if shape in ("headings", "bold"):
        made = [Made(one.number, one.title, one.said, one.level) for one in made]
    called = [way.format(n=n, t=one.title) for n, one in enumerate(made, start=1)]
    begin = random.choice(
        ["<h2>1. Introduction</h2><p>{}</p><h2>2. How it was made</h2><p>{}</p>", "<p>{}</p><p>{}</p>"]
    )
    end = ending(random)
    if shape == "wide":
        body = wide(random, made, called)
    else:
        body = "".join(shaped(random, shape, one, title) for one, title in zip(made, called, strict=True))
    text = (
        f"<h1>Report of Arendia</h1>{begin.format(sentence(random), sentence(random))}"
        f"<h2>Commitments</h2><p>{sentence(random)}</p>{body}{end}"
    )
    return Document(text, made, shape)


def expected(made: Sequence[Made]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a document, as anybody reads them, without what is empty."""
    key = [f"C{one.number.removeprefix('C')}" for one in made]
    return {
        "commitments": [
            {
                "commitment": name,
                "commitment_number": one.number,
                "title": one.title,
                **{label: text for label, text in one.said.items() if label not in OF_ASSESSMENTS},
                **({"further_text": " ".join(f"{a} {b}" for a, b in one.unknown)} if one.unknown else {}),
            }
            for name, one in zip(key, made, strict=True)
        ],
        "assessments": [
            {
                "commitment": name,
                "commitment_number": one.number,
                **({"progress": one.level, "progress_scale": "completion"} if one.level else {}),
                **{label: text for label, text in one.said.items() if label in OF_ASSESSMENTS},
            }
            for name, one in zip(key, made, strict=True)
        ],
        "milestone_assessments": [
            {
                "milestone": f"{name}-{letter}",
                "commitment": name,
                "commitment_number": one.number,
                "letter": letter,
                "progress": level,
                "progress_scale": "completion",
            }
            for name, one in zip(key, made, strict=True)
            for letter, level in one.letters.items()
        ],
    }
