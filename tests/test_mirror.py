"""Tests mirror the source: the same folders, a test file for each module that does something, none over 300 lines.

`firmware/instep/X/y.py` is tested by `tests/firmware/X/test_y.py`, `host_tools/X/y.py` by
`tests/host_tools/X/test_y.py`, `sim/X/y.py` by `tests/sim/X/test_y.py`, `sim/page/y.py` by `tests/page/test_y.py`, a
package's `__init__.py` by the test of the package's name. A module without functions, such as a table, needs none. The
others stand in `TOGETHER`.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES_MAX = 300
FOLDERS = {
    "firmware/instep": "tests/firmware",
    "host_tools": "tests/host_tools",
    "sim/page": "tests/page",
    "sim": "tests/sim",
}

# Modules that are tested in the test of another, by the reason.
TOGETHER = {
    "It says what others have to offer and does nothing itself": {
        "firmware/instep/hal/interface.py": "tests/sim/test_hal.py",
        "firmware/instep/hal/machine_api.py": "tests/firmware/hal/test_rp2.py",
        "host_tools/cpython/micropython.py": "tests/vm/test_parity.py",
        "host_tools/view/hands.py": "tests/sim/test_hands.py",
        "host_tools/view/source.py": "tests/sim/test_view_source.py",
        "sim/page/sources.py": "tests/page/test_static.py",
    },
    "Inlining is tested as a whole, by what runs afterwards": {
        "host_tools/flash/inline_body.py": "tests/host_tools/flash/test_inline.py",
        "host_tools/flash/inline_names.py": "tests/host_tools/flash/test_inline.py",
        "host_tools/flash/inline_sites.py": "tests/host_tools/flash/test_inline.py",
    },
    "A drawing is tested as a whole": {
        "host_tools/board/bus_drawing.py": "tests/host_tools/board/test_drawing.py",
        "host_tools/board/canvas.py": "tests/host_tools/board/test_drawing.py",
        "host_tools/docs/diagram.py": "tests/host_tools/docs/test_tick.py",
        "host_tools/html/pictures.py": "tests/sim/report/test_report.py",
        "host_tools/compare/pictures.py": "tests/host_tools/commands/test_compare.py",
        "sim/report/bound_pictures.py": "tests/sim/report/test_report.py",
        "sim/report/stroke_pictures.py": "tests/sim/report/test_picture.py",
        "sim/report/timeline.py": "tests/sim/report/test_picture.py",
        "sim/readme_picture.py": "tests/sim/report/test_picture.py",
    },
    "A page is tested as a whole": {
        "host_tools/compare/page.py": "tests/host_tools/commands/test_compare.py",
        "host_tools/docs/__main__.py": "tests/host_tools/docs/test_docs.py",
        "host_tools/docs/faults.py": "tests/host_tools/docs/test_docs.py",
        "sim/campaign/page.py": "tests/sim/campaign/test_table.py",
        "sim/report/page.py": "tests/sim/report/test_report.py",
    },
    "A command is options and checks: it is tested with the work that it starts": {
        "host_tools/calibrate/force.py": "tests/host_tools/commands/test_calibrate_force.py",
        "host_tools/calibrate/heat.py": "tests/host_tools/commands/test_calibrate_heat.py",
        "host_tools/calibrate/nudge.py": "tests/host_tools/commands/test_calibrate.py",
        "host_tools/calibrate/rollers.py": "tests/host_tools/commands/test_calibrate.py",
        "host_tools/calibrate/servos.py": "tests/host_tools/commands/test_calibrate_servos.py",
        "host_tools/commands/bench_person.py": "tests/host_tools/commands/test_calibrate_heat.py",
        "host_tools/commands/board_target.py": "tests/host_tools/commands/test_calibrate.py",
        "host_tools/commands/logs.py": "tests/host_tools/commands/test_run.py",
        "host_tools/link/recorded.py": "tests/host_tools/commands/test_traces.py",
        "host_tools/wheel_hook.py": "tests/host_tools/test_wheel.py",
        "sim/command.py": "tests/sim/commands/test_sim.py",
        "sim/commands/campaign.py": "tests/sim/campaign/test_command.py",
        "sim/commands/machine_options.py": "tests/sim/commands/test_sim.py",
        "sim/commands/page.py": "tests/page/test_serve.py",
        "sim/commands/search.py": "tests/sim/search/test_command.py",
        "sim/commands/worker_options.py": "tests/sim/search/test_command.py",
        "sim/told.py": "tests/host_tools/commands/test_traces.py",
    },
    "The parts of a view or of a trace only make sense together": {
        "host_tools/trace/mcap.py": "tests/host_tools/trace/test_trace.py",
        "host_tools/view/keypad.py": "tests/host_tools/view/test_app.py",
        "host_tools/view/panels.py": "tests/host_tools/view/test_app.py",
        "host_tools/view/screens.py": "tests/host_tools/view/test_app.py",
    },
    "An effect on the plant is tested with its fault, in a session": {
        "sim/campaign/findings.py": "tests/sim/campaign/test_run.py",
        "sim/campaign/visit.py": "tests/sim/campaign/test_run.py",
        "sim/faults/effects/broken_part.py": "tests/sim/faults/test_broken_parts.py",
        "sim/faults/effects/effect.py": "tests/sim/faults/test_catalogue.py",
        "sim/faults/effects/fingers.py": "tests/sim/faults/test_broken_parts.py",
        "sim/faults/effects/force_sensors.py": "tests/sim/faults/test_broken_parts.py",
        "sim/faults/effects/heat_chain.py": "tests/sim/faults/test_broken_parts.py",
        "sim/faults/effects/memory.py": "tests/scenarios/test_memory.py",
        "sim/faults/effects/noise_faults.py": "tests/scenarios/test_fault_rows.py",
        "sim/faults/effects/pins.py": "tests/sim/faults/test_broken_parts.py",
        "sim/faults/effects/servos.py": "tests/sim/faults/test_broken_parts.py",
        "sim/faults/expected_reactions.py": "tests/sim/faults/test_watch.py",
    },
    "The plant's parts have tests of their own; the whole is tested in sessions": {
        "sim/factory.py": "tests/sim/test_simulation.py",
        "sim/plant/sensors.py": "tests/sim/plant/test_parts.py",
        "sim/plant/tick.py": "tests/sim/plant/test_parts.py",
    },
    "The page's build and its MicroPython are tested by what they make, in Node": {
        "sim/page/build.py": "tests/page/test_static.py",
        "sim/page/designer_files.py": "tests/page/test_designer.py",
        "sim/page/facts.py": "tests/page/test_board.py",
        "sim/page/machine_files.py": "tests/page/test_sessions.py",
        "sim/page/physics.py": "tests/page/test_translate.py",
        "sim/page/planned_dose.py": "tests/page/test_designer.py",
        "sim/page/plant_facts.py": "tests/page/test_sessions.py",
        "sim/page/shake.py": "tests/page/test_sessions.py",
        "sim/page/vm/display.py": "tests/page/test_board.py",
        "sim/page/vm/doctor.py": "tests/page/test_doctor.py",
        "sim/page/vm/figures.py": "tests/page/test_sessions.py",
        "sim/page/vm/mishaps.py": "tests/page/test_mishaps.py",
        "sim/page/vm/plant.py": "tests/page/test_sessions.py",
        "sim/page/vm/world.py": "tests/page/test_sessions.py",
    },
}
TABLE = {module: test for modules in TOGETHER.values() for module, test in modules.items()}


def python_files(folder: str) -> list[str]:
    """Return the Python files of a folder of the repository."""
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).rglob("*.py"))]


def has_functions(module: str) -> bool:
    """Return True if a module has a function or a method."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


def mirror_of(module: str) -> str:
    """Return the path of the test that mirrors a module."""
    folder = next(folder for folder in FOLDERS if module.startswith(folder + "/"))
    parts = module.removeprefix(folder + "/").removesuffix(".py").split("/")
    if parts[-1] == "__init__":
        parts[-1] = parts[-2] if len(parts) > 1 else folder.rpartition("/")[2]
    return "/".join([FOLDERS[folder], *parts[:-1], f"test_{parts[-1]}.py"])


SOURCES = [module for folder in ("firmware/instep", "host_tools", "sim") for module in python_files(folder)]
MODULES = [module for module in SOURCES if has_functions(module)]
TESTS = set(python_files("tests"))


def test_every_module_that_does_something_has_a_test_of_its_name():
    assert len(MODULES) > 300
    bare = [module for module in MODULES if mirror_of(module) not in TESTS and module not in TABLE]
    assert not bare, f"write {[mirror_of(module) for module in bare]}"


@pytest.mark.parametrize("module", TABLE)
def test_a_module_without_a_test_of_its_own_is_there_and_its_test_too(module):
    assert module in MODULES and mirror_of(module) not in TESTS, "this line of TOGETHER is no longer needed"
    assert TABLE[module] in TESTS


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("firmware/instep/axes.py", "tests/firmware/test_axes.py"),
        ("sim/page/vm/line.py", "tests/page/vm/test_line.py"),
        ("sim/people/__init__.py", "tests/sim/people/test_people.py"),
        ("host_tools/trace/__init__.py", "tests/host_tools/trace/test_trace.py"),
    ],
)
def test_a_test_stands_where_its_module_does(module, test):
    assert mirror_of(module) == test


def test_no_file_is_longer_than_300_lines():
    names = [name for folder in ("firmware", "host_tools", "sim", "tests") for name in python_files(folder)]
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in names}
    assert [f"{name}: {lines}" for name, lines in lengths.items() if lines > LINES_MAX] == []
