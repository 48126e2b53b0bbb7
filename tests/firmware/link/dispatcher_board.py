"""The board's end of the link without a line: requests go straight to the dispatcher."""

import struct

from instep.axes import TOP_STROKE
from instep.link import protocol as m
from instep.link.dispatcher import Dispatcher
from instep.link.frames import BODY_MAX, DATA_AT
from instep.link.telemetry import Telemetry
from instep.session.jog import Jog
from instep.storage.settings import Settings
from tests.fakes import stand_in
from tests.firmware.sessions import Bench

CHUNK = struct.pack("<H", 0) + b"ISTP"

JOG = struct.pack(m.JOG_FORMAT, TOP_STROKE, 100)


class Board:
    """A dispatcher for a session in `state`."""

    def __init__(self, state="idle"):
        self.bench = Bench("demo").go_to(state)
        self.wells = self.bench.hal.foot_switches
        for well in self.wells:
            well.is_on = state != "idle"
        self.session = self.bench.session
        self.jog = Jog(self.bench.drives, self.bench.selftest, self.session.status.feet)
        self.telemetry = Telemetry(self.bench.hal, self.session, self.bench.drives, self.bench.guard, self.jog)
        journal = stand_in(payload=lambda: bytearray(range(200)), revision=70_000)
        self.store = stand_in(settings=Settings(), journal=journal)
        self.dispatcher = Dispatcher(
            self.session, self.bench.guard, self.jog, self.telemetry, self.store, self.restore
        )
        self.restored = 0
        self.sequence = 0
        self.parts = 0

    def restore(self):
        self.restored += 1

    def ask(self, kind, data=b"", sequence=None):
        """Return answer and data of a request."""
        self.sequence = (self.sequence + 1) % 256
        body = bytearray(BODY_MAX)
        body[0], body[1] = kind, self.sequence if sequence is None else sequence
        body[DATA_AT : DATA_AT + len(data)] = data
        self.dispatcher.handle(body, len(data), 0)
        while self.dispatcher.complete_reply():
            self.parts += 1
        reply = self.dispatcher.reply
        return reply[DATA_AT], bytes(reply[DATA_AT + 1 : DATA_AT + self.dispatcher.reply_bytes])

    def ticks(self, count=1, pressed=0):
        """Let ticks pass as the app does; return the state."""
        for _ in range(count):
            self.bench.ticks(1, pressed | self.dispatcher.tick(pressed))
            pressed = 0
        return self.bench.state
