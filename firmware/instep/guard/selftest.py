"""The tests before every session; nothing has moved or heated before the relay is known to open and close.

Inspired by class B self-tests: memory, program images, clock, inputs at rest, outputs, relay.
"""

from binascii import crc32

from instep.guard.faults import (
    FAULT_CLOCK_WRONG,
    FAULT_DEVICE_NONSENSE,
    FAULT_DEVICE_SILENT,
    FAULT_EMERGENCY_STOP,
    FAULT_HOMING_LATE,
    FAULT_MEMORY_DAMAGED,
    FAULT_OUTPUTS_STUCK,
    FAULT_PROGRAM_DAMAGED,
    FAULT_RELAY_OPEN,
    FAULT_RELAY_WELDED,
    NO_FAULT,
)
from instep.guard.limits import (
    CLOCK_PERMILLE,
    CLOCK_TEST_TICKS,
    FORCE_AT_REST_MN,
    IDLE_CURRENT_MA,
    RELAY_ANSWER_TICKS,
)
from instep.guard.march import March
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.hal.interface import Hal
    from instep.stroke.program import Program

# What is being tested.
IDLE, RELAY_OPENS, RELAY_CLOSES, HOMING, PASSED, FAILED = range(6)

# The CRC-32 of any data with its own CRC-32 behind it, low byte first: a constant, and a small integer.
_CRC_RESIDUE = const(0x2144DF1C)
_CLOCK_MASK = const((1 << 29) - 1)
_PER_MILLE = const(1000)
_TICK_MS = const(10)


class SelfTest:
    """Run the tests one after the other; `fault` says what failed."""

    def __init__(self, hal: "Hal", drives: "Drives", programs: "list[Program]") -> None:
        self._hal = hal
        self._relay = hal.relay
        self._drives = drives
        self._programs = programs
        self._march = March()
        self._may_move = False
        self._ticks = 0
        self._clock_ms = 0
        self.state = IDLE
        self.fault = NO_FAULT

    def begin(self) -> None:
        """Start with the first test."""
        self.fault = NO_FAULT
        self._march.begin()
        self._clock_ms = self._hal.second_clock_ms()
        self._enter(RELAY_OPENS)

    def wants_relay(self) -> bool:
        """Tell whether the relay should be closed for the test at hand."""
        return RELAY_CLOSES <= self.state <= PASSED

    def is_homing(self) -> bool:
        """Tell whether the rollers may look for their homes: the relay is known to obey, and no foot has left."""
        return self.state == HOMING and self._may_move

    def tick(self, may_move: bool) -> None:
        """Advance by one tick; without `may_move` the rollers stand, and begin to look for their homes anew after."""
        self._ticks += 1
        self._may_move = may_move
        if self.state == RELAY_OPENS:
            self._test_at_rest()
        elif self.state == RELAY_CLOSES:
            if self._ticks > RELAY_ANSWER_TICKS:
                self._test_outputs()
        elif self.state == HOMING:
            if not may_move:
                self._drives.begin_homing()
            elif self._drives.is_homed():
                self.state = PASSED
            elif self._drives.is_homing_late():
                self._fail(FAULT_HOMING_LATE)

    def _test_at_rest(self) -> None:
        """Test one program and one element of the memory's march a tick; at the end clock, inputs and relay."""
        if self._ticks <= len(self._programs) and crc32(self._programs[self._ticks - 1].data) != _CRC_RESIDUE:
            self._fail(FAULT_PROGRAM_DAMAGED)
        elif not self._march.tick():
            self._fail(FAULT_MEMORY_DAMAGED)
        elif self._ticks > CLOCK_TEST_TICKS:
            if not self._is_clock_right():
                self._fail(FAULT_CLOCK_WRONG)
            else:
                self._test_inputs()

    def _is_clock_right(self) -> bool:
        passed_ms = (self._hal.second_clock_ms() - self._clock_ms) & _CLOCK_MASK
        due_ms = self._ticks * _TICK_MS
        return abs(passed_ms - due_ms) * _PER_MILLE <= due_ms * CLOCK_PERMILLE

    def _test_inputs(self) -> None:
        """Require what a machine at rest says; then the relay has to be open."""
        if self._hal.emergency_stop.read():
            self._fail(FAULT_EMERGENCY_STOP)
        elif self._hal.bus_faults():
            self._fail(FAULT_DEVICE_SILENT)
        elif not self._are_forces_at_rest():
            self._fail(FAULT_DEVICE_NONSENSE)
        else:
            self._judge(not self._relay.read(), RELAY_CLOSES, FAULT_RELAY_WELDED)

    def _are_forces_at_rest(self) -> bool:
        for press in self._drives.presses:
            if not -FORCE_AT_REST_MN <= press.force_mn <= FORCE_AT_REST_MN:
                return False
        return True

    def _test_outputs(self) -> None:
        """Require a closed relay, and no current though it feeds the bridges: all are told to be open."""
        for motor in self._hal.motors:
            if motor.read_ma() > IDLE_CURRENT_MA:
                self._fail(FAULT_OUTPUTS_STUCK)
                return
        self._judge(self._relay.read(), HOMING, FAULT_RELAY_OPEN)

    def _judge(self, passed: bool, following: int, fault: int) -> None:
        if passed:
            self._enter(following)
        else:
            self._fail(fault)

    def _fail(self, fault: int) -> None:
        self.fault = fault
        self.state = FAILED

    def _enter(self, state: int) -> None:
        self.state = state
        self._ticks = 0
        if state == HOMING:
            self._drives.begin_homing()
