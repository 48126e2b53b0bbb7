"""The board's loop: ticks at absolute deadlines, slow work between them, and signals by light and buzzer."""

import time

from instep.guard.faults import NO_FAULT
from micropython import const, heap_lock, heap_unlock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.app import App
    from instep.hal.hardware import Hardware

_TICK_US = const(10_000)

# Work that is done after every tick, even without any time left, has no budget.
_NO_TIME_US = const(0)
# No other slow work is begun with less time left than this: every piece takes as long.
_SLICE_US = const(600)
# Without slow work, and with more time left than this, the loop sleeps for a millisecond at a time.
_SLEEP_US = const(2_000)
# A tick that begins later than this is counted.
_LATE_US = const(1_000)

# After this many ticks without a late one, 2 s, the firmware counts as working. A trial lasts 10 s, boot included. On
# an emulated RP2040 at 125 MHz, the first second without a late tick ends 4 s after power-up.
_HEALTHY_TICKS = const(200)

# The light flashes every 1.28 s without a fault, and six times a second with one.
_LIGHT_MASK = const(127)
_FAULT_LIGHT_MASK = const(15)
_LIGHT_SHIFT = const(3)


class Loop:
    """Run `app` over `hal`; `late_ticks` counts the ticks that began late, and those left out because of that.

    `confirm` is called once, when the firmware has worked for 2 s and nothing moves.
    """

    def __init__(self, hal: "Hardware", app: "App", confirm: "Callable[[], None]") -> None:
        self._hal = hal
        self._app = app
        self._confirm = confirm
        self._is_confirmed = False
        self._ticks = 0
        self._good_ticks = 0
        self._is_sounding = False
        self._deadline = time.ticks_us()
        self.late_ticks = 0

    def run(self) -> None:
        """Run until Ctrl-C, or until a laptop requests maintenance."""
        self._deadline = time.ticks_us()
        while not self._hal.was_interrupted and not self._app.may_restart():
            self.tick()
            self.wait()

    def tick(self) -> None:
        """Do one tick: inputs, work, outputs; with the heap locked.

        MicroPython allocates the frame of every larger function on the heap, and searches long for a free piece: half
        of a tick's time on an RP2040. With the heap locked it uses the stack instead.
        """
        hal = self._hal
        start_us = time.ticks_us()
        heap_lock()
        try:
            hal.begin_tick()
            self._app.tick()
            self._signal()
            hal.end_tick()
        finally:
            heap_unlock()
        self._app.note_tick_us(time.ticks_diff(time.ticks_us(), start_us))

    def wait(self) -> None:
        """Do slow work until the next tick is due; missed ticks are left out and counted, never repeated."""
        self._deadline = time.ticks_add(self._deadline, _TICK_US)
        self._app.slack(_NO_TIME_US)
        left_us = time.ticks_diff(self._deadline, time.ticks_us())
        idle_asks = 0
        while left_us > _SLICE_US:
            if self._app.slack(left_us):
                idle_asks = 0
            else:
                idle_asks += 1
                if idle_asks > 1 and left_us > _SLEEP_US:
                    time.sleep_ms(1)  # conversions become ready meanwhile
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
        """Confirm this firmware after 2 s without a late tick; that may write the flash, so nothing may move."""
        if self._is_confirmed:
            return
        self._good_ticks += 1
        if self._good_ticks >= _HEALTHY_TICKS and self._app.is_at_rest():
            self._is_confirmed = True
            self._confirm()

    def _signal(self) -> None:
        """Flash the light, faster after a fault; switch the buzzer."""
        self._ticks = (self._ticks + 1) & _LIGHT_MASK
        sounds = self._app.sounds.tick()
        if sounds != self._is_sounding:
            self._is_sounding = sounds
            self._hal.set_buzzer(sounds)
        mask = _LIGHT_MASK if self._app.guard.fault == NO_FAULT else _FAULT_LIGHT_MASK
        self._hal.set_light(self._ticks & mask <= mask >> _LIGHT_SHIFT)
