"""The one place that decides when a force is converted and fetched.

Each foot has an ADC with two inputs, the top and the sole roller's. An ADC converts one input at a time and takes
1.31 ms, so both inputs of a tick are converted in the slack before it:

    the chips' turn      `begin`   start input A
    1.31 ms later        `turn`    fetch A, start input B
    1.31 ms later        `fetch`   fetch B; the ADCs rest

A and B swap every tick. If the slack was too short, `catch_up` does the next of these steps at the start of the tick.
"""

import time

from instep.axes import ROLLERS_PER_FOOT
from instep.hal.ads1115 import NO_CHANNEL, READY_860_US
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.ads1115 import Ads1115, ForceSensor

NOTHING = 0
_TURN = const(1)
_FETCH = const(2)


class ForceSchedule:
    """The conversions of both force ADCs; `inputs` are the channels of the top and the sole roller.

    `sensors` are in the order of the rollers. `due` is the next step, NOTHING if there is none.
    """

    def __init__(self, adcs: "list[Ads1115]", inputs: "tuple[int, int]", sensors: "list[ForceSensor]") -> None:
        self._adcs = adcs
        self._inputs = inputs
        self._sensors = tuple([sensors[side::ROLLERS_PER_FOOT] for side in range(ROLLERS_PER_FOOT)])
        self._input = 0
        self._checked = 0
        self.due = NOTHING
        self._started_us = time.ticks_us()

    def drop(self) -> None:
        """Forget the steps that this tick's slack has not reached."""
        self.due = NOTHING

    def begin(self) -> None:
        """Start the next tick's conversions, and check one of the two ADCs; the other has its turn in `turn`."""
        if self._is_ready():
            self._check_and_turn()
        self._checked ^= 1
        self.due = _TURN

    def turn(self, _ticks: int) -> bool:
        """Fetch one force of each foot and convert the other; return False if that is not due."""
        if self.due != _TURN or not self._is_ready():
            return False
        self._check_and_turn()
        return True

    def fetch(self, _ticks: int) -> bool:
        """Fetch the other force of each foot; return False if that is not due."""
        if self.due != _FETCH or not self._is_ready():
            return False
        self._fetch()
        return True

    def catch_up(self) -> None:
        """Do the step that the slack had no time for, without a check."""
        if not self._is_ready():
            return
        if self.due == _TURN:
            self._turn()
        elif self.due == _FETCH:
            self._fetch()

    def _is_ready(self) -> bool:
        return time.ticks_diff(time.ticks_us(), self._started_us) >= READY_860_US

    def _check_and_turn(self) -> None:
        self._adcs[self._checked].check()
        self._turn()

    def _turn(self) -> None:
        converted = self._input
        self._input = converted ^ 1
        following = self._inputs[converted ^ 1]
        for adc in self._adcs:
            adc.turn(following)
        self._started_us = time.ticks_us()
        self.due = _FETCH
        for sensor in self._sensors[converted]:
            sensor.update()

    def _fetch(self) -> None:
        self.due = NOTHING
        for adc in self._adcs:
            adc.turn(NO_CHANNEL)
        for sensor in self._sensors[self._input]:
            sensor.update()
