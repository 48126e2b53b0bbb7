"""Loosen every limit of the guard by a fifth, one at a time, and see that a test notices; `make mutants` runs it.

Looser is what lets more pass, later or longer. A limit that is too small for a fifth changes by 1.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from pathlib import Path

from instep.guard import limits
from tests.mutants.loosened import LOOSENED

_ROOT = Path(__file__).resolve().parents[2]
_FIRMWARE = _ROOT / "firmware" / "instep"
_SHARE = 0.2
_PYTEST_FAILED = 1

# Those that are looser the smaller they are; all others are looser the greater they are.
LOOSER_DOWN = frozenset(
    (
        "SUPPLY_TRIP_MV",
        "SUPPLY_CLEAR_MV",
        "LOOSE_GAIN",
        "SLOPE_SAMPLES",
        "RISE_CENTI_K_PER_KILO",
        "CROSSED_MOST_CENTI_K",
        "STANDING_COUNTS",
        "LIFT_FIRST_TICKS",
        "BACK_OFF_MOST_TICKS",
        "BACK_OFF_UM",
        "STALL_SHARE",
        "BUTTON_FREE_TICKS",
        "JOG_SLOWNESS",
    )
)
# Where a limit is looked at: these modules' tests.
TESTS = {
    "guard/backoff.py": ("test_guard_motion.py", "test_guard_notices.py"),
    "guard/heat.py": ("test_guard_heat*.py",),
    "guard/motion.py": ("test_guard_motion.py",),
    "guard/relay.py": ("test_supervisor.py",),
    "guard/selftest.py": ("test_selftest.py",),
    "guard/supervisor.py": ("test_supervisor.py", "test_guard_notices.py"),
    "panel/buttons.py": ("test_buttons.py",),
    "session/bringup.py": ("test_link_commands.py",),
    "session/footwatch.py": ("test_session.py",),
    "session/plan.py": ("test_session.py",),
}


def names() -> list[str]:
    """Return the names of all limits, in their order."""
    source = (_FIRMWARE / "guard" / "limits.py").read_text()
    return re.findall(r"^([A-Z][A-Z_0-9]*) = ", source, flags=re.MULTILINE)


def loosened(name: str) -> object:
    """Return the limit's value, a fifth looser."""
    value = getattr(limits, name)
    if isinstance(value, tuple):
        return tuple(_further(each, 1) for each in value)
    return _further(value, -1 if name in LOOSER_DOWN else 1)


def _further(value: int, direction: int) -> int:
    """Return a number further from 0 by a fifth, or nearer to it."""
    change = max(1, ceil(abs(value) * _SHARE)) * direction
    return value - change if value < 0 else value + change


def tests_of(name: str) -> Iterator[str]:
    """Yield the files that test the modules which use a limit."""
    for module, patterns in TESTS.items():
        if re.search(rf"\b{name}\b", (_FIRMWARE / module).read_text()):
            for pattern in patterns:
                yield from (str(path) for path in sorted((_ROOT / "tests" / "firmware").glob(pattern)))


def killer(name: str) -> str:
    """Return the name of a test that fails with the limit loosened, "" = none does."""
    tests = list(tests_of(name))
    if not tests:
        raise LookupError(f"nobody uses {name}, or TESTS does not say who tests it")
    environment = os.environ | {LOOSENED: f"{name}={loosened(name)}"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutants.loosened", "-p", "no:cacheprovider"]
    run = subprocess.run([*command, *tests], cwd=_ROOT, env=environment, check=False, capture_output=True, text=True)
    failed = re.search(r"^(?:FAILED|ERROR) \S+::(\S+)", run.stdout, flags=re.MULTILINE)
    if run.returncode == _PYTEST_FAILED and failed:
        return failed.group(1)
    if run.returncode:
        raise RuntimeError(f"pytest did not run with {name}:\n{run.stdout}{run.stderr}")
    return ""


def main(chosen: list[str]) -> int:
    """Try the chosen limits, or all; print a line each; return 1 when one could be loosened unnoticed."""
    chosen = chosen or names()
    survivors = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, test in zip(chosen, pool.map(killer, chosen), strict=True):
            change = f"{getattr(limits, name)} -> {loosened(name)}"
            print(f"{name:26} {change:22} {test or 'NOBODY NOTICES'}", flush=True)
            survivors += not test
    print(f"{len(chosen) - survivors} of {len(chosen)} limits cannot be loosened by a fifth unnoticed.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
