"""Inject faults into a simulation at their time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from instep.axes import FOOT_NAMES, TICKS_PER_S
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from sim.faults.detection import Detection
from sim.faults.effects.effect import Effect
from sim.faults.parse import Injection
from sim.faults.watch import Watch
from sim.hooks import Hook

if TYPE_CHECKING:
    from sim.simulation import Simulation


def inject(simulation: "Simulation", *injections: Injection) -> None:
    """Add faults to a simulation; their times count from the session's start, or from a phase."""
    injector = next(_injectors(simulation), None)
    if injector is None:
        injector = Injector(simulation)
        simulation.attach(injector)
    injector.add(*injections)


def detected(simulation: "Simulation", which: int = 0) -> Detection:
    """Return the outcome so far of the simulation's first (or other) injection; raise ValueError without any."""
    return injector_of(simulation).detection(which)


def injector_of(simulation: "Simulation") -> "Injector":
    """Return the injector that is attached to a simulation; raise ValueError without one."""
    injector = next(_injectors(simulation), None)
    if injector is None:
        raise ValueError("no fault was injected into this simulation")
    return injector


def _injectors(simulation: "Simulation") -> "Iterator[Injector]":
    return (hook for hook in simulation.hooks if isinstance(hook, Injector))


class Incident:
    """Lead one injection through its time: waiting, at work, over."""

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self._simulation = simulation
        self._injection = injection
        self._foot = FOOT_NAMES.index(injection.foot)
        self._phase_tick: int | None = None if injection.phase else 0
        self._is_over = False
        self.is_active = False
        self.effect: Effect = injection.fault.effect_class()(simulation, injection)
        self.watch = Watch(simulation, injection)

    def before_tick(self) -> None:
        """Begin or end if it is time; then act on the inputs."""
        tick = self._simulation.ticks
        if self._phase_tick is None and self._is_in_phase():
            self._phase_tick = tick
        if self._phase_tick is None or self._is_over:
            return
        start = self._phase_tick + round(self._injection.onset_s * TICKS_PER_S)
        if not self.is_active and tick >= start:
            self.is_active = True
            self.effect.begin()
        duration_s = self._injection.duration_s
        if self.is_active and duration_s is not None and tick >= start + max(1, round(duration_s * TICKS_PER_S)):
            self.is_active = False
            self._is_over = True
            self.effect.end()
        if self.is_active:
            self.effect.before_tick()
            if self.effect.shows():
                self.watch.show()
            elif self.effect.shows_without_break:
                self.watch.hide()

    @property
    def is_waiting(self) -> bool:
        """Return True while the fault has just begun to show, or is being judged."""
        is_fresh = self.watch.detection.onset_tick is None and self.is_active and self.effect.shows()
        return is_fresh or self.watch.is_open

    def _is_in_phase(self) -> bool:
        app = self._simulation.app
        phase = self._injection.phase
        if phase == states.NAMES[app.session.state]:
            return True
        technique = app.scheduler.technique(self._foot)
        return technique != NO_TECHNIQUE and TECHNIQUES[technique] == phase


class Injector(Hook):
    """Inject faults into the simulation that this hook is attached to."""

    def __init__(self, simulation: "Simulation") -> None:
        self._simulation = simulation
        self.incidents: list[Incident] = []

    def add(self, *injections: Injection) -> None:
        """Let these faults happen, beside those added before."""
        self.incidents += [Incident(self._simulation, injection) for injection in injections]

    def before_tick(self) -> None:
        """Act on the inputs that the firmware is about to read."""
        for incident in self.incidents:
            incident.before_tick()

    def before_step(self) -> None:
        """Judge the firmware's outputs, then act on the commands that the plant receives."""
        for incident in self.incidents:
            incident.watch.tick(incident.is_active)
        for incident in self.incidents:
            if incident.is_active:
                incident.effect.before_step()

    def after_step(self) -> None:
        """Restore the commands that only the plant was to see changed."""
        for incident in reversed(self.incidents):
            if incident.is_active:
                incident.effect.after_step()

    @property
    def is_waiting(self) -> bool:
        """Return True while a fault is being judged: the session's end must not cut that off."""
        return any(incident.is_waiting for incident in self.incidents)

    def detection(self, which: int) -> Detection:
        """Return the outcome of one of the injections so far."""
        return self.incidents[which].watch.conclude()
