"""Rows from what frames the text: title, lines of front matter, headings, instructions, legend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from ogp_data.core.findings import Finding
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Declared, Finder, Kind, Offer


@dataclass(frozen=True, slots=True)
class Normalise:
    """How the value of a line of front matter is made comparable."""

    __pydantic_config__ = STRICT
    label: Annotated[str, "The label of the line, exactly as the document writes it."]
    to: Annotated[Literal["date", "codes"], "`date`: as EDTF (ISO 8601-2); `codes`: by the table `codes`."]
    codes: Annotated[dict[str, str], "For each written value, its code."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrontMatter(Finder):
    """Rows from what frames the text: title, front matter, headings, instructions, legend."""

    __pydantic_config__ = STRICT
    kind: Literal["document"]
    instructions_under: Annotated[
        list[str], "Headings below which a paragraph in italics is an instruction of the form."
    ]
    front_matter_under: Annotated[
        list[str],
        "Headings below which a row of two cells is a line of front matter, a label and its value; above the first"
        " heading after the title it always is.",
    ] = field(default_factory=list)
    normalise: Annotated[list[Normalise], "Lines whose value is also given in comparable form."] = field(
        default_factory=list
    )
    lost_marks: Annotated[
        str, "Code of the list `finding-kind` for each mark of the legend that lost its colour; absent: no finding."
    ] = ""

    offers: ClassVar[Mapping[str, Offer]] = {
        "kind": Offer("generated", "`title`, `front-matter`, `heading`, `instruction` or `legend`"),
        "as_written": Offer("source", "the words of the part"),
        "label": Offer("source", "the label of a line of front matter; otherwise empty"),
        "value": Offer("derived", "the words again, or the date or code that `normalise` makes of them *"),
        "level": Offer("source", "the depth of a heading, as the document marks it; otherwise empty"),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that the kind of fault of lost marks has no code."""
        if self.lost_marks and self.lost_marks not in declared.defect_kinds:
            message = f"{self.lost_marks!r} is not in the list finding-kind."
            yield declared.fault("unknown-code", "find.lost_marks", message)


FRONT_MATTER = Kind(
    "document",
    FrontMatter,
    "What frames the text: title, lines of front matter, headings that no other dataset has, instructions, legend."
    " A line of front matter is a label and its value, above the first heading after the title or"
    " below a heading of `front_matter_under`.",
)
