"""Compiled physics: kept where a folder can be written, and compiled at every start where none can."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.plant import jit

ROOT = Path(__file__).resolve().parents[3]
_SHOW = "from sim.plant import jit; print(jit.KEPT_IN); print(jit.wait_ahead())"
_COMPILE = "from sim.plant import jit; print(jit.compiled(lambda value: value + 1)(41))"


def started(code, **environment):
    kept = {key: value for key, value in os.environ.items() if key not in ("HOME", "XDG_CACHE_HOME")}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=kept | environment, cwd=ROOT, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_the_first_folder_that_can_be_written_is_taken(tmp_path):
    (tmp_path / "file").write_text("")
    folders = [tmp_path / "file" / "below a file", tmp_path / "new" / "one", tmp_path / "other"]
    assert jit.first_writable(folders) == tmp_path / "new" / "one"
    assert jit.first_writable(folders[:1]) is None


def test_the_first_start_says_that_it_compiles_and_later_ones_do_not(tmp_path):
    assert "at the first start only" in started(_SHOW, NUMBA_CACHE_DIR=str(tmp_path))[1]
    (tmp_path / "code.nbi").write_text("")
    assert started(_SHOW, NUMBA_CACHE_DIR=str(tmp_path))[1:] in ([], [""])


@pytest.mark.parametrize("home", [{}, {"HOME": "/dev/null"}])
def test_without_any_folder_the_physics_is_compiled_and_the_start_says_why_it_waits(tmp_path, home):
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    where, sentence = started(_SHOW, NUMBA_CACHE_DIR=str(nowhere), **home)
    assert where == "None" and "no folder for compiled code can be written" in sentence
    assert started(_COMPILE, NUMBA_CACHE_DIR=str(nowhere), **home) == ["42"]
