"""Write a recording to a trace file: MCAP for Foxglove, CSV for spreadsheets."""

from pathlib import Path

from sim.recording import Recording
from sim.trace.atomic import atomic_file
from sim.trace.csv import write_csv
from sim.trace.mcap import write_mcap

_CSV = ".csv"


def write_trace(recording: Recording, path: str | Path) -> None:
    """Write `recording` to `path` whole or not at all: CSV when the name ends in .csv, else MCAP; raise OSError."""
    write = write_csv if Path(path).suffix.lower() == _CSV else write_mcap
    with atomic_file(path) as stream:
        write(recording, stream)
