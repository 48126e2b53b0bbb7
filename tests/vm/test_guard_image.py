"""On MicroPython the installed files are held against the manifest that the laptop writes."""

import pytest

from host_tools.flash.image import Image
from instep.guard.firmware_check import DAMAGED, SOUND
from tests.vm.harness import run_on_vm

_TEST = """
from instep.guard.firmware_check import FirmwareCheck
test = FirmwareCheck("/a", lambda path: open(path, "rb"))
while test.slice():
    pass
print(test.state, test.damaged)
"""
_CONTENTS = {"instep/app.mpy": bytes(range(256)) * 9, "programs/demo.bin": b"demo"}


@pytest.mark.parametrize(
    ("path", "content", "outcome"),
    [
        ("board.bin", b"whole", f"{SOUND} b''"),
        ("programs/demo.bin", b"damaged", f"{DAMAGED} b'programs/demo.bin'"),
    ],
)
def test_micropython_finds_the_damaged_files(path, content, outcome):
    files = {f"/a/{name}": data for name, data in _CONTENTS.items()}
    files["/a/manifest"] = Image(_CONTENTS, {}).manifest.encode()
    assert run_on_vm(_TEST, files | {f"/a/{path}": content}) == outcome + "\n"
