"""The board's loop: ticks at absolute deadlines, slow work in between, signals for the person who is near."""

import time

from instep.guard.faults import NO_FAULT
from micropython import const, heap_lock, heap_unlock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.app import App
    from instep.hal.hardware import Hardware

_TICK_US = const(10_000)

# No slow work is begun with less time left than this: every piece takes as long.
_SLICE_US = const(600)
# With nothing to do and more time than this, sleep a millisecond at a time.
_SLEEP_US = const(2_000)
# A tick that begins later than this is counted.
_LATE_US = const(1_000)

# So many ticks without a late one, 2 s: this firmware works. A trial lasts 10 s, boot and first ticks included; on an
# emulated RP2040 at 125 MHz the first good second is over 4 s after power-up.
_HEALTHY_TICKS = const(200)

# The light: a flash in 1.28 s while all is well, six a second with a fault. The buzzer says a new one for 0.5 s.
_LIGHT_MASK = const(127)
_FAULT_LIGHT_MASK = const(15)
_LIGHT_SHIFT = const(3)
_BUZZER_TICKS = const(50)


class Loop:
    """Run `app` over `hal`; `late_ticks` counts ticks that began late and those that were left out for it.

    `confirm` is called once, when the firmware has shown for 2 s that it works and nothing moves.
    """

    def __init__(self, hal: "Hardware", app: "App", confirm: "Callable[[], None]") -> None:
        self._hal = hal
        self._app = app
        self._confirm = confirm
        self._is_confirmed = False
        self._ticks = 0
        self._good_ticks = 0
        self._fault = NO_FAULT
        self._buzzer_ticks = 0
        self._deadline = time.ticks_us()
        self.late_ticks = 0

    def run(self) -> None:
        """Tick until somebody interrupts, or asks for maintenance."""
        self._deadline = time.ticks_us()
        while not self._hal.was_interrupted and not self._app.may_restart():
            self.tick()
            self.wait()

    def tick(self) -> None:
        """Do one tick whole: inputs, work, outputs; with the heap locked.

        MicroPython takes the frame of every larger function from the heap, and searches long for a place: half of a
        tick's time on an RP2040. With the heap locked it takes them from the stack.
        """
        hal = self._hal
        begun_us = time.ticks_us()
        heap_lock()
        try:
            hal.begin_tick()
            self._app.tick()
            self._signal()
            hal.end_tick()
        finally:
            heap_unlock()
        self._app.note_tick_us(time.ticks_diff(time.ticks_us(), begun_us))

    def wait(self) -> None:
        """Do slow work until the next tick is due; a tick that is missed is left out and counted, never made up."""
        self._deadline = time.ticks_add(self._deadline, _TICK_US)
        left_us = time.ticks_diff(self._deadline, time.ticks_us())
        asked_in_vain = 0
        while left_us > _SLICE_US:
            if self._app.slack(left_us):
                asked_in_vain = 0
            else:
                asked_in_vain += 1
                if asked_in_vain > 1 and left_us > _SLEEP_US:
                    time.sleep_ms(1)  # and ask again: conversions become ready meanwhile
            left_us = time.ticks_diff(self._deadline, time.ticks_us())
        self._check_health()
        left_us = time.ticks_diff(self._deadline, time.ticks_us())
        while left_us > 0:
            left_us = time.ticks_diff(self._deadline, time.ticks_us())
        if left_us < -_LATE_US:
            self._note_late(-left_us // _TICK_US)

    def _note_late(self, missed: int) -> None:
        self._deadline = time.ticks_add(self._deadline, missed * _TICK_US)
        self._good_ticks = 0
        self.late_ticks += missed + 1
        self._app.note_late_ticks(missed + 1)

    def _check_health(self) -> None:
        """Confirm this firmware once it has worked for a while; that may write the flash, so nothing may move."""
        if self._is_confirmed:
            return
        self._good_ticks += 1
        if self._good_ticks >= _HEALTHY_TICKS and self._app.is_at_rest():
            self._is_confirmed = True
            self._confirm()

    def _signal(self) -> None:
        """Flash the light, and sound the buzzer for a fault that is new."""
        self._ticks = (self._ticks + 1) & _LIGHT_MASK
        fault = self._app.guard.fault
        if fault != self._fault:
            self._fault = fault
            if fault != NO_FAULT:
                self._buzzer_ticks = _BUZZER_TICKS
                self._hal.set_buzzer(True)
        if self._buzzer_ticks:
            self._buzzer_ticks -= 1
            if not self._buzzer_ticks:
                self._hal.set_buzzer(False)
        mask = _LIGHT_MASK if fault == NO_FAULT else _FAULT_LIGHT_MASK
        self._hal.set_light(self._ticks & mask <= mask >> _LIGHT_SHIFT)
