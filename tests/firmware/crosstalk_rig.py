"""Pairs of wells for the crosstalk monitor."""

from instep.guard import faults
from instep.guard.crosstalk_monitor import CrosstalkMonitor
from tests.fakes import stand_in

NOT = faults.NO_FAULT


class Window:
    """One window of a well at a steady 500 permille that has been asked for so much and has not answered."""

    def __init__(self, asked=0, left_out=0):
        self.heater = stand_in(left_out_permille=left_out, duty_permille=500)
        self.lead = stand_in(now=0, power_permille=500, is_small=lambda: True)
        self.watch = CrosstalkMonitor(self.heater, stand_in(centi_c=3_000), self.lead)
        self.watch._asked = asked

    def check(self, other_probe=0):
        return self.watch.check(stand_in(probe=stand_in(now=other_probe), lead=stand_in(now=0)))

    def end(self):
        return [self.check() for _ in range(40)][-1]
