"""What outlives the power, in the whole firmware over fakes: choices, the journal of sessions and faults, messages."""

import pytest

from instep import user_events
from instep.guard import faults
from instep.session import outcome, states
from instep.storage.store import Store
from sim.filesystem import MemoryFilesystem, installed_filesystem
from tests.fakes import FakeHal
from tests.firmware.sessions import image
from tests.firmware.test_app import Bench

# Settings settle for 2 s; the machine has to be at rest for 1 s.
KEPT_TICKS = 500
PROGRAMS = ("classic", "gentle", "evening", "quick")


class WatchedDisk(MemoryFilesystem):
    """Files that may be written only while nothing moves: every write looks at the machine."""

    def __init__(self, files=None):
        super().__init__(files)
        self.hal: FakeHal | None = None
        self.writes = 0

    def open(self, path, mode):
        if mode == "wb":
            self._look()
        return super().open(path, mode)

    def rename(self, old, new):
        self._look()
        super().rename(old, new)

    def mkdir(self, path):
        self._look()
        super().mkdir(path)

    def _look(self):
        self.writes += 1
        if self.hal is not None:
            assert self.hal.is_powered_off() and not self.hal.relay.is_closed


def boot(disk=None, by_watchdog=False, images=PROGRAMS):
    """Switch a machine on that has `disk`."""
    hal = FakeHal()
    hal.is_reset_by_watchdog = by_watchdog
    disk = disk or WatchedDisk(installed_filesystem().files)
    disk.hal = hal
    return Bench(hal, disk, [image(name) for name in images])


def kept(disk):
    """Return what the next boot would find."""
    store = Store(MemoryFilesystem(dict(disk.files)))
    store.load()
    return store


def entry(disk, back=0):
    session = kept(disk).journal.session(back)
    return {key: session[key] for key in ("program", "result", "stop_reason", "fault")}


@pytest.fixture
def bench():
    return boot()


def choices_of(bench):
    session = bench.app.session
    choices = session.selection.choices
    return session.selection.library.chosen().name, choices.intensity, choices.heat, choices.minutes


def test_a_new_machine_begins_with_the_first_programs_own_heat_and_minutes(bench):
    assert choices_of(bench) == ("classic", 3, 1, 15)
    bench.ticks(KEPT_TICKS)
    assert bench.disk.writes == 0


def test_what_was_chosen_is_chosen_again_at_the_next_boot(bench):
    bench.press(user_events.PROGRAM, user_events.PROGRAM, user_events.PLUS, user_events.PLUS, user_events.HEAT)
    chosen = choices_of(bench)
    assert chosen == ("evening", 5, 3, 20)
    bench.ticks(KEPT_TICKS)
    assert choices_of(boot(bench.disk)) == chosen


def test_what_was_chosen_just_before_a_restart_for_maintenance_is_kept(bench):
    bench.press(user_events.PLUS)
    bench.app.requests.wants_maintenance = True
    while not bench.app.may_restart():
        bench.ticks()
    assert choices_of(boot(bench.disk))[1] == 4


def test_pace_and_feet_are_remembered_too(bench):
    bench.app.session.selection.choices.pace = 1
    bench.app.session.selection.choices.feet = 0
    bench.ticks(KEPT_TICKS)
    choices = boot(bench.disk).app.session.selection.choices
    assert (choices.pace, choices.feet) == (1, 0)


def test_heat_and_minutes_count_for_their_own_program_alone(bench):
    bench.press(user_events.HEAT)
    bench.ticks(KEPT_TICKS)
    again = boot(bench.disk)
    assert choices_of(again) == ("classic", 3, 2, 15)
    for _ in PROGRAMS:
        again.press(user_events.PROGRAM)
    assert choices_of(again) == ("classic", 3, 1, 15)


def test_stored_heat_and_minutes_wait_for_a_program_that_is_gone(bench):
    bench.press(user_events.PROGRAM, user_events.PROGRAM, user_events.HEAT)
    bench.ticks(KEPT_TICKS)
    without = boot(bench.disk, images=("classic", "gentle"))
    assert choices_of(without) == ("classic", 3, 1, 15)
    without.press(user_events.PLUS)
    without.ticks(KEPT_TICKS)
    assert choices_of(boot(bench.disk)) == ("evening", 4, 3, 20)
    without = boot(bench.disk, images=("classic", "gentle"))
    without.press(user_events.HEAT)
    without.ticks(KEPT_TICKS)
    assert choices_of(boot(bench.disk)) == ("classic", 4, 2, 15)


def test_a_person_who_steps_through_the_levels_writes_the_settings_once(bench):
    for _ in range(4):
        bench.press(user_events.PLUS, user_events.MINUS, user_events.MINUS)
    assert bench.disk.writes == 0
    bench.ticks(KEPT_TICKS)
    assert bench.disk.writes == 2
    assert kept(bench.disk).settings["intensity"] == 1


def begin(bench, answers=None):
    """Begin a session, with healthy feet unless told otherwise."""
    bench.start()
    if answers is None:
        bench.press(user_events.PLUS, user_events.MINUS, user_events.MINUS, user_events.MINUS)
    else:
        answers()
    return bench


def test_a_session_waits_until_its_entry_and_the_choices_for_it_are_kept(bench):
    bench.press(user_events.PLUS)
    begin(bench)
    while bench.state != "self-test":
        assert not any(bench.hal.relay.given) and not bench.hal.are_servos_on
        bench.ticks()
    store = kept(bench.disk)
    assert store.journal.is_session_open()
    assert store.journal.session(0)["program"] == "classic"
    assert store.settings["intensity"] == store.journal.session(0)["intensity"] == 4


def test_nothing_is_written_while_questions_are_answered(bench):
    bench.press(user_events.PLUS)
    bench.start()
    bench.ticks(KEPT_TICKS)
    assert bench.state == "screening" and bench.disk.writes == 0


def run_shortly(bench, force_mn=0):
    """Let a session go on for a second of its self-test, then stop it."""
    begin(bench)
    bench.until("self-test")
    bench.ticks(60)
    bench.hal.forces[2].force_mn = force_mn
    bench.ticks(1)
    bench.hal.forces[2].force_mn = 0
    bench.app.note_late_ticks(2)
    bench.app.note_late_ticks(1)
    bench.ticks(60)
    assert not bench.hal.is_powered_off()
    bench.press(user_events.STOP)
    bench.until("done")


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
        "intensity": 3,
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
    bench.press(user_events.PLUS, user_events.MINUS, user_events.MINUS)
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


def test_what_is_kept_does_not_tell_what_was_answered():
    healthy = files_after(
        lambda bench: bench.press(user_events.PLUS, user_events.MINUS, user_events.MINUS, user_events.MINUS)
    )
    gentle = files_after(Bench.careful)
    assert (healthy[0], gentle[0]) == (False, True)
    assert healthy[1:] == gentle[1:]
    assert b"gentle" not in b"".join(content or b"" for content in gentle[2].values())


def damaged_disk(name):
    """Return a disk in use whose newest file of one record is damaged."""
    bench = boot()
    for button in (user_events.PLUS, user_events.MINUS):
        bench.press(button)
        run_shortly(bench)
        bench.ticks(KEPT_TICKS)
        bench.start()
    slots = [f"/keep/{name}.{slot}" for slot in (0, 1)]
    bench.disk.files[max(slots, key=lambda slot: bench.disk.files[slot][8])] = b"junk"
    return bench.disk


def refused_disk():
    disk = installed_filesystem()
    store = kept(disk)
    store._settings_writer.record.begin(b"intensity=9\n")
    folder = store._folder
    folder._disk, folder.may_write = disk, True
    while store._settings_writer.record.is_saving():
        store._settings_writer.record.step()
    return WatchedDisk(disk.files)


PROBLEMS = {
    faults.FAULT_STORAGE_ERASED: WatchedDisk,
    faults.FAULT_SETTINGS_LOST: lambda: WatchedDisk(
        {path: data for path, data in installed_filesystem().files.items() if "settings" not in path}
    ),
    faults.FAULT_SETTINGS_OLDER: lambda: damaged_disk("settings"),
    faults.FAULT_SETTINGS_REFUSED: refused_disk,
    faults.FAULT_JOURNAL_LOST: lambda: WatchedDisk(
        {path: data for path, data in installed_filesystem().files.items() if "journal" not in path}
    ),
    faults.FAULT_JOURNAL_OLDER: lambda: damaged_disk("journal"),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_is_wrong_with_the_storage_is_said_until_acknowledged_then_never_again_and_is_in_the_journal(problem):
    bench = boot(PROBLEMS[problem]())
    bench.ticks(KEPT_TICKS)
    text = bench.hal.display.text()
    assert text.startswith("PLEASE NOTE")
    assert f"{faults.sentence(problem)} {faults.advice(problem)}" in text
    bench.press(user_events.STOP, user_events.PLUS, user_events.PROGRAM)
    assert bench.app.guard.notices.first() == problem
    bench.start()
    assert bench.app.guard.notices.first() == faults.NO_FAULT and bench.state == "idle"
    bench.ticks(KEPT_TICKS)
    journal = kept(bench.disk).journal
    assert problem in [journal.fault(back)["fault"] for back in range(journal.fault_count())]
    again = boot(bench.disk)
    assert again.app.guard.notices.first() == faults.NO_FAULT
    again.start()
    assert again.state == "screening"


def test_an_erased_file_system_is_said_at_every_boot_and_left_alone_until_somebody_knows():
    disk = WatchedDisk()
    for _ in range(2):
        bench = boot(disk)
        bench.ticks(KEPT_TICKS)
        bench.press(user_events.PLUS)
        bench.ticks(KEPT_TICKS)
        assert bench.app.guard.notices.first() == faults.FAULT_STORAGE_ERASED and disk.files == {}
    bench.start()
    bench.ticks(KEPT_TICKS)
    again = boot(disk)
    assert again.app.guard.notices.first() == faults.NO_FAULT
    assert again.app.session.selection.choices.intensity == 4


class FullDisk(WatchedDisk):
    """A flash that takes nothing more."""

    def open(self, path, mode):
        if mode == "wb":
            self.writes += 1
            raise OSError(28)
        return super().open(path, mode)


def test_a_session_begins_though_nothing_can_be_kept_and_that_is_said_afterwards():
    bench = boot(FullDisk(installed_filesystem().files))
    run_shortly(bench)
    bench.ticks(KEPT_TICKS)
    bench.start()
    bench.ticks(40)
    assert bench.app.guard.notices.first() == faults.FAULT_STORAGE_UNWRITTEN
    assert faults.sentence(faults.FAULT_STORAGE_UNWRITTEN) in bench.hal.display.text()
    bench.start()
    bench.ticks(KEPT_TICKS)
    writes = bench.disk.writes
    bench.ticks(KEPT_TICKS)
    assert bench.state == "idle" and bench.disk.writes == writes, "it is not tried for ever"


def test_a_slice_that_raises_takes_no_turn_from_the_others(bench, monkeypatch):
    def fail(nothing_moves):
        raise ValueError

    monkeypatch.setattr(bench.app.store, "tick", fail)
    bench.ticks(100)
    assert bench.app.guard.fault == faults.FAULT_INTERNAL
    assert faults.sentence(faults.FAULT_INTERNAL) in bench.hal.display.text()


def test_files_are_written_a_second_after_the_last_movement_at_the_earliest(bench):
    run_shortly(bench)
    writes = bench.disk.writes
    bench.ticks(90)
    assert bench.disk.writes == writes
    bench.ticks(20)
    assert bench.disk.writes > writes


def test_nothing_is_written_while_a_held_roller_backs_off(bench):
    bench.app.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    bench.app.guard.back_off.begin(0, -1)
    while bench.app.guard.back_off.is_active:
        bench.ticks()
    assert bench.disk.writes == 0
    bench.ticks(KEPT_TICKS)
    assert kept(bench.disk).journal.fault(0)["fault"] == faults.FAULT_ROLLER_BLOCKED
