"""What the board runs: the machine of a slot's folder, until it is interrupted.

The slot chooser calls `main`; nothing else on the board runs beside it.
"""

import gc
import os
import sys

from instep.app import App
from instep.hal.board import Board
from instep.hal.rp2 import Rp2Hal
from instep.keep.disk import Disk
from instep.link.port import UsbPort
from instep.loop import Loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def main(folder: str, confirm: "Callable[[], None]", maintain: "Callable[[], None]") -> None:
    """Run the firmware from a slot's `folder`; on Ctrl-C, or when a laptop asks for it, `maintain` resets the board.

    Whatever else ends the loop is raised, with everything off: the watchdog, if it runs, resets the board within 1 s.
    """
    board = Board(read_file(folder + "/board.bin"))
    hal = Rp2Hal(board)
    try:
        app = App(hal, board.calibration, read_programs(folder + "/programs"), Disk(), UsbPort())
        loop = Loop(hal, app, confirm)
        gc.collect()
        hal.start_watchdog()
        loop.run()
    except KeyboardInterrupt:
        print("interrupted")
    finally:
        hal.cut_outputs()
    maintain()


def read_file(path: str) -> bytes:
    """Return a file's content; raise OSError."""
    with open(path, "rb") as file:
        content: bytes = file.read()
        return content


def read_programs(folder: str) -> "list[bytes]":
    """Return the compiled programs in order of their names; one that cannot be read is empty, which is told."""
    images = []
    for name in sorted(os.listdir(folder)):
        try:
            images.append(read_file(folder + "/" + name))
        except OSError as error:
            sys.print_exception(error)
            images.append(b"")
    return images
