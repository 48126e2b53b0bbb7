"""Whatever goes wrong, a person reads one sentence, the cause, and the next command; never a traceback.

The texts are in `messages/`; with INSTEP_NEW_MESSAGES set they are written again.
"""

import errno
import fcntl
import os
import socket
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import serial
from serial.tools import list_ports

from host_tools.cli import run
from host_tools.errors import InstepError
from host_tools.flash import checks, flash, micropython, transfer
from host_tools.flash.flash import failed_trial
from host_tools.flash.image import Image, build_image
from host_tools.flash.mpremote import ScriptError
from host_tools.flash.plan import plan_for
from host_tools.flash.report import BoardReport, FrozenFirmware
from host_tools.link.client import Client
from tests.host_tools.flash.board import PICO, VmBoard
from tests.host_tools.served import served

MESSAGES = Path(__file__).with_name("messages")


def said(name, text, **stand_ins):
    """Require that `text` is the one kept under `name`, where places that differ from run to run are named."""
    for stand_in, place in stand_ins.items():
        text = text.replace(place, stand_in)
    path = MESSAGES / f"{name}.txt"
    if os.environ.get("INSTEP_NEW_MESSAGES"):
        path.write_text(text)
    assert text == path.read_text()
    assert "Traceback" not in text or name.startswith("trial")


def flashing(capsys, port, *more):
    """Run `instep flash` and return what it said of its failure."""
    assert run(["flash", "--port", port, *more]) == 1
    return capsys.readouterr().err.strip().splitlines()


def refused(name, capsys, port, *more, **stand_ins):
    lines = flashing(capsys, port, *more)
    said(name, "\n".join(lines) + "\n", PORT=port, **stand_ins)


def bare_board(free_bytes=1 << 20):
    """Return the report of a board that has MicroPython and nothing else."""
    return BoardReport(
        pointer="",
        is_same=False,
        python="micropython",
        version=(1, 28, 0),
        machine=PICO,
        mpy=0x1706,
        block_bytes=4096,
        free_bytes=free_bytes,
        slots={},
        roots={},
        reason="",
    )


@pytest.fixture
def no_ports(monkeypatch):
    monkeypatch.setattr(list_ports, "comports", list)
    monkeypatch.setattr(micropython, "waiting_drives", list)


class Silent:
    def say(self, text):
        pass

    def sent(self, done_bytes, all_bytes):
        pass


class Port(SimpleNamespace):
    def __lt__(self, other):
        return self.device < other.device


@pytest.mark.parametrize(("board", "chip"), [("pico", "rp2040"), ("pico2", "rp2350")])
def test_no_board(capsys, no_ports, board, chip):
    refused(f"no_board_{chip}", capsys, "auto", "--board", board)


def test_a_board_that_waits_for_micropython(capsys, monkeypatch, no_ports, tmp_path):
    drive = tmp_path / "media/somebody/RPI-RP2"
    drive.mkdir(parents=True)
    (drive / "INFO_UF2.TXT").write_text("UF2 Bootloader v3.0\n")
    monkeypatch.undo()
    monkeypatch.setattr(list_ports, "comports", list)
    monkeypatch.setattr(micropython, "waiting_drives", lambda look=micropython.waiting_drives: look(tmp_path))
    refused("no_micropython", capsys, "auto", ROOT=str(tmp_path))


def test_several_boards(capsys, monkeypatch):
    ports = [
        Port(device="/dev/ttyACM1", vid=0x2E8A, pid=0x0005, serial_number="e6614103e7123456"),
        Port(device="/dev/ttyACM0", vid=0x2E8A, pid=0x0005, serial_number="e6614103e7999999"),
        Port(device="/dev/ttyUSB0", vid=0x0403, pid=0x6001, serial_number=None),
    ]
    monkeypatch.setattr(list_ports, "comports", lambda: ports)
    refused("several_boards", capsys, "auto")


def test_a_port_that_is_not_there(capsys):
    refused("no_such_port", capsys, "/dev/ttyACM99")


def test_a_url_of_an_unknown_kind(capsys):
    refused("no_such_kind", capsys, "carrier-pigeon://coop")


def test_a_busy_port(capsys):
    master, slave = os.openpty()
    name = os.ttyname(slave)
    fcntl.flock(slave, fcntl.LOCK_EX | fcntl.LOCK_NB)
    refused("busy_port", capsys, name)
    os.close(slave)
    os.close(master)


def test_no_right_to_use_a_port(capsys, monkeypatch):
    def deny(*_, **__):
        raise serial.SerialException(errno.EACCES, "could not open port")

    monkeypatch.setattr(serial, "serial_for_url", deny)
    monkeypatch.setattr("sys.platform", "linux")
    refused("permission_denied", capsys, "/dev/ttyACM0")


def test_nobody_listens(capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
    refused("nobody_listens", capsys, f"socket://127.0.0.1:{number}")


def test_a_board_that_says_nothing(capsys, monkeypatch):
    monkeypatch.setattr(flash, "_REPL_S", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        refused("silent", capsys, f"socket://127.0.0.1:{listener.getsockname()[1]}")


@pytest.mark.parametrize(
    ("name", "implementation"),
    [
        ("wrong_chip", {"_machine": "Raspberry Pi Pico2 with RP2350"}),
        ("old_micropython", {"version": [1, 24, 1, ""]}),
        ("other_mpy_version", {"_mpy": 0x1707}),
        ("other_python", {"name": "circuitpython"}),
    ],
)
def test_a_board_that_cannot_run_it(capsys, name, implementation):
    board = VmBoard(**implementation)
    before = board.files()
    try:
        refused(name, capsys, board.port)
        assert board.files() == before
    finally:
        board.close()


@pytest.mark.parametrize("event", ["unplugged", "reset"])
def test_a_board_that_goes_half_way(capsys, event):
    board = VmBoard()
    try:
        (board.pull_cable_after if event == "unplugged" else board.reset_after)(30_000)
        refused(event, capsys, board.port)
    finally:
        board.close()


def test_a_session_is_under_way_and_goes_on(capsys):
    with served("classic", speed=8.0) as (server, pace):
        with Client(server.url) as client:
            client.start()
            deadline_s = time.monotonic() + 30
            while not client.is_session_running():
                assert time.monotonic() < deadline_s
        pace.speed = 1.0
        refused("session", capsys, server.url)
        with Client(server.url) as client:
            assert client.is_session_running()


def test_a_firmware_that_cannot_be_asked_is_not_interrupted(capsys, monkeypatch):
    monkeypatch.setattr("host_tools.link.connection.VERSION", 99)
    with served() as (server, _):
        refused("other_link", capsys, server.url)


def test_a_full_disk():
    image = build_image("pico")[0]
    report = bare_board(free_bytes=100 * 1024)
    plan = plan_for(image, report)
    with pytest.raises(InstepError) as failure:
        checks.check_room(plan, report)
    sentence, _, rest = failure.value.message.partition(": ")
    needed, _, free = rest.partition(" KiB are needed, ")
    assert 200 < int(needed) < 800
    said("full_disk", f"{sentence}: NEEDED KiB are needed, {free}\n{failure.value.advice}\n")


@pytest.mark.parametrize(("name", "number"), [("full_half_way", errno.ENOSPC), ("files_refused", errno.EIO)])
def test_files_that_the_board_cannot_write(monkeypatch, name, number):
    def fail(*_):
        raise ScriptError("OSError", number)

    monkeypatch.setattr(transfer, "run_scripts", fail)
    with pytest.raises(InstepError) as failure:
        transfer.restart("PORT", 1)
    said(name, f"{failure.value.message}\n{failure.value.advice}\n")


def test_frozen_firmware_of_another_version():
    with pytest.raises(InstepError) as failure:
        checks.check_frozen(FrozenFirmware("0.0.9", ""), Image({}, {}, version="0.1.0"))
    said("other_frozen", f"{failure.value.message}\n{failure.value.advice}\n", VERSION="0.1.0")


def test_files_that_arrive_damaged(monkeypatch):
    monkeypatch.setattr(transfer, "run_scripts", lambda port, scripts, on_line, then, idle_s: on_line(DAMAGED))
    image = Image({"board.bin": b"x"}, {})
    plan = plan_for(image, bare_board())
    with pytest.raises(InstepError) as failure:
        transfer.send("PORT", image, plan, lambda done: None, 1)
    said("damaged", f"{failure.value.message}\n{failure.value.advice}\n")


DAMAGED = {"instep": "damaged", "listing": ""}
RAISED = """Traceback (most recent call last):
  File "ab_boot.py", line 144, in start
  File "instep/run.py", in main
BoardError: board.bin has version 3
"""


@pytest.mark.parametrize(
    ("name", "reason", "has_older"),
    [("trial_raised", RAISED, True), ("trial_hung", "", True), ("trial_first", RAISED, False)],
)
def test_a_firmware_that_is_given_up(name, reason, has_older):
    failure = failed_trial(reason, has_older)
    said(name, f"{failure.message}\n{failure.advice}\n")


def test_a_trial_that_outlasts_the_wait(monkeypatch):
    plan = plan_for(Image({"board.bin": b"x"}, {}), bare_board())
    monkeypatch.setattr(flash, "watch", lambda port, slot, patience: False)
    monkeypatch.setattr(flash, "reach_repl", lambda port, timeout_s, patience: None)
    monkeypatch.setattr(flash.Flasher, "_look", lambda self: replace(bare_board(), pointer="a!-"))
    monkeypatch.setattr(transfer, "restart", lambda port, patience: None)
    with pytest.raises(InstepError) as failure:
        flash.Flasher("PORT", Image({}, {}), "rp2040", Silent())._watch(plan)
    said("still_trying", f"{failure.value.message}\n{failure.value.advice}\n")


def test_no_message_is_left_without_its_test():
    texts = Path(__file__).read_text()
    stems = [path.stem for path in MESSAGES.glob("*.txt")]
    assert len(stems) > 1
    for stem in stems:
        assert f'"{stem}"' in texts or stem.startswith("no_board_"), stem
