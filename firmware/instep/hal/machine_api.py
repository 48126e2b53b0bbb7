"""What the drivers ask of MicroPython's `machine`: only calls that neither allocate nor wait.

Only type checkers import this file; it is not installed on the board. `rp2.py` hands the real objects in, the tests
hand in doubles that follow the chips' data sheets.
"""

from typing import Any, Protocol


class I2c(Protocol):
    """`machine.I2C`: its `writeto_mem` is left out on purpose, the rp2 port copies into a new buffer there."""

    def writeto(self, address: int, buffer: "bytes | bytearray | memoryview", stop: bool = True, /) -> int:
        """Write all of `buffer`; return how many bytes were acknowledged, raise OSError if the address was not."""

    def readfrom_into(self, address: int, buffer: bytearray, stop: bool = True, /) -> None:
        """Fill `buffer`; raise OSError."""


class Pwm(Protocol):
    """`machine.PWM`."""

    def duty_u16(self, duty: int, /) -> None:
        """Set the share of time that the pin is high, 0..65535; both ends are constant levels."""


class Pin(Protocol):
    """`machine.Pin`."""

    def value(self) -> int:
        """Return the pin's level."""

    def on(self) -> None:
        """Drive or release the pin high."""

    def off(self) -> None:
        """Drive the pin low."""


class Adc(Protocol):
    """`machine.ADC`."""

    def read_u16(self) -> int:
        """Return 0..65535 of the reference."""


class Registers(Protocol):
    """`machine.mem32`."""

    def __getitem__(self, address: int, /) -> int:
        """Return a register."""

    def __setitem__(self, address: int, value: int, /) -> None:
        """Write a register."""


class Watchdog(Protocol):
    """`machine.WDT`."""

    def feed(self) -> None:
        """Put off the reset."""


class Chip(Protocol):
    """The module `machine`, for what is made after the start; the stubs' overloads do not know all arguments."""

    @property
    def Pin(self) -> Any:  # noqa: N802
        """Return the class of pins."""

    @property
    def I2C(self) -> Any:  # noqa: N802
        """Return the class of I2C controllers."""

    @property
    def Timer(self) -> Any:  # noqa: N802
        """Return the class of timers."""

    @property
    def WDT(self) -> Any:  # noqa: N802
        """Return the class of watchdogs."""
