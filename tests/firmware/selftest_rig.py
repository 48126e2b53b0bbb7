"""A self-test over fakes."""

from instep.guard.selftest import SelfTest
from tests.fakes import FakeHal, stand_in
from tests.firmware.sessions import image
from tests.firmware.well_rig import Well

ANSWER_TICKS = 20


TRIES = 3


class Bench:
    """A self-test over a fake relay; `homed` and `late` are what the drives say."""

    def __init__(self):
        self.homed = self.late = False
        self.may_move = True
        self.begun = 0
        self.hal = FakeHal()
        self.relay = self.hal.relay
        self.wells = [Well() for _ in range(2)]
        self.drives = stand_in(
            begin_homing=self._begin,
            is_homed=lambda: self.homed,
            is_homing_late=lambda: self.late,
        )
        self.programs = [stand_in(data=image("classic")), stand_in(data=image("gentle"))]
        self.test = self.make()
        self.test.begin()

    def make(self, files=None):
        """Return a new self-test of this machine."""
        return SelfTest(self.hal, self.drives, tuple(well.watch for well in self.wells), self.programs, files)

    def _begin(self):
        self.begun += 1

    def ticks(self, count):
        """Run, the relay following what is wanted; return the state."""
        for _ in range(count):
            self.hal.refresh()
            self.test.tick(self.may_move)
            self.relay.set(self.test.wants_relay())
        return self.test.state


def spoil_force(bench):
    bench.hal.forces[2].force_mn = 200_000


def spoil_supply(bench):
    bench.hal.supply.voltage_mv = 0


def spoil_bus(bench):
    bench.hal.bus_fault_mask = 1


def spoil_relay(bench):
    bench.relay.welded = True
