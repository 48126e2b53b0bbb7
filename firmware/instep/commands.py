"""What a person can ask for: one bit each, from the six buttons (in the order of their pins) or from the laptop."""

START = 1
STOP = 2
PROGRAM = 4
MINUS = 8
PLUS = 16
HEAT = 32
NAMES = ("start", "stop", "program", "minus", "plus", "heat")
