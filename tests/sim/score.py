"""A score of a made-up session: keyframes of all axes on one time line."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from host_tools.trace.recording import Event
from instep.axes import (
    AXES,
    AXES_PER_FOOT,
    FOOT_NAMES,
    HIGH,
    HOME,
    NAMES,
    TICKS_PER_S,
    TOE_REACH,
    gap_station,
    toe_station,
)
from instep.stroke.foot_scaling import STATION_PERMILLE, TOP_PERMILLE


@dataclass
class Score:
    """Keyframes of all axes on one time line, written like music: each call advances the clock."""

    length_mm: tuple[float, float]
    now_s: float = 0.0
    frames: list[list[tuple[float, float]]] = field(default_factory=lambda: [[(0.0, float(h))] for h in HOME * 2])
    events: list[Event] = field(default_factory=list)

    def tell(self, kind: str, foot: int | None, text: str) -> None:
        """Add an event now."""
        name = "" if foot is None else FOOT_NAMES[foot]
        self.events.append(Event(round(self.now_s * TICKS_PER_S), kind, name, text))

    def move(self, duration_s: float, foot: int, **targets: float) -> None:
        """Move axes of one foot to their targets in `duration_s`; the clock advances."""
        for name, target in targets.items():
            frames = self.frames[foot * AXES_PER_FOOT + NAMES.index(name)]
            frames.append((self.now_s, frames[-1][1]))
            frames.append((self.now_s + duration_s, target))
        self.now_s += duration_s

    def stroke(self, foot: int, number: int, roller: str, firm_mn: float, light_mn: float, speed_mm_s: float) -> None:
        """Give one stroke out and back with one roller."""
        share = TOP_PERMILLE / 1000 if roller == "top" else 1.0
        end_um = self.length_mm[foot] * 1000 * share
        out_s = end_um / 1000 / speed_mm_s
        self.tell("stroke", foot, str(number))
        self.move(0.8, foot, **{f"{roller}_press": firm_mn})
        self.move(out_s, foot, **{f"{roller}_stroke": end_um})
        self.move(0.6, foot, **{f"{roller}_press": light_mn})
        self.move(out_s / 1.3, foot, **{f"{roller}_stroke": 0.0})

    def rollers(self, foot: int, name: str, repeats: int, intensity: float) -> None:
        """Play `top` or `sole` on one foot."""
        self.tell("technique", foot, name)
        self.move(0.5, foot, hold_arch=8000.0, hold_heel=8000.0)
        for number in range(repeats):
            speed_mm_s = 30.0 if name == "top" else 40.0
            self.stroke(foot, number + 1, name, 25000.0 * intensity, 8000.0 * intensity, speed_mm_s)
        self.move(0.5, foot, top_press=0.0, sole_press=0.0, hold_arch=0.0, hold_heel=0.0)
        self.tell("technique_end", foot, name)

    def smooth(self, foot: int, repeats: int) -> None:
        """Play light strokes over top and sole together."""
        self.tell("technique", foot, "smooth")
        for number in range(repeats):
            self.tell("stroke", foot, str(number + 1))
            top_um, sole_um = self.length_mm[foot] * TOP_PERMILLE, self.length_mm[foot] * 1000.0
            self.move(0.6, foot, top_press=9000.0, sole_press=9000.0)
            self.move(sole_um / 40_000, foot, top_stroke=top_um, sole_stroke=sole_um)
            self.move(0.4, foot, top_press=6000.0, sole_press=6000.0)
            self.move(sole_um / 50_000, foot, top_stroke=0.0, sole_stroke=0.0)
        self.move(0.4, foot, top_press=0.0, sole_press=0.0)
        self.tell("technique_end", foot, "smooth")

    def pull(self, foot: int) -> None:
        """Play a pull of every toe."""
        self.tell("technique", foot, "pull")
        self.move(0.5, foot, hold_arch=8000.0)
        for toe in range(1, 6):
            station = toe_station(toe)
            tip_um = self.length_mm[foot] * STATION_PERMILLE[station]
            self.tell("stroke", foot, str(toe))
            self.move(0.5, foot, toe_select=station * 1000.0)
            self.move(0.8, foot, toe_reach=0.0)
            self.move(0.4, foot, toe_grip=3000.0)
            self.move(0.6, foot, toe_turn=80.0)
            self.move(0.6, foot, toe_turn=0.0)
            self.move(1.6, foot, toe_reach=tip_um)
            self.move(0.4, foot, toe_grip=0.0)
            self.move(0.8, foot, toe_reach=0.0)
            self.move(0.9, foot, toe_reach=float(HOME[TOE_REACH]))
        self.move(0.5, foot, toe_select=0.0, hold_arch=0.0)
        self.tell("technique_end", foot, "pull")

    def slide(self, foot: int) -> None:
        """Play two or three slides in every gap."""
        self.tell("technique", foot, "slide")
        self.move(0.5, foot, hold_heel=8000.0)
        for gap in range(1, 5):
            station = gap_station(gap)
            tip_um = self.length_mm[foot] * STATION_PERMILLE[station]
            self.move(0.5, foot, toe_select=station * 1000.0)
            self.move(0.6, foot, toe_reach=tip_um)
            for _ in range(3):
                self.tell("stroke", foot, str(gap))
                self.move(1.0, foot, toe_reach=0.0)
                self.move(1.0, foot, toe_reach=tip_um)
            self.move(0.6, foot, toe_reach=float(HOME[TOE_REACH]))
        self.move(0.5, foot, toe_select=0.0, hold_heel=0.0)
        self.tell("technique_end", foot, "slide")

    def columns(self, tick: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the setpoints of all axes at the ticks, eased between keyframes."""
        time_s = tick / TICKS_PER_S
        table = np.empty((len(tick), AXES))
        for axis, frames in enumerate(self.frames):
            at_s, value = np.array(frames).T
            before = np.clip(np.searchsorted(at_s, time_s, side="right") - 1, 0, len(at_s) - 1)
            after = np.minimum(before + 1, len(at_s) - 1)
            span_s = np.maximum(at_s[after] - at_s[before], 1e-9)
            part = np.clip((time_s - at_s[before]) / span_s, 0.0, 1.0)
            table[:, axis] = value[before] + (value[after] - value[before]) * part * part * (3 - 2 * part)
        return np.clip(np.rint(table), -100, max(HIGH)).astype(np.int32)
