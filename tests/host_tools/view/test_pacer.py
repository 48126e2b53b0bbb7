"""The machine's time against the person's."""

import pytest

from host_tools.view.pacer import LAG_MAX_S, SPEEDS, Pacer
from instep.axes import TICKS_PER_S


def _run(pacer: Pacer, wall_s: float, tick_s: float) -> int:
    """Let `wall_s` pass, run all slices that are due at `tick_s` a tick; return the ticks."""
    pacer.pass_time(wall_s)
    done = 0
    while ticks := pacer.slice_ticks():
        pacer.spend(ticks, ticks * tick_s)
        done += ticks
    return done


@pytest.mark.parametrize("speed", [speed for speed in SPEEDS if speed is not None])
def test_the_pacer_passes_machine_time_at_its_speed_without_drift(speed: float) -> None:
    pacer = Pacer(speed)
    done = sum(_run(pacer, 1 / 15, 1e-6) for _ in range(150))
    assert abs(done - 10 * speed * TICKS_PER_S) <= 1


def test_a_slice_of_slow_ticks_stays_short() -> None:
    pacer = Pacer(None)
    for _ in range(20):
        pacer.spend(pacer.slice_ticks(), pacer.slice_ticks() * 0.004)
    assert pacer.slice_ticks() * 0.004 <= 0.030


def test_time_that_could_not_be_simulated_is_dropped() -> None:
    assert _run(Pacer(10.0), 60.0, 1e-6) <= 10.0 * TICKS_PER_S * LAG_MAX_S


def test_speeds_go_up_and_down_their_list_and_stop_at_its_ends() -> None:
    pacer = Pacer(SPEEDS[0])
    pacer.slower()
    seen = [pacer.speed]
    for _ in SPEEDS:
        pacer.faster()
        seen.append(pacer.speed)
    assert seen == [*SPEEDS, None]
    pacer.slower()
    assert pacer.speed == SPEEDS[-2]


def test_a_speed_between_the_steps_goes_to_its_neighbours() -> None:
    faster, slower = Pacer(50.0), Pacer(50.0)
    faster.faster()
    slower.slower()
    assert (faster.speed, slower.speed) == (100.0, 30.0)


def test_a_computer_that_cannot_keep_up_shows_the_true_speed() -> None:
    pacer = Pacer(100.0)
    assert str(pacer).startswith("100")
    for _ in range(100):
        pacer.note_frame(2 * TICKS_PER_S, 0.1)
    assert str(pacer).startswith("20") and "100" in str(pacer)
