"""Let faults happen to a simulation at their time, and watch what becomes of them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from instep.axes import FOOT_NAMES, TICK_MS, TICKS_PER_S
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.stroke.scheduler import NO_TECHNIQUE
from sim.faults import bus, heaters, noise_faults, operator_faults, power, rollers, wells
from sim.faults.catalogue import IGNORE, OUTPUTS_SAFE, PAUSE
from sim.faults.detection import Detection
from sim.faults.effect import Effect
from sim.faults.expected_reactions import COMPLETE, LASTING, RESTING, SAID, is_at_rest, is_said, told
from sim.faults.parse import Injection

if TYPE_CHECKING:
    from sim.simulation import Simulation

# From the reaction until nothing touches a foot any more: a press lifts from anywhere in half a second, twice that.
_REST_TICKS = 100
# The display takes turns, 5 s each: a notice is seen in twice that.
_SAID_TICKS = 11 * TICKS_PER_S

EFFECTS: dict[str, type[Effect]] = {
    "emergency_stop": operator_faults.EmergencyStop,
    "stop_button": operator_faults.StopButton,
    "foot_out": operator_faults.FootOut,
    "roller_blocked": rollers.Obstacle,
    "finger_trapped": rollers.Finger,
    "spring_jammed": rollers.JammedSpring,
    "force_sensor_wild": rollers.WildForceSensor,
    "encoder_lost": rollers.LostEncoder,
    "encoder_stuck": rollers.StuckEncoder,
    "encoder_reversed": rollers.ReversedEncoder,
    "skin_hot": wells.HotSkin,
    "element_hot": wells.HotElement,
    "skin_sensor_open": wells.OpenSkin,
    "skin_sensor_short": wells.ShortSkin,
    "element_sensor_open": wells.OpenElement,
    "element_sensor_short": wells.ShortElement,
    "sensors_disagree": wells.Disagreeing,
    "skin_sensor_frozen": wells.Thermistor,
    "element_sensor_frozen": wells.FrozenElement,
    "sensor_crosstalk": wells.Crosstalk,
    "skin_sensor_off": wells.OffSkin,
    "element_sensor_off": wells.OffElement,
    "wells_crossed": wells.CrossedWells,
    "heater_dead": heaters.DeadHeater,
    "heater_stuck_on": heaters.StuckHeater,
    "heater_weak": heaters.WeakHeater,
    "heaters_slow": heaters.SlowHeaters,
    "supply_low": power.LowSupply,
    "power_cut": power.PowerCut,
    "settings_damaged": power.DamagedSettings,
    "journal_damaged": power.DamagedJournal,
    "servos_silent": bus.SilentServos,
    "heat_adc_silent": bus.SilentHeatConverter,
    "force_adc_silent": bus.SilentConverter,
    "buttons_silent": bus.SilentButtons,
    "display_silent": bus.SilentDisplay,
    "force_adc_nonsense": bus.NonsenseForces,
    "relay_welded": power.WeldedRelay,
    "relay_not_closing": power.OpenRelay,
    "relay_welds": power.WeldedRelay,
    "relay_opens": power.OpenRelay,
    "loop_stopped": power.StoppedLoop,
    "program_damaged": power.DamagedProgram,
    "firmware_damaged": power.DamagedFirmware,
    "supply_weak": power.WeakSupply,
    "button_stuck": operator_faults.HeldButton,
    "button_bouncing": operator_faults.BouncingButton,
    "wild_force": noise_faults.WildForce,
    "wild_encoder": noise_faults.WildEncoder,
    "wild_current": noise_faults.WildCurrent,
    "wild_skin": noise_faults.WildSkin,
    "wild_element": noise_faults.WildElement,
    "wild_supply": noise_faults.WildSupply,
    "wild_foot_switch": noise_faults.WildFootSwitch,
}


class _Watch:
    """Measure one fault from its showing to its reaction, and see that the reaction lasts."""

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self._simulation = simulation
        self._reaction = injection.fault.reaction
        self._foot = FOOT_NAMES.index(injection.foot)
        self._expects = injection.fault.expects
        self._budget_ticks = (injection.fault.budget_ms or 0) // TICK_MS
        # What has no name may not be noticed at all: noise.
        self._is_noise = self._reaction == IGNORE and not self._expects
        self._is_complete = COMPLETE[self._reaction]
        self._is_said = False
        self.detection = Detection(str(injection))

    def show(self) -> None:
        """Take this tick as the fault's first."""
        if self.detection.onset_tick is None:
            self.detection.onset_tick = self._simulation.ticks

    def hide(self) -> None:
        """Forget the fault's first tick, unless the firmware has told of one or dealt with it."""
        if self.detection.noticed_tick is None and not self.detection.fault_name:
            self.detection.onset_tick = None

    def tick(self, is_active: bool) -> None:
        """Judge what the firmware has made of this tick."""
        detection, simulation = self.detection, self._simulation
        if detection.onset_tick is None:
            return
        fault = told(simulation)
        if fault != NO_FAULT and detection.noticed_tick is None:
            detection.fault_name = faults.name(fault)
        if self._is_noise:
            return
        if detection.noticed_tick is None:
            if self._is_complete(simulation, self._foot):
                detection.noticed_tick = simulation.ticks
        elif is_active or self._reaction != PAUSE:
            self._see_it_last(detection.noticed_tick)

    def _see_it_last(self, noticed_tick: int) -> None:
        simulation = self._simulation
        passed_ticks = simulation.ticks - noticed_tick
        # A stopped loop starts anew after a second, and a person may then, too.
        is_to_last = self._reaction in LASTING and (self._reaction != OUTPUTS_SAFE or passed_ticks <= _REST_TICKS)
        if is_to_last and not LASTING[self._reaction](simulation, self._foot):
            self._object("the reaction did not last")
        if self._reaction in RESTING and passed_ticks == _REST_TICKS and not is_at_rest(simulation):
            self._object("a roller, press or heater did not let go")
        if self._reaction in SAID and not self._is_said:
            self._is_said = is_said(simulation)
            if passed_ticks == _SAID_TICKS and not self._is_said:
                self._object("the display does not say it")

    @property
    def is_open(self) -> bool:
        """Tell whether the fault shows and has time to be noticed, or its reaction has time to end at rest."""
        detection, tick = self.detection, self._simulation.ticks
        if self._is_noise or detection.onset_tick is None:
            return False
        if detection.noticed_tick is None:
            return tick - detection.onset_tick < self._budget_ticks
        if self._reaction in SAID:
            return not self._is_said and tick <= detection.noticed_tick + _SAID_TICKS
        return self._reaction in RESTING and tick <= detection.noticed_tick + _REST_TICKS

    def conclude(self) -> Detection:
        """Return the outcome so far; looking does not change it."""
        detection = replace(self.detection)
        if detection.onset_tick is not None and not detection.wrong:
            detection.wrong = self._objection(detection)
            detection.reaction_ok = not detection.wrong
        return detection

    def _objection(self, detection: Detection) -> str:
        """Return what is not as it must be up to now, "" = nothing."""
        if self._is_noise:
            return f"it was taken for {detection.fault_name}" if detection.fault_name else ""
        if detection.noticed_tick is None:
            return "it was not noticed"
        if self._expects and detection.fault_name not in self._expects:
            return f"it was taken for {detection.fault_name or 'nothing'}"
        return ""

    def _object(self, sentence: str) -> None:
        self.detection.wrong = sentence
        self.detection.reaction_ok = False


class _Incident:
    """One injection in its time: waiting, at work, over."""

    def __init__(self, simulation: "Simulation", injection: Injection) -> None:
        self._simulation = simulation
        self._injection = injection
        self._foot = FOOT_NAMES.index(injection.foot)
        self._phase_tick: int | None = None if injection.phase else 0
        self._is_over = False
        self.is_active = False
        self.effect = EFFECTS[injection.fault.name](simulation, injection)
        self.watch = _Watch(simulation, injection)

    def before_tick(self) -> None:
        """Begin or end when it is time; then act on the inputs."""
        tick = self._simulation.ticks
        if self._phase_tick is None and self._is_in_phase():
            self._phase_tick = tick
        if self._phase_tick is None or self._is_over:
            return
        start = self._phase_tick + round(self._injection.onset_s * TICKS_PER_S)
        if not self.is_active and tick >= start:
            self.is_active = True
            self.effect.begin()
        duration_s = self._injection.duration_s
        if self.is_active and duration_s is not None and tick >= start + max(1, round(duration_s * TICKS_PER_S)):
            self.is_active = False
            self._is_over = True
            self.effect.end()
        if self.is_active:
            self.effect.before_tick()
            if self.effect.shows():
                self.watch.show()
            elif self.effect.shows_without_break:
                self.watch.hide()

    @property
    def is_waiting(self) -> bool:
        """Tell whether something is still to come of it: it has just begun to show, or is being judged."""
        is_fresh = self.watch.detection.onset_tick is None and self.is_active and self.effect.shows()
        return is_fresh or self.watch.is_open

    def _is_in_phase(self) -> bool:
        app = self._simulation.app
        phase = self._injection.phase
        if phase == states.NAMES[app.session.state]:
            return True
        technique = app.scheduler.technique(self._foot)
        return technique != NO_TECHNIQUE and TECHNIQUES[technique] == phase


class Injector:
    """Let `injections` happen to `simulation`, which calls the three hooks in every tick."""

    def __init__(self, simulation: "Simulation", injections: tuple[Injection, ...]) -> None:
        self._incidents = [_Incident(simulation, injection) for injection in injections]

    def before_tick(self) -> None:
        """Act on what the firmware is about to read."""
        for incident in self._incidents:
            incident.before_tick()

    def before_step(self) -> None:
        """Judge what the firmware has asked for, then act on what the plant is told."""
        for incident in self._incidents:
            incident.watch.tick(incident.is_active)
        for incident in self._incidents:
            if incident.is_active:
                incident.effect.before_step()

    def after_step(self) -> None:
        """Give back what the plant was not to see."""
        for incident in reversed(self._incidents):
            if incident.is_active:
                incident.effect.after_step()

    @property
    def is_waiting(self) -> bool:
        """Tell whether a fault is still being judged: the session's end must not cut that off."""
        return any(incident.is_waiting for incident in self._incidents)

    def detection(self, which: int) -> Detection:
        """Return what came of one of the injections."""
        return self._incidents[which].watch.conclude()
