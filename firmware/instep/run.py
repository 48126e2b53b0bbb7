"""What the board runs: the machine of a slot's folder, until it is interrupted.

The slot chooser calls `main`; nothing else on the board runs beside it.
"""

import gc
import os
import sys

from micropython import alloc_emergency_exception_buf, const, heap_lock, heap_unlock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader

    from instep.hal.calibration import Calibration
    from instep.hal.hardware import Hardware
    from instep.loop import Loop
    from instep.panel.display import Screen

# Loading leaves holes between what stays: the heap is swept after every so many bytes, so that they are filled again.
# A sweep takes 30 ms; a third of this leaves no larger piece free in the end (46 KB) and costs 0.2 s of the start.
_SWEEP_BYTES = const(49_152)


# An error of the bus is raised while the heap is locked: its number needs a place.
_EXCEPTION_BYTES = const(100)


def main(folder: str, confirm: "Callable[[], None]", maintain: "Callable[[], None]") -> None:
    """Run the firmware from a slot's `folder`; on Ctrl-C, or when a laptop asks for it, `maintain` resets the board.

    Whatever else ends the loop is raised, with everything off: the watchdog, if it runs, resets the board within 1 s.
    """
    gc.threshold(_SWEEP_BYTES)
    alloc_emergency_exception_buf(_EXCEPTION_BYTES)
    programs = read_programs(folder + "/programs")
    hal, calibration = _make_hardware(folder + "/board.bin")
    try:
        loop = _assemble(folder, hal, calibration, programs, confirm)
        gc.collect()
        gc.threshold(-1)
        hal.start_watchdog()
        loop.run()
    except KeyboardInterrupt:
        print("interrupted")
    finally:
        hal.cut_outputs()
    maintain()


def _make_hardware(path: str) -> "tuple[Hardware, Calibration]":
    """Make the hardware of a compiled board file, and give back the memory of what has made it."""
    from instep.hal.board import Board
    from instep.hal.rp2 import build

    board = Board(read_file(path))
    hal = build(board)
    for name in ("board", "rp2"):
        del sys.modules["instep.hal." + name]
        delattr(sys.modules["instep.hal"], name)
    return hal, board.calibration


def _assemble(
    folder: str,
    hal: "Hardware",
    calibration: "Calibration",
    programs: "list[bytes]",
    confirm: "Callable[[], None]",
) -> "Loop":
    """Load the rest of the firmware and put it together over `hal`."""
    from instep.app import App
    from instep.guard.firmware_check import MANIFEST, FirmwareCheck
    from instep.link.port import UsbPort
    from instep.loop import Loop
    from instep.storage.filesystem import Filesystem

    # Frozen into MicroPython's own image there are no files to test.
    image = FirmwareCheck(folder, _open) if MANIFEST in os.listdir(folder) else None
    app = App(hal, calibration, programs, Filesystem(), UsbPort(), image)
    _show_first_picture(hal, app.screen)
    return Loop(hal, app, confirm)


def _show_first_picture(hal: "Hardware", screen: "Screen") -> None:
    """Compose and send the whole picture at once: it takes 0.1 s here, and ten times as long between ticks."""
    heap_lock()
    try:
        while not screen.is_whole:
            screen.slice(0)
    finally:
        heap_unlock()
    while hal.display.slack():
        pass


def _open(path: str) -> "BufferedReader":
    return open(path, "rb")


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
