"""Why words of a document are in no cell, as people say it."""

from __future__ import annotations

from collections.abc import Mapping

from ogp_data.core.messages import Message

REASONS: Mapping[str, Message] = {
    "markup": Message("markup"),
    "pattern": Message("pattern"),
    "table-header": Message("header of a table"),
    "number": Message("number of a row"),
    "separator": Message("separator"),
    "invisible": Message("invisible character"),
    "correction": Message("correction"),
    "marker": Message("marker of a list"),
    "address": Message("address of a link"),
    "running-header": Message("header or footer of a page"),
    "repeated": Message("said again in another language"),
    "page-number": Message("number of a page"),
    "label": Message("label of a value"),
}
"""Why words are set aside."""
