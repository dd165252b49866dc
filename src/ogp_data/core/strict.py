"""How a noun is read from TOML."""

from __future__ import annotations

STRICT = {"extra": "forbid", "strict": True}
