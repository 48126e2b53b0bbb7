"""The digest of the code and data on which a campaign's runs depend."""

import hashlib
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("boards/reference", "firmware", "host_tools/cpython", "host_tools/machine", "host_tools/program", "sim")
_SUFFIXES = (".py", ".toml")


@cache
def code_digest() -> str:
    """Return the digest of firmware, plant, people, programs and figures; the same files, the same digest."""
    whole = hashlib.sha256()
    paths = (path for folder in _FOLDERS for path in (_ROOT / folder).rglob("*") if path.suffix in _SUFFIXES)
    for path in sorted(paths, key=lambda path: path.relative_to(_ROOT).as_posix()):
        whole.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]
