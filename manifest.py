"""Freeze the firmware into a MicroPython image.

In MicroPython's own tree: make -C ports/rp2 BOARD=RPI_PICO FROZEN_MANIFEST=/path/to/instep/manifest.py

Programs and the board file are data, which no image freezes: `mpremote mip install package.json` brings them, and
`instep flash` a whole newer firmware; what is in a slot goes before what is frozen.
"""

include("$(PORT_DIR)/boards/manifest.py")
package("instep", base_path="firmware", opt=3)
module("ab_boot.py", base_path="firmware", opt=3)
