"""One simulated session: the firmware's own App over the plant, with a person at the buttons."""

from typing import TYPE_CHECKING

from instep import user_events
from instep.app import App
from instep.axes import (
    AXES_PER_FOOT,
    HOLD_ARCH,
    HOLD_HEEL,
    SERVOS_PER_FOOT,
    SOLE_PRESS,
    TICKS_PER_S,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
)
from instep.levels import FEET_NAMES, HEAT_CENTI_C, HEAT_NAMES
from instep.session import states
from instep.session.outcome import RESULT_FAULT, RESULT_INTERRUPTED, RESULT_NAMES
from instep.stroke.foot_scaling import STATION_PERMILLE, TOP_PERMILLE
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from instep.units import CENTI, MILLI, PERMILLE
from sim.faults.inject import Injector
from sim.faults.parse import Injection
from sim.files import StoredFiles
from sim.filesystem import MemoryFilesystem, installed_filesystem
from sim.hal import SimHal
from sim.options import SimOptions
from sim.people import load_person
from sim.person import Person
from sim.plant import heat, motor, servo
from sim.plant.figures import load_figures
from sim.plant.machine import BUS_V, CONTACT_N, MOTOR, SERVO, WELL, Plant
from sim.reasons import reason_of
from sim.recorder import SAMPLE_TICKS, Recorder
from sim.view import FootView, View

if TYPE_CHECKING:
    from instep.link.link import Port

# How much slow work fits in behind a tick.
SLICES_PER_TICK = 1
_SLICES_WITH_LINK = 8
# After a fault, or in the dark, the simulation goes on for a while, to see that everything is let go.
_AFTER_FAULT_TICKS = 5 * TICKS_PER_S


class Simulation:
    """A session of one person; `programs` are compiled images, the first is the one asked for.

    `ticks_per_sample`: how often the recorder takes a sample, None = never. `injections` are faults to happen.
    `port` is the serial line to a laptop, from which the session is then begun. `disk` is what the machine has kept so
    far; None: it is new.
    """

    def __init__(
        self,
        options: SimOptions,
        programs: list[bytes],
        ticks_per_sample: int | None = SAMPLE_TICKS,
        injections: tuple[Injection, ...] = (),
        port: "Port | None" = None,
        disk: MemoryFilesystem | None = None,
    ) -> None:
        self.options = options
        figures = load_figures(load_person(options.person), options.seed)
        self.figures = figures
        self.plant = Plant(figures, options.ambient_c, options.seed)
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
        self.person = Person(options.answers, self.hal.buttons, self.hal.display, wells)
        self.ticks = 0
        self.is_loop_running = True
        self.is_powered = True
        self._was_cut_short = False
        self._after_fault_ticks = 0
        self._has_begun = False
        self._choose(options)
        self.inject(*injections)

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

    def inject(self, *injections: Injection) -> None:
        """Let these faults happen, and no others; their times count from the session's start, or from a phase."""
        self.injector = Injector(self, injections)

    @property
    def is_over(self) -> bool:
        """Tell whether the session has ended."""
        state = self.app.session.state
        if state == states.FAULT or not self.is_powered:
            return self._after_fault_ticks >= _AFTER_FAULT_TICKS
        has_ended = state in (states.DONE, states.REFUSED, states.OFF) or (state == states.IDLE and self._has_begun)
        return has_ended and self.is_loop_running and not self.injector.is_waiting

    def advance(self, ticks: int) -> None:
        """Let `ticks` of 10 ms pass, or fewer when the session ends."""
        switches = self.hal.foot_switches
        for _ in range(ticks):
            self.person.tick()
            self.injector.before_tick()
            if self.is_loop_running:
                self.app.tick()
                for _ in range(self._slices_per_tick):
                    self.app.slack()
            if self.is_powered:
                self.hal.pass_tick()
                if self.hal.needs_reset:
                    self.restart()
            self.injector.before_step()
            self.plant.step(switches[0].is_on, switches[1].is_on)
            self.injector.after_step()
            self.ticks += 1
            self.recorder.tick(self.ticks)
            state = self.app.session.state
            if state == states.FAULT or not self.is_powered:
                self._after_fault_ticks += 1
            elif state != states.IDLE:
                self._has_begun = True
            may_be_over = state == states.IDLE or state >= states.DONE or not self.is_powered
            if may_be_over and self.is_over:
                return

    def restart(self) -> None:
        """Start the firmware anew, as the watchdog does when the loop has not come round for a second."""
        self.hal.reset()
        self.app = self._new_app()
        self.recorder.follow(self.app, self.ticks)
        self.is_loop_running = True

    def cut_power(self) -> None:
        """Let the power fail: nothing runs, all outputs are off, and of what was kept only the disk is left."""
        self._was_cut_short = states.SELFTEST <= self.app.session.state <= states.RETRACT
        self.is_powered = self.is_loop_running = False
        self.hal.reset()

    def restore_power(self) -> None:
        """Let the power come back: the firmware starts anew."""
        self.is_powered = True
        self.restart()

    def run_out(self) -> None:
        """Let the session go on to its end."""
        while not self.is_over:
            self.advance(TICKS_PER_S)

    def press(self, button: str) -> None:
        """Push a button down."""
        self.hal.buttons.held |= 1 << user_events.NAMES.index(button)

    def release(self, button: str) -> None:
        """Let a button go."""
        self.hal.buttons.held &= ~(1 << user_events.NAMES.index(button))

    @property
    def result(self) -> str:
        """Return how the session ended; "" while it goes on."""
        if not self.is_over:
            return ""
        if self.app.guard.has_loop_stopped:
            return RESULT_NAMES[RESULT_FAULT]
        if self._was_cut_short:
            return RESULT_NAMES[RESULT_INTERRUPTED]
        return RESULT_NAMES[self.app.session.status.result] or "stopped"

    def view(self) -> View:
        """Return what there is to see now."""
        session = self.app.session
        choices = session.selection.choices
        return View(
            time_s=self.ticks / TICKS_PER_S,
            left_s=float(session.status.clock.seconds_left()),
            state=states.NAMES[session.state],
            program=session.selection.library.chosen().name,
            intensity=choices.intensity,
            pace=choices.pace,
            heat=HEAT_NAMES[choices.heat],
            target_c=HEAT_CENTI_C[choices.heat] / CENTI,
            display=tuple(self.hal.display.rows),
            feet=(self._foot_view(0), self._foot_view(1)),
            supply_v=float(self.plant.state[BUS_V]),
            result=self.result or None,
            reason=reason_of(self.app),
        )

    def _foot_view(self, foot: int) -> FootView:
        state = self.plant.state
        player = self.app.scheduler.players[foot]
        technique = self.app.scheduler.technique(foot)
        length_m = self.figures.person.length_mm(foot) / MILLI
        top = MOTOR + (2 * foot) * motor.STATES + motor.POSITION_M
        sole = MOTOR + (2 * foot + 1) * motor.STATES + motor.POSITION_M
        well = WELL + foot * heat.STATE_SIZE
        setpoints = self.app.scheduler.setpoints
        base = foot * AXES_PER_FOOT
        toe_m = length_m * STATION_PERMILLE[0] / PERMILLE
        is_fitted = states.WARM <= self.app.session.state <= states.DONE
        return FootView(
            technique=None if technique == NO_TECHNIQUE else TECHNIQUES[technique],
            stroke=player.begun if technique != NO_TECHNIQUE else 0,
            strokes=player.strokes if technique != NO_TECHNIQUE else 0,
            top_permille=float(state[top]) / (length_m * TOP_PERMILLE / PERMILLE) * PERMILLE,
            sole_permille=float(state[sole]) / length_m * PERMILLE,
            top_n=float(state[CONTACT_N + 2 * foot]),
            sole_n=float(state[CONTACT_N + 2 * foot + 1]),
            top_target_n=setpoints[base + TOP_PRESS] / MILLI,
            sole_target_n=setpoints[base + SOLE_PRESS] / MILLI,
            toe_station=self._servo(foot, TOE_SELECT) / MILLI,
            reach_permille=self._servo(foot, TOE_REACH) / 1e6 / toe_m * PERMILLE,
            turn_deg=self._servo(foot, TOE_TURN) / 10.0,
            grip_n=self._servo(foot, TOE_GRIP) / MILLI,
            arch_n=self._servo(foot, HOLD_ARCH) / MILLI,
            heel_n=self._servo(foot, HOLD_HEEL) / MILLI,
            skin_c=float(state[well + heat.PAD_C]),
            element_c=float(state[well + heat.ELEMENT_C]),
            length_mm=self.app.session.status.fitting.fit.length_um[foot] / MILLI if is_fitted else None,
        )

    def _servo(self, foot: int, axis: int) -> float:
        index = axis - TOP_PRESS
        at = SERVO + (foot * SERVOS_PER_FOOT + index) * servo.STATES
        return servo.value_of(self.plant.state[at : at + servo.STATES], self.figures.servos[index].pack())
