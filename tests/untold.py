"""Finds the sentences of the program that are no messages, and so are said in English only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SAID = ("Message", "Plural")
"""What makes a text one that can be said in other languages."""

FOR_PROGRAMMERS = ("TypeError", "AssertionError", "compile", "Offer", "Kind", "About")
"""What takes texts for who writes code, and for the reference, which is in English: what a kind or a type is."""

PROSE = re.compile(
    r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|[a-z]{2,}:? ?\{\}[.:]? [A-Za-z]|\{\} [A-Za-z]{2,}|\b(?:an?|the) \w"
)
"""How words that people read follow each other; `{}` is what an f-string fills in."""

CODE = re.compile(
    r"</?[a-z!?]|^\w+/[\w.+-]+|\bGLOB\b|\bNULL\b|\b(?:SELECT|CREATE|INSERT|REFERENCES|PRAGMA|PRIMARY|GROUP|ORDER|ASK|IN)\b"
    r"|^PREFIX|\bIS date\(|\||\bcharset=|^--\{\}|^Bearer|^bytes \{\}"
    r"|^[A-Z]+(?:, [A-Z]+)+$|^[A-Z-][A-Za-z-]+(?:, [A-Z][A-Za-z-]+)+$"
    r"|^@media |^[a-z-]+: [a-z-]+;|^attachment; filename=|^Data Package$"
)
"""Markup, styles, SQL, SPARQL, patterns, headers, media types, names of methods and formats: not for people."""


def untold(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each sentence in a module that is no message."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.above = node  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        text = _text(node)
        if text and PROSE.search(text) and not CODE.search(text) and not _is_for_programmers(node):
            yield node.lineno, text  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call) and _called(node) in SAID:
            yield from ((node.lineno, word) for keyword in node.keywords for word in _words(keyword.value))


def _text(node: ast.AST) -> str:
    """Return what a literal says, with `{}` for what is filled in; nothing for a part of an f-string."""
    if isinstance(getattr(node, "above", None), ast.JoinedStr | ast.Expr):  # a docstring is an expression of its own
        return ""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _words(value: ast.expr) -> Iterator[str]:
    """Yield the words that are filled into a message as they are, such as `kind="folder" if ... else "file"`."""
    branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    branches = [*value.values] if isinstance(value, ast.BoolOp) else branches
    said = (branch.value for branch in branches if isinstance(branch, ast.Constant) and isinstance(branch.value, str))
    yield from (word for word in said if re.fullmatch(r"[ ;,]*[a-z]+[ a-z]*", word))


def _is_for_programmers(node: ast.AST) -> bool:
    """Return whether a text is in a message already, explains a key, compares, or is raised at who writes code."""
    while (above := getattr(node, "above", None)) is not None:
        if isinstance(above, ast.Call) and _called(above) in (*SAID, *FOR_PROGRAMMERS):
            return True
        if isinstance(above, ast.Subscript) and getattr(above.value, "id", "") in ("Annotated", "Literal"):
            return True
        if isinstance(above, ast.Compare | ast.Assert):
            return True
        node = above
    return False


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def of_program(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and text of each sentence below a folder that is no message."""
    for path in sorted(folder.rglob("*.py")):
        found = sorted(untold(path.read_text(encoding="utf-8")))
        yield from ((path.relative_to(folder).as_posix(), line, text) for line, text in found)
