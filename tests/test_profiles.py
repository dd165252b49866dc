"""Application profiles as data, and publications that keep to the one they name."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS

from conftest import Workspace
from graphs_help import plain
from ogp_data.checks import foreign
from ogp_data.checks.held import hold
from ogp_data.cli import exits
from ogp_data.cli.main import main
from ogp_data.core import graph as index
from ogp_data.core import publication, resources
from ogp_data.core.findings import rules
from ogp_data.core.vocab import AUTHORITY, DCAT, DCT
from ogp_data.models.lists import load_lists
from ogp_data.models.profiles import ProfilesError, held_to, load_profile, profile_ids, profile_names
from ogp_data.package.store import MANIFEST
from test_shapes_dcat_ap import needs_official, official

DECLARATION = "tiny/publication.toml"
FRANCE = URIRef(AUTHORITY + "country/FRA")


def found_in(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Return rule, key and hint of what is wrong with a declaration."""
    outcome = workspace.publish(write_dist=False)
    return [(f.rule, f.place.key, f.hint) for f in outcome.report.findings if f.place.key]


def catalogue(folder: Path) -> Graph:
    return Graph().parse(folder / "catalog.nt")


# The profiles themselves.


def test_each_profile_names_lists_and_shapes_that_there_are() -> None:
    lists = load_lists(resources.value_lists()).lists
    for name in profile_ids():
        profile = load_profile(name)
        named = {each for names in profile.lists.values() for each in names} | {*profile.status.values()}
        assert named | {*profile.places, *profile.licence.lists, profile.themes} <= set(lists)
        assert all(set(codes) <= set(lists[profile.lists[term][0]].rows) for term, codes in profile.only.items())
        assert (resources.shapes() / name / "mandatory.ttl").is_file()
        assert profile.conforms_to.startswith("https://")


def test_a_profile_is_named_with_or_without_one_of_its_versions() -> None:
    assert set(profile_names()) == {
        *("dcat-ap", "dcat-ap-3.0.1", "dcat-ap-nl", "dcat-ap-nl-3.0.0", "dcat-ap-nl-3.0.1"),
        *("dcat-ap-hvd", "dcat-ap-hvd-3.0.0"),
    }
    assert profile_ids() == ["dcat-ap", "dcat-ap-nl"], "a publication keeps to one that stands by itself"
    assert load_profile("dcat-ap-nl").asked == ("3.0.0", "3.0.1"), "a publication is valid under both"
    assert load_profile("dcat-ap-nl-3.0.0").asked == ("3.0.0",)
    for name in ("dcat-ap-nl-2.0", "dcat-ap-", "", "../dcat-ap", "3.0.1"):
        with pytest.raises(KeyError):
            load_profile(name)


@pytest.mark.parametrize(
    ("names", "held"),
    [
        ((), "dcat-ap-nl-3.0.1"),
        (("dcat-ap-nl",), "dcat-ap-nl-3.0.1"),
        (("dcat-ap-nl-3.0.0",), "dcat-ap-nl-3.0.0"),
        (("dcat-ap-nl-3.0.0", "dcat-ap-nl"), "dcat-ap-nl-3.0.0 dcat-ap-nl-3.0.1"),
        (("dcat-ap",), "dcat-ap-3.0.1"),
        (("dcat-ap-hvd",), "dcat-ap-3.0.1 dcat-ap-hvd-3.0.0"),
        (("dcat-ap-hvd", "dcat-ap-nl"), "dcat-ap-nl-3.0.1 dcat-ap-hvd-3.0.0"),
    ],
)
def test_a_catalogue_is_held_to_the_newest_version_and_what_is_on_top_of_it(names: tuple[str, ...], held: str) -> None:
    assert " ".join((held_to(names) if names else held_to()).names) == held


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("dcat-ap-nl", "dcat-ap"), "in two runs"),
        (("dcat-ap-nl-2.0",), "there is no profile 'dcat-ap-nl-2.0'; take one of: dcat-ap, "),
    ],
)
def test_what_no_catalogue_can_be_held_to_at_once_is_refused(names: tuple[str, ...], says: str) -> None:
    with pytest.raises(ProfilesError, match=says):
        held_to(names)


@pytest.mark.parametrize("names", [("dcat-ap",), ("dcat-ap-hvd",)])
def test_what_breaks_the_eus_profile_names_no_sentence_of_the_dutch_one(names: tuple[str, ...]) -> None:
    profile = held_to(names)
    kept = [rule for rule in rules().values() if rule.engine == "rules" and rule.name not in profile.without]
    # Of what is asked by property the sentence comes from the shapes of the profile itself.
    kept = [rule for rule in kept if not rule.by_property]
    clauses = {rule.name: profile.norms.get(rule.name, (rule.norm, rule.clause))[1] for rule in kept}
    assert [name for name, clause in clauses.items() if clause.startswith("DCAT-AP-NL")] == []
    assert set(profile.norms) | {rule for rule, _ in profile.severities} <= set(rules())


def test_high_value_datasets_need_a_distribution_and_its_law_says_which_sentence() -> None:
    """The dataset of the other tests has all else that DCAT-AP asks; `on top` is what only HVD makes an error."""
    graph = index.Graph.of(ox.parse(DATASET.encode(), format=ox.RdfFormat.TURTLE))
    told = {}
    for names in (("dcat-ap",), ("dcat-ap-hvd",), ("dcat-ap-nl",)):
        found = hold(graph, load_lists(resources.value_lists()), "x.ttl", held_to(names)).findings
        told[names] = {(f.severity, f.clause) for f in found if f.rule == "missing-distribution"}
    assert told == {
        ("dcat-ap",): set(),
        ("dcat-ap-hvd",): {("error", "DCAT-AP HVD 3.0.0, Dataset: dataset distribution")},
        ("dcat-ap-nl",): {("warning", "DCAT-AP-NL 3.0, 4.1.6")},
    }


@pytest.mark.parametrize(
    ("laws", "told"),
    [
        ("<http://data.europa.eu/eli/reg_impl/2023/138/oj>", False),
        ("<http://data.europa.eu/eli/reg_impl/2023/138/oj> , <http://data.europa.eu/eli/dir/2007/2/oj>", False),
        ("<http://data.europa.eu/eli/dir/2007/2/oj>", True),
    ],
)
def test_high_value_datasets_name_their_law_among_others(laws: str, told: bool) -> None:
    text = f"""
        @prefix dcatap: <http://data.europa.eu/r5r/> . @prefix eli: <http://data.europa.eu/eli/ontology#> . {DATASET}
        <http://data.europa.eu/eli/reg_impl/2023/138/oj> a eli:LegalResource .
        <http://data.europa.eu/eli/dir/2007/2/oj> a eli:LegalResource .
        <https://data.example.nl/d> dcatap:applicableLegislation {laws} ."""
    graph = index.Graph.of(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    found = hold(graph, load_lists(resources.value_lists()), "x.ttl", held_to(["dcat-ap-hvd"])).findings
    clauses = {f.clause for f in found if f.place.property == "dcatap:applicableLegislation"}
    assert clauses == ({"DCAT-AP HVD 3.0.0, Dataset: applicable legislation"} if told else set())


def test_the_command_says_what_the_catalogue_was_held_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.ttl").write_text(DATASET, encoding="utf-8")
    both = ["--profile", "dcat-ap-nl", "--profile", "dcat-ap-hvd"]
    assert main(["validate", str(tmp_path / "c.ttl"), "--json", *both]) == exits.ERRORS
    told = json.loads(capsys.readouterr().out)
    assert told["profiles"] == ["dcat-ap-nl-3.0.1", "dcat-ap-hvd-3.0.0"]
    assert {"dcat-ap-nl-required", "dcat-ap-hvd-required"} <= {found["rule"] for found in told["findings"]}
    assert main(["validate", str(tmp_path / "c.ttl"), "--profile", "dcat-ap-nl", "--profile", "dcat-ap"]) == exits.USAGE
    assert "dcat-ap-nl and dcat-ap" in capsys.readouterr().err


DATASET = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://data.example.nl/d> a dcat:Dataset ; dct:title "Bomen"@nl ; dct:description "Alle bomen."@nl .
"""


# A publication under the EU's profile.


@pytest.fixture
def french(tiny_workspace: Workspace) -> Workspace:
    """Return the tiny publication as a French region would publish it."""
    tiny_workspace.edit(DECLARATION, "cell_limit = 1000", 'cell_limit = 1000\nprofile = "dcat-ap"')
    tiny_workspace.edit(DECLARATION, '["NLD"]\ntemporal', '["FRA", "https://sws.geonames.org/3017382/"]\ntemporal')
    tiny_workspace.edit(
        DECLARATION,
        "http://creativecommons.org/licenses/by/4.0/deed.nl",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    )
    agent = 'iri = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034"'
    tiny_workspace.edit("agents.toml", agent, 'type = "regional-authority"')
    return tiny_workspace


def test_a_publication_keeps_to_the_profile_that_it_names(french: Workspace) -> None:
    outcome = french.publish()
    assert [str(f) for f in outcome.report.findings if f.severity == "error"] == []
    graph = catalogue(outcome.folder)
    assert {str(o) for o in graph.objects(None, DCT.conformsTo) if "DCAT-AP" in str(o) or "dcat" in str(o)} == {
        "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"
    }
    assert {str(o) for o in graph.objects(None, DCT.spatial)} == {str(FRANCE), "https://sws.geonames.org/3017382/"}
    assert (FRANCE, SKOS.prefLabel, Literal("Frankrijk", lang="nl")) in graph
    assert (URIRef("https://sws.geonames.org/3017382/"), RDF.type, DCT.Location) in graph
    licences = set(graph.objects(None, DCT.license))
    assert {o for licence in licences for o in graph.objects(licence, SKOS.exactMatch)} == {
        URIRef(AUTHORITY + "licence/OGL_3_0")
    }
    types = {str(o) for o in graph.objects(None, DCT.type)}
    assert types == {"http://purl.org/adms/publishertype/RegionalAuthority"}
    rules = {f.rule for f in outcome.report.findings}
    assert "dcat-ap-recommended" in rules
    assert not any(rule.startswith("dcat-ap-nl") for rule in rules)
    for page in (outcome.folder / "en" / "data.html", outcome.folder / "data.html"):
        text = page.read_text(encoding="utf-8")
        assert "DCAT-AP:" in text
        assert "DCAT-AP-NL" not in text


@needs_official
def test_the_official_shapes_of_the_eu_accept_it(french: Workspace) -> None:
    graph = catalogue(french.publish().folder)
    for triple in plain(load_lists(resources.value_lists()).background([])):
        graph.add(triple)
    _, report, _ = validate(graph, shacl_graph=official(), inference="none")
    results = list(report.objects(None, SH.result))
    assert len(results) > 0, "nothing is recommended that it lacks: the shapes hardly ran"
    assert [r for r in results if report.value(r, SH.resultSeverity) != SH.Warning] == []


def test_validate_takes_the_profile(french: Workspace) -> None:
    file = str(french.publish().folder / "catalog.ttl")
    assert {f.rule for f in foreign.validate(file, profiles=["dcat-ap"]).findings if f.severity == "error"} == set()
    dutch = {f.rule for f in foreign.validate(file, profiles=["dcat-ap-nl"]).findings if f.severity == "error"}
    assert dutch == {"value-list"}, "only the licence is none of the Dutch list"


@pytest.mark.parametrize(
    ("old", "new", "rule", "key", "hint"),
    [
        ('profile = "dcat-ap"', 'profile = "dcat-app"', "unknown-code", "profile", "Did you mean dcat-ap? "),
        ('"FRA"', '"FR"', "unknown-code", "spatial", "Did you mean FRA (France)? "),
        ('"FRA"', '"ANT"', "deprecated-code", "spatial", "Take a code of "),
        ("sws.geonames.org/3017382/", "example.org/x", "unknown-code", "spatial", "Take an IRI of: Country, "),
        ('["GOVE"', '["GOV"', "unknown-code", "themes", "Did you mean GOVE (Government and public sector)? "),
        ('"ANNUAL"', '"anual"', "unknown-code", "frequency", "Did you mean ANNUAL (annual)"),
        ('"PUBLIC"', '"CONFIDENTIAL"', "unknown-code", "access_rights", "Use one of: NON_PUBLIC (non-public), "),
        ("open-government-licence/version/3/", "open-licence", "unknown-code", "licence", ""),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
         AUTHORITY + "licence/CC_BY", "deprecated-code", "licence", "Take a code of "),
    ],
)  # fmt: skip
def test_a_code_that_is_misspelt_ended_or_not_allowed_is_reported_with_its_key(
    french: Workspace, old: str, new: str, rule: str, key: str, hint: str
) -> None:
    french.edit(DECLARATION, old, new)
    [(said_rule, said_key, said_hint)] = [each for each in found_in(french) if each[1] == key]
    assert (said_rule, said_key) == (rule, key)
    assert said_hint.startswith(hint)


@pytest.mark.parametrize(("profile", "told"), [("dcat-ap-nl", ["page_languages"]), ("dcat-ap", [])])
def test_the_dutch_profile_expects_texts_in_dutch(tiny_workspace: Workspace, profile: str, told: list[str]) -> None:
    path = tiny_workspace.data / DECLARATION
    text = path.read_text(encoding="utf-8").replace("cell_limit = 1000", f'cell_limit = 1000\nprofile = "{profile}"')
    path.write_text(text.replace("cell_limit = 1000", 'cell_limit = 1000\npage_languages = ["en"]'), encoding="utf-8")
    assert [key for rule, key, _ in found_in(tiny_workspace) if rule == "missing-profile-language"] == told


def test_the_dutch_profile_names_the_licence_that_is_meant(tiny_workspace: Workspace) -> None:
    address = "https://creativecommons.org/licenses/by/4.0/"
    tiny_workspace.edit(DECLARATION, "http://creativecommons.org/licenses/by/4.0/deed.nl", address)
    [(rule, key, hint)] = [each for each in found_in(tiny_workspace) if each[1] == "licence"]
    assert (rule, key) == ("unknown-code", "licence")
    assert hint.startswith("Write <http://creativecommons.org/licenses/by/4.0/deed.nl>")


@pytest.mark.parametrize(
    ("line", "rule", "hint"),
    [
        ('type = "regional-autority"', "unknown-code", "Did you mean regional-authority? "),
        ('iri = "https://identifier.overheid.nl/tooi/id/ministerie/mnre9999"', "unregistered-code", "Nothing needs"),
        ('iri = "https://identifier.overheid.nl/tooi/id/gemeente/gm0363"', "", ""),
        ('iri = "https://ror.org/01deh9c76"', "", ""),
    ],
)
def test_organisations_are_of_a_known_kind_and_in_their_register(
    tiny_workspace: Workspace, line: str, rule: str, hint: str
) -> None:
    tiny_workspace.edit("agents.toml", 'iri = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034"', line)
    found = [each for each in found_in(tiny_workspace) if each[1].startswith("agent[0].")]
    assert [each[0] for each in found] == ([rule] if rule else [])
    assert all(each[2].startswith(hint) for each in found)


# Publications by somebody else than the government.


@pytest.fixture
def unofficial(tiny_workspace: Workspace) -> Workspace:
    """Return the tiny publication as a foundation publishes it."""
    tiny_workspace.edit(DECLARATION, "cell_limit = 1000", "cell_limit = 1000\nunofficial = true")
    tiny_workspace.edit(DECLARATION, 'publisher = "ministerie"', 'publisher = "stichting"')
    name = 'name = { nl = "Stichting Voorbeeld", en = "Example Foundation" }'
    tiny_workspace.edit("agents.toml", name, f'{name}\ntype = "non-profit-organisation"')
    return tiny_workspace


SAID = "Unofficial publication: made by Example Foundation, not by the government whose document it is."
GEZEGD = "Onofficiële uitgave: gemaakt door Stichting Voorbeeld, niet door de overheid waarvan het document is."


def test_an_unofficial_publication_says_so_everywhere(unofficial: Workspace) -> None:
    outcome = unofficial.publish()
    assert outcome.published, [str(f) for f in outcome.report.findings if f.severity == "error"]
    graph = catalogue(outcome.folder)
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries):
        for thing in graph.subjects(RDF.type, kind):
            said = {o.language: str(o) for o in graph.objects(thing, DCT.description)}
            assert (SAID in said["en"], GEZEGD in said["nl"]) == (True, True), thing
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        [statement] = graph.objects(dataset, DCT.provenance)
        assert (statement, RDF.type, DCT.ProvenanceStatement) in graph
        assert set(graph.objects(statement, RDFS.label)) == {Literal(SAID, lang="en"), Literal(GEZEGD, lang="nl")}
    assert {str(o) for o in graph.objects(None, DCT.type)} == {
        "http://purl.org/adms/publishertype/NonProfitOrganisation"
    }
    assert SAID in json.loads((outcome.folder / "datapackage.json").read_bytes())["description"]
    assert json.loads((outcome.folder / "reports" / "validation.json").read_bytes())["disclaimer"] == SAID
    pages = [path for path in outcome.folder.rglob("*.html") if "v" not in path.relative_to(outcome.folder).parts]
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert SAID in text or GEZEGD in text or 'http-equiv="refresh"' in text, page


def test_an_official_publication_does_not(tiny_published: Path) -> None:
    for path in (line["path"] for line in json.loads((tiny_published / MANIFEST).read_bytes())["files"]):
        assert b"nofficial publication" not in (tiny_published / path).read_bytes(), path


# Publications that no person has confirmed.

UNCONFIRMED = "Not confirmed: a program found these rows in the document"
NIET_BEVESTIGD = "Niet bevestigd: een programma heeft deze rijen in het document gevonden"


def test_a_publication_that_nobody_confirmed_says_so_everywhere(tiny_workspace: Workspace) -> None:
    tiny_workspace.edit(DECLARATION, "cell_limit = 1000", "cell_limit = 1000\nconfirmed = false")
    outcome = tiny_workspace.publish()
    assert outcome.published
    assert [fault.rule for fault in outcome.report.findings].count("unconfirmed-publication") == 1
    graph = catalogue(outcome.folder)
    for thing in graph.subjects(RDF.type, DCAT.Dataset):
        said = {o.language: str(o) for o in graph.objects(thing, DCT.description)}
        assert (UNCONFIRMED in said["en"], NIET_BEVESTIGD in said["nl"]) == (True, True), thing
    pages = [path for path in outcome.folder.rglob("*.html") if "v" not in path.relative_to(outcome.folder).parts]
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert UNCONFIRMED in text or NIET_BEVESTIGD in text or 'http-equiv="refresh"' in text, page


def test_what_is_unofficial_and_not_confirmed_says_both(unofficial: Workspace) -> None:
    unofficial.edit(DECLARATION, "unofficial = true", "unofficial = true\nconfirmed = false")
    outcome = unofficial.publish()
    told = json.loads((outcome.folder / "reports" / "validation.json").read_bytes())["disclaimer"]
    assert told.startswith(f"{SAID} {UNCONFIRMED}")


@pytest.mark.parametrize("key", ["", "\nconfirmed = true"])
def test_what_is_confirmed_says_nothing_of_it(tiny_workspace: Workspace, key: str) -> None:
    tiny_workspace.edit(DECLARATION, "cell_limit = 1000", f"cell_limit = 1000{key}")
    outcome = tiny_workspace.publish()
    assert outcome.published
    assert "disclaimer" not in json.loads((outcome.folder / "reports" / "validation.json").read_bytes())
    assert b"Not confirmed" not in (outcome.folder / "catalog.ttl").read_bytes()


def test_in_french_too_it_is_said_that_nobody_confirmed_it() -> None:
    assert publication.UNCONFIRMED.of("fr").startswith("Non confirmé : ")


@pytest.mark.parametrize(
    ("unofficial", "kind", "says"),
    [
        (True, "national-authority", "is a government (national-authority)"),
        (True, "local-authority", "is a government (local-authority)"),
        (True, "", "is of no kind"),
        (True, "company", ""),
        (False, "non-governmental-organisation", "is not a government (non-governmental-organisation)"),
        (False, "", ""),
        (False, "supra-national-authority", ""),
    ],
)
def test_a_publication_and_its_publisher_agree_on_whose_it_is(
    tiny_workspace: Workspace, unofficial: bool, kind: str, says: str
) -> None:
    if unofficial:
        tiny_workspace.edit(DECLARATION, "cell_limit = 1000", "cell_limit = 1000\nunofficial = true")
    name = 'name = { nl = "Ministerie van Voorbeelden", en = "Ministry of Examples" }'
    tiny_workspace.edit("agents.toml", name, f'{name}\ntype = "{kind}"')
    found = tiny_workspace.publish(write_dist=False).report.findings
    told = [fault.message for fault in found if fault.rule == "contradictory-publisher"]
    assert [says in message for message in told] == ([True] if says else [])
