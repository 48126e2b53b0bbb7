"""The simulated machine in a Python program: begin, step, press, branch, and look at forces and dose.

It is the machine of `instep sim`: the same options and the same seed give the same session, to the bit.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.errors import InstepError
from host_tools.program.load import find
from instep import user_events
from instep.axes import FEET, FOOT_NAMES, SOLE_STROKE, TICKS_PER_S, TOP_STROKE
from instep.levels import FEET_NAMES, HEAT_NAMES, INTENSITY_MAX, INTENSITY_MIN, MINUTES, PACE_MAX, PACE_MIN
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from instep.units import MILLI
from sim.columns import recording_of
from sim.factory import prepare
from sim.faults import parse
from sim.fork import branch
from sim.grades import GRADES
from sim.options import AMBIENT_MAX_C, AMBIENT_MIN_C, ANSWERS, SEED_MAX, SimOptions
from sim.people import path_of
from sim.report.dose import roller_dose, toe_dose
from sim.summary import summarise

BUTTONS = user_events.NAMES

# Longer than a contact bounces, shorter than a button that is held; a button is up for as long before its next press.
_PRESS_TICKS = 10

# The choices that have few values, and the ranges of the others.
_VALUES: Mapping[str, Iterable[Any]] = {
    "minutes": (None, *MINUTES),
    "intensity": range(INTENSITY_MIN, INTENSITY_MAX + 1),
    "pace": range(PACE_MIN, PACE_MAX + 1),
    "feet": FEET_NAMES,
    "heat": (None, *HEAT_NAMES),
    "parts": GRADES,
}
_OF_THE_WALL_CLOCK = ("wall_s", "real_time_ratio")
_RANGES = {"ambient_c": (AMBIENT_MIN_C, AMBIENT_MAX_C), "seed": (0, SEED_MAX)}


@dataclass(frozen=True)
class Reading:
    """What is true in one tick, not what the sensors say; rollers are left top, left sole, right top, right sole.

    seconds: since power-up. state: a name of `states.NAMES`. techniques: of each foot, "" = none. place_mm: of each
    roller, from its home. force_n: of each roller on the foot. skin_c: of each well's skin side. rows: the display.
    """

    seconds: float
    state: str
    techniques: tuple[str, ...]
    place_mm: tuple[float, ...]
    force_n: tuple[float, ...]
    skin_c: tuple[float, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Dose:
    """The pressure dose of one foot until now, N·s/cm²: maps of equal cells, length by width, 0 beside the foot."""

    top: NDArray[np.float64]
    sole: NDArray[np.float64]
    toes: NDArray[np.float64]


class Machine:
    """Simulate one machine, which has just been switched on, with a person whose feet are in it.

    program, person: a shipped name or the path of a .toml file. The person starts the session and answers the
    questions (`answers` changes some of `sim.options.ANSWERS`), until `hand_over`. `faults` are written as for
    `instep sim --fault`. choices: minutes, intensity, pace, feet, heat, ambient_c, seed and parts, as in
    `sim.options.SimOptions`. Raise InstepError with what is allowed.
    """

    def __init__(
        self,
        program: str = "classic",
        person: str = "average",
        *,
        answers: Mapping[str, bool] | None = None,
        faults: Iterable[str] = (),
        **choices: Any,
    ) -> None:
        for name, value in choices.items():
            _check(name, value)
        for name in answers or ():
            _one_of("question", name, tuple(ANSWERS))
        self._options = SimOptions(
            program=find(program),
            person=path_of(person),
            answers={**ANSWERS, **(answers or {})},
            **choices,
        )
        self._faults = tuple(parse(text) for text in faults)
        self._simulation = prepare(self._options, injections=self._faults)

    def reset(self, seed: int | None = None) -> Reading:
        """Begin again on a new machine, with another seed if one is given; return its first reading."""
        if seed is not None:
            _check("seed", seed)
            self._options = replace(self._options, seed=seed)
        self._simulation = prepare(self._options, injections=self._faults)
        return self.read()

    def branch(self) -> "Machine":
        """Return an independent machine that goes on exactly as this one would; takes some milliseconds."""
        other = copy(self)
        other._simulation = branch(self._simulation)
        return other

    def step(self, ticks: int = 1) -> Reading:
        """Simulate `ticks` of 10 ms, or fewer if the session ends; return the reading after them."""
        self._simulation.advance(ticks)
        return self.read()

    def step_until(self, state: str, max_s: float = 3600.0) -> Reading:
        """Simulate until a state of the session begins, or the session ends, at most `max_s`; return the reading."""
        _one_of("state", state, states.NAMES)
        last_tick = self._simulation.ticks + round(max_s * TICKS_PER_S)
        while self._state() != state and not self.is_over and self._simulation.ticks < last_tick:
            self._simulation.advance(1)
        return self.read()

    def run(self) -> dict[str, Any]:
        """Simulate to the end of the session; return its summary."""
        if self._simulation.is_yours:
            raise InstepError("A machine that was handed over has no end.", "Use step or step_until.")
        self._simulation.run_out()
        return self.summary()

    def press(self, button: str, ticks: int = _PRESS_TICKS) -> Reading:
        """Hold a button, one of BUTTONS, down for `ticks`; return the reading when it can be pressed again."""
        self.push(button)
        self.step(ticks)
        self.release(button)
        return self.step(_PRESS_TICKS)

    def push(self, button: str) -> None:
        """Push a button, one of BUTTONS, down; it stays down until `release`."""
        self._simulation.press(_one_of("button", button, BUTTONS))

    def release(self, button: str) -> None:
        """Release a button, one of BUTTONS."""
        self._simulation.release(_one_of("button", button, BUTTONS))

    def hand_over(self) -> None:
        """Take the simulated person away: from now on you press the buttons, and put feet in, which are out now."""
        self._simulation.hand_over()

    def put_foot(self, foot: str, is_in: bool) -> None:
        """Put a foot, "left" or "right", into its well or take it out."""
        self._simulation.hal.foot_switches[_foot(foot)].is_on = is_in

    @property
    def is_over(self) -> bool:
        """Return True if the session has ended."""
        return self._simulation.is_over

    def read(self) -> Reading:
        """Return what is true now."""
        simulation = self._simulation
        plant = simulation.plant
        now = plant.unpack_snapshots(np.frombuffer(plant.snapshot(), np.uint8)[np.newaxis])
        given = [simulation.app.scheduler.technique(foot) for foot in range(FEET)]
        return Reading(
            seconds=simulation.ticks / TICKS_PER_S,
            state=self._state(),
            techniques=tuple("" if technique == NO_TECHNIQUE else TECHNIQUES[technique] for technique in given),
            place_mm=tuple((now.roller_m[0] * MILLI).tolist()),
            force_n=tuple(now.contact_n[0].tolist()),
            skin_c=tuple(now.skin_c[0].tolist()),
            rows=tuple(simulation.hal.display.rows),
        )

    def summary(self) -> dict[str, Any]:
        """Return the session's figures until now, as `instep sim --json` writes them, but for the wall time."""
        figures = summarise(self._simulation, wall_s=0.0)
        return {name: value for name, value in figures.items() if name not in _OF_THE_WALL_CLOCK}

    def dose(self, foot: str) -> Dose:
        """Return the pressure dose of a foot, "left" or "right", until now."""
        index = _foot(foot)
        recording = recording_of(self._simulation, self.summary())
        return Dose(
            top=roller_dose(recording, index, TOP_STROKE),
            sole=roller_dose(recording, index, SOLE_STROKE),
            toes=toe_dose(recording, index),
        )

    def _state(self) -> str:
        return states.NAMES[self._simulation.app.session.state]


def _foot(name: str) -> int:
    return FOOT_NAMES.index(_one_of("foot", name, FOOT_NAMES))


def _one_of(noun: str, name: str, names: Sequence[str]) -> str:
    """Return a name; raise InstepError if there is no such thing."""
    if name not in names:
        raise InstepError(f"There is no {noun} {name!r}.", f"Use one of: {', '.join(names)}.")
    return name


def _check(name: str, value: Any) -> None:
    """Refuse a choice that the machine does not have, or a value that it does not allow."""
    _one_of("choice", name, (*_VALUES, *_RANGES))
    # Only the temperature of the room has fractions.
    is_kind = not isinstance(value, bool if name == "ambient_c" else bool | float)
    if name in _VALUES:
        allowed = tuple(_VALUES[name])
        if not is_kind or value not in allowed:
            raise InstepError(f"{name} {value!r} is not allowed.", f"Use one of: {', '.join(map(str, allowed))}.")
        return
    low, high = _RANGES[name]
    if not is_kind or not isinstance(value, int | float) or not low <= value <= high:
        raise InstepError(f"{name} {value!r} is not allowed.", f"Use {low:g} to {high:g}.")
