"""Effects on supply, storage, relay, control loop, program and firmware."""

from instep.axes import TICKS_PER_S
from instep.session import states
from sim.faults.effects.effect import Effect
from sim.plant.layout import RELAY_STATE
from sim.plant.machine import BUS_V, SUPPLY_ROW, Plant
from sim.plant.relay import LONG_S, UNPULSED_S
from sim.plant.supply import OPEN_V

SUPPLY_MIN_V = 10.5

# (Value at severity 0, what severity 1 adds).
SUPPLY_V = (10.3, -3.3)
# Voltages are put back to this many digits: as before, whatever was added and taken away meanwhile.
_DIGITS = 9
# Above the trip at 10.5 V, below the minimum that the self-test demands without load.
SUPPLY_WEAK_V = 10.8


class LowSupply(Effect):
    """The supply sags; two such faults may overlap, and each takes back what it has taken."""

    _sag_v = 0.0

    def begin(self) -> None:
        """Lower the voltage."""
        self.lower(self.graded(SUPPLY_V))

    def lower(self, to_v: float) -> None:
        """Set the voltage without load, and note by how much that is lower."""
        self._sag_v = float(self.plant.constants[SUPPLY_ROW + OPEN_V]) - to_v
        self.plant.constants[SUPPLY_ROW + OPEN_V] = to_v

    def end(self) -> None:
        """Remove the fault."""
        now_v = float(self.plant.constants[SUPPLY_ROW + OPEN_V])
        self.plant.constants[SUPPLY_ROW + OPEN_V] = round(now_v + self._sag_v, _DIGITS)

    def shows(self) -> bool:
        """Return True if the fault makes a difference now."""
        return bool(self.plant.state[BUS_V] < SUPPLY_MIN_V)


class PowerCut(Effect):
    """The plug is pulled; without a duration it is put back after 2 s."""

    _back_after_ticks = 2 * TICKS_PER_S
    _open_v = 0.0
    _ticks = 0

    def begin(self) -> None:
        """Pull the plug."""
        self._open_v = float(self.plant.constants[SUPPLY_ROW + OPEN_V])
        self.plant.constants[SUPPLY_ROW + OPEN_V] = 0.0
        self.simulation.cut_power()

    def before_tick(self) -> None:
        """Put the plug back after 2 s if the injection has no duration."""
        self._ticks += 1
        if not self.lasts and self._ticks > self._back_after_ticks:
            self.end()

    def end(self) -> None:
        """Put the plug back."""
        if not self.simulation.is_powered:
            self.plant.constants[SUPPLY_ROW + OPEN_V] = self._open_v
            self.simulation.restore_power()

    def shows(self) -> bool:
        """Return True if the power is off."""
        return not self.simulation.is_powered


class DamagedSettings(PowerCut):
    """A bit of each stored copy of the settings flips while the power is off; the next boot finds it."""

    record = "settings"

    def begin(self) -> None:
        """Pull the plug and flip the bits."""
        super().begin()
        files = self.simulation.disk.files
        for path, content in files.items():
            if content and path.rpartition("/")[2].startswith(self.record):
                files[path] = bytes([content[0] ^ 1]) + content[1:]


class DamagedJournal(DamagedSettings):
    """A bit of each stored copy of the journal flips while the power is off; the next boot finds it."""

    record = "journal"


def cut_coil(plant: Plant) -> None:
    """Leave the relay's coil without current, whatever its pump holds: the contact opens within this tick."""
    plant.commands.relay[0] = 0
    plant.state[RELAY_STATE + UNPULSED_S] = LONG_S


class WeldedRelay(Effect):
    """The relay's contacts stay closed; shows while the firmware opens the relay."""

    closed = 1
    _asked_for = 0

    def before_step(self) -> None:
        """Change the commands that the plant receives."""
        self._asked_for = self.plant.commands.relay[0]
        if self.closed:
            self.plant.commands.relay[0] = 1
        else:
            cut_coil(self.plant)

    def after_step(self) -> None:
        """Restore the firmware's command."""
        self.plant.commands.relay[0] = self._asked_for

    def shows(self) -> bool:
        """Return True if the firmware asks for the other state."""
        return self.plant.commands.relay[0] != self.closed


class OpenRelay(WeldedRelay):
    """The relay drops out, or never closes; shows while the firmware closes the relay."""

    closed = 0


class StoppedLoop(Effect):
    """The firmware's control loop stops."""

    def begin(self) -> None:
        """Save the present state, to restore it at the end."""
        self.simulation.is_loop_running = False

    def end(self) -> None:
        """Remove the fault."""
        self.simulation.is_loop_running = True


class AtSelfTest(Effect):
    """A fault that shows only during the self-test: at boot and before a session."""

    # A fault that comes after the check at boot can only be found by the next self-test.
    shows_without_break = True

    def shows(self) -> bool:
        """Return True if the self-test runs."""
        app = self.simulation.app
        return app.session.state == states.SELFTEST or app.selftest.is_at_boot


class DamagedProgram(AtSelfTest):
    """A bit of the program in use flips."""

    def begin(self) -> None:
        """Flip the bit."""
        program = self.simulation.app.session.selection.library.chosen()
        image = bytearray(program.data)
        image[len(image) // 2] ^= 1
        program.data = bytes(image)


class DamagedFirmware(AtSelfTest):
    """A bit of an installed file flips."""

    _kept: dict[str, bytes]

    def begin(self) -> None:
        """Flip the bit."""
        self._kept = dict(self.simulation.files.stored)
        self.simulation.files.damage()

    def end(self) -> None:
        """Remove the fault."""
        self.simulation.files.stored.update(self._kept)


class WeakSupply(LowSupply, AtSelfTest):
    """The supply's voltage is low already without load."""

    def begin(self) -> None:
        """Lower the voltage."""
        self.lower(SUPPLY_WEAK_V)

    def shows(self) -> bool:
        """Return True if the self-test runs."""
        return AtSelfTest.shows(self)
