"""The recording of a simulated session: sampled columns, events and the summary."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Event:
    """One event at `tick`; `foot` is "left", "right" or "" for the whole machine.

    Kinds: `state` (text: the session's new state), `technique` and `technique_end` (text: its name), `stroke`
    (text: number within the technique), `button`, `display` (text: a screen's rows joined by newlines), `fault`.
    """

    tick: int
    kind: str
    foot: str
    text: str


@dataclass(frozen=True)
class Recording:
    """Columns of one row per sample, in time order; the tick is 10 ms. Axis order is that of `instep.axes`.

    setpoint, measured: int32 (n, 20) in the axes' units; measured stroke and press come from the plant's truth.
    force_mn: int32 (n, 4) true force under each roller, order of ROLLER_NAMES; track_mn: that on a finger in the way,
    along the track; said_mn: the force sensors' readings. current_ma: int32 (n, 4).
    skin_c, element_c, foot_c: float32 (n, 2) true temperatures left, right (foot_c: the foot's own skin).
    said_skin_c, said_element_c: float32 (n, 2) what the NTCs' readings mean with nominal parts.
    duty_permille: int32 (n, 4) rollers; heat_permille: int32 (n, 2).
    state: int8 (n,) index into state_names; technique: int8 (n, 2) index into technique_names or -1.
    length_mm: measured foot lengths (left, right), or None where not measured.
    told: structured (n,) telemetry of `told.STATUS` in each sample, or None if it was not recorded.
    """

    tick: NDArray[np.int32]
    setpoint: NDArray[np.int32]
    measured: NDArray[np.int32]
    force_mn: NDArray[np.int32]
    track_mn: NDArray[np.int32]
    said_mn: NDArray[np.int32]
    current_ma: NDArray[np.int32]
    skin_c: NDArray[np.float32]
    element_c: NDArray[np.float32]
    foot_c: NDArray[np.float32]
    said_skin_c: NDArray[np.float32]
    said_element_c: NDArray[np.float32]
    duty_permille: NDArray[np.int32]
    heat_permille: NDArray[np.int32]
    state: NDArray[np.int8]
    technique: NDArray[np.int8]
    state_names: tuple[str, ...]
    technique_names: tuple[str, ...]
    length_mm: tuple[float | None, float | None]
    target_c: float
    ticks_per_sample: int
    events: tuple[Event, ...]
    summary: dict[str, Any] = field(default_factory=dict)
    told: NDArray[np.void] | None = None
