"""The live view of a machine at the end of the link, driven by Textual's pilot."""

import asyncio
import html
import re
import time

from host_tools.commands.machine import MachineSource
from host_tools.link.client import Client
from instep.session import states
from sim.live.app import LiveApp
from sim.live.screens import Banner
from tests.host_tools.served import served

WAIT_S = 120
FAST = 12.0


class NotingApp(LiveApp):
    """The live view; `said` keeps what it has shown for some seconds."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.said = []

    def notify(self, message, **how):
        self.said.append(message)
        super().notify(message, **how)


def show(server, scene, ends=False):
    """Run `scene` on a live view of the machine."""

    async def run(source):
        app = NotingApp(source, 1.0, is_real=True)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await scene(app, pilot)

    with Client(server.url) as client:
        source = MachineSource(client, ends)
        asyncio.run(run(source))
        return source


def text_of(app):
    return html.unescape(re.sub(r"<[^>]*>", " ", app.export_screenshot())).replace("\xa0", " ")


async def until(pilot, condition):
    until_s = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < until_s, "what was waited for did not come"
        await pilot.pause(0.02)


def state_of(server):
    return states.NAMES[server.simulation.app.session.state]


def test_a_session_is_begun_watched_paused_and_resumed_from_the_laptop():
    with served("demo") as (server, pace):
        app_of_board = server.simulation.app

        async def scene(app, pilot):
            await until(pilot, lambda: "INSTEP" in text_of(app))
            await pilot.press("space")
            await until(pilot, lambda: "questions" in text_of(app))
            await pilot.press("plus")
            await until(pilot, lambda: app.said == ["PLUS: only at the machine now."])
            pace.speed, pace.until = FAST, "run"
            await until(pilot, lambda: "massage" in text_of(app) and "own stroke" in text_of(app))
            await pilot.press("plus")
            await until(pilot, lambda: app_of_board.session.selection.choices.intensity == 4)
            await pilot.press("space")
            await until(pilot, lambda: state_of(server) == "paused")
            await until(pilot, lambda: app_of_board.scheduler.state == 3)
            await pilot.press("space")
            await until(pilot, lambda: state_of(server) == "run")
            await pilot.press("s")
            await until(pilot, lambda: state_of(server) in ("retract", "done"))
            text = text_of(app)
            assert "live" in text and "faster" not in text and "freeze" not in text

        show(server, scene)


def test_the_programs_of_the_machine_are_gone_through_by_key():
    with served("demo") as (server, _):

        async def scene(app, pilot):
            await until(pilot, lambda: "demo" in text_of(app))
            await pilot.press("p")
            await until(pilot, lambda: server.simulation.app.session.selection.library.chosen().name == "classic")
            await until(pilot, lambda: "classic" in text_of(app))
            await pilot.press("h")
            await until(pilot, lambda: server.simulation.app.session.selection.choices.heat == 2)

        show(server, scene)


def test_a_lost_board_is_said_and_found_again():
    with served("demo") as (server, pace):

        async def scene(app, pilot):
            await until(pilot, lambda: "live" in text_of(app))
            pace.speed = 0.01
            server.port.hang_up()
            await until(pilot, lambda: "no connection" in text_of(app))
            pace.speed = 1.0
            await until(pilot, lambda: "live" in text_of(app))

        show(server, scene)


def test_the_view_of_a_run_ends_with_its_session_and_says_how():
    with served("demo", FAST, {"swollen": True}) as (server, _):

        async def scene(app, pilot):
            await until(pilot, lambda: isinstance(app.screen, Banner))
            await pilot.pause(0.1)
            assert "Swollen feet must not be massaged." in text_of(app)

        with Client(server.url) as client:
            client.start()
        source = show(server, scene, ends=True)
    assert source.is_over and source.ending == ("refused", "swollen")
