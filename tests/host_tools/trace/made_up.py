"""Made-up traces of a session: a massage of one minute whose fields a test may change."""

import numpy as np

from host_tools.trace.live import LiveRecording
from instep.axes import TICKS_PER_S
from instep.session import states

STEP_TICKS = 5
BEFORE_S = 10.0
MASSAGE_S = 60.0


def write(path, before_s=BEFORE_S, change=None, facts=None, sample_ticks=STEP_TICKS):
    """Write a trace; `change(massage_s, machine, foot)` may alter the fields at a time of the massage."""
    recording = LiveRecording()
    end_ticks = round((before_s + MASSAGE_S) * TICKS_PER_S)
    for tick in range(0, end_ticks, sample_ticks):
        massage_s = tick / TICKS_PER_S - before_s
        machine = {
            "ticks": tick + 1_000,
            "session_ticks": tick,
            "state": states.RUN if massage_s >= 0 else states.WARM,
            "fault": 0,
            "supply_mv": 12_000,
        }
        place = (1 - np.cos(massage_s)) / 2
        foot = {
            "sole_um": round(200_000 * place),
            "sole_mn": 20_000,
            "skin_centi_c": 3_700,
            "technique": 2,
            "stroke": 1,
        }
        if change is not None:
            change(massage_s, machine, foot)
        recording.note(machine, (foot, foot), tick / TICKS_PER_S)
    with path.open("wb") as stream:
        recording.write(stream, {"program": "made-up", "result": "done", **(facts or {})})
    return path
