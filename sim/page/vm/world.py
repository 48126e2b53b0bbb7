"""The simulated machine of the page: firmware, plant and person; JavaScript calls it tick by tick."""

import json
from typing import Any

from instep.link.link import Link
from sim.grades import IDEAL
from sim.options import ANSWERS, SimOptions
from sim.page.vm.figures import PageFigures, PagePerson
from sim.page.vm.line import PageLine
from sim.page.vm.mishaps import Mishaps
from sim.plant.layout import PEAK_FORCE_N, PEAK_SKIN_C
from sim.reasons import reason_of
from sim.simulation import Simulation
from sim.summary import fit_mm

# The link's slices of slow work in a tick: a reply leaves within a few ticks, as on a board.
_LINK_SLICES = 8


class World:
    """One machine from its power-up on. `wish` is JSON: program, programs, person, levels, seed, answered, answers."""

    def __init__(self, wish: str, host: Any) -> None:
        wishes = json.loads(wish)
        figures = PageFigures(PagePerson(wishes["person"], wishes["lengths_mm"]), wishes["calibration"], host)
        options = SimOptions(
            program=wishes["program"],
            person=figures,  # type: ignore[arg-type] # see figures.same_person
            minutes=wishes["minutes"],
            intensity=wishes["intensity"],
            pace=wishes["pace"],
            feet=wishes["feet"],
            heat=wishes["heat"],
            ambient_c=wishes["ambient_c"],
            seed=wishes["seed"],
            parts=IDEAL,
            answers=dict(list(ANSWERS.items()) + list(wishes["answers"].items())),
        )
        programs = [_read(f"/programs/{name}.bin") for name in wishes["programs"]]
        self.simulation = Simulation(options, programs, None)
        self.mishaps = Mishaps(self.simulation)
        self.simulation.attach(self.mishaps)
        if not wishes["answered"]:
            self.simulation.person = None
            # At boot the machine selects the program that was chosen last: here the one of the request.
            self.simulation.app.session.selection.choose_program(wishes["program"])
            self.simulation._choose(options)
        self.line = PageLine()
        self.display: Any = self.simulation.hal.display
        self.generation = 0
        self._follow()
        self._held = 0
        self._feet = 3
        self._told_events = 0

    def _follow(self) -> None:
        """Take the firmware that runs now: a restart makes a new one."""
        self.generation += 1
        self._app = app = self.simulation.app
        self._link = Link(self.line, app.requests, app.telemetry, self.display.text)

    def tick(self, held: int, feet: int, is_mushroom_down: bool) -> int:
        """Simulate 10 ms; return 256 × the number of the firmware's starts + its session's state.

        `held`: mask of the buttons that the page holds down. `feet`: bit 0 = the left foot is in, bit 1 = the right.
        """
        if held != self._held:
            buttons = self.simulation.hal.buttons
            buttons.held = (buttons.held | held) & ~(self._held & ~held)
            self._held = held
        if feet != self._feet:
            switches = self.simulation.hal.foot_switches
            switches[0].is_on = bool(feet & 1)
            switches[1].is_on = bool(feet & 2)
            self._feet = feet
        self.mishaps.press_mushroom(is_mushroom_down)
        self.simulation.advance(1)
        if self.simulation.app is not self._app:
            self._follow()
        if self.simulation.is_loop_running:
            self._serve_line()
        return self.generation * 256 + self._app.session.state

    def _serve_line(self) -> None:
        link = self._link
        ticks = self.simulation.ticks
        for _ in range(_LINK_SLICES):
            has_read = link.receive(ticks)
            has_sent = link.send(ticks)
            if not has_read and not has_sent:
                return

    def places(self) -> str:
        """Return the memory addresses of setpoints, the display's points and both buffers of the line."""
        from uctypes import addressof

        return json.dumps(
            {
                "setpoints": addressof(self._app.scheduler.setpoints),
                "points": addressof(self.display.points),
                "incoming": addressof(self.line.incoming),
                "outgoing": addressof(self.line.outgoing),
            }
        )

    def screen(self) -> str:
        """Return the display's rows as text, for screen readers."""
        return "\n".join([bytes(row).decode() for row in self.display.text])

    def news(self) -> str:
        """Return the events since the last call, and the outcome of each injected fault, as JSON."""
        events = self.simulation.recorder.events
        fresh = events[self._told_events :]
        self._told_events = len(events)
        return json.dumps(
            {
                "events": [[event.tick, event.kind, event.foot, event.text] for event in fresh],
                "mishaps": self.mishaps.outcomes(),
            }
        )

    def figures(self) -> str:
        """Return the session's summary, with the keys of `instep sim --json`, as JSON."""
        simulation = self.simulation
        program = simulation.app.session.selection.library.chosen()
        return json.dumps(
            {
                "program": program.name,
                "program_crc32": f"{program.crc32:08x}",
                "person": simulation.figures.person.name,
                "seed": simulation.options.seed,
                "result": simulation.result,
                "reason": reason_of(simulation.app),
                "ticks": simulation.ticks,
                "setpoint_crc32": f"{simulation.recorder.setpoint_crc32:08x}",
                "fit_mm": fit_mm(simulation),
                "techniques": [run.as_json() for run in simulation.recorder.techniques],
                "max_force_n": simulation.plant.state[PEAK_FORCE_N],
                "max_skin_c": simulation.plant.state[PEAK_SKIN_C],
                "faults": [event.text for event in simulation.recorder.events if event.kind == "fault"],
            }
        )


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()
