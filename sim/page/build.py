"""Build the page: `python -m sim.page.build`, which is `make page`."""

import base64
import json
import shutil
import sys
from pathlib import Path

from host_tools.data_folders import PAGE
from host_tools.errors import InstepError
from sim.page import parts
from sim.page.designer_files import designer_files
from sim.page.facts import facts
from sim.page.loading import preload_modules, write_file_list
from sim.page.machine_files import machine_files
from sim.page.physics import plant_module
from sim.page.plant_facts import feet_module
from sim.page.style import stylesheet

STATIC = Path(__file__).parent / "static"
FOLDER = PAGE
# Node then reads the page's .js files as modules, as a browser does.
_PACKAGE = {"type": "module", "private": True}


def build(folder: Path = FOLDER) -> None:
    """Build the page in `folder`, which is emptied first; raise PageBuildError if a part cannot be built."""
    parts.install()
    made = _made()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(STATIC, folder)
    parts.copy(folder / "parts")
    (folder / "package.json").write_text(json.dumps(_PACKAGE), encoding="utf-8")
    for name, text in made.items():
        path = folder / "made" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    preload_modules(folder)
    write_file_list(folder, left_out=folder / "parts" / parts.PYODIDE)


def _made() -> dict[str, str]:
    """Return the content of the generated files by their path."""
    files = {path: base64.b64encode(data).decode() for path, data in machine_files().items()}
    return {
        "plant.js": plant_module(),
        "feet.js": feet_module(),
        "palette.css": stylesheet(),
        "machine.json": _json(files),
        "designer.json": _json(designer_files()),
        "facts.json": _json(facts()),
    }


def _json(values: object) -> str:
    """Return values as JSON without spaces."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def size_of(folder: Path = FOLDER) -> int:
    """Return the bytes of the page without Pyodide, which is loaded when the designer is opened."""
    heavy = folder / "parts" / parts.PYODIDE
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and heavy not in path.parents)


def main() -> int:
    """Build the page and print its folder."""
    try:
        build()
    except InstepError as error:
        print(f"{error.message}\n{error.advice}".rstrip(), file=sys.stderr)
        return error.exit_code
    place = FOLDER.relative_to(parts.ROOT)
    print(f"The page is in {place}/, {size_of() / 1e6:.2f} MB without Pyodide.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
