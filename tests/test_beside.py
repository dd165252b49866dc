"""Work in another process gives the same as work here: its value, or its exception."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ogp_data.core import background as module
from ogp_data.core.background import beside


def test_the_work_is_done_in_another_process() -> None:
    with beside(os.getpid) as value:
        assert value() != os.getpid()


def test_its_value_is_that_of_the_function() -> None:
    with beside(sorted, [3, 1, 2]) as value:
        assert value() == [1, 2, 3]


def test_what_the_work_raises_is_raised_here() -> None:
    with beside(int, "seven") as value, pytest.raises(ValueError, match="seven"):
        value()


def test_what_the_work_prints_is_no_part_of_its_value() -> None:
    with beside(print, "noise") as value:
        assert value() is None


@pytest.mark.parametrize("python", ["", "/nowhere/python", "false"], ids=["unknown", "absent", "broken"])
def test_without_another_process_the_work_is_done_here(python: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", python)
    with beside(os.getpid) as value:
        assert value() == os.getpid()


def test_a_file_in_the_folder_of_the_user_is_no_module_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('read the wrong file')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with beside(os.getpid) as value:
        assert value() != os.getpid()


def test_work_that_nobody_waits_for_ends_with_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(*command: Any, **how: Any) -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen(*command, **how))
        return begun[-1]

    monkeypatch.setattr(module, "Popen", begin)
    with pytest.raises(KeyError), beside(time.sleep, 60):
        raise KeyError("the build is over")
    (process,) = begun
    assert process.returncode == -signal.SIGKILL
