"""Runs on the emulated board in place of `main.py`: the firmware as it is, begun with a program if one is named.

It tells where its functions are, then runs the loop. A program is begun without screening, self-test and fit, which
take the emulator many minutes; what a tick does is the same.
"""

import gc
import sys

sys.path.insert(0, "/a")

import instep.run as start
from instep.app import App
from instep.link.port import UsbPort
from instep.link.usb_room import UsbRoom
from instep.loop import Loop
from instep.session import states
from instep.storage.filesystem import Filesystem
from micropython import alloc_emergency_exception_buf

machine = __import__("machine")
sweep_after = getattr(gc, "threshold")  # noqa: B009
PROGRAM = "{program}"
AFTER_TICKS = 100

alloc_emergency_exception_buf(100)
sweep_after(24_576)
images = start.read_programs("/a/programs")
hal, calibrations = start._make_hardware("/a/board.bin")
app = App(hal, calibrations.pop(), images, Filesystem(), UsbPort(UsbRoom(hal.usb)))
loop = Loop(hal, app, lambda: None)


def tell(module):
    """Print the address of every function."""
    for name, value in module.__dict__.items():
        if isinstance(value, type):
            for method, function in value.__dict__.items():
                if callable(function) and not isinstance(function, type):
                    print("function", id(function), value.__name__ + "." + method)
        elif callable(value):
            print("function", id(value), name)


def begin():
    """Let the session play; relay and servos only in the next tick, when the last line has seen the loop alive."""
    session = app.session
    session.demands.wants_servos = session.demands.wants_relay = True
    session.selection.send_levels(app.scheduler)
    session.status.scheduler.start(False)
    session.status.state = states.RUN


def run():
    """Run for ever."""
    ticks = 0
    while True:
        loop.tick()
        loop.wait()
        ticks += 1
        if ticks == AFTER_TICKS and PROGRAM:
            app.selftest.is_at_boot = False
            app.session.selection.choose_program(PROGRAM)
            program = app.session.selection.program()
            fit = app.session.status.fitting.fit
            app.session.status.clock.load(program, fit)
            app.scheduler.load(program, fit, 3)
        elif ticks == AFTER_TICKS + 4 and PROGRAM:
            begin()
            print("begun")


for package in ("instep.core", "instep.hal.chips"):
    __import__(package)
    tell(sys.modules[package])
print("type", machine.mem32[id(begin)] & 0xFFFF_FFFF)
gc.collect()
sweep_after(-1)
print("runs")
run()
