"""A theme: values for the tokens of the NL Design System, taken out of a style sheet that was compiled for it.

Such a sheet has thousands of tokens and may name fonts and pictures of elsewhere. Only the tokens that these pages use
are taken, and what those stand for, so that a page stays small and asks no other host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ogp_data.core.templates import TEMPLATES, styles

DARK = "dark"
"""The part of the style with the dark colours: a theme without any of its own is light in the dark as well."""

_SKIPPED = re.compile(r"/\*.*?\*/", re.DOTALL)
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_PIECE = re.compile(r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<mark>[{};])|[^{};"']+|["']""", re.DOTALL)
_TOKEN = re.compile(r"\s*(--[\w-]+)\s*:\s*(.*\S)\s*", re.DOTALL)
# What could end the rule or the element it stands in, or ask something of another place.
_UNFIT = re.compile(r"[{}<>;\\]|url\(|image-set\(|src\(|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens of a theme by name, in light and in dark colours; without any it is the neutral one."""

    light: Mapping[str, str] = field(default_factory=dict, repr=False)
    dark: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_dark(self) -> bool:
        """Return whether there are dark colours for those who ask for them."""
        return bool(self.dark or not self.light)

    def sheet(self, parts: Iterable[str]) -> str:
        """Return the style of these parts with the theme put on."""
        shown = [part for part in parts if part != DARK or self.is_dark]
        style = styles(shown)
        return style + self._put_on(style, "" if self.is_dark else "color-scheme: light;\n")

    @property
    def tokens(self) -> str:
        """Return the tokens that any page uses as a style sheet, of which `read` makes the theme again."""
        return self._put_on(styles(sorted(path.stem for path in (TEMPLATES / "style").glob("*.css"))))

    def _put_on(self, style: str, only: str = "") -> str:
        """Return the rules that give a style the values of the theme; `only`: what else holds of the whole page."""
        light, dark = _needed(self.light, style), _needed({**self.light, **self.dark}, style)
        dark = {name: value for name, value in dark.items() if self.dark.get(name)}
        ruled = f":root {{\n{only}{_written(light)}}}\n" if light else ""
        turned = f"@media (prefers-color-scheme: dark) {{\n:root {{\n{_written(dark)}}}\n}}\n" if dark else ""
        return ruled + turned


def read(css: str) -> Theme:
    """Return the theme of a style sheet: the tokens of `:root` and of its first class, as far as they are fit."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    chosen = ""
    for around, selector, name, value in _declared(_SKIPPED.sub(" ", css)):
        group = next((one for one in map(str.strip, selector.split(",")) if _is_whole(one)), "")
        chosen = chosen or (group if group.startswith(".") else "")
        media = " ".join(around)
        if group and not (group.startswith(".") and group != chosen) and not _UNFIT.search(value):
            if not media:
                light[name] = value
            elif re.fullmatch(r"@media[^,]*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*", media):
                dark[name] = value
    return Theme(light, dark)


def _is_whole(selector: str) -> bool:
    """Return whether a selector is that of a whole page, as themes have it."""
    return selector in (":root", "html", "body") or bool(re.fullmatch(r"\.[\w-]+", selector))


def shipped() -> list[str]:
    """Return the names of the themes of the program."""
    return sorted(path.stem for path in (TEMPLATES / "themes").glob("*.css"))


def of_name(name: str) -> Theme:
    """Return a theme of the program."""
    return read((TEMPLATES / "themes" / f"{name}.css").read_text(encoding="utf-8"))


def _declared(css: str) -> Iterator[tuple[list[str], str, str, str]]:
    """Yield each token with the rules around it, the innermost of which is its selector."""
    around: list[str] = []
    said = ""
    for piece in _PIECE.finditer(css):
        mark = piece["mark"]
        if not mark:
            said += piece[0]
            continue
        if mark == "{":
            around.append(said.strip())
        elif around and (token := _TOKEN.fullmatch(said)):
            yield around[:-1], around[-1], token[1], token[2]
        if mark == "}" and around:
            around.pop()
        said = ""


def _needed(tokens: Mapping[str, str], style: str) -> dict[str, str]:
    """Return the tokens that a style uses, and those that they stand for."""
    ahead, found = _USED.findall(style), set[str]()
    while ahead:
        name = ahead.pop()
        if name in tokens and name not in found:
            found.add(name)
            ahead += _USED.findall(tokens[name])
    return {name: value for name, value in tokens.items() if name in found}


def _written(tokens: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value};\n" for name, value in tokens.items())
