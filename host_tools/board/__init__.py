"""Boards: check what their files say, compile them for the firmware, draw them."""
