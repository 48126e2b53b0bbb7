"""What the board runs, from a slot's folder to the way out: the whole firmware over the chips' models."""

import gc
import sys
import time

import pytest

import instep.hal
import instep.hal.board
import instep.link.port
import instep.storage.filesystem
from host_tools.board.load import load_board
from host_tools.program.load import load_program
from instep import run
from instep.hal.board import Board, BoardError
from instep.loop import Loop
from tests.firmware.hal.board_rig import POWERED, chips_of
from tests.firmware.hal.chip_modules import Chip, install
from tests.keep_disk import FakeDisk

_BOARD = Board(load_board("pico").data)
_HELD_LOW = 0x204
_BOARD_MODULE = sys.modules["instep.hal.board"]
_CALIBRATION_MODULE = sys.modules["instep.hal.calibration"]


class SilentPort:
    """A USB line without a laptop."""

    def __init__(self, endpoint):
        pass

    def read_into(self, buffer):
        return 0

    def write(self, buffer, start, end):
        return end - start


class Slot:
    """A slot's folder, and the chips; `end_ms` of virtual time into the loop, `ending` is raised."""

    def __init__(self, monkeypatch, folder, end_ms=3_500, ending=KeyboardInterrupt):
        self.chip = Chip()
        module = install(monkeypatch, self.chip)
        for name, loaded in (("rp2", module), ("board", _BOARD_MODULE), ("calibration", _CALIBRATION_MODULE)):
            monkeypatch.setitem(sys.modules, f"instep.hal.{name}", loaded)
            monkeypatch.setattr(instep.hal, name, loaded, raising=False)
        self.models = chips_of(_BOARD, self.chip.bus)
        self.chip.bus.chips = {model.address: model for model in self.models.values()}
        self.disk = FakeDisk()
        monkeypatch.setattr(instep.storage.filesystem, "Filesystem", lambda: self.disk)
        monkeypatch.setattr(instep.link.port, "UsbPort", SilentPort)
        monkeypatch.setattr(gc, "threshold", lambda size: None, raising=False)
        sleep_ms = getattr(time, "sleep_ms")  # noqa: B009

        def sleep_or_end(ms):
            sleep_ms(ms)
            if self.chip.watchdogs and self.chip.now_us() > 1_000 * end_ms:
                raise ending

        monkeypatch.setattr(time, "sleep_ms", sleep_or_end)
        self.folder = folder
        (folder / "programs").mkdir()
        (folder / "board.bin").write_bytes(load_board("pico").data)
        (folder / "programs/demo.bin").write_bytes(load_program("demo").data)
        self.outcome = []

    def start(self):
        run.main(
            str(self.folder), lambda: self.outcome.append("confirmed"), lambda: self.outcome.append("maintenance")
        )

    def is_cut(self):
        held = [self.chip.registers.get(0x4001_4000 + 8 * _BOARD.pins[name] + 4) for name in POWERED]
        relay, disable = (self.chip.pins[_BOARD.pins[name]].level for name in ("relay", "servo_disable"))
        return (held, relay, disable) == ([_HELD_LOW] * 10, 0, 1)


def test_it_comes_up_shows_its_menu_confirms_itself_and_ends_in_maintenance_on_ctrl_c(monkeypatch, tmp_path, capsys):
    slot = Slot(monkeypatch, tmp_path)
    slot.start()
    assert slot.outcome == ["confirmed", "maintenance"]
    assert slot.models["display"].is_on
    assert any(slot.models["display"].memory)
    assert slot.chip.watchdogs == [1_000]
    assert slot.chip.feeds > 300
    assert slot.is_cut()
    assert capsys.readouterr().out == "interrupted\n"


def test_the_first_picture_is_there_before_the_first_tick(monkeypatch, tmp_path):
    slot = Slot(monkeypatch, tmp_path)
    shown = []
    monkeypatch.setattr(Loop, "run", lambda loop: shown.append(bytes(slot.models["display"].memory)))
    slot.start()
    assert slot.models["display"].is_on
    assert sum(1 for column in shown[0] if column) > 300


def test_a_silent_display_does_not_keep_the_firmware_from_starting(monkeypatch, tmp_path):
    slot = Slot(monkeypatch, tmp_path, end_ms=500)
    slot.models["display"].is_silent = True
    slot.start()
    assert slot.chip.watchdogs == [1_000]


def test_whatever_else_ends_it_is_raised_with_everything_off_and_the_watchdog_left_to_reset(monkeypatch, tmp_path):
    slot = Slot(monkeypatch, tmp_path, end_ms=500, ending=RuntimeError)
    with pytest.raises(RuntimeError):
        slot.start()
    assert slot.outcome == []
    assert slot.is_cut()
    assert slot.chip.watchdogs == [1_000]


def test_what_made_the_hardware_is_given_back(monkeypatch, tmp_path):
    Slot(monkeypatch, tmp_path, end_ms=100).start()
    assert "instep.hal.rp2" not in sys.modules
    assert "instep.hal.board" not in sys.modules
    assert "instep.hal.calibration" not in sys.modules


def test_a_damaged_board_file_starts_nothing(monkeypatch, tmp_path):
    slot = Slot(monkeypatch, tmp_path)
    (tmp_path / "board.bin").write_bytes(b"ISBD" + bytes(200))
    with pytest.raises(BoardError):
        slot.start()
    assert not slot.chip.pins
    assert not slot.chip.watchdogs


def test_a_program_that_cannot_be_read_is_left_out_and_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sys, "print_exception", lambda error: print(error), raising=False)
    (tmp_path / "a.bin").mkdir()
    (tmp_path / "b.bin").write_bytes(b"program")
    assert run.read_programs(str(tmp_path)) == [b"", b"program"]
    assert "a.bin" in capsys.readouterr().out
