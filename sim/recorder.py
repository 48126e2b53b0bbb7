"""Record a simulated session tick by tick: samples, events, techniques, setpoint checksum."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host_tools.trace.recording import Event
from instep import user_events
from instep.app import App
from instep.axes import AXES, FEET, FOOT_NAMES, TICKS_PER_S
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from sim.hal import SimHal
from sim.plant.machine import Plant

SAMPLE_TICKS = 5  # 20 Hz


@dataclass
class TechniqueRun:
    """One technique on one foot, from its first movement to its last."""

    technique: str
    foot: str
    strokes: int
    start_tick: int
    end_tick: int

    def as_json(self) -> dict[str, str | int | float]:
        """Return the run as the summary shows it."""
        return {
            "technique": self.technique,
            "foot": self.foot,
            "strokes": self.strokes,
            "start_s": self.start_tick / TICKS_PER_S,
            "end_s": self.end_tick / TICKS_PER_S,
        }


class Recorder:
    """Sample every `ticks_per_sample` ticks (None: keep no samples) and keep every change as an event."""

    def __init__(self, app: App, hal: SimHal, plant: Plant, ticks_per_sample: int | None) -> None:
        self._app = app
        self._hal = hal
        self._plant = plant
        self._scheduler = app.scheduler
        self._players = app.scheduler.players
        self.ticks_per_sample = ticks_per_sample
        self.samples: list[bytes] = []
        self.sample_ticks: list[int] = []
        self.sample_states: list[tuple[int, int, int]] = []
        self.events: list[Event] = []
        self.techniques: list[TechniqueRun] = []
        self.setpoint_crc32 = 0
        self._running: list[TechniqueRun | None] = [None, None]
        self._turns = 0
        self._state = -1
        self._fault = NO_FAULT
        self._begun = [0, 0]
        self._given = [0, 0]
        self._buttons = 0

    def tick(self, tick: int) -> None:
        """Record the machine's state after tick number `tick`."""
        self.setpoint_crc32 = zlib.crc32(self._scheduler.setpoints, self.setpoint_crc32)
        if self._app.session.state != self._state:
            self._state = self._app.session.state
            self._note(tick, "state", "", states.NAMES[self._state])
        if self._hal.buttons.held != self._buttons:
            self._note_buttons(tick)
        if self._app.guard.fault != self._fault:
            self._fault = self._app.guard.fault
            if self._fault != NO_FAULT:
                self._note(tick, "fault", "", faults.name(self._fault))
        self._watch_techniques(tick)
        if self.ticks_per_sample and tick % self.ticks_per_sample == 0:
            self._sample(tick)

    def follow(self, app: App, tick: int) -> None:
        """Record a restarted firmware from now on; end the running techniques at tick number `tick`."""
        self._app = app
        self._scheduler = app.scheduler
        self._players = app.scheduler.players
        for foot, run in enumerate(self._running):
            if run is not None:
                run.end_tick = tick
                self._note(tick, "technique_end", FOOT_NAMES[foot], run.technique)
        self._running = [None, None]
        self._turns = self._scheduler.turns
        self._begun = [0, 0]
        self._given = [0, 0]

    def columns(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return the samples' setpoints (n, 20) and the plant's snapshots (n, bytes)."""
        rows = np.frombuffer(b"".join(self.samples), dtype=np.uint8)
        rows = rows.reshape(len(self.samples), -1)
        setpoint_bytes = AXES * np.dtype(np.int32).itemsize
        setpoints = rows[:, :setpoint_bytes].copy().view(np.int32)
        return setpoints, rows[:, setpoint_bytes:]

    def _sample(self, tick: int) -> None:
        self.samples.append(self._scheduler.setpoints.tobytes() + self._plant.snapshot())
        self.sample_ticks.append(tick)
        technique = self._scheduler.technique
        self.sample_states.append((self._state, technique(0), technique(1)))

    def _watch_techniques(self, tick: int) -> None:
        is_new_turn = self._scheduler.turns != self._turns
        self._turns = self._scheduler.turns
        for foot in range(FEET):
            player = self._players[foot]
            run = self._running[foot]
            if run is None and not is_new_turn:
                continue
            technique = self._scheduler.technique(foot)
            if run is not None:
                run.strokes = player.given - self._given[foot]
            if run is not None and (is_new_turn or technique == NO_TECHNIQUE):
                run.end_tick = tick
                self._running[foot] = None
                self._note(tick, "technique_end", FOOT_NAMES[foot], run.technique)
            if is_new_turn and technique != NO_TECHNIQUE:
                self._begin(tick, foot, TECHNIQUES[technique])
            if player.begun != self._begun[foot]:
                self._begun[foot] = player.begun
                self._note(tick, "stroke", FOOT_NAMES[foot], str(player.begun))

    def _begin(self, tick: int, foot: int, technique: str) -> None:
        run = TechniqueRun(technique, FOOT_NAMES[foot], 0, tick, tick)
        self.techniques.append(run)
        self._running[foot] = run
        self._begun[foot] = 0
        self._given[foot] = self._players[foot].given
        self._note(tick, "technique", run.foot, technique)

    def _note_buttons(self, tick: int) -> None:
        pressed = self._hal.buttons.held & ~self._buttons
        self._buttons = self._hal.buttons.held
        for bit, name in enumerate(user_events.NAMES):
            if pressed >> bit & 1:
                self._note(tick, "button", "", name)

    def _note(self, tick: int, kind: str, foot: str, text: str) -> None:
        self.events.append(Event(tick, kind, foot, text))
