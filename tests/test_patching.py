"""A recorded correction of a document whose text was taken out of it: what is read is the text with it made."""

from __future__ import annotations

import itertools
import random

from ogp_data.core.places import Box, Page
from ogp_data.core.source import SourceText
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import Anchor, Aside, Block, Document, Inline, Repair
from ogp_data.documents.patching import patched
from ogp_data.documents.repairs import repaired


def of(source: SourceText, start: int, end: int) -> Passage:
    return Passage((Fragment(source.text[start:end], start, end),))


def test_a_correction_reaches_the_text_and_its_label_and_the_address() -> None:
    source = SourceText.placed("made.pdf", [("See the lwa.\n", Page(1)), ("https://a.example/x\n", Page(1))])
    anchor = Anchor(of(source, 4, 11), of(source, 13, 32), 4)
    block = Block("paragraph", Page(1), Inline(of(source, 0, 12), (anchor,)))
    document = Document(source, (block,), (Aside(13, 32, "address"),))
    found = patched(document, [Repair(8, 11, "law"), Repair(31, 32, "y")])
    (read,) = found.blocks
    assert read.inline.passage.text == "See the law."
    assert (read.inline.anchors[0].label.text, read.inline.anchors[0].target.text) == ("the law", "https://a.example/y")
    assert set(found.asides) == {Aside(13, 31, "address"), Aside(31, 32, "correction")}


def check(chance: random.Random) -> None:
    """Blocks and asides over all of a text, and repairs anywhere: all is said once, as the repaired text says it."""
    words = ["een ", "twee\n", "é", "-", " "]
    stretches = [("".join(chance.choices(words, k=3)), Page(1 + n // 3, Box(n, n, n, n))) for n in range(6)]
    source = SourceText.placed("made.pdf", stretches)
    size = len(source.text)
    cuts = sorted({0, size, *(chance.randrange(size) for _ in range(5))})
    blocks, asides = [], []
    for start, end in itertools.pairwise(cuts):
        if chance.random() < 0.3:
            asides.append(Aside(start, end, "running-header"))
        else:
            blocks.append(Block("paragraph", source.place(start), Inline(of(source, start, end))))
    ends = sorted(chance.sample(range(size + 1), 4))
    made = [Repair(ends[0], ends[1], chance.choice(["", "x", "y z"])), Repair(ends[2], ends[3], "w")]
    found = patched(Document(source, tuple(blocks), tuple(asides)), made)
    spans = [span for block in found.blocks for span in block.inline.passage.spans]
    spans += [(aside.start, aside.end) for aside in found.asides]
    covered = sorted(set(spans))
    assert len(covered) == len(spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(covered))
    assert sum(end - start for start, end in covered) == size
    if not asides:
        said = "".join(fragment.text for block in found.blocks for fragment in block.inline.passage.fragments)
        assert said == repaired(source, made)[0].text


def test_any_corrections_leave_all_in_one_place() -> None:
    for seed in range(300):
        check(random.Random(seed))
