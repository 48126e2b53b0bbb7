"""The live view as a person uses it, driven by Textual's pilot."""

import html
import re
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from host_tools.view.app import LiveApp
from host_tools.view.button_timer import DOWN_TICKS
from host_tools.view.screens import Banner, Help
from host_tools.view.snapshot import BUTTONS, View
from tests.host_tools.fake_source import FakeSource
from tests.host_tools.view.pilot import play, until

IN_WARM = 5_700


IN_TOP_STROKES = 10_500


FRAME_TICKS = 400


ODD_SIZES = ((1, 1), (10, 4), (20, 6), (40, 12), (60, 20), (79, 23), (110, 12), (30, 60), (8, 40), (300, 5))


KEYS = (
    ("space", "start"),
    ("enter", "start"),
    ("s", "stop"),
    ("escape", "stop"),
    ("p", "program"),
    ("minus", "minus"),
    ("plus", "plus"),
    ("h", "heat"),
)


async def until_reached(pilot: Pilot[None], source: FakeSource, tick: int = 0, presses: int = 0) -> None:
    """Wait until `source` has reached `tick` and seen `presses` presses and releases."""
    await until(pilot, lambda: source.now >= tick and len(source.pressed) >= presses)


def text_of(app: LiveApp) -> str:
    """Return the characters on the screen."""
    return html.unescape(re.sub(r"<[^>]*>", " ", app.export_screenshot())).replace("\xa0", " ")


def test_every_key_presses_its_button_for_a_tenth_of_a_second_of_machine_time() -> None:
    source = FakeSource()

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        for count, (key, _) in enumerate(KEYS, start=1):
            await pilot.press(key)
            await until_reached(pilot, source, presses=2 * count)

    play(source, scene)
    downs, ups = source.pressed[::2], source.pressed[1::2]
    assert [entry[:2] for entry in downs] == [("press", button) for _, button in KEYS]
    assert [entry[:2] for entry in ups] == [("release", button) for _, button in KEYS]
    assert {up[2] - down[2] for down, up in zip(downs, ups, strict=True)} == {DOWN_TICKS}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_click_on_each_button_presses_it(size: tuple[int, int]) -> None:
    source = FakeSource()

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "START" in text_of(app) and source.now > 0)
        for count, button in enumerate(BUTTONS, start=1):
            await pilot.click(f"#button-{button}")
            await until_reached(pilot, source, presses=2 * count)

    play(source, scene, size)
    assert [name for kind, name, _ in source.pressed if kind == "press"] == list(BUTTONS)


@pytest.mark.parametrize(
    ("result", "reason", "words", "key"),
    [
        ("done", "", "complete", "x"),
        ("refused", "Swollen feet.", "Swollen feet.", "space"),
        ("stopped", "", "Stopped", "escape"),
        ("fault", "Sole roller blocked [left].", "Sole roller blocked [left].", "f"),
    ],
)
def test_at_the_end_a_banner_says_how_it_went_and_any_key_leaves(
    result: str, reason: str, words: str, key: str
) -> None:
    source = FakeSource(400, result, reason)

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(app.screen, Banner))
        await pilot.pause(0.1)
        assert words in text_of(app)
        assert app.is_running
        await pilot.press(key)
        await until(pilot, lambda: not app.is_running)

    app = play(source, scene, speed=None)
    assert app.return_code == 0
    assert source.pressed == []


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_the_banner_at_the_end_leaves_the_device_s_screen_in_sight(size: tuple[int, int]) -> None:
    source = FakeSource(400, "fault", "Sole roller blocked [left].")

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(app.screen, Banner))
        await until(pilot, lambda: any(banner.region.area for banner in app.screen.query("#banner")))
        display = app.screen_stack[0].query_one("#display").region
        assert display.area and not display.overlaps(app.screen.query_one("#banner").region)
        for row in source.view().display:
            assert row in text_of(app), row
        await pilot.press("x")

    play(source, scene, size, speed=None)


def test_a_program_that_is_given_once_shows_no_time_to_its_end() -> None:
    class Once(FakeSource):
        def view(self) -> View:
            return replace(super().view(), left_s=0.0)

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "classic" in text_of(app))
        assert re.findall(r"\d:\d\d\s+left|of\s+\d+:\d\d", text_of(app)) == []

    play(Once(), scene, (120, 40))


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_every_essential_is_on_the_screen(size: tuple[int, int]) -> None:
    source = FakeSource()
    source.now = IN_TOP_STROKES

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await pilot.press("f")
        await until(pilot, lambda: "massage" in text_of(app))
        text = text_of(app)
        technique = source.view().feet[0].technique
        assert technique == "smooth"
        for essential in ("LEFT", "RIGHT", "smoothing", "top", "sole", "skin", "toes", " N", "39 °C", "massage"):
            assert essential in text, essential
        for essential in ("START/PAUSE", "STOP", "PROGRAM", "INTENSITY", "HEAT", "frozen", "left", "of", "intensity"):
            assert essential in text, essential
        for row in source.view().display:
            assert row in text, row
        assert re.search(r"[12](/| of )2", text)
        assert sum(glyph in text for glyph in "▗▖▄▝▐▞▟") >= 5

    play(source, scene, size)


def test_small_and_odd_terminals_are_no_error() -> None:
    source = FakeSource()
    source.now = IN_TOP_STROKES

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        for size in ODD_SIZES:
            await pilot.resize_terminal(*size)
            await until_reached(pilot, source, tick=source.now + FRAME_TICKS)
        await pilot.press("question_mark")
        await pilot.resize_terminal(*ODD_SIZES[0])
        await pilot.pause(0.1)

    assert play(source, scene).return_code in (None, 0)


def test_help_opens_over_the_running_session_and_closes_without_pressing_a_button() -> None:
    source = FakeSource()

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, Help))
        at = source.now
        await until(pilot, lambda: source.now > at)
        assert "freeze" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, Help))

    play(source, scene)
    assert source.pressed == []


def test_the_log_shows_states_and_techniques_as_they_begin() -> None:
    source = FakeSource()
    source.now = IN_WARM

    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "both smoothing" in text_of(app))
        story = [line.split(maxsplit=1)[1] for line in str(app.side[-1].render()).splitlines()]
        assert story == ["lotion", "massage", "both smoothing"]

    play(source, scene, (120, 40))


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_leaving_keys_close_the_view(key: str) -> None:
    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await pilot.press(key)
        await until(pilot, lambda: not app.is_running)

    assert play(FakeSource(), scene).return_code == 0


class BrokenSource(FakeSource):
    """A machine with a defect."""

    def advance(self, ticks: int) -> None:
        raise ZeroDivisionError("a defect")


def test_a_defect_of_the_machine_is_not_swallowed() -> None:
    async def scene(app: LiveApp, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: not app.is_running)

    with pytest.raises(Exception, match="a defect"):
        play(BrokenSource(), scene)
