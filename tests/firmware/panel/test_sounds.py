"""The buzzer: two beeps at the end, one for a foot that pauses the massage, long for a fault, whatever is chosen."""

import pytest

from instep import user_events
from instep.guard import faults
from instep.levels import SOUND_ALL, SOUND_FAULTS
from instep.panel.sounds import Sounds
from tests.firmware.sessions import Bench

BEEP = 6
FAULT = 50


class Heard:
    """A session on the way to a state, and the lengths of what is heard then, in ticks."""

    def __init__(self, state, sound=SOUND_ALL):
        self.bench = Bench("demo")
        self.bench.session.selection.choices.sound = sound
        self.bench.go_to(state)
        self.sounds = Sounds(self.bench.session.status, self.bench.guard)

    def listen(self, ticks=3_000):
        lengths: list[int] = []
        was_on = False
        for _ in range(ticks):
            self.bench.ticks()
            is_on = self.sounds.tick()
            if is_on:
                lengths = [*lengths[:-1], lengths[-1] + 1] if was_on else [*lengths, 1]
            was_on = is_on
        return lengths


@pytest.mark.parametrize(("sound", "heard"), [(SOUND_ALL, [BEEP, BEEP]), (SOUND_FAULTS, [])])
def test_the_end_of_a_massage_is_two_beeps(sound, heard):
    assert Heard("closing", sound).listen() == heard


@pytest.mark.parametrize(("sound", "heard"), [(SOUND_ALL, [BEEP]), (SOUND_FAULTS, [])])
def test_a_pause_by_a_foot_that_is_out_or_has_moved_is_one_beep(sound, heard):
    session = Heard("run", sound)
    session.bench.hal.foot_switches[0].is_on = False
    assert session.listen(500) == heard
    session = Heard("run", sound)
    session.bench.guard.has_foot_moved = True
    assert session.listen(500) == heard


def test_a_pause_by_a_button_and_a_stop_are_silent():
    for button in (user_events.START, user_events.STOP):
        session = Heard("run")
        session.bench.press(button)
        assert session.listen(1_500) == []


@pytest.mark.parametrize("sound", [SOUND_ALL, SOUND_FAULTS])
@pytest.mark.parametrize("state", ["idle", "run", "paused"])
def test_a_fault_and_the_emergency_stop_are_never_silent(sound, state):
    session = Heard(state, sound)
    session.bench.hal.emergency_stop.is_on = True
    assert session.listen(300) == [FAULT]
    assert session.bench.guard.fault == faults.FAULT_EMERGENCY_STOP


def test_a_fault_takes_the_place_of_a_beep():
    session = Heard("run")
    session.bench.hal.foot_switches[0].is_on = False
    session.listen(7)
    session.bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    assert session.listen(300) == [FAULT]
