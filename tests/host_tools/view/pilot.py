"""Drive the live view with Textual's pilot."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot

from host_tools.view.app import LiveApp
from host_tools.view.pacer import SPEED_DEFAULT
from tests.host_tools.fake_source import FakeSource

# A bound against a hang only: a busy computer needs many rounds.
WAITS_MAX = 6_000

Scene = Callable[[LiveApp, Pilot[None]], Awaitable[None]]


def play(
    source: FakeSource, scene: Scene, size: tuple[int, int] = (80, 24), speed: float | None = SPEED_DEFAULT
) -> LiveApp:
    """Run `scene` on a live view of `source`; return the closed view."""

    async def run() -> LiveApp:
        app = LiveApp(source, speed)
        async with app.run_test(size=size) as pilot:
            await scene(app, pilot)
        return app

    return asyncio.run(run())


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for `condition`; fail if it stays False."""
    for _ in range(WAITS_MAX):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("the condition stayed False")
