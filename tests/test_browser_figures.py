"""Drawings as a browser shows them: no text runs over the edge, whatever its script and its words."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from browser import Browser
from ogp_data.core.templates import styles
from ogp_data.site.charts import WIDTH, Event, Share, Stack, Stretch, stacks, timeline
from test_lettering import ALPHABETS

MORE = {
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىؤئ ",
    # Without the marks that only a font of that script sets upon a letter.
    "devanagari": "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह ",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ ",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ ",
    "thai": "กขคงจฉชซญฎฏฐณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาเแโใไ ",
    "wide": "WM@%mwÆŒ—…©",
}


def made(chance: random.Random, letters: str) -> str:
    text = "".join(chance.choice(letters) for _ in range(chance.randint(1, 260)))
    return text.replace(" ", "") if chance.random() < 0.3 else text


def test_no_text_of_a_drawing_is_wider_than_the_drawing(browser: Browser, tmp_path: Path) -> None:
    chance, drawn = random.Random(3), []
    for letters in (ALPHABETS | MORE).values():
        for _ in range(3):
            share = Share(made(chance, letters)[:90], chance.randint(1, 40), "done")
            language = chance.choice(("en", "ar"))
            shown = [Stack(made(chance, letters), [share, Share("late", 2, "delayed")], language) for _ in range(2)]
            drawn.append(stacks(shown, chance.choice(("en", "ar"))))
            day = date(2021, 5, chance.randint(1, 28))
            event = Event([Stretch(day, day)], made(chance, letters), "1 May", "", made(chance, letters), language)
            drawn.append(timeline([event], "en"))
    figures = "".join(
        f'<div style="width: {WIDTH}px">{one.svg(str(at), "a", "b")}</div>' for at, one in enumerate(drawn)
    )
    page = tmp_path / "drawn.html"
    head = f"<!doctype html><meta charset=utf-8><title>x</title><style>{styles(['drawing'])}</style>"
    page.write_text(f"{head}<body style='margin: 400px'>{figures}", encoding="utf-8")
    browser.look(1280)
    browser.get(page.as_uri())
    outside = browser.run("""
        return [...document.querySelectorAll("text")].filter((one) => {
          const text = one.getBBox(), whole = one.ownerSVGElement.viewBox.baseVal;
          return text.width && (text.x < -1.5 || text.x + text.width > whole.width + 1.5);
        }).map((one) => [one.getBBox().x, one.getBBox().width, one.textContent]);
    """)
    assert len(drawn) == 66
    assert outside == []
