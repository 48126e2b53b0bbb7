"""Describe the chips and the Pico's header: facts from the datasheets only.

Sources: RP2040 Datasheet 1.4.3 "GPIO Functions", 2.18 (PLL), 3.5.1 (PIO), 4.5.2 (PWM), 4.9 (ADC); RP2350 Datasheet
1.2.3, 8.6 (PLL), 11.1, 12.5.2, 12.4 and erratum RP2350-E9; Raspberry Pi Pico and Pico 2 Datasheets 2.1 "pinout". Up to
GPIO 29 both chips map I²C, PWM and ADC alike; PWM slices 8 to 11 need pins that the RP2350A of the Pico 2 lacks.
"""

from dataclasses import dataclass

# GPIO number: pin of the Pico's header.
HEADER = {
    0: 1, 1: 2, 2: 4, 3: 5, 4: 6, 5: 7, 6: 9, 7: 10, 8: 11, 9: 12, 10: 14, 11: 15, 12: 16, 13: 17, 14: 19, 15: 20,
    16: 21, 17: 22, 18: 24, 19: 25, 20: 26, 21: 27, 22: 29, 26: 31, 27: 32, 28: 34,
}  # fmt: skip
HEADER_PINS = 40
ON_HEADER = "0 to 22 and 26 to 28"

# The header's other pins.
POWER = {
    3: "GND", 8: "GND", 13: "GND", 18: "GND", 23: "GND", 28: "GND", 30: "RUN", 33: "AGND", 35: "ADC_VREF",
    36: "3V3", 37: "3V3_EN", 38: "GND", 39: "VSYS", 40: "VBUS",
}  # fmt: skip

# GPIO used on the Pico itself.
LED_GPIO = 25
TAKEN = {
    23: "it sets the mode of the Pico's power supply",
    24: "it senses the Pico's USB power",
    LED_GPIO: "it is the Pico's own LED",
    29: "it measures the Pico's own supply",
}

_SLICES = 8
_I2C_INSTANCES = 2
_ADC_FIRST_GPIO = 26
_ADC_LAST_HEADER_GPIO = 28

_CRYSTAL_MHZ = 12
_VCO_MHZ = range(750, 1600 + 1)
_PLL_DIVIDERS = range(1, 7 + 1)

PIO_BLOCK_MACHINES = 4
PIO_BLOCK_INSTRUCTIONS = 32

# The maximum pull-down resistor of an input on an RP2350 (erratum RP2350-E9, stepping A2).
E9_PULL_MAX_OHM = 8_200


@dataclass(frozen=True)
class Chip:
    """The properties that differ between the chips; `module` is the Pico that carries the chip.

    `pull_max_ohm` is the maximum resistor to GND that reliably holds a pin low, `pull_reason` says why.
    """

    title: str
    module: str
    core_max_mhz: int
    pio_blocks: int
    pull_max_ohm: int
    pull_reason: str


CHIPS = {
    "rp2040": Chip("RP2040", "Pico", 200, 2, 10_000, "a longer wire picks up more than a weaker resistor can hold"),
    "rp2350": Chip("RP2350", "Pico 2", 150, 3, E9_PULL_MAX_OHM, "erratum RP2350-E9: a pin can source 120 µA"),
}


def can_core_run_at(mhz: int) -> bool:
    """Return True if the PLL can make `mhz` of the 12 MHz crystal: 750 to 1600 MHz, divided twice by 1 to 7."""
    made = (mhz * first * second for first in _PLL_DIVIDERS for second in _PLL_DIVIDERS)
    return any(vco % _CRYSTAL_MHZ == 0 and vco in _VCO_MHZ for vco in made)


def i2c_function(gpio: int) -> tuple[int, str]:
    """Return the I²C block (0 or 1) that a GPIO can serve, and its line (SDA or SCL)."""
    return gpio // 2 % _I2C_INSTANCES, "SCL" if gpio % 2 else "SDA"


def pwm_slice(gpio: int) -> int:
    """Return the PWM slice of a GPIO (0..29); a slice has one frequency."""
    return gpio // 2 % _SLICES


def pwm_channel(gpio: int) -> str:
    """Return the PWM channel of a GPIO in its slice; a channel has one duty cycle."""
    return "B" if gpio % 2 else "A"


def adc_gpio() -> tuple[int, ...]:
    """Return the GPIO of the header that the ADC can measure."""
    return tuple(range(_ADC_FIRST_GPIO, _ADC_LAST_HEADER_GPIO + 1))
