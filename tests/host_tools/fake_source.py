"""A machine that only pretends: plausible values on a loop, for looking at the live view and for its tests."""

from math import cos, pi, sin

from host_tools.view.snapshot import FootView, View
from instep.axes import LEFT, TICKS_PER_S

# Technique, its strokes, seconds of one stroke (out and back).
_PLAN = (("smooth", 2, 16.0), ("top", 4, 18.0), ("sole", 4, 16.0), ("pull", 5, 9.0), ("slide", 10, 5.0))
_FULL_N = 25.0
_BACK_SHARE = 0.33
_STATES = ((6.0, "screening"), (12.0, "self-test"), (30.0, "fit"), (60.0, "warm"))


class FakeSource:
    """Count ticks, record buttons and show a session that lasts `ticks`."""

    def __init__(self, ticks: int = 90_000, result: str = "done", reason: str = "") -> None:
        self.ticks = ticks
        self.now = 0
        self.result = result
        self.reason = reason
        self.advances: list[int] = []
        self.pressed: list[tuple[str, str, int]] = []
        self.intensity = 3

    @property
    def is_over(self) -> bool:
        """Return True if all ticks have passed."""
        return self.now >= self.ticks

    def advance(self, ticks: int) -> None:
        """Pass ticks."""
        self.advances.append(ticks)
        self.now = min(self.ticks, self.now + ticks)

    def press(self, button: str) -> None:
        """Record the press and its tick."""
        self.pressed.append(("press", button, self.now))
        self.intensity = min(5, max(1, self.intensity + {"plus": 1, "minus": -1}.get(button, 0)))

    def release(self, button: str) -> None:
        """Record the release and its tick."""
        self.pressed.append(("release", button, self.now))

    def view(self) -> View:
        """Return a plausible snapshot."""
        time_s = self.now / TICKS_PER_S
        state = next((name for until_s, name in _STATES if time_s < until_s), "run")
        left, right = self._foot(LEFT, time_s), self._foot(1 - LEFT, time_s)
        return View(
            time_s=time_s,
            left_s=(self.ticks - self.now) / TICKS_PER_S,
            state=self.result if self.is_over else state,
            program="classic",
            intensity=self.intensity,
            pace=2,
            heat="medium",
            target_c=39.0,
            display=self._display(state, left),
            feet=(left, right),
            supply_v=11.9,
            result=self.result if self.is_over else None,
            reason=self.reason if self.is_over else "",
        )

    def _display(self, state: str, foot: FootView) -> tuple[str, ...]:
        return (
            "INSTEP        classic",
            "",
            state.upper(),
            f"left  {foot.technique or '-'}"[:21],
            f"stroke {foot.stroke} of {foot.strokes}",
            f"intensity {self.intensity}  heat med",
            "",
            "START = pause",
        )

    def _foot(self, foot: int, time_s: float) -> FootView:
        technique, stroke, strokes, phase = self._moment(foot, time_s - _STATES[-1][0])
        out = (1 - cos(2 * pi * phase)) / 2
        force_n = _FULL_N * (1.0 if phase < 0.5 else _BACK_SHARE) * min(1.0, 12 * sin(pi * phase) ** 2)
        top_n = {"top": force_n, "smooth": force_n * 0.4}.get(technique or "", 0.0)
        sole_n = {"sole": force_n, "smooth": force_n * 0.4}.get(technique or "", 0.0)
        toe = technique in ("pull", "slide")
        station = 2.0 * (stroke - 1) if technique == "pull" else 1.0 + 2 * ((stroke - 1) % 4)
        return FootView(
            technique=technique,
            stroke=stroke,
            strokes=strokes,
            top_permille=1000 * out if top_n else 0.0,
            sole_permille=1000 * out if sole_n else 0.0,
            top_n=top_n * (1 + 0.03 * sin(7 * time_s)),
            sole_n=sole_n * (1 + 0.03 * sin(5 * time_s)),
            top_target_n=top_n,
            sole_target_n=sole_n,
            toe_station=station if toe else 0.0,
            reach_permille=1000 * (out if technique == "pull" else 1 - out) if toe else 1600.0,
            turn_deg=8 * sin(2 * pi * phase) if technique == "pull" else 0.0,
            grip_n=4.0 * out if technique == "pull" else 0.0,
            arch_n=8.0 if technique in ("top", "pull") else 0.0,
            heel_n=8.0 if technique in ("top", "slide") else 0.0,
            skin_c=39.0 - 16.0 / (1 + time_s / 20),
            element_c=44.0,
            length_mm=None if time_s < _STATES[-2][0] else 262.0,
        )

    def _moment(self, foot: int, time_s: float) -> tuple[str | None, int, int, float]:
        if time_s < 0:
            return None, 0, 0, 0.0
        time_s %= sum(2 * strokes * stroke_s for _, strokes, stroke_s in _PLAN)
        for technique, strokes, stroke_s in _PLAN:
            for turn in (LEFT, 1 - LEFT):
                if time_s < strokes * stroke_s:
                    busy = technique == "smooth" or turn == foot
                    stroke = int(time_s / stroke_s)
                    return (technique, stroke + 1, strokes, time_s / stroke_s - stroke) if busy else (None, 0, 0, 0.0)
                time_s -= strokes * stroke_s
        return None, 0, 0, 0.0
