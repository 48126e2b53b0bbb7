"""Build the image of a board: the files of a slot and those outside the slots."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from host_tools.board.load import load_board
from host_tools.flash.compile import compile_firmware
from host_tools.flash.freeze import source_digest
from host_tools.flash.modules import ROOT_FILES, root_file
from host_tools.program.load import load_program, shipped
from instep.version import VERSION

# In a slot, beside the modules.
BOARD_FILE = "board.bin"
PROGRAMS = "programs"
_COMPILED = ".mpy"
# Found before a frozen module of its name if an earlier firmware left it there.
_SHADOWS = frozenset({"ab_boot.py"})


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def listing_of(files: Mapping[str, bytes]) -> str:
    """Return a line `SHA-256  path` per file, sorted by path."""
    return "".join(f"{sha256(files[path])}  {path}\n" for path in sorted(files))


@dataclass(frozen=True)
class Image:
    """One firmware: `files` of a slot and `roots` outside the slots, content by path.

    source_digest: the SHA-256 of the modules' sources, or empty.
    """

    files: dict[str, bytes]
    roots: dict[str, bytes]
    version: str = VERSION
    source_digest: str = ""

    @cached_property
    def manifest(self) -> str:
        """Return the slot's `manifest`: the listing of its files."""
        return listing_of(self.files)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the manifest, which identifies the firmware."""
        return sha256(self.manifest.encode())

    @cached_property
    def root_digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file outside the slots, by name."""
        return {name: sha256(data) for name, data in self.roots.items()}

    @property
    def mpy_version(self) -> int | None:
        """Return the version of the .mpy format, which the board must read; None without compiled modules."""
        return next((data[1] for path, data in sorted(self.files.items()) if path.endswith(_COMPILED)), None)

    def data_only(self) -> "Image":
        """Return the image for a board with frozen firmware: board file and programs.

        Its `roots` are those that would be found before a frozen module; they are wanted only if the board has them.
        """
        data = {path: content for path, content in self.files.items() if not path.endswith(_COMPILED)}
        return replace(self, files=data, roots={name: self.roots[name] for name in self.roots.keys() & _SHADOWS})


def build_image(board: str) -> tuple[Image, str]:
    """Compile the firmware and the shipped programs for a board, a name or a file; return the image and the chip.

    Raise InstepError for a board or a program that breaks rules, ValueError if a module does not compile.
    """
    loaded = load_board(board)
    programs = {f"{PROGRAMS}/{name}.bin": load_program(name).data for name in shipped()}
    roots = {name: root_file(name).read_bytes() for name in ROOT_FILES}
    files = compile_firmware(loaded.wiring.chip) | programs | {BOARD_FILE: loaded.data}
    return Image(files, roots, source_digest=source_digest()), loaded.wiring.chip
