"""What a person at the simulated machine can do beside pressing its buttons."""

from collections.abc import Callable

from host_tools.view.hands import Act
from instep.axes import FEET, FOOT_NAMES, LEFT, RIGHT, ROLLERS_PER_FOOT
from sim.faults.effects.effect import Effect
from sim.faults.effects.fingers import MOVING_M_S
from sim.faults.parse import ROLLER_SIDES, parse
from sim.hooks import Hook
from sim.plant import motor
from sim.plant.machine import MOTOR
from sim.simulation import Simulation

EMERGENCY = "emergency_stop"
FINGER = "finger"
LEFT_FOOT, RIGHT_FOOT = (f"{name}_foot" for name in FOOT_NAMES)


class Hands(Hook):
    """Move the feet, hit the emergency stop, put a finger in a roller's way; the same act again undoes it."""

    acts = (
        Act("l", LEFT_FOOT, "left foot", "left foot into its well, out of it"),
        Act("r", RIGHT_FOOT, "right foot", "right foot into its well, out of it"),
        Act("e", EMERGENCY, "emergency", "emergency stop: hit it, pull it out again"),
        Act("x", FINGER, "finger", "a finger into the way of the roller that moves, away again"),
    )

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._effects: dict[str, Effect] = {}
        self._deeds: dict[str, Callable[[], str]] = {
            LEFT_FOOT: lambda: self._move_foot(LEFT),
            RIGHT_FOOT: lambda: self._move_foot(RIGHT),
            EMERGENCY: self._hit_emergency_stop,
            FINGER: self._put_finger,
        }
        simulation.attach(self)

    def act(self, name: str) -> str:
        """Do one of `acts`; return what has happened, in a sentence."""
        return self._deeds[name]()

    def before_tick(self) -> None:
        """Act on the inputs that the firmware is about to read."""
        for effect in self._effects.values():
            effect.before_tick()

    def before_step(self) -> None:
        """Act between the firmware's outputs and the plant."""
        for effect in self._effects.values():
            effect.before_step()

    def after_step(self) -> None:
        """Restore the commands that only the plant was to see changed."""
        for effect in reversed(self._effects.values()):
            effect.after_step()

    def _move_foot(self, foot: int) -> str:
        switch = self._simulation.hal.foot_switches[foot]
        switch.is_on = not switch.is_on
        return f"The {FOOT_NAMES[foot]} foot is {'in' if switch.is_on else 'out of'} its well."

    def _hit_emergency_stop(self) -> str:
        if self._end(EMERGENCY):
            return "The emergency stop is pulled out again. START acknowledges the fault."
        self._begin(EMERGENCY, f"{EMERGENCY}@0s")
        return "The emergency stop is hit. Press e again to pull it out."

    def _put_finger(self) -> str:
        if self._end(FINGER):
            return "The finger is taken away."
        roller = self._fastest_roller()
        if roller is None:
            return "No roller moves: there is nothing to get in the way of."
        foot, side = FOOT_NAMES[roller // ROLLERS_PER_FOOT], ROLLER_SIDES[roller % ROLLERS_PER_FOOT]
        self._begin(FINGER, f"finger_in_track@0s,{foot},{side}")
        return f"A finger is in the way of the {foot} {side} roller. Press x again to take it away."

    def _fastest_roller(self) -> int | None:
        """Return the roller that moves fastest, None if all stand still."""
        state = self._simulation.plant.state
        speeds = [
            abs(state[MOTOR + roller * motor.STATES + motor.SPEED_M_S]) for roller in range(FEET * ROLLERS_PER_FOOT)
        ]
        fastest = max(range(len(speeds)), key=speeds.__getitem__)
        return fastest if speeds[fastest] >= MOVING_M_S else None

    def _begin(self, name: str, text: str) -> None:
        injection = parse(text)
        effect = injection.fault.effect_class()(self._simulation, injection)
        effect.begin()
        self._effects[name] = effect

    def _end(self, name: str) -> bool:
        """End what an act has begun; return False if nothing is to be ended."""
        effect = self._effects.pop(name, None)
        if effect is not None:
            effect.end()
        return effect is not None
