"""A session over stand-ins: the real scheduler and programs; feet, homes, fit and warmth are what the test says."""

from functools import cache
from typing import Any

from host_tools.program.load import load_program
from instep import user_events
from instep.drive import press, roller_kernels
from instep.guard import selftest
from instep.guard.faults import NO_FAULT
from instep.guard.memory_monitor import MemoryMonitor
from instep.guard.supervisor import Supervisor
from instep.session import states
from instep.session.library import Library
from instep.session.session import Session
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.scheduler import Scheduler
from sim.answers import CAREFUL, HEALTHY
from sim.people import load_person
from sim.plant.figures import load_figures
from tests.fakes import CODE_25_C, FakeHal, figures_of, stand_in

CALIBRATION = load_figures(load_person("average"), 1).calibration
LENGTH_UM = 250_000
WARM_CENTI_C = 3_700
# The answers of a healthy person, and of one with gout whose physician agrees.


@cache
def image(name: str) -> bytes:
    """Return a shipped program, compiled."""
    return load_program(name).data


def resting_heater(centi_c: int = 2_500) -> Any:
    """Return a heater that is off, its sensors not yet read by the guard."""
    probes = [stand_in(raw_centi_c=centi_c, centi_c=centi_c, code=CODE_25_C, samples=0, sound=True) for _ in range(2)]
    return stand_in(
        skin=probes[0],
        element=probes[1],
        skin_centi_c=centi_c,
        element_centi_c=centi_c,
        duty_permille=0,
        thermometer_centi_c=centi_c,
    )


def resting_roller() -> Any:
    """Return a roller that is not driven."""
    return stand_in(position_um=0, duty_permille=0, state=[0] * roller_kernels.SIZE)


def resting_press() -> Any:
    """Return a press that is lifted."""
    state = [0] * press.SIZE
    state[press.SPRING] = CALIBRATION.spring_mn_per_mm
    return stand_in(force_mn=0, asked_mn=0, state=state)


class Bench:
    """A session on program `name`; press its buttons with `press`, let time pass with `ticks`."""

    def __init__(self, name: str = "demo", *others: str) -> None:
        self.hal = FakeHal()
        self.heaters = [resting_heater(WARM_CENTI_C) for _ in range(2)]
        rollers = [resting_roller() for _ in range(4)]
        self.presses = [resting_press() for _ in range(4)]
        self.drives = stand_in(
            heaters=self.heaters,
            rollers=rollers,
            presses=self.presses,
            figures=figures_of(CALIBRATION),
            is_homed=lambda: True,
        )
        self.selftest = stand_in(
            state=selftest.PASSED,
            fault=NO_FAULT,
            notice=NO_FAULT,
            is_at_boot=False,
            begin=lambda: None,
            tick=lambda may_move: None,
            wants_relay=lambda: True,
            is_homing=lambda: True,
        )
        self.guard = Supervisor(self.hal, self.drives, CALIBRATION, MemoryMonitor())
        self.scheduler = Scheduler()
        library = Library([image(program) for program in (name, "gentle", *others)])
        self.session = Session(self.hal, library, self.scheduler, self.drives, self.selftest, self.guard)
        self.fitting = stand_in(
            fit=FootLengths(LENGTH_UM, LENGTH_UM),
            is_over=True,
            fault=NO_FAULT,
            begin=lambda mask: None,
            tick=lambda: None,
        )
        self.session.status.fitting = self.fitting

    @property
    def state(self) -> str:
        """Return the state by name."""
        return states.NAMES[self.session.state]

    def ticks(self, count: int = 1, pressed: int = 0) -> str:
        """Let ticks pass, the buttons pressed in the first; return the state."""
        for _ in range(count):
            self.guard.check_inputs()
            self.session.tick(pressed)
            pressed = 0
        return self.state

    def press(self, *buttons: int) -> str:
        """Press one button after the other, a tick each; return the state."""
        for button in buttons:
            self.ticks(1, button)
        return self.state

    def until(self, *wanted: str, maximum: int = 60_000) -> str:
        """Let time pass until one of the states comes."""
        for _ in range(maximum):
            if self.state in wanted:
                return self.state
            self.ticks()
        raise AssertionError(f"{self.state} after {maximum} ticks, not {' or '.join(wanted)}")

    def until_stroke(self) -> None:
        """Let time pass until a stroke has begun."""
        while not self.scheduler.has_begun():
            self.ticks()

    def go_to(self, wanted: str, is_careful: bool = False) -> "Bench":
        """Take the usual way to a state; `is_careful`: as a person whose feet need care, with consent."""
        if wanted == "idle":
            return self
        if wanted == "off":
            self.press(user_events.POWER)
            return self
        self.press(user_events.START)
        if wanted == "screening":
            return self
        if wanted == "refused":
            self.press(user_events.PLUS, user_events.PLUS)
            return self
        if wanted == "self-test":
            self.selftest.state = selftest.HOMING
        self.fitting.is_over = wanted != "fit"
        self.press(*(CAREFUL if is_careful else HEALTHY))
        if wanted in ("self-test", "fit"):
            self.until(wanted)
            return self
        self.until("warm")
        if wanted == "fault":
            self.guard.trip(1)
        elif wanted != "warm":
            self.press(user_events.START)
            self._go_on_to(wanted)
        self.until(wanted)
        return self

    def _go_on_to(self, wanted: str) -> None:
        self.until("run")
        if wanted == "paused":
            self.press(user_events.START)
        elif wanted == "retract":
            self.press(user_events.STOP)
