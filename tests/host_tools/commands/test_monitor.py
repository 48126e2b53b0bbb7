"""The live view of a machine at the end of the link, driven by Textual's pilot; the machine waits for the test."""

import asyncio
import html
import re

from host_tools.commands.machine import MachineSource
from host_tools.view.app import LiveApp
from host_tools.view.screens import Banner
from instep.axes import TICKS_PER_S
from instep.stroke.scheduler import PAUSED
from tests.host_tools.virtual_machine import VirtualMachine

ROUNDS_MAX = 5_000


class NotingApp(LiveApp):
    """The live view; `noted` keeps the notes that it has shown for some seconds."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.noted = []

    def notify(self, message, **how):
        self.noted.append(message)
        super().notify(message, **how)


def show(machine, scene, ends=False):
    """Run `scene` on a live view of the machine, of which 0.1 s pass with every look."""
    machine.ticks_per_look = 10

    async def run(source):
        app = NotingApp(source, 1.0, is_real=True)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await scene(app, pilot)

    with machine.client() as client:
        source = MachineSource(client, ends)
        asyncio.run(run(source))
        return source


def text_of(app):
    return html.unescape(re.sub(r"<[^>]*>", " ", app.export_screenshot())).replace("\xa0", " ")


async def until(pilot, condition):
    """Let the view go on until something is so."""
    for _ in range(ROUNDS_MAX):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("the condition does not become true")


def test_a_session_is_begun_watched_paused_and_resumed_from_the_laptop():
    machine = VirtualMachine()

    async def scene(app, pilot):
        with machine.person_waiting():
            await until(pilot, lambda: "INSTEP" in text_of(app))
            await pilot.press("space")
            await until(pilot, lambda: "questions" in text_of(app))
            await pilot.press("plus")
            await until(pilot, lambda: app.noted == ["PLUS: only at the machine now."])
        machine.wait_for(lambda: machine.state == "run")
        # Slower from here on: a busy computer draws seldom, and the massage must not be over by then.
        machine.ticks_per_look = 1
        await until(pilot, lambda: "massage" in text_of(app) and "own stroke" in text_of(app))
        await pilot.press("plus")
        await until(pilot, lambda: machine.app.session.selection.choices.intensity == 4)
        await pilot.press("space")
        await until(pilot, lambda: machine.state == "paused")
        machine.wait_for(lambda: machine.app.scheduler.state == PAUSED)
        await pilot.press("space")
        await until(pilot, lambda: machine.state == "run")
        await pilot.press("s")
        await until(pilot, lambda: machine.state in ("retract", "done"))
        text = text_of(app)
        assert "live" in text and "faster" not in text and "freeze" not in text

    show(machine, scene)


def test_the_program_and_heat_keys_choose_on_the_machine():
    machine = VirtualMachine()

    async def scene(app, pilot):
        await until(pilot, lambda: "demo" in text_of(app))
        await pilot.press("p")
        await until(pilot, lambda: machine.app.session.selection.library.chosen().name == "classic")
        await until(pilot, lambda: "classic" in text_of(app))
        await pilot.press("h")
        await until(pilot, lambda: machine.app.session.selection.choices.heat == 2)

    show(machine, scene)


def test_a_lost_board_is_reported_and_found_again():
    machine = VirtualMachine()

    async def scene(app, pilot):
        await until(pilot, lambda: "live" in text_of(app))
        machine.line.is_cut = True
        await until(pilot, lambda: "no connection" in text_of(app))
        machine.line.is_cut = False
        machine.pass_ticks(2 * TICKS_PER_S)
        await until(pilot, lambda: "live" in text_of(app))

    show(machine, scene)


def test_the_view_of_a_run_ends_with_its_session_and_shows_the_result():
    machine = VirtualMachine(answers={"swollen": True})

    async def scene(app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Banner))
        await until(pilot, lambda: "Swollen feet must not be massaged." in text_of(app))

    with machine.client() as client:
        client.start()
    source = show(machine, scene, ends=True)
    assert source.is_over and source.ending == (
        "refused",
        "Swollen feet must not be massaged. See a physician about the swelling.",
    )
