"""A person who presses anything at any time: which events come, and that they repeat."""

from types import SimpleNamespace
from typing import Any

from instep import user_events
from sim.random_presses import RandomPresses

TICKS = 20_000


def _played(seed: int, from_tick: int = 0) -> list[tuple[int, bool, bool]]:
    """Return the buttons and foot switches of every tick."""
    switches = [SimpleNamespace(is_on=True), SimpleNamespace(is_on=True)]
    simulation: Any = SimpleNamespace(
        ticks=0, hal=SimpleNamespace(buttons=SimpleNamespace(held=0), foot_switches=switches)
    )
    presses = RandomPresses(simulation, seed, from_tick)
    seen = []
    for tick in range(TICKS):
        simulation.ticks = tick
        presses.before_tick()
        seen.append((simulation.hal.buttons.held, switches[0].is_on, switches[1].is_on))
    return seen


def test_the_same_seed_gives_the_same_events():
    assert _played(3) == _played(3)
    assert _played(3) != _played(4)


def test_every_button_is_pressed_and_both_feet_are_lifted():
    seen = [now for seed in range(8) for now in _played(seed)]
    pressed = 0
    for held, _, _ in seen:
        pressed |= held
    assert pressed == (1 << len(user_events.NAMES)) - 1
    assert any(not left for _, left, _ in seen) and any(not right for _, _, right in seen)
    assert any(held & (held - 1) for held, _, _ in seen), "never two buttons at once"


def test_no_button_is_held_long_enough_to_count_as_stuck():
    for seed in range(8):
        longest = now = 0
        for held, _, _ in _played(seed):
            now = now + 1 if held else 0
            longest = max(longest, now)
        assert 0 < longest < 1_000


def test_one_person_in_eight_never_presses_stop():
    enduring = sum(not any(held & user_events.STOP for held, _, _ in _played(seed)) for seed in range(64))
    assert 2 <= enduring <= 16


def test_nothing_is_pressed_before_the_given_tick():
    seen = _played(1, from_tick=500)
    assert set(seen[:500]) == {(0, True, True)}
    assert any(held for held, _, _ in seen[500:])
