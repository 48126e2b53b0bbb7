"""List the files of the built page: the modules of its first picture, and the files that are kept for offline use."""

import json
import re
import zlib
from pathlib import Path

from sim.page.errors import PageBuildError

MARK = "<!-- modules -->"
_ENTRY = "app.js"
# A static import or export with its source; `import(…)` is loaded later.
_IMPORT = re.compile(r"""^(?:import|export)\b[^"'()]*?["'](\.[^"']+)["']""", re.MULTILINE)
# Not kept: the service worker itself, and the file that only Node reads.
_NOT_KEPT = frozenset({"offline.js", "package.json"})


def first_modules(folder: Path) -> list[str]:
    """Return the modules that the page's first picture needs, as paths below `folder`."""
    found: dict[str, None] = {}
    folder = folder.resolve()
    _follow(folder, folder / _ENTRY, found)
    return list(found)


def _follow(folder: Path, module: Path, found: dict[str, None]) -> None:
    name = module.relative_to(folder).as_posix()
    if name in found:
        return
    found[name] = None
    for target in _IMPORT.findall(module.read_text(encoding="utf-8")):
        path = (module.parent / target).resolve()
        if not path.is_file():
            raise PageBuildError(f"{name} imports {target}, which is not there.")
        _follow(folder, path, found)


def preload_modules(folder: Path) -> None:
    """Name the modules of the first picture in index.html, so that the browser requests them all at once."""
    index = folder / "index.html"
    text = index.read_text(encoding="utf-8")
    if MARK not in text:
        raise PageBuildError(f"index.html has no line {MARK}.")
    links = (f'<link rel="modulepreload" href="{name}">' for name in first_modules(folder))
    index.write_text(text.replace(MARK, "\n".join(links)), encoding="utf-8")


def write_file_list(folder: Path, left_out: Path) -> None:
    """Write `made/files.js` for the service worker: all files but those below `left_out`, and their checksum."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and left_out not in path.parents)
    kept = [path for path in paths if path.name not in _NOT_KEPT]
    checksum = 0
    for path in kept:
        checksum = zlib.crc32(path.read_bytes(), checksum)
    files = {"version": f"{checksum:08x}", "paths": ["./", *(path.relative_to(folder).as_posix() for path in kept)]}
    (folder / "made" / "files.js").write_text(f"self.files = {json.dumps(files)};\n", encoding="utf-8")
