"""Button presses in machine time."""

from host_tools.view.button_timer import DOWN_TICKS, HELD_TICKS, UP_TICKS, WAITING_MAX, Finger
from tests.host_tools.fake_source import FakeSource


def _let_pass(finger: Finger, source: FakeSource, ticks: int) -> None:
    while ticks:
        step = finger.ticks_until_change(ticks)
        source.advance(step)
        finger.pass_ticks(step)
        ticks -= step


def test_presses_follow_one_another_each_short_with_a_rest_between() -> None:
    source = FakeSource()
    finger = Finger(source)
    finger.push("plus")
    finger.push("heat")
    _let_pass(finger, source, 1000)
    second = DOWN_TICKS + UP_TICKS
    assert source.pressed == [
        ("press", "plus", 0),
        ("release", "plus", DOWN_TICKS),
        ("press", "heat", second),
        ("release", "heat", second + DOWN_TICKS),
    ]


def test_a_press_can_be_held_and_the_next_one_waits_for_it() -> None:
    source = FakeSource()
    finger = Finger(source)
    finger.push("heat", HELD_TICKS)
    finger.push("plus")
    _let_pass(finger, source, 1000)
    second = HELD_TICKS + UP_TICKS
    assert source.pressed == [
        ("press", "heat", 0),
        ("release", "heat", HELD_TICKS),
        ("press", "plus", second),
        ("release", "plus", second + DOWN_TICKS),
    ]


def test_stop_lifts_the_finger_and_goes_before_waiting_presses() -> None:
    source = FakeSource()
    finger = Finger(source)
    for button in ("plus", "heat", "program"):
        finger.push(button)
    _let_pass(finger, source, 3)
    finger.push("stop")
    _let_pass(finger, source, 1000)
    stopped = [("release", "plus", 3), ("press", "stop", 3), ("release", "stop", 3 + DOWN_TICKS)]
    assert source.pressed == [("press", "plus", 0), *stopped]


def test_a_held_key_does_not_pile_up_presses() -> None:
    source = FakeSource()
    finger = Finger(source)
    for _ in range(50):
        finger.push("plus")
    _let_pass(finger, source, 5000)
    assert len(source.pressed) == 2 * (1 + WAITING_MAX)
    assert finger.down is None
