"""Loosen every limit of guard and heat by a fifth, one at a time, and see that a test notices; `make mutants` runs it.

Looser is what lets more pass, later or longer. A limit that is too small for a fifth changes by 1. Each is set in a
process of its own, before anything that uses it is imported.
"""

import importlib
import io
import multiprocessing
import os
import re
import sys
from contextlib import redirect_stdout
from math import ceil
from pathlib import Path
from types import ModuleType

import pytest

import sim.plant.figures  # noqa: F401 takes longest to import, and knows nothing of the guard

_ROOT = Path(__file__).resolve().parents[2]
_FIRMWARE = _ROOT / "firmware" / "instep"
_SHARE = 0.2

# Those that are looser the smaller they are; all others are looser the greater they are.
LOOSER_DOWN = frozenset(
    (
        "SUPPLY_TRIP_MV",
        "SUPPLY_CLEAR_MV",
        "LOOSE_GAIN",
        "COLD_CENTI_C",
        "LEAD_LOW_PERCENT",
        "FULL_PERMILLE",
        "STUCK_ON_MAX_CENTI_K",
        "STUCK_ON_STEADY_CENTI_K",
        "STANDING_COUNTS",
        "LIFT_FIRST_TICKS",
        "BACK_OFF_MAX_TICKS",
        "BACK_OFF_UM",
        "BUTTON_FREE_TICKS",
        "JOG_SLOWNESS",
        "PRESS_OVER_SHIFT",
        "BEHIND_SHIFT",
        "STEEP_SHIFT",
        "UNFELT_MN",
        "CODE_SHORT",
    )
)
_LIMITS = "guard/limits.py"
# Limits that stand beside what they limit.
BESIDE = {
    "drive/heater.py": ("SETPOINT_MAX_CENTI_C", "_OVER_CENTI_K", "_LEAD_MAX_CENTI_K"),
    "drive/ntc.py": ("CODE_SHORT", "CODE_OPEN"),
    "guard/deadman_timer.py": ("_LATE_CALLS",),
    "guard/safe_state.py": ("_LIMP_TICKS",),
}
# Who tests the modules that use a limit; the other modules of the guard are its watches over heat.
TESTS = {
    "drive/heater.py": ("test_heater.py", "test_heater_faults.py"),
    "drive/ntc.py": ("test_ntc.py",),
    "guard/back_off.py": ("test_back_off.py", "test_motion_monitor.py", "test_notices_in_a_session.py"),
    "guard/deadman_timer.py": ("test_deadman_timer.py",),
    "guard/force_monitor.py": ("test_force_monitor.py",),
    "guard/surface_monitor.py": ("test_surface_monitor.py",),
    "guard/travel_monitor.py": ("test_travel_monitor.py",),
    "guard/memory_monitor.py": ("test_memory_monitor.py",),
    "guard/motion_monitor.py": ("test_motion_monitor.py",),
    "guard/safe_state.py": ("test_safe_state.py",),
    "guard/relay_monitor.py": ("test_relay_monitor.py",),
    "guard/selftest.py": ("test_selftest.py", "test_selftest_at_boot.py"),
    "guard/supervisor.py": ("test_supervisor.py", "test_supervisor_devices.py", "test_notices_in_a_session.py"),
    "panel/buttons.py": ("test_buttons.py",),
    "session/cleaning.py": ("test_jog.py",),
    "session/jog.py": ("test_jog.py",),
    "session/foot_monitor.py": ("test_foot_monitor.py",),
    "session/session_clock.py": ("test_session_clock.py",),
}
# Those of whole sessions last: the first test that fails ends a run.
HEAT_TESTS = (
    "test_deviation.py",
    "test_lead.py",
    "test_rise_monitor.py",
    "test_well_model.py",
    "test_sensor_monitor.py",
    "test_sensor_edges.py",
    "test_heat_evidence.py",
)


def names() -> list[str]:
    """Return the names of all limits, in their order."""
    own = re.findall(r"^([A-Z][A-Z_0-9]*) = ", (_FIRMWARE / _LIMITS).read_text(), flags=re.MULTILINE)
    return own + [name for beside in BESIDE.values() for name in beside]


def home(name: str) -> ModuleType:
    """Return the module that a limit stands in."""
    path = next((path for path, beside in BESIDE.items() if name in beside), _LIMITS)
    return importlib.import_module("instep." + path.removesuffix(".py").replace("/", "."))


def loosened(name: str) -> object:
    """Return the limit's value, a fifth looser."""
    value = getattr(home(name), name)
    if isinstance(value, tuple):
        return tuple(_further(each, 1) for each in value)
    return _further(value, -1 if name in LOOSER_DOWN else 1)


def _further(value: int, direction: int) -> int:
    """Return a number further from 0 by a fifth, or nearer to it."""
    change = max(1, ceil(abs(value) * _SHARE)) * direction
    return value - change if value < 0 else value + change


def files_for(name: str) -> list[str]:
    """Return the files that test the modules which use a limit."""
    patterns: list[str] = []
    for path in sorted(_FIRMWARE.rglob("*.py")):
        module = path.relative_to(_FIRMWARE).as_posix()
        if module != _LIMITS and re.search(rf"\b{name}\b", path.read_text()):
            patterns += TESTS.get(module, HEAT_TESTS if module.startswith("guard/") else ())
    return [str(path) for pattern in dict.fromkeys(patterns) for path in sorted((_ROOT / "tests").rglob(pattern))]


class Witness:
    """A plugin of pytest that notes the first test that fails."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        if report.failed and not self.failed:
            self.failed = report.nodeid.rpartition("::")[2]


def killer(name: str) -> str:
    """Return the name of a test that fails with the limit loosened, "" = none does; for a process of its own."""
    tests = files_for(name)
    if not tests:
        raise LookupError(f"nobody uses {name}, or TESTS does not say who tests it")
    setattr(home(name), name, loosened(name))
    return first_failure(tests)


def first_failure(tests: list[str]) -> str:
    """Return the name of the first test that fails in some files, "" = none; for a process of its own."""
    witness = Witness()
    said = io.StringIO()
    with redirect_stdout(said):
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(_ROOT), *tests], [witness])
    if status != pytest.ExitCode.OK and not witness.failed:
        raise RuntimeError(f"pytest did not run:\n{said.getvalue()}")
    return witness.failed


def main(chosen: list[str]) -> int:
    """Try the chosen limits, or all; print a line each; return 1 when one could be loosened unnoticed."""
    chosen = chosen or names()
    survivors = 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        files = sorted({path for name in chosen for path in files_for(name)})
        if broken := pool.apply(first_failure, (files,)):
            print(f"{broken} fails as things are: no change can be judged.")
            return 1
        for name, test in zip(chosen, pool.imap(killer, chosen, chunksize=1), strict=True):
            change = f"{getattr(home(name), name)} -> {loosened(name)}"
            print(f"{name:26} {change:22} {test or 'NOBODY NOTICES'}", flush=True)
            survivors += not test
    print(f"{len(chosen) - survivors} of {len(chosen)} limits cannot be loosened by a fifth unnoticed.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
