"""An e-mail address for the description of the API: asked for where the Dutch rules count, and never invented."""

from __future__ import annotations

from conftest import Workspace
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.declaration.reading import load
from ogp_data.models.lists import load_lists

URL = 'url = "https://open-overheid.nl"'
PROFILE = 'licence = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"\n'


def missed(small: Workspace) -> list[Finding]:
    """Return where an e-mail address is missed."""
    _, found = load(small.data, "small", load_lists(resources.value_lists()))
    return [one for one in found if one.rule == "contact-without-email"]


def test_a_contact_without_an_e_mail_address_is_told_at_its_line_with_the_fix(small: Workspace) -> None:
    (found,) = missed(small)
    assert (found.severity, found.place.file) == ("warning", "agents.toml")
    agents = (small.data / "agents.toml").read_text(encoding="utf-8").splitlines()
    at = agents.index('id = "open-overheid"')
    assert f"key contact[0].email, line {at}" in str(found.place)  # that of [[contact]], the line before
    assert "`email`" in found.hint


def test_one_with_an_address_is_not(small: Workspace) -> None:
    small.edit("agents.toml", URL, 'email = "desk@example.org"')
    assert missed(small) == []


def test_other_profiles_are_not_asked_by_the_dutch_rules_unless_they_declare_a_service(small: Workspace) -> None:
    small.edit("small/publication.toml", PROFILE, f'{PROFILE}profile = "dcat-ap"\n')
    assert missed(small) == []
    path = small.data / "small/publication.toml"
    service = '\n[service]\nurl = "https://data.example.org/"\n'
    path.write_text(path.read_text(encoding="utf-8") + service, encoding="utf-8")
    assert len(missed(small)) == 1
