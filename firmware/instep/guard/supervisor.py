"""The guard: checks the inputs first and every output last; the first fault latches."""

from array import array

from instep.axes import FEET, LEFT, RIGHT, ROLLERS, ROLLERS_PER_FOOT
from instep.drive.homing import SEEKING
from instep.drive.ntc import Probe
from instep.guard.back_off import BackOff
from instep.guard.faults import (
    FAULT_BUTTON_STUCK,
    FAULT_DEVICE_NONSENSE,
    FAULT_DEVICE_SILENT,
    FAULT_EMERGENCY_STOP,
    FAULT_FOOT_MOVED,
    FAULT_FORCE_HIGH,
    FAULT_LOOP_STOPPED,
    FAULT_MEMORY_DAMAGED,
    FAULT_RISE_WITHOUT_HEAT,
    FAULT_ROLLER_BLOCKED,
    FAULT_ROLLER_PRESSES,
    FAULT_SUPPLY_LOW,
    LATCHED_HEAT_NOTICES,
    NO_FAULT,
    NO_ROLLER,
)
from instep.guard.force_monitor import LOADED_BEFORE, LOADED_NOW, ForceMonitor
from instep.guard.heat_votes import HeatVotes
from instep.guard.limits import (
    DEVICE_TRIP_TICKS,
    FORCE_MAX_MN,
    FORCE_MIN_MN,
    FORCE_TRIP_MN,
    FORCE_TRIP_TICKS,
    SUPPLY_CLEAR_MV,
    SUPPLY_MAX_MV,
    SUPPLY_TRIP_MV,
    SUPPLY_TRIP_TICKS,
)
from instep.guard.motion_monitor import RollerMonitor
from instep.guard.notices import Notices
from instep.guard.relay_monitor import RelayMonitor
from instep.guard.setpoint_limiter import SetpointLimiter
from instep.guard.travel_monitor import TravelMonitor
from instep.guard.well_model import WellModel
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.memory_monitor import MemoryMonitor
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Hal

# In the mask of bus faults: silent devices; devices with invalid data stand above. The servos' chip, either way.
_SILENT = const(0xFF)
_SERVOS = const(0x101)


class Supervisor:
    """Latch the first fault; `fault` is NO_FAULT while there is none, `last_fault` stays after the acknowledgement.

    `heat_fault` is a fault that keeps the heat off while the session goes on; `has_foot_moved` asks it to pause.
    `memory` has given the drives' states.
    """

    def __init__(self, hal: "Hal", drives: "Drives", calibration: "Calibration", memory: "MemoryMonitor") -> None:
        self._hal = hal
        self._drives = drives
        self._force_ticks = bytearray(ROLLERS)
        self._is_force_wild = self.has_lost_servos = False
        self._supply_ticks = self._silent_ticks = self._nonsense_ticks = 0
        # By roller: its force, and the monitors of its force and its motion.
        checks = []
        self._loaded = array("i", [0, 0])
        for index in range(ROLLERS):
            roller, press = drives.rollers[index], drives.presses[index]
            travel = TravelMonitor(press, roller, hal.foot_switches[index // ROLLERS_PER_FOOT], memory)
            motion = RollerMonitor(roller, hal.motors[index], hal.encoders[index], calibration, memory)
            checks.append((hal.forces[index], ForceMonitor(press, travel, self._loaded, memory), motion))
        self._checks = tuple(checks)
        self._setpoints = SetpointLimiter(memory)
        self.memory = memory
        memory.begin(drives.figures)
        self.relay = relay = RelayMonitor(hal.relay)
        wells = []
        for foot in range(FEET):
            probes = Probe(hal.elements[foot]), Probe(hal.skins[foot])
            wells.append(WellModel(drives.heaters[foot], *probes, hal.thermometers[foot], relay))
        self.wells = tuple(wells)
        self._heat_votes = (HeatVotes(wells[LEFT]), HeatVotes(wells[RIGHT]))
        self.back_off = BackOff(drives)
        self.notices = Notices()
        self.has_foot_moved = self.is_button_stuck = self.is_emergency_stop = False
        self.has_loop_stopped = hal.was_reset_by_watchdog()
        self.fault = self.last_fault = self.heat_fault = NO_FAULT
        self.fault_roller = NO_ROLLER  # the roller that the latched fault is about

    def servos_respond(self) -> bool:
        """Return True if right pulses reach the servos: a silent chip repeats its last ones, so it is cut off.

        With any other device lost the servos go on, and open grips and holds.
        """
        return not self.has_lost_servos

    def trip(self, fault: int) -> None:
        """Latch `fault` unless another came first; a second one ends a back-off."""
        if self.fault == NO_FAULT:
            self.fault = self.last_fault = fault
            self.memory.not_fault = ~fault
        else:
            self.back_off.cancel()

    def forbid_heat(self, fault: int) -> None:
        """Keep the heat off for `fault`, a notice about heat, unless another notice does so already."""
        if self.heat_fault == NO_FAULT:
            self.heat_fault = fault
            self.memory.not_heat_fault = ~fault

    def may_heat(self) -> bool:
        """Return True if no fault and no notice keeps the heat off."""
        return self.fault == NO_FAULT and self.heat_fault == NO_FAULT

    def notice(self) -> int:
        """Return the notice for the display while the machine goes on, or NO_FAULT."""
        if self.has_foot_moved:
            return FAULT_FOOT_MOVED
        if self.heat_fault != NO_FAULT:
            return self.heat_fault
        if self.is_button_stuck:
            return FAULT_BUTTON_STUCK
        return FAULT_LOOP_STOPPED if self.has_loop_stopped else NO_FAULT

    def shown_fault(self) -> int:
        """Return the latched fault, or FAULT_ROLLER_PRESSES while a roller presses though it is lifted."""
        return FAULT_ROLLER_PRESSES if self.fault != NO_FAULT and self._still_presses() else self.fault

    def _still_presses(self) -> bool:
        for _, monitor, _ in self._checks:
            if monitor.still_presses():
                return True
        return False

    def begin_session(self, press_max_mn: int) -> None:
        """Clear the last session's notices that need no acknowledgement; `press_max_mn` is this person's limit."""
        self.has_loop_stopped = False
        for _, monitor, _ in self._checks:
            monitor.begin_session(press_max_mn)
        for latched in LATCHED_HEAT_NOTICES:
            if self.heat_fault == latched:
                return
        self.acknowledge_heat()

    def acknowledge_heat(self) -> None:
        """Allow heat again if the sensors of both wells look sound."""
        for well in self.wells:
            if not well.is_sound():
                return
        self.heat_fault = NO_FAULT
        self.memory.not_heat_fault = ~NO_FAULT

    def acknowledge(self) -> bool:
        """Clear the latched fault if its cause is gone; return True if it is cleared."""
        if self.is_emergency_stop or self._hal.supply.read_mv() < SUPPLY_CLEAR_MV:
            return False
        if max(self._force_ticks) or self._silent_ticks or self._nonsense_ticks or not self._is_cool():
            return False
        if self.fault == FAULT_MEMORY_DAMAGED or self._still_presses() or not self.relay.responds():
            return False
        self.back_off.cancel()
        self.has_lost_servos = False
        self.fault = NO_FAULT
        self.memory.not_fault = ~NO_FAULT
        self.fault_roller = NO_ROLLER
        return True

    def _is_cool(self) -> bool:
        left, right = self._heat_votes
        return left.is_cool() and right.is_cool()

    def check_inputs(self) -> None:
        """Check the memory and the inputs that stop the machine, before any other part uses this tick."""
        self.memory.check(self)
        self.is_emergency_stop = self._hal.emergency_stop.read()
        if self.is_emergency_stop:
            self.trip(FAULT_EMERGENCY_STOP)
        fault = self.relay.check()
        if fault != NO_FAULT:
            self.trip(fault)
        supply_mv = self._hal.supply.read_mv()
        if supply_mv >= SUPPLY_TRIP_MV:
            self._supply_ticks = 0
        else:
            self._supply_ticks += 1
            if self._supply_ticks >= SUPPLY_TRIP_TICKS:
                self.trip(FAULT_SUPPLY_LOW)
        bus = self._hal.bus_faults()
        if bus or self._silent_ticks or self._nonsense_ticks or supply_mv > SUPPLY_MAX_MV:
            self._judge_devices(bus, supply_mv)

    def _judge_devices(self, bus: int, supply_mv: int) -> None:
        """Count for how long a device has been silent or has sent invalid data."""
        self._silent_ticks = self._silent_ticks + 1 if bus & _SILENT else 0
        is_nonsense = bus > _SILENT or supply_mv > SUPPLY_MAX_MV or self._is_force_wild
        self._nonsense_ticks = self._nonsense_ticks + 1 if is_nonsense else 0
        if self._silent_ticks >= DEVICE_TRIP_TICKS:
            self.trip(FAULT_DEVICE_SILENT)
        if self._nonsense_ticks >= DEVICE_TRIP_TICKS:
            self.trip(FAULT_DEVICE_NONSENSE)
        if bus & _SERVOS and max(self._silent_ticks, self._nonsense_ticks) >= DEVICE_TRIP_TICKS:
            self.has_lost_servos = True

    def check_outputs(self, is_homing: bool) -> None:
        """Check forces and rollers after the drives have run; `is_homing`: rollers seek their stops."""
        self._is_force_wild = False
        self._loaded[LOADED_BEFORE] = self._loaded[LOADED_NOW]
        self._loaded[LOADED_NOW] = 0
        roller = 0
        for sensor, pressing, motion in self._checks:
            force_mn = sensor.read_mn()
            if force_mn > FORCE_TRIP_MN or force_mn < FORCE_MIN_MN:
                self._judge_force(roller, force_mn)
            else:
                self._force_ticks[roller] = 0
            fault = pressing.check(force_mn)
            if fault == FAULT_FOOT_MOVED:
                self.has_foot_moved = True
            elif fault != NO_FAULT and (self.relay.is_commanded_closed or pressing.has_foot(fault)):
                self._trip_by(roller, fault)
            may_stand = is_homing and self._drives.homings[roller].state == SEEKING
            fault = motion.check(may_stand)
            if fault != NO_FAULT:
                self._judge_roller(roller, fault)
            roller += 1

    def _judge_force(self, roller: int, force_mn: int) -> None:
        """Count for how long a force is too high; a force beyond what a roller can make is invalid data."""
        if not FORCE_MIN_MN <= force_mn <= FORCE_MAX_MN:
            self._is_force_wild = True
            self._nonsense_ticks = max(1, self._nonsense_ticks)
        if force_mn <= FORCE_TRIP_MN:
            self._force_ticks[roller] = 0
            return
        self._force_ticks[roller] = min(FORCE_TRIP_TICKS, self._force_ticks[roller] + 1)
        if self._force_ticks[roller] == FORCE_TRIP_TICKS:
            self._trip_by(roller, FAULT_FORCE_HIGH)

    def _judge_roller(self, roller: int, fault: int) -> None:
        """Latch the fault; a roller that was held backs off, unless there was a fault before."""
        if self._trip_by(roller, fault) and fault == FAULT_ROLLER_BLOCKED:
            self.back_off.begin(roller, self._checks[roller][2].away())

    def _trip_by(self, roller: int, fault: int) -> bool:
        """Latch a fault of a roller; return True if no other came first."""
        is_first = self.fault == NO_FAULT
        if is_first:
            self.fault_roller = roller
        self.trip(fault)
        return is_first

    def check_setpoints(self, setpoints: "array[int]") -> None:
        """Check all twenty setpoints before the drives use them: an invalid one is replaced, and trips."""
        fault = self._setpoints.check(setpoints)
        if fault != NO_FAULT:
            self.trip(fault)

    def take_temperatures(self, foot: int) -> None:
        """Take a sample of a well's temperatures and vote on heat; left well first."""
        self.wells[foot].take()
        fault = self._heat_votes[foot].check()
        if fault != NO_FAULT:
            self.trip(fault)

    def judge_temperatures(self, foot: int) -> None:
        """Judge the sample that was taken by the model of the well."""
        fault = self.wells[foot].judge(self.wells[FEET - 1 - foot], self.heat_fault != NO_FAULT)
        if fault == FAULT_RISE_WITHOUT_HEAT:
            self.trip(fault)
        elif fault != NO_FAULT:
            self.forbid_heat(fault)
