"""Board files by name and by path: shipped ones first, each other case in a sentence."""

import pytest

from host_tools.board.load import find, load_board, shipped, shown
from host_tools.data_folders import BOARDS
from host_tools.errors import InstepError
from instep.hal.board import Board


def test_a_shipped_name_is_its_file_and_anything_else_a_path(tmp_path):
    assert find("pico") == BOARDS / "pico" / "board.toml"
    assert find(str(tmp_path)) == tmp_path
    assert {"pico", "pico2"} <= set(shipped())


@pytest.mark.parametrize("name", shipped())
def test_a_loaded_board_is_what_the_firmware_reads(name):
    loaded = load_board(name)
    board = Board(loaded.data)
    assert board.pins == loaded.wiring.pins and board.chip == loaded.wiring.chip


def test_a_copy_in_any_place_is_the_same_board(tmp_path):
    copy = tmp_path / "mine.toml"
    copy.write_bytes(find("pico").read_bytes())
    assert load_board(str(copy)).data == load_board("pico").data


def test_a_compiled_board_and_a_missing_one_are_refused_with_what_to_give(tmp_path):
    file = tmp_path / "board.bin"
    file.write_bytes(load_board("pico").data)
    with pytest.raises(InstepError, match="is a compiled board file"):
        load_board(str(file))
    with pytest.raises(InstepError, match="There is no board") as refused:
        load_board(str(tmp_path / "no.toml"))
    assert "pico" in refused.value.advice


def test_a_path_inside_the_folder_is_shown_from_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "mine" / "board.toml") == "mine/board.toml"
    assert shown(tmp_path.parent / "board.toml") == str(tmp_path.parent / "board.toml")
