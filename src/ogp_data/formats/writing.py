"""A writer and its rows -> the bytes of a file, or the finding that says why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ogp_data.core.doors import FAILURES, said
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, reason
from ogp_data.formats.workbook import UnfitError
from ogp_data.formats.writers import FORMATS, Writer


def written(writer: Writer, way: Callable[[], object], place: Place) -> bytes | Finding:
    """Return the bytes of a file, or why there are none; a format of another package is not trusted to give any."""
    try:
        content = way()
    except UnfitError as fault:
        return finding("format-omitted", reason(fault), place)
    except FAILURES as fault:
        if FORMATS.is_own(writer.name):
            raise
        message = Message("The format {name} cannot be written: {said}.", name=writer.name, said=said(fault))
        return finding("extension-broken", message, replace(place, file=FORMATS.origin(writer.name)))
    if isinstance(content, bytes):
        return content
    message = Message("The format {name} gives {name2}, not bytes.", name=writer.name, name2=type(content).__name__)
    return finding("extension-broken", message, replace(place, file=FORMATS.origin(writer.name)))
