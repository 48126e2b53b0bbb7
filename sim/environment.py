"""The simulated machine as a Gymnasium environment: someone at its buttons tries to reach a wished dose.

    from sim.environment import FootMassage
    environment = FootMassage("arch", program="classic")

The firmware stays between the buttons and the machine: whatever is pressed, its guard keeps the limits.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.errors import InstepError
from host_tools.massage.dose import roller_dose
from host_tools.massage.foot_shape import grid
from instep.axes import FEET, FOOT_NAMES, ROLLERS, ROLLERS_PER_FOOT, TICKS_PER_S
from instep.levels import INTENSITY_MAX, PACE_MAX
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.units import PERMILLE
from sim.extras import missing
from sim.library import BUTTONS, Machine, Reading
from sim.options import PARTS_DEFAULT, PERSON_DEFAULT, SEED_MAX
from sim.recorder import SAMPLE_TICKS
from sim.search.profile import along, deviation, hats, wished
from sim.search.wish import SIDES, Wish, find_wish, load_wish

try:
    from gymnasium import Env, register, spaces
except ImportError:
    raise missing("environment", "sim.environment") from None

Observation = dict[str, Any]

# Time of one step; so long a button is held that means something else when it is held (1 s), and otherwise.
STEP_TICKS = 2 * TICKS_PER_S
_HOLD_TICKS = 3 * TICKS_PER_S // 2
_PRESS_TICKS = TICKS_PER_S // 10
ACTIONS = ("wait", *BUTTONS, *(f"hold {button}" for button in BUTTONS))

# Where the missing dose is observed, per mille of the way from the tips of the toes.
PLACES = tuple(range(0, PERMILLE + 1, PERMILLE // 10))
# Bounds of the observations: beyond what the machine and a person can do.
_PLACE_MAX_MM, _FORCE_MAX_N, _SKIN_MAX_C, _SECONDS_MAX, _DOSE_MAX = 400.0, 200.0, 100.0, 7200.0, 10_000.0

register(id="instep/FootMassage-v0", entry_point="sim.environment:FootMassage")


class FootMassage(Env[Observation, np.int64]):
    """Press buttons during a session, so that its dose comes near to a wish.

    An episode is one session: it begins when the strokes do, after a simulated person has answered the questions, and
    ends with the session. A step is 2 s. The rewards of an episode add up to 1 - deviation - cost of a force over the
    bound of comfort: 1 is the wish itself, 0 no massage at all.

    Actions, by their number in ACTIONS: wait, press one of BUTTONS for 0.1 s, or hold it for 1.5 s.

    Observations:
      place_mm    each roller from its home, mm; rollers are left top, left sole, right top, right sole
      force_n     of each roller on the foot, N, true
      skin_c      of each well's skin side, °C, true
      seconds     since power-up, s
      state       number in `instep.session.states.NAMES`
      technique   of each foot: 0 = none, else its number in `instep.stroke.program.TECHNIQUES` + 1
      levels      intensity and pace, from 1
      missing     wished dose less the dose so far, N·s/cm²: of each foot, of top and sole, at PLACES; a side
                  without a wish is 0
    """

    def __init__(
        self,
        wish: str | Wish = "arch",
        program: str = "classic",
        person: str = PERSON_DEFAULT,
        parts: str = PARTS_DEFAULT,
        **choices: Any,
    ) -> None:
        """Take a wish (a shipped name, a file or a Wish), and the choices of `sim.library.Machine` but the seed."""
        self.metadata = {"render_modes": []}
        self._wish = wish if isinstance(wish, Wish) else load_wish(find_wish(wish))
        self._program = program
        self._choices = {"person": person, "parts": parts, **choices}
        self.action_space = spaces.Discrete(len(ACTIONS))
        self.observation_space = spaces.Dict(
            {
                "place_mm": _box(-_PLACE_MAX_MM, _PLACE_MAX_MM, ROLLERS),
                "force_n": _box(0.0, _FORCE_MAX_N, ROLLERS),
                "skin_c": _box(0.0, _SKIN_MAX_C, FEET),
                "seconds": _box(0.0, _SECONDS_MAX, 1),
                "state": spaces.Discrete(len(states.NAMES)),
                "technique": spaces.MultiDiscrete([len(TECHNIQUES) + 1] * FEET),
                "levels": spaces.MultiDiscrete([INTENSITY_MAX + 1, PACE_MAX + 1]),
                "missing": _box(-_DOSE_MAX, _DOSE_MAX, FEET, len(SIDES), len(PLACES)),
            }
        )

    def reset(
        self, *, seed: int | None = None, options: Mapping[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begin another session, on another machine; `options` may have another `program`, a name or a file."""
        super().reset(seed=seed)
        program = (options or {}).get("program", self._program)
        noise = int(self.np_random.integers(SEED_MAX + 1))
        self._machine = Machine(program, seed=noise, **self._choices)
        reading = self._machine.step_until(states.NAMES[states.RUN])
        summary = self._machine.summary()
        if reading.state != states.NAMES[states.RUN]:
            raise InstepError(f"No stroke began: the session ended as {summary['result']}.", "Choose another person.")
        self._lengths_mm = [summary["fit_mm"][foot] for foot in FOOT_NAMES]
        self._given = [dict.fromkeys(SIDES, np.zeros(len(grid()[0]))) for _ in range(FEET)]
        self._cost = self._cost_now(summary)
        return self._observe(reading, summary), {"program": summary["program"]}

    def step(self, action: np.int64) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Do an action and let 2 s pass; return observation, reward, and whether the session is over."""
        button, held_ticks = _press_of(int(action))
        if button:
            self._machine.push(button)
        readings = []
        for ticks in range(SAMPLE_TICKS, STEP_TICKS + 1, SAMPLE_TICKS):
            readings.append(self._machine.step(SAMPLE_TICKS))
            if button and ticks == held_ticks:
                self._machine.release(button)
            if self._machine.is_over:
                break
        self._add_dose(readings)
        summary = self._machine.summary()
        before, self._cost = self._cost, self._cost_now(summary)
        info = {"deviation": self._deviation, "peak_n": summary["max_force_n"]}
        return self._observe(readings[-1], summary), before - self._cost, self._machine.is_over, False, info

    @property
    def _deviation(self) -> float:
        return deviation(self._wish, self._given, self._lengths_mm)

    def _cost_now(self, summary: Mapping[str, Any]) -> float:
        return self._deviation + self._wish.comfort.cost_of(summary["max_force_n"])

    def _add_dose(self, readings: list[Reading]) -> None:
        places_mm = np.array([reading.place_mm for reading in readings])
        push_n_s = np.array([reading.force_n for reading in readings]) * SAMPLE_TICKS / TICKS_PER_S
        for foot, length_mm in enumerate(self._lengths_mm):
            for number, side in enumerate(SIDES, start=foot * ROLLERS_PER_FOOT):
                fresh = along(roller_dose(places_mm[:, number] / length_mm, push_n_s[:, number], length_mm))
                self._given[foot][side] = self._given[foot][side] + fresh

    def _observe(self, reading: Reading, summary: Mapping[str, Any]) -> Observation:
        techniques = [TECHNIQUES.index(name) + 1 if name else 0 for name in reading.techniques]
        return {
            "place_mm": np.array(reading.place_mm, np.float32),
            "force_n": np.array(reading.force_n, np.float32),
            "skin_c": np.array(reading.skin_c, np.float32),
            "seconds": np.array([reading.seconds], np.float32),
            "state": np.int64(states.NAMES.index(reading.state)),
            "technique": np.array(techniques, np.int64),
            "levels": np.array([summary["intensity"], summary["pace"]], np.int64),
            "missing": np.array([self._missing(foot) for foot in range(FEET)], np.float32),
        }

    def _missing(self, foot: int) -> list[NDArray[np.float64]]:
        """Return the mean missing dose around each place, of top and sole."""
        values = []
        for side in SIDES:
            near = hats(side, PLACES)
            points = self._wish.doses.get(side)
            if points is None:
                values.append(np.zeros(len(PLACES)))
                continue
            left = wished(points, side, self._lengths_mm[foot]) - self._given[foot][side]
            values.append(near @ left / near.sum(axis=1))
        return values


def _press_of(action: int) -> tuple[str, int]:
    """Return the button of an action, "" = none, and for how many ticks it is held."""
    word, _, button = ACTIONS[action].rpartition(" ")
    if not action:
        return "", 0
    return button, _HOLD_TICKS if word else _PRESS_TICKS


def _box(low: float, high: float, *shape: int) -> spaces.Box:
    return spaces.Box(low, high, shape, np.float32)
