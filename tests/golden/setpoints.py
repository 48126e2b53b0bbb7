"""The compiled programs, and the setpoints that the scheduler plays them with."""

from zlib import crc32

from host_tools.program.load import load_program, shipped
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE
from instep.units import UM_PER_MM
from sim.people import load_person
from tests.firmware.playing import Play
from tests.golden.digest import digest_of

# Intensity and pace.
LEVELS = ((1, 1), (3, 2), (5, 3))
USUAL = (3, 2)
# A play with skips goes on to the next technique after this time, so that it comes to all of them soon.
SKIP_TICKS = 500


def images() -> dict[str, dict[str, int | str]]:
    """Return size and digest of every program that ships, compiled."""
    return {name: _image(load_program(name).data) for name in shipped()}


def _image(data: bytes) -> dict[str, int | str]:
    return {"bytes": len(data), "sha256": digest_of(data)}


def played_with_skips(person: str) -> dict[str, dict[str, str]]:
    """Return the setpoints of every shipped program at LEVELS, skipping to the next technique every few seconds."""
    return {
        name: {f"intensity {level[0]}, pace {level[1]}": _played(name, person, level, SKIP_TICKS) for level in LEVELS}
        for name in shipped()
    }


def played_whole(name: str) -> str:
    """Return the setpoints of one whole cycle of a program, for the average person at the usual levels."""
    return _played(name, "average", USUAL, None)


def _played(name: str, person: str, level: tuple[int, int], skip_ticks: int | None) -> str:
    """Play one cycle on the scheduler alone; return its ticks and the CRC-32 of all setpoints."""
    body = load_person(person)
    left_um, right_um = (round(body.length_mm(foot) * UM_PER_MM) for foot in range(2))
    play = Play(Program(load_program(name).data), left_um, right_um, intensity=level[0], pace=level[1])
    scheduler = play.scheduler
    crc = 0
    ticks = 0
    while scheduler.state != IDLE:
        scheduler.tick()
        ticks += 1
        crc = crc32(scheduler.setpoints, crc)
        if skip_ticks and ticks % skip_ticks == 0:
            scheduler.next_technique()
    return f"{ticks} ticks, setpoint_crc32 {crc:08x}"
