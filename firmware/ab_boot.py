"""Choose the slot whose firmware is started; try a new firmware once, and return to the old one if it does not work.

The file `/slot` names it: `a` is confirmed; `b?a` is to be tried, and replaced by `a` if it fails; `b!a` is being
tried; `-` stands for no slot. This file lies outside the slots, as source, because it must work when a slot does not.
The laptop imports the rules from here too, so `machine` is imported only where it is used.
"""

import os
import sys

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from machine import Timer

POINTER = "/slot"
REASON = "/reason"  # the traceback of the last trial that failed
SLOTS = ("a", "b")
NO_SLOT = "-"
CONFIRMED = ""
DUE = "?"
UNDER_WAY = "!"

# Where firmware without slots is found: installed by MicroPython's package installer, or frozen into its image.
INSTALLED = "/lib"
APPLICATION = "instep.run"

# The time that a new firmware has to confirm itself.
_TRIAL_MS = const(10_000)

# The watchdog's scratch register 0 keeps its value through a reset. Registers 4 to 7 belong to the SDK and boot ROM.
_RP2040_SCRATCH = const(0x4005_800C)
_RP2350_SCRATCH = const(0x400D_800C)
_MAINTENANCE = const(0x0157_EF1A)


def parse(text: str) -> "tuple[str, str, str]":
    """Return slot, mark and the slot to return to; a damaged text is read as no slot, confirmed."""
    slot, mark, back = text[:1], text[1:2], text[2:]
    if slot in SLOTS and (text == slot or (mark in (DUE, UNDER_WAY) and (back in SLOTS or back == NO_SLOT))):
        return slot, mark, back
    return NO_SLOT, CONFIRMED, NO_SLOT


def read_pointer() -> str:
    """Return the text of the pointer; empty if the file is missing."""
    try:
        with open(POINTER) as file:
            text: str = file.read()
            return text
    except OSError:
        return ""


def write_pointer(text: str) -> None:
    """Replace the pointer by one rename, so that a power cut leaves the old or the new one; raise OSError."""
    with open(POINTER + ".new", "w") as file:
        file.write(text)
    os.rename(POINTER + ".new", POINTER)


def _scratch() -> int:
    return _RP2350_SCRATCH if "RP2350" in sys.implementation._machine else _RP2040_SCRATCH


def maintain() -> None:
    """Reset into maintenance mode: no firmware, no watchdog, a free REPL for the laptop. The next reset leaves it."""
    import machine

    machine.mem32[_scratch()] = _MAINTENANCE
    machine.reset()


def take_maintenance() -> bool:
    """Return True if maintenance was requested before the reset; a second call returns False."""
    import machine

    is_asked = bool(machine.mem32[_scratch()] == _MAINTENANCE)
    machine.mem32[_scratch()] = 0
    return is_asked


class Trial:
    """The trial of a new slot: if it is not confirmed in time, the board resets and starts the old slot."""

    def __init__(self, slot: str, back: str) -> None:
        from machine import Timer

        self._slot = slot
        self.note(None)
        write_pointer(slot + UNDER_WAY + back)
        self._timer = Timer(-1, mode=Timer.ONE_SHOT, period=_TRIAL_MS, callback=_reset, hard=True)
        self.is_confirmed = False

    def confirm(self) -> None:
        """Make the new slot permanent; raise OSError. This writes the flash: nothing may move."""
        if self.is_confirmed:
            return
        write_pointer(self._slot)
        self._timer.deinit()
        self.is_confirmed = True
        _report("confirmed", self._slot)

    def note(self, error: "Exception | None") -> None:
        """Save the reason why the trial failed, for the laptop; None clears it; raise OSError."""
        with open(REASON, "w") as file:
            if error is not None:
                sys.print_exception(error, file)


def _report(event: str, slot: str) -> None:
    """Print an event for a laptop that listens."""
    print('{"instep": "%s", "slot": "%s"}' % (event, slot))


def _reset(_timer: "Timer | None") -> None:
    import machine

    machine.reset()


def _nothing() -> None:
    """Do nothing: a confirmed slot needs no confirmation."""


def choose() -> "tuple[str, Trial | None]":
    """Return the folder to start from, and the trial if it is one; give up a trial that ended in a reset."""
    slot, mark, back = parse(read_pointer())
    trial = None
    try:
        if mark == UNDER_WAY:
            write_pointer(back)
            _report("given up", slot)
        elif mark == DUE:
            trial = Trial(slot, back)
    except OSError as error:
        sys.print_exception(error)  # the pointer cannot be written: start the slot that is known to work
    if mark != CONFIRMED and trial is None:
        slot = back
    return (INSTALLED if slot == NO_SLOT else "/" + slot), trial


def start() -> None:
    """Start the firmware; return to the REPL in maintenance mode, or if no firmware starts."""
    if take_maintenance():
        return
    folder, trial = choose()
    if folder != INSTALLED:
        sys.path.insert(0, folder)
    try:
        _run(folder, trial.confirm if trial else _nothing)
    except KeyboardInterrupt:
        maintain()
    except Exception as error:  # noqa: BLE001 - the REPL must stay reachable with any damaged firmware
        sys.print_exception(error)
        if trial:
            trial.note(error)
    if trial and not trial.is_confirmed:
        _reset(None)


def _run(folder: str, confirm: "Callable[[], None]") -> None:
    __import__(APPLICATION).run.main(folder, confirm, maintain)
