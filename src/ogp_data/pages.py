"""Templates -> pages for people."""

from __future__ import annotations

from typing import Any


def render(template: str, **context: Any) -> bytes:
    """Return a page in UTF-8; what stands in the data is shown as text, never as markup."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("ogp_data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**context).encode("utf-8")
