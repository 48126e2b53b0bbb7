"""Encoders on the emulated chip's pins: every edge is made at its time, so that the PIO has something to count.

While the chip's processor sleeps, the emulator jumps from alarm to alarm and steps a state machine once a jump; a real
one goes on. So after every edge the state machines get the steps that they would have had until the next.
"""

from rp2040py.rp2040 import RP2040

from instep.units import NS_PER_MS

# The counting program looks at its pins once in ten steps at most.
_STEPS_TO_SEE = 12
# A leads B while the counts go up: the levels of (A, B) after 0, 1, 2, 3 edges.
_LEVELS = ((False, False), (True, False), (True, True), (False, True))


class Quadrature:
    """One encoder; `counts` is where it stands in edges."""

    def __init__(self, mcu: RP2040, pin_a: int, pin_b: int) -> None:
        self.counts = 0
        self._pins = (mcu.gpio[pin_a], mcu.gpio[pin_b])
        self._alarm = mcu.clock.create_alarm(self._edge)
        self._target = 0
        self._interval_ns = 0.0
        self._levels = [True, True]
        self._pios = mcu.pio
        self._show()

    def go_to(self, counts: int, in_ms: float) -> None:
        """Turn evenly until it stands at `counts` after `in_ms`; the rest of the last turn is added."""
        self._target = counts
        way = abs(counts - self.counts)
        if way:
            self._interval_ns = in_ms * NS_PER_MS / (way + 1)
            self._alarm.schedule(self._interval_ns)

    def _edge(self) -> None:
        if self.counts == self._target:
            return
        self.counts += 1 if self._target > self.counts else -1
        self._show()
        if self.counts != self._target:
            self._alarm.schedule(self._interval_ns)

    def _show(self) -> None:
        for number, level in enumerate(_LEVELS[self.counts & 3]):
            if self._levels[number] != level:
                self._levels[number] = level
                self._pins[number].set_input_value(level)
        for machine in (machine for pio in self._pios for machine in pio.machines):
            for _ in range(_STEPS_TO_SEE if machine.enabled and not machine.waiting else 0):
                machine.step()
