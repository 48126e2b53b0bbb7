"""One simulated session: the firmware's own App over the plant, with a person at the buttons."""

from typing import TYPE_CHECKING

from instep import user_events
from instep.app import App
from instep.axes import TICKS_PER_S
from instep.guard import memory_monitor
from instep.levels import FEET_NAMES, HEAT_NAMES
from instep.session import states
from instep.session.outcome import RESULT_FAULT, RESULT_INTERRUPTED, RESULT_NAMES
from sim.files import StoredFiles
from sim.filesystem import MemoryFilesystem, installed_filesystem
from sim.hal import SimHal
from sim.hooks import Hook
from sim.options import SimOptions
from sim.people import load_person
from sim.person import Person
from sim.plant.figures import load_figures
from sim.plant.jit import compiled
from sim.plant.machine import Plant
from sim.recorder import SAMPLE_TICKS, Recorder

if TYPE_CHECKING:
    from instep.link.link import Port

# The one kernel that goes over many words in every tick; as Python it took a fifth of a simulated tick.
memory_monitor.are_whole = compiled(memory_monitor.are_whole)

# Slices of slow work after each tick.
SLICES_PER_TICK = 1
_SLICES_WITH_LINK = 8
# After a fault or a power cut the simulation goes on for this long, to show that the feet are released.
_AFTER_FAULT_TICKS = 5 * TICKS_PER_S


class Simulation:
    """Simulate a session of one person; `programs` are compiled images, the first is the chosen one.

    `ticks_per_sample`: how often the recorder takes a sample, None = never. `port` is the serial line to a laptop,
    from which the session is then started. `disk` is the file system of a machine in use; None: a new one.
    """

    def __init__(
        self,
        options: SimOptions,
        programs: list[bytes],
        ticks_per_sample: int | None = SAMPLE_TICKS,
        port: "Port | None" = None,
        disk: MemoryFilesystem | None = None,
    ) -> None:
        self.options = options
        figures = load_figures(load_person(options.person), options.seed)
        self.figures = figures
        self.plant = Plant(figures, options.ambient_c, options.seed, options.parts)
        self.hal = SimHal(self.plant)
        self.disk = disk or installed_filesystem()
        self._programs = programs
        self._port = port
        self._slices_per_tick = SLICES_PER_TICK if port is None else _SLICES_WITH_LINK
        self.files = StoredFiles(programs)
        self.app = self._new_app()
        if port is not None:
            self.app.session.selection.choose_program(self.app.session.selection.library.programs[0].name)
        self.asked_for = self.app.session.selection.library.chosen().name
        self.recorder = Recorder(self.app, self.hal, self.plant, ticks_per_sample)
        wells = () if port is None else self.hal.foot_switches
        # None: nobody presses but the caller.
        self.person: Person | None = Person(options.answers, self.hal.buttons, self.hal.display, wells)
        self.is_yours = False
        self.ticks = 0
        self.is_loop_running = True
        self.is_powered = True
        self._was_cut_short = False
        self._after_fault_ticks = 0
        self._has_begun = False
        self.hooks: list[Hook] = []
        self._choose(options)

    def _new_app(self) -> App:
        return App(self.hal, self.figures.calibration, self._programs, self.disk, self._port, self.files.test())

    def _choose(self, options: SimOptions) -> None:
        choices = self.app.session.selection.choices
        choices.intensity = options.intensity
        choices.pace = options.pace
        choices.feet = FEET_NAMES.index(options.feet)
        if options.minutes is not None:
            choices.minutes = options.minutes
        if options.heat is not None:
            choices.heat = HEAT_NAMES.index(options.heat)

    def attach(self, hook: Hook) -> None:
        """Call `hook` in every tick from now on."""
        self.hooks.append(hook)

    def hand_over(self) -> None:
        """Leave the machine to a person at its buttons, with the feet out: nobody else answers or presses."""
        self.is_yours = True
        self.person = None
        for switch in self.hal.foot_switches:
            switch.is_on = False

    @property
    def is_over(self) -> bool:
        """Return True if the session has ended; a machine that is yours stays until you leave it."""
        if self.is_yours:
            return False
        state = self.app.session.state
        if state == states.FAULT or not self.is_powered:
            return self._after_fault_ticks >= _AFTER_FAULT_TICKS
        has_ended = state in (states.DONE, states.REFUSED, states.OFF) or (state == states.IDLE and self._has_begun)
        return has_ended and self.is_loop_running and not any(hook.is_waiting for hook in self.hooks)

    def advance(self, ticks: int) -> None:
        """Simulate `ticks` of 10 ms, or fewer if the session ends."""
        for _ in range(ticks):
            self._tick()
            state = self.app.session.state
            may_be_over = state == states.IDLE or state >= states.DONE or not self.is_powered
            if may_be_over and self.is_over:
                return

    def _tick(self) -> None:
        """Simulate 10 ms: the person, the firmware, the plant, the recorder, with the hooks between."""
        switches = self.hal.foot_switches
        if self.person is not None:
            self.person.tick()
        for hook in self.hooks:
            hook.before_tick()
        self._run_firmware()
        for hook in self.hooks:
            hook.before_step()
        self.plant.step(switches[0].is_on, switches[1].is_on)
        for hook in reversed(self.hooks):
            hook.after_step()
        self.ticks += 1
        self.recorder.tick(self.ticks)
        state = self.app.session.state
        if state == states.FAULT or not self.is_powered:
            self._after_fault_ticks += 1
        elif state != states.IDLE:
            self._has_begun = True

    def _run_firmware(self) -> None:
        if self.is_loop_running:
            self.app.tick()
            for _ in range(self._slices_per_tick):
                self.app.slack()
        if self.is_powered:
            self.hal.pass_tick()
            if self.hal.needs_reset:
                self.restart()

    def restart(self) -> None:
        """Restart the firmware, as the watchdog does when the loop has stood still for a second."""
        self.hal.reset()
        self.app = self._new_app()
        self.recorder.follow(self.app, self.ticks)
        self.is_loop_running = True

    def cut_power(self) -> None:
        """Cut the power: nothing runs, all outputs are off, only the disk keeps its content."""
        self._was_cut_short = states.SELFTEST <= self.app.session.state <= states.RETRACT
        self.is_powered = self.is_loop_running = False
        self.hal.reset()

    def restore_power(self) -> None:
        """Restore the power: the firmware restarts."""
        self.is_powered = True
        self.restart()

    def run_out(self) -> None:
        """Simulate the session to its end."""
        while not self.is_over:
            self.advance(TICKS_PER_S)

    def press(self, button: str) -> None:
        """Push a button down."""
        self.hal.buttons.held |= 1 << user_events.NAMES.index(button)

    def release(self, button: str) -> None:
        """Release a button."""
        self.hal.buttons.held &= ~(1 << user_events.NAMES.index(button))

    @property
    def result(self) -> str:
        """Return the result of the session; "" while it goes on."""
        if self.is_yours:
            return RESULT_NAMES[self.app.session.status.result]
        if not self.is_over:
            return ""
        if self.app.guard.has_loop_stopped:
            return RESULT_NAMES[RESULT_FAULT]
        if self._was_cut_short:
            return RESULT_NAMES[RESULT_INTERRUPTED]
        return RESULT_NAMES[self.app.session.status.result] or "stopped"
