"""Check that the mechanics of a board stay within the firmware's hard limits."""

from math import exp
from typing import Any

from host_tools.machine.calibration import SERVO_TABLES, fields_of
from host_tools.machine.roller import useful_n_a
from host_tools.machine.tables import TABLES, table
from host_tools.program.violations import Findings
from instep.axes import HIGH, LOW, NAMES, PULSE_MAX_US, PULSE_MIN_US, SOLE_PRESS, SOLE_STROKE, TOP_PRESS, TOP_STROKE
from instep.drive.ntc import centi_c
from instep.guard.limits import ELEMENT_TRIP_CENTI_C, FORCE_TRIP_MN, SKIN_TRIP_CENTI_C
from instep.hal.calibration import FIELDS
from instep.levels import HEAT_CENTI_C
from instep.units import CENTI, KILO, MICRO

Tables = dict[str, dict[str, Any]]

_NTC_TRUE_C = (0, 25, 40, 60)
_NTC_MAX_CENTI_K = 20
_ZERO_C_IN_K = 273.15
_ROOM_K = 298.15
_FULL_CODE = 32767


def check_machine(findings: Findings, machine: str) -> None:
    """Report every figure of the machine that exceeds the firmware's limits."""
    check_tables(findings, machine, {name: table(machine, name) for name in TABLES})


def check_tables(findings: Findings, machine: str, tables: Tables) -> None:
    """Check given tables in the same way."""
    _Machine(findings, machine, tables).check()


class _Machine:
    def __init__(self, findings: Findings, machine: str, tables: Tables) -> None:
        self._findings = findings
        self._machine = machine
        self._tables = tables

    def check(self) -> None:
        self._check_travel()
        self._check_pull()
        self._check_spring()
        self._check_pulses()
        self._check_heat()
        self._check_ntc()
        self._check_calibration()

    def _add(self, file: str, key: str, value: object, problem: str, allowed: str) -> None:
        said = f"{file}.toml has {key} = {value}, {problem}"
        remedy = f"Correct boards/{self._machine}/{file}.toml"
        self._findings.add(("machine",), self._machine, said, allowed, remedy)

    def _check_travel(self) -> None:
        carriage = self._tables["roller"]["carriage"]
        for axis, key in ((TOP_STROKE, "top_travel_m"), (SOLE_STROKE, "sole_travel_m")):
            if carriage[key] * MICRO < HIGH[axis] - 1:
                problem = "less than strokes ask for: the roller would hit its stop"
                self._add("roller", f"carriage.{key}", carriage[key], problem, f"at least {HIGH[axis] / MICRO} m")

    def _check_pull(self) -> None:
        roller = self._tables["roller"]
        max_a = FORCE_TRIP_MN / KILO / useful_n_a(roller)
        if roller["drive"]["limit_a"] > max_a:
            problem = f"which pulls harder than the guard's {FORCE_TRIP_MN} mN"
            self._add("roller", "drive.limit_a", roller["drive"]["limit_a"], problem, f"at most {max_a:.2f} A")

    def _check_spring(self) -> None:
        press = self._tables["servo"]["press"]
        contact_um = min(press["top_contact_um"], press["sole_contact_um"])
        max_um = FORCE_TRIP_MN * KILO // press["spring_mn_per_mm"] + contact_um
        if press["travel_max_um"] > max_um:
            problem = f"where the spring presses harder than the guard's {FORCE_TRIP_MN} mN"
            self._add("servo", "press.travel_max_um", press["travel_max_um"], problem, f"at most {max_um} um")

    def _check_pulses(self) -> None:
        servo = self._tables["servo"]
        for axis, name in SERVO_TABLES.items():
            maximum = servo["press"]["travel_max_um"] if axis in (TOP_PRESS, SOLE_PRESS) else HIGH[axis]
            minimum = 0 if axis in (TOP_PRESS, SOLE_PRESS) else LOW[axis]
            figures = servo[name]
            ends = [figures["zero_us"] + value * figures["us_per_kilo"] / KILO for value in (minimum, maximum)]
            if min(ends) < PULSE_MIN_US or max(ends) > PULSE_MAX_US:
                problem = f"so that {NAMES[axis]} asks for {min(ends):.0f} to {max(ends):.0f} us"
                allowed = f"pulses of {PULSE_MIN_US} to {PULSE_MAX_US} us"
                self._add("servo", f"{name}.us_per_kilo", figures["us_per_kilo"], problem, allowed)

    def _check_heat(self) -> None:
        opens_c = self._tables["heater"]["cut_out"]["opens_c"]
        minimum, maximum = max(HEAT_CENTI_C) / CENTI, ELEMENT_TRIP_CENTI_C / CENTI
        if not SKIN_TRIP_CENTI_C / CENTI < opens_c < maximum:
            problem = "which must be between the skin's trip and the element's"
            allowed = f"above {SKIN_TRIP_CENTI_C / CENTI} and under {maximum} °C (set points end at {minimum} °C)"
            self._add("heater", "cut_out.opens_c", opens_c, problem, allowed)

    def _check_ntc(self) -> None:
        ntc = self._tables["heater"]["ntc"]
        for celsius in _NTC_TRUE_C:
            kelvin = celsius + _ZERO_C_IN_K
            ohm = ntc["r25_ohm"] * exp(ntc["beta_k"] * (1 / kelvin - 1 / _ROOM_K))
            read = centi_c(round(ohm / (ohm + ntc["pull_up_ohm"]) * _FULL_CODE))
            if abs(read - celsius * CENTI) > _NTC_MAX_CENTI_K:
                problem = f"with which the firmware reads {read / CENTI} °C at {celsius} °C"
                self._add(
                    "heater", "ntc", f"{ntc['r25_ohm']:.0f} ohm, B{ntc['beta_k']:.0f}", problem, "10 k, B3950, 10 k"
                )
                return

    def _check_calibration(self) -> None:
        fields = fields_of(self._tables["roller"], self._tables["servo"])
        for name, minimum, maximum in FIELDS:
            if not minimum <= fields[name] <= maximum:
                said = f"gives {name} = {fields[name]}, which the firmware refuses"
                remedy = f"Correct boards/{self._machine}"
                self._findings.add(("machine",), self._machine, said, f"{minimum} to {maximum}", remedy)
