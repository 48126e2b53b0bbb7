"""What the machine tells of itself, written into a buffer without allocating.

All of it is written in PARTS, which a STATUS carries whole. A TELEMETRY carries two of them, or what moves, which is
written in two parts as well: none takes an RP2040 1 ms.
"""

import struct

from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HOLD_ARCH,
    HOLD_HEEL,
    SOLE_PRESS,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
)
from instep.drive.drives import ROLLERS_PER_FOOT
from instep.link import protocol
from instep.session import states
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.drive.drives import Drives
    from instep.guard.supervisor import Supervisor
    from instep.hal.interface import Hal
    from instep.session.jog import Jog
    from instep.session.session import Session

_MACHINE_BYTES = struct.calcsize(protocol.TELEMETRY_FORMAT)
_MACHINE_HEAD_BYTES = struct.calcsize(protocol.TELEMETRY_HEAD_FORMAT)
_FOOT_BYTES = struct.calcsize(protocol.FOOT_FORMAT)
_FOOT_HEAD_BYTES = struct.calcsize(protocol.FOOT_HEAD_FORMAT)
TELEMETRY_BYTES = _MACHINE_BYTES + FEET * _FOOT_BYTES
PARTS = 2 + 2 * FEET
PARTS_TOLD = 2
_MOTION_HEAD_BYTES = struct.calcsize(protocol.MOTION_HEAD_FORMAT)
_MOTION_FOOT_BYTES = struct.calcsize(protocol.MOTION_FOOT_FORMAT)

_U16_MAX = const(0xFFFF)


def _u16(value: int) -> int:
    """Return `value` cut to 0..65535."""
    return 0 if value < 0 else min(value, _U16_MAX)


class Telemetry:
    """Write machine and feet as they are now; `late_ticks` and `longest_tick_us` are for the loop to keep."""

    def __init__(self, hal: "Hal", session: "Session", drives: "Drives", guard: "Supervisor", jog: "Jog") -> None:
        self._hal = hal
        self._session = session
        self._drives = drives
        self._guard = guard
        self._jog = jog
        self.is_paused_here = False
        self.late_ticks = 0
        self.longest_tick_us = 0

    def state(self) -> int:
        """Return the session's state."""
        return self._session.state

    def write_told(self, told: int, part: int, into: bytearray, at: int, ticks: int) -> int:
        """Write the first or the second part of what a TELEMETRY about TOLD_... carries; return its whole length."""
        if told == protocol.TOLD_MOTION:
            self._write_motion(part, into, at, ticks)
            return _MOTION_HEAD_BYTES + FEET * _MOTION_FOOT_BYTES
        # Parts stand where they stand in the whole.
        begins_at = _MACHINE_BYTES + (told - 1) * _FOOT_BYTES if told else 0
        self.write_part(PARTS_TOLD * told + part, into, at - begins_at, ticks)
        return _FOOT_BYTES if told else _MACHINE_BYTES

    def write_part(self, part: int, into: bytearray, at: int, ticks: int) -> None:
        """Write one of PARTS at its place in TELEMETRY_BYTES behind `at`: two of the machine, then two of each foot.

        `ticks` since power-up.
        """
        if part == 0:
            self._write_machine_head(into, at, ticks)
        elif part == 1:
            self._write_machine_rest(into, at + _MACHINE_HEAD_BYTES)
        else:
            foot = part // 2 - 1
            at += _MACHINE_BYTES + foot * _FOOT_BYTES
            if part & 1:
                self._write_foot_rest(into, at + _FOOT_HEAD_BYTES, foot)
            else:
                self._write_foot_head(into, at, foot)

    def _write_machine_head(self, into: bytearray, at: int, ticks: int) -> None:
        session = self._session
        struct.pack_into(
            protocol.TELEMETRY_HEAD_FORMAT,
            into,
            at,
            ticks,
            session.plan.ticks,
            _u16(session.plan.seconds_left()),
            _u16(self._hal.supply.read_mv()),
            _u16(self.late_ticks),
            _u16(self.longest_tick_us),
            self._program_check(),
            session.library.index,
            session.state,
        )

    def _write_machine_rest(self, into: bytearray, at: int) -> None:
        session = self._session
        choices = session.choices
        guard = self._guard
        struct.pack_into(
            protocol.TELEMETRY_REST_FORMAT,
            into,
            at,
            session.result,
            session.stop_reason,
            session.screening.question,
            session.screening.reason,
            guard.fault,
            guard.last_fault,
            guard.notice() or guard.notices.first(),
            self._flags(),
            self._hal.bus_faults(),
            self._jog.selftest_state(),
            self._jog.selftest_fault(),
            self._jog.state,
            choices.intensity,
            choices.pace,
            choices.heat,
            choices.minutes,
            choices.feet,
        )

    def _program_check(self) -> int:
        """Return the low half of the chosen program's CRC-32, 0 when there is none."""
        if self._session.library.is_empty():
            return 0
        image = self._session.library.chosen().data
        end = len(image)
        return image[end - 4] | image[end - 3] << 8

    def _flags(self) -> int:
        session = self._session
        guard = self._guard
        flags = 0
        if session.wants_relay or self._jog.wants_relay():
            flags |= protocol.FLAG_RELAY_WANTED
        if self._hal.relay.read():
            flags |= protocol.FLAG_RELAY_CLOSED
        if session.wants_servos or self._jog.wants_servos():
            flags |= protocol.FLAG_SERVOS_ON
        if guard.is_emergency_stop:
            flags |= protocol.FLAG_EMERGENCY_STOP
        if session.choices.is_gentle:
            flags |= protocol.FLAG_GENTLE
        if session.is_lotion_on:
            flags |= protocol.FLAG_LOTION
        if self.is_paused_here:
            flags |= protocol.FLAG_PAUSED_HERE
        if guard.has_loop_stopped:
            flags |= protocol.FLAG_LOOP_STOPPED
        return flags | protocol.FLAG_BUTTON_STUCK if guard.is_button_stuck else flags

    def _write_foot_head(self, into: bytearray, at: int, foot: int) -> None:
        session = self._session
        player = session.scheduler.players[foot]
        drives = self._drives
        top = foot * ROLLERS_PER_FOOT
        sole = top + 1
        setpoints = self._setpoints()
        axis = foot * AXES_PER_FOOT
        is_fitted = states.WARM <= session.state <= states.DONE
        technique = session.scheduler.technique(foot)
        struct.pack_into(
            protocol.FOOT_HEAD_FORMAT,
            into,
            at,
            technique & protocol.NO_TECHNIQUE,
            1 if self._hal.foot_switches[foot].read() else 0,
            player.begun if technique >= 0 else 0,
            player.strokes if technique >= 0 else 0,
            session.fitting.fit.length_um[foot] if is_fitted else 0,
            drives.rollers[top].position_um,
            drives.rollers[sole].position_um,
            _u16(drives.presses[top].force_mn),
            _u16(drives.presses[sole].force_mn),
            _u16(setpoints[axis + TOP_PRESS]),
            _u16(setpoints[axis + SOLE_PRESS]),
        )

    def _write_foot_rest(self, into: bytearray, at: int, foot: int) -> None:
        rollers = self._drives.rollers
        top = foot * ROLLERS_PER_FOOT
        sole = top + 1
        heater = self._drives.heaters[foot]
        setpoints = self._setpoints()
        axis = foot * AXES_PER_FOOT
        struct.pack_into(
            protocol.FOOT_REST_FORMAT,
            into,
            at,
            _u16(setpoints[axis + TOE_SELECT]),
            _u16(setpoints[axis + TOE_REACH]),
            setpoints[axis + TOE_TURN],
            _u16(setpoints[axis + TOE_GRIP]),
            _u16(setpoints[axis + HOLD_ARCH]),
            _u16(setpoints[axis + HOLD_HEEL]),
            rollers[top].duty_permille,
            rollers[sole].duty_permille,
            _u16(rollers[top].current_ma),
            _u16(rollers[sole].current_ma),
            heater.duty_permille,
            heater.skin_centi_c,
            heater.element_centi_c,
            heater.skin.code,
            heater.element.code,
        )

    def _write_motion(self, foot: int, into: bytearray, at: int, ticks: int) -> None:
        """Write what moves of a foot; before the left one, when that was."""
        if foot == 0:
            struct.pack_into(protocol.MOTION_HEAD_FORMAT, into, at, ticks)
        drives = self._drives
        top = foot * ROLLERS_PER_FOOT
        sole = top + 1
        setpoints = self._setpoints()
        axis = foot * AXES_PER_FOOT
        struct.pack_into(
            protocol.MOTION_FOOT_FORMAT,
            into,
            at + _MOTION_HEAD_BYTES + foot * _MOTION_FOOT_BYTES,
            drives.rollers[top].position_um,
            drives.rollers[sole].position_um,
            _u16(drives.presses[top].force_mn),
            _u16(drives.presses[sole].force_mn),
            _u16(setpoints[axis + TOE_SELECT]),
            _u16(setpoints[axis + TOE_REACH]),
            setpoints[axis + TOE_TURN],
            _u16(setpoints[axis + TOE_GRIP]),
        )

    def _setpoints(self) -> "array[int]":
        return self._jog.setpoints if self._jog.state else self._session.scheduler.setpoints
