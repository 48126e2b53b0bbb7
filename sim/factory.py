"""Put a session together from what was asked for: programs checked and compiled, person and machine loaded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from host_tools.errors import InstepError
from host_tools.program.load import SHIPPED, load_program, shipped
from instep.session.library import GENTLE
from sim.faults import Injection
from sim.filesystem import MemoryFilesystem
from sim.options import SimOptions
from sim.people import FOLDER, PersonError
from sim.recorder import SAMPLE_TICKS
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

    `injections` come on top of the options' own faults; `disk` is that of a machine in use.
    """
    programs = [load_program(str(options.program)).data, load_program(GENTLE).data]
    return _simulation(options, programs, ticks_per_sample, (*options.faults, *injections), disk=disk)


def prepare_board(options: SimOptions, port: "Port") -> Simulation:
    """Return a machine with all programs that ship, the one asked for first; it is operated over `port`."""
    asked_for = load_program(str(options.program))
    others = [load_program(name).data for name in shipped() if name != asked_for.program.name]
    return _simulation(options, [asked_for.data, *others], None, options.faults, port)


def _simulation(
    options: SimOptions,
    programs: list[bytes],
    ticks_per_sample: int | None,
    faults: tuple[Injection, ...],
    port: "Port | None" = None,
    disk: MemoryFilesystem | None = None,
) -> Simulation:
    try:
        return Simulation(options, programs, ticks_per_sample, faults, port, disk)
    except PersonError as error:
        raise InstepError(str(error), "Mend the person's file, or choose one that ships.") from None
