"""Data goes one way: stages do not know each other, only the nouns and the words."""

from __future__ import annotations

import ast
from pathlib import Path

SRC = Path(__file__).parents[1] / "src" / "ogp_data"

NOUNS = {"dates", "findings", "model", "places", "spreadsheet", "vocab", "text"}
ALLOWED: dict[str, set[str]] = {
    "date_words": set(),
    "dates": {"date_words", "text"},
    "findings": set(),
    "text": set(),
    "vocab": set(),
    "model": {"places", "text"},
    "places": set(),
    "spreadsheet": {"date_words", "dates"},
    "source": NOUNS,
    "rows": NOUNS | {"source"},
    "corrections": NOUNS | {"rows", "source"},
    "derive": NOUNS | {"rows"},
    "typed": NOUNS | {"rows"},
    "nearest": NOUNS | {"rows"},
    "fitting": NOUNS,
    "rdf": NOUNS,
    "files": set(),
    "package": NOUNS | {"files"},
    "reconcile": NOUNS | {"source"},
    "naming": {"spreadsheet"},
    "scaffold": {"checking", "files", "naming", "resources"},
    "description": NOUNS | {"files", "formats", "rdf", "__version__"},
    "versions": NOUNS | {"datasets", "files", "package", "pages", "rdf"},
}
"""Module -> what it may import of ours; `corrections` takes the types of rows only."""


def imports(path: Path) -> set[str]:
    """Return the top-level names of our package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ogp_data":
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


def test_stages_import_nouns_and_not_each_other() -> None:
    for module, allowed in ALLOWED.items():
        paths = sorted((SRC / module).rglob("*.py")) if (SRC / module).is_dir() else [SRC / f"{module}.py"]
        for path in paths:
            assert imports(path) <= allowed | {module}, path


def test_only_the_command_line_prints_and_only_it_knows_the_pipeline() -> None:
    for path in SRC.rglob("*.py"):
        if path.name in ("cli.py", "docs.py", "__main__.py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not names & {"print", "exit", "quit"}, path
        assert "cli" not in imports(path), path
        assert path.name == "pipeline.py" or "pipeline" not in imports(path), path


def test_no_vocabulary_iri_is_typed_outside_vocab() -> None:
    spaces = (
        "http://www.w3.org/ns/dcat",
        "http://purl.org/dc/terms",
        "http://www.w3.org/2004/02/skos",
        "http://spdx.org",
    )
    for path in SRC.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        assert path.name == "vocab.py" or not any(text.startswith(spaces) for text in texts), path
