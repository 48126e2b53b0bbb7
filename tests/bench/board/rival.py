"""The same strokes as `asyncio` tasks, as a maker would write them: the rival of the firmware's one loop.

A task for every axis, one for the inputs with the checks that matter most, one for the display, one that tells a
laptop. Chips and drives are the firmware's, so that the two differ in nothing but who decides what runs when.
Deadlines are absolute, what rests costs nothing, servos are moved as often as they get a pulse, the display is sent
in pieces: the better ways of what is usual. Runs on MicroPython, with `strokes.py` beside it, where the bench has
written the moves.
"""

import asyncio
import gc
import json
import sys
import time

import strokes
from machine import mem32

SLOT = "/a"
REGISTER = 0x4005_8010  # the watchdog's second scratch register, which the emulator watches
CONTROL = 1
END = 0
ROLLERS = 2  # of a foot; its presses come next, then its servos
PRESSES = 2
TICK_MS = 10
SERVO_MS = 20  # a servo gets a pulse as often
SCREEN_MS = 100
TELL_MS = 50
SKIN_MIN_CODE = 10_486  # 43 °C
FORCE_MAX_MN = 60_000
CURRENT_MAX_MA = 6_000  # stall is 7 A; a start that comes late draws more than 3

sys.path.insert(0, SLOT)

from instep.axes import HIGH, TOP_STROKE  # noqa: E402
from instep.drive.press import Press  # noqa: E402
from instep.drive.roller import Roller  # noqa: E402
from instep.drive.servo import ServoAxis  # noqa: E402
from instep.guard.memory_monitor import MemoryMonitor  # noqa: E402
from instep.hal.board import Board  # noqa: E402
from instep.hal.calibration import PRESS_ZERO, SELECT_ZERO, SHARED  # noqa: E402
from instep.hal.rp2 import build  # noqa: E402


class Pace:
    """A raster of `period_ms`; what comes too late does not wait and does not shift the raster."""

    def __init__(self, period_ms):
        self.period_ms = period_ms
        self.due = time.ticks_ms()

    async def wait(self):
        """Wait for the next point of the raster."""
        self.due = time.ticks_add(self.due, self.period_ms)
        await asyncio.sleep_ms(max(0, time.ticks_diff(self.due, time.ticks_ms())))

    async def skip(self, time_ms):
        """Wait for so long."""
        self.due = time.ticks_add(self.due, time_ms)
        await asyncio.sleep_ms(max(0, time.ticks_diff(self.due, time.ticks_ms())))


class Machine:
    """Everything that the tasks share."""

    def __init__(self):
        with open(SLOT + "/board.bin", "rb") as file:
            board = Board(file.read())
        self.hal = build(board)
        self.setpoints = list(strokes.HOME)
        self.is_stopped = False
        self.is_done = False
        calibration = board.calibration
        memory = MemoryMonitor()
        figures = memory.take(SHARED, SHARED)
        calibration.share(figures)
        self.followers = []
        for foot in range(2):
            rollers = [2 * foot, 2 * foot + 1]
            contacts = (calibration.top_contact_um, calibration.sole_contact_um)
            servos = self.hal.servos[8 * foot : 8 * foot + 8]
            self.followers += [
                Roller(self.hal.motors[i], self.hal.encoders[i], calibration, HIGH[TOP_STROKE + i % 2], memory)
                for i in rollers
            ]
            for i in rollers:
                axis = ServoAxis(servos[i & 1], figures, PRESS_ZERO)
                self.followers.append(Press(axis, self.hal.forces[i], calibration, contacts[i & 1], memory))
            # Four figures' pairs of the toe, then both holds share the last.
            self.followers += [ServoAxis(servos[2 + i], figures, SELECT_ZERO + 2 * min(i, 4)) for i in range(6)]

    def stop(self):
        """Switch everything off."""
        self.is_stopped = True
        self.hal.cut_outputs()

    async def axis(self, number):
        """Go through the moves of one axis, each evenly; a roller and a press are held, a servo holds itself."""
        follow = self.followers[number].tick
        axis = number % strokes.AXES_PER_FOOT
        period_ms = TICK_MS if axis < ROLLERS else SERVO_MS
        pace = Pace(period_ms)
        for time_ms, target in strokes.MOVES[number]:
            first = self.setpoints[number]
            if target == first and (axis >= ROLLERS + PRESSES or target == 0):
                await pace.skip(time_ms)
                continue
            steps = max(1, time_ms // period_ms)
            for step in range(1, steps + 1):
                self.setpoints[number] = first + (target - first) * step // steps
                if not self.is_stopped:
                    follow(self.setpoints[number])
                await pace.wait()

    async def control(self):
        """Read all inputs, check them, send all outputs: what must come in time."""
        hal = self.hal
        pace = Pace(TICK_MS)
        while not self.is_done:
            mem32[REGISTER] = CONTROL
            hal.begin_tick()
            if self.is_wrong():
                self.stop()
            hal.end_tick()
            mem32[REGISTER] = END
            await pace.wait()

    def is_wrong(self):
        """Return True if everything has to be switched off."""
        hal = self.hal
        if hal.emergency_stop.read() or hal.buttons.read_mask() & 2 or hal.bus_faults():
            return True
        if any(not switch.read() for switch in hal.foot_switches):
            return True
        if any(force.read_mn() > FORCE_MAX_MN for force in hal.forces):
            return True
        if any(skin.read_code() < SKIN_MIN_CODE for skin in hal.skins):
            return True
        return any(motor.read_ma() > CURRENT_MAX_MA for motor in hal.motors)

    async def screen(self):
        """Show where the rollers are, ten times a second, piece by piece."""
        display = self.hal.display
        pace = Pace(SCREEN_MS)
        while not self.is_done:
            for row in range(4):
                text = f"{row} {self.setpoints[row]:6} um {self.hal.forces[row].read_mn():5} mN"
                display.write_row(row, text.encode())
            while display.slack():
                await asyncio.sleep_ms(0)
            await pace.wait()

    async def tell(self):
        """Send telemetry to a laptop, twenty times a second."""
        pace = Pace(TELL_MS)
        while not self.is_done:
            print(json.dumps({"setpoints": self.setpoints, "force": [force.read_mn() for force in self.hal.forces]}))
            await pace.wait()

    async def run(self):
        """Run all tasks until every axis has made its moves."""
        self.hal.relay.set(True)
        self.hal.enable_servos(True)
        others = [asyncio.create_task(task) for task in (self.control(), self.screen(), self.tell())]
        await asyncio.gather(*[self.axis(number) for number in range(len(strokes.MOVES))])
        self.is_done = True
        await asyncio.gather(*others)
        self.stop()


machine = Machine()
gc.collect()
asyncio.run(machine.run())
print("done")
