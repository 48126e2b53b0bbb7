"""The records of a session, also of one that a power cut or the watchdog ended."""

import pytest

from instep.guard import faults
from instep.session import outcome, states
from instep.storage.store import NO_PROBLEM, Store
from sim.factory import prepare
from sim.faults import parse
from sim.faults.expected_reactions import is_at_rest
from sim.faults.inject import detected
from sim.filesystem import MemoryFilesystem, installed_filesystem
from sim.plant.machine import PEAK_FORCE_N, PEAK_SKIN_C
from tests.scenarios.machine import finish, is_powered_off, options, press, simulate, state_of, until, wait

KEPT_TICKS = 500
WHERE = ("self-test", "fit", "warm", "run", "sole+3s", "paused", "closing", "retract")


def kept(disk):
    """Return what the next boot finds on `disk`; nothing may be lost or older."""
    store = Store(MemoryFilesystem(dict(disk.files)))
    store.load()
    assert store.take_problem() == NO_PROBLEM
    return store


def test_a_session_is_in_the_journal_with_the_figures_of_the_machine():
    simulation = finish(simulate("demo", intensity=4, pace=3, heat="low", feet="both"))
    wait(simulation, KEPT_TICKS)
    session = kept(simulation.disk).journal.session(0)
    assert (session["order"], session["program"], session["result"]) == (1, "demo", outcome.RESULT_DONE)
    assert (session["intensity"], session["pace"], session["heat"], session["feet"]) == (4, 3, 1, 2)
    assert session["fault"] == faults.NO_FAULT and session["late_ticks"] == 0
    truth = simulation.plant.state
    assert session["highest_force_mn"] == pytest.approx(truth[PEAK_FORCE_N] * 1_000, rel=0.15, abs=500)
    assert session["highest_skin_centi_c"] == pytest.approx(truth[PEAK_SKIN_C] * 100, abs=150)
    assert 30 < session["duration_s"] < simulation.ticks / 100


def test_a_second_session_on_the_same_machine_is_a_second_entry_and_begins_as_the_first_was_chosen():
    disk = installed_filesystem()
    first = prepare(options("demo", intensity=5), None, disk=disk)
    wait(finish(first), KEPT_TICKS)
    second = prepare(options("demo", intensity=2), None, disk=disk)
    wait(finish(second), KEPT_TICKS)
    journal = kept(disk).journal
    assert [journal.session(back)["order"] for back in (0, 1)] == [2, 1]
    assert [journal.session(back)["intensity"] for back in (0, 1)] == [2, 5]


def test_an_erased_disk_is_reported_and_the_session_is_the_first_entry():
    disk = MemoryFilesystem()
    simulation = finish(prepare(options("demo"), None, disk=disk))
    wait(simulation, KEPT_TICKS)
    journal = kept(disk).journal
    assert simulation.result == "done"
    assert (journal.session_count(), journal.session(0)["result"]) == (1, outcome.RESULT_DONE)
    assert journal.fault(0)["fault"] == faults.FAULT_STORAGE_ERASED


def test_settings_that_are_damaged_between_two_sessions_are_those_of_before():
    disk = installed_filesystem()
    for intensity in (4, 5):
        wait(finish(prepare(options("demo", intensity=intensity), None, disk=disk)), KEPT_TICKS)
    newest = max(("/keep/settings.0", "/keep/settings.1"), key=lambda path: (disk.files[path] or b"")[8])
    disk.files[newest] = b"junk"
    simulation = prepare(options("demo", intensity=4), None, disk=disk)
    assert simulation.app.guard.notices.first() == faults.FAULT_SETTINGS_OLDER
    assert simulation.app.store.settings["intensity"] == 4
    wait(finish(simulation), KEPT_TICKS)
    assert simulation.result == "done" and kept(disk).settings["intensity"] == 4


@pytest.mark.parametrize(
    ("fault", "said"),
    [("settings_damaged@run", faults.FAULT_SETTINGS_LOST), ("journal_damaged@run", faults.FAULT_JOURNAL_LOST)],
)
def test_what_was_kept_and_is_damaged_is_refused_at_the_next_boot_and_said(fault, said):
    simulation = prepare(options("quick", heat="low", intensity=5), None, injections=[parse(fault)])
    until(simulation, "run")
    while simulation.is_powered:
        simulation.advance(1)
    while not simulation.is_powered:
        simulation.advance(1)
    assert simulation.app.guard.notices.first() == said
    assert simulation.app.session.state == states.IDLE
    assert (simulation.app.session.selection.choices.intensity == 5) == (said != faults.FAULT_SETTINGS_LOST)
    wait(simulation, 60)
    assert faults.sentence(said) in " ".join(" ".join(simulation.hal.display.rows).split())


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("fault", ["power_cut", "loop_stopped"])
def test_a_session_that_was_cut_short_comes_back_idle_moves_nothing_and_is_kept_as_interrupted(fault, where):
    simulation = prepare(options("quick", heat="low"), None, injections=[parse(f"{fault}@{where}")])
    if where in ("paused", "closing"):
        until(simulation, "run")
        wait(simulation, 300)
        if where == "paused":
            press(simulation, "start")
        else:
            simulation.app.scheduler.finish()
    elif where == "retract":
        until(simulation, "run")
        press(simulation, "stop")
    finish(simulation)
    detection = detected(simulation)
    assert detection.reaction_ok, detection.wrong
    by_watchdog = fault == "loop_stopped"
    assert (state_of(simulation), simulation.result) == (
        "idle",
        "fault" if by_watchdog else "interrupted",
    )
    for _ in range(KEPT_TICKS):
        wait(simulation, 1)
        assert is_powered_off(simulation) and not simulation.plant.commands.relay[0]
        assert not simulation.plant.commands.servos_on[0]
    assert is_at_rest(simulation)
    journal = kept(simulation.disk).journal
    session = journal.session(0)
    cause = faults.FAULT_LOOP_STOPPED if by_watchdog else faults.NO_FAULT
    assert (journal.session_count(), session["program"]) == (1, "quick")
    assert (session["result"], session["fault"]) == (outcome.RESULT_INTERRUPTED, cause)
    assert [journal.fault(back)["fault"] for back in range(journal.fault_count())] == [cause] * by_watchdog


def test_what_was_chosen_outlives_a_power_cut():
    simulation = prepare(options("quick", intensity=5, heat="high"), None, injections=[parse("power_cut@run+5s")])
    finish(simulation)
    choices = simulation.app.session.selection.choices
    assert simulation.app.session.selection.library.chosen().name == "quick"
    assert (choices.intensity, choices.heat) == (5, 3)
    assert simulation.app.guard.notices.first() == faults.NO_FAULT


@pytest.mark.parametrize("duration", ["", ",for=0.5s", ",for=5s"])
def test_the_power_stays_off_for_the_given_time(duration):
    simulation = prepare(options("quick"), None, injections=[parse(f"power_cut@warm{duration}")])
    until(simulation, "warm")
    dark = 0
    while not simulation.is_over:
        simulation.advance(1)
        dark += not simulation.is_powered
    assert dark == pytest.approx({"": 200, ",for=0.5s": 50, ",for=5s": 500}[duration], abs=2)
