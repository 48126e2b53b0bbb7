"""The tests at boot and before every session; nothing has moved or heated before the relay is known to open and close.

Inspired by class B self-tests: programs, installed files, clock, inputs at rest, outputs, relay. At boot it ends where
the relay would close.
"""

from binascii import crc32

from instep.axes import COUNTER_MASK
from instep.guard.faults import (
    FAULT_CLOCK_WRONG,
    FAULT_DEVICE_NONSENSE,
    FAULT_DEVICE_SILENT,
    FAULT_EMERGENCY_STOP,
    FAULT_FIRMWARE_DAMAGED,
    FAULT_HEAT_SENSORS_DIFFER,
    FAULT_HOMING_LATE,
    FAULT_OUTPUTS_STUCK,
    FAULT_PROGRAM_DAMAGED,
    FAULT_RELAY_OPEN,
    FAULT_RELAY_WELDED,
    FAULT_SUPPLY_LOW,
    NO_FAULT,
)
from instep.guard.firmware_check import SOUND, TESTING
from instep.guard.limits import (
    AT_REST_TRIES,
    CLOCK_PERMILLE,
    CLOCK_TEST_TICKS,
    IDLE_CURRENT_MA,
    IMAGE_TEST_TICKS,
    LIFTED_MAX_MN,
    RELAY_ANSWER_TICKS,
    SUPPLY_CLEAR_MV,
)
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.firmware_check import FirmwareCheck
    from instep.guard.well_model import WellModel
    from instep.hal.interface import Hal
    from instep.stroke.program import Program

# The test at hand.
IDLE, RELAY_OPENS, RELAY_CLOSES, HOMING, PASSED, FAILED = range(6)

# The CRC-32 of any data with its own CRC-32 behind it, low byte first: a constant, and a small integer.
_CRC_RESIDUE = const(0x2144DF1C)
_TICK_MS = const(10)


class SelfTest:
    """Run the tests one after the other; `fault` is the first that failed, `notice` one that only costs the heat.

    `image` checks the installed files in the slack; its result counts here.
    """

    def __init__(
        self,
        hal: "Hal",
        drives: "Drives",
        wells: "tuple[WellModel, ...]",
        programs: "list[Program]",
        image: "FirmwareCheck | None" = None,
    ) -> None:
        self._hal = hal
        self._wells = wells
        self._relay = hal.relay
        self._drives = drives
        self._programs = programs
        self._image = image
        self._may_move = False
        self._ticks = 0
        self._clock_ms = 0
        self._tries = 0
        self.is_at_boot = True
        self.state = IDLE
        self.fault = NO_FAULT
        self.notice = NO_FAULT

    def begin(self) -> None:
        """Start with the first test."""
        self.is_at_boot = False
        self._begin()

    def tick_at_boot(self) -> None:
        """Advance the tests that need no power, while `is_at_boot`; `state` is IDLE or FAILED after."""
        if self.state == IDLE:
            self._begin()
        self.tick(False)
        if self.state != RELAY_OPENS:
            self.is_at_boot = False
        if self.state == RELAY_CLOSES:
            self.state = IDLE

    def _begin(self) -> None:
        self.fault = NO_FAULT
        self.notice = NO_FAULT
        if self._image is not None:
            self._image.begin()
        self._clock_ms = self._hal.clock_monitor_ms()
        self._enter(RELAY_OPENS)

    def wants_relay(self) -> bool:
        """Return True if the relay should be closed for the test at hand."""
        return RELAY_CLOSES <= self.state <= PASSED

    def is_homing(self) -> bool:
        """Return True if the rollers may home: the relay has passed its test, and no foot has left."""
        return self.state == HOMING and self._may_move

    def tick(self, may_move: bool) -> None:
        """Advance by one tick; without `may_move` the rollers stand, and start homing again afterwards."""
        self._ticks += 1
        self._may_move = may_move
        if self.state == RELAY_OPENS:
            self._test_at_rest()
        elif self.state == RELAY_CLOSES:
            if self._ticks > RELAY_ANSWER_TICKS:
                self._judge(self._fault_of_outputs(), HOMING)
        elif self.state == HOMING:
            if not may_move:
                self._drives.begin_homing()
            elif self._drives.is_homed():
                self.state = PASSED
            elif self._drives.is_homing_late():
                self._fail(FAULT_HOMING_LATE)

    def _test_at_rest(self) -> None:
        """Check the CRC-32 of one program a tick; then judge clock, inputs and relay."""
        if self._ticks <= len(self._programs) and crc32(self._programs[self._ticks - 1].data) != _CRC_RESIDUE:
            self._fail(FAULT_PROGRAM_DAMAGED)
        elif self._ticks > CLOCK_TEST_TICKS and self._ticks >= len(self._programs):
            self._judge_at_rest()

    def _judge_at_rest(self) -> None:
        """Judge clock, inputs and relay in every tick until the files have been read as well."""
        fault = self._fault_at_rest()
        if fault == NO_FAULT and self._is_image_awaited():
            self._tries = 0
        else:
            self._judge(fault or self._fault_of_image(), RELAY_CLOSES)

    def _is_image_awaited(self) -> bool:
        """Return True while the files are being read, for at most IMAGE_TEST_TICKS."""
        return self._image is not None and self._image.state == TESTING and self._ticks <= IMAGE_TEST_TICKS

    def _fault_of_image(self) -> int:
        return NO_FAULT if self._image is None or self._image.state == SOUND else FAULT_FIRMWARE_DAMAGED

    def _fault_at_rest(self) -> int:
        """Return the fault shown by readings that are implausible at rest; the relay has to be open."""
        if not self._is_clock_right():
            return FAULT_CLOCK_WRONG
        if self._hal.emergency_stop.read():
            return FAULT_EMERGENCY_STOP
        if self._hal.bus_faults():
            return FAULT_DEVICE_SILENT
        return self._fault_of_inputs()

    def _is_clock_right(self) -> bool:
        passed_ms = (self._hal.clock_monitor_ms() - self._clock_ms) & COUNTER_MASK
        due_ms = self._ticks * _TICK_MS
        return abs(passed_ms - due_ms) * PERMILLE <= due_ms * CLOCK_PERMILLE

    def _fault_of_inputs(self) -> int:
        if self._hal.supply.read_mv() < SUPPLY_CLEAR_MV:
            return FAULT_SUPPLY_LOW
        for sensor in self._hal.forces:
            if not -LIFTED_MAX_MN <= sensor.read_mn() <= LIFTED_MAX_MN:
                return FAULT_DEVICE_NONSENSE
        for well in self._wells:
            if well.is_at_odds():
                self.notice = FAULT_HEAT_SENSORS_DIFFER
        return FAULT_RELAY_WELDED if self._relay.read() else NO_FAULT

    def _fault_of_outputs(self) -> int:
        """Return the fault of a closed relay that feeds the bridges, which are all open."""
        for motor in self._hal.motors:
            if motor.read_ma() > IDLE_CURRENT_MA:
                return FAULT_OUTPUTS_STUCK
        return NO_FAULT if self._relay.read() else FAULT_RELAY_OPEN

    def _judge(self, fault: int, following: int) -> None:
        """Enter the following test if there is no fault; fail if every try had one, so one wild sample is ignored."""
        if fault == NO_FAULT:
            self._enter(following)
            return
        self._tries += 1
        if self._tries >= AT_REST_TRIES:
            self._fail(fault)

    def _fail(self, fault: int) -> None:
        self.fault = fault
        self.state = FAILED

    def _enter(self, state: int) -> None:
        self.state = state
        self._ticks = 0
        self._tries = 0
        if state == HOMING:
            self._drives.begin_homing()
