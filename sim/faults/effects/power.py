"""What happens to supply, relay, loop and program."""

from instep.axes import TICKS_PER_S
from instep.session import states
from sim.faults.effects.effect import Effect
from sim.plant.machine import BUS_V, SUPPLY_ROW
from sim.plant.supply import OPEN_V

SUPPLY_MIN_V = 10.5

# What severity 0 means, and what 1 adds to it.
SUPPLY_V = (10.3, -3.3)
# Over the 10.5 V at which the machine trips, under what it needs without a load.
SUPPLY_WEAK_V = 10.8


class LowSupply(Effect):
    """The supply sags."""

    _open_v = 0.0

    def begin(self) -> None:
        """Note what was before."""
        self._open_v = float(self.plant.constants[SUPPLY_ROW + OPEN_V])
        self.plant.constants[SUPPLY_ROW + OPEN_V] = self.graded(SUPPLY_V)

    def end(self) -> None:
        """Mend it."""
        self.plant.constants[SUPPLY_ROW + OPEN_V] = self._open_v

    def shows(self) -> bool:
        """Tell whether it makes a difference now."""
        return bool(self.plant.state[BUS_V] < SUPPLY_MIN_V)


class PowerCut(Effect):
    """The plug is pulled, and put back after 2 s unless told otherwise."""

    _back_after_ticks = 2 * TICKS_PER_S
    _open_v = 0.0
    _ticks = 0

    def begin(self) -> None:
        """Pull it."""
        self._open_v = float(self.plant.constants[SUPPLY_ROW + OPEN_V])
        self.plant.constants[SUPPLY_ROW + OPEN_V] = 0.0
        self.simulation.cut_power()

    def before_tick(self) -> None:
        """Put it back when nobody has said when."""
        self._ticks += 1
        if not self.lasts and self._ticks > self._back_after_ticks:
            self.end()

    def end(self) -> None:
        """Put it back."""
        if not self.simulation.is_powered:
            self.plant.constants[SUPPLY_ROW + OPEN_V] = self._open_v
            self.simulation.restore_power()

    def shows(self) -> bool:
        """Tell whether it is dark."""
        return not self.simulation.is_powered


class DamagedSettings(PowerCut):
    """A bit of every kept copy flips while the power is off; the next boot finds it."""

    record = "settings"

    def begin(self) -> None:
        """Pull the plug, and flip the bits."""
        super().begin()
        files = self.simulation.disk.files
        for path, content in files.items():
            if content and path.rpartition("/")[2].startswith(self.record):
                files[path] = bytes([content[0] ^ 1]) + content[1:]


class DamagedJournal(DamagedSettings):
    """The same, of the journal."""

    record = "journal"


class WeldedRelay(Effect):
    """The relay's contacts stay closed; shows while it is told to open."""

    closed = 1
    _asked_for = 0

    def before_step(self) -> None:
        """Act on the physics."""
        self._asked_for = self.plant.commands.relay[0]
        self.plant.commands.relay[0] = self.closed

    def after_step(self) -> None:
        """Give the command back."""
        self.plant.commands.relay[0] = self._asked_for

    def shows(self) -> bool:
        """Tell whether the firmware asks for something else."""
        return self.plant.commands.relay[0] != self.closed


class OpenRelay(WeldedRelay):
    """The relay drops out, or never closes; shows while it is told to close."""

    closed = 0


class StoppedLoop(Effect):
    """The firmware's loop does not come round any more."""

    def begin(self) -> None:
        """Note what was before."""
        self.simulation.is_loop_running = False

    def end(self) -> None:
        """Mend it."""
        self.simulation.is_loop_running = True


class AtSelfTest(Effect):
    """Shows while the self-test looks for it: at boot and when a session is about to begin."""

    # What comes just behind its look at boot is for the next one.
    shows_without_break = True

    def shows(self) -> bool:
        """Tell whether the self-test is on."""
        app = self.simulation.app
        return app.session.state == states.SELFTEST or app.selftest.is_at_boot


class DamagedProgram(AtSelfTest):
    """A bit of the program flips where it is used."""

    def begin(self) -> None:
        """Flip it."""
        program = self.simulation.app.session.selection.library.chosen()
        image = bytearray(program.data)
        image[len(image) // 2] ^= 1
        program.data = bytes(image)


class DamagedFirmware(AtSelfTest):
    """A bit of the installed files flips."""

    _kept: dict[str, bytes]

    def begin(self) -> None:
        """Flip it."""
        self._kept = dict(self.simulation.files.stored)
        self.simulation.files.damage()

    def end(self) -> None:
        """Mend it."""
        self.simulation.files.stored.update(self._kept)


class WeakSupply(LowSupply, AtSelfTest):
    """The supply is weak already at rest."""

    def begin(self) -> None:
        """Note what was before."""
        super().begin()
        self.plant.constants[SUPPLY_ROW + OPEN_V] = SUPPLY_WEAK_V

    def shows(self) -> bool:
        """Tell whether the self-test is on."""
        return AtSelfTest.shows(self)
