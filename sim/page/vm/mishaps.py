"""Inject the simulator's faults at the request of the person at the page."""

from typing import Any

from sim.faults.effects.operator_faults import EmergencyStop
from sim.faults.inject import Injector
from sim.faults.parse import parse
from sim.hooks import Hook


class Mishaps(Hook):
    """Take part in every tick of a simulation: the injected faults, and the emergency stop under the person's hand."""

    def __init__(self, simulation: Any) -> None:
        self._injector = Injector(simulation)
        self._count = 0
        self._mushroom = EmergencyStop(simulation, parse("emergency_stop@0s"))
        self._is_mushroom_down = False

    def add(self, text: str) -> None:
        """Inject a fault; its text is that of `instep sim --fault`."""
        self._injector.add(parse(text))
        self._count += 1

    def press_mushroom(self, is_down: bool) -> None:
        """Press the emergency stop, or turn it to release."""
        if self._is_mushroom_down and not is_down:
            self._mushroom.end()
        self._is_mushroom_down = is_down

    def before_tick(self) -> None:
        """Act on the firmware's inputs."""
        if self._is_mushroom_down:
            self._mushroom.before_tick()
        self._injector.before_tick()

    def before_step(self) -> None:
        """Act on the plant's commands."""
        self._injector.before_step()
        if self._is_mushroom_down:
            self._mushroom.before_step()

    def after_step(self) -> None:
        """Restore the commands."""
        if self._is_mushroom_down:
            self._mushroom.after_step()
        self._injector.after_step()

    @property
    def is_waiting(self) -> bool:
        """Return True while a fault is still being judged."""
        return self._injector.is_waiting

    def outcomes(self) -> list[Any]:
        """Return the outcome of each fault so far."""
        return [_outcome(self._injector.detection(which)) for which in range(self._count)]


def _outcome(detection: Any) -> Any:
    return {
        "injected": detection.injected,
        "fault": detection.fault_name,
        "onset_tick": detection.onset_tick,
        "noticed_tick": detection.noticed_tick,
        "delay_ms": detection.delay_ms,
        "wrong": detection.wrong,
    }
