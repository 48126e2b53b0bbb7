"""The buttons: one command a press, bounces and broken contacts included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep import user_events
from instep.panel.buttons import AGAIN_AFTER_TICKS, AGAIN_EVERY_TICKS, HOLD_TICKS, POWER_TICKS, Debounce
from tests.fakes import FakeButtons

ALL = (1 << len(user_events.NAMES)) - 1
ORDINARY = [bit for bit in (1 << index for index in range(len(user_events.NAMES))) if bit != user_events.STOP]
TWOFOLD = [user_events.PROGRAM, user_events.HEAT]
AT_ONCE = [bit for bit in ORDINARY if bit not in TWOFOLD]


def _commands(readings):
    """Return what each reading of the mask led to."""
    buttons = FakeButtons()
    debounce = Debounce(buttons)
    pressed = []
    for buttons.held in readings:
        debounce.tick()
        pressed.append(debounce.pressed)
    return pressed


def test_every_button_has_a_bit_and_a_name_in_the_order_of_its_pin():
    bits = (
        user_events.START,
        user_events.STOP,
        user_events.PROGRAM,
        user_events.MINUS,
        user_events.PLUS,
        user_events.HEAT,
    )
    assert bits == tuple(1 << index for index in range(6))
    assert user_events.NAMES == ("start", "stop", "program", "minus", "plus", "heat")


@pytest.mark.parametrize("button", AT_ONCE)
def test_a_press_counts_once_at_its_third_reading(button):
    assert _commands([0, button, button, button, button, button, 0, 0, 0, 0]) == [0, 0, 0, button, *[0] * 6]


@pytest.mark.parametrize("button", TWOFOLD)
def test_program_and_heat_count_once_when_they_are_released(button):
    assert _commands([0, button, button, button, button, button, 0, 0, 0, 0]) == [*[0] * 8, button, 0]
    assert _commands([*[button] * (HOLD_TICKS - 1), 0, 0, 0, 0, 0]).count(button) == 1


@pytest.mark.parametrize(
    ("button", "held"), [(user_events.PROGRAM, user_events.PROGRAM_HELD), (user_events.HEAT, user_events.HEAT_HELD)]
)
def test_program_and_heat_held_for_a_second_mean_another_thing_and_no_press(button, held):
    seen = _commands([*[button] * (HOLD_TICKS + 150), *[0] * 50])
    assert [pressed for pressed in seen if pressed] == [held]
    assert seen.index(held) == HOLD_TICKS + 1
    assert HOLD_TICKS == 100


@pytest.mark.parametrize("button", TWOFOLD)
def test_a_stuck_button_that_comes_free_is_no_press(button):
    seen = _commands([*[button] * 2_000, *[0] * 200])
    assert button not in seen
    assert _commands([*[button] * 2_000, *[0] * 200, *[button] * 5, *[0] * 5]).count(button) == 1


def test_stop_counts_at_its_first_reading_and_once():
    assert _commands([0, *[user_events.STOP] * 5, 0, 0]) == [0, user_events.STOP, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("button", ORDINARY)
def test_a_single_wild_reading_is_no_press(button):
    assert not any(_commands([0, button, 0, button, button, 0, 0]))


@pytest.mark.parametrize("button", [*ORDINARY, user_events.STOP])
def test_bounces_at_both_ends_make_one_press(button):
    bounces = [button, 0, button, button, button, button, 0, button, 0, button, 0, 0, 0, 0]
    assert [pressed for pressed in _commands(bounces) if pressed] == [button]


@pytest.mark.parametrize("button", [*ORDINARY, user_events.STOP])
def test_a_released_button_can_be_pressed_again(button):
    press = [button, button, button, 0, 0, 0]
    assert sum(pressed == button for pressed in _commands(press * 3)) == 3


@pytest.mark.parametrize("button", ORDINARY)
def test_a_button_that_bounces_without_end_does_not_silence_the_others(button):
    others = ALL & ~button
    readings = [button if index % 2 else 0 for index in range(10)] + [
        others | (button if index % 2 else 0) for index in range(6)
    ]
    seen = 0
    for pressed in _commands([*readings, *[0] * 4]):
        seen |= pressed
    assert seen & ~button == others


def test_stop_held_for_three_seconds_switches_off_once():
    seen = _commands([0, *[user_events.STOP] * (2 * POWER_TICKS)])
    assert [tick for tick, pressed in enumerate(seen) if pressed & user_events.POWER] == [POWER_TICKS]
    assert POWER_TICKS == 300


def test_stop_released_too_early_does_not_switch_off():
    held = [user_events.STOP] * (POWER_TICKS - 1)
    assert not any(pressed & user_events.POWER for pressed in _commands([*held, 0, 0, 0, *held, 0, 0, 0]))


@pytest.mark.parametrize(
    ("button", "again"), [(user_events.MINUS, user_events.MINUS_AGAIN), (user_events.PLUS, user_events.PLUS_AGAIN)]
)
def test_a_held_intensity_button_repeats_until_it_is_released(button, again):
    held = AGAIN_AFTER_TICKS + 3 * AGAIN_EVERY_TICKS + 10
    seen = _commands([*[button] * held, *[0] * 200])
    at = [tick for tick, pressed in enumerate(seen) if pressed == again]
    assert [later - at[0] for later in at] == [0, AGAIN_EVERY_TICKS, 2 * AGAIN_EVERY_TICKS, 3 * AGAIN_EVERY_TICKS]
    assert at[0] == AGAIN_AFTER_TICKS + 1
    assert seen.count(button) == 1


@pytest.mark.parametrize("button", [user_events.START, *TWOFOLD])
def test_no_other_button_says_more_for_being_held(button):
    assert sum(map(bool, _commands([button] * 800))) == 1


def test_a_stuck_intensity_button_no_longer_goes_on_by_itself():
    assert not any(_commands([user_events.PLUS] * 2_000)[900:])


def _is_stuck(button, *runs):
    """Return whether a button is stuck after having been down and up for so many readings, in turn."""
    buttons = FakeButtons()
    debounce = Debounce(buttons)
    for index, count in enumerate(runs):
        buttons.held = button if index % 2 == 0 else 0
        for _ in range(count):
            debounce.tick()
    return debounce.stuck == button


@pytest.mark.parametrize("button", [*ORDINARY, user_events.STOP])
@pytest.mark.parametrize(
    ("runs", "is_stuck"),
    [
        ((899,), False),
        ((900,), True),
        ((500, 9, 390), False),
        ((500, 9, 391), True),
        ((500, 10, 899), False),
        ((500, 10, 900), True),
        ((1_000, 99), True),
        ((1_000, 100), False),
        ((1_000, 99, 1, 99), True),
        ((1_000, 99, 1, 100), False),
    ],
)
def test_a_button_is_stuck_after_9_s_with_rests_under_a_tenth_and_free_after_a_second_of_rest(button, runs, is_stuck):
    assert _is_stuck(button, *runs) is is_stuck


@given(st.lists(st.tuples(st.integers(0, ALL), st.integers(1, 4)), max_size=40))
def test_every_press_needs_a_release_since_the_last_one(runs):
    readings = [mask for mask, count in runs for _ in range(count)]
    released = ALL
    released_at_once = ~sum(TWOFOLD)
    for index, pressed in enumerate(_commands(readings)):
        assert pressed & ~readings[index] & released_at_once == 0
        assert pressed & ~released & released_at_once == 0
        assert pressed & readings[index] & ~released_at_once == 0
        released = (released | ~readings[index]) & ~pressed


@pytest.mark.parametrize("button", [*ORDINARY, user_events.STOP])
def test_a_button_is_down_before_it_means_anything(button):
    buttons = FakeButtons()
    debounce = Debounce(buttons)
    buttons.held = button
    for _ in range(3):
        debounce.tick()
    assert debounce.is_any_down
    buttons.held = 0
    for _ in range(3):
        debounce.tick()
    assert not debounce.is_any_down


def test_a_stuck_button_does_not_count_as_down():
    buttons = FakeButtons()
    debounce = Debounce(buttons)
    buttons.held = user_events.PLUS
    for _ in range(900):
        debounce.tick()
    assert debounce.stuck and not debounce.is_any_down
