"""The digest of the code and data on which a simulation depends."""

import hashlib
from functools import cache
from pathlib import Path

from host_tools.data_folders import BOARDS, PACKAGES, PROGRAMS
from host_tools.errors import InstepError

_CODE = Path(__file__).resolve().parents[1]
# Name in the digest: folder, wherever a checkout or an installed wheel has it.
_FOLDERS = {
    "boards": BOARDS / "reference",
    "firmware": PACKAGES / "instep",
    "programs": PROGRAMS,
    "cpython": _CODE / "host_tools" / "cpython",
    "machine": _CODE / "host_tools" / "machine",
    "program": _CODE / "host_tools" / "program",
    "sim": _CODE / "sim",
}
_SUFFIXES = (".py", ".toml")


@cache
def code_digest() -> str:
    """Return the digest of firmware, plant, people, programs and figures; the same files, the same digest."""
    whole = hashlib.sha256()
    for name, folder in _FOLDERS.items():
        paths = (path for path in folder.rglob("*") if path.suffix in _SUFFIXES)
        for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
            whole.update(f"{name}/{path.relative_to(folder).as_posix()}\0".encode())
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def require_code(code: str) -> None:
    """Raise InstepError if the code of this process, a worker's, has another digest than `code`."""
    if code_digest() != code:
        raise InstepError("A worker of the cluster has other code.", "Install the same version everywhere.")
