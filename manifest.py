"""Freeze the firmware into a MicroPython image.

In MicroPython's own tree: make -C ports/rp2 BOARD=RPI_PICO FROZEN_MANIFEST=/path/to/instep/manifest.py

Programs and the board file are data and are not frozen: `instep flash` sends them, together with the whole firmware.
Modules in an app slot take precedence over frozen ones.
"""

include("$(PORT_DIR)/boards/manifest.py")
package("instep", base_path="firmware", opt=3)
module("ab_boot.py", base_path="firmware", opt=3)
