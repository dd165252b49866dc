"""Bad input: each fault is told once, with its place and a fix, and what was published before stays as it was."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import NAME, Workspace
from finding_help import line_of
from ogp_data.core.findings import Finding, rules
from ogp_data.package import store as package
from ogp_data.pipeline import Outcome
from store_help import stage

DECLARATION = f"{NAME}/publication.toml"
CORRECTIONS = f"{NAME}/corrections.toml"
DOCUMENT = "ogp-self-assessment-nl-2020-2022.txt"

Spoil = Callable[[Workspace], None]


def in_declaration(old: str, new: str) -> Spoil:
    return lambda workspace: workspace.edit(DECLARATION, old, new)


def in_corrections(old: str, new: str) -> Spoil:
    return lambda workspace: workspace.edit(CORRECTIONS, old, new)


def in_source(old: str, new: str) -> Spoil:
    return lambda workspace: workspace.edit_source(old, new)


def bytes_in_source(old: bytes, new: bytes) -> Spoil:
    def spoil(workspace: Workspace) -> None:
        content = workspace.source.read_bytes()
        assert content.count(old) == 1
        workspace.write_source(content.replace(old, new))

    return spoil


def with_line(begins: str, change: Callable[[str], str | None]) -> Spoil:
    """Change, or with None remove, the one line of the source that begins with a text."""

    def spoil(workspace: Workspace) -> None:
        lines = workspace.source.read_bytes().decode().split("\n")
        changed = [change(line) if line.startswith(begins) else line for line in lines]
        assert changed != lines
        workspace.write_source("\n".join(line for line in changed if line is not None).encode())

    return spoil


def files(folder: Path) -> dict[str, bytes]:
    """Return everything below a folder, links as what they say."""
    return {
        str(path.relative_to(folder)): str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def errors(outcome: Outcome) -> list[Finding]:
    return [found for found in outcome.report.findings if found.severity == "error"]


@pytest.fixture
def refuse(workspace: Workspace) -> Callable[..., Finding]:
    """Return a function that spoils the input and publishes, and returns the first fault of the rule expected."""

    def run(spoil: Spoil, rule: str, at_most: int = 1) -> Finding:
        package.publish(stage(workspace.folder, "before"), workspace.dist, NAME)  # a small edition is one too
        before = files(workspace.dist)
        spoil(workspace)
        outcome = workspace.publish()
        faults = errors(outcome)
        assert rule in {found.rule for found in faults}
        assert len(faults) <= at_most, [str(found) for found in faults]
        assert all(found.message and found.hint and str(found.place) for found in faults)
        assert not outcome.published
        assert files(workspace.dist) == before
        reports = workspace.build / NAME / "reports"
        assert {path.name for path in reports.iterdir()} >= {"validation.json", "validation.html", "validation.ttl"}
        told = json.loads((reports / "validation.json").read_bytes())
        assert (told["publishable"], told["errors"]) == (False, len(faults))
        return next(found for found in faults if found.rule == rule)

    return run


# The declaration ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "key", "says"),
    [
        (
            in_declaration('[[dataset]]\nname = "themes"', '[[dataset]]\nrow = 7\nname = "themes"'),
            "dataset[0].row",
            "row",
        ),
        (in_declaration('under = "Recommendations"', 'undr = "Recommendations"'), "dataset[6].find.undr", "undr"),
        (in_declaration("version_notes =", 'notes = ""\nversion_notes ='), "notes", "notes"),
    ],
)
def test_a_misspelt_key_is_named_with_its_path(refuse, spoil: Spoil, key: str, says: str) -> None:
    found = refuse(spoil, "unknown-key")
    assert found.message == f"There is no key '{says}'."
    assert found.place.key == key
    assert found.place.file.endswith(DECLARATION)


def test_a_misspelt_key_is_told_and_nothing_is_missing_because_of_it(refuse) -> None:
    found = refuse(in_declaration("issued = 2026-11-23", "isued = 2026-11-23"), "unknown-key")
    assert (found.place.key, found.hint) == ("isued", "Did you mean issued?")


def test_a_misspelt_key_of_the_corrections_is_named_with_its_path(refuse) -> None:
    found = refuse(in_corrections('place = "L97"', 'plaec = "L97"'), "unknown-key")
    assert (found.place.key, found.place.file.endswith(CORRECTIONS)) == ("correction[4].plaec", True)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("rows = 7", 'rows = "7"', "dataset[0].rows", "integer"),
        ("rows = 7", "rows = 7.5", "dataset[0].rows", "7.5"),
        ('themes = ["GOVE"]', 'themes = "GOVE"', "themes", "'GOVE'"),
        ("issued = 2026-11-23", 'issued = "soon"', "issued", "date"),
        ('kind = "links"', 'kind = "linkz"', "dataset[3].find.kind", "one of: headings, list, table"),
        ('version = "1.0.0"', 'version = "1.0.0"\ncell_limit = -1', "cell_limit", "-1"),
        ("(?P<title>.+)'", "(?P<title>.+'", "dataset[0].find.pattern", "not a regular expression"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_path(refuse, old: str, new: str, key: str, says: str) -> None:
    found = refuse(in_declaration(old, new), "value-type")
    assert found.place.key == key
    assert says in found.message


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('each = "themes"', 'each = "theems"', "dataset[1].find.each", "dataset 'theems'"),
        ('each = "themes"', 'each = "narrative"', "dataset[1].find.each", "'narrative' of the kind 'headings'"),
        ('references = "themes"', 'references = "theems"', "dataset[1].column[2].references", "dataset 'theems'"),
        ('publisher = "bzk"', 'publisher = "bkz"', "publisher", "agents.toml has no 'bkz'"),
        ('contact = "open-overheid"', 'contact = "nobody"', "contact", "agents.toml has no 'nobody'"),
        ('codes = "progress"', 'codes = "progres"', "dataset[2].column[3].codes", "code list 'progres'"),
        (
            'type = "ogp:Theme"',
            'type = "ogp:Teem"',
            "dataset[0].type",
            "'ogp:Teem' is not in the",
        ),
        ('rdf = "ogp:reasons"', 'rdf = "dct:reasons"', "dataset[2].column[5].rdf", "'dct:reasons' is not in"),
        ('heading = "Next Steps"', 'heading = "Next Step"', "dataset[2].column[6].heading", "no column 'Next Step'"),
        ('under = "Introduction"', 'under = "Preface"', "dataset[0].find.under", "no heading 'Preface'"),
        ('path = ["Introduction"]', 'path = ["Preface"]', "section[0].path", "no heading 'Preface'"),
        ('begins = "A broad range', 'begins = "A wide range', "section[0].begins", "begins with 'A wide range"),
        ('where = "Date Prepared"', 'where = "Date"', "dataset[2].column[2].where", "label 'Date'"),
        ('take = "position"', 'take = "positoin"', "dataset[0].column[0].take", "'positoin'"),
        ("(?P<title>.+)'", "(?P<titel>.+)'", "dataset[0].column[2].take", "'group:title'"),
        ('take = "reference:ogp_id"', 'take = "reference:id"', "dataset[1].column[5].take", "column 'id'"),
        ('kind = "converted-text"', 'kind = "epub"', "source.kind", "kind 'epub'"),
    ],
)
def test_a_reference_to_what_is_not_there_is_named_with_its_path(
    refuse, old: str, new: str, key: str, says: str
) -> None:
    found = refuse(in_declaration(old, new), "dangling-reference")
    assert found.place.key == key
    assert found.place.file.endswith(DECLARATION)
    assert says in found.message


def test_a_toml_error_is_told_with_its_line(refuse) -> None:
    found = refuse(in_declaration('version = "1.0.0"', 'version = "1.0.0'), "declaration-syntax")
    assert (line_of(found), found.place.file.endswith(DECLARATION)) == (3, True)
    assert "not TOML" in found.message


def test_a_declaration_that_is_not_utf8_is_told_with_its_line(refuse) -> None:
    def spoil(workspace: Workspace) -> None:
        path = workspace.data / "agents.toml"
        path.write_bytes(path.read_bytes().replace(b"[[contact]]", b"# caf\xe9\n[[contact]]"))
        spoil.line = path.read_bytes().split(b"\n").index(b"# caf\xe9") + 1  # type: ignore[attr-defined]

    found = refuse(spoil, "declaration-syntax")
    assert "0xe9 is not UTF-8" in found.message
    assert line_of(found) == spoil.line  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["publication.toml", "../agents.toml"])
def test_a_missing_file_of_the_declaration_is_named(refuse, name: str) -> None:
    found = refuse(lambda workspace: (workspace.data / NAME / name).unlink(), "missing-declaration")
    assert found.place.file.endswith(name.removeprefix("../"))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "roman"', 'name = "theme_number"', "dataset[0].column[1].name"),
        ('name = "recommendations"', 'name = "irm_lessons"', "dataset[6].name"),
    ],
)
def test_a_name_that_stands_twice_is_named_with_its_path(refuse, old: str, new: str, key: str) -> None:
    assert refuse(in_declaration(old, new), "duplicate-name").place.key == key


def test_addresses_of_agents_and_contacts_must_be_addresses(refuse) -> None:
    def spoil(workspace: Workspace) -> None:
        workspace.edit("agents.toml", 'url = "https://open-overheid.nl"', 'url = "open overheid"')

    found = refuse(spoil, "invalid-address")
    assert (found.place.key, "white space" in found.message) == ("contact[0].url", True)


@pytest.mark.parametrize("name", ["../nl", "..", "/etc", "NL", "a/b", "", "-x", "nl\n"])
def test_a_publication_cannot_have_a_name_that_climbs_out(workspace: Workspace, name: str) -> None:
    before = files(workspace.folder)
    outcome = workspace.publish(name)
    assert [found.rule for found in errors(outcome)] == ["unsafe-name"]
    assert not outcome.published
    assert files(workspace.folder) == before


def test_an_id_that_climbs_out_is_refused(refuse) -> None:
    found = refuse(in_declaration('id = "nl-2020-2022"', 'id = "../nl-2020-2022"'), "unsafe-name")
    assert found.place.key == "id"


@pytest.mark.parametrize("path", ["../../agents.toml", "/etc/hostname", "source/../../x.txt", "source/\\u0000.txt"])
def test_a_source_outside_the_publication_is_refused(refuse, path: str) -> None:
    found = refuse(in_declaration(f'file = "source/{DOCUMENT}"', f'file = "{path}"'), "path-outside-folder", at_most=2)
    assert found.place.key == "source.file"
    assert "leads outside the publication's folder" in found.message


def test_a_source_that_is_a_link_to_elsewhere_is_refused(refuse) -> None:
    def spoil(workspace: Workspace) -> None:
        shutil.move(workspace.source, workspace.folder / DOCUMENT)
        workspace.source.symlink_to(workspace.folder / DOCUMENT)

    refuse(spoil, "path-outside-folder")


def test_a_reference_table_outside_the_publication_is_refused(refuse) -> None:
    refuse(in_declaration('file = "reference/ogp-commitments.csv"', 'file = "../../x.csv"'), "path-outside-folder")


def test_a_dataset_cannot_have_a_name_that_climbs_out(refuse) -> None:
    found = refuse(in_declaration('name = "recommendations"', 'name = "../recommendations"'), "unsafe-name")
    assert found.place.key == "dataset[6].name"


# The document as a file ---------------------------------------------------------------------------------


def test_a_missing_source_is_named(refuse) -> None:
    found = refuse(lambda workspace: workspace.source.unlink(), "missing-source")
    assert found.place.file.endswith(f"source/{DOCUMENT}")
    assert found.message == "The source document cannot be read: No such file or directory."


def test_a_source_that_is_not_utf8_is_told_with_its_line(refuse, workspace: Workspace) -> None:
    line = workspace.line("In October 2019, we")
    found = refuse(bytes_in_source(b"In October 2019, we", b"In October 2019\xe9 we"), "source-encoding")
    assert line_of(found) == line
    assert "0xe9" in found.message


@pytest.mark.parametrize(
    ("content", "rule", "says", "fix"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "wrong-kind", "is a PDF", 'Write kind = "pdf"'),
        (b"PK\x03\x04\x14\0word/document.xml", "wrong-kind", "is a DOCX", 'Write kind = "docx"'),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-file",
            "its password",
            "without a password",
        ),
        (b"PK\x03\x04\x14\0ppt/presentation.xml", "source-encoding", "is a PPTX", "Convert it to text"),
        ("# Plan\n\nEen zin.\n".encode("utf-16"), "source-encoding", "UTF-16", 'encoding = "utf-16"'),
        ("# Plan\n\nEen zin.\n".encode("utf-16-le"), "source-encoding", "UTF-16", 'encoding = "utf-16"'),
        ("# Plan\n\nEen zin.\n".encode("utf-16-be"), "source-encoding", "UTF-16", "Convert it to text"),
    ],
    ids=["pdf", "docx", "encrypted", "pptx", "utf-16", "utf-16 without its mark", "utf-16 in the other order"],
)
def test_a_source_that_is_no_text_is_named_with_what_to_do(
    refuse, content: bytes, rule: str, says: str, fix: str
) -> None:
    found = refuse(lambda workspace: workspace.write_source(content), rule)
    assert says in found.message
    assert fix in found.hint


def test_a_nul_byte_is_no_text(refuse, workspace: Workspace) -> None:
    line = workspace.line("13. Building better")
    found = refuse(bytes_in_source(b"Stakeholders took", b"Stake\0holders took"), "control-character")
    assert (line_of(found), "U+0000" in found.message) == (line, True)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"], ids=["nothing", "blank", "mark only"])
def test_an_empty_source_is_told(refuse, content: bytes) -> None:
    found = refuse(lambda workspace: workspace.write_source(content), "empty-source")
    assert found.message == "The source document is empty."


def test_a_source_with_another_checksum_is_told_with_both(refuse) -> None:
    found = refuse(lambda w: w.source.write_bytes(w.source.read_bytes() + b"\n"), "source-changed")
    assert "57819794968347652bc7e372f0478d1a11009e28c60f35ed143105f6f4be99c3" in found.message
    assert found.place.file.endswith(DOCUMENT)


# Tables and lists ---------------------------------------------------------------------------------------


def test_a_changed_heading_is_told_as_old_and_new(refuse, workspace: Workspace) -> None:
    found = refuse(in_source("(Green/Ambler/Red)", "(Green/Amber/Red)"), "table-not-found")
    assert "(Green/Amber/Red)' instead of '" in found.message
    assert line_of(found) == workspace.line("Commitment\t")
    assert found.place.table == "assessments"


def test_a_table_that_is_gone_is_told_by_its_headings(refuse) -> None:
    found = refuse(with_line("Commitment\t", lambda _: "A\tB\tC\tD\tE"), "table-not-found", at_most=2)
    assert "Commitment | Assessment of Progress" in found.message


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        (lambda row: row.replace("\t\t", "\t"), 4),
        (lambda row: row.replace("\t\t", "\t\t\t"), 6),
        (lambda row: row + "\t", 6),
    ],
    ids=["four", "six", "a tab at its end"],
)
def test_a_row_with_too_few_or_many_cells_is_told_with_its_line(refuse, workspace, change, cells: int) -> None:
    found = refuse(with_line("12. Open Algorithms\t", change), "row-width")
    assert found.message == f"A row has {cells} cells, but the table has 5 columns."
    assert (line_of(found), found.place.table) == (workspace.line("12. Open Algorithms\t"), "assessments")


def test_a_number_that_stands_twice_is_told_with_both_lines(refuse, workspace: Workspace) -> None:
    first = workspace.line("11. Open Source\t")
    found = refuse(in_source("\n12. Open Algorithms\t", "\n11. Open Algorithms\t"), "duplicate-number", at_most=2)
    assert found.message == f"Number 11 occurs more than once; first on line {first}."
    assert line_of(found) == first + 1


def test_a_row_that_is_gone_is_told_by_its_number(refuse, workspace: Workspace) -> None:
    found = refuse(with_line("12. Open Algorithms\t", lambda _: None), "missing-number")
    assert "Number 12 of the list 'commitments' has no row in 'assessments'" in found.message
    assert line_of(found) == workspace.line("12. Open Algorithms")


def test_a_row_without_its_number_is_told_with_its_line(refuse, workspace: Workspace) -> None:
    line = workspace.line("12. Open Algorithms\t")
    refuse(in_source("\n12. Open Algorithms\t", "\nOpen Algorithms\t"), "missing-number", at_most=2)
    told = {line_of(found): found.message for found in errors(workspace.publish())}
    assert "begins with 'Open Algorithms', not with a number" in told[line]


def test_an_item_missing_in_a_list_is_told_by_its_number(refuse) -> None:
    found = refuse(in_source("\n12. Open Algorithms\n", "\n"), "missing-number", at_most=2)
    assert (found.message, found.place.table) == ("There is no number 12.", "commitments")


def test_rows_out_of_order_are_told_with_their_line(refuse, workspace: Workspace) -> None:
    def spoil(workspace: Workspace) -> None:
        lines = workspace.source.read_bytes().decode().split("\n")
        at = workspace.line("11. Open Source\t") - 1
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
        workspace.write_source("\n".join(lines).encode())

    line = workspace.line("12. Open Algorithms\t")
    found = refuse(spoil, "number-out-of-order")
    assert (found.message, line_of(found)) == ("Number 11 comes after 12.", line)


def test_a_number_that_the_list_of_the_plan_does_not_have_is_told(refuse, workspace: Workspace) -> None:
    line = workspace.line("13. Building")
    found = refuse(in_source("\n13. Building", "\n14. Building"), "unknown-number", at_most=2)
    assert found.message == "Number 14 is not in the list 'commitments'."
    assert (line_of(found), found.place.table) == (line, "assessments")


def test_a_number_of_nine_digits_is_told_and_not_counted_up_to(refuse) -> None:
    refuse(in_source("12. Open Algorithms\n", "999999999. Open Algorithms\n"), "missing-number", at_most=5)


def test_a_theme_without_commitments_is_told_with_its_heading(refuse, workspace: Workspace) -> None:
    line = workspace.line("### VII. Open Justice")
    found = refuse(in_source("13. Open Complaints\n", "\n"), "heading-without-items", at_most=2)
    assert found.message == "The heading is row 7 of 'themes' and has no list items under it."
    assert line_of(found) == line


@pytest.mark.parametrize(("rows", "count"), [("A\tB\tC", 3), ("A\tB\tC\nD\tE\tF", 2), ("A\t\tB\t\n", 4)])
def test_rows_of_a_table_that_nobody_declared_are_told_once(
    refuse, workspace: Workspace, rows: str, count: int
) -> None:
    line = workspace.line("Some key take-aways")
    spoil = in_source("Some key take-aways are the following:\n", f"Some key take-aways are the following:\n\n{rows}\n")
    found = refuse(spoil, "unclaimed-row")
    assert found.message.startswith(
        (f"A row of {count} cells belongs", f"{count} rows, down to line {line + 3}, belong")
    )
    assert line_of(found) == line + 2


def test_a_dataset_with_another_number_of_rows_than_declared_is_told(refuse) -> None:
    found = refuse(in_declaration("rows = 7", "rows = 8"), "row-count")
    assert ("7" in found.message, "8" in found.message) == (True, True)
    assert found.place.file == "themes/themes.csv"


def test_a_quotation_that_is_not_in_the_text_is_named(refuse) -> None:
    spoil = in_source("In October 2019, we started", "In October 2019 we started")
    found = refuse(spoil, "quote-not-found")
    assert "“In October 2019, we started" in found.message
    assert found.place.key == "dataset[4].find.quote[0]"


# Markup and links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('<a href="https://pleio.nl">pleio.nl</a>', '<a href="https://pleio.nl">pleio.nl', "opened with <a but never"),
        ('<a href="https://pleio.nl">pleio.nl</a>', "pleio.nl</a>", "never opened"),
        ("A guideline can", '<a href="x" A guideline can', 'begins with \'<a href="x" A guideline can'),
        ("A guideline can", '<a href="x"><a href="y">A guideline</a> can', "inside another link"),
    ],
    ids=["no end tag", "no start tag", "torn tag", "nested"],
)
def test_a_link_that_is_not_closed_is_told_with_its_line(refuse, workspace, old: str, new: str, says: str) -> None:
    found = refuse(in_source(old, new), "unclosed-anchor")
    assert says in found.message
    assert line_of(found) == workspace.line("4. Continuation of Open Wob (Open FOIA)")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://pleio.nl/a b", "contains white space"),
        ("https://pleio.nl/aжb", "contains letters outside ASCII"),
        ("https://pleio.nl/&#10;", "contains control characters"),
        ("javascript:alert(1)", "has the scheme 'javascript'"),
        ("java&#9;script:alert(1)", "contains control characters"),
        ("data:text/html,x", "has the scheme 'data'"),
        ("https:///x", "names no host"),
        ("x^y", "contains characters that RFC 3986 does not allow"),
    ],
)
def test_an_address_that_is_none_is_told_with_the_record_to_write(refuse, workspace, address: str, says: str) -> None:
    found = refuse(in_source('<a href="https://pleio.nl">', f'<a href="{address}">'), "invalid-url")
    assert says in found.message
    assert "“pleio.nl”" in found.message
    assert line_of(found) == workspace.line("4. Continuation of Open Wob (Open FOIA)")
    assert 'dataset = "links", row = "11", column = "url"' in found.hint


def test_the_record_that_the_hint_asks_for_lets_an_address_pass_unpublished(workspace: Workspace) -> None:
    workspace.edit_source('<a href="https://pleio.nl">', '<a href="javascript:x">')
    with (workspace.data / CORRECTIONS).open("a") as file:
        file.write(
            '\n[[correction]]\nkind = "corrupted-link"\ndataset = "links"\nrow = "11"\ncolumn = "url"\n'
            'expect = "javascript:x"\nreason = "A script."\nstatus = "acknowledged"\n'
        )
    outcome = workspace.publish()
    assert outcome.published
    with (outcome.folder / "links" / "links.csv").open(encoding="utf-8", newline="") as file:
        link = list(csv.DictReader(file))[10]
    assert (link["url"], link["url_status"]) == ("", "corrupted")


# Corrections --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'expect = "provinciedaal"',
            'expect = "provinciedeel"',
            "'provinciedeel' once in the cell, but it occurs there 0",
        ),
        ('expect = "Ambler"', 'expect = "Umber"', "expects 'Umber' on line 97, but it is not there"),
        ('expect = "December 2021"', 'expect = "the"', "expects 'the' once in the cell, but it occurs there"),
        ('row = "C13"\ncolumn = "reasons"', 'row = "C14"\ncolumn = "reasons"', "row C14, column 'reasons'"),
        ('row = "C13"\ncolumn = "reasons"', 'row = "C13"\ncolumn = "reason"', "row C13, column 'reason'"),
        ('dataset = "irm_lessons"', 'dataset = "lessons"', "dataset 'lessons'"),
        ('place = "L97"', 'place = "L9700"', "line 9700"),
        ('place = "L97"', 'place = "p97"', "page 97"),
        ('place = "L97"', 'place = "L97"\ndataset = "assessments"', "needs a place, or dataset, row and column"),
    ],
)
def test_a_correction_that_does_not_hold_is_told(refuse, old: str, new: str, says: str) -> None:
    found = refuse(in_corrections(old, new), "correction-mismatch")
    assert says in found.message
    assert found.place.file in (DOCUMENT, CORRECTIONS)
    assert found.place.key.startswith("correction[") or found.place.at is not None


def test_a_correction_whose_line_has_moved_says_where_it_is_now(refuse) -> None:
    found = refuse(in_corrections('place = "L97"', 'place = "L96"'), "correction-mismatch")
    assert found.hint == 'It is on line 97 now: write place = "L97".'


def test_a_record_of_a_link_that_is_not_there_is_told_beside_the_link(refuse) -> None:
    found = refuse(in_corrections('row = "26"', 'row = "99"'), "correction-mismatch", at_most=2)
    assert "There is no link 99" in found.message


def test_two_records_about_one_text_are_refused(refuse) -> None:
    def spoil(workspace: Workspace) -> None:
        path = workspace.data / CORRECTIONS
        text = path.read_text(encoding="utf-8")
        path.write_text(text + text[text.rindex("[[correction]]") :], encoding="utf-8")

    found = refuse(spoil, "correction-mismatch")
    assert (found.message, found.place.key) == ("An earlier record is about the same text.", "correction[11]")


def test_a_correction_cannot_publish_a_script_as_an_address(refuse) -> None:
    spoil = in_corrections(
        'status = "acknowledged"\n\n# Line 127', 'status = "corrected"\nvalue = "javascript:x"\n\n# Line 127'
    )
    found = refuse(spoil, "invalid-url")
    assert "has the scheme 'javascript'" in found.message


# Values -------------------------------------------------------------------------------------------------


def test_a_word_that_the_code_list_does_not_know_is_told_with_the_list(refuse, workspace: Workspace) -> None:
    found = refuse(in_source("\n12. Open Algorithms\t\t", "\n12. Open Algorithms\tYellow\t"), "unknown-code")
    assert found.message == "'Yellow' is not in the code list 'progress'."
    assert line_of(found) == workspace.line("12. Open Algorithms\t")
    assert "'amber'" in found.hint


@pytest.mark.parametrize("written", ["May 36 2023", "sometime", "May 2023", "February 29 2023"])
def test_a_date_that_is_none_is_told_once_where_it_stands(refuse, workspace: Workspace, written: str) -> None:
    found = refuse(in_source("May 26 2023", written), "invalid-date")
    assert found.message.startswith(f"'{written}' is not a ")
    assert (line_of(found), found.place.column) == (workspace.line("<b>Date Prepared</b>"), "Date Prepared")


def test_the_mend_that_is_offered_for_a_date_works(workspace: Workspace) -> None:
    workspace.edit_source("May 26 2023", "May 36 2023")
    workspace.edit(
        DECLARATION,
        '{ label = "Date Prepared", to = "date" }',
        '{ label = "Date Prepared", to = "codes", codes = { "May 36 2023" = "2023-05-26" } }',
    )
    outcome = workspace.publish()
    assert outcome.published, [str(found) for found in errors(outcome)]


def test_a_period_that_ends_before_it_begins_is_no_date(refuse) -> None:
    found = refuse(in_source("\t2020-2022\n", "\t2022-2020\n"), "invalid-date")
    assert "'2022-2020' ends before it begins" in found.message


def test_a_cell_longer_than_the_declared_limit_is_told_with_both_lengths(refuse, workspace: Workspace) -> None:
    line = workspace.line("9. Contract Register\t")
    found = refuse(in_declaration('version = "1.0.0"', 'version = "1.0.0"\ncell_limit = 1500'), "cell-too-long")
    assert found.message.endswith("bytes, but the limit is 1500.")
    assert (found.place.table, line_of(found), found.place.column) == ("assessments", line, "evidence")


def test_a_cell_longer_than_a_megabyte_is_told_unless_the_declaration_allows_it(refuse) -> None:
    spoil = in_source("Stakeholders took", "Stakeholders " + "took " * 200_000)
    assert "the limit is 1000000" in refuse(spoil, "cell-too-long").message


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_cell_like_a_formula_is_a_warning_and_published_as_it_is(small: Workspace, sign: str) -> None:
    small.edit_source("Stakeholders took", f"{sign}Stakeholders took")
    outcome = small.publish()
    assert outcome.published
    told = [found for found in outcome.report.findings if found.rule == "formula-like"]
    assert [(found.place.table, found.place.column, line_of(found)) for found in told] == [("narrative", "text", 3)]
    assert texts(outcome.folder)[1] == f"{sign}Stakeholders took initial steps."


@pytest.mark.parametrize(
    ("dataset_column", "type_", "rule"),
    [("roman", "integer", "cell-type"), ("roman", "date", "invalid-date"), ("roman", "url", "invalid-url")],
)
def test_cells_that_are_not_of_their_columns_type_are_told(refuse, dataset_column: str, type_: str, rule: str) -> None:
    spoil = in_declaration(
        f'name = "{dataset_column}"\ntype = "string"', f'name = "{dataset_column}"\ntype = "{type_}"'
    )
    found = refuse(spoil, rule, at_most=7)
    assert "'I'" in found.message


# Oddities that are no faults, and faults that must not be felt as more than they are ---------------------


def texts(folder: Path) -> list[str]:
    """Return the paragraphs that were published."""
    csv.field_size_limit(2_000_000)
    with (folder / "narrative" / "narrative.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def cells(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*/*.csv")}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"\n", b"\r"),
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
        lambda content: content.rstrip(b"\n"),
    ],
    ids=["line ends of Windows", "line ends of an old Mac", "byte order mark", "both", "no line end at the end"],
)
def test_the_same_words_saved_by_another_program_give_the_same_cells(
    tiny_workspace: Workspace, tiny_published: Path, spoil
) -> None:
    content = spoil(tiny_workspace.source.read_bytes())
    tiny_workspace.write_source(content)
    outcome = tiny_workspace.publish()
    assert outcome.published, [str(found) for found in errors(outcome)]
    assert cells(outcome.folder) == cells(tiny_published)
    assert (outcome.folder / "source" / tiny_workspace.source.name).read_bytes() == content


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Stakeholders took", "<b><i><b>Stakeholders</b></i></b> took", "Stakeholders took initial"),
        ("Stakeholders took", "<p><p>Stakeholders</u> took", "Stakeholders took initial"),
        ("Stakeholders took", "Stakeholders < took > 3", "Stakeholders < took > 3 initial"),
        ("Stakeholders took", "Stakeholders &amp; &lt;b&gt; took", "Stakeholders & <b> took initial"),
        ("Stakeholders took", "Stakeholders cafe\u0301 took", "Stakeholders café took initial"),
        ("Stakeholders took", "Stakeholders\u00a0\u2028\x0c took", "Stakeholders took initial"),
        ("Stakeholders took", "Stakeholders " + "took " * 50_000, "took took took"),
        ("Stakeholders took", "Stakeholders" + "t" * 900_000 + " took", "Stakeholderstttt"),
        ("Stakeholders took", "Stakeholders " + "<" * 50_000 + " took", "Stakeholders <<<<"),
        ("Stakeholders took", "Stakeholders " + "[" * 50_000 + " took", "Stakeholders [[[["),
        ("Stakeholders took", "Stakeholders [a](" + "(" * 20_000 + " took", "Stakeholders [a](((("),
        ("Stakeholders took", "Stakeholders " + "&aaaaaaa" * 20_000 + " took", "Stakeholders &aaaaaaa&aaa"),
    ],
)
def test_odd_text_is_published_word_for_word(small: Workspace, old: str, new: str, said: str) -> None:
    small.edit_source(old, new)
    outcome = small.publish()
    assert outcome.published, [str(found) for found in errors(outcome)]
    assert outcome.report.words["lost"] == outcome.report.words["doubled"] == 0
    assert said in texts(outcome.folder)[1]


@pytest.mark.parametrize(
    ("spoil", "at_most"),
    [
        (lambda content: content[: content.index(b"### Lessons")].rstrip(b"\n"), 4),
        (lambda content: content + b"\n\n" + content[content.index(b"Commitment\t") :], 8),
        (lambda content: content.replace(b"\n12. Open Algorithms\t", b"\n### Hello\n12. Open Algorithms\t"), 3),
        (lambda content: content.replace(b"\n12. Open Algorithms\t", b"\nHello there\n12. Open Algorithms\t"), 3),
        (lambda content: content.replace(b"<b>Date Prepared</b>\tMay 26 2023\n", b""), 1),
        (lambda content: content.replace(b"## Use of IRM Recommendations\n", b"##Use of IRM Recommendations\n"), 1),
        (lambda content: content.replace(b"Stakeholders took", b"<a href=x " * 20_000 + b"took"), 2),
        (lambda content: content.replace(b"Some key take-aways", b"-\t" * 20_000 + b"x"), 1),
    ],
    ids=[
        "the table at the end",
        "the table twice",
        "a heading in the table",
        "a paragraph in the table",
        "a label gone",
        "a heading gone",
        "torn tags",
        "a very wide row",
    ],
)
def test_one_fault_of_the_document_is_not_told_as_many(workspace: Workspace, spoil, at_most: int) -> None:
    content = spoil(workspace.source.read_bytes())
    assert content != workspace.source.read_bytes()
    workspace.write_source(content)
    outcome = workspace.publish()
    assert not outcome.published
    assert 1 <= len(errors(outcome)) <= at_most, [str(found) for found in errors(outcome)]
    assert all(found.rule in rules() and found.hint and str(found.place) for found in errors(outcome))
