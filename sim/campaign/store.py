"""The rows of a campaign on disk: parts while it runs, one sorted Parquet file when it is done.

A part is written whole or not at all, so that a killed campaign loses only the runs in progress.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from host_tools.errors import InstepError
from host_tools.result_file import result_file, write_result

Row = dict[str, Any]

SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("fault", pa.string()),
        ("phase", pa.string()),
        ("person", pa.string()),
        ("seed", pa.int32()),
        ("parts", pa.string()),
        ("foot", pa.string()),
        ("program", pa.string()),
        ("ambient_c", pa.float64()),
        ("intensity", pa.int8()),
        ("pace", pa.int8()),
        ("heat", pa.string()),
        ("injection", pa.string()),
        ("reached", pa.bool_()),
        ("budget_ms", pa.int32()),
        ("reaction", pa.string()),
        ("onset_tick", pa.int32()),
        ("noticed_tick", pa.int32()),
        ("delay_ms", pa.int32()),
        ("noticed_as", pa.string()),
        ("missed", pa.bool_()),
        ("over_budget", pa.bool_()),
        ("reaction_ok", pa.bool_()),
        ("false_trip", pa.bool_()),
        ("wrong", pa.string()),
        ("trips", pa.string()),
        ("result", pa.string()),
        ("ticks", pa.int32()),
        ("setpoint_crc32", pa.uint32()),
        ("peak_force_n", pa.float64()),
        ("peak_track_n", pa.float64()),
        ("peak_skin_c", pa.float64()),
    ]
)

_WHOLE = "campaign.parquet"
_PART = "part-{:06d}.parquet"
_PARTS = "part-*.parquet"
_CODE = "code.json"
_ADVICE = "Leave out --resume to start again, or give another folder with --out."


class Store:
    """The folder of one campaign; `code` is the digest of the code, so that rows of two versions are never mixed."""

    def __init__(self, folder: Path, code: str) -> None:
        self._folder = folder
        self._code = code
        self._parts = 0

    @property
    def table_path(self) -> Path:
        """Return the path of the finished table."""
        return self._folder / _WHOLE

    def begin(self) -> None:
        """Delete an earlier campaign in this folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in (*self._part_paths(), self.table_path):
            path.unlink(missing_ok=True)
        write_result(self._folder / _CODE, json.dumps({"code": self._code}).encode())

    def resume(self) -> list[Row]:
        """Return the stored rows; raise InstepError if they are of another code or unreadable."""
        if not (self._folder / _CODE).is_file():
            self.begin()
            return []
        if self._made_by() != self._code:
            raise InstepError(f"The runs in {self._folder} were made by other code.", _ADVICE)
        paths = self._part_paths()
        if paths:
            self._parts = int(paths[-1].stem.partition("-")[2])
        if self.table_path.is_file():
            paths.append(self.table_path)
        return [row for path in paths for row in self._read(path)]

    def add(self, rows: Sequence[Row]) -> None:
        """Store more rows as one part."""
        self._parts += 1
        self._write(self._folder / _PART.format(self._parts), rows)

    def finish(self, rows: Iterable[Row]) -> None:
        """Write all rows, sorted by key, as the one table; the same rows give the same bytes."""
        self._write(self.table_path, sorted(rows, key=lambda row: str(row["key"])))
        for path in self._part_paths():
            path.unlink()

    def _part_paths(self) -> list[Path]:
        return sorted(self._folder.glob(_PARTS))

    def _made_by(self) -> str | None:
        try:
            kept = json.loads((self._folder / _CODE).read_bytes())
        except ValueError:
            return None
        return kept.get("code") if isinstance(kept, dict) else None

    @staticmethod
    def _read(path: Path) -> list[Row]:
        try:
            rows: list[Row] = pq.read_table(path, schema=SCHEMA).to_pylist()
        except (pa.ArrowException, OSError) as error:
            raise InstepError(f"{path} cannot be read: {error}", _ADVICE) from None
        return rows

    @staticmethod
    def _write(path: Path, rows: Iterable[Row]) -> None:
        with result_file(path) as stream:
            pq.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMA), stream)
