"""The simulated machine's physics behind the emulated chips: driven parts move, and moving parts are measured."""

from instep.axes import FEET
from instep.hal.board import ROLLER_NAMES
from instep.units import NS_PER_MS
from sim.people import FOLDER, load_person
from sim.plant.figures import load_figures
from sim.plant.machine import Plant
from tests.emulator.machine import Machine

_STEP_MS = 10
_AMBIENT_C = 22.0
_SEED = 1


def usual_plant() -> Plant:
    """Return the reference machine with the average person's feet in it."""
    return Plant(load_figures(load_person(FOLDER / "average.toml"), _SEED), _AMBIENT_C, _SEED)


class Physics:
    """Step the plant every 10 ms of simulated time between the machine's outputs and its sensors."""

    def __init__(self, machine: Machine, plant: Plant) -> None:
        self._machine = machine
        self._plant = plant
        self._alarm = machine.pico.simulator.clock.create_alarm(self._step)
        reversed_encoders = machine.board["encoders"]["reversed"]
        self._signs = [-1 if roller in reversed_encoders else 1 for roller in ROLLER_NAMES]
        self._show()
        self._alarm.schedule(_STEP_MS * NS_PER_MS)

    def _step(self) -> None:
        machine, told = self._machine, self._plant.commands
        for index, bridge in enumerate(machine.bridges):
            told.duty[index] = round(bridge.duty_permille)
            told.driven[index] = not bridge.is_coasting
        for channel, pulse_us in enumerate(machine.servos.pulses_us()):
            told.pulse_us[channel] = round(pulse_us)
        for foot in range(FEET):
            told.heat[foot] = round(machine.heaters[foot].permille)
        told.relay[0] = machine.is_relay_closed
        told.servos_on[0] = machine.servos.is_enabled
        self._plant.step(machine.is_foot_in(0), machine.is_foot_in(1))
        self._show()
        self._alarm.schedule(_STEP_MS * NS_PER_MS)

    def _show(self) -> None:
        machine, said = self._machine, self._plant.readings
        for index in range(len(ROLLER_NAMES)):
            machine.encoders[index].go_to(self._signs[index] * said.counts[index], _STEP_MS)
            machine.current_ma[index] = said.current_ma[index]
            machine.set_force_mn(index, said.force_mn[index])
            machine.set_ntc_code(index, said.ntc_code[index])
        for foot, thermometer in enumerate(machine.thermometers):
            thermometer.celsius = said.thermometer_centi_c[foot] / 100
        machine.supply_mv = said.supply_mv[0]
