"""A board for the tests: MicroPython itself, its prompt on a TCP port, files that outlive a reset, a cable to pull."""

import base64
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from host_tools.flash.compile import compile_mpy
from host_tools.flash.image import Image
from tests.vm.harness import NODE, VM

_BOARD = Path(__file__).with_name("board.mjs")
# A firmware that is well at once, and leaves the prompt.
HEALTHY = "def main(folder, confirm, maintain):\n    confirm()\n"
PICO = "Raspberry Pi Pico with RP2040"


class VmBoard:
    """A running board; `port` is what --port takes."""

    def __init__(self, **implementation: Any) -> None:
        """Power it up; `implementation` is what differs in its `sys.implementation`."""
        command: list[str | Path] = [NODE, _BOARD, VM, json.dumps({"_machine": PICO, **implementation})]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = f"socket://127.0.0.1:{self._answer()['port']}"

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def _ask(self, **request: Any) -> Any:
        assert self._process.stdin is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return self._answer()

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(5)

    def files(self) -> dict[str, bytes]:
        """Return all files by path."""
        return {path: base64.b64decode(data) for path, data in self._ask(do="files").items()}

    def put(self, files: dict[str, bytes]) -> None:
        """Write files by path."""
        self._ask(do="put", files={path: base64.b64encode(data).decode() for path, data in files.items()})

    def power_cycle(self) -> None:
        """Power off and on."""
        self._ask(do="power")

    def pull_cable_after(self, count: int) -> None:
        """Pull the cable when `count` more bytes have come from the laptop."""
        self._ask(do="cut", bytes=count)

    def reset_after(self, count: int) -> None:
        """Let the board reset by itself when `count` more bytes have come from the laptop."""
        self._ask(do="fall", bytes=count)

    def plug_in(self) -> None:
        """Plug the cable in again."""
        self._ask(do="plug")


def compiled(source: str) -> bytes:
    """Return the .mpy of a module's source."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "module.py"
        path.write_text(source)
        compile_mpy(path, path.with_suffix(".mpy"))
        return path.with_suffix(".mpy").read_bytes()


def installed(image: Image, slot: str, pointer: str) -> dict[str, bytes]:
    """Return the files of a board that runs `image` from `slot`."""
    files = {f"/{slot}/{path}": data for path, data in image.files.items()}
    roots = {f"/{name}": data for name, data in image.roots.items()}
    return files | roots | {f"/{slot}/manifest": image.manifest.encode(), "/slot": pointer.encode()}
