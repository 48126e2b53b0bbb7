"""Check board files, compile them for the firmware, draw them."""
