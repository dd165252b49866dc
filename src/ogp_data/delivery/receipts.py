"""What a catalogue held when it was last asked: a cache that spares requests and never changes a plan.

It is sealed with the target's secret: one that another wrote or changed, or that is of another catalogue, is as good
as none. Losing it costs requests only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ogp_data.delivery.secrets import Secret

LARGEST = 200_000_000
"""Bytes of a file of receipts that is still read."""


class Receipts:
    """The receipts of one target: id -> what was held under it."""

    def __init__(self, path: Path, catalogue: str, secret: Secret) -> None:
        """Take the file, the catalogue that it is about, and what seals it."""
        self.path, self._catalogue, self._secret = path, catalogue, secret

    def read(self) -> dict[str, Any]:
        """Return the receipts; none when the file is absent, unreadable or not sealed by us."""
        try:
            if self.path.stat().st_size > LARGEST:
                return {}
            found = json.loads(self.path.read_bytes())
            held, seal = found["held"], found["seal"]
            # Whoever may write into build/ could otherwise make us believe that a dataset is as we want it, and leave
            # it alone.
            return dict(held) if hmac.compare_digest(seal.encode(), self._seal(held).encode()) else {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}

    def write(self, held: Mapping[str, Any]) -> None:
        """Keep receipts, at once as a whole; where a disk refuses, there are none."""
        content = json.dumps({"held": held, "seal": self._seal(held)}, sort_keys=True)
        unfinished = ""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # mkstemp also lets nobody else read it: what members of a catalogue see only is in these answers.
            handle, unfinished = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(content)
            # In one step, so that a run that is killed leaves the old receipts or the new ones.
            Path(unfinished).replace(self.path)
        except OSError:
            if unfinished:
                Path(unfinished).unlink(missing_ok=True)

    def _seal(self, held: Any) -> str:
        """Return a keyed hash (HMAC, RFC 2104), from which the secret cannot be had back."""
        said = json.dumps(["receipts 1", self._catalogue, held], sort_keys=True)
        return hmac.new(self._secret.reveal().encode(), said.encode(), hashlib.sha256).hexdigest()
