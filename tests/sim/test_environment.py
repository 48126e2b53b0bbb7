"""The Gymnasium environment: its own checker, the same for the same seed, rewards that add up."""

import subprocess
import sys
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from host_tools.errors import InstepError
from instep.stroke.program import TECHNIQUES
from sim.environment import ACTIONS, PLACES, FootMassage
from sim.search.wish import Comfort, Wish

WISH = Wish("", 0, "off", {"sole": ((0, 2.0), (1000, 2.0))}, Comfort(force_n=5.0))


def small():
    """Return an environment whose session is short."""
    return FootMassage(WISH, "demo", "small")


def played(environment, actions, seed=3):
    """Return observations, rewards and information of an episode, or its beginning."""
    observation, _ = environment.reset(seed=seed)
    steps: list[Any] = [(observation, 0.0, False, False, {})]
    for action in actions:
        steps.append(environment.step(action))
        if steps[-1][2]:
            break
    return steps


@pytest.fixture(scope="module")
def whole():
    """Return the steps of a whole session in which nobody presses."""
    return played(small(), [0] * 200)


def test_the_checker_of_gymnasium_is_content():
    made = gymnasium.make("sim.environment:instep/FootMassage-v0", wish=WISH, program="demo", person="small")
    check_env(made.unwrapped)


def test_the_same_seed_gives_the_same_session_and_another_another():
    actions = [0, ACTIONS.index("plus"), 0]
    first, again, other = (played(small(), actions, seed) for seed in (3, 3, 4))
    assert [step[1] for step in first] == [step[1] for step in again]
    assert np.array_equal(first[-1][0]["place_mm"], again[-1][0]["place_mm"])
    assert not np.array_equal(first[-1][0]["place_mm"], other[-1][0]["place_mm"])


def test_an_episode_is_the_strokes_of_one_session(whole):
    seconds = [float(step[0]["seconds"][0]) for step in whole]
    assert whole[-1][2] and len(whole) < 200
    assert np.diff(seconds[:-1]) == pytest.approx(2.0)
    assert whole[1][0]["technique"].any()


def test_the_rewards_add_up_to_what_is_reached(whole):
    deviation, peak_n = whole[-1][4]["deviation"], whole[-1][4]["peak_n"]
    total = sum(step[1] for step in whole)
    assert peak_n > WISH.comfort.force_n
    assert total == pytest.approx(1.0 - deviation - WISH.comfort.cost_of(peak_n), abs=1e-9)


def test_the_missing_dose_becomes_less_where_a_roller_was(whole):
    first, last = (whole[at][0]["missing"] for at in (0, -1))
    assert first.shape == (2, 2, len(PLACES))
    assert not first[:, 0].any()  # no wish for the top
    assert first[0, 1, 5] == pytest.approx(2.0, abs=0.01)
    assert (last[:, 1] < first[:, 1]).all()


def test_pressing_is_what_a_person_does():
    steps = played(small(), [ACTIONS.index("plus"), 0, ACTIONS.index("stop"), *[0] * 20])
    levels = [int(step[0]["levels"][0]) for step in steps]
    assert levels[0] == 3 and levels[1] == 4
    assert steps[-1][2] and len(steps) < 20


def test_a_button_that_is_held_does_something_else():
    top, sole = (TECHNIQUES.index(name) + 1 for name in ("top", "sole"))
    environment = FootMassage("arch", "quick")
    pressed, held = (
        played(environment, [0, 0, ACTIONS.index(name), *[0] * 8]) for name in ("program", "hold program")
    )
    # The stroke is given to its end before the next technique.
    assert pressed[-1][0]["technique"].tolist() == [sole, 0]
    # The roller stays on this spot for ten seconds.
    assert {step[0]["technique"][0] for step in held} == {top}
    assert np.ptp([step[0]["place_mm"][0] for step in held[3:8]]) < 30


def test_a_session_can_have_another_program():
    environment = small()
    assert environment.reset(seed=1)[1] == {"program": "demo"}
    assert environment.reset(seed=1, options={"program": "quick"})[1] == {"program": "quick"}


def test_a_person_whom_the_machine_does_not_take_is_said():
    environment = FootMassage(WISH, "demo", answers={"swollen": True})
    with pytest.raises(InstepError, match="the session ended as refused"):
        environment.reset(seed=1)


def test_without_the_package_a_sentence_has_the_command_that_installs_it():
    program = "import sys; sys.modules['gymnasium'] = None; import sim.environment"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "sim.environment needs gymnasium==" in ended.stderr
