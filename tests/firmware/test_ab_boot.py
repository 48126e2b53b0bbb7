"""The slot chooser starts what is confirmed, tries what is new once, and survives a power cut anywhere."""

import pytest

import ab_boot
from tests.keep_disk import Flash, PowerCut
from tests.little_board import LittleBoard, new_flash

RP2350 = "Raspberry Pi Pico2 with RP2350"


class Firmware:
    """A firmware that notes from which folder it was started, and then behaves as told."""

    def __init__(self, confirms=True, fails_with=None):
        self.folders = []
        self._confirms = confirms
        self._fails_with = fails_with

    def __call__(self, folder, confirm, maintain):
        self.folders.append(folder)
        if self._confirms:
            confirm()
            confirm()
        if self._fails_with:
            raise self._fails_with


@pytest.fixture
def board():
    return LittleBoard(new_flash())


def pointing(board, pointer):
    board.put({"/slot": pointer.encode()})
    return board


@pytest.mark.parametrize("slot", ab_boot.SLOTS)
def test_a_confirmed_slot_is_started_with_its_modules_found_first(board, slot):
    firmware = Firmware()
    assert not pointing(board, slot).start(firmware)
    assert firmware.folders == [f"/{slot}"]
    assert board.path[0] == f"/{slot}"
    assert board.text("/slot") == slot


def test_a_new_slot_is_tried_and_kept_once_it_confirms(board):
    firmware = Firmware()
    assert not pointing(board, "b?a").start(firmware)
    assert firmware.folders == ["/b"]
    assert board.text("/slot") == "b"
    assert board.printed == '{"instep": "confirmed", "slot": "b"}\n'
    assert [timer.is_armed for timer in LittleBoard.timers] == [False]


def test_during_a_trial_a_hard_timer_will_reset_the_board(board):
    seen: list[tuple[bool, int, str]] = []

    def hang(folder, confirm, maintain):
        seen.extend((timer.is_armed, timer.period_ms, board.text("/slot")) for timer in LittleBoard.timers)
        LittleBoard.timers[0].callback(None)

    assert pointing(board, "b?a").start(hang)
    assert seen == [(True, 10_000, "b!a")]
    firmware = Firmware()
    assert not board.start(firmware)
    assert firmware.folders == ["/a"]
    assert board.text("/slot") == "a"


@pytest.mark.parametrize("firmware", [ImportError("rotten"), Firmware(False), Firmware(False, ValueError("rotten"))])
def test_a_new_slot_that_fails_is_given_up_for_the_old_one(board, firmware):
    assert pointing(board, "b?a").start(firmware)
    old = Firmware()
    assert not board.start(old)
    assert old.folders == ["/a"]
    assert board.text("/slot") == "a"
    assert '{"instep": "given up", "slot": "b"}' in board.printed
    assert ("rotten" in board.text("/reason")) == ("rotten" in board.printed)


def test_a_firmware_that_fails_after_it_confirmed_keeps_its_slot_and_frees_the_prompt(board):
    assert not pointing(board, "b?a").start(Firmware(True, ValueError("later")))
    assert board.text("/slot") == "b"
    assert "later" in board.printed


def test_a_confirmed_firmware_that_fails_leaves_the_prompt(board):
    assert not pointing(board, "a").start(ImportError("damaged"))
    assert "damaged" in board.printed


@pytest.mark.parametrize("pointer", ["a!-", "", "c", "a?", "b?c", "ab", "a!b!", "\0"])
def test_without_a_slot_what_the_package_installer_put_there_is_started(board, pointer):
    firmware = Firmware()
    assert not pointing(board, pointer).start(firmware)
    assert firmware.folders == ["/lib"]
    assert board.path == ["", ".frozen", "/lib"]


def test_without_a_pointer_what_the_package_installer_put_there_is_started(board):
    firmware = Firmware()
    assert not board.start(firmware)
    assert firmware.folders == ["/lib"]


@pytest.mark.parametrize(("machine", "register"), [(None, 0x4005_800C), (RP2350, 0x400D_800C)])
def test_maintenance_is_entered_once_and_starts_nothing(machine, register):
    flash = new_flash()
    board = LittleBoard(flash, machine) if machine else LittleBoard(flash)
    pointing(board, "a")
    assert board.start(lambda folder, confirm, maintain: maintain())
    assert board.scratch.keys() == {register}
    firmware = Firmware()
    assert not board.start(firmware)
    assert firmware.folders == []
    assert not board.start(firmware)
    assert firmware.folders == ["/a"]


def test_an_interrupt_while_the_firmware_is_loaded_leads_to_maintenance(board):
    def interrupted(folder, confirm, maintain):
        raise KeyboardInterrupt

    assert pointing(board, "a").start(interrupted)
    firmware = Firmware()
    assert not board.start(firmware)
    assert firmware.folders == []


def test_a_new_slot_is_not_tried_when_that_cannot_be_noted(board, monkeypatch):
    pointing(board, "b?a")

    def full(*_):
        raise OSError(28)

    monkeypatch.setattr(board.disk, "rename", full)
    firmware = Firmware()
    assert not board.start(firmware)
    assert firmware.folders == ["/a"]


@pytest.mark.parametrize("pointer", ["b?a", "b!a"])
@pytest.mark.parametrize("eighths_done", [0, 4, 8])
def test_a_power_cut_at_any_moment_of_a_trial_leaves_one_of_the_two_firmwares(pointer, eighths_done):
    flash = new_flash()
    pointing(LittleBoard(flash), pointer)
    image = bytes(flash.buffer)
    whole = Flash(image)
    LittleBoard(whole).start(Firmware())
    assert whole.operations > 0
    for cut in range(whole.operations):
        dying = Flash(image, cut, eighths_done)
        with pytest.raises(PowerCut):
            LittleBoard(dying).start(Firmware())
        started = Firmware()
        LittleBoard(Flash(dying.buffer)).start(started)
        assert started.folders in (["/a"], ["/b"])
