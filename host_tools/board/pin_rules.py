"""Check the pins: on the header, used once, capable of their function, no clash of PWM frequencies."""

from collections.abc import Iterable

from host_tools.board.chips import HEADER, LED_GPIO, ON_HEADER, TAKEN, adc_gpio, i2c_function, pwm_channel, pwm_slice
from host_tools.board.draft import Draft
from instep.hal.board import ROLLER_NAMES

TABLE = "pins"
LIGHT = "status_light"
ANALOGUE = ("current_left", "current_right", "supply")
SDA, SCL = "i2c_sda", "i2c_scl"

# The key of the frequency of each PWM pin.
_FREQUENCY_TABLES = {"bridge": "bridges", "heater": "heaters"}


def check_pins(draft: Draft) -> None:
    """Report every pin that cannot serve its signal."""
    _check_header(draft)
    _check_twice(draft)
    _check_i2c(draft)
    _check_analogue(draft)
    _check_encoders(draft)
    _check_pwm(draft)


def _check_header(draft: Draft) -> None:
    for name, gpio in draft.table(TABLE).items():
        if gpio in HEADER or (name == LIGHT and gpio == LED_GPIO):
            continue
        allowed = f"{ON_HEADER}, or {LED_GPIO}" if name == LIGHT else ON_HEADER
        problem = f"is not on the Pico's header, {TAKEN[gpio]}"
        draft.add(TABLE, name, problem, allowed, f"Use a free pin ({draft.free_pins()})")


def _check_twice(draft: Draft) -> None:
    first: dict[int, str] = {}
    for name, gpio in draft.table(TABLE).items():
        if gpio in first:
            allowed = f"each pin once; free: {draft.free_pins()}"
            draft.add(TABLE, name, f"is used twice, also as {TABLE}.{first[gpio]}", allowed, "Move one of the two")
        first.setdefault(gpio, name)


def _check_i2c(draft: Draft) -> None:
    for name, line in ((SDA, "SDA"), (SCL, "SCL")):
        gpio = draft.get(TABLE, name)
        if gpio in HEADER and i2c_function(gpio)[1] != line:
            problem = f"cannot be {line} of an I2C block, only {i2c_function(gpio)[1]}"
            allowed = _listed(pin for pin in HEADER if i2c_function(pin)[1] == line)
            draft.add(TABLE, name, problem, allowed, "Swap the lines")
    sda, scl = draft.get(TABLE, SDA), draft.get(TABLE, SCL)
    if sda in HEADER and scl in HEADER and i2c_function(sda)[1] == "SDA" and i2c_function(scl)[1] == "SCL":
        block = i2c_function(sda)[0]
        if i2c_function(scl)[0] != block:
            problem = f"belongs to I2C{1 - block}, but {TABLE}.{SDA} = {sda} to I2C{block}"
            allowed = _listed(pin for pin in HEADER if i2c_function(pin) == (block, "SCL"))
            draft.add(TABLE, SCL, problem, allowed, "Use the SCL of the same block")


def _check_analogue(draft: Draft) -> None:
    for name in ANALOGUE:
        gpio = draft.get(TABLE, name)
        if gpio in HEADER and gpio not in adc_gpio():
            problem = "cannot measure a voltage: it is no input of the ADC"
            draft.add(TABLE, name, problem, _listed(adc_gpio()), "Use an ADC pin")


def _check_encoders(draft: Draft) -> None:
    for roller in ROLLER_NAMES:
        a, b = (draft.get(TABLE, f"encoder_{roller}_{phase}") for phase in "ab")
        if a is not None and b is not None and b != a + 1:
            problem = f"does not follow {TABLE}.encoder_{roller}_a = {a}, and the PIO reads two neighbours"
            remedy = f"Wire B to GP{a + 1}; if the count runs backwards, name the roller in encoders.reversed"
            draft.add(TABLE, f"encoder_{roller}_b", problem, str(a + 1), remedy)


def _check_pwm(draft: Draft) -> None:
    users = [(name, gpio) for name, gpio in draft.table(TABLE).items() if _frequency_table(name) and gpio in HEADER]
    for index, (name, gpio) in enumerate(users):
        for other, taken in users[:index]:
            if gpio == taken or pwm_slice(gpio) != pwm_slice(taken):
                continue
            where = f"PWM slice {pwm_slice(gpio)}"
            if pwm_channel(gpio) == pwm_channel(taken):
                problem = (
                    f"shares {where}, channel {pwm_channel(gpio)}, with {TABLE}.{other} = {taken}: one duty for both"
                )
                draft.add(TABLE, name, problem, "a slice and channel of its own", _other_pin(draft))
            elif _frequency(draft, name) != _frequency(draft, other):
                problem = (
                    f"shares {where} with {TABLE}.{other} = {taken}, which runs at {_frequency(draft, other)} Hz, "
                    f"not at {_frequency(draft, name)} Hz"
                )
                draft.add(TABLE, name, problem, "a slice with the same frequency", _other_pin(draft))


def _frequency_table(name: str) -> str | None:
    return _FREQUENCY_TABLES.get(name.partition("_")[0])


def _frequency(draft: Draft, name: str) -> int | None:
    table = _frequency_table(name)
    return draft.get(table, "pwm_hz") if table else None


def _other_pin(draft: Draft) -> str:
    return f"Move one of the two (free: {draft.free_pins()}; slice = GPIO / 2 modulo 8, channel A is even)"


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
