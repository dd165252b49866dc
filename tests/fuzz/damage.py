"""Damage by chance: to the bytes of a text, and to a tree of values as JSON and TOML have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fuzz.texts import inline

Step = str | int
Steps = tuple[Step, ...]

texts: SearchStrategy[str] = st.one_of(
    st.sampled_from(
        ("", " ", "x", "\n", "#", "-", "0", "é", "\u202e", "\x01", "\ufeff", "a" * 300, "../x", "/etc/passwd", "..")
    ),
    st.sampled_from(
        ("https://x.nl/", "http://", "HTTP://X", "mailto:x", "urn:x", "https://é.nl/", "https://[::1/", "//x", "x:y")
    ),
    st.sampled_from(
        ("2024-01-01", "2024-13-45", "0000-00-00", "9999-12-31", "2024", "12:00", "P1D", "nl", "en", "zz", "true")
    ),
    inline(4),
)
numbers: SearchStrategy[int | float] = st.one_of(
    st.sampled_from(
        (0, -1, 1, 2, 3, 99, 10**6, 2**31, 2**63 - 1, 2**63, -(2**63), 10**30, 0.0, -0.0, 1.5, 1e308, 1e-9)
    ),
    st.integers(-5, 40),
)
scalars: SearchStrategy[Any] = st.one_of(texts, numbers, st.booleans(), st.none())
values: SearchStrategy[Any] = st.recursive(
    scalars, lambda one: st.one_of(st.lists(one, max_size=3), st.dictionaries(texts, one, max_size=3)), max_leaves=5
)


def paths(tree: Any, at: Steps = ()) -> Iterator[Steps]:
    """Yield the place of everything in a tree, but the tree itself."""
    steps: Sequence[Step] = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for step in steps:
        yield (*at, step)
        yield from paths(tree[step], (*at, step))


def found(tree: Any, path: Steps) -> Any:
    """Return what stands at a place of a tree."""
    for step in path:
        tree = tree[step]
    return tree


def changed(tree: Any, path: Steps, change: Callable[[Any, Step], None]) -> Any:
    """Return a tree with one of its parts copied and changed; the rest is shared with the one that was given."""
    copy: Any = tree.copy()
    if len(path) == 1:
        change(copy, path[0])
    else:
        copy[path[0]] = changed(copy[path[0]], path[1:], change)
    return copy


@st.composite
def broken_bytes(draw: st.DrawFn, content: bytes, pieces: SearchStrategy[bytes]) -> bytes:
    """Return bytes with a stretch of them lost, doubled, or with something else in its place."""
    start = draw(st.integers(0, len(content)))
    end = min(len(content), start + draw(st.one_of(st.just(0), st.integers(0, 8), st.integers(0, 400))))
    middle = draw(
        st.one_of(
            pieces,
            st.just(b""),
            st.just(content[start:end] * 2),
            st.binary(min_size=1, max_size=3),
            st.just(content[:40]),
        )
    )
    cut = draw(st.integers(0, 19)) == 0
    return content[:start] + middle + (b"" if cut else content[end:])
