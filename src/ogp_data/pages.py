"""Templates -> pages for people."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

_TEMPLATES = Path(__file__).with_name("templates")


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates as Python keeps compiled modules: beside them, and only where it may write."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code; Jinja compares its source when it is asked for again."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def asset(name: str) -> bytes:
    """Return a file that pages use, such as a style sheet."""
    return (_TEMPLATES / name).read_bytes()


def render(template: str, **context: Any) -> bytes:
    """Return a page in UTF-8; what stands in the data is shown as text, never as markup."""
    return _environment().get_template(template).render(**context).encode("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ogp_data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(str(_TEMPLATES / "__pycache__")),
    )
