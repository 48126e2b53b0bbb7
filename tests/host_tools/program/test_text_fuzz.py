"""Mutated program files: refused with file, line, field, what is wrong and what is allowed, or safe to play.

INSTEP_PROGRAMS=100000 is the full count (`make fuzz`); without it the run stays short.
"""

import contextlib
import os
import re
import signal
from pathlib import Path

import pytest

from host_tools.errors import InstepError
from host_tools.program.check import check_text
from host_tools.program.load import SHIPPED, load_program
from host_tools.program.toml_text import to_toml
from host_tools.program.violations import ProgramFileError
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE
from instep.stroke.verify import verify
from sim.campaign import plan
from tests.firmware.playing import Play
from tests.host_tools.text_mutator import mutant
from tests.setpoint_record import Record

MUTANTS = int(os.environ.get("INSTEP_PROGRAMS", "1200"))
SHARDS = 4
SECONDS_MAX = 10
PLAYED_ONE_IN = 8
TICKS = 2_500
SAID_MAX_CHARACTERS = 600

CAMPAIGN = Path(plan.__file__).parent / "programs"
TEXTS = tuple(path.read_text() for folder in (SHIPPED, CAMPAIGN) for path in sorted(folder.glob("*.toml")))
SAID = re.compile(r"(.+?):(\d+): (.+?): .+; allowed: .+", re.DOTALL)


@contextlib.contextmanager
def within(seconds: float):
    """Raise TimeoutError when what stands inside takes more of the processor's time."""

    def complain(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    signal.signal(signal.SIGPROF, complain)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def check_refusal(error: InstepError, path: Path, data: bytes) -> None:
    """Assert that a refusal says where, what and what would be right, on a terminal, in little room."""
    assert error.advice
    if not isinstance(error, ProgramFileError):
        assert error.message.startswith(str(path))
        assert len(error.message) < SAID_MAX_CHARACTERS
        return
    for violation in error.violations:
        match = SAID.fullmatch(str(violation))
        assert match and match[1] == str(path), violation
        assert 1 <= int(match[2]) <= data.count(b"\n") + 1
        assert str(violation).isprintable(), violation
        assert len(str(violation)) < SAID_MAX_CHARACTERS


def check_accepted(number: int, data: bytes, program, record: Record) -> None:
    """Assert that an accepted program is what it says, and that it plays inside every limit."""
    verify(Program(data))
    if number // SHARDS % PLAYED_ONE_IN:
        return
    assert check_text(to_toml(program), "again.toml") == program
    play = Play(Program(data), 203_000, 323_000, intensity=1 + number % 5, pace=1 + number % 3)
    while play.scheduler.state != IDLE and play.ticks < TICKS:
        play.scheduler.tick()
        play.ticks += 1
        record.watch(number, play.scheduler.setpoints)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_mutated_file_is_refused_with_all_that_helps_or_plays_inside_every_limit(shard, tmp_path, record_property):
    path = tmp_path / "my.toml"
    record = Record()
    refused = others = accepted = 0
    for number in range(shard, MUTANTS, SHARDS):
        data = mutant(TEXTS, number)
        path.write_bytes(data)
        try:
            with within(SECONDS_MAX):
                loaded = load_program(str(path))
            check_accepted(number, loaded.data, loaded.program, record)
            accepted += 1
        except InstepError as error:
            check_refusal(error, path, data)
            refused += isinstance(error, ProgramFileError)
            others += not isinstance(error, ProgramFileError)
        except Exception as error:
            raise AssertionError(f"mutant {number}") from error
    record.judge()
    said = f"{refused} refused for their fields, {others} as files, {accepted} accepted, {record.ticks} ticks judged"
    record_property("fuzz", f"{MUTANTS // SHARDS} program files: {said}")
    assert accepted > MUTANTS / SHARDS / 10
    assert others > 0
