"""How much of a source document is read: what is larger is refused, as nobody has looked at such a one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ogp_data.core.strict import STRICT


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of a document."""

    __pydantic_config__ = STRICT
    bytes: Annotated[int, "Bytes of the file, and of what it holds when it is unpacked."] = 200_000_000
    pages: Annotated[int, "Pages of a PDF."] = 1000
    cells: Annotated[int, "Cells of a table or workbook."] = 5_000_000
    seconds: Annotated[int, "Seconds that reading takes."] = 600
