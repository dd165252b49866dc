"""What a browser shows of an element: whether at all, in which looks, and on which background."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ogp_data.documents.colours import colour

Element = Any
"""An element of lxml, which has no types of its own."""

UNSHOWN = frozenset(
    {"script", "style", "head", "title", "meta", "link", "template", "noscript", "base", "datalist", "param", "source"}
    | {"area", "map", "track", "col", "colgroup", "noframes", "rp"}
)
"""Elements of which a browser with scripts shows nothing."""
EMBEDDED = frozenset({"iframe", "object", "embed", "video", "audio", "canvas", "svg", "math", "applet", "frame"})
"""Elements that show something that is not in the page's text."""
HEADINGS: Mapping[str, int] = {f"h{level}": level for level in range(1, 7)}
BREAKING = frozenset(
    {"p", "div", "section", "article", "aside", "header", "footer", "main", "nav", "figure", "figcaption", "address"}
    | {"blockquote", "pre", "dl", "dt", "dd", "form", "fieldset", "legend", "details", "summary", "center", "body"}
    | {"html", "ul", "ol", "li", "menu", "dir", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "search", "option", "optgroup", "select"}
)
"""Elements before and behind which a line ends."""

_LOOKS = {"b": "bold", "strong": "bold", "th": "bold", "i": "italic", "em": "italic", "cite": "italic", "sup": "raised"}
_STYLES = (
    ("bold", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)),
    ("italic", re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)),
    ("raised", re.compile(r"vertical-align\s*:\s*super", re.I)),
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\s*(?:!important\s*)?(?:;|$)", re.I)
_FAMILY = re.compile(r"font-family\s*:\s*([^;!]+)", re.I)
_TOO_SMALL = re.compile(
    r"(?:font-size\s*:\s*(?:0|[01](?:\.\d+)?(?:px|pt))|opacity\s*:\s*0(?:\.0+)?|(?:left|top|text-indent)\s*:\s*-\d{4,}px)"
    r"\s*(?:!important\s*)?(?:;|$)",
    re.I,
)
_INK = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.I)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.I)


def is_hidden(element: Element) -> bool:
    """Return whether the page itself says that an element is not shown."""
    return (
        element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
        or (element.tag == "input" and (element.get("type") or "").lower() == "hidden")
        or (element.tag == "dialog" and element.get("open") is None)
    )


def is_unseen(element: Element) -> bool:
    """Return whether text is shown and nobody sees it: tiny, without colour, off the page, or white on nothing."""
    style = element.get("style") or ""
    if _TOO_SMALL.search(style):
        return True
    if ink(element) != "#ffffff":
        return False
    return not any(
        _BACKGROUND.search(one.get("style") or "") or one.get("bgcolor") for one in (element, *element.iterancestors())
    )


def looks(element: Element) -> frozenset[str]:
    """Return the looks that an element gives to what is in it."""
    style = element.get("style") or ""
    found = {name for name, pattern in _STYLES if pattern.search(style)}
    return frozenset(found | ({_LOOKS[element.tag]} if element.tag in _LOOKS else set()))


def font(element: Element) -> str:
    """Return the font that an element itself sets its text in; "" where it says nothing of it."""
    found = _FAMILY.search(element.get("style") or "")
    said = found[1] if found else (element.get("face") or "" if element.tag == "font" else "")
    return str(said).split(",")[0].strip(" \"'")


def ink(element: Element) -> str:
    """Return the colour in which an element itself sets its text; "" where it says nothing of it."""
    found = _INK.search(element.get("style") or "")
    return colour(found[1] if found else (element.get("color") or "" if element.tag == "font" else ""))


def fill(*elements: Element) -> str:
    """Return the background of the first of some elements that has one: a cell, then its row."""
    for element in elements:
        found = _BACKGROUND.search(element.get("style") or "")
        if said := colour(found[1] if found else element.get("bgcolor") or ""):
            return said
    return ""
