"""The chips on the emulated bus do what their data sheets say; no image is needed for that."""

import pytest

from instep.units import NS_PER_MS
from tests.emulator.chips.ads1115 import Ads1115
from tests.emulator.chips.chip import Chip
from tests.emulator.chips.mcp23017 import GPIO as GPIO_A
from tests.emulator.chips.mcp23017 import GPPU, IODIR, IPOL, OLAT, Mcp23017
from tests.emulator.chips.pca9685 import ALL_ON_L, LED0_ON_L, MODE1, PRE_SCALE, Pca9685
from tests.emulator.chips.ssd1306 import WIDTH, Ssd1306

AUTO_INCREMENT = 0x20
ASLEEP = 0x30
FIFTY_HZ = 121


def write(chip: Chip, *values: int) -> None:
    chip.start(False)
    assert all(chip.write(value) for value in values)
    chip.stop()


def read(chip: Chip, count: int) -> list[int]:
    chip.start(True)
    values = [chip.read() for _ in range(count)]
    chip.stop()
    return values


@pytest.fixture
def servos() -> Pca9685:
    chip = Pca9685(0x40)
    chip.is_enabled = True
    write(chip, MODE1, ASLEEP)
    write(chip, PRE_SCALE, FIFTY_HZ)
    write(chip, MODE1, AUTO_INCREMENT)
    return chip


def test_the_servo_chip_makes_the_pulses_that_its_counts_say(servos):
    write(servos, LED0_ON_L + 4, 0, 0, 0x33, 0x01, 100, 0, 100 + 154, 0)

    assert servos.pulse_us(1) == pytest.approx(307 / 4096 * 4096 * 122 / 25)
    assert servos.pulse_us(2) == pytest.approx(154 / 4096 * 4096 * 122 / 25)
    assert servos.pulse_us(0) == 0


@pytest.mark.parametrize(
    "cut", [lambda chip: setattr(chip, "is_enabled", False), lambda chip: write(chip, MODE1, ASLEEP)]
)
def test_the_servo_chip_makes_no_pulses_when_disabled_or_asleep(servos, cut):
    write(servos, ALL_ON_L, 0, 0, 0x33, 0x01)
    assert all(servos.pulses_us())

    cut(servos)

    assert not any(servos.pulses_us())


def test_the_servo_chip_takes_its_prescaler_only_while_asleep(servos):
    write(servos, PRE_SCALE, 30)

    assert servos.registers[PRE_SCALE] == FIFTY_HZ


def test_without_auto_increment_every_value_goes_into_one_register(servos):
    write(servos, MODE1, 0)
    write(servos, LED0_ON_L, 1, 2, 3)

    assert list(servos.registers[LED0_ON_L : LED0_ON_L + 2]) == [3, 0]


def test_the_adc_answers_after_its_conversion_time_and_not_before():
    now = [0.0]
    adc = Ads1115(0x48, lambda: now[0])
    adc.inputs_mv[2] = 1000.0
    write(adc, 1, 0xE3, 0xE3)  # start AIN2 against ground, ±4.096 V, single shot, 860 SPS
    write(adc, 0)

    now[0] = 1.1 * NS_PER_MS
    assert read(adc, 2) == [0, 0]

    now[0] = 1.3 * NS_PER_MS
    assert read(adc, 2) == list((8000).to_bytes(2, "big"))


def test_a_slow_adc_takes_longer():
    now = [0.0]
    adc = Ads1115(0x48, lambda: now[0])
    adc.slow = 1.1
    write(adc, 1, 0xC3, 0xE3)
    now[0] = 1.25 * NS_PER_MS
    assert not read(adc, 1)[0] & 0x80
    now[0] = 1.35 * NS_PER_MS
    assert read(adc, 1)[0] & 0x80


def test_expander_inputs_are_what_drives_them_or_their_pull_up():
    chip = Mcp23017(0x20)
    chip.driven[3] = True
    assert read_port(chip) == [0b0000_1000, 0]

    write(chip, GPPU, 0xFF, 0x01)
    chip.driven[0] = False
    assert read_port(chip) == [0b1111_1110, 1]

    write(chip, IPOL, 0xFF, 0)
    assert read_port(chip) == [1, 1]


def test_expander_outputs_are_what_was_written():
    chip = Mcp23017(0x20)
    write(chip, IODIR, 0x7F, 0x7F)
    write(chip, OLAT, 0x80, 0x00)

    assert chip.level(7) and chip.is_output(7)
    assert not chip.level(15) and chip.is_output(15)


def read_port(chip: Mcp23017) -> list[int]:
    write(chip, GPIO_A)
    return read(chip, 2)


def test_the_display_shows_what_was_written_to_its_window():
    display = Ssd1306(0x3C)
    write(display, 0x00, 0x8D, 0x14, 0xA1, 0xC8, 0x20, 0x00, 0x21, 10, 12, 0x22, 2, 3, 0xAF)
    write(display, 0x40, 0x01, 0x80, 0xFF, 0x00, 0x02)

    picture = display.picture()
    lit = {(x, y) for x in range(WIDTH) for y in range(64) if picture.getpixel((x, y))}
    assert lit == {(10, 16), (11, 23), (11, 25), *((12, 16 + row) for row in range(8))}
    assert not display.unknown


def test_the_display_is_dark_without_its_charge_pump():
    display = Ssd1306(0x3C)
    write(display, 0x00, 0xAF, 0x40)
    write(display, 0x40, *[0xFF] * WIDTH)

    assert display.picture().getbbox() is None
