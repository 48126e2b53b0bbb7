"""A session of `demo` from its buttons, on an emulated board with the machine's physics behind its pins.

Boot, screening, self-test, fit and program are emulated once, up to the closing strokes: half a minute of the board's
time, for which a busy computer takes twenty minutes. How the session may end is played in copies of that machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from host_tools.machine.calibration import calibration_of
from host_tools.program.load import load_program, shipped
from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    FOOT_NAMES,
    HIGH,
    HOLD_ARCH,
    HOLD_HEEL,
    LOW,
    SERVOS_PER_FOOT,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.hal.board import ROLLER_NAMES
from instep.session import states
from instep.session.choices import Choices
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import Scheduler
from tests.emulator import operator
from tests.emulator.installed import install
from tests.emulator.laptop import Laptop
from tests.emulator.logbook import Entry, Logbook
from tests.emulator.machine import Machine
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico
from tests.emulator.scene import played

PROGRAM = "demo"
BOOT_MS = 20_000
WHOLE_FRAME_BYTES = 1024
# From the first closing stroke on: its rollers are on their way, pressing, and a heater is on.
CLOSING_MS = 1_500
TICK_MS = 10
LOOK_US = 250
STEPS = 4096
# How far a roller may be behind its setpoint, and beyond an end of its travel: a tenth of a toe.
BEHIND_UM = 5_000
# A setpoint's speed from which, for so many ticks, a duty has to go its way.
SWIFT_UM = 300
SETTLED_TICKS = 15

CALIBRATION = calibration_of()
FIGURES = {
    TOE_SELECT: (CALIBRATION.select_zero_us, CALIBRATION.select_us_per_kilo),
    TOE_REACH: (CALIBRATION.reach_zero_us, CALIBRATION.reach_us_per_kilo),
    TOE_TURN: (CALIBRATION.turn_zero_us, CALIBRATION.turn_us_per_kilo),
    TOE_GRIP: (CALIBRATION.grip_zero_us, CALIBRATION.grip_us_per_kilo),
    HOLD_ARCH: (CALIBRATION.hold_zero_us, CALIBRATION.hold_us_per_kilo),
    HOLD_HEEL: (CALIBRATION.hold_zero_us, CALIBRATION.hold_us_per_kilo),
}
# The waypoints of demo.toml; axes of one group move together, on both feet.
ORDER = (
    (HOLD_ARCH, HOLD_HEEL),
    (TOP_PRESS, SOLE_PRESS),
    (TOP_STROKE, SOLE_STROKE),
    (TOE_SELECT,),
    (TOE_REACH,),
    (TOE_GRIP,),
    (TOE_TURN,),
)

pytestmark = pytest.mark.xdist_group("emulated session")


@dataclass
class Story:
    """The machine at its closing strokes and what was written down: `entries` from the end of the fit to now."""

    machine: Machine
    laptop: Laptop
    logbook: Logbook
    entries: list[Entry]
    lengths_um: list[int]


@pytest.fixture(scope="module")
def story(uf2: Path) -> Iterator[Story]:
    """Go through the session up to its closing strokes; HEAT is pressed on the way."""
    pico = Pico(uf2)
    install(pico)
    machine = Machine(pico)
    Physics(machine, usual_plant())
    pico.run_until(lambda: machine.display.data_bytes >= WHOLE_FRAME_BYTES, BOOT_MS, 50_000)
    laptop = Laptop(pico)
    laptop.watch()
    logbook = Logbook(machine)
    operator.begin(machine, laptop, shipped().index(PROGRAM))
    operator.wait_for(machine, laptop, states.WARM)
    fitted = len(logbook.entries)
    operator.press(machine, "start")
    operator.wait_for(machine, laptop, states.RUN)
    operator.press(machine, "heat")
    operator.wait_for(machine, laptop, states.CLOSING)
    pico.run_ms(CLOSING_MS)
    assert not laptop.damaged
    telemetry = laptop.telemetry
    assert telemetry is not None
    lengths_um = [foot["length_um"] for foot in telemetry.feet]
    yield Story(machine, laptop, logbook, logbook.entries[fitted:], lengths_um)
    pico.stop()


def replayed(story: Story) -> list[tuple[int, ...]]:
    """Return what CPython makes of the same program for the same feet, from the same setpoints on."""
    scheduler = Scheduler()
    scheduler.setpoints[:] = type(scheduler.setpoints)("i", story.entries[0].setpoints)
    scheduler.load(Program(load_program(PROGRAM).data), FootLengths(*story.lengths_um), 3)
    choices = Choices()
    scheduler.set_levels(choices.force_permille(), choices.press_max_mn(), choices.pace_permille())
    scheduler.start(True)
    trace = [tuple(scheduler.setpoints)]
    for _ in story.entries:
        scheduler.tick()
        trace.append(tuple(scheduler.setpoints))
    return trace


def from_first_change(trace: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    return trace[next(index for index, setpoints in enumerate(trace) if setpoints != trace[0]) :]


def axis_of(story: Story, foot: int, axis: int) -> list[int]:
    """Return an axis's setpoints, tick by tick."""
    return [entry.setpoints[foot * AXES_PER_FOOT + axis] for entry in story.entries]


def pulses_of(story: Story, foot: int, axis: int) -> list[float]:
    """Return the pulses of a servo axis, tick by tick, us."""
    return [entry.pulses_us[foot * SERVOS_PER_FOOT + axis - TOP_PRESS] for entry in story.entries]


def travel_of(story: Story, roller: int) -> list[float]:
    """Return how far a roller is from where it stood before the program, its home, tick by tick, um."""
    sign = -1 if ROLLER_NAMES[roller] in story.machine.board["encoders"]["reversed"] else 1
    um_per_count = sign * CALIBRATION.um_per_1024_counts / 1024
    counts = [entry.roller_counts[roller] for entry in story.entries]
    return [(count - counts[0]) * um_per_count for count in counts]


def first_change(values: list[float] | list[int]) -> int:
    return next(index for index, value in enumerate(values) if value != values[0])


def test_the_board_makes_the_setpoints_that_cpython_makes(story: Story):
    expected = from_first_change(replayed(story))
    made = from_first_change([entry.setpoints for entry in story.entries])

    assert len(made) > 1000
    assert made == expected[: len(made)]


@pytest.mark.parametrize("axis", FIGURES)
@pytest.mark.parametrize("foot", range(FEET), ids=FOOT_NAMES)
def test_a_servos_pulse_is_its_setpoints(story: Story, foot: int, axis: int):
    zero_us, us_per_kilo = FIGURES[axis]
    step_us = story.machine.servos.period_us / STEPS
    setpoints = axis_of(story, foot, axis)

    assert len(set(setpoints)) > 10
    for setpoint, pulse_us in zip(setpoints, pulses_of(story, foot, axis), strict=True):
        assert pulse_us == pytest.approx(zero_us + setpoint * us_per_kilo / 1000, abs=1 + step_us)


@pytest.mark.parametrize("axis", [TOP_PRESS, SOLE_PRESS])
@pytest.mark.parametrize("foot", range(FEET), ids=FOOT_NAMES)
def test_a_press_comes_down_to_press_and_lifts_to_let_go(story: Story, foot: int, axis: int):
    lifted_us = CALIBRATION.press_zero_us
    setpoints = axis_of(story, foot, axis)
    travels_us = [abs(pulse_us - lifted_us) for pulse_us in pulses_of(story, foot, axis)]
    down_us = abs(5_000 * CALIBRATION.press_us_per_kilo / 1000)
    for index, (before, after) in enumerate(pairwise(setpoints)):
        if before and not after:
            assert travels_us[index] > down_us
            assert min(travels_us[index : index + 60]) < down_us
    assert sum(before == 0 and after > 0 for before, after in pairwise(setpoints)) == 2


@pytest.mark.parametrize("roller", range(len(ROLLER_NAMES)), ids=ROLLER_NAMES)
def test_a_bridge_drives_the_way_that_its_roller_is_to_go(story: Story, roller: int):
    setpoints = axis_of(story, roller // 2, TOP_STROKE + roller % 2)
    speeds = [after - before for before, after in pairwise(setpoints)]
    seen = set()
    for index in range(SETTLED_TICKS, len(speeds)):
        lately = speeds[index - SETTLED_TICKS : index + 1]
        for way in (-1, 1):
            if all(way * speed >= SWIFT_UM for speed in lately):
                seen.add(way)
                assert way * story.entries[index + 1].duty_permille[roller] > 0
    assert seen == {-1, 1}


@pytest.mark.parametrize("roller", range(len(ROLLER_NAMES)), ids=ROLLER_NAMES)
def test_a_roller_follows_its_setpoint(story: Story, roller: int):
    setpoints = axis_of(story, roller // 2, TOP_STROKE + roller % 2)
    behind = [abs(travel - setpoint) for travel, setpoint in zip(travel_of(story, roller), setpoints, strict=True)]

    assert setpoints[0] == 0
    assert max(setpoints) > 30_000
    assert max(behind) < BEHIND_UM


@pytest.mark.parametrize("foot", range(FEET), ids=FOOT_NAMES)
def test_what_the_program_moves_is_seen_to_move_in_its_order(story: Story, foot: int):
    seen = []
    for group in ORDER:
        at = []
        for axis in group:
            if axis in (TOP_STROKE, SOLE_STROKE):
                travel = travel_of(story, foot * 2 + axis - TOP_STROKE)
                at.append(next(index for index, um in enumerate(travel) if abs(um) > BEHIND_UM))
            else:
                at.append(first_change(pulses_of(story, foot, axis)))
        seen.append(at)
    assert all(max(before) < min(after) for before, after in pairwise(seen)), seen


def test_nothing_leaves_its_range(story: Story):
    for foot in range(FEET):
        for axis in range(AXES_PER_FOOT):
            assert all(LOW[axis] <= setpoint <= HIGH[axis] for setpoint in axis_of(story, foot, axis))
        for axis, (zero_us, us_per_kilo) in FIGURES.items():
            ends_us = sorted(zero_us + end * us_per_kilo / 1000 for end in (LOW[axis], HIGH[axis]))
            pulses_us = pulses_of(story, foot, axis)
            assert ends_us[0] - 5 < min(pulses_us) and max(pulses_us) < ends_us[1] + 5
    for roller in range(len(ROLLER_NAMES)):
        travel = travel_of(story, roller)
        assert min(travel) > -BEHIND_UM and max(travel) < HIGH[TOP_STROKE + roller % 2]


def everything_is_live(machine: Machine) -> bool:
    return (
        all(bridge.duty_permille for bridge in machine.bridges)
        and any(heater.permille for heater in machine.heaters)
        and machine.relay_coil.is_high
        and machine.servos.is_enabled
    )


def lifted(machine: Machine) -> bool:
    """Tell whether every press is told to lift."""
    pulses_us = machine.servos.pulses_us()
    presses = [pulses_us[foot * SERVOS_PER_FOOT + side] for foot in range(FEET) for side in range(2)]
    step_us = machine.servos.period_us / STEPS
    return all(abs(pulse_us - CALIBRATION.press_zero_us) <= 1 + step_us for pulse_us in presses)


def until_shortly_before_a_tick(story: Story) -> None:
    """Let time pass until 1 ms before the next tick but one asks for its inputs."""
    entries = story.logbook.entries
    noted = len(entries)
    story.machine.pico.run_until(lambda: len(entries) > noted, 2 * TICK_MS, 50)
    story.machine.pico.run_ms(TICK_MS - 1)


def test_an_emergency_stop_has_everything_off_within_one_tick(story: Story):
    def scene() -> tuple[bool, float, float, bool]:
        machine = story.machine
        while not everything_is_live(machine):
            machine.pico.run_ms(TICK_MS)
        until_shortly_before_a_tick(story)
        machine.set_emergency_stop(True)
        off_ms = machine.pico.run_until(lambda: machine.is_safe, 3 * TICK_MS, LOOK_US)
        lifted_ms = off_ms + machine.pico.run_until(lambda: lifted(machine), 3 * TICK_MS, LOOK_US)
        machine.pico.run_ms(100)
        return machine.is_safe, off_ms, lifted_ms, machine.is_relay_closed

    is_safe, off_ms, lifted_ms, is_relay_closed = played(scene)
    assert off_ms <= TICK_MS
    assert lifted_ms <= TICK_MS + 1
    assert is_safe and not is_relay_closed


def test_stop_has_motors_and_heaters_off_within_one_tick_and_lifts(story: Story):
    def scene() -> tuple[float, float]:
        machine = story.machine
        until_shortly_before_a_tick(story)
        machine.press("stop")
        off = lambda: all(b.is_coasting for b in machine.bridges) and not any(h.permille for h in machine.heaters)  # noqa: E731
        off_ms = machine.pico.run_until(off, 3 * TICK_MS, LOOK_US)
        lifted_ms = off_ms + machine.pico.run_until(lambda: lifted(machine), 3 * TICK_MS, LOOK_US)
        machine.pico.run_ms(60)
        machine.release("stop")
        operator.wait_for(machine, story.laptop, states.RETRACT)
        return off_ms, lifted_ms

    off_ms, lifted_ms = played(scene)
    assert off_ms <= TICK_MS
    assert lifted_ms <= TICK_MS + 1


def test_a_loop_that_hangs_in_a_session_is_cut_off_by_the_timer_and_reset(story: Story):
    def scene() -> tuple[float, bool, float]:
        machine = story.machine
        machine.pico.hang()
        off_ms = machine.pico.run_until(lambda: machine.is_safe and machine.servo_disable.is_high, 100, LOOK_US)
        all_held = all(bridge.is_held() for bridge in machine.bridges)
        reset_ms = off_ms + machine.pico.run_until(lambda: bool(machine.pico.resets), 2_000)
        return off_ms, all_held, reset_ms

    off_ms, all_held, reset_ms = played(scene)
    assert off_ms <= 50
    assert all_held
    assert reset_ms <= 1_000


def test_a_foot_that_is_lifted_out_pauses_the_session(story: Story):
    def scene() -> float:
        machine = story.machine
        machine.put_foot(0, False)
        stopped = lambda: all(bridge.is_coasting for bridge in machine.bridges) and lifted(machine)  # noqa: E731
        stopped_ms = machine.pico.run_until(stopped, 300, LOOK_US)
        operator.wait_for(machine, story.laptop, states.PAUSED)
        return stopped_ms

    assert played(scene) <= 100
