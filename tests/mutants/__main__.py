"""Mutate the guard and the heater's drive with mutmut, and tell which mutants no test kills; `make mutants` runs it.

mutmut mutates functions, in a folder of its own in which the firmware is called `src`. What it has found is kept, so
that it resumes, and repeats only the changed modules.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / "build" / "mutants"
_LINKED = ("boards", "firmware", "host_tools", "sim", "tests")
_CONFIG = """
[tool.mutmut]
source_paths = ["src/instep"]
only_mutate = ["src/instep/guard/*.py", "src/instep/drive/heater.py"]
# Text for people, and what type checkers alone see.
do_not_mutate = ["src/instep/guard/faults.py"]
also_copy = ["boards", "firmware", "host_tools", "sim"]
pytest_add_cli_args_test_selection = [{tests}]
timeout_multiplier = 40

[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib", "-p", "no:cacheprovider", "--deselect={unread}"]
"""
# What tests guard and heater closely. Tests that trace or read functions do not know one that mutmut has wrapped.
_TESTS = ("guard/test_*.py", "drive/test_heater*.py")
_UNREAD = "tests/firmware/guard/test_deadman_timer.py::test_the_callback_does_nothing_that_could_allocate_or_raise"
_LEFT_OUT = (
    "test_raising.py",
    "test_raising_devices.py",
    "test_notices_in_a_session.py",
    "test_checks.py",
    "test_limits.py",
    "test_faults.py",
)


def main() -> int:
    """Prepare the folder, run mutmut, print every survivor as a difference; return 1 when mutmut itself has failed."""
    _prepare()
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_PROFILE": "mutants"}
    command = [mutmut, "run", "--max-children", str(os.cpu_count() or 1), *sys.argv[1:]]
    if subprocess.run(command, cwd=_FOLDER, env=environment, check=False).returncode:
        return 1
    results = subprocess.run([mutmut, "results"], cwd=_FOLDER, check=True, capture_output=True, text=True).stdout
    for line in results.splitlines():
        name, _, state = line.strip().partition(": ")
        print(f"\n{state}: {name}")
        subprocess.run([mutmut, "show", name], cwd=_FOLDER, check=False)
    return 0


def _prepare() -> None:
    """Lay out the folder: the firmware of this tree as `src`, all else linked."""
    tests = sorted(
        path.relative_to(_ROOT).as_posix()
        for pattern in _TESTS
        for path in (_ROOT / "tests" / "firmware").glob(pattern)
        if path.name not in _LEFT_OUT
    )
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / "pyproject.toml").write_text(
        _CONFIG.format(tests=", ".join(f'"{test}"' for test in tests), unread=_UNREAD)
    )
    shutil.rmtree(_FOLDER / "src", ignore_errors=True)
    shutil.copytree(_ROOT / "firmware" / "instep", _FOLDER / "src" / "instep")
    for name in _LINKED:
        link = _FOLDER / name
        if not link.is_symlink():
            link.symlink_to(_ROOT / name, target_is_directory=True)


if __name__ == "__main__":
    sys.exit(main())
