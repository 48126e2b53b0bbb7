"""NTCs that read wrong and switches that leak, in whole sessions: the true skin side stays cool enough.

With two NTCs alone the same errors made 52 °C (other NTCs or pull-ups), 46.6 (a common ground), 47.7 (a reference),
43.9 (an offset), 52.7 (a drift of both) and 42.8 (a leak), most of them without a word.
"""

import pytest

from instep.axes import FEET, TICKS_PER_S
from instep.guard import faults
from sim.faults.inject import inject
from sim.faults.parse import parse
from sim.grades import WORST
from sim.plant import heat
from sim.plant.layout import WELL
from tests.scenarios.machine import simulate

HOT_C, HOT_S, EVER_C = 43.0, 10.0, 45.0
WATCHED_TICKS = 400 * TICKS_PER_S
STEP_TICKS = 10
PADS = [WELL + foot * heat.STATE_SIZE + heat.PAD_C for foot in range(FEET)]


class Felt:
    """A session at the highest heat with worst parts, until 10 s after the guard has found the fault."""

    def __init__(self, *texts):
        simulation = simulate("classic", heat="high", person="small", parts=WORST, seed=3)
        inject(simulation, *(parse(text) for text in texts))
        self.peak_c = self.hot_s = 0.0
        self.found: list[str] = []
        last_tick = WATCHED_TICKS
        while simulation.ticks < last_tick and not simulation.is_over:
            simulation.advance(STEP_TICKS)
            skin_c = max(
                float(simulation.plant.state[WELL + foot * heat.STATE_SIZE + heat.PAD_C]) for foot in range(FEET)
            )
            self.peak_c = max(self.peak_c, skin_c)
            self.hot_s += STEP_TICKS / TICKS_PER_S if skin_c >= HOT_C else 0.0
            self._note(simulation.app.guard)
            if len(self.found) == len(texts):
                last_tick = min(last_tick, simulation.ticks + 10 * TICKS_PER_S)

    def _note(self, guard):
        for fault in (guard.heat_fault, guard.fault):
            if fault != faults.NO_FAULT and faults.name(fault) not in self.found:
                self.found.append(faults.name(fault))


def assert_never_too_hot(felt):
    assert felt.peak_c <= EVER_C, felt.found
    assert felt.hot_s <= HOT_S, felt.found


@pytest.mark.parametrize(
    "text",
    [
        "ntc_reference_shift@0s,value=1.1",
        "ntc_reference_shift@0s,value=0.8",
        "ntc_common_ground@0s,value=500",
        "ntc_other_type@0s,value=100",
        "ntc_other_type@0s,value=4.7",
        "ntc_other_beta@0s",
        "ntc_other_pull_up@0s",
        "skin_sensor_offset@0s",
        "skin_sensor_drift@warm",
        "both_sensors_drift@warm",
        "heat_adc_range_changed@warm",
        "heater_switch_leaks@warm,value=100",
    ],
)
def test_an_error_of_the_heat_chain_is_found_before_skin_gets_too_warm(text):
    felt = Felt(text)
    assert_never_too_hot(felt)
    assert felt.found and felt.found[0] in parse(text).fault.expects


@pytest.mark.parametrize(
    "text",
    [
        "ntc_common_ground@0s,value=100",
        "element_sensor_offset@0s",
        "skin_sensor_loose@0s",
        "element_sensor_loose@0s",
        "heater_switch_leaks@0s,value=5",
    ],
)
def test_an_error_too_small_to_find_is_too_small_to_burn(text):
    """The guard may stay silent: the second sensor of the skin side keeps what the first one misreads cool enough."""
    assert_never_too_hot(Felt(text))


def test_a_frozen_sensor_and_then_a_heater_that_sticks_on_open_the_relay():
    felt = Felt("skin_sensor_frozen@run", "heater_stuck_on@run+70s")
    assert_never_too_hot(felt)
    assert felt.found[0] in parse("skin_sensor_frozen@run").fault.expects
    assert felt.found[1] in ("rise_without_heat", "skin_hot")
