"""The self-test at boot, and the check of the installed files as part of the self-test."""

import pytest

from instep.guard import faults, selftest
from instep.guard import firmware_check as image_test
from tests.fakes import stand_in
from tests.firmware.selftest_rig import ANSWER_TICKS, TRIES, Bench, spoil_bus, spoil_force, spoil_relay, spoil_supply
from tests.firmware.sessions import image


def _boot(bench, ticks=ANSWER_TICKS + TRIES):
    for _ in range(ticks):
        bench.hal.refresh()
        if bench.test.is_at_boot:
            bench.test.tick_at_boot()
        assert not bench.test.wants_relay() and not bench.test.is_homing()
    return bench.test.state


class Image:
    """The installed files: still being read, or read."""

    def __init__(self):
        self.state = None
        self.begun = 0

    def begin(self):
        self.state = image_test.TESTING
        self.begun += 1


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def booting(bench):
    """A machine that has just been switched on."""
    bench.test = bench.make()
    return bench


@pytest.fixture
def with_image(bench):
    bench.files = Image()
    bench.test = bench.make(bench.files)
    bench.test.begin()
    return bench


def test_at_boot_a_good_machine_passes_without_power(booting):
    assert booting.test.is_at_boot
    assert (booting.test.fault, booting.test.notice) == (faults.NO_FAULT, faults.NO_FAULT)
    assert _boot(booting, ANSWER_TICKS) == selftest.RELAY_OPENS
    assert _boot(booting, 1) == selftest.IDLE
    assert not booting.test.is_at_boot and booting.test.fault == faults.NO_FAULT and booting.begun == 0


@pytest.mark.parametrize("late_ticks", [0, 1_000])
def test_the_clock_of_the_test_at_boot_starts_with_its_first_tick(booting, late_ticks):
    booting.hal.clock_ms += 10 * late_ticks
    assert _boot(booting) == selftest.IDLE


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (spoil_force, faults.FAULT_DEVICE_NONSENSE),
        (spoil_supply, faults.FAULT_SUPPLY_LOW),
        (spoil_bus, faults.FAULT_DEVICE_SILENT),
        (spoil_relay, faults.FAULT_RELAY_WELDED),
    ],
)
def test_at_boot_each_defect_is_found(booting, spoil, fault):
    spoil(booting)
    assert _boot(booting) == selftest.FAILED
    assert booting.test.fault == fault and not booting.test.is_at_boot


def test_a_session_s_test_takes_the_place_of_the_one_at_boot(booting):
    _boot(booting, 5)
    booting.test.begin()
    assert not booting.test.is_at_boot
    assert booting.ticks(ANSWER_TICKS + 1) == selftest.RELAY_CLOSES


def test_however_many_programs_there_are_each_is_tested(bench):
    bench.programs += [stand_in(data=image("classic")) for _ in range(2 * ANSWER_TICKS)]
    assert bench.ticks(2 * ANSWER_TICKS + 1) == selftest.RELAY_OPENS
    bench.programs[-1].data = image("classic")[:-1] + b"?"
    assert bench.ticks(1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_PROGRAM_DAMAGED


def test_the_relay_waits_for_the_installed_files_to_be_read(with_image):
    assert with_image.ticks(500) == selftest.RELAY_OPENS
    with_image.files.state = image_test.SOUND
    assert with_image.ticks(1) == selftest.RELAY_CLOSES
    assert with_image.files.begun == 1
    with_image.test.begin()
    assert with_image.files.begun == 2


def test_files_that_are_damaged_fail_before_anything_moves(with_image):
    with_image.files.state = image_test.DAMAGED
    assert with_image.ticks(ANSWER_TICKS + TRIES) == selftest.FAILED
    assert with_image.test.fault == faults.FAULT_FIRMWARE_DAMAGED
    assert not any(with_image.relay.given)


def test_files_that_are_never_read_to_their_end_fail_after_10_s(with_image):
    assert with_image.ticks(1_000 + TRIES - 1) == selftest.RELAY_OPENS
    assert with_image.ticks(1) == selftest.FAILED
    assert with_image.test.fault == faults.FAULT_FIRMWARE_DAMAGED


def test_a_defect_at_rest_is_found_before_the_files_are_read(with_image):
    spoil_supply(with_image)
    assert with_image.ticks(ANSWER_TICKS + TRIES) == selftest.FAILED
    assert with_image.test.fault == faults.FAULT_SUPPLY_LOW


def test_wild_samples_that_stand_alone_while_the_files_are_read_are_no_fault(with_image):
    with_image.ticks(ANSWER_TICKS)
    usual_mv = with_image.hal.supply.voltage_mv
    for _ in range(2 * TRIES):
        spoil_supply(with_image)
        with_image.ticks(1)
        with_image.hal.supply.voltage_mv = usual_mv
        with_image.ticks(1)
    assert with_image.test.state == selftest.RELAY_OPENS
    with_image.files.state = image_test.SOUND
    assert with_image.ticks(1) == selftest.RELAY_CLOSES
