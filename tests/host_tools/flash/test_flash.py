"""`instep flash` on a board that is MicroPython itself, reached through mpremote as a real one is."""

import os
import random
import signal
import subprocess
import sys

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.errors import InstepError
from host_tools.flash import transfer
from host_tools.flash.flash import Flasher
from host_tools.flash.image import Image
from host_tools.flash.modules import ROOT_FILES
from tests import foreground
from tests.host_tools.flash.board import HEALTHY, VmBoard, compiled, installed

BROKEN = "import nothing_of_that_name\n"
# It ends by itself without having confirmed, as a firmware does that raises later than it starts.
UNWELL = "def main(folder, confirm, maintain):\n    pass\n"
SEVERAL_CHUNKS = bytes(range(256)) * 40
# About what the laptop sends for 9 KiB that cannot be packed: the scripts and the chunks.
SESSION_BYTES = 20_000


class Said:
    """What was shown."""

    def __init__(self):
        self.texts = []
        self.sent_bytes = []

    def say(self, text):
        self.texts.append(text)

    def sent(self, done_bytes, all_bytes):
        self.sent_bytes.append((done_bytes, all_bytes))


def image_of(run, **more):
    """Return a small firmware whose `instep.run` is `run`."""
    files = {"instep/__init__.mpy": compiled(""), "instep/run.mpy": compiled(run), **more}
    return Image(files, {name: (FIRMWARE / name).read_bytes() for name in ROOT_FILES})


def flasher(board, image, said=None):
    return Flasher(board.port, image, "rp2040", said or Said(), let_go=lambda port, is_forced: None)


@pytest.fixture
def board():
    running = VmBoard()
    yield running
    running.close()


@pytest.fixture
def old():
    return image_of(HEALTHY, **{"board.bin": b"old", "programs/demo.bin": SEVERAL_CHUNKS})


@pytest.fixture
def new():
    return image_of(HEALTHY, **{"board.bin": b"new", "programs/demo.bin": SEVERAL_CHUNKS, "empty": b""})


def test_a_bare_board_gets_everything_and_runs_it(board, old):
    said = Said()
    outcome = flasher(board, old, said).flash(False)
    assert outcome.slot == "a"
    assert board.files() == installed(old, "a", "a") | {"/reason": b""}
    total = sum(map(len, [*old.files.values(), *old.roots.values()]))
    assert said.sent_bytes[-1] == (total, total)
    assert len(said.sent_bytes) > 3


def test_again_with_nothing_changed_no_file_is_sent(board, old):
    board.put(installed(old, "b", "b"))
    before = board.files()
    outcome = flasher(board, old).flash(False)
    assert (outcome.slot, outcome.plan) == ("b", None)
    assert board.files() == before


def test_only_what_changed_travels_and_goes_into_the_other_slot(board, old, new):
    board.put(installed(old, "a", "a"))
    outcome = flasher(board, new).flash(False)
    assert sorted(outcome.plan.incoming) == ["/b/board.bin", "/b/empty"]
    files = board.files()
    assert files["/slot"] == b"b"
    assert files.items() >= installed(new, "b", "b").items()
    assert files["/a/board.bin"] == b"old"


def test_a_file_that_went_bad_on_the_board_is_noticed_and_sent(board, old):
    spoilt = installed(old, "a", "a") | {"/a/programs/demo.bin": SEVERAL_CHUNKS[:-1] + b"!"}
    board.put(spoilt)
    outcome = flasher(board, old).flash(False)
    assert list(outcome.plan.incoming) == ["/b/programs/demo.bin"]
    assert board.files()["/b/programs/demo.bin"] == SEVERAL_CHUNKS


@pytest.mark.parametrize("run", [BROKEN, UNWELL])
def test_a_firmware_that_does_not_become_healthy_is_given_up_for_the_old_one(board, old, run, monkeypatch):
    monkeypatch.setattr("host_tools.flash.trial._WATCH_S", 1.0)
    board.put(installed(old, "a", "a"))
    with pytest.raises(InstepError, match="went back to the old one") as failure:
        flasher(board, image_of(run)).flash(False)
    assert ("nothing_of_that_name" in failure.value.message) == (run == BROKEN)
    assert board.files()["/slot"] == b"a"


def test_what_somebody_had_in_main_py_is_kept_aside(board, old):
    board.put({"/main.py": b"print('mine')\n"})
    flasher(board, old).flash(False)
    files = board.files()
    assert files["/main.py.before"] == b"print('mine')\n"
    assert files["/main.py"] == old.roots["main.py"]


def test_a_firmware_that_arrives_damaged_is_not_started(board, old, new, monkeypatch):
    board.put(installed(old, "a", "a"))
    chunks_of = transfer.chunks_of
    monkeypatch.setattr(transfer, "chunks_of", lambda data: chunks_of(data.replace(b"new", b"bad")))
    with pytest.raises(InstepError, match="arrived damaged"):
        flasher(board, new).flash(False)
    assert board.files()["/slot"] == b"a"


@pytest.mark.parametrize("pointer", ["b?a", "b!a"])
def test_a_trial_that_was_cut_short_is_given_up_before_its_slot_is_written(board, old, new, pointer):
    board.put(installed(old, "a", pointer) | {"/b/instep/run.mpy": b"half of it"})
    flasher(board, new).flash(False)
    files = board.files()
    assert files["/slot"] == b"b"
    assert files.items() >= installed(new, "b", "b").items()


def test_a_cable_pulled_at_any_chunk_leaves_the_old_firmware_and_the_command_can_be_run_again(board, old, new):
    for share in range(1, 8):
        more = Image(new.files | {"programs/quick.bin": random.Random(share).randbytes(9000)}, new.roots)
        board.power_cycle()
        board.put(installed(old, "a", "a"))
        board.pull_cable_after(share * SESSION_BYTES // 8)
        with pytest.raises(InstepError, match="unplugged half way"):
            flasher(board, more).flash(False)
        files = board.files()
        assert files["/slot"] == b"a"
        assert files.items() >= installed(old, "a", "a").items()
        board.plug_in()
        assert flasher(board, more).flash(False).slot == "b"
        files = board.files()
        assert files["/slot"] == b"b"
        assert files.items() >= installed(more, "b", "b").items()


def test_a_board_that_its_watchdog_resets_while_it_is_looked_at_is_led_into_maintenance(board, old, new):
    board.put(installed(old, "a", "a"))
    board.reset_after(1500)
    assert flasher(board, new).flash(False).slot == "b"
    assert board.files()["/slot"] == b"b"


def test_ctrl_c_ends_the_command_without_a_traceback_and_the_old_firmware_goes_on(board, old):
    before = installed(old, "a", "a")
    board.put(before)
    command = [sys.executable, "-m", "host_tools", "flash", "--port", board.port, "--patience", "20"]
    flash = foreground.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not any(path.startswith("/b/") for path in board.files()):
        assert flash.poll() is None, flash.communicate()
    os.killpg(flash.pid, signal.SIGINT)  # as a terminal does: to the command and to all that it has started
    _, errors = flash.communicate()
    assert flash.returncode == 130
    assert errors.strip().splitlines()[-1] == "Interrupted."
    assert "Traceback" not in errors
    files = board.files()
    assert files["/slot"] == b"a"
    assert files.items() >= before.items()
