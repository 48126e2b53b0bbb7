"""Votes over the last three samples of a reading, kept as bits: the newest in bit 0, 1 = the sample is bad."""

LAST_THREE = 0b111

# Votes for "bad" by the three bits: how many are set.
VOTES = bytes((0, 1, 1, 2, 1, 2, 2, 3))
