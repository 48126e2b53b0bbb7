"""The page's machine in Node against the simulator: whole sessions, every reading and command of every tick."""

import json
import subprocess
import zlib
from pathlib import Path

import numpy as np
import pytest

from host_tools.program.load import SHIPPED, shipped
from sim.factory import prepare
from sim.options import SimOptions
from sim.people import FOLDER
from tests.conftest import FIGURE
from tests.page.driving import LONG, PATIENCE_S
from tests.vm.harness import NODE

_RUN = Path(__file__).with_name("session.js")
_TIMEOUT_S = PATIENCE_S
PEOPLE = ("average", "large")
MINUTES = 10
# Whole sessions of all programs take six minutes: `make pagetest` runs them, `make test` the first minutes of them.
FIRST_TICKS = 12_000
FIRST = [(program, "average") for program in shipped() if program != "demo"]
WHOLE = [pytest.param(program, person, marks=LONG) for program, _ in FIRST for person in PEOPLE]


def in_the_page(page, tmp_path, ticks=None, **wish):
    """Return a checksum of every tick and the figures of a session of the page's machine, or of its first ticks."""
    output = tmp_path / "ticks"
    run = subprocess.run(
        [NODE, _RUN, page, json.dumps(wish), output, str(ticks or "")],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return np.fromfile(output, np.uint32), json.loads(run.stdout)


def in_the_simulator(program, person, ticks=None, **options):
    """Return the same of a session of the simulator; `person` is a file."""
    simulation = prepare(SimOptions(program=SHIPPED / f"{program}.toml", person=person, **options), None)
    plant = simulation.plant
    sums: list[int] = []
    while not simulation.is_over and len(sums) != ticks:
        simulation.advance(1)
        sums.append(zlib.crc32(plant.readings.array.data, zlib.crc32(plant.commands.array.data)))
    return np.array(sums, np.uint32), simulation


def assert_same(page_sums, sums):
    different = np.flatnonzero(page_sums[: len(sums)] != sums[: len(page_sums)])
    assert not len(different), f"tick {different[0] + 1} differs first, {len(different)} in all"
    assert len(page_sums) == len(sums)


@pytest.mark.parametrize(("program", "person"), [*(("demo", person) for person in PEOPLE), *WHOLE])
def test_a_session_in_the_page_is_the_simulators_to_the_bit(page, tmp_path, program, person, record_property):
    minutes = None if program == "demo" else MINUTES
    page_sums, figures = in_the_page(page, tmp_path, program=program, person=person, minutes=minutes)
    sums, simulation = in_the_simulator(program, FOLDER / f"{person}.toml", minutes=minutes)
    assert_same(page_sums, sums)
    assert figures["setpoint_crc32"] == f"{simulation.recorder.setpoint_crc32:08x}"
    assert figures["result"] == simulation.result == "done"
    record_property(FIGURE, f"the page's machine in Node, {program}, {person}: {figures['speed']:.0f} times real time")


@pytest.mark.parametrize(("program", "person"), FIRST)
def test_the_first_minutes_of_a_session_are_the_simulators_to_the_bit(page, tmp_path, program, person):
    page_sums, figures = in_the_page(page, tmp_path, FIRST_TICKS, program=program, person=person)
    sums, simulation = in_the_simulator(program, FOLDER / f"{person}.toml", FIRST_TICKS)
    assert_same(page_sums, sums)
    assert figures["setpoint_crc32"] == f"{simulation.recorder.setpoint_crc32:08x}"
    assert len(sums) == FIRST_TICKS


def test_another_seed_room_and_levels_are_the_same_too(page, tmp_path):
    wish = {"seed": 7, "ambient_c": 15.0, "intensity": 5, "pace": 3, "feet": "right", "heat": "high"}
    page_sums, _ = in_the_page(page, tmp_path, program="demo", person="small", minutes=None, **wish)
    sums, _ = in_the_simulator("demo", FOLDER / "small.toml", **wish)
    assert_same(page_sums, sums)


def test_a_person_of_other_measures_is_the_simulators_person_of_that_file(page, tmp_path):
    text = (FOLDER / "average.toml").read_text()
    changes = {"length_left_mm": 231.5, "arch_n_per_mm": 1.7, "arch_height_mm": 14.0, "skin_start_c": 24.0}
    figures = json.loads((page / "made" / "facts.json").read_text())["people"]["average"]["figures"]
    for key, value in changes.items():
        before = f"{key} = {figures[key]}"
        assert before in text
        text = text.replace(before, f"{key} = {value}")
    file = tmp_path / "somebody.toml"
    file.write_text(text)
    page_sums, _ = in_the_page(
        page, tmp_path, program="demo", person="somebody", base="average", figures={**figures, **changes}
    )
    sums, _ = in_the_simulator("demo", file)
    assert_same(page_sums, sums)
