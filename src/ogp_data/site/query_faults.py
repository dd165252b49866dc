"""What the query page knows of faults in queries: grammar and advice of `core/sparql`, for the script that tells them.

The engine in the browser says what is wrong in its own words; `faults.js` says it in those of the service.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ogp_data.core.messages import translated
from ogp_data.core.sparql import advice, faults, meanings
from ogp_data.core.sparql.grammar import Part, grammar
from ogp_data.core.sparql.tokens import FUNCTIONS, KEYWORDS, PATTERN
from ogp_data.core.templates import asset
from ogp_data.core.vocab import PREFIXES

_WORD: Final = r"\p{L}\p{N}_"


def script(languages: Sequence[str]) -> bytes:
    """Return the script that tells where a text stops being a query, with what it says in these languages."""
    held = {
        "pattern": pattern(),
        "keywords": sorted(KEYWORDS),
        "functions": sorted(FUNCTIONS),
        "aggregates": sorted(meanings.AGGREGATES),
        "rules": {name: _tree(part) for name, part in grammar().rules.items()},
        "advice": [_said(entry, languages) for entry in advice.read()["advice"]],
        "told": {name: _said(entry, languages) for name, entry in advice.read()["told"].items()},
        "kinds": {kind: _said(entry, languages) for kind, entry in advice.read()["kinds"].items()},
        "unsaid": sorted(faults.UNSAID),
        "ends": faults.ENDS,
        "most": faults.MOST,
        "near": advice.NEAR,
        "longest": faults.LONGEST,
        "prefixes": PREFIXES,
    }
    return f"window.ogpQuery = {json.dumps(held, ensure_ascii=False)};\n".encode() + asset("site/faults.js")


def pattern() -> str:
    """Return what tokens are as JavaScript has it, which knows letters and digits of all alphabets by other names."""
    close = re.sub(r"\s+", "", PATTERN).replace("(?P<", "(?<").replace(r"\"", '"').replace(r"\#", "#")
    close = close.replace(r"[^\W\d_]", r"[\p{L}\p{Nl}\p{No}]")
    return re.sub(r"\[(?:[^\]\\]|\\.)*\]|\\w", lambda found: _spelled(found[0]), close)


def _spelled(piece: str) -> str:
    return f"[{_WORD}]" if piece == r"\w" else piece.replace(r"\w", _WORD)


def _said(entry: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    return {**entry, "says": {language: translated(entry["says"], language) for language in languages}}


def _tree(part: Part) -> list[Any]:
    """Return a part of a rule: its kind, and its name or its parts."""
    return [part.kind, part.name or [_tree(one) for one in part.parts]]
