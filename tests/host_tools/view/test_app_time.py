"""The live view's time: speed, freezing, and keys that are answered while the machine runs."""

import asyncio
import html
import re

import pytest
from textual.pilot import Pilot

from host_tools.view.app import LiveApp
from host_tools.view.pacer import SPEED_DEFAULT
from tests.host_tools.fake_source import FakeSource
from tests.host_tools.view.pilot import play, until

SLICES_ENOUGH = 50


def text_of(app: LiveApp) -> str:
    """Return the characters on the screen."""
    return html.unescape(re.sub(r"<[^>]*>", " ", app.export_screenshot())).replace("\xa0", " ")


@pytest.mark.parametrize(("keys", "speed"), [("]", 100.0), ("[", 10.0), (".", 100.0), (",", 10.0)])
def test_speed_keys_change_the_speed_and_the_headline_says_so(keys: str, speed: float) -> None:
    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        assert app.pacer.speed == SPEED_DEFAULT
        await pilot.press(keys)
        assert app.pacer.speed == speed
        await until(pilot, lambda: f"{speed:.0f}\u00d7" in text_of(app))

    play(FakeSource(ticks=10**7), scene)


def test_machine_time_passes_at_thirty_times_the_person_s() -> None:
    source = FakeSource(ticks=10**7)

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: source.now >= SPEED_DEFAULT * 100)

    play(source, scene)


def test_freezing_stops_machine_time_and_the_second_press_lets_it_go_on() -> None:
    source = FakeSource()

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: source.now > 0)
        await pilot.press("f")
        await until(pilot, lambda: "frozen" in text_of(app))
        at = source.now
        await pilot.pause(0.3)
        assert source.now == at
        await pilot.press("f")
        await until(pilot, lambda: source.now > at)
        await until(pilot, lambda: "frozen" not in text_of(app))

    play(source, scene)


def test_a_button_pressed_while_frozen_reaches_the_machine_and_is_released_after_it_goes_on() -> None:
    source = FakeSource()

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await pilot.press("f", "h")
        await pilot.pause(0.2)
        assert [kind for kind, _, _ in source.pressed] == ["press"]
        await pilot.press("f")
        await until(pilot, lambda: len(source.pressed) == 2)

    play(source, scene)


def test_keys_are_answered_while_the_machine_runs_as_fast_as_it_can() -> None:
    source = FakeSource(ticks=10**9)

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: source.now > 0)
        await pilot.press("s")
        await until(pilot, lambda: ("press", "stop") in [entry[:2] for entry in source.pressed])

    play(source, scene, speed=None)


class WatchfulSource(FakeSource):
    """A machine that counts how often nothing else got a turn between two of its slices."""

    def __init__(self) -> None:
        super().__init__(ticks=10**9)
        self.starved = 0
        self._owed_a_turn = False

    def advance(self, ticks: int) -> None:
        super().advance(ticks)
        self.starved += self._owed_a_turn
        self._owed_a_turn = True
        asyncio.get_running_loop().call_soon(self._take_turn)

    def _take_turn(self) -> None:
        self._owed_a_turn = False


def test_keys_get_their_turn_after_every_slice_of_work() -> None:
    source = WatchfulSource()

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: len(source.advances) > SLICES_ENOUGH)

    play(source, scene, speed=None)
    assert source.starved == 0
