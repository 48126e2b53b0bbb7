"""Make every output safe before anything else is loaded; until then the circuit's pull resistors hold them off.

The pins are the same on every board of `boards/`. They are numbers here because reading a file first would take time.
"""

from machine import Pin

BRIDGES = (2, 3, 4, 5, 6, 7, 8, 9)  # both inputs of a bridge low: the motor coasts
HEATERS = (16, 17)
SERVOS_OFF = 20  # output-enable of the servo chip, active low
RELAY = 21

Pin(RELAY, Pin.OUT, value=0)
Pin(SERVOS_OFF, Pin.OUT, value=1)
for gpio in BRIDGES + HEATERS:
    Pin(gpio, Pin.OUT, value=0)
