"""What a person can ask for: one bit each, from the six buttons (in the order of their pins) or from the laptop."""

START = 1
STOP = 2
PROGRAM = 4
MINUS = 8
PLUS = 16
HEAT = 32
# What holding a button adds: INTENSITY goes on by itself, STOP switches the machine off.
MINUS_AGAIN = 64
PLUS_AGAIN = 128
POWER = 256
# What only the laptop asks for: each does one thing in the states where it is lawful, and nothing in the others.
BEGIN = 512
PAUSE = 1024
RESUME = 2048
NEXT = 4096

NAMES = ("start", "stop", "program", "minus", "plus", "heat")
