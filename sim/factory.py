"""Build a simulation from its options: check and compile the programs, load person and machine."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from host_tools.program.load import SHIPPED, load_program, shipped
from instep.session.library import GENTLE
from sim.faults.inject import inject
from sim.faults.parse import Injection
from sim.filesystem import MemoryFilesystem
from sim.options import SimOptions
from sim.people import FOLDER
from sim.recorder import SAMPLE_TICKS
from sim.run_options import RunOptions
from sim.simulation import Simulation

if TYPE_CHECKING:
    from instep.link.link import Port

USUAL = SimOptions(program=SHIPPED / "classic.toml", person=FOLDER / "average.toml")


def prepare(
    options: SimOptions = USUAL,
    ticks_per_sample: int | None = SAMPLE_TICKS,
    injections: Sequence[Injection] = (),
    disk: MemoryFilesystem | None = None,
) -> Simulation:
    """Return a session that has not begun; raise InstepError for a program or person that cannot be used.

    `injections` are faults to come; `disk` is the file system of a machine in use, None = a new machine.
    """
    programs = [load_program(str(options.program)).data, load_program(GENTLE).data]
    return _simulation(options, programs, ticks_per_sample, injections, disk=disk)


def prepare_image(options: SimOptions, image: bytes) -> Simulation:
    """Return a session of a compiled program that has not begun; the file `options.program` is not read."""
    return _simulation(options, [image, load_program(GENTLE).data], SAMPLE_TICKS, ())


def prepare_board(
    options: SimOptions, port: "Port", injections: Sequence[Injection] = (), ticks_per_sample: int | None = None
) -> Simulation:
    """Return a machine that is operated over `port`; it has all shipped programs, the chosen one first."""
    asked_for = load_program(str(options.program))
    others = [load_program(name).data for name in shipped() if name != asked_for.program.name]
    return _simulation(options, [asked_for.data, *others], ticks_per_sample, injections, port)


def _simulation(
    options: SimOptions,
    programs: list[bytes],
    ticks_per_sample: int | None,
    injections: Sequence[Injection],
    port: "Port | None" = None,
    disk: MemoryFilesystem | None = None,
) -> Simulation:
    simulation = Simulation(options, programs, ticks_per_sample, port, disk)
    if injections:
        inject(simulation, *injections)
    return simulation


def ticks_per_sample(options: RunOptions) -> int | None:
    """Return the ticks from one sample of the recorder to the next, None if neither trace nor report needs samples."""
    if options.trace_to is None and options.report_to is None:
        return None
    return 1 if options.trace_every_tick else SAMPLE_TICKS
