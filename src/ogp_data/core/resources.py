"""Where files lie that are not below `src/` in a checkout: there, or in the installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]


def value_lists() -> Path:
    """Return the folder of the value lists."""
    return _HERE / "models" / "values"


def shapes() -> Path:
    """Return the folder of SHACL shapes."""
    return _lying("shapes")


def guide() -> Path:
    """Return the page that explains every key of a declaration."""
    return _lying("docs/publication.md")


def _lying(path: str) -> Path:
    # The wheel holds these folders inside the package (pyproject.toml, force-include); a checkout has them beside src/.
    installed = _HERE / path
    return installed if installed.exists() else _HERE.parents[1] / path


@cache
def donl_themes() -> frozenset[str]:
    """Return the themes of DCAT-AP-DONL: the choices of that field in the schema for CKAN."""
    import yaml

    text = (shapes() / "ckan" / "donl.yaml").read_bytes()
    # The reader in C, where there is one, takes a tenth of the time.
    schema = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    (field,) = (one for one in schema["dataset_fields"] if one["field_name"] == "theme")
    return frozenset(choice["value"] for choice in field["choices"])
