"""`instep program check`, `build` and `show`, as a person calls them."""

import os
import stat
from pathlib import Path

import pytest

from host_tools.cli import run
from host_tools.program.load import load_program, shipped
from host_tools.source_file import SOURCE_MAX_BYTES

GOOD = 'format = 1\nname = "mine"\ntitle = "My [bold]own[/bold]"\n[[phase]]\ntechnique = "top"\nforce_out_n = 20\n'
BAD = 'format = 1\nname = "mine"\n[[phase]]\ntechnique = "top"\nforce_out_n = 50\nrepeats = 0\n'


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.toml"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.toml"
    path.write_text(BAD)
    return path


def instep(*arguments: object) -> int:
    return run(["program", *(str(argument) for argument in arguments)])


def test_check_prints_the_proved_bounds(good, capsys):
    assert instep("check", good) == 0
    out, err = capsys.readouterr()
    assert f"{good}: sound, " in out
    rows = {line.strip()[:24].strip(): line.split()[-3:] for line in out.splitlines()}
    assert rows["force of the top roller"] == ["26", "35", "N"]
    assert rows["speed of the top roller"] == ["39", "100", "mm/s"]
    assert rows["set point at the skin"] == ["-", "41", "°C"]
    assert "every axis is home at the end" in out
    assert err == ""


def test_check_reports_all_violations_of_all_files_and_proves_the_rest(good, bad, tmp_path, capsys):
    assert instep("check", bad, good, tmp_path / "none.toml") == 1
    out, err = capsys.readouterr()
    assert f"{good}: sound" in out
    assert err.splitlines()[:3] == [
        f"{bad}:5: phase 1, force_out_n = 50: is too large; allowed: 0 to 35 N in steps of 0.01",
        f"{bad}:6: phase 1, repeats = 0: is too small; allowed: 1 to 100",
        f"There is no program {tmp_path / 'none.toml'}.",
    ]
    assert "README.md describes every field" in err


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_name_is_accepted_where_a_file_is(name, capsys):
    assert instep("check", name) == 0
    assert f"{name}.toml: sound" in capsys.readouterr().out


def test_build_writes_the_compiled_form(good, tmp_path, capsys):
    out = tmp_path / "mine.bin"
    assert instep("build", good, "-o", out) == 0
    assert out.read_bytes() == load_program(str(good)).data
    assert stat.S_IMODE(out.stat().st_mode) == 0o644
    assert f"{out}: mine, " in capsys.readouterr().out


def test_a_build_that_fails_leaves_what_was_there(bad, tmp_path, capsys):
    out = tmp_path / "mine.bin"
    out.write_bytes(b"old")
    assert instep("build", bad, "-o", out) == 1
    assert out.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["bad.toml", "mine.bin"]


def test_a_write_that_fails_half_way_leaves_no_file_behind(good, tmp_path, capsys, monkeypatch):
    def fail(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    assert instep("build", good, "-o", tmp_path / "mine.bin") == 1
    assert os.listdir(tmp_path) == ["good.toml"]
    assert "cannot be written: No space left on device." in capsys.readouterr().err


def test_build_does_not_overwrite_the_program_file(good, capsys):
    assert instep("build", good, "-o", good) == 1
    assert good.read_text() == GOOD
    assert "is the file that it is made from" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["none/mine.bin", ".", "long" * 100, "nul\0"])
def test_build_to_an_impossible_place_says_so(good, tmp_path, capsys, place):
    assert instep("build", good, "-o", f"{tmp_path}/{place}") == 1
    assert os.listdir(tmp_path) == ["good.toml"]
    err = capsys.readouterr().err
    assert "cannot be written" in err
    assert "Traceback" not in err


def test_show_pictures_a_program_file(capsys):
    assert instep("show", "classic") == 0
    out = capsys.readouterr().out
    assert out.startswith("Classic (classic): 15 minutes, heat low")
    rows = [line.split() for line in out.splitlines() if "█" in line]
    assert [row[3] for row in rows] == ["smooth", "top", "sole", "pull", "slide", "smooth"]
    assert rows[0][0] == "0:00"
    assert rows[-1][4] == "(closing)"
    assert "force of the sole roller" in out
    feet = {row.split()[0]: row for row in out.splitlines() if row.split()[:1] in (["left"], ["right"])}
    assert all("%" in row and "min" in row and row.count("× median") == 2 for row in feet.values())
    assert len(feet) == 2
    assert "at the tips 30 %" in " ".join(out.split())


@pytest.mark.parametrize(("name", "is_uneven"), [("quick", True), ("classic", False)])
def test_show_says_how_to_even_a_dose_that_is_too_great_at_the_ends(name, is_uneven, capsys):
    assert instep("show", name) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert ("force_tips_percent = 30 and force_end_percent = 30 in a phase" in out) == is_uneven


def test_show_prints_a_title_as_it_is(good, capsys):
    assert instep("show", good) == 0
    assert "My [bold]own[/bold] (mine)" in capsys.readouterr().out


def test_show_says_that_a_program_is_given_once(capsys):
    assert instep("show", "demo") == 0
    assert "given once" in capsys.readouterr().out


def test_what_show_prints_of_a_compiled_program_builds_to_the_same_bytes(good, tmp_path, capsys):
    first, second, shown = tmp_path / "a.bin", tmp_path / "b.bin", tmp_path / "shown.toml"
    assert instep("build", good, "-o", first) == 0
    capsys.readouterr()
    assert instep("show", first) == 0
    shown.write_text(capsys.readouterr().out)
    assert instep("build", shown, "-o", second) == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_compiled_program_is_not_a_program_file(good, tmp_path, capsys):
    out = tmp_path / "mine.bin"
    assert instep("build", good, "-o", out) == 0
    assert instep("check", out) == 1
    assert f"{out} is a compiled program, not a program file.\nGive the .toml file" in capsys.readouterr().err


GARBAGE = {
    "binary.toml": (b"\x00\x01\xfe\xff" * 50, ":1: is not UTF-8 text."),
    "late.toml": (b"format = 1\n# \xff\n", ":2: is not UTF-8 text."),
    "empty.toml": (b"", ":1: format: is missing; allowed: 1"),
    "huge.toml": (b"# " + b"x" * SOURCE_MAX_BYTES, f" is larger than {SOURCE_MAX_BYTES} bytes."),
    "broken.toml": (b"format = = 1", ":1: the file: is not valid TOML: "),
    "damaged.toml": (b"ISTP" * 20, "program has version"),
}


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("command", ["check", "show", "build"])
def test_garbage_is_refused_with_a_sentence(name, command, tmp_path, capsys):
    data, said = GARBAGE[name]
    path = tmp_path / name
    path.write_bytes(data)
    options = ["-o", tmp_path / "out.bin"] if command == "build" else []
    assert instep(command, path, *options) == 1
    err = capsys.readouterr().err
    assert str(path) in err
    assert said in err or (data.startswith(b"ISTP") and "is a compiled program" in err)
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_directory_and_a_missing_file_are_refused_with_the_names_of_what_there_is(command, tmp_path, capsys):
    assert instep(command, tmp_path) == 1
    assert instep(command, tmp_path / "none.toml") == 1
    assert instep(command, "clasic") == 1
    err = capsys.readouterr().err
    assert f"{tmp_path} is not a file." in err
    assert f"There is no program {tmp_path / 'none.toml'}." in err
    assert "There is no program clasic." in err
    assert err.count("one of: classic, demo, duo, evening, gentle, quick, toes") == 3


@pytest.mark.parametrize("name", ["nul\0.toml", "long" * 100])
def test_a_name_that_cannot_be_a_file_is_refused(name, capsys):
    assert instep("check", name) == 1
    err = capsys.readouterr().err
    assert "cannot be read" in err or "There is no program" in err
    assert "\0" not in err


def test_a_file_with_a_byte_order_mark_is_read(good, capsys):
    good.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert instep("check", good) == 0
