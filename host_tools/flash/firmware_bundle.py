"""Read a release's firmware bundle; refuse it whole if a file is missing, damaged or of another version."""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from host_tools.board.load import load_board
from host_tools.errors import InstepError
from host_tools.flash.image import BOARD_FILE, PROGRAMS, Image, sha256
from host_tools.flash.plan import digests_of
from host_tools.flash.release import BOARDS, FACTS, FORMAT, ROOTS, SUMS
from host_tools.program.violations import printable, visible
from instep.version import VERSION

_NAMED_MAX = 3
_BYTES_MAX = 8 * 1024 * 1024
_AGAIN = "Download or copy the bundle again, or make one with: make dist"
# Whatever zipfile raises for bytes that are damaged, encrypted or packed in a way that it does not know.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class FirmwareBundle:
    """The content of the bundle at `path`: `files` by path in it, `chips` by name of a board."""

    path: Path
    source_digest: str
    chips: dict[str, str]
    files: dict[str, bytes]

    def image(self, board: str) -> tuple[Image, str]:
        """Return image and chip for a board of the bundle, or for a board file; raise InstepError."""
        data, chip = self._board(board)
        files = self._below(chip)
        if not files:
            raise InstepError(
                f"{visible(str(self.path))} has no firmware for an {chip.upper()}.",
                f"Choose one of its boards: {', '.join(self.chips)}.",
            )
        programs = {f"{PROGRAMS}/{name}": program for name, program in self._below(PROGRAMS).items()}
        whole = files | programs | {BOARD_FILE: data}
        return Image(whole, self._below(ROOTS), VERSION, self.source_digest), chip

    def _board(self, board: str) -> tuple[bytes, str]:
        """Return the compiled board file and the chip."""
        if board in self.chips:
            return self.files[f"{BOARDS}/{board}/{BOARD_FILE}"], self.chips[board]
        loaded = load_board(board)
        return loaded.data, loaded.wiring.chip

    def _below(self, folder: str) -> dict[str, bytes]:
        start = f"{folder}/"
        return {path.removeprefix(start): data for path, data in self.files.items() if path.startswith(start)}


def read_bundle(path: Path) -> FirmwareBundle:
    """Return a bundle whose every file has its SHA-256, and whose version is this command's; raise InstepError."""
    files = _read_zip(path)
    _check_sums(path, files)
    try:
        facts = json.loads(files[FACTS])
        number, version, digest, chips = (facts[name] for name in ("format", "version", "source_digest", "boards"))
    except (KeyError, TypeError, ValueError):
        raise _refusal(path, f"its {FACTS} is missing or damaged") from None
    if number != FORMAT:
        raise _refusal(path, f"its format is {number}, and this command reads {FORMAT}")
    if version != VERSION:
        raise InstepError(
            f"{visible(str(path))} has firmware of version {printable(str(version))}, "
            f"and this command is version {VERSION}: the two need not understand each other.",
            "Install the wheel of that version, or give the bundle of this one.",
        )
    return FirmwareBundle(path, digest, chips, files)


def _read_zip(path: Path) -> dict[str, bytes]:
    if path.exists() and not path.is_file():
        raise _refusal(path, "it is not a file")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _BYTES_MAX:
                raise _refusal(path, f"its content is larger than {_BYTES_MAX} bytes")
            return {entry.filename: archive.read(entry) for entry in entries}
    except FileNotFoundError:
        raise InstepError(f"There is no firmware bundle {visible(str(path))}.", "Make one with: make dist") from None
    except _DAMAGED as error:
        raise _refusal(path, f"it is no ZIP file, or a damaged one ({printable(str(error))})") from None
    except OSError as error:
        raise _refusal(path, f"it cannot be read ({error.strerror})") from None


def _check_sums(path: Path, files: Mapping[str, bytes]) -> None:
    sums = digests_of(files.get(SUMS, b"").decode("utf-8", "replace"))
    names = files.keys() - {SUMS}
    wrong = [f"{name} is missing" for name in sorted(sums.keys() - names)]
    wrong += [f"{name} is not listed" for name in sorted(names - sums.keys())]
    wrong += [
        f"the SHA-256 of {name} is wrong" for name in sorted(names & sums.keys()) if sha256(files[name]) != sums[name]
    ]
    if wrong or not sums:
        more = f"; {len(wrong) - _NAMED_MAX} more" if len(wrong) > _NAMED_MAX else ""
        raise _refusal(path, visible("; ".join(wrong[:_NAMED_MAX])) + more or f"it has no {SUMS}")


def _refusal(path: Path, reason: str) -> InstepError:
    return InstepError(f"{visible(str(path))} is refused: {reason}. Nothing was sent.", _AGAIN)
