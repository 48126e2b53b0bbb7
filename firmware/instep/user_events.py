"""The user's events, one bit each: from the six buttons (in the order of their pins) or from the laptop."""

START = 1
STOP = 2
PROGRAM = 4
MINUS = 8
PLUS = 16
HEAT = 32
BUTTONS = 63
# Added by holding a button: INTENSITY repeats, STOP switches the machine off.
MINUS_AGAIN = 64
PLUS_AGAIN = 128
POWER = 256
# PROGRAM and HEAT act when they are released; held for a second they mean these instead.
PROGRAM_HELD = 8192
HEAT_HELD = 16384
# Only from the laptop: each does one thing in the states where it is allowed, and nothing in the others.
BEGIN = 512
PAUSE = 1024
RESUME = 2048
NEXT = 4096

NAMES = ("start", "stop", "program", "minus", "plus", "heat")
