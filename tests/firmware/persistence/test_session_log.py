"""The journal of sessions and faults: what an entry holds, and what no entry tells."""

import pytest

from instep import user_events
from instep.guard import faults
from instep.session import outcome, states
from sim.answers import HEALTHY
from tests.firmware.persistence.machine import (
    KEPT_TICKS,
    begin,
    boot,
    entry,
    kept,
    run_shortly,
)
from tests.firmware.test_app import Bench


@pytest.fixture
def bench():
    return boot()


def test_a_session_leaves_an_entry_with_its_figures(bench):
    bench.app.note_late_ticks(9)
    run_shortly(bench, force_mn=31_500)
    bench.ticks(KEPT_TICKS)
    session = kept(bench.disk).journal.session(0)
    assert session == {
        "order": 1,
        "program": "classic",
        "duration_s": bench.app.session.status.clock.ticks // 100,
        "highest_force_mn": 31_500,
        "highest_skin_centi_c": 2500,
        "late_ticks": 3,
        "result": outcome.RESULT_STOPPED,
        "stop_reason": outcome.STOPPED_BY_BUTTON,
        "fault": faults.NO_FAULT,
        "intensity": 2,
        "pace": 2,
        "heat": 1,
        "minutes": 15,
        "feet": 2,
    }
    assert session["duration_s"] >= 1


def test_the_highest_figures_are_those_of_the_session_alone(bench):
    run_shortly(bench, force_mn=31_500)
    bench.hal.forces[0].force_mn = 40_000
    bench.ticks(KEPT_TICKS)
    bench.hal.forces[0].force_mn = 0
    bench.start()
    run_shortly(bench, force_mn=1_000)
    bench.ticks(KEPT_TICKS)
    found = [kept(bench.disk).journal.session(back)["highest_force_mn"] for back in (0, 1)]
    assert found == [1_000, 31_500]


def test_a_sensor_without_contact_is_no_highest_temperature(bench):
    bench.hal.skins[1].code = 1
    run_shortly(bench)
    bench.ticks(KEPT_TICKS)
    assert kept(bench.disk).journal.session(0)["highest_skin_centi_c"] == 2500


@pytest.mark.parametrize("by_watchdog", [False, True])
def test_a_session_that_power_or_watchdog_cut_short_is_found_at_the_next_boot(bench, by_watchdog):
    begin(bench)
    bench.until("self-test")
    bench.ticks(100)
    after = boot(bench.disk, by_watchdog)
    after.ticks(KEPT_TICKS)
    assert after.state == "idle" and after.hal.is_powered_off() and not any(after.hal.relay.given)
    cause = faults.FAULT_LOOP_STOPPED if by_watchdog else faults.NO_FAULT
    interrupted = {"program": "classic", "result": outcome.RESULT_INTERRUPTED, "stop_reason": 0, "fault": cause}
    assert entry(bench.disk) == interrupted
    journal = kept(bench.disk).journal
    assert journal.fault_count() == int(by_watchdog)
    if by_watchdog:
        assert journal.fault(0) == {"order": 1, "second": 0, "fault": cause, "state": states.IDLE}
    again = boot(bench.disk)
    again.ticks(KEPT_TICKS)
    assert entry(bench.disk) == interrupted and kept(bench.disk).journal.fault_count() == int(by_watchdog)


def test_a_session_that_was_stopped_before_it_moved_is_no_interrupted_one(bench):
    begin(bench)
    assert bench.app.session.status.is_screened
    bench.until("self-test")
    bench.press(user_events.STOP)
    bench.until("done")
    bench.ticks(KEPT_TICKS)
    assert entry(bench.disk)["result"] == outcome.RESULT_STOPPED


def test_stop_while_the_entry_is_being_written_ends_the_session_and_its_entry(bench):
    bench.start()
    bench.press(*HEALTHY[:-1])
    bench.hal.buttons.held = user_events.MINUS
    while not bench.app.session.status.is_screened:
        bench.ticks()
    bench.hal.buttons.held = user_events.STOP
    assert bench.ticks(1) == "idle"
    bench.hal.buttons.held = 0
    bench.ticks(KEPT_TICKS)
    assert entry(bench.disk)["result"] == outcome.RESULT_STOPPED
    assert not any(bench.hal.relay.given)


def test_a_fault_ends_the_entry_and_is_kept_with_its_time_and_state(bench):
    begin(bench)
    bench.until("self-test")
    bench.ticks(230)
    bench.hal.emergency_stop.is_on = True
    bench.ticks(KEPT_TICKS)
    assert bench.state == "fault"
    emergency = faults.FAULT_EMERGENCY_STOP
    assert entry(bench.disk) == {
        "program": "classic",
        "result": outcome.RESULT_FAULT,
        "stop_reason": 0,
        "fault": emergency,
    }
    fault = kept(bench.disk).journal.fault(0)
    assert fault == {"order": 1, "second": 2, "fault": emergency, "state": states.SELFTEST}


def test_a_fault_outside_a_session_is_kept_too(bench):
    bench.hal.emergency_stop.is_on = True
    bench.ticks(KEPT_TICKS)
    journal = kept(bench.disk).journal
    assert journal.session_count() == 0
    fault = {"order": 0, "second": 0, "fault": faults.FAULT_EMERGENCY_STOP, "state": states.IDLE}
    assert [journal.fault(back) for back in range(journal.fault_count())] == [fault]


def test_a_firmware_that_fails_in_every_tick_still_writes_down_that_it_does(bench, monkeypatch):
    begin(bench)
    bench.until("self-test")
    bench.ticks(100)

    def fail():
        raise ValueError

    monkeypatch.setattr(bench.hal.buttons, "read_mask", fail)
    bench.ticks(KEPT_TICKS)
    assert entry(bench.disk)["fault"] == kept(bench.disk).journal.fault(0)["fault"] == faults.FAULT_INTERNAL


def test_a_loss_of_heat_is_kept_though_the_session_goes_on(bench):
    bench.hal.skins[0].code = 32_767
    bench.ticks(KEPT_TICKS)
    assert bench.state == "idle"
    assert kept(bench.disk).journal.fault(0)["fault"] == faults.FAULT_HEAT_SENSOR_LOST


def test_a_refused_person_leaves_no_trace(bench):
    bench.start()
    before = dict(bench.disk.files)
    bench.press(user_events.PLUS, user_events.PLUS)
    assert bench.ticks(KEPT_TICKS) == "refused"
    bench.start()
    bench.ticks(KEPT_TICKS)
    assert bench.state == "idle" and bench.disk.files == before


def files_after(answers):
    """Return what a session with these answers, stopped soon, leaves behind."""
    bench = boot()
    bench.press(user_events.HEAT)
    bench.ticks(KEPT_TICKS)
    begin(bench, lambda: answers(bench))
    bench.until("self-test")
    gentle = bench.app.session.selection.choices.is_gentle
    bench.ticks(100)
    bench.press(user_events.STOP)
    bench.until("done")
    bench.ticks(KEPT_TICKS)
    in_done = dict(bench.disk.files)
    bench.start()
    bench.ticks(KEPT_TICKS)
    assert bench.state == "idle"
    return gentle, in_done, bench.disk.files


def test_the_journal_does_not_reveal_the_answers():
    healthy = files_after(
        lambda bench: bench.press(
            *HEALTHY,
        )
    )
    gentle = files_after(Bench.careful)
    assert (healthy[0], gentle[0]) == (False, True)
    assert healthy[1:] == gentle[1:]
    assert b"gentle" not in b"".join(content or b"" for content in gentle[2].values())
