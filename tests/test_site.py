"""The static site: whole in both languages, self-contained, true to the rows and the document."""

from __future__ import annotations

import csv
import json
import posixpath
import re
import shutil
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from rdflib import Graph, URIRef

from conftest import NAME, SOURCE, Workspace
from ogp_data import pipeline
from ogp_data.core import date_phrases as dates
from ogp_data.core import resources
from ogp_data.core.framed import of_lost
from ogp_data.core.places import Line
from ogp_data.core.records import from_csv
from ogp_data.core.shared import Term
from ogp_data.core.words import Words
from ogp_data.declaration.reading import load
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders
from ogp_data.site import feeds
from ogp_data.site import formatting as show
from ogp_data.site.lines import Piece, marked

PAGES = 31
"""The home page, all data, 12 datasets, 13 commitments, the document, what is wrong in it, the site, the statement."""


class Page(HTMLParser):
    """What a page names: its links, files, ids, language, text and JSON-LD."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.language = ""
        self.policy = ""
        self.text: list[str] = []
        self.data: list[str] = []
        self.alternates: list[str] = []
        self.properties: dict[str, str] = {}
        self._script = False
        self.inline: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [(tag, given[name]) for name in ("href", "src") if name in given]
        self.ids += [given["id"]] if "id" in given else []
        self.language = given.get("lang", "") if tag == "html" else self.language
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag == "link" and given.get("rel") == "alternate" and "type" in given:
            self.alternates.append(given["type"])
        if tag == "meta" and "property" in given:
            self.properties[given["property"]] = given["content"]
        self._script = tag == "script" and given.get("type") == "application/ld+json"
        self.inline += [name for name in given if name == "style" or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        (self.data if self._script else self.text).append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"


def page(folder: Path, path: str) -> Page:
    return Page((folder / path).read_text(encoding="utf-8"))


def paths(folder: Path) -> list[str]:
    """Return the pages of the site itself, without the dictionary, the changes, reports, and figures alone."""
    apart = ("reports/", "dictionary", "codelists/", "changes", "charts/", "404")
    return [path for path in all_paths(folder) if not path.removeprefix("en/").startswith(apart)]


def all_paths(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))


def squeezed(text: str) -> str:
    """Return a text without white space, which a page may fold."""
    return re.sub(r"\s+", "", text)


def rows(folder: Path, dataset: str) -> list[dict[str, str]]:
    return [dict(row) for row in from_csv((folder / dataset / f"{dataset}.csv").read_bytes())]


def test_every_page_is_there_in_both_languages(published: Path) -> None:
    found = all_paths(published)
    dutch = [path for path in found if not path.startswith("en/")]
    assert [f"en/{path}" for path in dutch] == [path for path in found if path.startswith("en/")]
    own = [path for path in paths(published) if not path.startswith("en/") and "query" not in path]
    assert len([path for path in own if "/rows/" not in path]) == PAGES
    for path in found:
        assert page(published, path).language == ("en" if path.startswith("en/") else "nl"), path


def test_no_page_names_another_host_but_in_links_for_readers(published: Path) -> None:
    for path in paths(published):
        shown = page(published, path)
        assert "default-src 'none'" in shown.policy, path
        assert not shown.inline, "the policy forbids style and script in the markup"
        for tag, address in shown.addresses:
            if tag in ("script", "img", "source", "iframe") or (tag == "link" and "example.org" not in address):
                assert not urlsplit(address).scheme, (path, address)


def test_every_internal_link_and_fragment_leads_somewhere(published: Path) -> None:
    files = {file.relative_to(published).as_posix() for file in published.rglob("*") if file.is_file()}
    known: dict[str, set[str]] = {}
    for path in all_paths(published):
        for address in {address for _, address in page(published, path).addresses}:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = path
            if parts.path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                if target.startswith("/"):  # of the page for what is not there, which is shown at any depth
                    target = target.split("/", 2)[2]
                assert target in files, (path, address)
            if parts.fragment and target.endswith(".html"):
                ids = known[target] = known.get(target) or set(page(published, target).ids)
                assert unquote(parts.fragment) in ids, (path, address)


def test_no_id_stands_twice_on_a_page(published: Path) -> None:
    for path in paths(published):
        ids = page(published, path).ids
        assert len(ids) == len(set(ids)), path


def sheets(folder: Path, dataset: str) -> list[str]:
    """Return the pages in English with rows of a dataset, in their order."""
    more = (folder / "en" / dataset / "rows").glob("*.html")
    numbers = sorted(int(path.stem) for path in more)
    return [f"en/{dataset}/index.html", *(f"en/{dataset}/rows/{number}.html" for number in numbers)]


def test_the_rows_of_every_dataset_stand_on_its_pages_whole(published: Path) -> None:
    for name in ("assessments", "links", "source_findings", "narrative"):
        text = re.sub(
            r"\s+", " ", " ".join(part for path in sheets(published, name) for part in page(published, path).text)
        )
        for row in rows(published, name):
            for column, value in row.items():
                if not column.endswith("_places") and not re.fullmatch(r"[a-z-]+|https://identifier.*", value):
                    assert re.sub(r"\s+", " ", value) in text, (name, column, value)


def test_a_commitment_stands_beside_the_lines_of_the_document_it_came_from(published: Path) -> None:
    document = (published / "source" / Path(SOURCE).name).read_text(encoding="utf-8").split("\n")
    for path in ("commitments/C3.html", "en/commitments/C3.html"):
        text = "".join(page(published, path).text)
        # Lines 22, 102 and 104, read in the document: an item of the list, and the two halves of the table's row.
        for line in (22, 102, 104):
            assert squeezed(document[line - 1]) in squeezed(re.sub(r"(?:bevinding|finding) \d+", "", text)), line
        assert ("verloren bij de omzetting" if path[0] == "c" else "lost in conversion") in text


def test_what_was_lost_is_said_and_never_shown_as_a_value(published: Path) -> None:
    dutch, english = (" ".join(page(published, path).text) for path in ("index.html", "en/index.html"))
    assert "De kleuren op deze pagina zijn niet die van het document: die gingen bij het omzetten verloren." in dutch
    assert "The colours on this page are not those of the document, which were lost when it was converted." in english
    # Commitments 1, 2 and 7 have no words on progress in the document.
    for path in ("index.html", "en/index.html"):
        cards = (published / path).read_text(encoding="utf-8").split('<li class="result"')[1:]
        unknown = [number for number, card in enumerate(cards, 1) if "tag--unknown" in card.partition("</li>")[0]]
        assert unknown == [1, 2, 7]


def test_the_pictures_count_as_the_document_does(published: Path) -> None:
    english, wrong = ((published / "en" / name).read_text(encoding="utf-8") for name in ("index.html", "findings.html"))
    # 32 links: 9 with an address, 21 lost, one broken, one made by the conversion.
    assert "9 of the 32 links still have an address." in wrong
    all_links = next(csv.DictReader((published / "en/charts/evidence.csv").read_text(encoding="utf-8").splitlines()))
    for status, count in (("With a web address", 9), ("Lost in conversion", 21), ("Corrupted", 1), ("False link", 1)):
        assert all_links[status] == str(count)
    assert "The text of the document does not say how far 3 commitments are." in english


def test_downloads_tell_their_size_and_checksum(published: Path) -> None:
    listed = {entry["path"]: entry for entry in json.loads((published / "manifest.json").read_text())["files"]}
    text = "".join(page(published, "links/index.html").text)
    own = [path for path in listed if path.startswith("links/") and not path.endswith(".html")]
    assert len(own) == 8
    for path in own:
        assert listed[path]["sha256"] in text
    addresses = [address for _, address in page(published, "links/index.html").addresses]
    assert all(f"../{path}" in addresses for path in own)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("data.html", ("Gegevens > Uit tekst/CSV", "65001: Unicode (UTF-8)", "RFC 4180", "kolomtype Tekst")),
        ("en/data.html", ("Data > From Text/CSV", "65001: Unicode (UTF-8)", "RFC 4180", "column type Text")),
    ],
)
def test_beside_the_csv_stands_what_excel_needs(published: Path, file: str, said: tuple[str, ...]) -> None:
    shown = page(published, file)
    text = "".join(shown.text)
    assert [words for words in said if words not in text] == []
    assert "csv" in shown.ids
    dataset = page(published, file.replace("data.html", "links/index.html"))
    assert len([link for _, link in dataset.addresses if link.endswith("data.html#csv")]) == 1
    workbooks = [link for tag, link in dataset.addresses if tag == "a" and link.endswith("links/links.xlsx")]
    assert len(workbooks) == 2, "first, and among all downloads"


def test_structured_data_says_what_the_catalogue_says(published: Path) -> None:
    shown = page(published, "en/assessments/index.html")
    data = json.loads("".join(shown.data))
    assert data["@id"] == "https://example.org/ogp/nl-2020-2022/assessments"
    data["@context"] = {"@vocab": "https://schema.org/"}
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    iri, schema = URIRef(data["@id"]), "https://schema.org/"
    assert str(graph.value(iri, URIRef(f"{schema}version"))) == "1.0.0"
    assert len(list(graph.objects(iri, URIRef(f"{schema}distribution")))) == 7
    assert len(list(graph.objects(iri, URIRef(f"{schema}variableMeasured")))) == 12
    catalogue = json.loads("".join(page(published, "index.html").data))
    assert len(catalogue["dataset"]) == 13


def test_every_page_describes_itself_and_leads_to_its_data(published: Path) -> None:
    for path in (path for path in all_paths(published) if "charts/" not in path and "404" not in path):
        shown = page(published, path)
        data = json.loads("".join(shown.data))
        assert data["@context"] == "https://schema.org/", path
        assert data["@type"] in ("DataCatalog", "Dataset", "WebPage"), path
        assert data["name"], path
        assert shown.alternates or "accessibility" in path, path
    for path in paths(published):
        told = page(published, path).properties
        assert told["og:type"] == "website", path
        assert all(told[f"og:{name}"] for name in ("title", "description", "site_name")), path
        assert told["og:locale"] == ("en_GB" if path.startswith("en/") else "nl_NL"), path
        assert "og:url" not in told, "the publication has no address of its own"


def test_without_an_address_of_its_own_the_site_has_no_feed_and_says_so(published: Path) -> None:
    assert not (published / "sitemap.xml").exists()
    assert not (published / "feed.atom").exists()
    assert 'rel="canonical"' not in (published / "index.html").read_text(encoding="utf-8")
    report = json.loads((published / "reports" / "validation.json").read_text(encoding="utf-8"))
    assert "placeholder-base-url" in {found["rule"] for found in report["findings"]}


def test_pages_lead_up_to_all_plans_where_it_is_known_where_these_are(workspace: Workspace) -> None:
    page = (workspace.publish(base_url=f"https://files.test.nl/ogp/{workspace.name}/").folder / "about.html").read_text(
        "utf-8"
    )
    assert '<a href="https://files.test.nl/ogp/">Alle plannen</a>' in page
    alone = (workspace.publish(base_url="https://files.test.nl/plan/").folder / "about.html").read_text("utf-8")
    assert "Alle plannen" not in alone


def test_with_an_address_the_site_has_canonical_links_a_site_map_and_a_feed(workspace: Workspace) -> None:
    base = "https://data.overheid.example.nl/ogp/"
    outcome = workspace.publish(base_iri=base)
    assert outcome.published
    html = (outcome.folder / "en" / "links" / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{base}en/links/">' in html
    assert f'<meta property="og:url" content="{base}en/links/">' in html
    site = ET.parse(outcome.folder / "sitemap.xml").getroot()
    listed = [element.text or "" for element in site.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(listed) == len(set(listed)) == len(paths(outcome.folder))
    for address in listed:
        path = address.removeprefix(base)
        assert (outcome.folder / path / "index.html").is_file() or (outcome.folder / path).is_file(), address
    feed = ET.parse(outcome.folder / "feed.atom").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    for owner in (feed, *feed.findall(f"{atom}entry")):  # RFC 4287, 4.1.1 and 4.1.2
        for name in ("id", "title", "updated"):
            assert len(owner.findall(f"{atom}{name}")) == 1
    assert len(feed.findall(f"{atom}entry")) == 1


@pytest.mark.parametrize(("language", "below"), [("nl", ""), ("en", "en/")])
def test_the_page_for_what_is_not_there_leads_home_from_any_depth(
    workspace: Workspace, language: str, below: str
) -> None:
    publication, _ = load(workspace.data, NAME, load_lists(resources.value_lists()), "https://d.example.nl/ogp/")
    assert publication
    frame = of_lost(publication, language)
    assert frame.home == f"/ogp/{below}index.html"
    assert all(one.href.startswith(f"/ogp/{below}") for one in (*frame.menu, *frame.footer))
    assert {one.href for one in frame.languages} == {"/ogp/404.html", "/ogp/en/404.html"}
    assert (frame.sheet, frame.address, frame.is_listed) == ("", "", False)
    assert ":root" in frame.style


def test_a_publication_says_of_itself_no_day_until_which_a_contact_holds(published: Path) -> None:
    """That is declared for the whole site, at whose root security.txt stands, or not known (RFC 9116, 2.5.5)."""
    assert not list(published.rglob("security.txt"))


def test_progress_that_the_document_gives_is_shown_as_such(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    shutil.copytree(root / "tests" / "tiny" / "data", tmp_path / "data")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, "tiny", "", "", lambda _: None)
    assert outcome.published
    shown = (outcome.folder / "index.html").read_text(encoding="utf-8")
    assert "Voortgang volgens de tekst" not in shown
    # The list of this publication does not say what its codes mean: they keep their words and get no colour.
    for words, number in (("Klaar", 1), ("Vertraagd", 1), ("Niet beoordeeld", 1)):
        assert f'<strong>{number}</strong> <span class="tag tag--unknown">{words}</span>' in shown
    assert "Zo oordeelt de overheid er zelf over" in shown
    assert "Van 1 belofte zegt de tekst van het document niet hoe ver die is." in shown


def test_script_in_a_title_or_cell_is_shown_as_text(workspace: Workspace) -> None:
    hostile = "<script>alert(1)</script>"
    workspace.edit(f"{NAME}/publication.toml", 'title.nl = "Zelfevaluatie van', f'title.nl = "{hostile} van')
    workspace.edit_source("the ideas, suggestions and lessons", "the &lt;script&gt;alert(2)&lt;/script&gt; and lessons")
    outcome = workspace.publish()
    assert outcome.published, [str(found) for found in outcome.report.findings[:3]]
    for name in paths(outcome.folder):
        shown = page(outcome.folder, name)
        assert "<script>alert" not in (outcome.folder / name).read_text(encoding="utf-8"), name
        assert "</script" not in "".join(shown.data)
    assert "<script>alert(2)</script>" in "".join(page(outcome.folder, "narrative/index.html").text)


def test_an_error_in_a_cell_is_reported_by_a_mail_or_form_that_names_it(workspace: Workspace) -> None:
    declaration = workspace.data / NAME / "publication.toml"
    text = declaration.read_text(encoding="utf-8")
    report = '[report]\nurl = "https://meld.example.nl/new?title={title}&body={body}"\n\n[series]'
    declaration.write_text(text.replace("[series]", report, 1), encoding="utf-8")
    outcome = workspace.publish()
    found = [a for _, a in page(outcome.folder, "en/commitments/C4.html").addresses if a.startswith("https://meld")]
    asked = [parse_qs(urlsplit(address).query) for address in found]
    wanted = "Error in nl-2020-2022 1.0.0: assessments, C4, evidence"
    assert wanted in [one["title"][0] for one in asked]
    (body,) = [one["body"][0] for one in asked if one["title"][0] == wanted]
    for line in ("dataset: assessments", "row: C4", "column: evidence", "version: nl-2020-2022 1.0.0"):
        assert line in body.splitlines()
    report = '[report]\nemail = "data@example.nl"\n\n[series]'
    declaration.write_text(text.replace("[series]", report, 1), encoding="utf-8")
    folder = workspace.publish().folder
    mails = [a for _, a in page(folder, "links/index.html").addresses if a.startswith("mailto:")]
    assert len(mails) == 1  # it names the dataset, and its writer the row and the column
    assert "dataset%3A%20links%0D%0A" in mails[0]
    assert "data@example.nl?subject=" in mails[0]


@pytest.mark.parametrize(
    ("added", "rule", "key"),
    [
        ('[report]\nurl = "javascript:alert(1)"', "invalid-address", "report.url"),
        ('[report]\nurl = "https://meld.example.nl/{row}"', "invalid-address", "report.url"),
        ('[report]\nemail = "nobody"', "invalid-address", "report.email"),
        (
            '[[use]]\ntitle = {nl="a",en="a"}\ndescription = {nl="a",en="a"}\nurl = "x"',
            "invalid-address",
            "use[0].url",
        ),
        (
            '[[use]]\ntitle = {nl="a",en="a"}\ndescription = {nl="a",en="a"}\nurl = "https://a.nl"\ndatasets = ["no"]',
            "dangling-reference",
            "use[0].datasets",
        ),
        (
            '[[feedback]]\ndate = 2030-01-01\ntext = {nl="a",en="a"}\nchange = {nl="a",en="a"}',
            "invalid-date",
            "feedback[0].date",
        ),
        (
            '[[feedback]]\ndate = 2026-01-01\ntext = {nl="a",en="a"}\nchange = {nl="a",en="a"}\ndataset = "links"\n'
            'column = "no"',
            "dangling-reference",
            "feedback[0].column",
        ),
    ],
)
def test_what_a_community_declares_wrongly_is_told(workspace: Workspace, added: str, rule: str, key: str) -> None:
    workspace.edit(f"{NAME}/publication.toml", "[series]\n", f"{added}\n\n[series]\n")
    outcome = workspace.publish()
    assert not outcome.published
    assert (rule, key) in {(found.rule, found.place.key) for found in outcome.report.findings}


def test_uses_and_feedback_stand_on_the_pages_and_in_the_catalogue(workspace: Workspace) -> None:
    added = (
        '[[use]]\ntitle = {nl="Kaart",en="Map"}\ndescription = {nl="Toont links.",en="Shows links."}\n'
        'url = "https://kaart.example.nl/"\ndate = 2026-11-20\ndatasets = ["links"]\n\n'
        '[[feedback]]\ndate = 2026-11-21\ntext = {nl="Rij 4 klopte niet.",en="Row 4 was wrong."}\n'
        'change = {nl="Hersteld.",en="Fixed."}\ndataset = "links"\nrow = "4"\n\n[series]\n'
    )
    workspace.edit(f"{NAME}/publication.toml", "[series]\n", added)
    outcome = workspace.publish()
    assert outcome.published, [found for found in outcome.report.findings if found.severity == "error"]
    folder = outcome.folder
    assert "Kaart" in "".join(page(folder, "about.html").text)
    assert "Map" in "".join(page(folder, "en/links/index.html").text)
    assert "Kaart" not in "".join(page(folder, "themes/index.html").text)
    assert "Row 4 was wrong." in "".join(page(folder, "en/about.html").text)
    graph = Graph().parse(folder / "catalog.nt")
    base, duv = "https://example.org/ogp/nl-2020-2022/", "http://www.w3.org/ns/duv#"
    used = set(graph.subjects(URIRef(f"{duv}hasUsage"), URIRef(f"{base}catalog#use-1")))
    assert used == {URIRef(f"{base}links"), URIRef(f"{base}everything")}
    target = graph.value(URIRef(f"{base}catalog#feedback-1"), URIRef("http://www.w3.org/ns/oa#hasTarget"))
    assert str(target) == f"{base}links#4"


# Pictures, dates, lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "first", "last", "uncertain", "nl", "en"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), False, "2021", "2021"),
        ("2019-10", date(2019, 10, 1), date(2019, 10, 31), False, "oktober 2019", "October 2019"),
        ("2020-33", date(2020, 1, 1), date(2020, 3, 31), False, "eerste kwartaal van 2020", "first quarter of 2020"),
        ("2021-02-11", date(2021, 2, 11), date(2021, 2, 11), False, "11 februari 2021", "11 February 2021"),
        (
            "2020?-03-04",
            date(2020, 3, 4),
            date(2020, 3, 4),
            True,
            "4 maart 2020 (jaar onzeker)",
            "4 March 2020 (year uncertain)",
        ),
        (
            "2020?-03/..",
            date(2020, 3, 1),
            date(2020, 3, 31),
            True,
            "vanaf maart 2020 (jaar onzeker)",
            "from March 2020 on (year uncertain)",
        ),
        (
            "{2020?-09,2020?-11}",
            date(2020, 9, 1),
            date(2020, 11, 30),
            True,
            "september 2020 en november 2020 (jaar onzeker)",
            "September 2020 and November 2020 (year uncertain)",
        ),
        ("2021~", date(2021, 1, 1), date(2021, 12, 31), True, "2021 (onzeker)", "2021 (uncertain)"),
        (
            "2020-06/2020-08",
            date(2020, 6, 1),
            date(2020, 8, 31),
            False,
            "juni 2020 tot en met augustus 2020",
            "June 2020 to August 2020",
        ),
    ],
)
def test_a_date_is_drawn_and_said(edtf: str, first: date, last: date, uncertain: bool, nl: str, en: str) -> None:
    assert dates.span(edtf) == (first, last, uncertain)
    assert (dates.spoken(edtf, "nl"), dates.spoken(edtf, "en")) == (nl, en)


@pytest.mark.parametrize("text", ["soon", "", "..", "2020-13", "2020-02-30", "0000", "{}"])
def test_what_is_no_date_is_said_as_it_is(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        dates.span(text)
    assert dates.spoken(text, "nl") == text


def test_marked_words_are_found_on_their_lines_and_once() -> None:
    one, two = Line(1), Line(2)
    found = marked({one: "a b a", two: "b"}, [one, two], [("a", [one]), ("b", [two]), ("z", [one]), ("", [one])])
    assert [stretch.place for stretch in found] == [one, two]
    assert list(found[0].pieces) == [Piece("a", 1), Piece(" b a")]
    assert list(found[1].pieces) == [Piece("b", 2)]
    # In the text rather than in the markup, and with as much white space as the line has.
    (line,) = marked({one: '<a href="a.nl">a.nl</a>  x   y'}, [one], [("a.nl", [one]), ("x y", [one])])
    assert [piece.text for piece in line.pieces] == ['<a href="a.nl">', "a.nl", "</a>  ", "x   y"]
    assert [piece.mark for piece in line.pieces] == [0, 1, 0, 2]


@pytest.mark.parametrize(
    ("size", "nl", "en"),
    [(0, "0 bytes", "0 bytes"), (1, "1 byte", "1 byte"), (999, "999 bytes", "999 bytes"), (1000, "1,0 kB", "1.0 kB"),
     (123456, "123 kB", "123 kB"), (1_500_000, "1,5 MB", "1.5 MB")],
)  # fmt: skip
def test_sizes_are_written_as_readers_write_them(size: int, nl: str, en: str) -> None:
    # A number and its unit stay on one line.
    assert (show.size("nl", size), show.size("en", size)) == (nl.replace(" ", "\u00a0"), en.replace(" ", "\u00a0"))


def test_rows_are_counted_by_what_they_are_as_each_language_counts() -> None:
    label, plural = {"nl": "Thema", "en": "Theme", "fr": "Thème"}, {"nl": "Thema's", "en": "Themes", "fr": "Thèmes"}
    term = Term("Theme", "class", Words(label), Words({"en": "A theme."}), plural=Words(plural))
    said = {language: [show.rows(language, term, count) for count in (0, 1, 2)] for language in ("nl", "en", "fr")}
    assert said == {
        "nl": ["0\u00a0thema's", "1\u00a0thema", "2\u00a0thema's"],
        "en": ["0\u00a0themes", "1\u00a0theme", "2\u00a0themes"],
        "fr": ["0\u00a0thème", "1\u00a0thème", "2\u00a0thèmes"],
    }
    assert show.rows("en", None, 1) == "1 row"


def test_the_path_of_a_folders_page_is_that_of_the_folder() -> None:
    assert [feeds.canonical(path) for path in ("index.html", "en/index.html", "a/1.html")] == ["", "en/", "a/1.html"]
    assert PurePosixPath("en/").name == "en"
