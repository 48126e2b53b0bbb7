"""A board is compiled to the file that the firmware loads."""

from host_tools.board.load import find, load_board
from host_tools.cli import run
from tests.host_tools.board_files import edited


def instep(*arguments):
    return run(["board", *(str(argument) for argument in arguments)])


def test_a_compiled_board_is_written_to_the_given_path(tmp_path, capsys):
    path = tmp_path / "board.bin"
    assert instep("compile", "pico2", "-o", path) == 0
    assert path.read_bytes() == load_board("pico2").data
    assert capsys.readouterr().out == f"{path}: pico2, {path.stat().st_size} bytes.\n"
    assert instep("check", path) == 1
    assert capsys.readouterr().err.startswith(f"{path} is a compiled board file.\n")


def test_nothing_is_compiled_from_a_bad_file(tmp_path, capsys):
    source, path = tmp_path / "board.toml", tmp_path / "board.bin"
    source.write_text(edited({"pins.relay": "23"}))
    assert instep("compile", source, "-o", path) == 1
    assert not path.exists()
    assert instep("compile", "pico", "-o", find("pico")) == 1
    assert "is the file that it is made from" in capsys.readouterr().err
