"""What is kept while serving: made once, and never more than its bytes."""

from __future__ import annotations

import asyncio

from ogp_data.service.cache import Kept
from ogp_data.service.snapshot import File, made


def test_a_file_is_made_once_and_the_oldest_go_when_there_are_too_many_bytes() -> None:
    calls: list[str] = []

    def ask(kept: Kept, key: str, size: int) -> File:
        def write() -> File:
            calls.append(key)
            return made(key, b"x" * size, "application/octet-stream")

        return asyncio.run(kept.once(key, write))

    kept = Kept(most=100)
    for key in ("a", "b", "a"):
        assert ask(kept, key, 40).path == key
    assert calls == ["a", "b"]
    ask(kept, "c", 40)  # b was asked for longest ago
    assert kept.bytes == 80
    ask(kept, "a", 40)
    ask(kept, "b", 40)
    assert calls == ["a", "b", "c", "b"]
    assert len(ask(kept, "large", 1000).content) == 1000
    assert kept.bytes == 0
