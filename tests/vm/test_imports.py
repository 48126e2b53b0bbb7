"""Every module of the firmware that needs no hardware is imported by MicroPython."""

import pytest

from host_tools.flash.modules import board_modules
from tests.vm.harness import VmError, run_on_vm

# Modules that import what only the chip has, themselves or through another.
NEEDS_HARDWARE = frozenset({"instep.hal.rp2", "instep.run"})

MODULES = sorted(board_modules().sources.keys() - NEEDS_HARDWARE)


def test_micropython_imports_every_module_that_needs_no_hardware():
    imports = "\n".join(f"import {name}" for name in MODULES)
    assert run_on_vm(f"{imports}\nprint('imported')") == "imported\n"


def test_the_vm_runs_the_compiled_firmware_on_micropython_1_28():
    code = "import sys, instep.core\nprint(sys.implementation[0], sys.implementation[1][:2], instep.core.__file__)"
    assert run_on_vm(code) == "micropython (1, 28) /lib/instep/core.mpy\n"


DOUBLE = """
import micropython
def double(n):
    micropython.heap_lock()
    return n - 1 + n
print(double(1 << {}))
"""


def test_small_integers_are_as_small_as_on_the_board():
    assert run_on_vm(DOUBLE.format(29)) == f"{2**30 - 1}\n"
    with pytest.raises(VmError, match="MemoryError"):
        run_on_vm(DOUBLE.format(30))


def test_an_exception_on_the_vm_is_raised_with_its_traceback():
    with pytest.raises(VmError, match="ValueError: left foot"):
        run_on_vm("raise ValueError('left foot')")


def test_files_reach_the_vm_byte_for_byte():
    data = bytes(range(256))
    code = "import binascii\nprint(binascii.hexlify(open('/data/deep/all.bin', 'rb').read()).decode())"
    assert run_on_vm(code, {"/data/deep/all.bin": data}) == f"{data.hex()}\n"
