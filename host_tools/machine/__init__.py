"""Read the figures of a machine's mechanics and derive the firmware's calibration from them."""
