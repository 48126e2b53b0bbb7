"""How long flashing takes, beside mpremote copying the same files to the same kind of board: MicroPython on TCP."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from host_tools.flash.flash import Flasher
from host_tools.flash.image import Image, build_image
from tests.bench.figure import Figure, LeftOutError
from tests.host_tools.flash.board import HEALTHY, VmBoard, compiled
from tests.vm.harness import VM

_AGAIN_MAX = 0.2  # of what mpremote takes


class _NoScreen:
    """Nobody looks."""

    def say(self, text: str) -> None:
        """Ignore the progress."""

    def sent(self, done_bytes: int, all_bytes: int) -> None:
        """Show nothing."""


def measure() -> Iterator[Figure]:
    """Yield the time of a full flash and of one with nothing changed, verified on the board, until it runs again."""
    if not VM.is_file():
        raise LeftOutError("no MicroPython VM; `make test` installs it")
    image, chip = build_image("pico")
    # The VM has no hardware: what is put there must be well without.
    image = Image({**image.files, "instep/run.mpy": compiled(HEALTHY)}, image.roots)
    full_s, again_s = _on_board(lambda port: _flash(port, image, chip))
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), image)
        copy_s, copy_again_s = _on_board(lambda port: _copy(port, folder))
    files = len(image.files) + len(image.roots)
    yield Figure(
        f"full flash of {files} files, trial included",
        f"{full_s:.1f} s",
        "≤ mpremote cp -r",
        f"mpremote cp -r {copy_s:.1f} s",
        full_s <= copy_s,
    )
    yield Figure(
        "flashing again with nothing changed",
        f"{again_s:.1f} s",
        "≤ 1/5 of mpremote cp -r",
        f"mpremote cp -r {copy_again_s:.1f} s",
        again_s <= copy_again_s * _AGAIN_MAX,
    )


def _on_board(do: Callable[[str], None]) -> tuple[float, float]:
    """Do something to a bare board twice; return how long each took, in seconds."""
    board = VmBoard()
    try:
        return _timed(do, board.port), _timed(do, board.port)
    finally:
        board.close()


def _timed(do: Callable[[str], None], port: str) -> float:
    started_s = time.monotonic()
    do(port)
    return time.monotonic() - started_s


def _flash(port: str, image: Image, chip: str) -> None:
    Flasher(port, image, chip, _NoScreen(), let_go=lambda port, is_forced: None).flash(False)


def _copy(port: str, folder: str) -> None:
    command = [sys.executable, "-m", "mpremote", "connect", port, "resume", "cp", "-r", folder, ":/copy"]
    subprocess.run(command, check=True, capture_output=True)


def _write(folder: Path, image: Image) -> None:
    for path, data in (image.files | image.roots).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
