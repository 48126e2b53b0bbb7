"""A made-up recording that resembles a session, for tests that need the shape of one but not the physics."""

import numpy as np
from numpy.typing import NDArray

from host_tools.trace.recording import Recording
from instep.axes import (
    AXES_PER_FOOT,
    FOOT_NAMES,
    SOLE_PRESS,
    SOLE_STROKE,
    TICKS_PER_S,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.program import TECHNIQUES
from tests.sim.score import Score

STATES = ("idle", "screening", "self-test", "fit", "warm", "massage", "closing", "retract", "done", "refused", "fault")
SEED = 7
CLOSING_S = 60.0


def session(minutes: float = 15.0, ticks_per_sample: int = 5) -> Recording:
    """Return a whole session that resembles `classic`; deterministic."""
    lengths = (262.4, 260.9)
    score = Score(lengths)
    for state, lasts_s in (("idle", 1.0), ("screening", 4.0), ("self-test", 2.0), ("fit", 18.0), ("warm", 20.0)):
        score.tell("state", None, state)
        score.now_s += lasts_s
    score.tell("state", None, "massage")
    score.tell("display", None, "Instep\nclassic")
    cycle_s = 0.0
    while score.now_s + cycle_s < minutes * 60 - CLOSING_S:
        begun_s = score.now_s
        cycle(score)
        cycle_s = score.now_s - begun_s
    while score.now_s < minutes * 60 - 2 * CLOSING_S:
        for foot in (0, 1):
            score.rollers(foot, "top", 1, 0.8)
    score.tell("state", None, "closing")
    for foot in (0, 1):
        score.smooth(foot, 2)
    score.tell("state", None, "retract")
    score.now_s += 2.0
    score.tell("state", None, "done")
    return recording(score, max(score.now_s, minutes * 60), ticks_per_sample, result="done", reason="")


def cycle(score: Score) -> None:
    """Play the five techniques once on both feet."""
    for foot in (0, 1):
        score.smooth(foot, 2)
    for name, repeats in (("top", 2), ("sole", 3)):
        for foot in (0, 1):
            score.rollers(foot, name, repeats, 1.0)
    for foot in (0, 1):
        score.pull(foot)
    for foot in (0, 1):
        score.slide(foot)


def refused() -> Recording:
    """Return a session that the screening refused: nothing moved or heated."""
    score = Score((262.4, 260.9))
    for state, lasts_s in (("idle", 1.0), ("screening", 2.0), ("refused", 0.0)):
        score.tell("state", None, state)
        score.now_s += lasts_s
    reason = "Your feet are swollen."
    return recording(score, 4.0, 5, result="refused", reason=reason, length_mm=(None, None), target_c=0.0)


def fault() -> Recording:
    """Return a session that a fault ended in its second technique."""
    score = Score((262.4, 260.9))
    score.tell("state", None, "massage")
    score.smooth(0, 2)
    score.tell("technique", 0, "top")
    score.stroke(0, 1, "top", 25000.0, 8000.0, 30.0)
    score.tell("fault", None, "force_high")
    score.tell("state", None, "fault")
    score.move(0.3, 0, top_press=0.0)
    return recording(score, score.now_s + 3, 5, result="fault", reason="A roller pressed harder than 60 N.")


def recording(
    score: Score,
    duration_s: float,
    ticks_per_sample: int,
    *,
    result: str,
    reason: str,
    length_mm: tuple[float | None, float | None] | None = None,
    target_c: float = 39.0,
) -> Recording:
    """Return the recording of a machine that follows the score with small lags and noise."""
    noise = np.random.default_rng(SEED)
    tick = np.arange(0, round(duration_s * TICKS_PER_S) + 1, ticks_per_sample, dtype=np.int32)
    setpoint = score.columns(tick)
    measured = score.columns(np.maximum(tick - 6, 0).astype(np.int32))
    strokes = [foot * AXES_PER_FOOT + axis for foot in (0, 1) for axis in (TOP_STROKE, SOLE_STROKE)]
    presses = [foot * AXES_PER_FOOT + axis for foot in (0, 1) for axis in (TOP_PRESS, SOLE_PRESS)]
    touching = setpoint[:, presses] > 0
    ripple = noise.normal(0.0, 350.0, (len(tick), 4)) + 900.0 * np.sin(measured[:, strokes] / 9000.0)
    force = np.where(touching, np.maximum(measured[:, presses] + ripple, 0.0), 0.0)
    measured[:, presses] = force
    speed = np.gradient(measured[:, strokes].astype(float), axis=0)
    time_s = tick / TICKS_PER_S
    warmth = 1 - np.exp(-time_s[:, None] / 70.0)
    heat = np.where(target_c > 0, warmth, 0.0)
    skin = 29.0 + (max(target_c, 29.0) - 29.0) * heat * np.array([1.0, 0.985])
    names = tuple(TECHNIQUES)
    return Recording(
        tick=tick,
        setpoint=setpoint,
        measured=measured,
        force_mn=force.astype(np.int32),
        track_mn=np.zeros_like(force, dtype=np.int32),
        said_mn=force.astype(np.int32),
        current_ma=np.abs(speed).astype(np.int32),
        skin_c=skin.astype(np.float32),
        element_c=(skin + 9.0 * heat * np.exp(-time_s[:, None] / 200.0) + 2.0 * heat).astype(np.float32),
        foot_c=(28.5 + (skin - 29.0) * 0.8).astype(np.float32),
        said_skin_c=skin.astype(np.float32),
        said_element_c=skin.astype(np.float32),
        duty_permille=np.clip(speed / 5, -1000, 1000).astype(np.int32),
        heat_permille=np.rint(1000 * heat * (1 - 0.7 * warmth) * np.ones((1, 2))).astype(np.int32),
        state=_states(score, tick),
        technique=_techniques(score, tick, names),
        state_names=STATES,
        technique_names=names,
        length_mm=length_mm or score.length_mm,
        target_c=target_c,
        ticks_per_sample=ticks_per_sample,
        events=tuple(score.events),
        summary=_summary(score, duration_s, result, reason, length_mm or score.length_mm, force, skin),
    )


def _states(score: Score, tick: NDArray[np.int32]) -> NDArray[np.int8]:
    states = np.zeros(len(tick), np.int8)
    for event in score.events:
        if event.kind == "state":
            states[tick >= event.tick] = STATES.index(event.text)
    return states


def _techniques(score: Score, tick: NDArray[np.int32], names: tuple[str, ...]) -> NDArray[np.int8]:
    techniques = np.full((len(tick), 2), -1, np.int8)
    for event in score.events:
        if event.kind in ("technique", "technique_end"):
            index = names.index(event.text) if event.kind == "technique" else -1
            techniques[tick >= event.tick, FOOT_NAMES.index(event.foot)] = index
    return techniques


def _summary(
    score: Score,
    duration_s: float,
    result: str,
    reason: str,
    length_mm: tuple[float | None, float | None],
    force: NDArray[np.float64],
    skin: NDArray[np.float64],
) -> dict[str, object]:
    return {
        "program": "classic",
        "program_crc32": "5a3c91d2",
        "seed": 1,
        "person": "average",
        "result": result,
        "reason": reason,
        "duration_s": duration_s,
        "ticks": round(duration_s * TICKS_PER_S),
        "setpoint_crc32": "0badcafe",
        "fit_mm": {"left": length_mm[0], "right": length_mm[1]},
        "techniques": _passes(score),
        "max_force_n": round(float(force.max()) / 1000, 2),
        "max_skin_c": round(float(skin.max()), 2),
        "faults": [event.text for event in score.events if event.kind == "fault"],
        "wall_s": 2.9,
        "real_time_ratio": 310.0,
    }


def _passes(score: Score) -> list[dict[str, object]]:
    passes: list[dict[str, object]] = []
    for event in score.events:
        if event.kind == "technique":
            start = {"technique": event.text, "foot": event.foot, "strokes": 0, "start_s": event.tick / TICKS_PER_S}
            passes.append(start)
        elif event.kind == "stroke":
            passes[-1]["strokes"] = int(str(passes[-1]["strokes"])) + 1
        elif event.kind == "technique_end":
            passes[-1]["end_s"] = event.tick / TICKS_PER_S
    return passes
