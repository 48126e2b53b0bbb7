"""The walks of docs/extend.md, as written: changes are made in a copy of the sources, commands run there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from host_tools.docs.imports import ROOT

BOARD, _, TECHNIQUE = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8").partition("## A technique")
FOLDERS = ("boards", "firmware", "host_tools", "sim")


def changes(walk: str) -> Iterator[tuple[str, str, str]]:
    """Yield file, old text and new text of every change in the walk's diffs."""
    for block in re.findall(r"^ *```diff\n(.*?)^ *```", walk, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^ *--- ", block, flags=re.MULTILINE)[1:]:
            file, _, body = part.partition("\n")
            for old, new in re.findall(r"((?:^ *-.*\n)+)((?:^ *\+.*\n)+)", body, re.MULTILINE):
                yield file, re.sub(r"(?m)^ *-", "", old), re.sub(r"(?m)^ *\+", "", new)


def make(folder: Path, walk: str) -> None:
    """Make the walk's changes; each old text stands once in its file."""
    for file, old, new in changes(walk):
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} has {text.count(old)} times: {old}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def clone(tmp_path):
    """A copy of the sources; every Python below imports from it."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def run(clone):
    """Return a function that runs Python with the copy's sources and returns what it prints; it must not fail."""
    paths = os.pathsep.join((str(clone), str(clone / "firmware")))
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}

    def call(*arguments: str) -> str:
        command = (sys.executable, *arguments)
        done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return call


def typed(walk: str) -> list[list[str]]:
    """Return the walk's calls of `instep`."""
    return [line.split() for line in re.findall(r"^ +\.venv/bin/instep (.*)$", walk, re.MULTILINE)]


def test_a_board_of_ones_own_is_changed_checked_and_drawn_as_written(clone, run):
    (copied,) = re.findall(r"^ +cp (.*) my\.toml$", BOARD, re.MULTILINE)
    shutil.copy(clone / copied, clone / "my.toml")
    make(clone, BOARD)
    check, show, draw = typed(BOARD)
    assert "is valid" in run("-m", "host_tools", *check)
    said = run("-m", "host_tools", *show)
    assert re.search(r"GP22 +relay", said) and re.search(r"GP21 +emergency_stop", said)
    run("-m", "host_tools", *draw)
    assert (clone / "my.svg").is_file()


def test_a_technique_of_ones_own_is_proved_and_given_as_written(clone, run):
    make(clone, TECHNIQUE)
    words = clone / "firmware" / "instep" / "panel" / "words.py"
    later = re.sub(r"(?m)^([A-Z_]+) = ([1-9]\d*)", lambda row: f"{row[1]} = {int(row[2]) + 1}", words.read_text())
    words.write_text(later, encoding="utf-8")
    (file,) = re.findall(r"```toml\n(.*?)```", TECHNIQUE, re.DOTALL)
    (clone / "knead.toml").write_text(file, encoding="utf-8")
    check, sim = typed(TECHNIQUE)
    assert "26" in run("-m", "host_tools", *check)
    assert re.search(r"knead +left +9", run("-m", "host_tools", *sim))
    assert "knead" in (clone / "knead.html").read_text(encoding="utf-8").lower()
    shown = "from instep.panel import words as w; print(*(w.WORDS.get(at) for at in (7, w.BALANCES, w.REFUSALS)))"
    assert run("-c", shown).startswith("KNEADING right -2 Gentle today: no firmer")
    kept = "from instep.people import *; p = People(); p.put(LEFT_OUT, 1 << 7); print(p.get(LEFT_OUT))"
    assert run("-c", kept) == "128\n"
