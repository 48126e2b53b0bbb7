"""Write a recording to a trace file: MCAP for Foxglove, CSV for spreadsheets."""

from pathlib import Path

from host_tools.result_file import result_file
from host_tools.trace.csv import write_csv
from host_tools.trace.mcap import write_mcap
from host_tools.trace.recording import Recording

_CSV = ".csv"


def write_trace(recording: Recording, path: str | Path) -> None:
    """Write `recording` to `path`: CSV if the name ends in .csv, else MCAP; raise ResultFileError."""
    write = write_csv if Path(path).suffix.lower() == _CSV else write_mcap
    with result_file(path) as stream:
        write(recording, stream)
