"""Freeze the firmware into a MicroPython image: the modules that `instep flash` sends, folded and bundled.

In MicroPython's own tree: make -C ports/rp2 BOARD=RPI_PICO FROZEN_MANIFEST=/path/to/instep/manifest.py

The board file and the programs are data and are not frozen: `instep flash` sends them, and nothing else, to such a
board. Modules in an app slot take precedence over frozen ones. The build's Python has to be 3.11 or newer.
"""

import os
import sys
from pathlib import Path

# MicroPython's build runs this file in its own folder.
root = os.getcwd()
sys.path[:0] = [os.path.join(root, *parts) for parts in ((), ("firmware",), ("host_tools", "cpython"))]

from host_tools.flash.freeze import MARK_FILE, write_frozen_sources  # noqa: E402 - found by the lines above
from host_tools.flash.modules import ROOT_FILES  # noqa: E402

sources = os.path.join(root, "build", "frozen")
write_frozen_sources(Path(sources))

include("$(PORT_DIR)/boards/manifest.py")
package("instep", base_path=sources, opt=3)
for name in (*ROOT_FILES, MARK_FILE):
    module(name, base_path=sources, opt=3)
