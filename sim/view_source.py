"""The simulated machine as the live view's source."""

from host_tools.view.snapshot import FootView, View
from instep.axes import (
    AXES_PER_FOOT,
    DISPLAY_ROWS,
    HOLD_ARCH,
    HOLD_HEEL,
    LEFT,
    RIGHT,
    SERVOS_PER_FOOT,
    SOLE_PRESS,
    TICKS_PER_S,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
)
from instep.levels import HEAT_CENTI_C, HEAT_NAMES
from instep.session import states
from instep.stroke.foot_scaling import STATION_PERMILLE, TOP_PERMILLE
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from instep.units import CENTI, DECI, MICRO, MILLI, PERMILLE
from sim.plant import heat, motor, servo
from sim.plant.machine import BUS_V, CONTACT_N, MOTOR, SERVO, WELL
from sim.reasons import reason_of
from sim.simulation import Simulation

# A row is composed, then sent.
_SLICES_PER_ROW = 2


class SimulatedSource:
    """Watch and operate a simulation; positions and temperatures are the plant's true state."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation

    @property
    def is_over(self) -> bool:
        """Return True if the session has ended."""
        return self._simulation.is_over

    def advance(self, ticks: int) -> None:
        """Simulate `ticks` of 10 ms, or fewer if the session ends: then the display's last screen is drawn whole."""
        simulation = self._simulation
        simulation.advance(ticks)
        if simulation.is_over and simulation.is_powered:
            for _ in range(_SLICES_PER_ROW * DISPLAY_ROWS):
                simulation.app.screen.slice(simulation.ticks)

    def press(self, button: str) -> None:
        """Push a button down."""
        self._simulation.press(button)

    def release(self, button: str) -> None:
        """Release a button."""
        self._simulation.release(button)

    def view(self) -> View:
        """Return the state of the machine at this moment."""
        simulation = self._simulation
        session = simulation.app.session
        choices = session.selection.choices
        return View(
            time_s=simulation.ticks / TICKS_PER_S,
            left_s=0.0 if session.selection.is_given_once() else float(session.status.clock.seconds_left()),
            state=states.NAMES[session.state],
            program=session.selection.library.chosen().name,
            intensity=choices.intensity,
            pace=choices.pace,
            heat=HEAT_NAMES[choices.heat],
            target_c=HEAT_CENTI_C[choices.heat] / CENTI,
            display=tuple(simulation.hal.display.rows),
            feet=(self._foot_view(LEFT), self._foot_view(RIGHT)),
            supply_v=float(simulation.plant.state[BUS_V]),
            result=simulation.result or None if simulation.is_over else None,
            reason=reason_of(simulation.app),
        )

    def _foot_view(self, foot: int) -> FootView:
        simulation = self._simulation
        state = simulation.plant.state
        scheduler = simulation.app.scheduler
        player = scheduler.players[foot]
        technique = scheduler.technique(foot)
        length_m = simulation.figures.person.length_mm(foot) / MILLI
        top = MOTOR + (2 * foot) * motor.STATES + motor.POSITION_M
        sole = MOTOR + (2 * foot + 1) * motor.STATES + motor.POSITION_M
        well = WELL + foot * heat.STATE_SIZE
        base = foot * AXES_PER_FOOT
        toe_m = length_m * STATION_PERMILLE[0] / PERMILLE
        is_fitted = states.WARM <= simulation.app.session.state <= states.DONE
        return FootView(
            technique=None if technique == NO_TECHNIQUE else TECHNIQUES[technique],
            stroke=player.begun if technique != NO_TECHNIQUE else 0,
            strokes=player.strokes if technique != NO_TECHNIQUE else 0,
            top_permille=float(state[top]) / (length_m * TOP_PERMILLE / PERMILLE) * PERMILLE,
            sole_permille=float(state[sole]) / length_m * PERMILLE,
            top_n=float(state[CONTACT_N + 2 * foot]),
            sole_n=float(state[CONTACT_N + 2 * foot + 1]),
            top_target_n=scheduler.setpoints[base + TOP_PRESS] / MILLI,
            sole_target_n=scheduler.setpoints[base + SOLE_PRESS] / MILLI,
            toe_station=self._servo(foot, TOE_SELECT) / MILLI,
            reach_permille=self._servo(foot, TOE_REACH) / MICRO / toe_m * PERMILLE,
            turn_deg=self._servo(foot, TOE_TURN) / DECI,
            grip_n=self._servo(foot, TOE_GRIP) / MILLI,
            arch_n=self._servo(foot, HOLD_ARCH) / MILLI,
            heel_n=self._servo(foot, HOLD_HEEL) / MILLI,
            skin_c=float(state[well + heat.PAD_C]),
            element_c=float(state[well + heat.ELEMENT_C]),
            is_in=simulation.hal.foot_switches[foot].is_on,
            length_mm=simulation.app.session.status.fitting.fit.length_um[foot] / MILLI if is_fitted else None,
        )

    def _servo(self, foot: int, axis: int) -> float:
        """Return a servo axis's true value in the axis's unit."""
        simulation = self._simulation
        index = axis - TOP_PRESS
        at = SERVO + (foot * SERVOS_PER_FOOT + index) * servo.STATES
        servo_state = simulation.plant.state[at : at + servo.STATES]
        return servo.value_of(servo_state, simulation.figures.servos[index].pack())
