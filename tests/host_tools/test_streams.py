"""Output on streams of every encoding, on a closed pipe and on a full disk: text or a sentence, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from host_tools import cli, streams

ENCODINGS = ("ascii", "latin-1", "cp437", "cp1252", "utf-8")
COMMANDS = (
    ("--help",),
    ("board", "show", "pico"),
    ("program", "show", "classic"),
    ("program", "check", "gentle"),
    ("faults",),
    ("sim", "--help"),
    ("jog", "--help"),
)
FULL = Path("/dev/full")


@pytest.fixture
def printed(tmp_path, monkeypatch):
    """Return a function that runs a command whose streams have an encoding, and returns exit code, output, errors."""

    def run(arguments, encoding):
        paths = [tmp_path / name for name in ("out", "err")]
        with paths[0].open("w", encoding=encoding) as out, paths[1].open("w", encoding=encoding) as err:
            monkeypatch.setattr(sys, "stdout", out)
            monkeypatch.setattr(sys, "stderr", err)
            streams.prepare_streams()
            code = cli.run(list(arguments))
            sys.stdout.flush()
            sys.stderr.flush()
            monkeypatch.undo()
        return code, *(path.read_text(encoding=encoding, errors="surrogateescape") for path in paths)

    return run


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_prints_in_every_encoding(printed, arguments, encoding):
    code, out, err = printed(arguments, encoding)
    assert (code, err) == (0, "") and len(out) > 200


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_error_is_printed_in_every_encoding(printed, encoding):
    code, out, err = printed(("program", "show", "“quick”"), encoding)
    assert (code, out) == (1, "") and "There is no program" in err


def test_a_missing_character_is_replaced_by_one_that_looks_like_it_or_by_a_question_mark(tmp_path, monkeypatch):
    path = tmp_path / "out"
    with path.open("w", encoding="ascii") as out:
        monkeypatch.setattr(sys, "stdout", out)
        streams.prepare_streams()
        print("−10 °C × 3 ‰ … 足")
        sys.stdout.flush()
        monkeypatch.undo()
    assert path.read_text() == "-10  deg C x 3 /1000 ... ?\n"


def into(target, *arguments, **options):
    """Run `instep` with its output going to an open file; return exit code and errors."""
    command = [sys.executable, "-m", "host_tools", *arguments]
    outcome = subprocess.run(command, stdout=target, stderr=subprocess.PIPE, text=True, check=False, **options)
    return outcome.returncode, outcome.stderr


@pytest.mark.parametrize("is_unbuffered", [False, True])
@pytest.mark.parametrize("arguments", [("program", "show", "classic"), ("--help",)], ids=" ".join)
def test_a_reader_that_has_ended_is_one_sentence(arguments, is_unbuffered):
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1" if is_unbuffered else ""}
    code, error = into(writer, *arguments, env=environment)
    os.close(writer)
    assert (code, error) == (1, "The output was not written to its end: the program that read it has ended.\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [("program", "show", "classic"), ("--help",)], ids=" ".join)
def test_a_full_disk_is_one_sentence(arguments):
    with FULL.open("w") as full:
        code, error = into(full, *arguments)
    assert (code, error) == (1, "The output was not written to its end: No space left on device.\n")


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_streams_that_are_closed_from_the_start_change_nothing(closed):
    command = f'"{sys.executable}" -m host_tools program check quick {closed}'
    outcome = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_an_error_that_nobody_can_read_leaves_its_exit_code():
    with FULL.open("w") as full:
        command = [sys.executable, "-m", "host_tools", "program", "show", "nonsense"]
        assert subprocess.run(command, stderr=full, check=False).returncode == 1
