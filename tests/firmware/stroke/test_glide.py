"""A glide changes its speed gently, keeps to its cruise, and stops on its goal."""

from hypothesis import given
from hypothesis import strategies as st

from instep.stroke.glide import Glide

CHANGE_UM = 20
TICKS_MAX = 5_000
PLACES = st.integers(0, 340_000)
CRUISES = st.sampled_from((200, 440, 1_000))


def ride(glide, goal_um, cruise_um, ticks=TICKS_MAX):
    """Go to a goal; return every speed on the way."""
    speeds = [glide.speed_um]
    for _ in range(ticks):
        if glide.place_um == goal_um and glide.speed_um == 0:
            break
        glide.to(goal_um, cruise_um)
        speeds.append(glide.speed_um)
    return speeds


def is_gentle(speeds, cruise_um):
    """Return True if no step of the speed, from at rest to at rest, and no speed is too large."""
    changes = [abs(later - sooner) for sooner, later in zip(speeds, [*speeds[1:], 0], strict=True)]
    return max(changes) <= CHANGE_UM and max(map(abs, speeds)) <= cruise_um


@given(PLACES, CRUISES)
def test_any_goal_is_reached_gently(goal_um, cruise_um):
    glide = Glide()
    speeds = ride(glide, goal_um, cruise_um)
    assert (glide.place_um, glide.speed_um) == (goal_um, 0)
    assert is_gentle(speeds, cruise_um)


@given(PLACES, PLACES, st.integers(0, 400))
def test_a_goal_that_moves_farther_is_reached_as_gently(first_um, second_um, ticks):
    glide = Glide()
    ride(glide, first_um, 440, ticks)
    speeds = ride(glide, max(first_um, second_um), 440)
    assert is_gentle(speeds, 440)


@given(PLACES, st.integers(0, 400))
def test_a_glide_that_stops_slows_down_and_then_stays(goal_um, ticks):
    glide = Glide()
    speeds = ride(glide, goal_um, 1_000, ticks)
    for _ in range(60):
        glide.stop()
        speeds.append(glide.speed_um)
    place_um = glide.place_um
    glide.stop()
    assert (glide.speed_um, glide.place_um) == (0, place_um)
    assert is_gentle(speeds, 1_000)


def test_a_glide_begins_at_home():
    glide = Glide()
    ride(glide, 1_000, 200)
    glide.begin()
    assert (glide.place_um, glide.speed_um) == (0, 0)
