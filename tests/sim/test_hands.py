"""A person at the simulated machine: feet, emergency stop and a finger in the way, by keys in a terminal."""

import asyncio
import html
import os
import pty
import re
import select
import subprocess
import sys
import termios
from contextlib import suppress

from textual.pilot import Pilot

from host_tools.view.app import LiveApp
from host_tools.view.screens import Help
from instep.axes import SOLE_STROKE, TICKS_PER_S
from instep.guard import faults
from instep.session import states
from sim.hands import EMERGENCY, FINGER, LEFT_FOOT, RIGHT_FOOT, Hands
from sim.simulation import Simulation
from sim.view_source import SimulatedSource
from tests.host_tools.view.pilot import until as until_shown
from tests.scenarios.machine import into_stroke, is_powered_off, press, simulate, state_of, until, wait

# A bound against a hang only.
HANG_S = 120
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
SIZE = (80, 24)


def yours(program: str = "demo") -> tuple[Simulation, Hands]:
    """Return a machine that nobody but the test operates."""
    simulation = simulate(program)
    simulation.hand_over()
    return simulation, Hands(simulation)


def begun(program: str = "quick") -> tuple[Simulation, Hands]:
    """Return a session in the middle of a sole stroke, and hands at it."""
    simulation = into_stroke(simulate(program, heat="off"), SOLE_STROKE, 100_000)
    return simulation, Hands(simulation)


def test_nothing_answers_for_you():
    simulation, _ = yours()
    wait(simulation, 30 * TICKS_PER_S)
    assert state_of(simulation) == "idle"
    press(simulation, "start")
    wait(simulation, 20 * TICKS_PER_S)
    assert state_of(simulation) == "screening"
    assert not simulation.is_over


def test_the_machine_stays_when_a_session_is_over():
    simulation, _ = yours()
    press(simulation, "start")
    press(simulation, "stop")
    assert state_of(simulation) == "idle"
    wait(simulation, TICKS_PER_S)
    assert not simulation.is_over
    press(simulation, "start")
    assert state_of(simulation) == "screening"


def test_feet_begin_out_and_go_in_and_out():
    simulation, hands = yours()
    assert [foot.is_in for foot in SimulatedSource(simulation).view().feet] == [False, False]
    assert hands.act(LEFT_FOOT) == "The left foot is in its well."
    assert [foot.is_in for foot in SimulatedSource(simulation).view().feet] == [True, False]
    assert hands.act(RIGHT_FOOT) == "The right foot is in its well."
    assert hands.act(LEFT_FOOT) == "The left foot is out of its well."
    assert [foot.is_in for foot in SimulatedSource(simulation).view().feet] == [False, True]


def test_a_foot_that_you_lift_out_pauses_the_massage():
    simulation, hands = begun()
    hands.act(RIGHT_FOOT)
    assert state_of(until(simulation, "paused", max_s=1)) == "paused"


def test_the_emergency_stop_that_you_hit_cuts_the_power_until_you_pull_it_out():
    simulation, hands = begun()
    assert "hit" in hands.act(EMERGENCY)
    wait(simulation, 2)
    assert state_of(simulation) == "fault"
    assert faults.name(simulation.app.guard.fault) == "emergency_stop"
    assert is_powered_off(simulation)
    wait(simulation, 2 * TICKS_PER_S)
    press(simulation, "start")
    assert state_of(simulation) == "fault"
    assert "pulled out" in hands.act(EMERGENCY)
    wait(simulation, 2 * TICKS_PER_S)
    press(simulation, "start")
    assert simulation.app.session.state == states.IDLE


def test_a_finger_that_you_put_in_the_way_stops_the_roller():
    simulation, hands = begun()
    assert hands.act(FINGER) == "A finger is in the way of the left sole roller. Press x again to take it away."
    until(simulation, "fault", max_s=3)
    assert faults.name(simulation.app.guard.fault) == "roller_blocked"
    assert hands.act(FINGER) == "The finger is taken away."


def test_where_no_roller_moves_a_finger_meets_nothing():
    simulation, hands = yours()
    wait(simulation, TICKS_PER_S)
    assert "No roller moves" in hands.act(FINGER)
    assert "No roller moves" in hands.act(FINGER)


def text_of(app: LiveApp) -> str:
    """Return the characters on the screen."""
    return html.unescape(re.sub(r"<[^>]*>", " ", app.export_screenshot())).replace("\xa0", " ")


def at_the_buttons(scene, speed: float | None = 1.0) -> Simulation:
    """Run `scene` on the live view of a machine that is yours; return the machine."""
    simulation, hands = yours()

    async def run() -> None:
        app = LiveApp(SimulatedSource(simulation), speed, hands=hands)
        async with app.run_test(size=SIZE) as pilot:
            await scene(app, pilot, simulation)

    asyncio.run(run())
    return simulation


def test_the_line_of_keys_shows_the_feet_the_emergency_stop_and_the_finger():
    async def scene(app: LiveApp, pilot: Pilot[None], simulation: Simulation) -> None:
        await until_shown(pilot, lambda: "finger" in text_of(app))
        shown = text_of(app)
        for label in ("left foot", "right foot", "emergency", "finger", "help", "leave"):
            assert label in shown, label
        await pilot.press("question_mark")
        await until_shown(pilot, lambda: isinstance(app.screen, Help) and "hold HEAT" in text_of(app))
        shown = text_of(app)
        for meaning in ("hold HEAT", "pull it out again", "a finger into the way", "leave"):
            assert meaning in shown, meaning

    at_the_buttons(scene)


def test_keys_move_feet_and_answer_the_questions():
    async def scene(app: LiveApp, pilot: Pilot[None], simulation: Simulation) -> None:
        session = simulation.app.session
        told: list[str] = []
        app.notify = lambda message, **_: told.append(message)  # type: ignore[method-assign]
        await pilot.press("l")
        await pilot.press("r")
        assert [switch.is_on for switch in simulation.hal.foot_switches] == [True, True]
        assert told == ["The left foot is in its well.", "The right foot is in its well."]
        await pilot.press("space")
        await until_shown(pilot, lambda: session.state == states.SCREENING)
        await pilot.press("s")
        await until_shown(pilot, lambda: session.state == states.IDLE)
        await pilot.press("x")
        assert "No roller moves" in told[-1]
        await pilot.press("e")
        await until_shown(pilot, lambda: session.state == states.FAULT)
        await pilot.press("e")
        assert not simulation.hal.emergency_stop.is_on

    at_the_buttons(scene)


def test_a_capital_key_holds_its_button():
    async def scene(app: LiveApp, pilot: Pilot[None], simulation: Simulation) -> None:
        await pilot.press("H")
        await until_shown(pilot, lambda: any("left/right" in row for row in simulation.hal.display.rows))
        await pilot.press("S")
        await until_shown(pilot, lambda: simulation.app.session.state == states.OFF)
        await pilot.press("space")
        await until_shown(pilot, lambda: simulation.app.session.state == states.IDLE)

    at_the_buttons(scene, speed=10.0)


class Terminal:
    """`instep` in a pseudo terminal, as a person runs it."""

    def __init__(self, *arguments: str) -> None:
        self._fd, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (30, 100))
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "host_tools", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, text: str) -> None:
        """Read what is shown until `text` is among it; fail if the terminal falls silent for long."""
        while text not in self.shown:
            ready, _, _ = select.select([self._fd], [], [], HANG_S)
            assert ready, f"{text!r} is not shown, but: {self.shown[-2000:]}"
            self.shown += _ESCAPES.sub("", os.read(self._fd, 65_536).decode(errors="replace"))

    def type(self, keys: str) -> None:
        """Press keys; forget what was shown before."""
        self.shown = ""
        os.write(self._fd, keys.encode())

    def rest(self) -> str:
        """Read to the end and return it."""
        with suppress(OSError):  # the end of a pseudo terminal
            while chunk := os.read(self._fd, 65_536):
                self.shown += _ESCAPES.sub("", chunk.decode(errors="replace"))
        os.close(self._fd)
        return self.shown


def test_in_a_real_terminal_you_sit_at_the_machine_until_you_leave():
    terminal = Terminal("sim", "demo")
    try:
        terminal.until("left foot")
        terminal.type("l")
        terminal.until("The left foot is in its well.")
        terminal.type(" ")
        terminal.until("BEFORE WE START")
        terminal.type("q")
        assert "The session was left before its end." in terminal.rest()
        assert terminal.process.wait(HANG_S) == 0
    finally:
        terminal.process.kill()
