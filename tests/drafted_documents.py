"""Made documents of random shape whose content is known: what a draft of each must find."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

SENTENCES = {
    "en": ["The plan was made with the residents of the town.", "We are not ready with this, and it will be in May."],
    "nl": ["Het plan is met de inwoners van de stad gemaakt.", "Wij zijn hier nog niet mee klaar, en het wordt mei."],
    "fr": ["Le plan est fait avec les habitants de la ville.", "Nous ne sommes pas prêts, et ce sera dans un an."],
}
WORDS = {
    "en": ["open", "data", "budget", "school", "court", "water", "records", "online", "notice", "complaint", "advice"],
    "nl": ["open", "gegevens", "begroting", "school", "rechter", "water", "archief", "besluit", "klacht", "advies"],
    "fr": ["ouvert", "données", "budget", "école", "justice", "eau", "archives", "en ligne", "avis", "plainte"],
}
LABELS = {
    "en": ("Country", "Period Covered by the Action Plan", "Date Prepared", "3 May 2024"),
    "nl": ("Land", "Periode van het actieplan", "Opgesteld op", "3 mei 2024"),
    "fr": ("Pays", "Période couverte par le plan d'action", "Date de rédaction", "3 mai 2024"),
}
COUNTRIES = {"en": ("Netherlands", "Exampleland"), "nl": ("Nederland", "Voorbeeldland"), "fr": ("France", "Exempland")}
COMMITMENT = {
    "en": ("Commitments", "Commitment"),
    "nl": ("Actiepunten", "Actiepunt"),
    "fr": ("Engagements", "Engagement"),
}
ADVICE = {"en": "Recommendations", "nl": "Aanbevelingen", "fr": "Recommandations"}
ASSESSED = {
    "en": ("Assessment of Progress (Green/Amber/Red)", "Evidence supporting the assessment", "Reasons", "Next Steps"),
    "nl": ("Voortgang", "Onderbouwing", "Redenen voor de beoordeling", "Vervolgstappen"),
    "fr": ("État d'avancement", "Éléments de preuve", "Raisons", "Prochaines étapes"),
}
COLOURS = {
    "en": {"Green": "green", "Yellow": "amber", "Red": "red"},
    "nl": {"Groen": "green", "Oranje": "amber", "Rood": "red"},
    "fr": {"Vert": "green", "Orange": "amber", "Rouge": "red"},
}
NUMBER = {"en": "No.", "nl": "Nr.", "fr": "N°"}
PARTS = {"en": ("Themes", "Theme"), "nl": ("Inhoud", "Thema"), "fr": ("Contenu", "Axe")}
OTHERS = {
    "en": ("What it costs", "Who takes part", "Where it happens", "Numbers of the year"),
    "nl": ("Wat het kost", "Wie er meedoen", "Waar het gebeurt", "Cijfers van het jaar"),
    "fr": ("Ce que cela coûte", "Qui participe", "Où cela se passe", "Chiffres de cette année"),
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
MONTHS = {"en": "June", "nl": "juni", "fr": "juin"}
POINT = {"en": ".", "nl": ",", "fr": ","}

Rows = list[tuple[str, ...]]


@dataclass
class Made:
    """A document, and the rows of each dataset that it holds; those of its own by the heading above them."""

    text: str = ""
    language: str = "en"
    datasets: dict[str, Rows] = field(default_factory=dict)
    own: dict[str, tuple[tuple[str, ...], Rows]] = field(default_factory=dict)
    """Heading -> the types of the columns, and the values of their cells in canonical form."""


class Maker:
    """Makes a document of a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.language = self.chance.choice(("en", "nl", "fr"))
        self.lines: list[str] = []
        self.made = Made(language=self.language)
        self.level = self.chance.choice((1, 2))

    def make(self) -> Made:
        """Return a document."""
        self._front()
        for part in (self._commitments, self._assessments, self._tables, self._advice):
            part()
        end = self.chance.choice(("\n", "\n", "\r\n"))
        self.made.text = end.join(self.lines) + end
        return self.made

    def say(self, *lines: str) -> None:
        self.lines += [*lines, *[""] * self.chance.choice((1, 1, 2, 3))]

    def heading(self, title: str, deeper: int = 1) -> None:
        self.say(f"{'#' * min(self.level + deeper, 6)} {title}")

    def words(self, fewest: int = 1, most: int = 4) -> str:
        picked = [self.chance.choice(WORDS[self.language]) for _ in range(self.chance.randint(fewest, most))]
        return " ".join(picked)

    def sentence(self) -> str:
        return self.chance.choice(SENTENCES[self.language])

    def paragraph(self) -> None:
        said = self.sentence()
        self.made.datasets.setdefault("narrative", []).append((said,))
        self.say(said)

    def _front(self) -> None:
        self.say(f"{'#' * self.level} {self.words(2)} 2023-2025")
        country, period, prepared, day = LABELS[self.language]
        if self.chance.random() < 0.7:
            known, unknown = COUNTRIES[self.language]
            lines = [f"{country}\t{self.chance.choice((known, unknown))}", f"{period}\t2023-2025", f"{prepared}\t{day}"]
            self.say(
                *(
                    line if self.chance.random() < 0.5 else f"<b>{line.replace(chr(9), f'</b>{chr(9)}')}"
                    for line in lines
                )
            )
        for _ in range(self.chance.randint(1, 4)):
            self.paragraph()

    # Commitments

    def _commitments(self) -> None:
        self.count = self.chance.randint(2, 12)
        self.titles = [self.words(2) for _ in range(self.count)]
        self.is_table = self.chance.random() < 0.15
        self.begin_again = False
        if self.is_table:
            return
        if self.chance.random() < 0.5:
            self._themes()
        elif self.chance.random() < 0.3:
            self._headed()
        else:
            self.heading(COMMITMENT[self.language][0])
            self._items(range(1, self.count + 1), "")

    def _headed(self) -> None:
        self.heading(f"{self.words(2)} 7")
        word, deeper = COMMITMENT[self.language][1], self.chance.choice((2, 3))
        with_lists = self.chance.random() < 0.4
        rows = self.made.datasets.setdefault("commitments", [])
        for number, title in enumerate(self.titles, start=1):
            self.heading(f"{word} {number}: {title}", deeper)
            rows.append((f"C{number}", str(number), "", title))
            self.paragraph()
            if with_lists:
                steps = [self.words(2) for _ in range(self.chance.randint(1, 3))]
                milestones = self.made.datasets.setdefault("milestones", [])
                milestones += [(f"C{number}-{n}", f"C{number}", str(n), one) for n, one in enumerate(steps, start=1)]
                self.say(*(f"{n}. {one}" for n, one in enumerate(steps, start=1)))

    def _items(self, numbers: Sequence[int], theme: str, first: int = 1) -> None:
        rows = self.made.datasets.setdefault("commitments", [])
        lines = []
        for number in numbers:
            title = self.titles[number - 1]
            printed = number - first + 1 if self.begin_again else number
            key = f"T{theme}-C{printed}" if self.begin_again else f"C{printed}"
            rows.append((key, str(printed), theme, title))
            lines.append(f"{printed}. {title}")
        self.say(*lines)

    def _themes(self) -> None:
        count = self.chance.randint(2, min(4, self.count))
        cuts = sorted(self.chance.sample(range(1, self.count), count - 1))
        kind = self.chance.choice(("roman", "number", "letter", "lead"))
        deeper = self.chance.choice((2, 3))
        self.begin_again = self.chance.random() < 0.3
        self.heading(PARTS[self.language][0])
        if self.chance.random() < 0.5:
            self.paragraph()
        rows = self.made.datasets.setdefault("themes", [])
        for at, (start, end) in enumerate(zip([0, *cuts], [*cuts, self.count], strict=True)):
            mark = {"roman": ROMAN[at], "letter": "ABCDEFG"[at]}.get(kind, str(at + 1))
            title = f"{self.words()} {at}"
            lead = f"{PARTS[self.language][1]} " if kind == "lead" else ""
            self.heading(f"{lead}{mark}{':' if lead else '.'} {title}", deeper)
            rows.append((str(at + 1), mark, title))
            self._items(range(start + 1, end + 1), str(at + 1), start + 1)
        if self.chance.random() < 0.3:
            self.heading(self.words(2, 3) + " 9", 1)
            self.paragraph()

    def _assessments(self) -> None:
        if self.begin_again or (not self.is_table and self.chance.random() < 0.3):
            return
        self.heading(self.words(2) + " 8")
        headings = [one for one in ASSESSED[self.language] if self.chance.random() < 0.8] or [
            ASSESSED[self.language][0]
        ]
        first = COMMITMENT[self.language][1]
        rows = []
        is_apart = not self.is_table and self.chance.random() < 0.2
        lines = ["\t".join([*([NUMBER[self.language]] if is_apart else []), first, *headings])]
        is_split = not is_apart and self.chance.random() < 0.3
        for number, title in enumerate(self.titles, start=1):
            cells = [self._assessed(one) for one in headings]
            rows.append((f"C{number}", *(said for _, said in cells)))
            begin = f"{number}\t{title}" if is_apart else f"{number}. {title}"
            lines.append("\t".join([begin, *(written for written, _ in cells)]))
            if is_split and self.chance.random() < 0.3 and any(one != ASSESSED[self.language][0] for one in headings):
                at = next(n for n, one in enumerate(headings) if one != ASSESSED[self.language][0])
                more = self.words(1, 2)
                lines += ["", "\t".join(["", *(more if n == at else "" for n in range(len(headings)))])]
                rows[-1] = tuple(f"{cell} {more}" if n == at + 1 else cell for n, cell in enumerate(rows[-1]))
        self.say(*lines)
        self.made.datasets["assessments"] = rows
        if self.is_table:
            self.made.datasets["commitments"] = [
                (f"C{number}", str(number), "", title) for number, title in enumerate(self.titles, start=1)
            ]

    def _assessed(self, heading: str) -> tuple[str, str]:
        if heading == ASSESSED[self.language][0]:
            return self.chance.choice([*COLOURS[self.language].items()])
        said = f"{self.sentence()} {self.words()}"
        if self.chance.random() < 0.3:
            return f'{said} <a href="https://example.org/{self.chance.randint(1, 9)}">link</a>', f"{said} link"
        return said, said

    # Others

    def _tables(self) -> None:
        for title in self.chance.sample(OTHERS[self.language], self.chance.randint(0, 3)):
            self.heading(title, self.chance.choice((1, 2)))
            if self.chance.random() < 0.4:
                self.paragraph()
            types = [
                self.chance.choice(("integer", "decimal", "date", "text", "url"))
                for _ in range(self.chance.randint(1, 4))
            ]
            headings = [f"{title.split()[-1]} {'abcd'[n]}" for n in range(len(types))]
            by_commitment = not self.begin_again and not self.is_table and self.chance.random() < 0.5
            count = self.count if by_commitment else self.chance.randint(2, 6)
            first = [f"{n + 1}. {self.titles[n]}" if by_commitment else f"{self.words(2)} {n}" for n in range(count)]
            cells = [[self._value(kind) for kind in types] for _ in range(count)]
            self.say(
                "\t".join([f"{title.split()[0]} x", *headings]),
                *("\t".join([one, *(written for written, _ in row)]) for one, row in zip(first, cells, strict=True)),
            )
            self.made.own[title] = (tuple(types), [tuple(said for _, said in row) for row in cells])

    def _value(self, kind: str) -> tuple[str, str]:
        number = self.chance.randint(1, 999)
        if kind == "integer":
            return str(number), str(number)
        if kind == "decimal":
            return f"{number}{POINT[self.language]}5", f"{number}.5"
        if kind == "date":
            day = self.chance.randint(1, 28)
            return f"{day} {MONTHS[self.language]} 2024", f"2024-06-{day:02}"
        if kind == "url":
            return (f"https://example.org/{number}",) * 2
        return (self.words(2, 5),) * 2

    def _advice(self) -> None:
        if self.chance.random() < 0.5:
            self.heading(ADVICE[self.language])
            said = [self.sentence() for _ in range(self.chance.randint(1, 5))]
            self.say(*(f"{number}. {one}" for number, one in enumerate(said, start=1)))
            self.made.datasets["recommendations"] = [(one,) for one in said]
