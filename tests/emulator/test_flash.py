"""`instep flash` on an emulated Pico with nothing but MicroPython: its own littlefs, resets, registers and timer."""

import subprocess
import sys

import pytest

from host_tools.cli import run
from host_tools.data_folders import FIRMWARE
from host_tools.errors import InstepError
from host_tools.flash.flash import Flasher
from host_tools.flash.image import Image
from host_tools.flash.modules import ROOT_FILES
from tests.host_tools.flash.board import HEALTHY, compiled

# The emulator is that much slower than a Pico, on a busy computer.
PATIENCE = 100
HANGING = "import time\ndef main(folder, confirm, maintain):\n    while True:\n        time.sleep(1)\n"


class Silent:
    """A screen that nobody looks at."""

    def say(self, text):
        pass

    def sent(self, done_bytes, all_bytes):
        pass


@pytest.fixture
def url(uf2):
    """An emulated Pico, served by a process of its own."""
    command = [sys.executable, "-m", "tests.emulator.serve", "--seconds", "7200"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def small(run):
    """Return a firmware that is little more than its `instep.run`."""
    files = {"instep/__init__.mpy": compiled(""), "instep/run.mpy": compiled(run)}
    return Image(files, {name: (FIRMWARE / name).read_bytes() for name in ROOT_FILES})


def flash(url, image):
    return Flasher(url, image, "rp2040", Silent(), PATIENCE, lambda port, is_forced: None).flash(False)


def test_a_new_firmware_that_hangs_is_given_up_by_the_board_alone(url):
    assert flash(url, small(HEALTHY)).slot == "a"
    assert flash(url, small(HEALTHY)).plan is None
    with pytest.raises(InstepError, match="it hung, or was reset; the board went back to the old one"):
        flash(url, small(HANGING))
    # The board restarts here; interrupted before it has recorded that, it only copies.
    plan = flash(url, small(HEALTHY)).plan
    assert plan is None or not plan.incoming


def test_from_bare_to_idle_with_the_firmware_running_and_again_without_a_file(url, capsys):
    arguments = ["flash", "--port", url, "--patience", str(PATIENCE)]
    assert run(arguments) == 0
    assert "runs the firmware of slot a" in capsys.readouterr().out
    assert run(arguments) == 0
    assert "no file was sent" in capsys.readouterr().out
