"""What an address in a document is: one of the web, sound in another way, or broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.core.addresses import host_fault, soundness, web_fault
from ogp_data.core.text import url_fault


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://voorbeeld.nl/plan#deel-2", "as-published"),
        ("mailto:team@voorbeeld.nl", "as-published"),
        ("#anker", "relative"),
        ("bijlage-a.pdf", "relative"),
        ("../map/bijlage.pdf?v=2#p3", "relative"),
        ("/actieplan", "relative"),
        ("//voorbeeld.nl/plan", "relative"),
        ("www.voorbeeld.nl/plan", "relative"),
        ("tel:+31701234567", "not-a-web-address"),
        ("ftp://bestanden.voorbeeld.nl/x", "not-a-web-address"),
        ("urn:isbn:9789012345678", "not-a-web-address"),
        ("http://intranet/actieplan", "not-a-web-address"),
        ("http://localhost:8080/", "not-a-web-address"),
        ("https://voorbeeld.nl/één", "unencoded"),
        ("https://gemeente-súdwest.nl/plan", "unencoded"),
        ("https://παράδειγμα.gr/σχέδιο", "unencoded"),
        ("https://voorbeeld.nl/plan een", "broken"),
        ("bijlage a.pdf", "broken"),
        ("https://voorbeeld.nl/afroндing", "broken"),
        ("https://voorbeeld.nl/a\ufffdb", "broken"),
        ("https://voorbeeld.nl/a\u200bb", "broken"),
        ("https://voorbeeld.nl/100%", "broken"),
        ("https:///x", "broken"),
        ("https:/voorbeeld", "broken"),
        ("http://-intranet/x", "broken"),
        ("mailto:team", "broken"),
        ("javascript:alert(1)", "broken"),
        ("JavaScript:x", "broken"),
        ("data:text/html,x", "broken"),
        ("C:\\map\\bijlage.doc", "broken"),
        ("//", "broken"),
    ],
)
def test_an_address_is_what_its_look_says(address: str, expected: str) -> None:
    assert soundness(address) == expected


@given(st.text(st.sampled_from("ahtpsx:/.#?%20@[]-é ж\u200b"), min_size=1, max_size=20))
def test_only_a_web_address_is_published(address: str) -> None:
    assert (soundness(address) == "as-published") == (url_fault(address) == "")


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://voorbeeld.nl/", ""),
        ("https://voorbeeld.nl./", ""),
        ("https://192.0.2.1:8443/x", ""),
        ("https://[2001:db8::1.2.3.4]/x", ""),
        ("https://user:pw@voorbeeld.nl/", "contains a user name or password"),
        ("https://x..nl/", "names a host that cannot exist"),
        ("https://-x.nl/", "names a host that cannot exist"),
        ("https://x_y.nl/", "names a host that cannot exist"),
        (f"https://{'a' * 64}.nl/", "names a host that cannot exist"),
        ("mailto:a@b.nl", "is not a web address"),
        ("www.voorbeeld.nl/plan een", "contains white space"),
    ],
)
def test_an_address_that_people_are_to_open_has_a_host_that_answers_all(address: str, fault: str) -> None:
    assert web_fault(address) == fault
    assert host_fault("https://voorbeeld.nl/") == ""
