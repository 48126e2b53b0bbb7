"""A bus whose data line is held is clocked free within nine clocks; the controller is set up on free lines."""

import pytest

from instep.hal.i2c_recovery import Controller, clock_free
from tests.fakes import stand_in
from tests.firmware.hal.wires import WirePin


class NamedPin(WirePin):
    """A pin that writes its edges into a list that it shares."""

    def __init__(self, name, edges):
        super().__init__(1)
        self._name = name
        self._edges = edges

    def _put(self, level):
        super()._put(level)
        self._edges.append(f"{self._name} {'up' if level else 'down'}")


class HeldLine:
    """SDA that a chip holds until it has seen so many clocks."""

    def __init__(self, clocks):
        self.edges: list[str] = []
        self.clock = NamedPin("clock", self.edges)
        self.data = NamedPin("data", self.edges)
        self.data.answer = lambda: int(self.edges.count("clock up") >= clocks and self.data.level)
        self.passed_us = 0

    def pause(self, us):
        self.passed_us += us


@pytest.mark.parametrize("clocks", [0, 1, 5, 9])
def test_a_held_line_is_clocked_free_and_no_further(clocks):
    line = HeldLine(clocks)
    clock_free(line.clock, line.data, line.pause)
    assert line.edges.count("clock up") == clocks + 1
    assert line.passed_us < 200
    assert (line.clock.level, line.data.level) == (1, 1)


def test_a_stop_follows_with_the_data_line_rising_while_the_clock_is_high():
    line = HeldLine(3)
    clock_free(line.clock, line.data, line.pause)
    assert line.edges[-4:] == ["clock down", "data down", "clock up", "data up"]


def test_a_line_that_is_never_released_is_given_up_after_nine_clocks():
    line = HeldLine(10_000)
    clock_free(line.clock, line.data, line.pause)
    assert line.edges.count("clock up") == 10


def test_the_controller_is_set_up_on_free_lines_with_a_time_limit_of_two_longest_transfers():
    line = HeldLine(4)
    pins = {5: line.clock, 4: line.data}

    class Pin:
        OPEN_DRAIN, PULL_UP = "open", "up"

        def __new__(cls, number, mode, pull, value):
            assert (mode, pull, value) == ("open", "up", 1)
            return pins[number]

    made: list[object] = []

    def make(block, **options):
        assert line.data.value(), "the bus is still held"
        made.append((block, options))
        return made

    controller = Controller(stand_in(Pin=Pin, I2C=make), 0, 5, 4, 400_000, line.pause)
    controller.set_up()
    options = {"scl": line.clock, "sda": line.data, "freq": 400_000, "timeout": 5 * 66 * 9}
    assert made == [(0, options)]
    controller.free()
    assert len(made) == 2
