"""The keys that publications share, and that each may say itself."""

from __future__ import annotations

from collections.abc import Mapping

from ogp_data.core.messages import Message

SHARED: Mapping[str, Message] = {
    "base_iri": Message("the address below which everything is named, such as https://data.example.org/ogp/{id}/"),
    "publisher": Message("an organisation of agents.toml"),
    "creator": Message("an organisation of agents.toml"),
    "contact": Message("a contact of agents.toml"),
    "licence": Message("the address of the licence, such as https://creativecommons.org/licenses/by/4.0/"),
}
"""Key -> what it says."""
