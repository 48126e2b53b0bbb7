"""The programs at hand: a damaged one is left out, and the others are still there."""

from binascii import crc32

import pytest

from instep.guard import faults
from instep.session.library import Library
from tests.firmware.sessions import image
from tests.firmware.test_app import Bench

MINUTES_AT = 25
NAME_AT = 8


def _mended(data):
    """Return the image with the CRC-32 that it should have."""
    return bytes(data[:-4]) + crc32(data[:-4]).to_bytes(4, "little")


def damaged(name="classic"):
    data = bytearray(image(name))
    data[40] ^= 1
    return bytes(data)


def unlawful():
    data = bytearray(image("classic"))
    data[MINUTES_AT] = 99
    return _mended(data)


def misnamed():
    data = image("classic")
    return _mended(data.replace(b"classic", b"cla/sic"))


BAD = {
    "damaged": (damaged, "CRC-32"),
    "unlawful": (unlawful, "lasts 99 minutes"),
    "misnamed": (misnamed, "name is 'cla/sic'"),
    "not read": (bytes, "0 bytes"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_program_that_must_not_run_is_left_out_and_the_reason_is_kept(bad):
    make, reason = BAD[bad]
    library = Library([image("quick"), make(), image("gentle")])
    assert [program.name for program in library.programs] == ["quick", "gentle"]
    assert len(library.refused) == 1 and reason in library.refused[0]


def test_without_the_first_program_the_next_one_is_chosen_and_reported_once():
    bench = Bench(images=[damaged(), image("quick"), image("gentle")])
    assert bench.app.session.selection.library.chosen().name == "quick"
    assert bench.app.guard.notices.first() == faults.FAULT_PROGRAM_LEFT_OUT
    assert bench.ticks(40) == "idle" and bench.app.guard.fault == faults.NO_FAULT
    assert faults.sentence(faults.FAULT_PROGRAM_LEFT_OUT) in bench.hal.display.text()
    bench.start()
    assert bench.state == "idle" and bench.app.guard.notices.first() == faults.NO_FAULT
    bench.start()
    assert bench.state == "screening"


def test_a_machine_without_any_program_says_so_and_cannot_be_started():
    bench = Bench(images=[damaged(), damaged("quick")])
    for _ in range(3):
        assert bench.ticks(200) == "fault"
        assert bench.app.guard.fault == faults.FAULT_PROGRAM_DAMAGED
        assert faults.sentence(faults.FAULT_PROGRAM_DAMAGED) in bench.hal.display.text()
        bench.start()
    assert bench.hal.is_powered_off() and not bench.hal.relay.is_closed


def test_feet_that_need_care_get_no_session_while_the_gentle_program_is_damaged():
    bench = Bench(images=[image("classic"), damaged("gentle")])
    bench.start()
    bench.start()
    bench.careful()
    assert bench.ticks(10) == "fault" and bench.app.guard.fault == faults.FAULT_PROGRAM_DAMAGED
    assert not any(bench.hal.relay.given)
