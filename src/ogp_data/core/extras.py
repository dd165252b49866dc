"""The libraries that not everybody needs: each is in an extra of the wheel, and a missing one is told by its name."""

from __future__ import annotations

from collections.abc import Mapping

from ogp_data.core.findings import Finding, finding
from ogp_data.core.messages import Message, listed

EXTRAS: Mapping[str, tuple[str, ...]] = {
    "PIL": ("documents",),
    "docx": ("documents",),
    "frictionless": ("publish",),
    "h11": ("serve",),
    "lxml": ("documents",),
    "markdown_it": ("documents",),
    "mdit_py_plugins": ("documents",),
    "openpyxl": ("documents",),
    "pandas": ("publish",),
    "pdfminer": ("documents",),
    "pdfplumber": ("documents",),
    "pyarrow": ("publish",),
    "pypdfium2": ("documents",),
    "requests": ("deliver",),
    "starlette": ("serve",),
    "urllib3": ("deliver",),
    "uvicorn": ("serve",),
    "xlsxwriter": ("publish",),
    "yaml": ("deliver", "serve"),
}
"""Module -> the extras of pyproject.toml that install it."""


def missing(reason: BaseException | None) -> Finding | None:
    """Return the finding that a library of an extra is not installed; None when that is not what was raised."""
    if not isinstance(reason, ModuleNotFoundError):
        return None
    module = (reason.name or "").partition(".")[0]
    if module not in EXTRAS:
        return None
    ways = listed((f"pip install 'ogp-data[{extra}]'" for extra in EXTRAS[module]), Message(" or "))
    return finding(
        "missing-extra",
        Message("This needs the library {module}, which is not installed.", module=module),
        hint=Message("Run: {ways}", ways=ways),
    )
