"""A board that cannot run the image is refused before anything is written."""

import pytest

from host_tools.errors import InstepError
from host_tools.flash import checks
from host_tools.flash.image import Image, build_image
from host_tools.flash.plan import plan_for
from host_tools.flash.report import FrozenFirmware
from tests.host_tools.flash.board import VmBoard
from tests.host_tools.flash.messages import bare_board, refused, said


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


def test_frozen_firmware_of_another_version():
    with pytest.raises(InstepError) as failure:
        checks.check_frozen(FrozenFirmware("0.0.9", ""), Image({}, {}, version="0.1.0"))
    said("other_frozen", f"{failure.value.message}\n{failure.value.advice}\n", VERSION="0.1.0")
