"""Judge a machine by its self-test and its readings: a verdict for each, and what to do."""

from dataclasses import dataclass

from host_tools.link.client import Client
from host_tools.link.telemetry import Telemetry
from host_tools.words import which_roller
from instep.axes import FOOT_NAMES
from instep.drive.ntc import is_plausible
from instep.guard import faults, selftest
from instep.guard.limits import LIFTED_MAX_MN, SUPPLY_CLEAR_MV, SUPPLY_MAX_MV
from instep.hal.interface import BUS_DEVICES
from instep.link import protocol
from instep.session import states
from instep.session.jog import JOG_OFF
from instep.units import CENTI, MN_PER_N, MV_PER_V
from instep.version import VERSION

GOOD, BAD, OPEN, NOTE = "ok", "FAILED", "not tested", "note"

# The parts of the self-test in its order, and the fault that each would find.
SELFTEST = (
    ("stroke programs undamaged", faults.FAULT_PROGRAM_DAMAGED),
    ("both clocks agree", faults.FAULT_CLOCK_WRONG),
    ("emergency stop released", faults.FAULT_EMERGENCY_STOP),
    ("every part on the bus answers", faults.FAULT_DEVICE_SILENT),
    ("force sensors at rest", faults.FAULT_DEVICE_NONSENSE),
    ("safety relay opens", faults.FAULT_RELAY_WELDED),
    ("motor outputs off", faults.FAULT_OUTPUTS_STUCK),
    ("safety relay closes", faults.FAULT_RELAY_OPEN),
)
_WAIT_S = 5.0
_POLL_S = 0.05
# A room is not colder; a well that has not just been heated is not warmer.
_MIN_CENTI_C = 0
_MAX_CENTI_C = 4_500


@dataclass(frozen=True)
class Verdict:
    """A judged item: GOOD, BAD, OPEN or NOTE, the finding, and what to do."""

    what: str
    verdict: str
    found: str = ""
    advice: str = ""


def judge_version(client: Client) -> Verdict:
    """Return whether the board's firmware has the version of this Instep."""
    found = client.firmware_version()
    if found == VERSION:
        return Verdict("firmware", GOOD, f"version {found}")
    there = f"version {found}" if found else "from before the first release"
    return Verdict("firmware", NOTE, f"{there}; this Instep is {VERSION}", "Run `instep flash` to make them equal.")


def run_selftest(client: Client) -> list[Verdict]:
    """Run the self-test up to its first movement; raise RefusedError unless the machine shows its menu."""
    client.check()
    clock = client.clock
    until_s = clock.now_s() + _WAIT_S
    now = client.status()
    while now["jog_state"] != JOG_OFF and clock.now_s() < until_s:
        clock.sleep(_POLL_S)
        now = client.status()
    return judge_selftest(now["selftest"], now["selftest_fault"])


def judge_selftest(state: int, fault: int) -> list[Verdict]:
    """Return a verdict for every part of the self-test, from its state and the fault that it found."""
    if state == selftest.HOMING:
        return [Verdict(what, GOOD) for what, _ in SELFTEST]
    reached = next((index for index, (_, found) in enumerate(SELFTEST) if found == fault), 0)
    verdicts = [Verdict(what, GOOD) for what, _ in SELFTEST[:reached]]
    if state == selftest.FAILED and fault:
        verdicts.append(Verdict(SELFTEST[reached][0], BAD, faults.sentence(fault), faults.advice(fault)))
    return verdicts + [Verdict(what, OPEN, "not reached") for what, _ in SELFTEST[len(verdicts) :]]


def judge_readings(now: Telemetry) -> list[Verdict]:
    """Return verdicts on the readings in telemetry."""
    verdicts = [_judge_state(now), _judge_supply(now["supply_mv"]), *_judge_devices(now["bus_faults"])]
    if now.has(protocol.FLAG_BUTTON_STUCK):
        verdicts.append(_of_fault("buttons", faults.FAULT_BUTTON_STUCK))
    for foot, values in zip(FOOT_NAMES, now.feet, strict=True):
        for place in ("skin", "element"):
            verdicts.append(
                _judge_temperature(f"{foot} {place} temperature", values[f"{place}_code"], values[f"{place}_centi_c"])
            )
        for side in ("top", "sole"):
            verdicts.append(_judge_force(f"{foot} {side} force sensor", values[f"{side}_mn"]))
        is_in = "a foot is in" if values["is_in"] else "empty"
        verdicts.append(Verdict(f"{foot} well", NOTE, is_in))
    if now.has(protocol.FLAG_LOOP_STOPPED):
        verdicts.append(_of_fault("last start", faults.FAULT_LOOP_STOPPED))
    if now["late_ticks"]:
        found = f"{now['late_ticks']} late, the longest took {now['longest_tick_us'] / 1000:.1f} ms"
        verdicts.append(Verdict("control loop", NOTE, found, "If the number grows in every session, report it."))
    else:
        verdicts.append(Verdict("control loop", GOOD, "never late"))
    return verdicts


def _judge_state(now: Telemetry) -> Verdict:
    if now.state == states.FAULT:
        return _of_fault("state", now["fault"], which_roller(now["flags"]))
    if now["notice"]:
        return _of_fault("state", now["notice"])
    return Verdict("state", GOOD, states.NAMES[now.state])


def _of_fault(what: str, fault: int, roller: str = "") -> Verdict:
    if fault >= faults.count():
        return Verdict(what, BAD, f"fault {fault}", "Run `instep flash`, then run this command again.")
    found = f"{faults.sentence(fault)} {roller}".strip()
    return Verdict(what, BAD, found, faults.advice(fault))


def _judge_supply(supply_mv: int) -> Verdict:
    found = f"{supply_mv / MV_PER_V:.1f} V"
    if supply_mv < SUPPLY_CLEAR_MV:
        return Verdict("supply", BAD, found, f"It must be over {SUPPLY_CLEAR_MV / MV_PER_V:g} V: check its plug.")
    if supply_mv > SUPPLY_MAX_MV:
        return Verdict("supply", BAD, found, "Unplug it: check the supply and the divider behind it.")
    return Verdict("supply", GOOD, found)


def _judge_devices(mask: int) -> list[Verdict]:
    verdicts = []
    for index, device in enumerate(BUS_DEVICES):
        what = device.replace("_", " ")
        if mask >> index & 1:
            verdicts.append(Verdict(what, BAD, "does not answer", "Check its wires, its power and its address."))
        elif mask >> index + 8 & 1:
            verdicts.append(Verdict(what, BAD, "sends invalid data", "Check its wires and its address."))
        else:
            verdicts.append(Verdict(what, GOOD, "answers"))
    return verdicts


def _judge_temperature(what: str, code: int, centi_c: int) -> Verdict:
    if not is_plausible(code):
        return Verdict(what, BAD, f"no sensor detected (code {code})", "Its wire is open or shorted: check it.")
    found = f"{centi_c / CENTI:.1f} °C"
    if not _MIN_CENTI_C <= centi_c <= _MAX_CENTI_C:
        return Verdict(what, BAD, found, "Let it cool down; if the reading stays, check the sensor and its resistor.")
    return Verdict(what, GOOD, found)


def _judge_force(what: str, force_mn: int) -> Verdict:
    found = f"{force_mn / MN_PER_N:.1f} N"
    if force_mn > LIFTED_MAX_MN:
        return Verdict(what, BAD, found, "Nothing may press on it now: free the roller, or zero the sensor.")
    return Verdict(what, GOOD, found)
