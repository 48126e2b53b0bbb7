"""A session of `demo` on an emulated board, up to its closing strokes, and the log of its setpoints and outputs."""

from dataclasses import dataclass
from pathlib import Path

from host_tools.machine.calibration import calibration_of
from host_tools.program.load import shipped
from instep.axes import AXES_PER_FOOT, SERVOS_PER_FOOT, TOP_PRESS
from instep.hal.board import ROLLER_NAMES
from instep.session import states
from tests.emulator import operator
from tests.emulator.installed import install
from tests.emulator.laptop import Laptop
from tests.emulator.logbook import Entry, Logbook
from tests.emulator.machine import Machine
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico

PROGRAM = "demo"
CALIBRATION = calibration_of()

# Steps of the servo chip's period.
STEPS = 4096

_BOOT_MS = 20_000
_WHOLE_FRAME_BYTES = 1024
# From the first closing stroke on: its rollers are on their way, pressing, and a heater is on.
_CLOSING_MS = 1_500


@dataclass
class Story:
    """The machine at its closing strokes and the log: `entries` from the end of the fit to now."""

    machine: Machine
    laptop: Laptop
    logbook: Logbook
    entries: list[Entry]
    lengths_um: list[int]


def up_to_closing(uf2: Path) -> Story:
    """Run a session up to its closing strokes; HEAT is pressed on the way."""
    pico = Pico(uf2)
    install(pico)
    machine = Machine(pico)
    Physics(machine, usual_plant())
    pico.run_until(lambda: machine.display.data_bytes >= _WHOLE_FRAME_BYTES, _BOOT_MS, 50_000)
    laptop = Laptop(pico)
    laptop.watch()
    logbook = Logbook(machine)
    operator.begin(machine, laptop, shipped().index(PROGRAM))
    operator.wait_for(machine, laptop, states.WARM)
    fitted = len(logbook.entries)
    operator.press(machine, "start")
    operator.wait_for(machine, laptop, states.RUN)
    operator.press(machine, "heat")
    operator.wait_for(machine, laptop, states.CLOSING)
    pico.run_ms(_CLOSING_MS)
    assert not laptop.damaged
    telemetry = laptop.telemetry
    assert telemetry is not None
    lengths_um = [foot["length_um"] for foot in telemetry.feet]
    return Story(machine, laptop, logbook, logbook.entries[fitted:], lengths_um)


def axis_of(story: Story, foot: int, axis: int) -> list[int]:
    """Return an axis's setpoints, tick by tick."""
    return [entry.setpoints[foot * AXES_PER_FOOT + axis] for entry in story.entries]


def pulses_of(story: Story, foot: int, axis: int) -> list[float]:
    """Return the pulses of a servo axis, tick by tick, us."""
    return [entry.pulses_us[foot * SERVOS_PER_FOOT + axis - TOP_PRESS] for entry in story.entries]


def travel_of(story: Story, roller: int) -> list[float]:
    """Return how far a roller is from where it stood before the program, its home, tick by tick, um."""
    sign = -1 if ROLLER_NAMES[roller] in story.machine.board["encoders"]["reversed"] else 1
    um_per_count = sign * CALIBRATION.um_per_1024_counts / 1024
    counts = [entry.roller_counts[roller] for entry in story.entries]
    return [(count - counts[0]) * um_per_count for count in counts]
