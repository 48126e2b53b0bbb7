"""The fifteen findings of the attack on the finished machine: the test of each, by name.

A finding is a way in which a person was hurt, or stopped, without a true word. Two of the tests are here.
"""

import ast

import pytest

from host_tools.docs.imports import ROOT
from sim.faults.inject import detected, inject
from sim.faults.parse import parse
from sim.plant.layout import CONTACT_N
from sim.plant.machine import PEAK_TRACK_N
from tests.scenarios.machine import simulate, until

_FORCES = "tests/scenarios/test_wrong_forces.py"
_HEAT = "tests/scenarios/test_heat_chain.py"
_WELLS = "tests/firmware/guard/test_heat_evidence.py"
_ROWS = "tests/sim/campaign"
FINDINGS = {
    "1 a fast way home ends as a blocked roller": (
        "tests/scenarios/test_stop_anywhere.py",
        "test_stop_at_any_time_after_a_resume_ends_as_stopped",
    ),
    "2 a force sensor freezes at first touch": (
        _FORCES,
        "test_a_sensor_that_freezes_at_first_touch_costs_a_gentle_person_no_more_than_the_limit",
    ),
    "3 a force sensor is dead, or of half its gain": (
        _FORCES,
        "test_a_sensor_that_is_wrong_is_noticed_before_anybody_is_hurt",
    ),
    "4 a press jams under force": (
        _FORCES,
        "test_a_press_that_jams_under_force_is_noticed_and_the_display_says_how_to_get_out",
    ),
    "5 a foot is too high for the press": (
        _FORCES,
        "test_a_foot_that_is_too_high_for_the_press_is_refused_while_it_is_measured",
    ),
    "6 a finger before a roller": (
        "tests/scenarios/test_findings.py",
        "test_the_force_on_a_finger_is_known_and_the_roller_lets_go",
    ),
    "7 both NTCs are wrong alike": (_HEAT, "test_an_error_of_the_heat_chain_is_found_before_skin_gets_too_warm"),
    "8 one NTC is cold, loose or drifts": (_WELLS, "test_no_single_error_of_the_heat_chain_makes_skin_too_warm"),
    "9 a heater sticks on after a frozen sensor": (
        _HEAT,
        "test_a_frozen_sensor_and_then_a_heater_that_sticks_on_open_the_relay",
    ),
    "10 a switch leaks with the heat off": (
        _WELLS,
        "test_a_switch_that_leaks_with_the_heat_off_opens_the_relay_before_skin_gets_hot",
    ),
    "11 a register of the expander is disturbed": (
        "tests/firmware/hal/test_mcp23017.py",
        "test_a_setting_that_stays_disturbed_is_nonsense_all_along",
    ),
    "12 limits, latch and calibration in memory": (
        "tests/scenarios/test_memory.py",
        "test_every_bit_of_every_kept_word_is_noticed_in_the_next_tick",
    ),
    "13 a pin of the relay sticks": (
        "tests/scenarios/test_stuck_pins.py",
        "test_a_pin_of_the_relay_that_sticks_opens_it_within_50_ms",
    ),
    "14 a campaign cannot see the first": (f"{_ROWS}/test_run.py", "test_stop_is_judged_to_the_end_of_the_session"),
    "15 a laptop that sleeps resets the board": (
        "tests/firmware/link/test_port.py",
        "test_a_laptop_that_stops_reading_and_then_sleeps_makes_nothing_wait",
    ),
}


@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_has_its_test(finding):
    path, name = FINDINGS[finding]
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    assert name in {node.name for node in body if isinstance(node, ast.FunctionDef)}


def test_all_fifteen_findings_have_a_test():
    assert sorted(int(text.split()[0]) for text in FINDINGS) == list(range(1, 16))
    page = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
    assert page.count("**not covered**") == 1


@pytest.mark.parametrize(("n_mm", "max_n"), [(3, 45.0), (10, 60.0), (30, 75.0)])
def test_the_force_on_a_finger_is_known_and_the_roller_lets_go(n_mm, max_n):
    """The stroke's speed is not limited for a finger's sake yet, so a hard one feels more than 60 N."""
    simulation = simulate("quick", heat="off", pace=3, intensity=5)
    until(simulation, "run")
    inject(simulation, parse(f"finger_in_track@top+1s,left,top,value={n_mm}"))
    while detected(simulation).noticed_tick is None:
        simulation.advance(1)
    for _ in range(100):
        simulation.advance(1)
    found = detected(simulation)
    assert found.fault_name == "roller_blocked"
    assert 20.0 < float(simulation.plant.state[PEAK_TRACK_N]) < max_n
    assert float(simulation.plant.state[CONTACT_N]) == 0.0
