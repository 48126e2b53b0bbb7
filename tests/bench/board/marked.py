"""The board's /main.py when it is measured: the firmware as it is, with a mark at both ends of what is to be timed.

A mark is a number in a register of the watchdog that nothing else uses; the emulator notes when it is written. Runs
on MicroPython. A mark costs about 15 us, which count to what it surrounds.
"""

import gc
import sys

from machine import mem32

import ab_boot

SLOT = "/a"
REGISTER = 0x4005_8010  # the watchdog's second scratch register
FREE_REGISTER = 0x4005_8014  # the third: what is left of the heap, bytes
END = 0

sys.path.insert(0, SLOT)

from instep.guard.firmware_check import FirmwareCheck  # noqa: E402
from instep.hal.ssd1306 import Ssd1306  # noqa: E402
from instep.link.link import Link  # noqa: E402
from instep.loop import Loop  # noqa: E402
from instep.panel.display import Screen  # noqa: E402
from instep.persistence.autosave import Autosave  # noqa: E402


def marked(work, number):
    """Return a method that marks both ends of `work`, which takes nothing."""

    def mark(self):
        mem32[REGISTER] = number
        result = work(self)
        mem32[REGISTER] = END
        return result

    return mark


def marked_at(work, number):
    """Return a method that marks both ends of `work`, which takes the ticks."""

    def mark(self, ticks):
        mem32[REGISTER] = number
        result = work(self, ticks)
        mem32[REGISTER] = END
        return result

    return mark


def telling(run):
    """Return a method that reports the free heap when the loop begins."""

    def tell(self):
        mem32[FREE_REGISTER] = gc.mem_free()
        run(self)

    return tell


Loop.run = telling(Loop.run)
Loop.tick = marked(Loop.tick, 1)
Ssd1306.slack = marked(Ssd1306.slack, 2)
Screen.slice = marked_at(Screen.slice, 3)
Autosave.slice = marked_at(Autosave.slice, 4)
FirmwareCheck.slice = marked(FirmwareCheck.slice, 5)
Link.receive = marked_at(Link.receive, 6)
Link.send = marked_at(Link.send, 7)
ab_boot.start()
