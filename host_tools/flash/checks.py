"""Refuse a board that cannot run the image, before anything is sent."""

from host_tools.errors import InstepError
from host_tools.flash.image import Image
from host_tools.flash.micropython import MIN_VERSION, NAMES, install_advice
from host_tools.flash.plan import Plan
from host_tools.flash.report import BoardReport, FrozenFirmware

_KIB = 1024
_MPY_VERSION_MASK = 0xFF


def check_board(report: BoardReport, image: Image, chip: str) -> None:
    """Raise InstepError unless the board has the MicroPython and the chip of the image."""
    if report.python != "micropython":
        raise InstepError(
            f"The board runs {report.python}, and Instep needs MicroPython.",
            f"Put another there: {install_advice(chip)}",
        )
    if not report.machine.endswith(NAMES[chip]):
        raise InstepError(
            f"The board is a {report.machine}, and the firmware was made for an {NAMES[chip]}.",
            f"Choose the board that you have, as in: instep flash --board {_other_board(report.machine)}",
        )
    if report.version[: len(MIN_VERSION)] < MIN_VERSION:
        has, needs = _dotted(report.version), _dotted(MIN_VERSION)
        raise InstepError(
            f"The board runs MicroPython {has}, and Instep needs at least {needs}.",
            f"Put another there: {install_advice(chip)}",
        )
    if image.mpy_version not in (None, report.mpy & _MPY_VERSION_MASK):
        raise InstepError(
            f"The board reads compiled files of version {report.mpy & _MPY_VERSION_MASK}, "
            f"and Instep makes those of version {image.mpy_version}.",
            f"Put another there: {install_advice(chip)}",
        )


def check_frozen(frozen: FrozenFirmware | None, image: Image) -> None:
    """Raise InstepError if the firmware frozen into the board's MicroPython has another version than the image."""
    if frozen is not None and frozen.version != image.version:
        raise InstepError(
            f"The firmware frozen into this board's MicroPython is version {frozen.version}, "
            f"and board file and programs here are made for version {image.version}.",
            "Build and copy the board's image again (manifest.py says how), or put this firmware before the frozen "
            "one: instep flash --over-frozen",
        )


def check_room(plan: Plan, report: BoardReport) -> None:
    """Raise InstepError if the board has no room for the files of the plan."""
    if plan.needed_bytes > report.free_bytes:
        raise full_disk(f"{plan.needed_bytes // _KIB} KiB are needed, {report.free_bytes // _KIB} KiB are free")


def full_disk(cause: str) -> InstepError:
    """Return the error for a board whose files leave no room."""
    return InstepError(
        f"The board's disk is full: {cause}.",
        "See what else is there, delete it, then run the command again: mpremote tree :/",
    )


def _other_board(machine: str) -> str:
    return "pico2" if machine.endswith(NAMES["rp2350"]) else "pico"


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
