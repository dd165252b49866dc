"""Material -> the pages on which the source document is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ogp_data.core.framed import SOURCE
from ogp_data.core.messages import Message
from ogp_data.core.pages import in_language, relative
from ogp_data.core.source import SourceFile
from ogp_data.formats.known import received
from ogp_data.site.context import Material
from ogp_data.site.document.leaves import Leaf
from ogp_data.site.document.shown import ShownLeaf
from ogp_data.site.locations import anchor, leaf_path, picture_path
from ogp_data.site.page import Page, page_jsonld
from ogp_data.site.schema_org import source_jsonld


def source_pages(material: Material) -> Iterator[Page]:
    """Yield the pages of the source, one for each leaf; the first also says what the source is."""
    publication, source = material.publication, material.publication.declaration.source
    files = list(zip(publication.source_files, publication.source_paths, strict=True))
    downloads = [(path, received(file.kind).media_type, publication.source_title(file)) for file, path in files]
    keys = {
        name: [record[spec.key.name] for record in material.records[name]] for name, spec in publication.specs.items()
    }
    for leaf in material.laid.leaves:
        is_first = leaf.number == 1
        title = source.title if is_first else Message("{page}, {document}", page=leaf.title, document=source.title)
        yield Page(
            leaf_path(leaf.number),
            "source.html",
            title,
            source.description,
            partial(_leaf, material, leaf, files, keys),
            downloads,
            partial(source_jsonld, publication) if is_first else partial(page_jsonld, publication, title),
            crumbs=[] if is_first else [(SOURCE, Message("The document"))],
            short=Message("The document") if is_first else leaf.title,
        )


def _leaf(
    material: Material,
    leaf: Leaf,
    files: Sequence[tuple[SourceFile, str]],
    keys: Mapping[str, Sequence[str]],
    language: str,
) -> Mapping[str, Any]:
    """Return what a page of the source shows; `keys` are those of the rows of each dataset."""
    laid, d = material.laid, material.publication.declaration
    own = in_language(leaf_path(leaf.number), language, d.page_languages)

    def row_page(dataset: str, key: str) -> str:
        return relative(in_language(material.where.row(dataset, key), language, d.page_languages), own)

    written = files[leaf.first.file - 1][0].language or d.language
    writer, picture = ShownLeaf(language, written, keys, row_page), laid.picture(leaf)
    return {
        "leaf": leaf,
        "leaves": laid.leaves,
        "leaf_path": leaf_path,
        "lines": {part.place: part.text for part in leaf.parts if part.kind == "line"},
        "text": None if leaf.is_text else writer.leaf(leaf, 2),
        "unread": laid.unread,
        "picture": picture,
        "picture_path": picture and picture_path(leaf.number, picture),
        "boxes": picture and writer.boxes(leaf, picture),
        "is_text": material.is_text,
        "is_markup": material.is_markup,
        "anchor": anchor,
        "source_files": files,
        "written_in": written,
    }
