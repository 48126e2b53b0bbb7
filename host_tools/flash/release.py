"""Write a release's firmware bundle: a ZIP file with the compiled firmware for every shipped board.

`SHA256SUMS` has a line `SHA-256  path` for every other file, as `sha256sum --check` reads it. The sums show damage;
they are no signature.
"""

import io
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from host_tools.board.load import FILE, find, shipped
from host_tools.flash.image import BOARD_FILE, PROGRAMS, build_image, listing_of
from host_tools.result_file import write_result
from instep.version import VERSION

FORMAT = 1
FACTS = "bundle.json"
SUMS = "SHA256SUMS"
ROOTS = "roots"
BOARDS = "boards"
# The earliest date that a ZIP file can have: the same firmware gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def make_bundle() -> bytes:
    """Return the bundle of this checkout; raise InstepError or ValueError as `build_image` does."""
    files: dict[str, bytes] = {}
    chips = {}
    source_digest = ""
    for board in shipped():
        image, chips[board] = build_image(board)
        source_digest = image.source_digest
        files |= {_place(path, board, chips[board]): data for path, data in image.files.items()}
        files |= {f"{ROOTS}/{name}": data for name, data in image.roots.items()}
        files[f"{BOARDS}/{board}/{FILE}"] = find(board).read_bytes()
    facts = {"format": FORMAT, "version": VERSION, "source_digest": source_digest, "boards": chips}
    return zipped(files | {FACTS: (json.dumps(facts, indent=2) + "\n").encode()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file with `files` and their sums."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, data in [(SUMS, listing_of(files).encode()), *sorted(files.items())]:
            archive.writestr(zipfile.ZipInfo(path, _DATE), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _place(path: str, board: str, chip: str) -> str:
    """Return where a file of a slot stands in the bundle."""
    if path == BOARD_FILE:
        return f"{BOARDS}/{board}/{path}"
    return path if path.startswith(f"{PROGRAMS}/") else f"{chip}/{path}"


def main(folder: Path) -> None:
    """Write the bundle into a folder, and print where."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"instep-{VERSION}-firmware.zip"
    write_result(path, make_bundle())
    print(f"Firmware bundle: {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
