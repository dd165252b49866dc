"""Workbook -> .ods, OpenDocument 1.3 (ISO/IEC 26300), https://docs.oasis-open.org/office/OpenDocument/v1.3/.

The format is a few XML files in a zip, written here as such: the libraries for it put the hour of writing into
the file, need time that grows with the square of the rows, or are no longer kept up.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from ogp_data.formats.archive import to_zip
from ogp_data.formats.sheets import Sheet, Workbook
from ogp_data.types.sheet import Cell

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": f"{_URN}:office:1.0",
    "table": f"{_URN}:table:1.0",
    "text": f"{_URN}:text:1.0",
    "style": f"{_URN}:style:1.0",
    "number": f"{_URN}:datastyle:1.0",
    "fo": f"{_URN}:xsl-fo-compatible:1.0",
    "svg": f"{_URN}:svg-compatible:1.0",
    "meta": f"{_URN}:meta:1.0",
    "config": f"{_URN}:config:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "ooo": "http://openoffice.org/2004/office",
}
_RUN_OF_SPACES = re.compile("^ +|(?<= ) +| +$")
_LINE, _PADDING = 0.43, 0.15
"""Heights in centimetres."""


def write(workbook: Workbook) -> bytes:
    """Return a workbook as .ods, the same bytes whenever and wherever it is written."""
    files = {
        "META-INF/manifest.xml": _manifest(),
        "content.xml": _document("document-content", _content(workbook)),
        "meta.xml": _document("document-meta", _meta(workbook)),
        "settings.xml": _document("document-settings", _settings(workbook)),
        "styles.xml": _document("document-styles", _styles(workbook)),
    }
    # First and not packed, so that programs tell the kind of file by its beginning (OpenDocument 1.3, part 2).
    return to_zip(files, first=("mimetype", MEDIA_TYPE.encode()))


def _document(element: str, parts: Iterable[str]) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{element} {spaces} office:version="1.3">'
    return "".join([head, *parts, f"</office:{element}>\n"]).encode()


# The sheets ---------------------------------------------------------------------------------------------


def _content(workbook: Workbook) -> Iterator[str]:
    yield "<office:automatic-styles>"
    yield from (_column_style(width) for width in sorted({width for s in workbook.sheets for width in s.widths}))
    yield from (_row_style(lines) for lines in sorted({lines for s in workbook.sheets for lines in s.heights}))
    yield _CELL_STYLES
    yield from (_number_style(cell) for cell in _numbered(workbook))
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet in workbook.sheets:
        yield from _sheet(sheet)
    yield "<table:database-ranges>"
    yield from (_filter(sheet, number) for number, sheet in enumerate(workbook.sheets) if sheet.filtered)
    yield "</table:database-ranges></office:spreadsheet></office:body>"


def _column_style(width: int) -> str:
    # The width of a character is 7 pixels in the usual font, with 5 of padding, at 96 pixels an inch: as Excel counts.
    centimetres = (width * 7 + 5) * 2.54 / 96
    return (
        f'<style:style style:name="width{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{centimetres:.2f}cm"/></style:style>'
    )


def _row_style(lines: int) -> str:
    # An optimal height is measured on the screen; on paper, at another scale, its last line may be lost.
    return (
        f'<style:style style:name="lines{lines}" style:family="table-row"><style:table-row-properties'
        f' style:row-height="{lines * _LINE + _PADDING:.2f}cm" style:use-optimal-row-height="false"/></style:style>'
    )


def _cell_style(name: str, properties: str = "", text: str = "", data: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{data}>'
        '<style:table-cell-properties style:vertical-align="top" fo:wrap-option="wrap"'
        f' fo:border="0.5pt solid #bfbfbf" fo:padding="0.06cm"{properties}/>'
        f'<style:paragraph-properties fo:text-align="start"/>{text}</style:style>'
    )


_CELL_STYLES = "".join(
    (
        '<number:number-style style:name="whole"><number:number number:decimal-places="0"',
        ' number:min-integer-digits="1"/></number:number-style>',
        '<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text>',
        '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>',
        "</number:date-style>",
        '<style:style style:name="page" style:family="table" style:master-page-name="Default">',
        '<style:table-properties table:display="true"/></style:style>',
        _cell_style("text"),
        _cell_style("integer", data=' style:data-style-name="whole"'),
        _cell_style("date", data=' style:data-style-name="iso"'),
        _cell_style("link"),
        _cell_style(
            "header",
            ' fo:background-color="#154273"',
            '<style:text-properties fo:color="#ffffff" fo:font-weight="bold"/>',
        ),
    )
)


_FORMATTED = frozenset({"decimal", "money", "boolean", "datetime"})
"""Kinds of cells whose styles are made for those that a workbook has."""


def _numbered(workbook: Workbook) -> Iterable[Cell]:
    """Return a cell of each way to show numbers, times and truth values, in order."""
    cells = (cell for sheet in workbook.sheets for row in sheet.rows for cell in row if cell.kind in _FORMATTED)
    found = {_style(cell): cell for cell in cells}
    return [found[style] for style in sorted(found)]


def _style(cell: Cell) -> str:
    """Return the name of the style of a cell."""
    return f"{cell.kind}{cell.decimals}{cell.currency}" if cell.kind in ("decimal", "money") else cell.kind


def _number_style(cell: Cell) -> str:
    """Return how a kind of number, a time or a truth value is shown."""
    style = _style(cell)
    return _DATA_STYLES[cell.kind](cell, f"{style}-data") + _cell_style(
        style, data=f' style:data-style-name="{style}-data"'
    )


def _digits(cell: Cell, grouped: bool = False) -> str:
    grouping = ' number:grouping="true"' if grouped else ""
    return f'<number:number number:decimal-places="{cell.decimals}" number:min-integer-digits="1"{grouping}/>'


def _decimal_style(cell: Cell, name: str) -> str:
    return f'<number:number-style style:name="{name}">{_digits(cell)}</number:number-style>'


def _money_style(cell: Cell, name: str) -> str:
    if not cell.currency:
        return f'<number:number-style style:name="{name}">{_digits(cell, grouped=True)}</number:number-style>'
    return (
        f'<number:currency-style style:name="{name}"><number:currency-symbol>{cell.currency}</number:currency-symbol>'
        f"<number:text> </number:text>{_digits(cell, grouped=True)}</number:currency-style>"
    )


def _boolean_style(_: Cell, name: str) -> str:
    return f'<number:boolean-style style:name="{name}"><number:boolean/></number:boolean-style>'


def _datetime_style(_: Cell, name: str) -> str:
    day = (
        '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
        '<number:text>-</number:text><number:day number:style="long"/><number:text> </number:text>'
    )
    time = "<number:text>:</number:text>".join(
        f'<number:{part} number:style="long"/>' for part in ("hours", "minutes", "seconds")
    )
    return f'<number:date-style style:name="{name}">{day}{time}</number:date-style>'


_DATA_STYLES: Mapping[str, Callable[[Cell, str], str]] = {
    "decimal": _decimal_style,
    "money": _money_style,
    "boolean": _boolean_style,
    "datetime": _datetime_style,
}


def _sheet(sheet: Sheet) -> Iterator[str]:
    header, *rows = sheet.heights
    yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="page">'
    yield from (f'<table:table-column table:style-name="width{width}"/>' for width in sheet.widths)
    yield "<table:table-header-rows>"
    yield _row(header, (_cell(Cell(name), "header") for name in sheet.header))
    yield "</table:table-header-rows>"
    for lines, cells in zip(rows, sheet.rows, strict=True):
        yield _row(lines, (_cell(cell, _style(cell)) for cell in cells))
    yield "</table:table>"


def _row(lines: int, cells: Iterable[str]) -> str:
    return f'<table:table-row table:style-name="lines{lines}">{"".join(cells)}</table:table-row>'


def _cell(cell: Cell, style: str) -> str:
    """Return a cell by its kind; no cell has a formula, whatever its text begins with."""
    value = cell.value
    if value == "":
        return f'<table:table-cell table:style-name="{style}"/>'
    # A datetime is a date, and a bool is an int: the order of these questions matters.
    if isinstance(value, datetime.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif cell.currency:
        kind = f'office:value-type="currency" office:currency="{cell.currency}" office:value="{_plain(value)}"'
    elif isinstance(value, int | Decimal):
        kind = f'office:value-type="float" office:value="{_plain(value)}"'
    else:
        # A text that begins with "=" would be a formula in a CSV; here its type says that it is text.
        kind = 'office:value-type="string"'
    lines = (_text(line) for line in str(value).split("\n"))
    paragraphs = "".join(f"<text:p>{_led(line, cell.link)}</text:p>" for line in lines)
    return f'<table:table-cell table:style-name="{style}" {kind}>{paragraphs}</table:table-cell>'


def _plain(value: object) -> str:
    """Return the digits of a number."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _led(text: str, address: str) -> str:
    if address.startswith("#"):
        sheet = address[1:].replace("'", "''")
        address = f"#'{sheet}'.A1"
    return f'<text:a xlink:type="simple" xlink:href={quoteattr(address)}>{text}</text:a>' if address else text


def _text(line: str) -> str:
    """Return a line of text with its spaces kept: of plain ones the format keeps one in a row, and none at an end."""
    return _RUN_OF_SPACES.sub(lambda spaces: f'<text:s text:c="{len(spaces[0])}"/>', escape(line))


def _filter(sheet: Sheet, number: int) -> str:
    # By this name LibreOffice knows the filter of a sheet itself from a named range.
    name = sheet.name.replace("'", "''")
    corner = f"{_letters(len(sheet.header))}{len(sheet.rows) + 1}"
    area = quoteattr(f"'{name}'.A1:'{name}'.{corner}")
    return (
        f'<table:database-range table:name="__Anonymous_Sheet_DB__{number}" table:target-range-address={area}'
        ' table:display-filter-buttons="true"/>'
    )


def _letters(column: int) -> str:
    """Return the letters of a column counted from 1: 27 is AA."""
    # There is no letter for zero, so this is not quite base 26.
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


# What stands around them --------------------------------------------------------------------------------


def _styles(workbook: Workbook) -> Iterator[str]:
    """Yield the font, and the page: A4 landscape, all columns on the width of a page."""
    yield (
        '<office:font-face-decls><style:font-face style:name="Sans" svg:font-family="\'Liberation Sans\', Arial"'
        ' style:font-family-generic="swiss"/></office:font-face-decls>'
        '<office:styles><style:default-style style:family="table-cell"><style:text-properties'
        f' style:font-name="Sans" fo:font-size="10pt" fo:language={quoteattr(workbook.language)} fo:country="none"/>'
        '</style:default-style><style:style style:name="Default" style:family="table-cell"/></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="landscape"><style:page-layout-properties'
        ' fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1cm"'
        ' style:scale-to-X="1" style:scale-to-Y="0"/><style:header-style/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.2cm"/>'
        "</style:footer-style></style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="landscape">'
        '<style:header style:display="false"/><style:footer>'
        '<style:region-left><text:p><text:file-name text:display="name-and-extension"/>'
        " - <text:sheet-name>-</text:sheet-name></text:p></style:region-left>"
        "<style:region-right><text:p><text:page-number>1</text:page-number> / <text:page-count>1</text:page-count>"
        "</text:p></style:region-right></style:footer></style:master-page></office:master-styles>"
    )


def _meta(workbook: Workbook) -> Iterator[str]:
    yield "<office:meta><meta:generator>ogp-data</meta:generator>"
    yield f"<dc:title>{escape(workbook.title)}</dc:title>"
    yield f"<dc:description>{escape(workbook.description)}</dc:description>"
    yield f"<dc:subject>{escape(workbook.subject)}</dc:subject>"
    yield from (f"<meta:keyword>{escape(keyword)}</meta:keyword>" for keyword in workbook.keywords)
    yield f"<meta:initial-creator>{escape(workbook.author)}</meta:initial-creator>"
    yield f"<dc:creator>{escape(workbook.author)}</dc:creator>"
    # Days of the declaration and no clock: the same input gives the same file.
    yield f"<meta:creation-date>{workbook.created.isoformat()}T00:00:00</meta:creation-date>"
    yield f"<dc:date>{workbook.modified.isoformat()}T00:00:00</dc:date>"
    yield f"<dc:language>{escape(workbook.language)}</dc:language></office:meta>"


def _settings(workbook: Workbook) -> Iterator[str]:
    """Yield the view: the header stays in sight, as LibreOffice keeps it."""
    yield (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
        '<config:config-item-map-named config:name="Tables">'
    )
    for sheet in workbook.sheets:
        yield f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        yield from (_setting(name, value) for name, value in _frozen(sheet.frozen_columns))
        yield "</config:config-item-map-entry>"
    yield "</config:config-item-map-named>"
    yield (
        '<config:config-item config:name="ActiveTable" config:type="string">'
        f"{escape(workbook.sheets[0].name)}</config:config-item>"
    )
    yield "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"


def _frozen(columns: int) -> Iterator[tuple[str, int]]:
    """Yield the settings of a sheet of which the first row and some columns do not move."""
    fixed, bottom_left, bottom_right = 2, 2, 3
    yield "CursorPositionX", 0
    yield "CursorPositionY", 1
    yield "HorizontalSplitMode", fixed if columns else 0
    yield "VerticalSplitMode", fixed
    yield "HorizontalSplitPosition", columns
    yield "VerticalSplitPosition", 1
    yield "ActiveSplitRange", bottom_right if columns else bottom_left
    yield "PositionLeft", 0
    yield "PositionRight", columns
    yield "PositionTop", 0
    yield "PositionBottom", 1


def _setting(name: str, value: int) -> str:
    kind = "short" if name.endswith(("Mode", "Range")) else "int"
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'


def _manifest() -> bytes:
    space = f"{_URN}:manifest:1.0"
    files = {"/": MEDIA_TYPE} | dict.fromkeys(("content.xml", "meta.xml", "settings.xml", "styles.xml"), "text/xml")
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in files.items()
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{space}"'
    return f'{head} manifest:version="1.3">{entries}</manifest:manifest>\n'.encode()
