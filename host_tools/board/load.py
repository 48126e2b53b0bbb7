"""Find and read board files: a shipped name or a path."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from host_tools.board.compile import Wiring, compile_board
from host_tools.errors import InstepError
from host_tools.machine.calibration import calibration_of
from host_tools.machine.tables import BOARDS
from instep.hal.board import ROLLERS, SENSES

FILE = "board.toml"


@dataclass(frozen=True)
class Loaded:
    """A checked board, its compiled form and the file it came from."""

    wiring: Wiring
    data: bytes
    path: Path


def shipped() -> tuple[str, ...]:
    """Return the names of the boards that come with Instep."""
    return tuple(sorted(path.parent.name for path in BOARDS.glob(f"*/{FILE}")))


def find(name_or_path: str) -> Path:
    """Return the path of a shipped board's file, or the path itself."""
    return BOARDS / name_or_path / FILE if name_or_path in shipped() else Path(name_or_path)


def load_board(name_or_path: str) -> Loaded:
    """Return a board and its compiled form; raise InstepError when there is none."""
    path = find(name_or_path)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InstepError(f"There is no board {path}.", f"Give a file or one of: {', '.join(shipped())}.") from None
    senses = {name: sum(1 << ROLLERS.index(roller) for roller in document["senses"][name]) for name in SENSES}
    tables = {name: document[name] for name in ("pins", "expander", "channels", "addresses", "ratings")}
    head = {name: document[name] for name in ("name", "title", "chip", "machine")}
    wiring = Wiring(**head, **tables, senses=senses)
    return Loaded(wiring, compile_board(wiring, calibration_of(wiring.machine)), path)
