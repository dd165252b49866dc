"""What pydantic says of a value that does not fit, as messages: it speaks English only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ogp_data.core.messages import Message, listed

_SAID = {
    str(message): message
    for message in (
        Message("Input should be a valid string"),
        Message("Input should be a valid integer"),
        Message("Input should be a valid number"),
        Message("Input should be a valid boolean"),
        Message("Input should be a valid array"),
        Message("Input should be a valid list"),
        Message("Input should be a valid dictionary"),
        Message("Input should be an object"),
        Message("Input should be a table"),
        Message("Input should be a text, or a table with a text for each language"),
        Message("Input should be a valid date in the format YYYY-MM-DD"),
    )
}
_ONE_OF = "Input should be one of: "
_PLACE = "Input should be a place: "


def told(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, as one of its errors says it; in English what is not foreseen here."""
    said = str(error["msg"])
    if error["type"] == "literal_error":
        return Message("Input should be {expected}", expected=_alternatives(str(error["ctx"]["expected"])))
    if str(error["type"]).startswith("date_"):
        return _SAID["Input should be a valid date in the format YYYY-MM-DD"]
    if said.startswith(_ONE_OF):
        return Message("Input should be one of: {all}", all=said.removeprefix(_ONE_OF))
    if said.startswith(_PLACE):
        return Message("Input should be a place: {reason}", reason=said.removeprefix(_PLACE))
    return _SAID.get(said, said)


def example(error: Mapping[str, Any]) -> str:
    """Return how a value of the expected shape is written, of the value itself where that is plain; "" for no shape."""
    kind, value = str(error["type"]), error["input"]
    is_single = isinstance(value, str | int | float)
    if kind.startswith("date_"):
        return Message("Write the day as YYYY-MM-DD, without quotation marks, such as 2026-11-30.")
    if kind == "list_type" and (value is None or is_single):
        return Message("Write a list: {text}.", text=f"[{_toml(value)}]")
    if kind == "list_type":
        return Message("Write each as a table of its own, below a line such as [[{key}]].", key=error["loc"][-1])
    if kind == "string_type" and is_single:
        return Message("Write it in quotation marks: {text}.", text=json.dumps(_toml(value)))
    if kind == "bool_type":
        return Message("Write true or false, without quotation marks.")
    if kind in ("int_type", "int_parsing", "float_type"):
        return Message("Write a number without quotation marks, such as 9.")
    if kind == "dict_type":
        return Message("Write it in each language of the pages: {text}.", text=f"{{ en = {_toml(value)} }}")
    return ""


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _alternatives(expected: str) -> str:
    """Return the values that pydantic names, with our word between the last two."""
    *some, last = re.split(r", (?=')| or (?=')", expected)
    return Message("{one} or {other}", one=listed(some), other=last) if some else last
