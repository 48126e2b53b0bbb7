"""A scene restores the machine afterwards and reports its findings."""

import pytest

from tests.emulator.scene import SceneError, played


def test_a_scene_leaves_nothing_behind_but_what_it_returns():
    things = [1]

    def scene() -> list[int]:
        things.append(2)
        return things

    assert played(scene) == [1, 2]
    assert things == [1]


def test_a_scene_that_fails_is_reported_with_its_cause():
    def scene() -> None:
        raise ValueError("the roller is gone")

    with pytest.raises(SceneError, match="the roller is gone"):
        played(scene)
