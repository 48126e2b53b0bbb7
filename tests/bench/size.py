"""How much of a board the firmware takes: its files, and its memory on a MicroPython VM of 32 bits."""

from collections.abc import Iterator
from pathlib import Path

from host_tools.flash.compile import compile_firmware
from host_tools.program.load import load_program
from instep.hal.calibration import FIELDS
from tests.bench.figure import Figure
from tests.vm import harness

_KIB = 1024
_FILES_MAX_KIB = 64
_HEAP_MAX_KIB = 96
_PROGRAM = "classic"
_BOARD = Path(harness.__file__).with_name("board.py")

# A step ends at the VM's top level: only there its collector frees what is not in use any more.
_STEPS = (
    "import gc\ngc.collect()",
    "before = gc.mem_alloc()\nfrom instep import app\nloaded = app",
    "gc.collect()",
    "modules = gc.mem_alloc()\nfrom board import Line, make\ncalibration = %r\nline = Line()",
    "gc.collect()",
    "double = gc.mem_alloc() - modules\nboard, app = make(calibration, [open('/program.bin', 'rb').read()], line)",
    "gc.collect()",
    "print(modules - before, gc.mem_alloc() - before - double)",
)


def measure() -> Iterator[Figure]:
    """Yield the size of the compiled files, and the memory in use with a program loaded."""
    sizes = [len(data) for data in compile_firmware().values()]
    size_kib = sum(sizes) / _KIB
    yield Figure(
        f"installed: {len(sizes)} .mpy files",
        f"{size_kib:.1f} KiB",
        f"≤ {_FILES_MAX_KIB} KiB",
        holds=size_kib <= _FILES_MAX_KIB,
    )
    modules, used = heap_bytes()
    yield Figure(
        f"heap with {_PROGRAM} loaded, board and drivers not counted",
        f"{used / _KIB:.1f} KiB, {modules / _KIB:.1f} of it modules",
        f"≤ {_HEAP_MAX_KIB} KiB",
        holds=used <= _HEAP_MAX_KIB * _KIB,
    )


def heap_bytes() -> tuple[int, int]:
    """Return how much of the VM's heap the modules take, and how much they and all objects, with a program loaded."""
    files = {"/program.bin": load_program(_PROGRAM).data, "/lib/board.py": _BOARD.read_bytes()}
    calibration = {name: (minimum + maximum) // 2 for name, minimum, maximum in FIELDS}
    steps = [step.replace("%r", repr(calibration)) for step in _STEPS]
    modules, used = map(int, harness.run_on_vm("", files, steps=steps).split())
    return modules, used
