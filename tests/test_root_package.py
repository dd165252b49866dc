"""What is over all publications is put at the top of dist/ whole or not at all, and nothing else is touched."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.package import root, store


def staged(folder: Path, files: Mapping[str, str]) -> Path:
    stage = Stage(folder / "staged")
    for path, text in files.items():
        stage.add(path, text.encode())
    stage.add(MANIFEST, manifest(stage.artefacts, "root", ""))
    return stage.folder


def publication(folder: Path, name: str) -> None:
    stage = Stage(folder / f"of-{name}")
    stage.add("data.csv", name.encode())
    stage.add(MANIFEST, manifest(stage.artefacts, name, "1.0.0"))
    store.publish(stage.folder, folder / "dist", name)


def seen(dist: Path) -> dict[str, str]:
    """Return what a reader finds below dist/, hidden folders of the program left out, by path."""
    tops = [path for path in sorted(dist.iterdir()) if not path.name.startswith(".") or path.name == ".well-known"]
    files = [one for top in tops for one in ([top] if top.is_file() else sorted(top.rglob("*"))) if one.is_file()]
    return {one.relative_to(dist).as_posix(): one.read_text() for one in files if one.name != MANIFEST}


OLD = {"index.json": "old", "all/themes/themes.csv": "old", ".well-known/security.txt": "old", "nl/index.html": "old"}
NEW = {"index.json": "new", "all/themes/themes.csv": "new", ".well-known/security.txt": "new", "feed.atom": "new"}


def test_the_root_is_replaced_whole_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    publication(tmp_path, "nl-1")
    assert root.publish_root(staged(tmp_path, OLD), dist)
    assert seen(dist) == {**OLD, "nl-1/data.csv": "nl-1"}
    assert not root.publish_root(staged(tmp_path, OLD), dist)
    assert root.publish_root(staged(tmp_path, NEW), dist)
    assert seen(dist) == {**NEW, "nl-1/data.csv": "nl-1"}
    assert root.published_ids(dist) == ["nl-1"]


def test_at_every_moment_what_is_seen_is_the_old_root_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dist, views = tmp_path / "dist", list[dict[str, str]]()
    root.publish_root(staged(tmp_path, OLD), dist)
    new = staged(tmp_path, NEW)
    for name in ("symlink_to", "unlink", "rename", "replace"):
        real = getattr(Path, name)

        def watched(*arguments: object, real=real, **options: object) -> object:  # type: ignore[no-untyped-def]
            done = real(*arguments, **options)
            views.append(seen(dist))
            return done

        monkeypatch.setattr(Path, name, watched)
    root.publish_root(new, dist)
    assert [one for one in views if one not in (OLD, NEW)] == []
    assert views[0] == OLD
    assert views[-1] == NEW


@pytest.mark.parametrize("what", ["file", "folder", "link", "publication"])
def test_what_is_not_the_roots_is_never_replaced(tmp_path: Path, what: str) -> None:
    dist = tmp_path / "dist"
    root.publish_root(staged(tmp_path, OLD), dist)
    place = dist / "feed.atom"
    if what == "publication":
        publication(tmp_path, "feed.atom")
    elif what == "folder":
        place.mkdir()
    elif what == "link":
        place.symlink_to("../elsewhere")
    else:
        place.write_text("mine")
    before = sorted(path.name for path in dist.iterdir())
    with pytest.raises(store.ForeignError):
        root.publish_root(staged(tmp_path, {**NEW, "search.html": "new"}), dist)
    assert sorted(path.name for path in dist.iterdir()) == before
    assert (dist / "index.json").read_text() == "old"


def test_a_publication_that_is_gone_gives_its_place_to_the_root_and_its_editions_are_removed(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    publication(tmp_path, "nl-1")
    publication(tmp_path, "nl-2")
    assert root.publish_root(staged(tmp_path, {**OLD, "nl-1/index.html": "withdrawn"}), dist, {"nl-1"})
    assert seen(dist) == {**OLD, "nl-1/index.html": "withdrawn", "nl-2/data.csv": "nl-2"}
    assert root.published_ids(dist) == ["nl-2"]
    left = [path.read_text() for path in (dist / ".nl-1.editions").rglob("data.csv")]
    assert left == []
    assert not root.publish_root(staged(tmp_path, {**OLD, "nl-1/index.html": "withdrawn"}), dist, {"nl-1"})


def test_a_publication_that_was_gone_can_come_back(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    publication(tmp_path, "nl-1")
    root.publish_root(staged(tmp_path, {**OLD, "nl-1/index.html": "withdrawn"}), dist, {"nl-1"})
    publication(tmp_path, "nl-1")
    root.publish_root(staged(tmp_path / "again", OLD), dist)
    assert seen(dist) == {**OLD, "nl-1/data.csv": "nl-1"}
    assert root.published_ids(dist) == ["nl-1"]


def test_links_that_a_kill_left_are_swept_by_the_next_run(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    root.publish_root(staged(tmp_path, OLD), dist)
    (dist / "half.html").symlink_to(".root/half.html")
    (dist / "index.json").unlink()
    assert root.publish_root(staged(tmp_path, OLD), dist)
    assert seen(dist) == OLD
    assert not (dist / "half.html").is_symlink()


# Whether it stands -----------------------------------------------------------------------------------------


def standing(folder: Path) -> tuple[Path, str]:
    """Return a `dist/` with a root and a publication, and the checksum of the root's manifest."""
    dist = folder / "dist"
    publication(folder, "nl-1")
    publication(folder, "nl-2")
    root.publish_root(staged(folder, {**OLD, "nl-2/index.html": "withdrawn"}), dist, {"nl-2"})
    return dist, hashlib.sha256((dist / ".root" / MANIFEST).read_bytes()).hexdigest()


def whole(dist: Path) -> dict[str, str]:
    """Return what a root is made of: its files with their bytes, and what is a link at the top with where it leads."""
    top = (dist / ".root").resolve()
    inside = {f".root/{path.relative_to(top)}": path.read_text() for path in top.rglob("*") if path.is_file()}
    links = {path.name: str(path.readlink()) for path in dist.iterdir() if path.is_symlink()}
    # A link of somebody else's, under a name that is none of ours, is left alone.
    return inside | {name: leads for name, leads in links.items() if (name, leads[:5]) != (f"half-{name[5:]}", "elsew")}


def spoil(chance: Random, dist: Path) -> None:
    """Do to a root what people, disks and other programs do."""
    top = (dist / ".root").resolve()
    file = chance.choice([path for path in sorted(top.rglob("*")) if path.is_file()])
    link = chance.choice([path for path in sorted(dist.iterdir()) if root.is_of_root(path)])
    what = chance.choice(("cut", "change", "remove", "add", "unlink", "relink", "dangle", "back", "nothing", "touch"))
    if what == "cut":
        file.write_text(file.read_text()[:-1])
    elif what == "change":
        file.write_text(chance.choice(("old", "new", "")))
    elif what == "remove":
        file.unlink()
    elif what == "add":
        (file.parent / "mine.txt").write_text("mine")
    elif what == "unlink":
        link.unlink()
    elif what == "relink":
        link.unlink()
        link.symlink_to("elsewhere")
    elif what == "dangle":
        half = f"half-{chance.random()}.html"
        (dist / half).symlink_to(f".root/{half}")
    elif what == "back" and root.is_of_root(dist / "nl-2"):
        publication(dist.parent, "nl-2")
    elif what == "touch":
        file.touch()


def check(folder: Path, seed: int) -> None:
    """A root stands just where nothing of it is other than it was; else the next run puts it right."""
    dist, sha256 = standing(folder)
    chance, before = Random(seed), whole(dist)
    for _ in range(chance.randrange(3)):
        spoil(chance, dist)
    assert root.stands(dist, sha256, {"nl-2"}) is (whole(dist) == before), seed
    assert not root.stands(dist, hashlib.sha256(b"another").hexdigest(), {"nl-2"})
    for link in [path for path in dist.iterdir() if path.is_symlink() and str(path.readlink()) == "elsewhere"]:
        link.unlink()  # a link of somebody else is in the way, and is told
    root.publish_root(staged(folder, {**OLD, "nl-2/index.html": "withdrawn"}), dist, {"nl-2"})
    assert whole(dist) == before | {".root": whole(dist)[".root"]}, seed
    assert root.stands(dist, hashlib.sha256((dist / ".root" / MANIFEST).read_bytes()).hexdigest(), {"nl-2"})


def test_a_root_stands_where_nothing_of_it_is_other_than_it_was(tmp_path: Path) -> None:
    for seed in range(60):
        check(tmp_path / str(seed), seed)
        shutil.rmtree(tmp_path / str(seed))


def test_where_nothing_was_published_no_root_stands(tmp_path: Path) -> None:
    assert not root.stands(tmp_path / "dist", "")
