"""Run the firmware of a slot's folder until it is interrupted; `ab_boot` calls `main`."""

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

# Loading leaves gaps in the heap. A garbage collection after this many bytes lets later objects fill them; it takes
# 30 ms. Half this figure delays the first picture of an RP2040 by 0.35 s and leaves a piece of 9.4 instead of 9.1 KB;
# with twice this figure the 2 KB of a record found no piece in the end, though 31 KB were free.
_COLLECT_BYTES = const(24_576)


# Reserved for errors that are raised while the heap is locked, such as those of the bus.
_EXCEPTION_BYTES = const(100)


def main(folder: str, confirm: "Callable[[], None]", maintain: "Callable[[], None]") -> None:
    """Run the firmware from a slot's `folder`; on Ctrl-C, or if a laptop requests it, `maintain` resets the board.

    Any other exception is raised with all outputs off; the watchdog, if it runs, resets the board within 1 s.
    """
    gc.threshold(_COLLECT_BYTES)
    alloc_emergency_exception_buf(_EXCEPTION_BYTES)
    programs = read_programs(folder + "/programs")
    hal, calibrations = _make_hardware(folder + "/board.bin")
    try:
        loop = _assemble(folder, hal, calibrations, programs, confirm)
        gc.collect()
        gc.threshold(-1)
        hal.start_watchdog()
        loop.run()
    except KeyboardInterrupt:
        print("interrupted")
    finally:
        hal.cut_outputs()
    maintain()


def _make_hardware(path: str) -> "tuple[Hardware, list[Calibration]]":
    """Build the hardware of a compiled board file, then unload the modules that built it.

    Its calibration is the only one in the list: who takes it out can let it go with its module, which are 3 KB.
    """
    from instep.hal.board import Board
    from instep.hal.rp2 import build

    board = Board(read_file(path))
    hal = build(board)
    for name in ("board", "rp2", "calibration"):
        del sys.modules["instep.hal." + name]
        delattr(sys.modules["instep.hal"], name)
    return hal, [board.calibration]


def _assemble(
    folder: str,
    hal: "Hardware",
    calibrations: "list[Calibration]",
    programs: "list[bytes]",
    confirm: "Callable[[], None]",
) -> "Loop":
    """Load the rest of the firmware and assemble it over `hal`."""
    from instep.app import App
    from instep.guard.firmware_check import MANIFEST, FirmwareCheck
    from instep.link.port import UsbPort
    from instep.link.usb_room import UsbRoom
    from instep.loop import Loop
    from instep.storage.filesystem import Filesystem

    # Firmware that is frozen into MicroPython's own image has no files to check.
    image = FirmwareCheck(folder, _open) if MANIFEST in os.listdir(folder) else None
    app = App(hal, calibrations.pop(), programs, Filesystem(), UsbPort(UsbRoom(hal.usb)), image)
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
    """Return the compiled programs in order of their names; an unreadable file yields `b""`, and is reported."""
    images = []
    for name in sorted(os.listdir(folder)):
        try:
            images.append(read_file(folder + "/" + name))
        except OSError as error:
            sys.print_exception(error)
            images.append(b"")
    return images
