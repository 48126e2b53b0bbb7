"""The built page for all tests of a run: made once, whichever process comes first."""

import fcntl
from pathlib import Path

from sim.page.build import build


def built_page(base: Path) -> Path:
    """Return the folder of the page that belongs to this run, and build it if nobody has yet."""
    folder = base / "page"
    with (base / "page.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "page.done").exists():
            build(folder)
            (base / "page.done").touch()
    return folder
