"""The emulated machine carries signals both ways: MicroPython's outputs are seen, and its inputs can be set."""

import pytest

from tests.emulator.machine import Machine
from tests.emulator.raw_repl import BoardError, run_code

BUS = "from machine import I2C, Pin\ni2c = I2C(0, sda=Pin(0), scl=Pin(1), freq=400_000)\n"
# Nine bits a byte at 400 kHz: 22.5 us.
US_PER_BYTE = 22.5


def test_micropython_is_new_enough(machine: Machine):
    version = run_code(machine.pico, "import sys; print(sys.implementation.version[:2])")

    assert eval(version) >= (1, 28)


def test_an_exception_on_the_board_is_reported(machine: Machine):
    with pytest.raises(BoardError, match="ZeroDivisionError"):
        run_code(machine.pico, "1 // 0")


def test_a_bridge_sees_the_duty_of_its_pins(machine: Machine):
    run_code(
        machine.pico,
        "from machine import PWM, Pin\na = PWM(Pin(2), freq=20_000, duty_u16=16384)\nb = PWM(Pin(3), freq=20_000)\n"
        "b.duty_u16(0)",
    )

    assert machine.bridges[0].duty_permille == pytest.approx(250, abs=1)
    assert not machine.bridges[0].is_coasting
    assert machine.bridges[1].is_coasting


def test_a_pin_that_is_held_low_is_low_whatever_its_pwm_does(machine: Machine):
    run_code(
        machine.pico,
        "import machine\nfrom machine import PWM, Pin\na = PWM(Pin(16), freq=250, duty_u16=32768)\n"
        "machine.mem32[0x4001_4004 + 8 * 16] |= 2 << 8",
    )

    assert machine.heaters[0].permille == 0


def test_bytes_on_the_bus_take_their_time(machine: Machine):
    spent = run_code(
        machine.pico,
        BUS + "import time\nt = time.ticks_us()\ni2c.writeto_mem(0x40, 6, bytes(64))\n"
        "print(time.ticks_diff(time.ticks_us(), t))",
    )

    assert 66 * US_PER_BYTE < int(spent) < 66 * US_PER_BYTE + 300


def test_a_chip_that_is_silent_is_not_heard(machine: Machine):
    ask = BUS + "print(i2c.readfrom_mem(0x20, 0x12, 1)[0])"
    assert int(run_code(machine.pico, ask)) & 0x3F == 0x3F

    machine.expander.is_silent = True

    with pytest.raises(BoardError, match="EIO"):
        run_code(machine.pico, ask)


def test_a_held_bus_times_out_until_it_is_clocked_free(machine: Machine):
    machine.bus.hold_sda(5)
    with pytest.raises(BoardError, match="ETIMEDOUT"):
        run_code(machine.pico, BUS + "i2c.readfrom(0x20, 1)")
    assert machine.bus.is_stuck

    run_code(
        machine.pico,
        "import time\nscl = Pin(1, Pin.OPEN_DRAIN, value=1)\n"
        "for _ in range(9):\n    scl.off()\n    time.sleep_us(5)\n    scl.on()\n    time.sleep_us(5)",
    )
    assert not machine.bus.is_stuck
    run_code(machine.pico, BUS + "i2c.readfrom(0x20, 1)")


def test_buttons_feet_and_emergency_stop_reach_the_board(machine: Machine):
    machine.press("start")
    machine.put_foot(1, False)
    machine.set_emergency_stop(True)

    seen = run_code(machine.pico, BUS + "print(i2c.readfrom_mem(0x20, 0x12, 2)[0] & 0x3F, Pin(22, Pin.IN).value())")

    assert seen.split() == [str(0x3F & ~1), "0"]


PULSES = """
import time
from machine import Pin
relay = Pin(21, Pin.OUT)
for _ in range({}):
    relay.off()
    time.sleep_ms(3)
    relay.on()
    time.sleep_ms({})
"""


def test_pulses_hold_the_relay_over_two_missed_ticks_and_a_level_does_not(machine: Machine):
    run_code(machine.pico, PULSES.format(5, 7))
    assert machine.is_relay_closed
    machine.pico.run_ms(50)
    assert machine.relay_pin.is_high and not machine.is_relay_closed

    run_code(machine.pico, PULSES.format(5, 27))
    assert machine.is_relay_closed


def test_the_emergency_stop_opens_the_relay_whatever_the_pulses(machine: Machine):
    run_code(machine.pico, PULSES.format(5, 7))
    machine.set_emergency_stop(True)
    machine.pico.run_ms(10)
    assert machine.is_relay_held and not machine.is_relay_closed


def test_an_encoder_turns_evenly_and_both_ways(machine: Machine):
    encoder = machine.encoders[0]
    encoder.go_to(40, 5)
    machine.pico.run_ms(2.5)
    assert 18 <= encoder.counts <= 21
    machine.pico.run_ms(3)
    assert encoder.counts == 40

    encoder.go_to(30, 5)
    machine.pico.run_ms(6)

    assert encoder.counts == 30
    run_code(machine.pico, "from machine import Pin; Pin(10, Pin.IN); Pin(11, Pin.IN)")
    pins = [machine.pico.mcu.gpio[pin].input_value for pin in (10, 11)]
    assert pins == [True, True]  # 30 edges: two behind a whole turn of the pattern


def test_the_watchdog_resets_and_its_first_scratch_register_lives_on(machine: Machine):
    pico = machine.pico
    run_code(pico, "from machine import mem32, WDT; mem32[0x4005_800C] = 4711; WDT(timeout=100)")

    assert pico.run_until(lambda: bool(pico.resets), within_ms=150) > 80
    assert run_code(pico, "import machine; print(machine.reset_cause(), machine.mem32[0x4005_800C])").split() == [
        "3",
        "4711",
    ]

    pico.power_cycle()
    assert run_code(pico, "import machine; print(machine.mem32[0x4005_800C])").strip() == "0"


def test_files_outlive_a_reset(machine: Machine):
    run_code(machine.pico, "f = open('/new', 'w'); f.write('kept'); f.close()")
    machine.pico.power_cycle()

    assert run_code(machine.pico, "print(open('/new').read())").strip() == "kept"


def test_a_program_that_hangs_still_has_its_interrupts_and_its_watchdog(machine: Machine):
    pico = machine.pico
    run_code(
        pico,
        "from machine import Pin, Timer, WDT\nlight = Pin(25, Pin.OUT)\n"
        "timer = Timer(-1, period=20, callback=lambda _: light.on(), hard=True)\nWDT(timeout=200)",
    )
    pico.hang()

    pico.run_until(lambda: machine.status_light.is_high, 40)
    pico.run_until(lambda: bool(pico.resets), 300)
