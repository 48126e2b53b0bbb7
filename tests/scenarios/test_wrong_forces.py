"""Force sensors and presses that are wrong: what a person truly feels, and what the machine says."""

import re

import pytest

from instep.axes import ROLLERS
from instep.guard import faults
from instep.session import states
from sim.faults.inject import inject
from sim.faults.parse import parse
from sim.faults.truth import presses_too_hard
from sim.people import FOLDER
from sim.plant.foot import RAIL_M
from sim.plant.layout import CONTACT_N, FOOT_ROW, PEAK_TRACK_N
from tests.scenarios.machine import press, simulate, until

PEOPLE = ("average", "sensitive", "small", "large")
CARE = {"gout": True, "consent": True}
# A person may feel more than the set point allows for this long.
TOO_HARD_MAX_TICKS = 30
GENTLE_MAX_N = 15.0
WATCHED_TICKS = 3_000
AFTERWARDS_TICKS = 100


class Felt:
    """What a person feels while a session goes on until a fault and a second after it, or for 30 s.

    In a pause for a foot that seems to have moved the person presses START after a second. `pauses`: how many there
    were. `noticed_ticks`: how long it was too hard before the first pause or the fault, `too_hard_ticks`: in all.
    """

    def __init__(self, simulation):
        self._simulation = simulation
        self._counts = [0] * ROLLERS
        self.peak_n = 0.0
        self.pauses = self.too_hard_ticks = self.noticed_ticks = 0
        for _ in range(WATCHED_TICKS):
            self._tick()
            state = simulation.app.session.state
            if state == states.FAULT:
                break
            if state == states.PAUSED and simulation.app.guard.has_foot_moved:
                self._put_back()
        self._note()
        for _ in range(AFTERWARDS_TICKS):
            self._tick()
        self.fault = faults.name(simulation.app.guard.last_fault)

    def _tick(self):
        self._simulation.advance(1)
        for roller in range(ROLLERS):
            self.peak_n = max(self.peak_n, float(self._simulation.plant.state[CONTACT_N + roller]))
            self._counts[roller] = self._counts[roller] + 1 if presses_too_hard(self._simulation, roller) else 0
        self.too_hard_ticks = max(self.too_hard_ticks, *self._counts)

    def _note(self):
        if not self.pauses:
            self.noticed_ticks = self.too_hard_ticks

    def _put_back(self):
        self._note()
        self.pauses += 1
        for _ in range(AFTERWARDS_TICKS):
            self._tick()
        press(self._simulation, "start")


def _broken(text, **choices):
    """Return a session at its first stroke with a fault from then on."""
    simulation = until(simulate("quick", heat="off", **choices), "run")
    inject(simulation, parse(text.replace("@now", f"@{simulation.ticks / 100}s")))
    return simulation


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    "text",
    [
        "force_sensor_dead@now,left,top",
        "force_sensor_frozen@now,left,top",
        "force_sensor_gain@now,left,top,value=0.3",
        "force_sensor_gain@now,left,top,value=0.5",
        "force_sides_swapped@now,left",
        "force_feet_swapped@now",
    ],
)
def test_a_sensor_that_is_wrong_is_noticed_before_anybody_is_hurt(text, person):
    felt = Felt(_broken(text, person=person, intensity=5))
    assert felt.fault in ("force_low", "force_frozen", "roller_presses")
    assert felt.too_hard_ticks <= TOO_HARD_MAX_TICKS


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("value", [0.3, 0.5])
def test_a_gentle_person_feels_no_more_than_15_n_with_a_sensor_of_too_low_a_gain(value, person):
    felt = Felt(_broken(f"force_sensor_gain@now,left,top,value={value}", answers=CARE, person=person))
    assert felt.fault == "force_low"
    assert felt.peak_n < GENTLE_MAX_N


def test_a_sensor_that_freezes_at_first_touch_costs_a_gentle_person_no_more_than_the_limit():
    simulation = until(simulate("quick", heat="off", answers=CARE), "run")
    while not simulation.plant.state[CONTACT_N]:
        simulation.advance(1)
    inject(simulation, parse(f"force_sensor_frozen@{simulation.ticks / 100}s,left,top"))
    felt = Felt(simulation)
    assert felt.fault == "force_frozen"
    assert felt.peak_n < GENTLE_MAX_N


def test_a_press_that_jams_under_force_is_noticed_and_the_display_says_how_to_get_out():
    simulation = _broken("press_servo_jammed@now,left,top,value=30", intensity=5)
    felt = Felt(simulation)
    assert felt.fault in ("press_high", "foot_too_high", "roller_presses", "force_low")
    simulation.advance(200)
    shown = " ".join(" ".join(simulation.hal.display.rows).split())
    assert "A roller still presses. Unplug the machine, draw the foot out." in shown


def test_a_sensor_with_an_offset_from_the_start_is_not_said_to_press():
    simulation = simulate("quick", heat="off", faults=[parse("force_sensor_offset@0s,left,top,value=5")])
    felt = Felt(simulation)
    assert felt.fault == "device_nonsense"
    assert felt.peak_n == 0.0


def test_a_foot_that_is_too_high_for_the_press_is_refused_while_it_is_measured(tmp_path):
    text = (FOLDER / "small.toml").read_text(encoding="utf-8")
    for name, value in (("length_left_mm", 209), ("length_right_mm", 209), ("instep_height_mm", 83)):
        text = re.sub(rf"{name} = [\d.]+", f"{name} = {value}.0", text)
    path = tmp_path / "tall.toml"
    path.write_text(text, encoding="utf-8")
    simulation = until(simulate("quick", heat="off", person=path, intensity=1), "fit")
    felt = Felt(simulation)
    assert felt.fault == "foot_too_high"
    assert simulation.app.scheduler.turns == 0, "no stroke has begun"
    assert felt.peak_n < 10


def test_a_foot_that_comes_up_to_a_press_that_is_lifted_fully_ends_the_session_with_that_reason():
    simulation = until(simulate("quick", heat="off", person="small", intensity=1), "run")
    simulation.plant.constants[FOOT_ROW + RAIL_M] -= 0.025
    felt = Felt(simulation)
    assert felt.fault == "foot_too_high"
    assert felt.peak_n < 20


@pytest.mark.parametrize("person", ["sensitive", "large"])
@pytest.mark.parametrize(
    "text",
    [
        "force_sensor_dead@now,left,top",
        "force_sensor_gain@now,left,top,value=0.5",
        "force_sensor_gain@now,left,top,value=0.3",
        "force_adc_range_changed@now,value=0.5",
        "force_sides_swapped@now,left",
        "force_feet_swapped@now",
    ],
)
def test_a_sensor_that_goes_wrong_while_its_roller_moves_is_noticed_before_anybody_is_hurt(text, person):
    simulation = until(simulate("quick", heat="off", person=person, intensity=5, parts="worst"), "run")
    simulation.advance(600)
    inject(simulation, parse(text.replace("@now", f"@{simulation.ticks / 100}s")))
    felt = Felt(simulation)
    assert felt.fault in ("force_low", "roller_presses", "press_high", "foot_too_high")
    assert felt.too_hard_ticks <= TOO_HARD_MAX_TICKS


@pytest.mark.parametrize("parts", ["ideal", "typical", "worst"])
@pytest.mark.parametrize("fault", ["force_sensor_dead", "force_sides_swapped", "force_feet_swapped"])
def test_a_sensor_that_is_wrong_before_the_feet_are_measured_is_found_by_measuring_them(fault, parts):
    where = "" if fault == "force_feet_swapped" else ",left,sole" if fault == "force_sensor_dead" else ",left"
    simulation = until(simulate("quick", heat="off", parts=parts), "self-test")
    inject(simulation, parse(f"{fault}@{simulation.ticks / 100}s{where}"))
    felt = Felt(simulation)
    assert felt.fault in ("force_low", "foot_not_found")
    assert felt.too_hard_ticks <= TOO_HARD_MAX_TICKS


def test_a_press_that_runs_down_on_a_foot_at_rest_is_said_although_nothing_is_asked_of_it():
    simulation = until(simulate("quick", heat="off"), "idle")
    simulation.advance(50)
    inject(simulation, parse(f"press_servo_driven@{simulation.ticks / 100}s,left,top"))
    simulation.advance(200)
    assert faults.name(simulation.app.guard.fault) == "roller_presses"
    shown = " ".join(" ".join(simulation.hal.display.rows).split())
    assert "A roller still presses. Unplug the machine, draw the foot out." in shown


@pytest.mark.parametrize(("n_mm", "max_n"), [(3, 30), (10, 40), (30, 60)])
def test_a_finger_before_a_stroke_at_the_middle_pace_is_noticed_before_it_is_hurt(n_mm, max_n):
    simulation = until(simulate("quick", heat="off", pace=2), "run")
    simulation.plant.state[PEAK_TRACK_N] = 0.0
    inject(simulation, parse(f"finger_in_track@{simulation.ticks / 100 + 2}s,left,top,value={n_mm}"))
    felt = Felt(simulation)
    assert felt.fault == "roller_blocked"
    assert 5 < simulation.plant.state[PEAK_TRACK_N] < max_n
