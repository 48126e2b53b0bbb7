"""Write a recording as CSV: one header, one row per sample, the sample's events in the last column."""

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np

from host_tools.trace.recording import Event, Recording
from host_tools.trace.schemas import AXIS_FIELDS
from instep.axes import FOOT_NAMES, TICKS_PER_S
from instep.hal.board import ROLLER_NAMES

# Those that are said are the NTCs' readings, the others are true.
_TEMPERATURES = ("skin", "element", "foot", "said_skin", "said_element")
_EVENT_SEPARATOR = "; "
_LINE_SEPARATOR = " / "  # between the rows of a display's screen


def write_csv(recording: Recording, stream: BinaryIO) -> None:
    """Write `recording` to `stream` as UTF-8 CSV (RFC 4180) with unit-suffixed column names."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(columns())
    writer.writerows(_rows(recording))
    text.flush()
    text.detach()


def columns() -> list[str]:
    """Return the header: time, tick, state and techniques, then every table, then the events."""
    axes = [f"{foot}_{field}" for foot in FOOT_NAMES for field in AXIS_FIELDS]
    return [
        *("time_s", "tick", "state", *(f"{foot}_technique" for foot in FOOT_NAMES)),
        *(f"setpoint_{axis}" for axis in axes),
        *(f"measured_{axis}" for axis in axes),
        *(f"force_{roller}_mn" for roller in ROLLER_NAMES),
        *(f"track_force_{roller}_mn" for roller in ROLLER_NAMES),
        *(f"said_force_{roller}_mn" for roller in ROLLER_NAMES),
        *(f"current_{roller}_ma" for roller in ROLLER_NAMES),
        *(f"duty_{roller}_permille" for roller in ROLLER_NAMES),
        *(f"heat_{foot}_permille" for foot in FOOT_NAMES),
        *(f"{part}_{foot}_c" for part in _TEMPERATURES for foot in FOOT_NAMES),
        "events",
    ]


def _rows(recording: Recording) -> Iterator[list[Any]]:
    integers = np.hstack(
        [
            *(recording.setpoint, recording.measured, recording.force_mn, recording.track_mn, recording.said_mn),
            recording.current_ma,
            *(recording.duty_permille, recording.heat_permille),
        ]
    )
    said_c = (recording.said_skin_c, recording.said_element_c)
    celsius = np.hstack([recording.skin_c, recording.element_c, recording.foot_c, *said_c])
    techniques = (*recording.technique_names, "")  # index -1 (no technique) finds the empty name at the end
    happened = _events_by_row(recording)
    for row, tick in enumerate(recording.tick.tolist()):
        yield [
            f"{tick / TICKS_PER_S:.2f}",
            tick,
            recording.state_names[recording.state[row]],
            *(techniques[index] for index in recording.technique[row]),
            *integers[row].tolist(),
            *(f"{value:.3f}" for value in celsius[row].tolist()),
            happened.get(row, ""),
        ]


def _events_by_row(recording: Recording) -> dict[int, str]:
    """Return the events' text by the row that first shows them: the sample at or after the event, else the last."""
    found: dict[int, list[str]] = {}
    for event in sorted(recording.events, key=lambda event: event.tick):
        row = min(int(np.searchsorted(recording.tick, event.tick)), len(recording.tick) - 1)
        found.setdefault(row, []).append(_text(event))
    return {row: _EVENT_SEPARATOR.join(texts) for row, texts in found.items()}


def _text(event: Event) -> str:
    subject = f"{event.foot} {event.kind}".strip()
    return f"{subject}: {event.text}".replace("\n", _LINE_SEPARATOR)
