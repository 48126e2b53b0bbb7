"""Making the hardware of a board: safe outputs first, its own clock, pins, addresses and registers."""

import pytest

from host_tools.board.load import load_board
from instep.hal.board import ROLLER_NAMES, Board, BoardError
from tests.firmware.hal.board_rig import BOARD, POWERED, BoardRig
from tests.firmware.hal.chip_modules import VREG, Chip, install


@pytest.fixture
def machine(monkeypatch):
    return BoardRig(monkeypatch)


def test_everything_is_off_at_the_start(machine):
    assert machine.pin("relay").level == 0
    assert machine.pin("servo_disable").level == 1
    assert all(machine.chip.pwms[BOARD.pins[name]].duty == 0 for name in POWERED)
    assert machine.chip.watchdogs == []


def board_at(mhz, name="pico"):
    """Return a board whose core is to run at so many MHz."""
    board = Board(load_board(name).data)
    board.ratings["core_mhz"] = mhz
    return board


def steps(machine):
    """Return the calls that concern the clock, in order, each once."""
    return list(dict.fromkeys(what for what, _ in machine.chip.clocked))


def test_the_core_gets_its_voltage_and_then_its_clock_before_anything_is_derived_from_it(machine):
    assert steps(machine) == ["voltage", "clock", "derived"]
    assert machine.chip.registers[VREG] == 0xC1
    assert machine.chip.frequency_hz == 200_000_000


def test_a_core_at_133_mhz_or_less_keeps_its_voltage(monkeypatch):
    machine = BoardRig(monkeypatch, board_at(132))

    assert steps(machine) == ["clock", "derived"]
    assert machine.chip.frequency_hz == 132_000_000


def test_a_core_that_already_has_its_clock_is_left_alone(monkeypatch):
    assert steps(BoardRig(monkeypatch, board_at(125))) == ["derived"]


def test_an_rp2350_keeps_its_voltage(monkeypatch):
    machine = BoardRig(monkeypatch, board_at(150, "pico2"), name="Raspberry Pi Pico2 with RP2350")

    assert steps(machine) == ["clock", "derived"]


def test_no_output_is_on_for_a_moment_while_the_hardware_is_made(machine):
    assert 1 not in machine.pin("relay").levels
    assert 0 not in machine.pin("servo_disable").levels
    assert all(pwm.given == [0] for pwm in machine.chip.pwms.values())


def test_importing_the_module_touches_no_hardware(monkeypatch):
    chip = Chip()
    install(monkeypatch, chip)
    assert not chip.pins
    assert chip.registers == Chip().registers
    assert not chip.machines


def test_the_hardware_has_every_device_of_the_interface(machine):
    hal = machine.hal
    counts = [(hal.motors, 4), (hal.encoders, 4), (hal.forces, 4), (hal.servos, 16), (hal.heaters, 2)]
    counts += [(hal.elements, 2), (hal.skins, 2), (hal.foot_switches, 2)]
    assert [len(devices) for devices, _ in counts] == [count for _, count in counts]


def test_everything_has_been_measured_before_the_first_tick(machine):
    codes = [reading.read_code() for reading in (*machine.hal.elements, *machine.hal.skins)]
    assert codes == [pytest.approx(16_384, abs=3)] * 4
    zeros = [BOARD.ratings[f"force_zero_{roller}"] for roller in ROLLER_NAMES]
    rates = [BOARD.ratings[f"force_mn_per_1024_{roller}"] for roller in ROLLER_NAMES]
    expected = [(13_200 - zero) * rate / 1_024 for zero, rate in zip(zeros, rates, strict=True)]
    assert [sensor.read_mn() for sensor in machine.hal.forces] == pytest.approx(expected, abs=2)
    assert machine.hal.bus_faults() == 0
    assert machine.chip.now_us() < 50_000


def test_frequencies_are_those_of_the_board_file(machine):
    assert {machine.chip.pwm_hz[BOARD.pins[name]] for name in POWERED[:8]} == {BOARD.ratings["bridge_pwm_hz"]}
    assert {machine.chip.pwm_hz[BOARD.pins[name]] for name in POWERED[8:]} == {BOARD.ratings["heater_pwm_hz"]}
    assert machine.chip.i2c_options[0]["freq"] == BOARD.ratings["i2c_hz"]
    # Longer than the longest transfer, 1.5 ms, and short enough that one held wire does not cost a tick.
    assert 1_600 < machine.chip.i2c_options[0]["timeout"] < 4_000


def test_a_board_file_for_another_chip_is_refused(monkeypatch):
    with pytest.raises(BoardError, match="rp2040"):
        BoardRig(monkeypatch, name="Raspberry Pi Pico2 with RP2350")


def test_the_other_chip_has_its_own_registers(monkeypatch):
    board = Board(load_board("pico2").data)
    machine = BoardRig(monkeypatch, board, name="Raspberry Pi Pico2 with RP2350")
    machine.hal.cut_outputs()
    held = {
        address: value for address, value in machine.chip.registers.items() if 0x4002_8000 <= address < 0x4002_9000
    }
    assert held == {0x4002_8000 + 8 * board.pins[name] + 4: 0x2004 for name in POWERED}


@pytest.mark.parametrize("roller", range(4))
def test_every_motor_drives_its_own_bridge(machine, roller):
    machine.hal.motors[roller].set_duty_permille(500)
    driven = [name for name in POWERED if machine.chip.pwms[BOARD.pins[name]].duty]
    assert driven == [f"bridge_{ROLLER_NAMES[roller]}_in1", f"bridge_{ROLLER_NAMES[roller]}_in2"]


@pytest.mark.parametrize("roller", range(4))
def test_every_encoder_counts_its_own_pins(machine, roller):
    counter = machine.chip.machines[roller]
    assert machine.chip.machine_options[roller]["in_base"] is machine.pin(f"encoder_{ROLLER_NAMES[roller]}_a")
    counter.run(30)
    for pins in (1, 3, 2, 0, 1):
        counter.pins = pins
        counter.run(12)
    machine.exchange._counters.drain()
    counter.run(50)
    machine.exchange._counters.fetch()
    assert machine.hal.encoders[roller].read_counts() == 5
