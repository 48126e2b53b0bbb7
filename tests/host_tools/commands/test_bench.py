"""The figures that are written into docs/figures.md."""

import pytest

from host_tools import cli
from tests.bench import command, written
from tests.bench.figure import Figure

PAGE = """\
# Figures

## size

What it takes.

## search

How near.

| what | measured |
|---|---|
| old | 1 % |

## other
"""
FIGURES = [Figure("files", "3 KiB", "≤ 4 KiB", holds=True), Figure("heap", "9 KiB", "≤ 4 KiB", "theirs", False)]


def test_a_section_gets_its_table_and_the_others_stay():
    once = written.with_section(PAGE, "size", FIGURES)
    assert "| files | 3 KiB | ≤ 4 KiB |  | holds |\n| heap | 9 KiB | ≤ 4 KiB | theirs | missed |\n\n## search" in once
    assert "| old | 1 % |" in once
    assert written.with_section(once, "size", FIGURES) == once
    again = written.with_section(once, "search", FIGURES[:1])
    assert "| old | 1 % |" not in again and again.endswith("| holds |\n\n## other\n")


def test_a_kind_without_a_section_is_an_error():
    with pytest.raises(ValueError, match="no section speed"):
        written.with_section(PAGE, "speed", FIGURES)


def test_bench_writes_what_it_has_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "PAGE", tmp_path / "figures.md")
    written.PAGE.write_text(PAGE, encoding="utf-8")
    monkeypatch.setitem(command.MEASURES, "size", lambda: iter(FIGURES))
    assert cli.run(["bench", "size"]) == 1
    assert written.PAGE.read_text(encoding="utf-8") == PAGE
    assert cli.run(["bench", "size", "--write"]) == 1
    assert "| files | 3 KiB |" in written.PAGE.read_text(encoding="utf-8")


def test_what_depends_on_the_computer_is_not_written(capsys):
    assert cli.run(["bench", "size", "speed", "--write"]) == 1
    assert "docs/figures.md has no table of speed" in capsys.readouterr().err


def test_the_page_has_a_table_of_every_kind_that_is_written():
    text = written.PAGE.read_text(encoding="utf-8")
    for kind in ("size", "session", "search"):
        assert f"## {kind}\n" in text
        section = text.partition(f"## {kind}\n")[2].partition("\n## ")[0]
        assert "| what | measured | target |" in section, kind
