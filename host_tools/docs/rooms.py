"""The picture `docs/rooms.svg`: the folders of the code and what imports what, read from the source."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from host_tools.docs.diagram import Diagram, Point
from host_tools.docs.imports import ROOT, imports_of, module_of, project_modules
from host_tools.docs.layers import is_bend, layers_of, reduced

_FIRMWARE = ROOT / "firmware" / "instep"
_APP = "app"
_FACTS = "facts"

# What each room does, in at most two lines of about 26 characters; a new folder needs a line here.
ROLES = {
    _APP: ("builds the machine,", "orders a tick"),
    "panel": ("buttons, display",),
    "link": ("messages to and", "from a laptop"),
    "session": ("questions, states,", "what happens next"),
    "persistence": ("what is kept, and", "when it is saved"),
    "storage": ("records in flash, safe", "against power cuts"),
    "guard": ("judges inputs and", "outputs; faults"),
    "stroke": ("program → setpoints", "of 20 axes"),
    "drive": ("setpoint + measurement", "→ output"),
    "hal": ("pins, chips, clock", "of the board"),
}
_LAPTOP = {
    "sim": ("the same firmware over simulated", "physics, with a person in it"),
    "host_tools": ("the instep command: programs, boards,", "flashing, link, live view, docs"),
}

_WIDTH = 900.0
_MARGIN = 24.0
_BOX_WIDTH, _BOX_HEIGHT = 176.0, 74.0
_BEND_WIDTH = 30.0
_ROW = 114.0
_LAPTOP_WIDTH = 380.0
_LAPTOP_GAP = _WIDTH - 2 * _MARGIN - 2 * _LAPTOP_WIDTH
_TOP = 132.0
_NAME_SIZE, _ROLE_SIZE, _NOTE_SIZE = 15.0, 11.5, 11.5
_INKS = {"guard": "heat", _APP: "ink"}


def rooms() -> list[str]:
    """Return the folders of the firmware and the room of what builds the app."""
    return [_APP, *sorted(path.parent.name for path in _FIRMWARE.glob("*/__init__.py"))]


@cache
def arrows() -> dict[str, dict[str, list[str]]]:
    """Return for each room of the firmware the rooms that it imports, each with the importing modules' names."""
    modules = project_modules()
    found: dict[str, dict[str, list[str]]] = {room: defaultdict(list) for room in rooms()}
    for module, path in modules.items():
        if not module.startswith("instep."):
            continue
        for target in _targets(module, path, modules):
            one, other = room_of(module), room_of(target)
            if one != other and _FACTS not in (one, other):
                found[one][other].append(module.removeprefix("instep."))
    return found


def room_of(module: str) -> str:
    """Return the room of a module of the firmware; modules beside the folders build the app or hold facts."""
    name = module.split(".")[1]
    if (_FIRMWARE / name).is_dir():
        return name
    return _APP if _imports_rooms(_FIRMWARE / f"{name}.py") else _FACTS


def facts() -> list[str]:
    """Return the modules beside the folders that every room may read."""
    return [path.stem for path in sorted(_FIRMWARE.glob("[!_]*.py")) if room_of(f"instep.{path.stem}") == _FACTS]


def render() -> str:
    """Return the picture as SVG."""
    return draw().as_svg()


def draw() -> Diagram:
    """Return the picture."""
    graph = reduced({room: frozenset(ends) for room, ends in arrows().items()})
    layers, ways = layers_of(graph)
    height = _TOP + len(layers) * _ROW + 70
    picture = Diagram(_WIDTH, height)
    _draw_laptop(picture)
    picture.box(_MARGIN, _TOP, _WIDTH - 2 * _MARGIN, len(layers) * _ROW + 46, "part", "muted")
    picture.text(_MARGIN + 14, _TOP + 20, "firmware/instep", bold=True, size=_NAME_SIZE)
    centres = _centres(layers)
    for (one, other), way in ways.items():
        modules = sorted(set(arrows()[one][other]))
        picture.arrow(_points(way, centres), "bus", f"{one} imports {other}: {', '.join(modules)}")
    for name, centre in centres.items():
        if not is_bend(name):
            _draw_room(picture, name, centre)
    words = f"Every room may read the facts beside the folders: {', '.join(f'{name}.py' for name in facts())}"
    picture.text(_WIDTH / 2, height - 44, words, "muted", _NOTE_SIZE, "middle")
    return picture


def _targets(module: str, path: Path, modules: dict[str, Path]) -> list[str]:
    found = (module_of(each.name, modules) for each in imports_of(module, path.read_text(encoding="utf-8")))
    return [target for target in found if target and target.startswith("instep.")]


def _imports_rooms(path: Path) -> bool:
    """Return True for a module beside the folders that imports from one of them."""
    imports = imports_of(f"instep.{path.stem}", path.read_text(encoding="utf-8"))
    names = (found.name.split(".") for found in imports)
    return any(len(name) > 1 and name[0] == "instep" and (_FIRMWARE / name[1]).is_dir() for name in names)


def _centres(layers: list[list[str]]) -> dict[str, Point]:
    centres = {}
    for row, layer in enumerate(layers):
        widths = [_BEND_WIDTH if is_bend(name) else _BOX_WIDTH for name in layer]
        gap = (_WIDTH - 2 * _MARGIN - sum(widths)) / (len(layer) + 1)
        left = _MARGIN
        for name, width in zip(layer, widths, strict=True):
            left += gap
            centres[name] = (left + width / 2, _TOP + 36 + row * _ROW + _BOX_HEIGHT / 2)
            left += width
    return centres


def _points(way: list[str], centres: dict[str, Point]) -> list[Point]:
    """Return the way of an arrow: from the lower edge of its room through its bends to the upper edge of the other."""
    (x, y), *bends, (end_x, end_y) = (centres[name] for name in way)
    through = [point for bx, by in bends for point in ((bx, by - _BOX_HEIGHT / 2), (bx, by + _BOX_HEIGHT / 2))]
    return [(x, y + _BOX_HEIGHT / 2), *through, (end_x, end_y - _BOX_HEIGHT / 2)]


def _draw_room(picture: Diagram, name: str, centre: Point) -> None:
    x, y = centre
    picture.box(x - _BOX_WIDTH / 2, y - _BOX_HEIGHT / 2, _BOX_WIDTH, _BOX_HEIGHT, "paper", _INKS.get(name, "bus"))
    picture.text(x, y - 20, name, _INKS.get(name, "ink"), _NAME_SIZE, "middle", bold=True)
    for line, words in enumerate(ROLES.get(name, ())):
        picture.text(x, y + 2 + line * 16, words, "muted", _ROLE_SIZE, "middle")


def _draw_laptop(picture: Diagram) -> None:
    """Draw the two rooms of the laptop's side by side, with an arrow from the first to the second and on."""
    for index, (name, role) in enumerate(_LAPTOP.items()):
        left = _MARGIN + index * (_LAPTOP_WIDTH + _LAPTOP_GAP)
        picture.box(left, 20, _LAPTOP_WIDTH, _BOX_HEIGHT, "board", "encoder")
        picture.text(left + _LAPTOP_WIDTH / 2, 38, f"{name}/", "ink", _NAME_SIZE, "middle", bold=True)
        for line, words in enumerate(role):
            picture.text(left + _LAPTOP_WIDTH / 2, 60 + line * 16, words, "muted", _ROLE_SIZE, "middle")
        picture.arrow([(left + _LAPTOP_WIDTH / 2, 20 + _BOX_HEIGHT), (left + _LAPTOP_WIDTH / 2, _TOP)], "encoder")
    picture.arrow_level(
        _MARGIN + _LAPTOP_WIDTH, _MARGIN + _LAPTOP_WIDTH + _LAPTOP_GAP, 20 + _BOX_HEIGHT / 2, "encoder"
    )
