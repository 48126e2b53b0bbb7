"""The probe on the simulated foot: lengths, forces, smoothness, and every way to fail."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instep.axes import HIGH, SOLE_STROKE
from instep.stroke.probe import (
    CONTACT_MN,
    FAR_UM,
    PROBE_APPROACH,
    PROBE_DONE,
    PROBE_GO_OUT,
    PROBE_LIFT,
    PROBE_LOWER,
    PROBE_NO_CONTACT,
    PROBE_OK,
    PROBE_PENDING,
    PROBE_RETURN,
    PROBE_TIMEOUT,
    PROBE_TOO_LONG,
    PROBE_TOO_SHORT,
    Probe,
)
from sim.people import load_person, names
from sim.plant import foot
from tests.fakes import figures_of
from tests.firmware.press_rig import CALIBRATION, FIGURES, Rig

LONGEST_TICKS = 5_000
ERROR_UM = 1_000
FORCE_MAX_N = 8.0
SPEED_MAX_UM = 400
FEEL_UM = 200
CHANGE_UM = 20
FOLLOWS = 0.3  # share of its distance to the setpoint that the roller makes up in a tick
CONVERSION_AND_TICK_S = 0.02


class Run:
    """One measuring of a foot of `length_mm`, its record, and a roller that stops at `stuck_m`."""

    def __init__(self, name: str, length_mm: float, odd: bool = False, stuck_m: float = 1.0) -> None:
        person = load_person(name)
        rig = Rig(replace(person, length_left_mm=length_mm), foot.SOLE, odd)
        probe = Probe(figures_of(CALIBRATION))
        self.probe = probe
        self.states: list[int] = []
        self.setpoints_um = [0]
        self.force_max_n = 0.0
        self.force_in_motion_n = 0.0
        probe.begin()
        while probe.state != PROBE_DONE and len(self.states) < LONGEST_TICKS:
            probe.tick(round(rig.x_m * 1e6), rig.press.force_mn)
            moved_m = (probe.move.place_um / 1e6 - rig.x_m) * FOLLOWS
            rig.x_m = min(rig.x_m + moved_m, stuck_m)
            rig.press.hold_travel(probe.press_travel_um)
            rig.advance()
            self.states.append(probe.state)
            self.setpoints_um.append(probe.move.place_um)
            self.force_max_n = max(self.force_max_n, rig.force_n)
            if probe.state in (PROBE_GO_OUT, PROBE_RETURN):
                self.force_in_motion_n = max(self.force_in_motion_n, rig.force_n)

    def changes_um(self) -> list[int]:
        """Return the changes of the setpoint's speed, from standing to standing."""
        speeds = self.speeds_um()
        return [later - sooner for sooner, later in pairwise([0, *speeds, 0])]

    def speeds_um(self) -> list[int]:
        return [later - sooner for sooner, later in pairwise(self.setpoints_um)]

    def home(self) -> bool:
        return self.probe.state == PROBE_DONE and self.setpoints_um[-1] == 0 and self.probe.press_travel_um == 0


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("name", names())
def test_every_persons_foot_is_measured_lightly(name, odd):
    length_mm = load_person(name).length_left_mm
    run = Run(name, length_mm, odd)
    assert run.probe.result == PROBE_OK
    assert abs(run.probe.length_um - length_mm * 1000) < ERROR_UM
    assert CONTACT_MN / 1000 < run.force_max_n < FORCE_MAX_N
    assert run.home()


@settings(max_examples=25)
@given(st.integers(203_000, 323_000), st.sampled_from(names()), st.booleans())
def test_any_length_in_range_is_measured(length_um, name, odd):
    run = Run(name, length_um / 1000, odd)
    assert run.probe.result == PROBE_OK
    assert abs(run.probe.length_um - length_um) < ERROR_UM
    assert run.force_max_n < FORCE_MAX_N


@pytest.mark.parametrize("length_mm", [203.0, 262.0, 323.0])
def test_the_states_come_in_order_and_nothing_jerks(length_mm):
    run = Run("average", length_mm)
    order = list(dict.fromkeys(run.states))
    assert order == [PROBE_GO_OUT, PROBE_LOWER, PROBE_APPROACH, PROBE_LIFT, PROBE_RETURN, PROBE_DONE]
    assert max(abs(change) for change in run.changes_um()) <= CHANGE_UM
    assert max(abs(speed) for speed in run.speeds_um()) == SPEED_MAX_UM
    approach = [s for s, state in zip(run.speeds_um(), run.states, strict=True) if state == PROBE_APPROACH]
    assert min(approach) == -FEEL_UM
    assert max(run.setpoints_um) == FAR_UM <= HIGH[SOLE_STROKE]


def test_the_roller_is_clear_of_the_foot_on_its_long_ways():
    assert Run("average", 262.0).force_in_motion_n == 0.0


@pytest.mark.parametrize(
    ("length_mm", "result"),
    [(150.0, PROBE_NO_CONTACT), (198.0, PROBE_TOO_SHORT), (327.0, PROBE_TOO_LONG), (345.0, PROBE_TOO_LONG)],
)
def test_a_foot_that_does_not_fit_is_reported_and_released(length_mm, result):
    run = Run("average", length_mm)
    assert run.probe.result == result
    assert run.probe.length_um == 0
    assert run.force_max_n < FORCE_MAX_N
    assert max(abs(change) for change in run.changes_um()) <= CHANGE_UM
    assert run.home()


@pytest.mark.parametrize(("length_mm", "counts_as_um"), [(202.0, 203_000), (324.0, 323_000)])
def test_a_foot_just_outside_the_range_counts_as_its_end(length_mm, counts_as_um):
    run = Run("average", length_mm)
    assert (run.probe.result, run.probe.length_um) == (PROBE_OK, counts_as_um)


@pytest.mark.parametrize("stuck_m", [0.0, 0.2])
def test_a_roller_that_sticks_on_the_way_out_is_given_up(stuck_m):
    run = Run("average", 262.0, stuck_m=stuck_m)
    assert run.probe.result == PROBE_TIMEOUT
    assert PROBE_LOWER not in run.states
    assert run.home()


def brought_to(state: int) -> Probe:
    """Return a probe that has just entered `state`, without a foot so far."""
    probe = Probe(figures_of(CALIBRATION))
    probe.begin()
    for _ in range(LONGEST_TICKS):
        if probe.state == state:
            return probe
        probe.tick(probe.move.place_um, 0)
    raise AssertionError(f"the probe never came to state {state}")


def finish(probe: Probe, position_um: int) -> None:
    """Let the probe end with a roller that stays where it is."""
    for _ in range(LONGEST_TICKS):
        probe.tick(position_um, 0)


def test_a_roller_that_sticks_while_feeling_is_given_up():
    probe = brought_to(PROBE_APPROACH)
    for _ in range(100):
        probe.tick(FAR_UM, 0)
    assert (probe.state, probe.result) == (PROBE_LIFT, PROBE_TIMEOUT)
    finish(probe, FAR_UM)
    assert (probe.state, probe.result, probe.length_um) == (PROBE_DONE, PROBE_TIMEOUT, 0)


@pytest.mark.parametrize("wild_um", [-450_000, 0, 450_000])
def test_two_wild_places_while_feeling_are_neither_a_lost_roller_nor_a_heel(wild_um):
    probe = brought_to(PROBE_APPROACH)
    for _ in range(50):
        for is_wild in (True, True, False):
            probe.tick(wild_um if is_wild else probe.move.place_um, 0)
    assert (probe.state, probe.result) == (PROBE_APPROACH, PROBE_PENDING)
    felt_um = probe.move.place_um
    probe.tick(wild_um, 2_000)
    for _ in range(3):
        probe.tick(felt_um, 2_000)
    assert (probe.result, probe.length_um) == (PROBE_OK, felt_um + CALIBRATION.probe_offset_um)


def test_a_third_wild_place_is_a_lost_roller():
    probe = brought_to(PROBE_APPROACH)
    for _ in range(3):
        probe.tick(0, 0)
    assert (probe.state, probe.result) == (PROBE_LIFT, PROBE_TIMEOUT)


def test_a_roller_that_does_not_come_home_is_reported_though_the_foot_was_measured():
    probe = brought_to(PROBE_APPROACH)
    for _ in range(300):
        probe.tick(probe.move.place_um, 0)
    for _ in range(3):
        probe.tick(probe.move.place_um, 2_000)
    assert probe.result == PROBE_OK
    finish(probe, 270_000)
    assert (probe.state, probe.result) == (PROBE_DONE, PROBE_TIMEOUT)


@pytest.mark.parametrize("state", [PROBE_LOWER, PROBE_APPROACH])
def test_two_wild_samples_are_no_contact(state):
    probe = brought_to(state)
    for force_mn in (60_000, 60_000, 0) * 5:
        probe.tick(probe.move.place_um, force_mn)
    assert (probe.state, probe.result) == (state, PROBE_PENDING)


def test_the_length_is_where_contact_began_not_where_it_was_believed():
    probe = brought_to(PROBE_APPROACH)
    for position_um, force_mn in ((325_000, 0), (324_900, 2_000), (324_700, 2_000), (324_500, 2_000)):
        probe.move.place_um = position_um
        probe.tick(position_um, force_mn)
    assert probe.length_um == 324_900 + CALIBRATION.probe_offset_um


def test_a_second_probe_starts_afresh():
    run = Run("average", 262.0)
    run.probe.begin()
    assert (run.probe.state, run.probe.result, run.probe.length_um) == (PROBE_GO_OUT, PROBE_PENDING, 0)
    while run.probe.state == PROBE_GO_OUT:
        run.probe.tick(run.probe.move.place_um, 0)
    for force_mn in (2_000, 2_000, 0):
        run.probe.tick(FAR_UM, force_mn)
    assert run.probe.state == PROBE_LOWER


def test_an_idle_probe_moves_nothing():
    probe = Probe(figures_of(CALIBRATION))
    probe.tick(0, 60_000)
    assert (probe.move.place_um, probe.press_travel_um, probe.result) == (0, 0, PROBE_PENDING)


def test_the_offset_on_the_board_file_is_the_formulas():
    row = foot.pack_foot(load_person("average"), 0, foot.Well.from_toml(FIGURES))
    dead_band_m = FIGURES["servo"]["dead_band_us"] / CALIBRATION.press_us_per_kilo / 1000
    late_m = FEEL_UM * 1e-6 * 100 * CONVERSION_AND_TICK_S
    travel_m = CALIBRATION.probe_travel_um / 1e6 - dead_band_m
    offset_m = foot.probe_offset_m(row, travel_m, CONTACT_MN / 1000, late_m)
    assert CALIBRATION.probe_offset_um == pytest.approx(offset_m * 1e6, abs=100)
