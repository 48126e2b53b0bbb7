"""What a massage gives to a foot: its dose on the skin, and its figures."""
