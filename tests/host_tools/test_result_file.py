"""Result files appear whole or not at all, and never in place of something that is no ordinary file."""

import errno
import io
import os
import re
import resource
import signal
import socket
import stat

import pytest

from host_tools.cli import run
from host_tools.result_file import ResultFileError, result_file, write_result


def make_pipe(path):
    os.mkfifo(path)


def make_link(path):
    path.symlink_to(path.with_name("target"))


def make_link_to_a_file(path):
    path.with_name("target").write_bytes(b"old")
    path.symlink_to(path.with_name("target"))


def make_folder(path):
    path.mkdir()


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


OTHER_KINDS = [
    (make_pipe, "a pipe"),
    (make_link, "a symbolic link"),
    (make_link_to_a_file, "a symbolic link"),
    (make_folder, "a folder"),
    (make_socket, "a socket"),
]


def kinds_in(folder):
    return {path.name: stat.S_IFMT(path.lstat().st_mode) for path in folder.iterdir()}


def test_a_result_is_written_with_the_usual_rights(tmp_path):
    before = os.umask(0o027)
    try:
        write_result(tmp_path / "result", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "result").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "result").stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["result"]


def test_an_ordinary_file_is_replaced(tmp_path):
    (tmp_path / "result").write_bytes(b"an older and longer result")
    write_result(str(tmp_path / "result"), b"new")
    assert (tmp_path / "result").read_bytes() == b"new"


@pytest.mark.parametrize(("make", "kind"), OTHER_KINDS, ids=lambda value: getattr(value, "__name__", None))
def test_anything_but_a_file_is_refused_and_stays(tmp_path, make, kind):
    path = tmp_path / "result"
    make(path)
    before = kinds_in(tmp_path)
    with pytest.raises(ResultFileError, match=rf"^{re.escape(str(path))} cannot be written: it is {kind}\.$"):
        write_result(path, b"new")
    assert kinds_in(tmp_path) == before


def test_a_device_is_refused_before_anything_is_written_beside_it(monkeypatch):
    touched = []

    def touch(path, *_):
        touched.append(path)
        return io.BytesIO()

    # A broken writer must not replace the device of the machine that runs the tests.
    monkeypatch.setattr("os.replace", touch)
    monkeypatch.setattr("pathlib.Path.open", touch)
    monkeypatch.setattr("pathlib.Path.unlink", lambda path, **_: None)
    with pytest.raises(ResultFileError, match=r"^/dev/null cannot be written: it is a device\.$"):
        write_result("/dev/null", b"new")
    assert touched == []


def test_what_becomes_a_link_while_the_result_is_written_is_not_replaced(tmp_path):
    path = tmp_path / "result"
    with pytest.raises(ResultFileError, match="a symbolic link"), result_file(path):
        make_link(path)
    assert os.listdir(tmp_path) == ["result"]
    assert path.is_symlink()


@pytest.mark.parametrize("end", [KeyboardInterrupt, ZeroDivisionError, ValueError])
def test_an_exception_leaves_the_old_file_and_nothing_else(tmp_path, end):
    (tmp_path / "result").write_bytes(b"old")
    with pytest.raises(end), result_file(tmp_path / "result") as stream:
        stream.write(b"half")
        raise end
    assert (tmp_path / "result").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["result"]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_one_sentence_and_one_advice(tmp_path, monkeypatch, error):
    def fail(*_):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(ResultFileError) as refusal:
        write_result(tmp_path / "result", b"new")
    assert refusal.value.message == f"{tmp_path / 'result'} cannot be written: {os.strerror(error)}."
    assert refusal.value.advice == "Free some space, or give a file on another disk."
    assert os.listdir(tmp_path) == []


def test_a_disk_that_takes_only_half_the_result_keeps_the_old_one(tmp_path):
    (tmp_path / "result").write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(ResultFileError, match="cannot be written"):
            write_result(tmp_path / "result", bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "result").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["result"]


def test_the_file_that_a_result_is_made_from_is_refused_under_any_name(tmp_path):
    source, other = tmp_path / "source", tmp_path / "other"
    source.write_bytes(b"source")
    os.link(source, other)
    for path in (source, other):
        with pytest.raises(ResultFileError, match="is the file that it is made from"):
            write_result(path, b"new", source)
    assert source.read_bytes() == b"source"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ResultFileError, match=rf"there is no folder {re.escape(str(tmp_path / 'none'))}\.$"):
        write_result(tmp_path / "none" / "result", b"new")


def test_a_long_name_is_allowed_and_a_longer_one_refused(tmp_path):
    write_result(tmp_path / ("n" * 255), b"new")
    with pytest.raises(ResultFileError, match="File name too long"):
        write_result(tmp_path / ("n" * 256), b"new")


def test_a_name_with_control_characters_is_shown_without_them(tmp_path):
    for name in ("nul\0", "none\x1b[2J/result"):
        with pytest.raises(ResultFileError, match="cannot be written") as refusal:
            write_result(f"{tmp_path}/{name}", b"new")
        assert refusal.value.message.isprintable()


@pytest.mark.parametrize(
    "command",
    [
        ["program", "build", "classic", "-o"],
        ["board", "compile", "pico", "-o"],
        ["board", "show", "pico", "--svg"],
        ["sim", "--headless", "--json"],
        ["sim", "--headless", "--trace"],
    ],
    ids=" ".join,
)
def test_every_command_refuses_a_pipe_before_its_work(tmp_path, capsys, command):
    make_pipe(tmp_path / "result")
    assert run([*command, str(tmp_path / "result")]) == 1
    out, err = capsys.readouterr()
    assert "cannot be written: it is a pipe." in err
    assert "Traceback" not in err
    assert out == ""
    assert stat.S_ISFIFO((tmp_path / "result").lstat().st_mode)
