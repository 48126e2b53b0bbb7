"""Play a program and fold every setpoint into a CRC-32; the same code on CPython and on MicroPython."""

from array import array
from binascii import crc32

import micropython
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import Scheduler

# Between two figures of a trace: a difference is found to the second.
TICKS_PER_FIGURE = 100


def _nothing():
    """Stand in for locking the heap, which only MicroPython can."""


def _calls(scheduler, commands):
    """Return (tick, method) of (tick, name) pairs: looking a method up allocates, calling it does not."""
    return [(tick, getattr(scheduler, name)) for tick, name in commands]


def trace(data, lengths_um, feet_mask, levels, commands, ticks):
    """Return the CRC-32 of the setpoints after every TICKS_PER_FIGURE ticks; from the start on nothing may allocate.

    levels: (tick, force_permille, press_max_mn, pace_permille) rows; commands: (tick, name of a method) rows.
    """
    lock = getattr(micropython, "heap_lock", _nothing)
    unlock = getattr(micropython, "heap_unlock", _nothing)
    scheduler = Scheduler()
    scheduler.load(Program(data), FootLengths(*lengths_um), feet_mask)
    calls = _calls(scheduler, commands)
    figures = array("I", [0] * (ticks // TICKS_PER_FIGURE))
    crc = 0
    for tick in range(ticks):
        lock()
        for at, force_permille, press_max_mn, pace_permille in levels:
            if at == tick:
                scheduler.set_levels(force_permille, press_max_mn, pace_permille)
        for at, call in calls:
            if at == tick:
                call()
        if tick == 0:
            scheduler.start(False)
        scheduler.tick()
        unlock()
        crc = crc32(scheduler.setpoints, crc)
        if (tick + 1) % TICKS_PER_FIGURE == 0:
            figures[tick // TICKS_PER_FIGURE] = crc
    return list(figures)
