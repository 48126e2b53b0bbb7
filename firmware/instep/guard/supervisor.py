"""The guard: looks at the inputs first and at every output last; the first fault latches."""

from array import array

from instep.axes import (
    AXES,
    AXES_PER_FOOT,
    FEET,
    HIGH,
    HOME,
    LOW,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
)
from instep.guard.faults import (
    FAULT_ELEMENT_HOT,
    FAULT_EMERGENCY_STOP,
    FAULT_FORCE_HIGH,
    FAULT_SETPOINT_RANGE,
    FAULT_SKIN_HOT,
    FAULT_SUPPLY_LOW,
    FAULT_TOE_INTERLOCK,
    NO_FAULT,
)
from instep.guard.limits import (
    ELEMENT_CLEAR_CENTI_C,
    ELEMENT_TRIP_CENTI_C,
    FORCE_TRIP_MN,
    FORCE_TRIP_TICKS,
    SKIN_CLEAR_CENTI_C,
    SKIN_TRIP_CENTI_C,
    SUPPLY_CLEAR_MV,
    SUPPLY_TRIP_MV,
    SUPPLY_TRIP_TICKS,
    TEMPERATURE_VOTES,
)
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.hal.interface import Hal

_ROLLERS = const(4)
_THREE_SAMPLES = const(0b111)
# How many of three one-bit samples are set.
_VOTES = bytes((0, 1, 1, 2, 1, 2, 2, 3))


class Supervisor:
    """Latch the first fault; `fault` is NO_FAULT while all is well, `last_fault` outlives the acknowledgement."""

    def __init__(self, hal: "Hal", drives: "Drives") -> None:
        self._hal = hal
        self._drives = drives
        self._force_ticks = bytearray(_ROLLERS)
        self._hot_samples = bytearray(2 * FEET)
        self._station = array("i", [0] * FEET)
        self._supply_ticks = 0
        self.is_emergency_stop = False
        self.fault = NO_FAULT
        self.last_fault = NO_FAULT

    def trip(self, fault: int) -> None:
        """Latch `fault` unless another came first."""
        if self.fault == NO_FAULT:
            self.fault = self.last_fault = fault

    def acknowledge(self) -> bool:
        """Clear the latched fault if its cause is gone; return whether it is cleared."""
        if self.is_emergency_stop or self._hal.supply.read_mv() < SUPPLY_CLEAR_MV:
            return False
        if max(self._force_ticks) or not self._is_cool():
            return False
        self.fault = NO_FAULT
        return True

    def _is_cool(self) -> bool:
        if max(self._hot_samples):
            return False
        for heater in self._drives.heaters:
            if heater.skin_centi_c > SKIN_CLEAR_CENTI_C or heater.element_centi_c > ELEMENT_CLEAR_CENTI_C:
                return False
        return True

    def check_inputs(self) -> None:
        """Look at what must stop the machine before anything else uses this tick."""
        self.is_emergency_stop = self._hal.emergency_stop.read()
        if self.is_emergency_stop:
            self.trip(FAULT_EMERGENCY_STOP)
        if self._hal.supply.read_mv() >= SUPPLY_TRIP_MV:
            self._supply_ticks = 0
        else:
            self._supply_ticks += 1
            if self._supply_ticks >= SUPPLY_TRIP_TICKS:
                self.trip(FAULT_SUPPLY_LOW)

    def check_outputs(self, setpoints: "array[int]") -> None:
        """Look at forces, temperatures and setpoints after the drives have run."""
        for roller in range(_ROLLERS):
            if self._drives.presses[roller].force_mn <= FORCE_TRIP_MN:
                self._force_ticks[roller] = 0
            else:
                self._force_ticks[roller] = min(FORCE_TRIP_TICKS, self._force_ticks[roller] + 1)
                if self._force_ticks[roller] == FORCE_TRIP_TICKS:
                    self.trip(FAULT_FORCE_HIGH)
        self._check_toes(setpoints)

    def check_setpoints(self, setpoints: "array[int]") -> None:
        """Look at the range of all twenty setpoints."""
        for index in range(AXES):
            axis = index % AXES_PER_FOOT
            if not LOW[axis] <= setpoints[index] <= HIGH[axis]:
                self.trip(FAULT_SETPOINT_RANGE)

    def check_temperatures(self) -> None:
        """Take one more sample of every temperature into the two-of-three votes."""
        for foot in range(FEET):
            heater = self._drives.heaters[foot]
            self._vote(foot, heater.skin.raw_centi_c >= SKIN_TRIP_CENTI_C, FAULT_SKIN_HOT)
            self._vote(FEET + foot, heater.element.raw_centi_c >= ELEMENT_TRIP_CENTI_C, FAULT_ELEMENT_HOT)

    def _vote(self, sensor: int, is_hot: bool, fault: int) -> None:
        samples = self._hot_samples[sensor] << 1 & _THREE_SAMPLES
        if is_hot:
            samples |= 1
        self._hot_samples[sensor] = samples
        if _VOTES[samples] >= TEMPERATURE_VOTES:
            self.trip(fault)

    def _check_toes(self, setpoints: "array[int]") -> None:
        """Require that the selector moves only while the grip is open and the reach is clear."""
        for foot in range(FEET):
            base = foot * AXES_PER_FOOT
            station = setpoints[base + TOE_SELECT]
            if station != self._station[foot]:
                self._station[foot] = station
                if setpoints[base + TOE_GRIP] != 0 or setpoints[base + TOE_REACH] != HOME[TOE_REACH]:
                    self.trip(FAULT_TOE_INTERLOCK)
