"""The same seed is the same run, to the bit, here and in another process; another seed has other noise."""

import subprocess
import sys
import zlib

import pytest

from tests.scenarios.machine import finish, simulate

_CODE = """
from tests.scenarios.machine import finish, simulate
from tests.scenarios.test_repeatability import fingerprint
print(fingerprint(finish(simulate("demo", seed={seed}, every=10))))
"""


def fingerprint(simulation):
    """Return what two equal runs have in common: setpoints' checksum, length, every sampled state of the plant."""
    return (
        f"{simulation.recorder.setpoint_crc32:08x}",
        simulation.ticks,
        hash_of(simulation.recorder.samples),
        [(run.technique, run.foot, run.strokes, run.start_tick) for run in simulation.recorder.techniques],
    )


def hash_of(samples):
    """Return a checksum of the samples that is the same in every process."""
    return zlib.crc32(b"".join(samples))


def _run(seed):
    return finish(simulate("demo", seed=seed, every=10))


@pytest.fixture(scope="module")
def first():
    return _run(7)


def test_the_same_seed_is_the_same_run(first):
    assert fingerprint(_run(7)) == fingerprint(first)


def test_the_same_seed_is_the_same_run_in_another_process(first):
    run = subprocess.run([sys.executable, "-c", _CODE.format(seed=7)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(fingerprint(first))


def test_another_seed_has_other_noise():
    seventh, eighth = (list(simulate(seed=seed).plant.readings.force_mn) for seed in (7, 8))
    assert all(one != other for one, other in zip(seventh, eighth, strict=True))


def test_another_seed_is_another_run(first):
    assert hash_of(_run(9).recorder.samples) != hash_of(first.recorder.samples)


def test_recording_does_not_change_the_run(first):
    unrecorded = finish(simulate("demo", seed=7))
    assert unrecorded.recorder.setpoint_crc32 == first.recorder.setpoint_crc32
    assert unrecorded.plant.state.tobytes() == first.plant.state.tobytes()
