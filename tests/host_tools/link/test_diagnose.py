"""The doctor's verdicts."""

import pytest

from host_tools.link.diagnose import (
    BAD,
    GOOD,
    NOTE,
    OPEN,
    SELFTEST,
    Verdict,
    judge_readings,
    judge_selftest,
    judge_version,
)
from host_tools.link.errors import RefusedError
from host_tools.link.telemetry import read_telemetry
from instep.guard import faults, selftest
from instep.link import protocol
from instep.session import states
from instep.version import VERSION
from tests.host_tools.link.memory_board import Board


def test_a_passed_self_test_is_good_in_every_part():
    verdicts = judge_selftest(selftest.HOMING, faults.NO_FAULT)
    assert [verdict.verdict for verdict in verdicts] == [GOOD] * len(SELFTEST)


@pytest.mark.parametrize("at", range(len(SELFTEST)))
def test_the_failed_part_is_named_and_later_parts_are_not_tested(at):
    verdicts = judge_selftest(selftest.FAILED, SELFTEST[at][1])
    assert [verdict.verdict for verdict in verdicts] == [GOOD] * at + [BAD] + [OPEN] * (len(SELFTEST) - at - 1)
    assert verdicts[at].found == faults.sentence(SELFTEST[at][1]) and verdicts[at].advice


def test_a_board_of_this_version_is_well():
    assert judge_version(Board().client()) == Verdict("firmware", GOOD, f"version {VERSION}")


@pytest.mark.parametrize(("version", "found"), [("9.9.9", "version 9.9.9"), ("", "from before the first release")])
def test_a_board_of_another_version_is_named_with_both_versions_and_what_to_do(monkeypatch, version, found):
    client = Board().client()
    monkeypatch.setattr(client, "firmware_version", lambda: version)
    verdict = judge_version(client)
    assert verdict.verdict == NOTE and verdict.found == f"{found}; this Instep is {VERSION}"
    assert "instep flash" in verdict.advice


def test_a_firmware_that_does_not_know_the_request_for_its_version_has_none(monkeypatch):
    client = Board().client()

    def refuse(kind, data=b""):
        raise RefusedError(protocol.ANSWER_UNKNOWN)

    monkeypatch.setattr(client, "ask", refuse)
    assert client.firmware_version() == ""


def readings(**changes):
    """Return the verdicts on a sound board with some values changed, by their items."""
    client = Board().client()
    data = bytearray(client.ask(protocol.STATUS))
    sound = read_telemetry(bytes(data))
    feet = []
    for foot in sound.feet:
        values = {**foot, "skin_code": 16_384, "element_code": 16_384, "skin_centi_c": 2_500, "element_centi_c": 2_500}
        feet.append({**values, **changes.get("foot", {})})
    machine = {**sound.machine, **{key: value for key, value in changes.items() if key != "foot"}}
    return {verdict.what: verdict for verdict in judge_readings(type(sound)(machine, (feet[0], feet[1])))}


def test_a_sound_board_has_no_bad_reading():
    assert {verdict.verdict for verdict in readings().values()} == {GOOD, NOTE}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"supply_mv": 10_400}, "supply"),
        ({"supply_mv": 25_000}, "supply"),
        ({"bus_faults": 1}, "servos"),
        ({"bus_faults": 1 << 10}, "force adc"),
        ({"foot": {"skin_code": 0}}, "left skin temperature"),
        ({"foot": {"element_centi_c": 5_000}}, "right element temperature"),
        ({"foot": {"sole_mn": 4_000}}, "left sole force sensor"),
        ({"state": states.FAULT, "fault": faults.FAULT_SUPPLY_LOW}, "state"),
        ({"notice": faults.FAULT_HEAT_SENSOR_LOST}, "state"),
        ({"flags": protocol.FLAG_BUTTON_STUCK}, "buttons"),
        ({"flags": protocol.FLAG_LOOP_STOPPED}, "last start"),
    ],
)
def test_a_bad_reading_is_named_with_what_to_do(changes, what):
    verdict = readings(**changes)[what]
    assert verdict.verdict == BAD and verdict.found and verdict.advice


@pytest.mark.parametrize(
    ("number", "roller"), [(0, "left top"), (1, "left sole"), (2, "right top"), (3, "right sole")]
)
def test_the_fault_of_a_roller_names_it(number, roller):
    fault = {"state": states.FAULT, "fault": faults.FAULT_ROLLER_BLOCKED, "flags": protocol.FLAG_ROLLER << number}
    assert readings(**fault)["state"].found == f"A roller was held. It has backed off. Roller: {roller}."


def test_late_ticks_are_judged():
    board = Board()
    board.app.note_late_ticks(2)
    for took_us in (4_000, 7_100, 5_000):
        board.app.note_tick_us(took_us)
    now = board.client().status()
    assert (now["late_ticks"], now["longest_tick_us"]) == (2, 7_100)
    loop = [verdict for verdict in judge_readings(now) if verdict.what == "control loop"]
    assert loop[0].verdict == NOTE and loop[0].found == "2 late, the longest took 7.1 ms"
