"""Start the firmware of the slot that `ab_boot` chooses."""

import ab_boot

ab_boot.start()
