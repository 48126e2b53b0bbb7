"""Cleaning, on the plant: out to where a cloth reaches, all power off, home again; a foot or a button ends it."""

import pytest

from instep import user_events
from instep.axes import AXES_PER_FOOT, HOME, TICKS_PER_S, TOE_REACH, TOP_STROKE
from instep.guard import faults
from instep.panel.buttons import HOLD_TICKS
from instep.people import UNCLEANED, UNCLEANED_MAX
from instep.session.cleaning import POSE
from instep.session.jog import JOG_NAMES
from sim.answers import HEALTHY, names_of
from sim.factory import USUAL, prepare
from sim.faults import parse
from tests.scenarios.machine import state_of, true_now, wait

WAY_MAX_TICKS = 30 * TICKS_PER_S
NEAR_UM = 500


class Bench:
    """A machine on its start page with empty wells."""

    def __init__(self, *injections):
        self.simulation = prepare(USUAL, None, [parse(text) for text in injections])
        self.simulation.hand_over()
        self.app = self.simulation.app
        self.ticks(100)

    @property
    def stage(self):
        return JOG_NAMES[self.app.jog.state]

    def text(self):
        return " ".join(" ".join(row.strip() for row in self.simulation.hal.display.rows).split())

    def ticks(self, count):
        wait(self.simulation, count)

    def press(self, *buttons, hold=5):
        for button in buttons:
            self.simulation.press(button)
            self.ticks(hold)
            self.simulation.release(button)
            self.ticks(5)

    def clean(self):
        """Begin to clean by the last row of the page."""
        self.press("heat", hold=HOLD_TICKS + 5)
        self.press(*["program"] * 6, "plus")
        return self

    def until(self, stage):
        for _ in range(WAY_MAX_TICKS):
            if self.stage == stage:
                return self
            self.ticks(1)
        raise AssertionError(f"{self.stage or 'off'}, not {stage or 'off'}: {self.text()}")

    def is_off(self):
        given = self.simulation.plant.commands
        return not any(given.driven) and not any(given.heat) and not given.relay[0] and not given.servos_on[0]

    def positions_um(self):
        return [roller.position_um for roller in self.app.drives.rollers]

    def no_fault(self):
        return self.app.guard.last_fault == faults.NO_FAULT


@pytest.fixture(scope="module")
def cleaned():
    return Bench().clean().until("cleaned")


def test_rollers_and_toe_parts_go_where_a_cloth_reaches_them_and_all_is_without_power(cleaned):
    cleaned.ticks(50)
    assert cleaned.is_off() and cleaned.no_fault() and state_of(cleaned.simulation) == "idle"
    for roller, position_um in enumerate(cleaned.positions_um()):
        assert abs(position_um - POSE[TOP_STROKE + roller % 2]) < NEAR_UM
    assert not true_now(cleaned.simulation).contact_n.any()
    for base in (0, AXES_PER_FOOT):
        assert cleaned.app.jog.setpoints[base + TOE_REACH] == 0
    assert "CLEAN NOW All is without power: wipe rollers and toe parts." in cleaned.text()
    assert "Feet and hands out before START. START brings all home" in cleaned.text()


def test_start_brings_them_home_and_shows_the_start_page():
    bench = Bench().clean().until("cleaned")
    bench.press("start")
    assert bench.stage == "cleaning" and "CLEANING" in bench.text()
    bench.until("")
    bench.ticks(50)
    assert bench.is_off() and bench.no_fault()
    assert all(abs(position_um) < NEAR_UM for position_um in bench.positions_um())
    assert list(bench.app.jog.setpoints[:AXES_PER_FOOT]) == list(HOME)
    assert bench.text().startswith("INSTEP") and state_of(bench.simulation) == "idle"


def test_start_does_nothing_while_a_foot_is_in():
    bench = Bench().clean().until("cleaned")
    bench.simulation.hal.foot_switches[1].is_on = True
    bench.ticks(10)
    bench.press("start")
    bench.ticks(50)
    assert bench.stage == "cleaned" and bench.is_off()


@pytest.mark.parametrize("after_ticks", [5, 60, 200, 500, 800])
@pytest.mark.parametrize("foot", [0, 1])
def test_a_foot_that_comes_in_stops_everything_at_once(foot, after_ticks):
    bench = Bench().clean()
    bench.ticks(after_ticks)
    assert bench.stage == "cleaning"
    bench.simulation.hal.foot_switches[foot].is_on = True
    bench.ticks(2)
    assert bench.stage == "" and bench.is_off()
    bench.ticks(100)
    assert not true_now(bench.simulation).contact_n.any() and bench.no_fault()


@pytest.mark.parametrize("button", user_events.NAMES)
def test_any_button_ends_the_way_and_does_nothing_else(button):
    bench = Bench().clean()
    bench.ticks(400)
    levels = bench.app.session.selection.choices.__dict__.copy()
    bench.press(button)
    bench.ticks(50)
    assert bench.stage == "" and bench.is_off() and state_of(bench.simulation) == "idle"
    assert bench.app.session.selection.choices.__dict__ == levels


def test_the_page_does_not_begin_to_clean_with_a_foot_in():
    bench = Bench()
    bench.simulation.hal.foot_switches[0].is_on = True
    bench.clean().ticks(50)
    assert "clean feet out" in bench.text()
    assert bench.stage == "" and bench.is_off()
    bench.simulation.hal.foot_switches[0].is_on = False
    bench.ticks(50)
    assert "clean + begins" in bench.text()


def test_the_emergency_stop_ends_the_way_with_its_fault():
    bench = Bench().clean()
    bench.ticks(400)
    bench.simulation.hal.emergency_stop.is_on = True
    bench.ticks(3)
    assert bench.app.guard.fault == faults.FAULT_EMERGENCY_STOP and bench.is_off()
    assert bench.stage == ""


def test_a_roller_that_is_held_on_the_way_stops_everything():
    bench = Bench("roller_blocked@idle+6s").clean()
    bench.ticks(15 * TICKS_PER_S)
    assert bench.app.guard.last_fault in (faults.FAULT_ROLLER_BLOCKED, faults.FAULT_HOMING_LATE)
    assert bench.stage == "" and not bench.simulation.plant.commands.relay[0]


def test_a_self_test_that_fails_before_cleaning_is_shown_as_its_fault():
    bench = Bench("relay_welded@0s").clean()
    bench.ticks(3 * TICKS_PER_S)
    assert bench.app.guard.last_fault == faults.FAULT_RELAY_WELDED
    assert state_of(bench.simulation) == "fault" and bench.stage == ""


def test_a_massage_after_cleaning_begins_as_any_other():
    bench = Bench().clean().until("cleaned")
    bench.press("stop")
    assert bench.stage == "" and bench.text().startswith("INSTEP")
    for switch in bench.simulation.hal.foot_switches:
        switch.is_on = True
    bench.ticks(20)
    bench.press("start", *names_of(HEALTHY))
    for _ in range(60 * TICKS_PER_S):
        bench.ticks(1)
        if state_of(bench.simulation) == "warm":
            break
    assert state_of(bench.simulation) == "warm" and bench.no_fault()


def test_after_ten_hours_of_massage_the_start_page_suggests_cleaning_until_a_session_begins():
    bench = Bench()
    people = bench.app.session.selection.people
    assert "HEAT held: more" in bench.text()
    for _ in range(4 * 10):
        people.add_massage(15 * 60 * TICKS_PER_S)
    assert people.get(UNCLEANED) == UNCLEANED_MAX
    bench.ticks(50)
    assert "To clean: HEAT held" in bench.text()
    bench.press("start", "stop")
    bench.ticks(50)
    assert "HEAT held: more" in bench.text()
    bench.clean().until("cleaned")
    assert people.get(UNCLEANED) == 0


def test_power_off_is_there_from_cleaning_too():
    bench = Bench().clean().until("cleaned")
    bench.press("stop", hold=310)
    assert state_of(bench.simulation) == "off" and bench.is_off()
