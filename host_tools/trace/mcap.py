"""Write a recording as MCAP: JSON messages with schemas, so that Foxglove shows them without set-up.

Times count from the session's start (time 0), a tick being 10 ms. The same recording gives the same bytes.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from host_tools.trace import schemas, told
from host_tools.trace.mcap_file import McapFile
from host_tools.trace.recording import Recording
from instep.axes import FOOT_NAMES

_ROWS_AT_ONCE = 4096  # rows converted to Python numbers at once: limits the memory for an every-tick trace
_Rows = Iterator[list[Any] | tuple[Any, ...]]

# Facts of the summary that describe the session rather than the computer it was simulated on.
_METADATA_KEYS = (
    *("program", "program_crc32", "seed", "person", "result", "reason", "duration_s", "setpoint_crc32"),
    *("minutes", "intensity", "pace", "feet", "heat"),
)


def write_mcap(recording: Recording, stream: BinaryIO) -> None:
    """Write `recording` to `stream` as a complete MCAP file, chunked and compressed as the library does by default."""
    file = McapFile(stream)
    channels = _sampled_channels(file, recording)
    events = sorted(recording.events, key=lambda event: event.tick)
    at = 0
    ticks = recording.tick.tolist()
    for row, tick in enumerate(ticks):
        while at < len(events) and events[at].tick <= tick:
            file.add_event(events[at])
            at += 1
        for channel, template, rows in channels:
            file.add(channel, tick, template % tuple(next(rows)), row)
    for number in range(at, len(events)):
        file.add_event(events[number])
    file.finish(_metadata(recording))


def _sampled_channels(file: McapFile, recording: Recording) -> list[tuple[int, bytes, _Rows]]:
    said_c = (recording.said_skin_c, recording.said_element_c)
    tables = (
        (schemas.SETPOINT, recording.setpoint),
        (schemas.MEASURED, recording.measured),
        (schemas.FORCE, _by_foot(recording.force_mn, recording.track_mn, recording.said_mn)),
        (schemas.TEMPERATURE, _by_foot(recording.skin_c, recording.element_c, recording.foot_c, *said_c)),
        (schemas.DRIVE, _by_foot(recording.duty_permille, recording.current_ma, recording.heat_permille)),
    )
    channels: list[tuple[int, bytes, _Rows]] = [
        (file.channel(sampled.topic, sampled.schema()), sampled.template(), _rows(table)) for sampled, table in tables
    ]
    return channels + _told_channels(file, recording.told)


def _told_channels(file: McapFile, status: NDArray[np.void] | None) -> list[tuple[int, bytes, _Rows]]:
    """Return the channels of what the machine reports, none if that was not recorded."""
    if status is None:
        return []
    machine, reading = told.machine_schema(), told.reading_schema()
    return [
        (file.channel(told.MACHINE_TOPIC, machine), told.machine_template(), _rows(status[told.MACHINE_TOPIC])),
        (file.channel(told.READING_TOPIC, reading), told.reading_template(), _feet_rows(status)),
    ]


def _by_foot(*columns: NDArray[Any]) -> NDArray[Any]:
    """Return the columns side by side, all of the left foot's before all of the right foot's."""
    left = [column[:, : column.shape[1] // 2] for column in columns]
    right = [column[:, column.shape[1] // 2 :] for column in columns]
    return np.hstack(left + right)


def _rows(table: NDArray[Any]) -> _Rows:
    for start in range(0, len(table), _ROWS_AT_ONCE):
        yield from table[start : start + _ROWS_AT_ONCE].tolist()


def _feet_rows(status: NDArray[np.void]) -> _Rows:
    left, right = (_rows(status[name]) for name in FOOT_NAMES)
    for of_left, of_right in zip(left, right, strict=True):
        yield (*of_left, *of_right)


def _metadata(recording: Recording) -> dict[str, str]:
    facts = {key: str(recording.summary[key]) for key in _METADATA_KEYS if key in recording.summary}
    lengths = {
        f"{foot}_length_mm": "not measured" if length is None else f"{length:.1f}"
        for foot, length in zip(FOOT_NAMES, recording.length_mm, strict=True)
    }
    return facts | lengths | {"target_c": f"{recording.target_c:.2f}"}
