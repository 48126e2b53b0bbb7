"""A board with models of all its chips, driven as the loop drives it."""

from host_tools.board.load import load_board
from instep.hal.board import ROLLER_NAMES, Board
from instep.slack import UNLIMITED_US, SlackScheduler
from tests.emulator.chips.ads1115 import Ads1115
from tests.emulator.chips.mcp9808 import Mcp9808
from tests.emulator.chips.mcp23017 import Mcp23017
from tests.emulator.chips.pca9685 import Pca9685
from tests.emulator.chips.ssd1306 import Ssd1306
from tests.fakes import stand_in
from tests.firmware.hal.chip_modules import Chip, install

BOARD = Board(load_board("pico").data)
_IO_BANK0 = 0x4001_4000
POWERED = [f"bridge_{roller}_{wire}" for roller in ROLLER_NAMES for wire in ("in1", "in2")] + [
    "heater_left",
    "heater_right",
]


def chips_of(board, bus):
    """Return the models of a board's chips by their names in the board's file."""
    at = board.addresses
    adcs = {name: Ads1115(at[name], bus.now) for name in ("heat_adc", "force_adc_left", "force_adc_right")}
    for adc in adcs.values():
        adc.inputs_mv[:] = [1_650.0] * 4
    others = {"servos": Pca9685(at["servos"]), "expander": Mcp23017(at["expander"]), "display": Ssd1306(at["display"])}
    thermometers = {name: Mcp9808(at[name]) for name in ("thermometer_left", "thermometer_right")}
    return adcs | others | thermometers


class BoardRig:
    """A board with all its chips; `tick` passes 10 ms as the loop does: tick, chips' turn, `slices` of other work."""

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
        self.exchange = self.hal.begin_tick.__self__
        self.slack = SlackScheduler(self.hal.slack_work(), [], stand_in(is_commanded_closed=True))
        self.slices = 2

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
            self.work(0)
            self.chip.pass_us(1_400)
            for _ in range(self.slices):
                self.work()
                self.chip.pass_us(1_400)
            spent_us = (self.chip.bus.now_ns - began) / 1_000
            self.chip.pass_us(max(0, 10_000 - spent_us))
        return self

    def control(self, name):
        """Return the CTRL register of a pin."""
        return self.chip.registers.get(_IO_BANK0 + 8 * self.board.pins[name] + 4)
