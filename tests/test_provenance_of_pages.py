"""The provenance of a PDF: each IRI opens its page in the file itself, and the box on it holds the words of the row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag

import pdfplumber
import rdflib
from rdflib import PROV, URIRef

from made_documents import DATASETS, MADE, laid_down


def derived(folder: Path, dataset: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the key of each row with the document that it came from, and the parts of the fragment."""
    graph = rdflib.Graph().parse(folder / dataset / f"{dataset}.prov.ttl")
    for row, place in graph.subject_objects(PROV.wasDerivedFrom):
        document, fragment = urldefrag(str(place))
        if fragment:
            assert (place, rdflib.DCTERMS.isPartOf, URIRef(document)) in graph
            yield str(row).rpartition("#")[2], document, dict(parse_qsl(fragment, strict_parsing=True))


def check_boxes(folder: Path, dataset: str, content: bytes, labels: str = "") -> int:
    """Hold the boxes of the rows against the page: they lie on it, and its words there are the row's, or labels."""
    graph = rdflib.Graph().parse(folder / dataset / f"{dataset}.ttl")
    texts: dict[str, str] = {}
    for row, _, value in graph:
        if isinstance(value, rdflib.Literal):
            key = str(row).rpartition("#")[2]
            texts[key] = texts.get(key, "") + " " + str(value)
    count = 0
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for key, document, parts in derived(folder, dataset):
            assert document.endswith("/source/document.pdf")
            assert list(parts) == ["page", "viewrect"]  # RFC 8118, in this order
            page = pdf.pages[int(parts["page"]) - 1]
            left, top, width, height = map(float, parts["viewrect"].split(","))
            assert min(left, top, width, height) >= 0
            assert left + width <= float(page.width) + 0.02
            assert top + height <= float(page.height) + 0.02
            cut = page.crop((left, top, left + width, top + height), strict=False)
            words = re.findall(r"[A-Za-z]{4,}", cut.extract_text() or "")
            assert [word for word in words if word not in texts[key] + labels] == [], (key, parts)
            count += 1
    return count


def test_the_box_of_a_place_holds_the_words_of_its_row(tmp_path: Path) -> None:
    content = MADE["pdf"]()
    outcome = laid_down(tmp_path, "pdf", content, DATASETS).publish()
    assert outcome.published
    # Three items on the first page; three rows with five, three and four cells that hold anything.
    assert check_boxes(outcome.folder, "commitments", content) == 3
    assert check_boxes(outcome.folder, "progress", content) == 5 + 3 + 4
    pages = {key: parts["page"] for key, _, parts in derived(outcome.folder, "progress")}
    assert pages == {"1": "1", "2": "2", "3": "2"}
