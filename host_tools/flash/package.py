"""Write what MicroPython's package installer reads; `make package` runs it.

`mpremote mip install package.json` puts the firmware's source into /lib and the chooser beside it: the machine runs
without slots. What has to be compiled beforehand, programs and board files, is kept compiled, because the installer
only copies.
"""

import json
from pathlib import Path

from host_tools.board.load import load_board
from host_tools.board.load import shipped as shipped_boards
from host_tools.flash.modules import FIRMWARE, ROOT_FILES, installed_files
from host_tools.program.load import load_program, shipped

ROOT = FIRMWARE.parent
_DATA = FIRMWARE / "package"
_DEFAULT_BOARD = "pico"


def written() -> dict[Path, bytes]:
    """Return the files that `make package` writes, content by path."""
    files = {_DATA / "programs" / f"{name}.bin": load_program(name).data for name in shipped()}
    for board in shipped_boards():
        files[_DATA / board / "board.bin"] = load_board(board).data
        files[package_of(board)] = json.dumps(_package(board), indent=2).encode() + b"\n"
    return files


def package_of(board: str) -> Path:
    """Return the file that the installer is given for a board."""
    return ROOT / "package.json" if board == _DEFAULT_BOARD else ROOT / "boards" / board / "package.json"


def _package(board: str) -> dict[str, object]:
    base = package_of(board).parent
    sources = {path.relative_to(FIRMWARE).as_posix(): path for path in installed_files().values()}
    sources |= {f"programs/{name}.bin": _DATA / "programs" / f"{name}.bin" for name in shipped()}
    sources |= {"board.bin": _DATA / board / "board.bin"}
    sources |= {f"../{name}": FIRMWARE / name for name in ROOT_FILES}
    up = "../" * len(base.relative_to(ROOT).parts)
    return {
        "version": "0.1.0",
        "urls": [[target, up + source.relative_to(ROOT).as_posix()] for target, source in sources.items()],
    }


def main() -> None:
    """Write the files anew."""
    for path, data in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
