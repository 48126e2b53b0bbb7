"""Put a session together from what was asked for: programs checked and compiled, person and machine loaded."""

from collections.abc import Sequence

from host_tools.errors import InstepError
from host_tools.program.load import SHIPPED, load_program
from instep.session.library import GENTLE
from sim.faults import Injection
from sim.options import SimOptions
from sim.people import FOLDER, PersonError
from sim.recorder import SAMPLE_TICKS
from sim.simulation import Simulation

USUAL = SimOptions(program=SHIPPED / "classic.toml", person=FOLDER / "average.toml")


def prepare(
    options: SimOptions = USUAL, ticks_per_sample: int | None = SAMPLE_TICKS, injections: Sequence[Injection] = ()
) -> Simulation:
    """Return a session that has not begun; raise InstepError for a program or person that cannot be used.

    `injections` come on top of the options' own faults.
    """
    programs = [load_program(str(options.program)).data, load_program(GENTLE).data]
    try:
        return Simulation(options, programs, ticks_per_sample, (*options.faults, *injections))
    except PersonError as error:
        raise InstepError(str(error), "Mend the person's file, or choose one that ships.") from None
