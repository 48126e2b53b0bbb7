"""Find and read board files: a shipped name or a path."""

from dataclasses import dataclass
from pathlib import Path

from host_tools.board.check import check_text
from host_tools.board.compile import compile_board
from host_tools.board.model import Wiring
from host_tools.data_folders import BOARDS
from host_tools.errors import InstepError
from host_tools.machine.calibration import calibration_of
from host_tools.source_file import decode_source, read_source
from instep.hal.board import MAGIC

FILE = "board.toml"
SUFFIX = ".toml"


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
    """Return a checked board and its compiled form; raise InstepError (BoardFileError for broken rules)."""
    path = find(name_or_path)
    data = read_source(path, "board", f"Give a {SUFFIX} file or one of: {', '.join(shipped())}.")
    if data.startswith(MAGIC):
        raise InstepError(f"{path} is a compiled board file.", f"Give the {SUFFIX} file that it was made from.")
    wiring = check_text(decode_source(data, path), shown(path))
    return Loaded(wiring, compile_board(wiring, calibration_of(wiring.machine)), path)


def shown(path: Path) -> str:
    """Return a path relative to the current folder if it is inside, else unchanged."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
