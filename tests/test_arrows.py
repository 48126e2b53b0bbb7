"""The direction of every import, and that no modules import each other in a circle.

On the board: main -> app -> {panel, link} -> session -> guard -> {stroke, drive, storage} -> hal.
On the laptop: sim -> host_tools -> firmware. Imports for type checking count as any other.
"""

from graphlib import CycleError, TopologicalSorter

import pytest

from host_tools.docs.imports import imports_of, module_of, project_modules

# The firmware's view of the hardware: the contracts and one machine's figures, not the drivers.
_HAL = ("instep.hal.interface", "instep.hal.calibration")
_LOWER = ("instep.stroke", "instep.drive", "instep.storage", *_HAL)
_UPPER = ("instep.session", "instep.guard", "instep.panel", "instep.link")

# The laptop's tools that the simulator may use: libraries, not the command line, the link or the flashing.
_LIBRARIES = (
    "host_tools.console",
    "host_tools.data_folders",
    "host_tools.errors",
    "host_tools.foot_outline",
    "host_tools.massage",
    "host_tools.html",
    "host_tools.machine",
    "host_tools.own_command",
    "host_tools.program",
    "host_tools.result_file",
    "host_tools.shell_names",
    "host_tools.source_file",
    "host_tools.trace",
    "host_tools.view",
    "host_tools.words",
)
# The parts of a simulation: neither faults nor a live view.
_SIMULATED = (
    "sim.files",
    "sim.filesystem",
    "sim.hal",
    "sim.people",
    "sim.person",
    "sim.plant",
    "sim.recorder",
)

# Facts without behaviour, that every room may read.
LEAVES = (
    "instep.axes",
    "instep.kernel",
    "instep.units",
    "instep.texts",
    "instep.user_events",
    "instep.version",
    "instep.guard.faults",
    "instep.guard.limits",
    "instep.levels",
    "instep.session.states",
)

# Area: what its modules may import beside themselves and the leaves. The longest name that fits decides.
ARROWS = {
    "boot": (),
    "main": ("ab_boot",),
    "ab_boot": (),
    "maintenance": ("ab_boot",),
    "instep.axes": (),
    "instep.kernel": (),
    "instep.units": (),
    "instep.user_events": (),
    "instep.version": (),
    "instep.app": (
        *_UPPER,
        *_LOWER,
        "instep.drive_arbiter",
        "instep.failsafe",
        "instep.maintenance_exit",
        "instep.people",
        "instep.persistence",
        "instep.slack",
        "instep.slow_checks",
    ),
    "instep.drive_arbiter": ("instep.session", "instep.guard", "instep.drive", *_HAL),
    "instep.failsafe": ("instep.guard", "instep.persistence"),
    "instep.maintenance_exit": ("instep.guard", "instep.storage"),
    "instep.persistence": ("instep.session", "instep.guard", *_LOWER),
    "instep.slack": ("instep.guard", "instep.panel", "instep.link", "instep.persistence", *_HAL),
    "instep.slow_checks": ("instep.guard", "instep.panel"),
    "instep.loop": ("instep.app", "instep.hal.hardware"),
    "instep.run": (
        "instep.app",
        "instep.guard.firmware_check",
        "instep.loop",
        "instep.panel.display",
        "instep.hal",
        "instep.storage.filesystem",
        "instep.link.port",
        "instep.link.usb_room",
    ),
    "instep.people": (),
    "instep.texts": (),
    "instep.session": ("instep.people", "instep.guard", "instep.stroke", "instep.drive", *_HAL),
    "instep.levels": (),
    "instep.session.states": (),
    "instep.guard": _LOWER,
    "instep.guard.faults": (),
    "instep.guard.limits": (),
    "instep.panel": ("instep.people", "instep.session", "instep.guard", *_LOWER),
    "instep.link": ("instep.session", "instep.guard", *_LOWER),
    "instep.stroke": _HAL,
    "instep.drive": _HAL,
    "instep.storage": ("instep.people", *_HAL),
    "instep.hal": (),
    "host_tools": ("instep",),
    "host_tools.flash": ("host_tools", "instep", "ab_boot"),
    "host_tools.html": ("host_tools.words",),
    "host_tools.trace": ("instep", "host_tools.errors", "host_tools.result_file"),
    "sim": ("instep", *_LIBRARIES),
    "sim.commands": (
        "instep",
        *_LIBRARIES,
        "sim.campaign.command",
        "sim.campaign.options",
        "sim.command",
        "sim.faults",
        "sim.grades",
        "sim.options",
        "sim.page.serve",
        "sim.run_options",
        "sim.search.command",
        "sim.search.options",
    ),
    "sim.campaign": ("sim", "instep", *_LIBRARIES),
    "sim.search": ("sim", "instep", *_LIBRARIES),
    # The page is made of everything; nothing but its command imports it.
    "sim.page": ("sim", "instep", "host_tools"),
    "sim.options": ("sim.grades",),
    "sim.grades": (),
    "sim.hooks": (),
    "sim.plant": ("host_tools.errors", "host_tools.machine", "instep.hal.calibration", "sim.grades", "sim.people"),
    "sim.simulation": ("instep", "sim.hooks", "sim.options", *_SIMULATED),
    "sim.recorder": ("instep", "sim.hal", "sim.plant", "host_tools.trace.recording"),
    "sim.report": ("instep", *_LIBRARIES),
}

MODULES = project_modules()


def _within(name: str, areas: tuple[str, ...]) -> bool:
    return any(name == area or name.startswith(f"{area}.") for area in areas)


def _area(module: str) -> str:
    fitting = [area for area in ARROWS if _within(module, (area,))]
    assert fitting, f"{module} belongs to no area of ARROWS"
    return max(fitting, key=len)


def wrong_arrows(module: str, source: str) -> list[str]:
    """Return a sentence per import that the table does not allow."""
    targets = {module_of(found.name, MODULES): found.line for found in imports_of(module, source)}
    if not targets:
        return []
    area = _area(module)
    allowed = (area, *ARROWS[area], *LEAVES)
    return [
        f"{module}, line {line}: {area} must not import {target}"
        for target, line in targets.items()
        if target is not None and not _within(target, allowed)
    ]


def test_every_arrow_between_modules_is_an_allowed_one():
    wrong = [arrow for module, path in MODULES.items() for arrow in wrong_arrows(module, path.read_text())]
    assert not wrong, "\n".join(wrong)


def imports_between(modules: dict[str, str]) -> dict[str, set[str]]:
    """Return for each module (name: source) the other modules that it imports, for type checking too."""
    graph: dict[str, set[str]] = {}
    for module, source in modules.items():
        targets = {module_of(found.name, modules) for found in imports_of(module, source)}
        graph[module] = {target for target in targets if target is not None and target != module}
    return graph


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle, the first again as the last; [] if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_modules_import_each_other_in_a_circle():
    found = circle(imports_between({module: path.read_text() for module, path in MODULES.items()}))
    assert not found, " -> ".join(found)


@pytest.mark.parametrize(
    "back",
    [
        "import a",
        "def late():\n    import a",
        "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from a import A",
    ],
)
def test_a_circle_is_found_however_it_is_closed(back):
    assert not circle(imports_between({"a": "import b", "b": "import c", "c": ""}))
    found = circle(imports_between({"a": "import b", "b": "import c", "c": back}))
    assert set(found) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("instep.stroke.foot_scaling", "from instep.session.session import Session"),
        ("instep.drive.roller", "import instep.guard"),
        ("instep.drive.roller", "from instep import stroke"),
        ("instep.session.session", "from instep.panel import display"),
        ("instep.session.session", "from instep.storage.store import Store"),
        ("instep.guard.supervisor", "from instep.session.session import Session"),
        ("instep.levels", "from instep.stroke.foot_scaling import Fit"),
        ("instep.axes", "import instep.stroke.program"),
        ("instep.stroke.foot_scaling", "from ..session import session"),
        ("instep.stroke.foot_scaling", "def late():\n    import instep.app"),
        (
            "instep.stroke.foot_scaling",
            "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from sim.options import SimOptions",
        ),
        ("instep.hal.rp2", "import host_tools.errors"),
        ("host_tools.cli", "import sim"),
        ("sim.commands.sim", "import sim.plant.jit"),
        ("sim.hal", "from host_tools.cli import main"),
    ],
)
def test_a_forbidden_arrow_is_found(module, source):
    assert wrong_arrows(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("instep.app", "from instep.hal import interface\nfrom instep.session import levels"),
        ("instep.guard.supervisor", "from instep.stroke.program import Program\nfrom instep import axes"),
        ("instep.drive.roller", "from instep.drive.heater import Heater\nfrom instep.levels import MINUTES"),
        ("instep.storage.record", "import binascii\nfrom instep.hal.interface import Hal"),
        ("sim.command", "from host_tools.program import compile\nfrom instep.app import App"),
        ("sim.commands.sim", "from sim.options import SimOptions"),
    ],
)
def test_an_allowed_arrow_is_not_reported(module, source):
    assert not wrong_arrows(module, source)
