"""Choose the slot whose firmware is started; try a new one once, and go back by itself when it does not work.

The file `/slot` says which: `a` is confirmed; `b?a` is to be tried, with `a` to go back to; `b!a` is being tried;
`-` stands for no slot. It lies outside the slots, as source, because it must work when a slot does not. The laptop
reads the rules here too, so the chip's own module is imported where it is used.
"""

import os
import sys

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from machine import Timer

POINTER = "/slot"
REASON = "/reason"  # why the last trial failed, as a traceback
SLOTS = ("a", "b")
NO_SLOT = "-"
CONFIRMED = ""
DUE = "?"
UNDER_WAY = "!"

# Where MicroPython's package installer puts the firmware; a frozen one is found beside it.
INSTALLED = "/lib"
APPLICATION = "instep.run"

# A new firmware must have confirmed itself by then.
_TRIAL_MS = const(10_000)

# Scratch register 0 of the watchdog lives through a reset. 4 to 7 belong to the SDK and the boot ROM.
_RP2040_SCRATCH = const(0x4005_800C)
_RP2350_SCRATCH = const(0x400D_800C)
_MAINTENANCE = const(0x0157_EF1A)


def parse(text: str) -> "tuple[str, str, str]":
    """Return slot, mark and the slot to go back to; what is damaged is no slot, confirmed."""
    slot, mark, back = text[:1], text[1:2], text[2:]
    if slot in SLOTS and (text == slot or (mark in (DUE, UNDER_WAY) and (back in SLOTS or back == NO_SLOT))):
        return slot, mark, back
    return NO_SLOT, CONFIRMED, NO_SLOT


def read_pointer() -> str:
    """Return the text of the pointer, empty when there is none."""
    try:
        with open(POINTER) as file:
            text: str = file.read()
            return text
    except OSError:
        return ""


def write_pointer(text: str) -> None:
    """Replace the pointer by one rename: a power cut leaves the old or the new, never neither; raise OSError."""
    with open(POINTER + ".new", "w") as file:
        file.write(text)
    os.rename(POINTER + ".new", POINTER)


def _scratch() -> int:
    return _RP2350_SCRATCH if "RP2350" in sys.implementation._machine else _RP2040_SCRATCH


def maintain() -> None:
    """Reset into maintenance: no firmware, no watchdog, the REPL free for the laptop. The next reset leaves it."""
    import machine

    machine.mem32[_scratch()] = _MAINTENANCE
    machine.reset()


def take_maintenance() -> bool:
    """Tell whether maintenance was asked for before the reset, once."""
    import machine

    is_asked = bool(machine.mem32[_scratch()] == _MAINTENANCE)
    machine.mem32[_scratch()] = 0
    return is_asked


class Trial:
    """One try of a new slot: unless it is confirmed in time the board resets, and the old slot is started."""

    def __init__(self, slot: str, back: str) -> None:
        from machine import Timer

        self._slot = slot
        self.note(None)
        write_pointer(slot + UNDER_WAY + back)
        self._timer = Timer(-1, mode=Timer.ONE_SHOT, period=_TRIAL_MS, callback=_reset, hard=True)
        self.is_confirmed = False

    def confirm(self) -> None:
        """Keep the new slot, once; raise OSError. Writes flash: nothing may move."""
        if self.is_confirmed:
            return
        write_pointer(self._slot)
        self._timer.deinit()
        self.is_confirmed = True
        _tell("confirmed", self._slot)

    def note(self, error: "Exception | None") -> None:
        """Keep why the try fails, for the laptop; raise OSError."""
        with open(REASON, "w") as file:
            if error is not None:
                sys.print_exception(error, file)


def _tell(what: str, slot: str) -> None:
    """Tell the laptop, if it listens."""
    print('{"instep": "%s", "slot": "%s"}' % (what, slot))


def _reset(_timer: "Timer | None") -> None:
    import machine

    machine.reset()


def _nothing() -> None:
    """Confirm what is confirmed."""


def choose() -> "tuple[str, Trial | None]":
    """Return the folder to start from, and the trial when it is one; end a trial that a reset has ended."""
    slot, mark, back = parse(read_pointer())
    trial = None
    try:
        if mark == UNDER_WAY:
            write_pointer(back)
            _tell("given up", slot)
        elif mark == DUE:
            trial = Trial(slot, back)
    except OSError as error:
        sys.print_exception(error)  # no room for the pointer: what is known to work runs all the same
    if mark != CONFIRMED and trial is None:
        slot = back
    return (INSTALLED if slot == NO_SLOT else "/" + slot), trial


def start() -> None:
    """Start the firmware. Return to the REPL in maintenance, and when there is none that starts."""
    if take_maintenance():
        return
    folder, trial = choose()
    if folder != INSTALLED:
        sys.path.insert(0, folder)
    try:
        _run(folder, trial.confirm if trial else _nothing)
    except KeyboardInterrupt:
        maintain()
    except Exception as error:  # noqa: BLE001 - whatever a damaged firmware raises, the REPL must stay reachable
        sys.print_exception(error)
        if trial:
            trial.note(error)
    if trial and not trial.is_confirmed:
        _reset(None)


def _run(folder: str, confirm: "Callable[[], None]") -> None:
    __import__(APPLICATION).run.main(folder, confirm, maintain)
