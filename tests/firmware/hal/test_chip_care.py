"""The chips' turn between two ticks: thermistors, checks, display, and the budgets of this slow work."""

import pytest

from instep.drive.ntc import centi_c
from instep.slack import UNLIMITED_US
from tests.firmware.hal.board_rig import BOARD, BoardRig


@pytest.fixture
def machine(monkeypatch):
    return BoardRig(monkeypatch)


def test_all_four_thermistors_are_read_within_100_ms(machine):
    machine.tick(20)
    for index, name in enumerate(("element_left", "skin_left", "element_right", "skin_right")):
        machine.heat.inputs_mv[BOARD.channels[name]] = 1_000 + 100 * index
    machine.tick(10)
    readings = [
        reading.read_code() for pair in zip(machine.hal.elements, machine.hal.skins, strict=True) for reading in pair
    ]
    reference_mv = BOARD.ratings["ntc_reference_mv"]
    assert readings == [pytest.approx((1_000 + 100 * index) * 32_767 / reference_mv, abs=3) for index in range(4)]
    assert all(0 < centi_c(code) < 8_000 for code in readings)


def test_a_heat_adc_that_is_10_percent_slow_is_in_time(machine):
    machine.heat.slow = 1.1
    machine.heat.inputs_mv[:] = [1_650.0] * 4
    machine.tick(40)
    assert machine.hal.bus_faults() == 0
    assert machine.hal.skins[1].read_code() == pytest.approx(16_384, abs=3)


def test_the_display_shows_a_row(machine):
    machine.tick(1)
    machine.hal.display.write_row(0, bytearray(b"INSTEP".ljust(21)))
    while machine.work():
        pass
    assert machine.display.is_on
    assert any(machine.display.memory)


@pytest.mark.parametrize(
    ("slices", "work_us", "minimum"), [(0, 3_000, 19), (1, 3_000, 20), (2, 3_000, 20), (0, 9_900, 19)]
)
def test_every_chip_has_its_turn_without_slack(machine, slices, work_us, minimum):
    machine.slices = slices
    machine.tick(3)
    before = [adc.conversions for adc in (*machine.forces, machine.heat)]
    machine.tick(10, work_us)
    after = [adc.conversions for adc in (*machine.forces, machine.heat)]
    made = [now - old for now, old in zip(after, before, strict=True)]
    assert min(made[:2]) >= minimum
    assert made[2] >= 5
    for model, bit in ((machine.servo_chip, 1), (machine.heat, 2), (machine.forces[1], 4), (machine.expander, 8)):
        answer = model.read
        model.read = lambda: 0xFF
        machine.tick(2, work_us)
        assert machine.hal.bus_faults() == bit << 8
        model.read = answer
        machine.tick(4, work_us)
        assert machine.hal.bus_faults() == 0


def test_no_slow_work_starts_that_takes_longer_than_the_time_left(machine):
    machine.tick(4)
    machine.hal.begin_tick()
    machine.hal.end_tick()
    assert [_piece(machine, 0), _piece(machine, 0)] == ["take_care", None]
    machine.hal.display.write_row(0, bytearray(b"INSTEP".ljust(21)))
    assert _piece(machine, 999) is None
    machine.chip.pass_us(1_400)
    assert [_piece(machine, left_us, False) for left_us in (1_299, 1_300)] == [None, "turn"]
    machine.chip.pass_us(1_400)
    assert [_piece(machine, left_us, False) for left_us in (599, 600)] == [None, "fetch"]
    assert _piece(machine, UNLIMITED_US, False) is None
    assert [_piece(machine, left_us) for left_us in (999, 1_000)] == [None, "draw"]


def _piece(machine, left_us, may_draw=True):
    """Do the first piece that is due and fits into `left_us`; return its name."""
    for work, budget_us, is_first in machine.hal.slack_work():
        if budget_us <= left_us and (is_first or may_draw) and work(0):
            return work.__name__
    return None


def test_the_clock_monitor_counts_milliseconds(machine):
    machine.tick(1)
    start = machine.hal.clock_monitor_ms()
    machine.tick(100)
    assert machine.hal.clock_monitor_ms() - start == pytest.approx(1_000, abs=1)
