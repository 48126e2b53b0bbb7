"""The whole hardware layer over the chips' models: every device of the interface, safe starts, cuts and bus faults."""

import pytest

from host_tools.board.load import load_board
from instep.drive.ntc import centi_c
from instep.hal.board import ROLLER_NAMES, Board, BoardError
from instep.slack import UNLIMITED_US, SlackScheduler
from tests.emulator.chips.ads1115 import Ads1115
from tests.emulator.chips.mcp23017 import Mcp23017
from tests.emulator.chips.pca9685 import Pca9685
from tests.emulator.chips.ssd1306 import Ssd1306
from tests.fakes import stand_in
from tests.firmware.hal.chip_modules import VREG, WRAP, Chip, install

BOARD = Board(load_board("pico").data)
_IO_BANK0 = 0x4001_4000
_PWM_FUNCTION = 4
_HELD_LOW = 0x204
_REASON = 0x4005_8008


def chips_of(board, bus):
    """Return the models of a board's chips by their names in the board's file."""
    at = board.addresses
    adcs = {name: Ads1115(at[name], bus.now) for name in ("heat_adc", "force_adc_left", "force_adc_right")}
    for adc in adcs.values():
        adc.inputs_mv[:] = [1_650.0] * 4
    others = {"servos": Pca9685(at["servos"]), "expander": Mcp23017(at["expander"]), "display": Ssd1306(at["display"])}
    return adcs | others


class Machine:
    """A board with all its chips; `tick` passes 10 ms with what the loop does in it, `slices` of slack among it."""

    def __init__(self, monkeypatch, board=BOARD, chip=None, name="Raspberry Pi Pico with RP2040", is_complete=True):
        self.chip = chip or Chip()
        self.module = install(monkeypatch, self.chip, name)
        self.board = board
        self.models = chips_of(board, self.chip.bus)
        self.servo_chip = self.models["servos"]
        self.heat = self.models["heat_adc"]
        self.forces = [self.models["force_adc_left"], self.models["force_adc_right"]]
        self.expander = self.models["expander"]
        self.display = self.models["display"]
        if is_complete:
            self.chip.bus.chips = {model.address: model for model in self.models.values()}
        self.hal = self.module.build(board)
        self.slack = SlackScheduler(self.hal.slack_work(), [], stand_in(is_commanded_closed=True))
        self.slices = 3

    def work(self, left_us=UNLIMITED_US):
        """Do one piece of slow work, as the loop does; the display has every second turn."""
        return self.slack.do_one(0, left_us)

    def pin(self, name):
        return self.chip.pins[self.board.pins[name]]

    def tick(self, count=1, work_us=3_000):
        for _ in range(count):
            began = self.chip.bus.now_ns
            self.hal.begin_tick()
            self.servo_chip.is_enabled = not self.pin("servo_disable").level
            self.chip.pass_us(work_us)
            self.hal.end_tick()
            for _ in range(self.slices):
                self.work()
                self.chip.pass_us(1_400)
            spent_us = (self.chip.bus.now_ns - began) / 1_000
            self.chip.pass_us(max(0, 10_000 - spent_us))
        return self

    def control(self, name):
        """Return the CTRL register of a pin."""
        return self.chip.registers.get(_IO_BANK0 + 8 * self.board.pins[name] + 4)


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


POWERED = [f"bridge_{roller}_{wire}" for roller in ROLLER_NAMES for wire in ("in1", "in2")] + [
    "heater_left",
    "heater_right",
]


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
    """Return what was done about the clock, in its order, each once."""
    return list(dict.fromkeys(what for what, _ in machine.chip.clocked))


def test_the_core_gets_its_voltage_and_then_its_clock_before_anything_is_derived_from_it(machine):
    assert steps(machine) == ["voltage", "clock", "derived"]
    assert machine.chip.registers[VREG] == 0xC1
    assert machine.chip.frequency_hz == 200_000_000


def test_a_core_at_its_usual_pace_keeps_its_voltage(monkeypatch):
    machine = Machine(monkeypatch, board_at(132))

    assert steps(machine) == ["clock", "derived"]
    assert machine.chip.frequency_hz == 132_000_000


def test_a_core_that_runs_as_fast_as_it_is_to_is_left_alone(monkeypatch):
    assert steps(Machine(monkeypatch, board_at(125))) == ["derived"]


def test_another_chip_knows_nothing_of_this_ones_voltage(monkeypatch):
    machine = Machine(monkeypatch, board_at(150, "pico2"), name="Raspberry Pi Pico2 with RP2350")

    assert steps(machine) == ["clock", "derived"]


def test_making_it_drives_no_output_on_for_a_moment(machine):
    assert 1 not in machine.pin("relay").levels
    assert 0 not in machine.pin("servo_disable").levels
    assert all(pwm.given == [0] for pwm in machine.chip.pwms.values())


def test_importing_it_touches_nothing(monkeypatch):
    chip = Chip()
    install(monkeypatch, chip)
    assert not chip.pins
    assert chip.registers == Chip().registers
    assert not chip.machines


def test_it_has_every_device_of_the_interface(machine):
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


def test_frequencies_are_the_boards(machine):
    assert {machine.chip.pwm_hz[BOARD.pins[name]] for name in POWERED[:8]} == {BOARD.ratings["bridge_pwm_hz"]}
    assert {machine.chip.pwm_hz[BOARD.pins[name]] for name in POWERED[8:]} == {BOARD.ratings["heater_pwm_hz"]}
    assert machine.chip.i2c_options[0]["freq"] == BOARD.ratings["i2c_hz"]
    # Longer than the longest transfer, 1.5 ms, and short enough that one held wire does not cost a tick.
    assert 1_600 < machine.chip.i2c_options[0]["timeout"] < 4_000


def test_a_board_file_for_another_chip_is_refused(monkeypatch):
    with pytest.raises(BoardError, match="rp2040"):
        Machine(monkeypatch, name="Raspberry Pi Pico2 with RP2350")


def test_the_other_chip_has_its_own_registers(monkeypatch):
    board = Board(load_board("pico2").data)
    machine = Machine(monkeypatch, board, name="Raspberry Pi Pico2 with RP2350")
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
    machine.hal._counters.drain()
    counter.run(50)
    machine.hal._counters.fetch()
    assert machine.hal.encoders[roller].read_counts() == 5


def test_a_tick_reads_the_encoders_fresh(machine):
    counter = machine.chip.machines[0]
    counter.run(200)
    counter.pins = 1
    original = machine.hal._expander.read
    # Time passes between draining and fetching: the machine goes on meanwhile.
    machine.hal._expander.read = lambda: (counter.run(60), original())
    machine.tick()
    assert machine.hal.encoders[0].read_counts() == 1


def test_every_force_is_converted_once_a_tick(machine):
    machine.tick(3)
    before = [adc.conversions for adc in machine.forces]
    machine.tick(10)
    assert [adc.conversions - old for adc, old in zip(machine.forces, before, strict=True)] == [20, 20]


@pytest.mark.parametrize("roller", range(4))
def test_a_force_is_known_in_the_next_tick(machine, roller):
    machine.tick(3)
    zero = BOARD.ratings[f"force_zero_{ROLLER_NAMES[roller]}"]
    for adc in machine.forces:
        adc.inputs_mv[:] = [zero / 8] * 4
    machine.tick(2)
    assert [sensor.read_mn() for sensor in machine.hal.forces] == [0] * 4
    channel = BOARD.channels["force_sole" if roller % 2 else "force_top"]
    machine.forces[roller // 2].inputs_mv[channel] = (zero + 1_024) / 8
    machine.tick(2)
    expected = [0] * 4
    expected[roller] = BOARD.ratings[f"force_mn_per_1024_{ROLLER_NAMES[roller]}"]
    assert [sensor.read_mn() for sensor in machine.hal.forces] == expected


@pytest.mark.parametrize("slices", range(4))
def test_a_force_is_as_new_whoever_fetches_it(machine, slices):
    machine.slices = slices
    machine.tick(4)
    for adc in machine.forces:
        adc.inputs_mv[:] = [500.0, 1_000.0, 0.0, 0.0]
    machine.tick(3 if slices else 4)
    assert [machine.hal._force_adcs[0].codes[channel] for channel in range(2)] == [4_000, 8_000]


def test_a_tick_that_is_over_at_once_does_not_fetch_what_is_not_done(machine):
    for adc in machine.forces:
        adc.slow = 1.1
        adc.inputs_mv[:] = [500.0, 1_000.0, 0.0, 0.0]
    machine.tick(20, work_us=0)
    assert machine.hal.bus_faults() == 0
    assert [machine.hal._force_adcs[0].codes[channel] for channel in range(2)] == [4_000, 8_000]


def test_all_four_thermistors_are_read_within_100_ms(machine):
    machine.tick(20)
    for index, name in enumerate(("element_left", "skin_left", "element_right", "skin_right")):
        machine.heat.inputs_mv[BOARD.channels[name]] = 1_000 + 100 * index
    machine.tick(10)
    readings = [
        reading.read_code() for pair in zip(machine.hal.elements, machine.hal.skins, strict=True) for reading in pair
    ]
    reference_mv = BOARD.ratings["ntc_reference_mv"]
    assert readings == [pytest.approx((1_000 + 100 * index) * 32_767 / reference_mv, abs=3) for index in range(4)]
    assert all(0 < centi_c(code) < 8_000 for code in readings)


def test_the_slowest_heat_adc_is_in_time(machine):
    machine.heat.slow = 1.1
    machine.heat.inputs_mv[:] = [1_650.0] * 4
    machine.tick(40)
    assert machine.hal.bus_faults() == 0
    assert machine.hal.skins[1].read_code() == pytest.approx(16_384, abs=3)


def test_buttons_feet_relay_and_stop_are_read(machine):
    machine.expander.driven = {1: False, BOARD.expander["foot_right"]: False, BOARD.expander["relay_contact"]: False}
    machine.tick(2)
    hal = machine.hal
    assert hal.buttons.read_mask() == 0b10
    assert [switch.read() for switch in hal.foot_switches] == [False, True]
    assert hal.relay.read()
    assert not hal.emergency_stop.read()
    machine.pin("emergency_stop").level = 0
    assert hal.emergency_stop.read()


def test_currents_and_supply_are_measured(machine):
    machine.chip.adcs[BOARD.pins["supply"]].code = round(12_000 / BOARD.ratings["supply_mv_per_v"] / 3.3 * 65_536)
    machine.chip.adcs[BOARD.pins["current_right"]].code = round(
        1_000 / BOARD.ratings["current_ma_per_v"] / 3.3 * 65_536
    )
    machine.tick(2)
    assert machine.hal.supply.read_mv() == pytest.approx(12_000, abs=10)
    assert [motor.read_ma() for motor in machine.hal.motors] == [0, 0, *[pytest.approx(1_000, abs=2)] * 2]


def test_servos_get_their_pulses_when_they_are_enabled(machine):
    machine.tick(2)
    for index, servo in enumerate(machine.hal.servos):
        servo.set_us(1_000 + 20 * index)
    machine.tick(1)
    assert machine.servo_chip.pulses_us() == [0.0] * 16
    machine.hal.enable_servos(True)
    machine.tick(1)
    assert machine.servo_chip.pulses_us() == pytest.approx([1_000 + 20 * index for index in range(16)], abs=3)
    machine.hal.enable_servos(False)
    machine.tick(1)
    assert machine.servo_chip.pulses_us() == [0.0] * 16


def test_the_buzzer_and_the_light_do_as_they_are_told(machine):
    machine.tick(2)
    machine.hal.set_buzzer(True)
    machine.hal.set_light(True)
    machine.tick(1)
    assert machine.expander.level(BOARD.expander["buzzer"])
    assert machine.pin("status_light").level == 1


def test_the_display_shows_what_it_is_told(machine):
    machine.tick(1)
    machine.hal.display.write_row(0, bytearray(b"INSTEP".ljust(21)))
    while machine.work():
        pass
    assert machine.display.is_on
    assert any(machine.display.memory)


@pytest.mark.parametrize(
    ("slices", "work_us", "minimum"), [(0, 3_000, 10), (1, 3_000, 20), (2, 3_000, 20), (0, 7_700, 19)]
)
def test_without_slack_every_chip_is_looked_after_all_the_same(machine, slices, work_us, minimum):
    machine.slices = slices
    machine.tick(3)
    before = [adc.conversions for adc in (*machine.forces, machine.heat)]
    machine.tick(10, work_us)
    after = [adc.conversions for adc in (*machine.forces, machine.heat)]
    made = [now - old for now, old in zip(after, before, strict=True)]
    assert min(made[:2]) >= minimum
    assert made[2] >= 5
    for model, bit in ((machine.servo_chip, 1), (machine.heat, 2), (machine.forces[1], 4), (machine.expander, 8)):
        answer = model.read
        model.read = lambda: 0xFF
        machine.tick(2, work_us)
        assert machine.hal.bus_faults() == bit << 8
        model.read = answer
        machine.tick(4, work_us)
        assert machine.hal.bus_faults() == 0


def test_no_piece_is_begun_that_takes_longer_than_is_left(machine):
    machine.tick(4)
    machine.hal.begin_tick()
    machine.hal.end_tick()
    assert [_piece(machine, left_us) for left_us in (2_199, 2_200)] == [None, "take_care"]
    machine.hal.display.write_row(0, bytearray(b"INSTEP".ljust(21)))
    assert _piece(machine, 999) is None
    machine.chip.pass_us(1_400)
    assert [_piece(machine, left_us, False) for left_us in (1_299, 1_300)] == [None, "turn_forces"]
    machine.chip.pass_us(1_400)
    assert [_piece(machine, left_us, False) for left_us in (599, 600)] == [None, "fetch_forces"]
    assert _piece(machine, UNLIMITED_US, False) is None
    assert [_piece(machine, left_us) for left_us in (999, 1_000)] == [None, "draw"]


def _piece(machine, left_us, may_draw=True):
    """Do the first piece that is due and fits into `left_us`; return its name."""
    for work, budget_us, is_first in machine.hal.slack_work():
        if budget_us <= left_us and (is_first or may_draw) and work(0):
            return work.__name__
    return None


def test_a_tick_keeps_the_bus_for_less_than_1_ms(machine):
    machine.tick(4)
    for duty in range(20):
        for index in (0, 1, 8, 9):  # the four presses
            machine.hal.servos[index].set_us(1_000 + duty)
        before = machine.chip.bus.now_ns
        machine.hal.begin_tick()
        machine.chip.pass_us(3_000)
        machine.hal.end_tick()
        assert (machine.chip.bus.now_ns - before) / 1_000 - 3_000 < 640
        for _ in range(3):
            before = machine.chip.bus.now_ns
            machine.work()
            assert (machine.chip.bus.now_ns - before) / 1_000 < 1_200
            machine.chip.pass_us(1_400)


def test_cutting_holds_every_powered_pin_low_at_once(machine):
    machine.hal.enable_servos(True)
    machine.hal.relay.set(True)
    machine.hal.motors[0].set_duty_permille(900)
    machine.hal.heaters[1].set_duty_permille(700)
    machine.hal.cut_outputs()
    assert [machine.control(name) for name in POWERED] == [_HELD_LOW] * 10
    assert machine.pin("relay").level == 0
    assert machine.pin("servo_disable").level == 1


def test_after_a_cut_nothing_comes_back_but_what_is_asked_for_again(machine):
    machine.hal.enable_servos(True)
    machine.hal.relay.set(True)
    machine.hal.motors[0].set_duty_permille(900)
    machine.hal.heaters[1].set_duty_permille(700)
    machine.hal.cut_outputs()
    machine.hal.refresh()
    assert [machine.control(name) for name in POWERED] == [_PWM_FUNCTION] * 10
    assert all(machine.chip.pwms[BOARD.pins[name]].duty == 0 for name in POWERED)
    assert machine.pin("relay").level == 0
    assert machine.pin("servo_disable").level == 0
    machine.hal.motors[0].set_duty_permille(900)
    assert machine.chip.pwms[BOARD.pins["bridge_left_top_in1"]].duty


def test_a_cut_in_the_middle_of_a_command_leaves_no_half_of_it(machine):
    motor = machine.hal.motors[0]
    in1 = machine.chip.pwms[BOARD.pins["bridge_left_top_in1"]]
    original = in1.duty_u16

    def interrupted(duty):
        original(duty)
        machine.hal.cut_outputs()

    in1.duty_u16 = interrupted
    motor.set_duty_permille(300)
    in1.duty_u16 = original
    machine.hal.refresh()
    assert in1.duty == machine.chip.pwms[BOARD.pins["bridge_left_top_in2"]].duty == 0


def test_the_last_line_runs_every_10_ms_in_a_hard_interrupt(machine):
    calls: list[object] = []
    machine.hal.start_deadman(calls.append)
    (options,) = machine.chip.timers
    assert (options["period"], options["hard"]) == (10, True)
    options["callback"]("timer")
    assert calls == ["timer"]


def test_a_ctrl_c_inside_the_interrupt_is_kept_for_the_loop_and_the_timer_goes_on(machine):
    def interrupted(timer):
        raise KeyboardInterrupt

    machine.hal.start_deadman(interrupted)
    assert not machine.hal.was_interrupted
    machine.chip.timers[0]["callback"](None)
    assert machine.hal.was_interrupted


def test_the_watchdog_is_started_when_it_is_asked_for_and_fed_by_refreshing(machine):
    machine.hal.refresh()
    assert machine.chip.feeds == 0
    machine.hal.start_watchdog()
    assert machine.chip.watchdogs == [1_000]
    machine.hal.refresh()
    machine.hal.refresh()
    assert machine.chip.feeds == 2


@pytest.mark.parametrize(("reason", "expected"), [(0, False), (1, True), (2, False)])
def test_only_a_watchdog_that_ran_out_counts_as_a_stopped_loop(monkeypatch, reason, expected):
    chip = Chip()
    chip.registers[_REASON] = reason
    assert Machine(monkeypatch, chip=chip).hal.was_reset_by_watchdog() is expected


def test_the_second_clock_counts_milliseconds(machine):
    machine.tick(1)
    start = machine.hal.clock_monitor_ms()
    machine.tick(100)
    assert machine.hal.clock_monitor_ms() - start == pytest.approx(1_000, abs=1)


def test_nothing_is_said_of_a_bus_that_is_well(machine):
    machine.tick(300)
    assert machine.hal.bus_faults() == 0


@pytest.mark.parametrize(
    ("name", "bit"),
    [("servos", 1), ("heat_adc", 2), ("force_adc_left", 4), ("force_adc_right", 4), ("expander", 8), ("display", 16)],
)
def test_a_silent_chip_is_said_within_20_ms_and_forgotten_as_soon(machine, name, bit):
    machine.tick(10)
    model = machine.chip.bus.chips[BOARD.addresses[name]]
    model.is_silent = True
    machine.tick(2)
    assert machine.hal.bus_faults() == bit
    machine.tick(20)
    assert machine.hal.bus_faults() == bit
    model.is_silent = False
    machine.tick(2)
    assert machine.hal.bus_faults() == 0


def test_all_chips_together_being_silent_raise_nothing(monkeypatch):
    machine = Machine(monkeypatch, is_complete=False)
    machine.tick(50)
    assert machine.hal.bus_faults() == 31
    assert not machine.work()


def test_a_held_bus_is_said_freed_and_forgotten(machine):
    machine.tick(10)
    machine.hal.encoders[0].read_counts()
    machine.chip.bus.is_held = True
    machine.tick(1)
    assert machine.hal.bus_faults()
    made = len(machine.chip.i2c_options)
    free = machine.hal._bus._free

    def free_and_let_go():
        free()
        machine.chip.bus.is_held = False

    machine.hal._bus._free = free_and_let_go
    machine.tick(4)
    assert machine.hal.bus_faults() == 0
    assert len(machine.chip.i2c_options) == made + 1


def test_a_bus_that_stays_held_costs_a_tick_less_than_4_ms(machine):
    machine.tick(10)
    machine.chip.bus.is_held = True
    for _ in range(200):
        before = machine.chip.bus.now_ns
        machine.hal.begin_tick()
        machine.hal.end_tick()
        machine.work()
        assert machine.chip.bus.now_ns - before < 4_000_000
        machine.chip.pass_us(8_000)


def test_the_clock_may_wrap(monkeypatch):
    chip = Chip()
    chip.start_us = WRAP - 50_000
    machine = Machine(monkeypatch, chip=chip)
    machine.tick(30)
    before = [adc.conversions for adc in machine.forces]
    machine.tick(10)
    assert machine.hal.bus_faults() == 0
    assert [adc.conversions - old for adc, old in zip(machine.forces, before, strict=True)] == [20, 20]
