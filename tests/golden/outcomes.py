"""What the commands leave behind: the JSON of `instep sim`, the table of a small campaign."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from host_tools.cli import run as instep
from sim.campaign.plan import NO_FAULT, plan_of
from sim.campaign.run import run_cases
from sim.campaign.store import SCHEMA, Row, Store
from tests.golden.digest import digest_of_json

FAULTS = ("encoder_lost", "foot_out", "skin_sensor_open")
PHASES = ("fit", "sole", "paused")
# How long the simulation took is another value every time.
_WALL_CLOCK = ("wall_s", "real_time_ratio")
_READABLE = ("delay_ms", "noticed_as", "onset_tick", "result", "ticks", "wrong")
# The last bits of a force or temperature depend on the processor.
_DIGITS = 6


def sim_json() -> dict[str, Any]:
    """Return what `instep sim --json` writes, but for the wall clock."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sim.json"
        levels = ("--person", "large", "--intensity", "4", "--seed", "3", "--parts", "ideal")
        arguments = (*levels, "--headless", "--json", str(path))
        with redirect_stdout(StringIO()):
            assert instep(["sim", "demo", *arguments]) == 0
        summary: dict[str, Any] = json.loads(path.read_text())
    return {name: value for name, value in summary.items() if name not in _WALL_CLOCK}


def campaign() -> dict[str, Any]:
    """Return the columns of a campaign's Parquet file, and of each row a few figures and the digest."""
    runs = plan_of(FAULTS, ("average",), 1, parts="ideal")
    cases = [case for case in runs if case.fault != NO_FAULT and case.phase in PHASES]
    with TemporaryDirectory() as folder:
        store = Store(Path(folder), "golden")
        store.begin()
        store.finish(run_cases(cases))
        table = pq.read_table(store.table_path)
    return {
        "columns": [f"{field.name}: {field.type}" for field in table.schema],
        "rows": {row["key"]: _row(row) for row in table.to_pylist()},
    }


def _row(row: Row) -> dict[str, Any]:
    assert set(row) == set(SCHEMA.names)
    rounded = {name: round(value, _DIGITS) if isinstance(value, float) else value for name, value in row.items()}
    return {name: row[name] for name in _READABLE} | {"sha256": digest_of_json(rounded)}
