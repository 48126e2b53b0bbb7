"""Prepare the firmware's modules for a board: fold constants, bundle modules, inline functions, shorten names.

The modules used all the time become one bundle, the drivers of the chips another; the modules that only start the
firmware stay apart, because the board unloads them after the start.
"""

import ast
import functools
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from host_tools.data_folders import FIRMWARE, PACKAGES
from host_tools.flash.builtin_names import with_builtin_names
from host_tools.flash.bundle import Bundle, imported
from host_tools.flash.constants import Constants
from host_tools.flash.evaluate import literals
from host_tools.flash.fold import fold, fold_outsider
from host_tools.flash.inline import inline
from host_tools.flash.shorten import shorten

# Read only by type checkers or the laptop.
NOT_INSTALLED = frozenset({"instep.hal.interface", "instep.hal.machine_api"})

# Tables shared with the laptop: a board gets the integers and strings computed from them.
_EVALUATED = frozenset({"instep.link.telemetry_fields"})

# Outside the slots and as source: they must start a board whatever its MicroPython makes of the slots' .mpy files.
ROOT_FILES = ("boot.py", "main.py", "ab_boot.py")

_START = "instep.run"
# Bundle: the module (kept apart) whose imports it contains.
_BUNDLES = {"instep.core": _START, "instep.hal.chips": "instep.hal.rp2"}
_APART = frozenset({_START, "instep.link.port", "instep.hal.board", "instep.hal.calibration", "instep.hal.rp2"})


def root_file(name: str) -> Path:
    """Return the path of one of ROOT_FILES; a wheel has the one that the laptop imports as a module."""
    path = FIRMWARE / name
    return path if path.is_file() else PACKAGES / name


def module_name(path: Path) -> str:
    """Return the dotted name of a firmware file: `instep.stroke.foot_scaling`, or the package of an `__init__.py`."""
    parts = path.relative_to(PACKAGES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def installed_files() -> dict[str, Path]:
    """Return the firmware's files that a board needs, by module name."""
    files = {module_name(path): path for path in sorted((PACKAGES / "instep").rglob("*.py"))}
    return {name: path for name, path in files.items() if name not in NOT_INSTALLED}


def _board_source(name: str, path: Path) -> str:
    return literals(name) if name in _EVALUATED else path.read_text()


class BoardModules:
    """The firmware of this checkout as a board gets it; `sources` has the modules' texts by name."""

    def __init__(self) -> None:
        sources = {name: _board_source(name, path) for name, path in installed_files().items()}
        self._constants = Constants(sources)
        folded = fold(sources)
        self._bundles = _bundles(folded)
        apart = {name: self._with_bundles(folded[name]) for name in _APART}
        packages = {name.rpartition(".")[0]: "" for name in (*_APART, *_BUNDLES)}
        others = {name: root_file(name).read_text() for name in ROOT_FILES}
        self._texts = apart | {bundle.name: bundle.text() for bundle in self._bundles}
        self._packages = packages
        self._others = others

    @functools.cached_property
    def sources(self) -> dict[str, str]:
        """The modules' texts by name."""
        return self.sources_with(frozenset())

    @functools.cached_property
    def inlined_names(self) -> frozenset[str]:
        """The functions that `sources` no longer define."""
        return _functions(self._texts.values()) - _functions(self.sources.values())

    def sources_with(self, kept: Collection[str]) -> dict[str, str]:
        """Return the sources with the definitions of `kept`, names that an outsider uses, though nothing else does."""
        texts = dict(self._texts)
        for name in _BUNDLES:
            outside = [text for other, text in (texts | self._others).items() if other != name]
            texts[name] = with_builtin_names(inline(texts[name], outside, kept))
        return shorten(self._packages | texts, self._others)

    def outsider(self, source: str) -> str:
        """Return a source written for the firmware's modules, adapted to the board's modules."""
        return self._with_bundles(fold_outsider(self._constants, source))

    def _with_bundles(self, source: str) -> str:
        for bundle in self._bundles:
            source = bundle.outsider(source)
        return source


@functools.cache
def board_modules() -> BoardModules:
    """Return the firmware of this checkout as a board gets it; raise SyntaxError for a file that is no Python."""
    return BoardModules()


def path_of(module: str) -> str:
    """Return a module's path below the slot: `instep/core.mpy`."""
    is_package = any(name.startswith(f"{module}.") for name in (*_APART, *_BUNDLES))
    return module.replace(".", "/") + ("/__init__.mpy" if is_package else ".mpy")


def _functions(sources: Iterable[str]) -> frozenset[str]:
    trees = map(ast.parse, sources)
    return frozenset(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _bundles(folded: Mapping[str, str]) -> list[Bundle]:
    trees = {name: ast.parse(source) for name, source in folded.items()}
    bundled: set[str] = set()
    bundles = []
    for name, user in _BUNDLES.items():
        members: set[str] = set()
        _reach(user, trees, members)
        members -= bundled
        bundled |= members
        bundles.append(Bundle(name, sorted(members), folded))
    return bundles


def _reach(name: str, trees: Mapping[str, ast.Module], found: set[str]) -> None:
    """Add all modules that a module imports to `found`, recursively."""
    for module, _ in imported(trees[name], trees.keys()):
        if module not in found and module not in _APART:
            found.add(module)
            _reach(module, trees, found)
