"""The report in plain words: what happened, what to do next, and the figures with their units."""

from collections import defaultdict
from typing import Any

import numpy as np

from host_tools.massage.figures import FootFigures, figures_of
from host_tools.trace.recording import Recording
from host_tools.words import WORDS, clock, plain, roller_named
from instep.axes import AXES_PER_FOOT, FEET, FOOT_NAMES, ROLLERS_PER_FOOT, TICKS_PER_S
from instep.session import states
from instep.units import MN_PER_N
from sim.report import bounds, reading

SHORT_RESULTS = ("refused", "fault")  # a page without the pictures of a massage

_MASSAGE = (states.NAMES[states.RUN], states.NAMES[states.CLOSING])

_ADVICE = {
    "refused": "Nothing is wrong with the machine. If you gave an answer by mistake, start again.",
    "fault": "Take the feet out, remove the cause named above, acknowledge the fault, then start again.",
    "stopped": "The session ended early. Start a new one when ready.",
}


def title(recording: Recording) -> str:
    """Return the page's heading."""
    program = str(recording.summary.get("program", "massage")).capitalize()
    result = recording.summary.get("result")
    if result == "refused":
        return "The session was refused"
    if result == "fault":
        return "The machine stopped the session"
    return f"{program} massage, stopped early" if result == "stopped" else f"{program} massage"


def lead(recording: Recording) -> list[str]:
    """Return the sentences under the heading: what happened, whether the limits were kept, what to do next."""
    result = str(recording.summary.get("result", "done"))
    happened, advice = _explained(result, str(recording.summary.get("reason") or ""))
    which = roller_named(recording.summary.get("fault_roller"))
    state = _stillness(recording) if result == "refused" else _bounds_kept(recording)
    return [sentence for sentence in (happened, which, state, advice) if sentence]


def _explained(result: str, reason: str) -> tuple[str, str]:
    """Return the sentences on what happened and what to do; a reason is a firmware's name or a sentence."""
    if reason in WORDS:
        return WORDS[reason].happened, WORDS[reason].advice
    sentence = reason if reason.endswith(".") or not reason else f"Reason: {plain(reason)}."
    return sentence, _ADVICE.get(result, "")


def _stillness(recording: Recording) -> str:
    moved = len(recording.tick) > 0 and bool(np.any(recording.setpoint != recording.setpoint[:1]))
    heated = bool(np.any(recording.heat_permille > 0))
    if not moved and not heated:
        return "Nothing moved and nothing was heated."
    return "Before that, something " + " and ".join(["moved"] * moved + ["was heated"] * heated) + "."


def _bounds_kept(recording: Recording) -> str:
    force_n, skin_c = max_force_n(recording), max_skin_c(recording)
    force = f"The maximum force of a roller was {force_n:.1f} N of the {bounds.HARD_STOP_N:.0f} N hard stop"
    skin = f"the warmest skin side {skin_c:.1f} °C of the {bounds.SKIN_TRIP_C:.0f} °C trip"
    if force_n > bounds.HARD_STOP_N or skin_c >= bounds.SKIN_TRIP_C:
        return f"A limit was exceeded. {force}, {skin}."
    return f"{force}, {skin}."


def max_force_n(recording: Recording) -> float:
    """Return the maximum true force on the person, N: under a roller, or along its track."""
    return float(max(recording.force_mn.max(initial=0), recording.track_mn.max(initial=0))) / MN_PER_N


def max_skin_c(recording: Recording) -> float:
    """Return the warmest true skin-side temperature, °C."""
    return float(recording.skin_c.max(initial=0.0))


def key_figures(recording: Recording) -> list[tuple[str, str, str]]:
    """Return label, value and remark of the key figures at the top of the page."""
    runs = recording.summary.get("techniques") or ()
    strokes = [sum(run["strokes"] for run in runs if run["foot"] == foot) for foot in FOOT_NAMES]
    return [
        ("Duration", clock(reading.end_s(recording)), "minutes and seconds"),
        ("Strokes", str(sum(strokes)), f"{strokes[0]} left, {strokes[1]} right"),
        ("Maximum force", f"{max_force_n(recording):.1f} N", f"hard stop {bounds.HARD_STOP_N:.0f} N"),
        ("Warmest skin side", f"{max_skin_c(recording):.1f} °C", f"trip {bounds.SKIN_TRIP_C:.0f} °C"),
    ]


def details(recording: Recording) -> list[tuple[str, str]]:
    """Return the summary's facts as label and text, without the computing time, which differs each time."""
    summary = recording.summary
    facts = [
        ("Program", _named(summary, "program")),
        ("Program CRC-32", _crc(summary.get("program_crc32"))),
        ("Person", _named(summary, "person")),
        ("Foot lengths", ", ".join(map(_length, FOOT_NAMES, recording.length_mm))),
        ("Heat set point", f"{recording.target_c:.1f} °C" if recording.target_c > 0 else "off"),
        ("Seed", _named(summary, "seed")),
        ("Parts", _named(summary, "parts")),
        ("Ticks of 10 ms", _ticks(recording)),
        ("Setpoint CRC-32", _crc(summary.get("setpoint_crc32"))),
        ("Faults", " ".join(_explained("fault", str(fault))[0] for fault in summary.get("faults") or ()) or "none"),
    ]
    return [(label, text) for label, text in facts if text]


def technique_rows(recording: Recording) -> list[tuple[str, list[str]]]:
    """Return a row per technique in order of first use: its name, then passes, strokes and time of each foot."""
    totals: dict[str, dict[str, list[float]]] = defaultdict(lambda: {foot: [0, 0, 0.0] for foot in FOOT_NAMES})
    for entry in recording.summary.get("techniques") or ():
        if entry["foot"] not in FOOT_NAMES:
            continue
        total = totals[entry["technique"]][entry["foot"]]
        total[0] += 1
        total[1] += entry["strokes"]
        total[2] += entry.get("end_s", entry["start_s"]) - entry["start_s"]
    return [(name, [cell for foot in FOOT_NAMES for cell in _cells(feet[foot])]) for name, feet in totals.items()]


def foot_figures(recording: Recording) -> list[FootFigures]:
    """Return what the session gave to the left and to the right foot: true forces and positions."""
    massage = [number for number, name in enumerate(recording.state_names) if name in _MASSAGE]
    is_massage = np.isin(recording.state, massage)
    row_s = recording.ticks_per_sample / TICKS_PER_S
    return [
        figures_of(
            recording.measured[:, foot * AXES_PER_FOOT : (foot + 1) * AXES_PER_FOOT],
            recording.force_mn[:, foot * ROLLERS_PER_FOOT : (foot + 1) * ROLLERS_PER_FOOT],
            is_massage,
            reading.length_mm(recording, foot),
            row_s,
        )
        for foot in range(FEET)
    ]


def foot_rows(recording: Recording) -> list[tuple[str, tuple[str, ...]]]:
    """Return a row per foot: its name, then its figures in the order of `figures.HEADINGS`; none without a massage."""
    if recording.summary.get("result") in SHORT_RESULTS or not len(recording.tick):
        return []
    return [(name, one.texts()) for name, one in zip(FOOT_NAMES, foot_figures(recording), strict=True)]


def _cells(total: list[float]) -> list[str]:
    passes, strokes, time_s = total
    return [f"{passes:.0f}", f"{strokes:.0f}", clock(time_s)] if passes else ["-"] * 3


def _named(summary: dict[str, Any], key: str) -> str:
    return str(summary.get(key, ""))


def _crc(value: object) -> str:
    return f"{value:08x}" if isinstance(value, int) else str(value or "")


def _length(foot: str, length_mm: float | None) -> str:
    return f"{foot} not measured" if length_mm is None else f"{foot} {length_mm:.0f} mm"


def _ticks(recording: Recording) -> str:
    ticks = recording.summary.get("ticks", round(reading.end_s(recording) * TICKS_PER_S))
    return f"{ticks:,}".replace(",", " ")
