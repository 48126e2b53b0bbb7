"""Write telemetry into a buffer, without allocating: the fields of `telemetry_fields.py`, read from machine and feet.

A STATUS reply carries the machine's block and both feet's. A TELEMETRY frame carries one of them, or the motion block.
Every block is written in BLOCK_PARTS steps, each of which takes an RP2040 less than 1 ms.

The comment behind an expression names its field; a test compares the names with the table.
"""

import struct

from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HOLD_ARCH,
    HOLD_HEEL,
    LEFT,
    RIGHT,
    ROLLERS_PER_FOOT,
    SOLE_PRESS,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
)
from instep.drive.roller_kernels import CURRENT
from instep.guard.faults import NO_ROLLER
from instep.link import protocol, telemetry_fields
from instep.session import states
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.drive.drives import Drives
    from instep.drive.press import Press
    from instep.drive.roller import Roller
    from instep.guard.supervisor import Supervisor
    from instep.hal.interface import Hal
    from instep.session.jog import Jog
    from instep.session.session import Session

BLOCK_PARTS = 2
STATUS_PARTS = BLOCK_PARTS * (1 + FEET)
STATUS_BYTES = telemetry_fields.MACHINE_BYTES + FEET * telemetry_fields.FOOT_BYTES
_MOTION_BYTES = telemetry_fields.MOTION_HEAD_BYTES + FEET * telemetry_fields.MOTION_FOOT_BYTES

_U16_MAX = const(0xFFFF)


def _u16(value: int) -> int:
    """Return `value` limited to 0..65535."""
    return 0 if value < 0 else min(value, _U16_MAX)


def _parts_of_foot(drives: "Drives", foot: int) -> "tuple[int, Roller, Roller, Press, Press]":
    """Return the first place of a foot among the setpoints, its top and sole roller, its top and sole press."""
    top = foot * ROLLERS_PER_FOOT
    sole = top + 1
    rollers = drives.rollers
    presses = drives.presses
    return foot * AXES_PER_FOOT, rollers[top], rollers[sole], presses[top], presses[sole]


class Telemetry:
    """Write the present values of machine and feet; the loop maintains `late_ticks` and `longest_tick_us`."""

    def __init__(self, hal: "Hal", session: "Session", drives: "Drives", guard: "Supervisor", jog: "Jog") -> None:
        self._hal = hal
        self._session = session
        self._guard = guard
        self._jog = jog
        self._heaters = drives.heaters
        self._feet = (_parts_of_foot(drives, LEFT), _parts_of_foot(drives, RIGHT))
        self.is_paused_here = False
        self.late_ticks = 0
        self.longest_tick_us = 0

    def state(self) -> int:
        """Return the session's state."""
        return self._session.state

    def write_block_part(self, block: int, part: int, into: bytearray, at: int, ticks: int) -> int:
        """Write the first or the second part of a BLOCK_ at `at`; return the length of the whole block."""
        if block == protocol.BLOCK_MOTION:
            self._write_motion(part, into, at, ticks)
            return _MOTION_BYTES
        # `write_part` puts each part at its offset in a STATUS: subtract the offset of this block.
        offset = telemetry_fields.MACHINE_BYTES + (block - 1) * telemetry_fields.FOOT_BYTES if block else 0
        self.write_part(BLOCK_PARTS * block + part, into, at - offset, ticks)
        return telemetry_fields.FOOT_BYTES if block else telemetry_fields.MACHINE_BYTES

    def write_part(self, part: int, into: bytearray, at: int, ticks: int) -> None:
        """Write one of STATUS_PARTS at its offset behind `at`: two of the machine, then two of each foot.

        `ticks` since power-up.
        """
        if part == 0:
            self._write_machine_head(into, at, ticks)
        elif part == 1:
            self._write_machine_rest(into, at + telemetry_fields.MACHINE_HEAD_BYTES)
        else:
            foot = part // BLOCK_PARTS - 1
            at += telemetry_fields.MACHINE_BYTES + foot * telemetry_fields.FOOT_BYTES
            if part & 1:
                self._write_foot_rest(into, at + telemetry_fields.FOOT_HEAD_BYTES, foot)
            else:
                self._write_foot_head(into, at, foot)

    def _write_machine_head(self, into: bytearray, at: int, ticks: int) -> None:
        session = self._session
        struct.pack_into(
            telemetry_fields.MACHINE_HEAD_FORMAT,
            into,
            at,
            ticks,  # ticks
            session.status.clock.ticks,  # session_ticks
            0 if session.selection.is_given_once() else _u16(session.status.clock.seconds_left()),  # left_s
            _u16(self._hal.supply.read_mv()),  # supply_mv
            _u16(self.late_ticks),  # late_ticks
            _u16(self.longest_tick_us),  # longest_tick_us
            self._program_check(),  # program_check
            session.selection.library.index,  # program
            session.state,  # state
        )

    def _write_machine_rest(self, into: bytearray, at: int) -> None:
        session = self._session
        choices = session.selection.choices
        guard = self._guard
        struct.pack_into(
            telemetry_fields.MACHINE_REST_FORMAT,
            into,
            at,
            session.status.result,  # result
            session.status.stop_reason,  # stop_reason
            session.status.screening.question,  # screening_question
            session.status.screening.reason,  # screening_reason
            guard.fault,  # fault
            guard.last_fault,  # last_fault
            guard.notice() or guard.notices.first(),  # notice
            self._flags(),  # flags
            self._hal.bus_faults(),  # bus_faults
            self._jog.selftest_state(),  # selftest
            self._jog.selftest_fault(),  # selftest_fault
            self._jog.state,  # jog_state
            choices.intensity,  # intensity
            choices.pace,  # pace
            choices.heat,  # heat
            choices.minutes,  # minutes
            choices.feet,  # feet
        )

    def _program_check(self) -> int:
        """Return the low half of the chosen program's CRC-32, 0 without a program."""
        if self._session.selection.library.is_empty():
            return 0
        image = self._session.selection.library.chosen().data
        end = len(image)
        return image[end - 4] | image[end - 3] << 8

    def _flags(self) -> int:
        session = self._session
        guard = self._guard
        flags = 0
        if session.demands.wants_relay or self._jog.wants_relay():
            flags |= protocol.FLAG_RELAY_WANTED
        if self._hal.relay.read():
            flags |= protocol.FLAG_RELAY_CLOSED
        if session.demands.wants_servos or self._jog.wants_servos():
            flags |= protocol.FLAG_SERVOS_ON
        if guard.is_emergency_stop:
            flags |= protocol.FLAG_EMERGENCY_STOP
        if session.selection.choices.is_gentle:
            flags |= protocol.FLAG_GENTLE
        if session.status.is_lotion_on:
            flags |= protocol.FLAG_LOTION
        if self.is_paused_here:
            flags |= protocol.FLAG_PAUSED_HERE
        if guard.has_loop_stopped:
            flags |= protocol.FLAG_LOOP_STOPPED
        if guard.fault_roller != NO_ROLLER:
            flags |= protocol.FLAG_ROLLER << guard.fault_roller
        return flags | protocol.FLAG_BUTTON_STUCK if guard.is_button_stuck else flags

    def _write_foot_head(self, into: bytearray, at: int, foot: int) -> None:
        session = self._session
        player = session.status.scheduler.players[foot]
        technique = session.status.scheduler.technique(foot)
        is_fitted = states.WARM <= session.state <= states.DONE
        axis, top_roller, sole_roller, top_press, sole_press = self._feet[foot]
        setpoints = self._setpoints()
        struct.pack_into(
            telemetry_fields.FOOT_HEAD_FORMAT,
            into,
            at,
            technique & protocol.NO_TECHNIQUE,  # technique
            1 if self._hal.foot_switches[foot].read() else 0,  # is_in
            player.begun if technique >= 0 else 0,  # stroke
            player.strokes if technique >= 0 else 0,  # strokes
            session.status.fitting.fit.length_um[foot] if is_fitted else 0,  # length_um
            top_roller.position_um,  # top_um
            sole_roller.position_um,  # sole_um
            _u16(top_press.force_mn),  # top_mn
            _u16(sole_press.force_mn),  # sole_mn
            _u16(setpoints[axis + TOP_PRESS]),  # top_target_mn
            _u16(setpoints[axis + SOLE_PRESS]),  # sole_target_mn
        )

    def _write_foot_rest(self, into: bytearray, at: int, foot: int) -> None:
        axis, top_roller, sole_roller, _, _ = self._feet[foot]
        heater = self._heaters[foot]
        setpoints = self._setpoints()
        struct.pack_into(
            telemetry_fields.FOOT_REST_FORMAT,
            into,
            at,
            _u16(setpoints[axis + TOE_SELECT]),  # station_milli
            _u16(setpoints[axis + TOE_REACH]),  # reach_um
            setpoints[axis + TOE_TURN],  # turn_deci_deg
            _u16(setpoints[axis + TOE_GRIP]),  # grip_mn
            _u16(setpoints[axis + HOLD_ARCH]),  # arch_mn
            _u16(setpoints[axis + HOLD_HEEL]),  # heel_mn
            top_roller.duty_permille,  # top_permille
            sole_roller.duty_permille,  # sole_permille
            _u16(top_roller.state[CURRENT]),  # top_ma
            _u16(sole_roller.state[CURRENT]),  # sole_ma
            heater.duty_permille,  # heater_permille
            heater.skin_centi_c,  # skin_centi_c
            heater.element_centi_c,  # element_centi_c
            heater.skin.code,  # skin_code
            heater.element.code,  # element_code
        )

    def _write_motion(self, foot: int, into: bytearray, at: int, ticks: int) -> None:
        """Write the moving fields of a foot; the left foot's part also writes `ticks`."""
        if foot == 0:
            struct.pack_into(telemetry_fields.MOTION_HEAD_FORMAT, into, at, ticks)  # ticks
        axis, top_roller, sole_roller, top_press, sole_press = self._feet[foot]
        setpoints = self._setpoints()
        struct.pack_into(
            telemetry_fields.MOTION_FOOT_FORMAT,
            into,
            at + telemetry_fields.MOTION_HEAD_BYTES + foot * telemetry_fields.MOTION_FOOT_BYTES,
            top_roller.position_um,  # top_um
            sole_roller.position_um,  # sole_um
            _u16(top_press.force_mn),  # top_mn
            _u16(sole_press.force_mn),  # sole_mn
            _u16(setpoints[axis + TOE_SELECT]),  # station_milli
            _u16(setpoints[axis + TOE_REACH]),  # reach_um
            setpoints[axis + TOE_TURN],  # turn_deci_deg
            _u16(setpoints[axis + TOE_GRIP]),  # grip_mn
        )

    def _setpoints(self) -> "array[int]":
        """Return the setpoints that the drives follow: jogging has its own."""
        return self._jog.setpoints if self._jog.state else self._session.status.scheduler.setpoints
