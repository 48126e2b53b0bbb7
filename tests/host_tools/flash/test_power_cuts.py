"""A cable that is pulled at any moment leaves the old firmware running, and everything can simply be done again."""

import pytest

from host_tools.flash import transfer
from host_tools.flash.flash import Flasher
from host_tools.flash.image import Image
from host_tools.flash.mpremote import ScriptError
from tests.host_tools.flash.board import installed
from tests.keep_disk import Flash, PowerCut
from tests.little_board import LittleBoard, new_flash

ROOTS = {"boot.py": b"# outputs safe\n", "main.py": b"import ab_boot\n", "ab_boot.py": b"# chooser\n"}
LIBRARY = bytes(range(256)) * 3
OLD = Image(
    {"instep/app.mpy": b"M\x06old", "instep/stroke/foot_scaling.mpy": LIBRARY, "programs/demo.bin": b"one"}, ROOTS
)
NEW = Image(
    {
        "instep/app.mpy": b"M\x06new" * 300,
        "instep/stroke/foot_scaling.mpy": LIBRARY,
        "programs/quick.bin": b"two",
        "empty": b"",
    },
    {**ROOTS, "ab_boot.py": b"# better chooser\n"},
)


class Silent:
    """A screen that nobody looks at."""

    def say(self, text):
        pass

    def sent(self, done_bytes, all_bytes):
        pass


class Firmware:
    """Notes the folder that it was started from, and is well."""

    def __init__(self):
        self.folders = []

    def __call__(self, folder, confirm, maintain):
        self.folders.append(folder)
        confirm()


def flash_over(board, image, monkeypatch):
    """Flash `image` onto a board at its prompt, without its restart; raise PowerCut as the board does."""

    def run_scripts(port, scripts, on_line, then, idle_s):
        if scripts:
            for line in board.run("\n".join(scripts)):
                on_line(line)

    monkeypatch.setattr(transfer, "run_scripts", run_scripts)
    flasher = Flasher("", image, "rp2040", Silent())
    monkeypatch.setattr(Flasher, "_reach", lambda self, is_forced: None)
    monkeypatch.setattr(Flasher, "_watch", lambda self, plan: None)
    return flasher.flash(False)


def board_with_old():
    flash = new_flash()
    board = LittleBoard(flash)
    board.put(installed(OLD, "a", "a"))
    return bytes(flash.buffer)


def started_from(flash):
    """Start the board and return the folder whose firmware ran."""
    firmware = Firmware()
    LittleBoard(flash).start(firmware)
    return firmware.folders[0]


def content(board, slot):
    """Return the files of a slot."""
    listed = board.run(_LIST.format(slot=slot))[0]["files"]
    return {path: bytes.fromhex(data) for path, data in listed.items()}


_LIST = """
{{}}
import os, json
def read(path):
    with open(path, "rb") as file:
        return file.read().hex()
def walk(folder, prefix, found):
    for name, kind, _ in os.ilistdir(folder):
        if kind: walk(folder + "/" + name, prefix + name + "/", found)
        else: found[prefix + name] = read(folder + "/" + name)
    return found
print(json.dumps({{"files": walk("/{slot}", "", {{}})}}))
"""


def whole(image):
    return image.files | {"manifest": image.manifest.encode()}


@pytest.mark.parametrize("eighths_done", [0, 4, 8])
def test_a_cut_at_any_write_or_erase_leaves_one_whole_firmware_and_can_be_made_good(monkeypatch, eighths_done):
    image = board_with_old()
    uncut = Flash(image)
    flash_over(LittleBoard(uncut), NEW, monkeypatch)
    assert started_from(uncut) == "/b"
    assert uncut.operations > 30
    tried = set()
    for cut in range(uncut.operations):
        dying = Flash(image, cut, eighths_done)
        try:
            flash_over(LittleBoard(dying), NEW, monkeypatch)
        except PowerCut:
            after = Flash(dying.buffer)
            running = started_from(after)
            tried.add(running)
            board = LittleBoard(after)
            assert content(board, running[1:]) == whole(OLD if running == "/a" else NEW)
            assert board.text("/boot.py") == ROOTS["boot.py"].decode()
            outcome = flash_over(board, NEW, monkeypatch)
            assert (outcome.plan is None) == (running == "/b")
            assert started_from(after) == "/b"
            assert content(LittleBoard(after), "b") == whole(NEW)
    assert "/a" in tried


def test_a_board_whose_first_flash_was_cut_is_still_a_board_without_firmware(monkeypatch):
    image = bytes(new_flash().buffer)
    uncut = Flash(image)
    flash_over(LittleBoard(uncut), NEW, monkeypatch)
    for cut in range(0, uncut.operations, 3):
        dying = Flash(image, cut)
        with pytest.raises(PowerCut):
            flash_over(LittleBoard(dying), NEW, monkeypatch)
        after = Flash(dying.buffer)
        flash_over(LittleBoard(after), NEW, monkeypatch)
        assert started_from(after) == "/a"
        assert content(LittleBoard(after), "a") == whole(NEW)


def test_a_second_change_goes_back_into_the_first_slot(monkeypatch):
    flash = Flash(board_with_old())
    for image, slot in ((NEW, "b"), (OLD, "a"), (NEW, "b")):
        outcome = flash_over(LittleBoard(flash), image, monkeypatch)
        assert outcome.slot == slot
        assert started_from(flash) == f"/{slot}"
        assert content(LittleBoard(flash), slot) == whole(image)


def test_a_full_disk_is_said_and_the_old_firmware_stays(monkeypatch):
    flash = Flash(board_with_old())
    board = LittleBoard(flash)
    full = b"\x55" * (board.disk.statvfs("/")[3] - 8) * 4096
    board.put({"/photo": full})
    with pytest.raises(Exception, match="disk is full"):
        flash_over(board, NEW, monkeypatch)
    assert started_from(flash) == "/a"


def test_a_full_disk_is_recognized_by_its_error_number(monkeypatch):
    flash = Flash(board_with_old())
    board = LittleBoard(flash)
    board.put({"/photo": b"\x55" * (board.disk.statvfs("/")[3] - 8) * 4096})
    monkeypatch.setattr("host_tools.flash.flash.check_room", lambda plan, report: None)

    def run_scripts(port, scripts, on_line, then, idle_s):
        try:
            for line in board.run("\n".join(scripts)):
                on_line(line)
        except OSError as error:
            raise ScriptError("OSError: 28", error.errno) from None

    monkeypatch.setattr(Flasher, "_reach", lambda self, is_forced: None)
    monkeypatch.setattr(transfer, "run_scripts", run_scripts)
    with pytest.raises(Exception, match="ran out of room"):
        Flasher("", NEW, "rp2040", Silent()).flash(False)
    assert started_from(flash) == "/a"
