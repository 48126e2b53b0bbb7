"""Start the firmware of the slot that `slots` chooses."""

import slots

slots.start()
