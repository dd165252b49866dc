"""What a real LibreOffice makes of files: CSV opened as it does by default in a language's locale, and conversions."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

LOCALES = {"nl-NL": 1043, "en-US": 1033, "en-GB": 2057}
"""Language tag -> its number in the options of the CSV filter."""

needed = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")

_WRITER = Path("program/libswlo.so")


def _has_writer() -> bool:
    """Return whether LibreOffice is installed with the part of it that reads Word and writes PDF."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parents[1] / _WRITER).exists()


writer_needed = pytest.mark.skipif(not _has_writer(), reason="LibreOffice Writer is not installed")

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WITH_VALUES = ("value", "date-value", "time-value", "boolean-value")


@dataclass(frozen=True)
class Seen:
    """A cell after opening: its type, its value when it is no text, and what stands in it."""

    kind: str
    value: str
    shown: str

    def keeps(self, text: str) -> bool:
        """Return whether it still means what the CSV says: the same characters, or the same day."""
        return self.shown == text or (self.kind == "date" and self.value == text)


def opened(folder: Path, locale: str) -> dict[str, list[list[Seen]]]:
    """Return the cells of every CSV of a folder by name, header first, as a spreadsheet of that locale has them."""
    target = folder / locale
    # Comma, quote, UTF-8, from line 1; the locale; quoted cells are not text; numbers of every kind are recognised.
    options = f"CSV:44,34,76,1,,{LOCALES[locale]},false,true"
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", f"--infilter={options}"]
    command += ["--convert-to", "fods", "--outdir", str(target), *map(str, sorted(folder.glob("*.csv")))]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {path.stem: list(_rows(path)) for path in sorted(target.glob("*.fods"))}


def converted(files: Sequence[Path], to: str, folder: Path, reader: str = "") -> list[Path]:
    """Return files in another form, such as `pdf`; all in one process, for it is that which takes long to start."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={reader}"] if reader else []
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [folder / f"{file.stem}.{to.partition(':')[0]}" for file in files]


def _rows(path: Path) -> Iterator[list[Seen]]:
    for row in ET.parse(path).getroot().iter(f"{_TABLE}table-row"):
        cells = [seen for cell in row for seen in _cells(cell)]
        if any(seen.shown for seen in cells):
            yield cells


def _cells(cell: ET.Element) -> list[Seen]:
    value = next((found for name in _WITH_VALUES if (found := cell.get(f"{_OFFICE}{name}"))), "")
    shown = "\n".join(_text(paragraph) for paragraph in cell.findall(f"{_TEXT}p"))
    seen = Seen(cell.get(f"{_OFFICE}value-type", "empty"), value, shown)
    repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    return [seen] * min(repeated, 50)  # the empty end of a row is repeated thousands of times


def _text(node: ET.Element) -> str:
    """Return the text of a paragraph; spaces that XML would fold are elements."""
    parts = [node.text or ""]
    for child in node:
        spaces = child.tag == f"{_TEXT}s"
        parts += [" " * int(child.get(f"{_TEXT}c", "1")) if spaces else _text(child), child.tail or ""]
    return "".join(parts)
