"""Mutated compiled programs: refused by the firmware or played inside every limit, alike on CPython and MicroPython.

INSTEP_PROGRAMS=100000 is the full count (`make fuzz`); without it the run stays short.
"""

import os
from pathlib import Path

import pytest

import instep.stroke.verify
from host_tools.program.load import load_program, shipped
from tests.firmware.playing import compiled
from tests.setpoint_record import Record
from tests.vm.harness import VmError, run_on_vm
from tests.vm.program_fuzz import FOLDED_TICKS, Fuzz

MUTANTS = int(os.environ.get("INSTEP_PROGRAMS", "480"))
SHARDS = (1, 2, 3, 4)
TICKS = 2_500
# MicroPython collects garbage only between steps.
MUTANTS_PER_STEP = 6
MUTANTS_PER_S = 5

_FIRM = "speed_out_mm_s = 100\nspeed_back_mm_s = 100\n"
_SHORT = (
    f'[[phase]]\ntechnique = "top"\nrepeats = 1\n{_FIRM}[[closing]]\ntechnique = "rest"\nseconds = 0.1\n',
    f'[[phase]]\ntechnique = "sole"\nfeet = "alternate"\n{_FIRM}[[closing]]\ntechnique = "rest"\nseconds = 0.1\n',
    f'[[phase]]\ntechnique = "rest"\nseconds = 1\n[[closing]]\ntechnique = "smooth"\nrepeats = 1\n{_FIRM}',
    '[[phase]]\ntechnique = "pull"\nfeet = "both"\ntoes = [2, 1]\ndraw_mm_s = 60\nslide_mm_s = 60\n'
    '[[closing]]\ntechnique = "rest"\nseconds = 0.1\n',
    '[[phase]]\ntechnique = "slide"\nfeet = "both"\ngaps = [1, 2]\nslide_mm_s = 60\n'
    '[[closing]]\ntechnique = "rest"\nseconds = 0.1\n',
    '[[phase]]\ntechnique = "rest"\nfeet = "left"\nseconds = 1\n[[closing]]\ntechnique = "rest"\nfeet = "left"\n',
    '[[phase]]\ntechnique = "path"\nrepeats = 2\nwaypoints = [{ top_n = 3, sole_n = 20, arch_n = 5 }, { top = 400, '
    "sole = 900, speed_mm_s = 80 }, { gap = 2 }, { reach = 100 }, { grip_n = 2, turn_deg = -3 }, { wait_s = 0.3 }, "
    '{ turn_deg = 0, grip_n = 0 }, { reach = "clear", top_n = 0, sole = 0 }]\n[[closing]]\ntechnique = "rest"\n',
)
# The short ones stand more often: more mutants of them are played to their end.
SEEDS = [bytes(compiled(text).data) for text in _SHORT] * 3 + [load_program(name).data for name in shipped()]


def on_vm(shard, count, harm=""):
    """Return counts and figure of a shard on MicroPython."""
    here = Path(__file__).parent
    files = {f"/lib/tests/vm/{name}.py": (here / f"{name}.py").read_bytes() for name in ("chance", "program_fuzz")}
    files.update({f"/seed{index}.bin": seed for index, seed in enumerate(SEEDS)})
    first = (
        f"{harm}\nfrom tests.vm.program_fuzz import Fuzz\n"
        f"seeds = [open('/seed%d.bin' % index, 'rb').read() for index in range({len(SEEDS)})]\n"
        f"fuzz = Fuzz(seeds, {shard}, {FOLDED_TICKS})"
    )
    steps = [f"fuzz.run({at}, {min(MUTANTS_PER_STEP, count - at)})" for at in range(0, count, MUTANTS_PER_STEP)]
    said = run_on_vm("", files, 60 + count / MUTANTS_PER_S, [first, *steps, "print((fuzz.counts, fuzz.crc))"])
    return eval(said)


@pytest.mark.parametrize("shard", SHARDS)
def test_a_mutated_program_is_refused_or_plays_inside_every_limit_with_the_heap_locked(shard, record_property):
    count = MUTANTS // len(SHARDS)
    record = Record()
    fuzz = Fuzz(SEEDS, shard, TICKS, record.watch)
    fuzz.run(0, count)
    record.judge()
    record_property("fuzz", f"{count} compiled programs: {fuzz.counts}, {record.ticks} ticks judged")
    assert fuzz.counts["refused at its header"] and fuzz.counts["refused by the proof"]
    assert fuzz.counts["played"] > count / 10
    assert on_vm(shard, count) == (fuzz.counts, fuzz.crc)


ALLOCATES = """
from instep.stroke.player import Player
tick = Player.tick
def tick_and_allocate(self):
    bytearray(9)
    tick(self)
Player.tick = tick_and_allocate
"""


def test_a_tick_that_allocates_is_found():
    with pytest.raises(VmError, match=r"mutant .*MemoryError"):
        on_vm(1, 30, ALLOCATES)


def test_a_proof_without_the_interlock_is_found(monkeypatch):
    monkeypatch.setattr(instep.stroke.verify._PhaseCheck, "_check_interlock", lambda *_: None)
    record = Record()
    with pytest.raises(ValueError, match="selects while"):
        for first in range(0, 3_000, 100):
            Fuzz(SEEDS, 1, TICKS, record.watch).run(first, 100)


def test_a_move_without_ramps_is_found(monkeypatch):
    monkeypatch.setattr("instep.stroke.step_timing.eased_ticks", lambda cruise: max(1, cruise))
    monkeypatch.setattr("instep.stroke.trajectory.RAMP_TICKS", 1)
    record = Record()
    with pytest.raises(ValueError, match=r"too fast|a jerk"):
        Fuzz(SEEDS, 1, TICKS, record.watch).run(0, 200)
