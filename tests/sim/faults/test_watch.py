"""The judgement on a fault: when it counts as noticed, what breaks a reaction, how long the judgement stays open."""

import pytest

from instep.axes import TICK_MS, TICKS_PER_S
from instep.guard import faults as guard_faults
from instep.guard.faults import NO_FAULT
from sim.faults import FAULTS, parse, watch
from sim.faults.expected_reactions import REACTIONS, Reaction
from sim.faults.fault import IGNORE, OUTPUTS_SAFE, PAUSE, SAFE, SAFE_OR_SAYS_WHY
from sim.faults.watch import Watch

REST_TICKS = 100
NUMBERS = range(1, guard_faults.count())
DISPLAY_TICKS = 11 * TICKS_PER_S


class Machine:
    """The moment of a simulation that is judged: what the firmware reports and how its outputs stand."""

    def __init__(self):
        self.ticks = 0
        self.reports = NO_FAULT
        self.is_complete = self.is_lasting = self.is_displayed = False
        self.is_at_rest = True
        self.says_that_roller_presses = False


@pytest.fixture
def machine(monkeypatch):
    machine = Machine()
    monkeypatch.setattr(watch, "reported_fault", lambda _: machine.reports)
    monkeypatch.setattr(watch, "is_at_rest", lambda _: machine.is_at_rest)
    monkeypatch.setattr(watch, "is_displayed", lambda _: machine.is_displayed)
    monkeypatch.setattr(watch, "says_that_roller_presses", lambda _: machine.says_that_roller_presses)
    for name, reaction in tuple(REACTIONS.items()):
        lasting = None if reaction.is_lasting is None else lambda _: machine.is_lasting
        judged = Reaction(lambda _: machine.is_complete, lasting, reaction.ends_at_rest, reaction.is_displayed)
        monkeypatch.setitem(REACTIONS, name, judged)
    return machine


def fault_with(reaction, has_names=True):
    """Return a catalogue's fault with this reaction, and one of the names that it may get."""
    found = [fault for fault in FAULTS.values() if fault.reaction == reaction and bool(fault.expects) == has_names]
    fault = next(fault for fault in found if fault.budget_ms or not has_names)
    return fault, next((number for number in NUMBERS if guard_faults.name(number) in fault.expects), NO_FAULT)


def begun(machine, reaction, has_names=True):
    """Return a judgement on a fault that shows at tick 0, and the number of its accepted name."""
    fault, number = fault_with(reaction, has_names)
    judgement = Watch(machine, parse(fault.example))
    judgement.show()
    return judgement, number


def judge(judgement, machine, ticks=1, is_active=True):
    for _ in range(ticks):
        judgement.tick(is_active)
        machine.ticks += 1


def react(judgement, machine, number):
    """Let the firmware react in this tick, as it should."""
    machine.reports, machine.is_complete, machine.is_lasting = number, True, True
    judge(judgement, machine)


def test_a_reaction_in_the_tick_in_which_a_fault_shows_takes_one_tick(machine):
    judgement, number = begun(machine, SAFE)
    react(judgement, machine, number)
    outcome = judgement.conclude()
    assert (outcome.reaction_ok, outcome.wrong, outcome.delay_ms) == (True, "", TICK_MS)
    assert outcome.fault_name == guard_faults.name(number)


def test_a_fault_that_does_not_show_is_not_judged(machine):
    fault, number = fault_with(SAFE)
    judgement = Watch(machine, parse(fault.example))
    machine.reports = number
    judge(judgement, machine, 5)
    outcome = judgement.conclude()
    assert (outcome.reaction_ok, outcome.fault_name, outcome.delay_ms) == (True, "", None)
    assert not judgement.is_open


def test_a_fault_counts_from_its_first_tick_and_again_if_it_hides_before_it_is_noticed(machine):
    judgement, number = begun(machine, SAFE)
    judge(judgement, machine, 3)
    judgement.show()
    assert judgement.detection.onset_tick == 0
    judgement.hide()
    assert judgement.detection.onset_tick is None
    machine.ticks = 50
    judgement.show()
    react(judgement, machine, number)
    judgement.hide()
    assert judgement.conclude().delay_ms == TICK_MS


def test_a_fault_that_was_only_named_does_not_hide_any_more(machine):
    judgement, number = begun(machine, SAFE)
    machine.reports = number
    judge(judgement, machine)
    judgement.hide()
    assert judgement.detection.onset_tick == 0


def test_a_missed_fault_is_open_for_its_budget_and_then_wrong(machine):
    judgement, _ = begun(machine, SAFE)
    machine.ticks = fault_with(SAFE)[0].budget_ms // TICK_MS - 1
    assert judgement.is_open
    machine.ticks += 1
    assert not judgement.is_open
    outcome = judgement.conclude()
    assert (outcome.reaction_ok, outcome.wrong) == (False, "it was not noticed")


def test_another_name_than_the_accepted_ones_is_wrong(machine):
    judgement, number = begun(machine, SAFE)
    fault, _ = fault_with(SAFE)
    other = next(each for each in NUMBERS if guard_faults.name(each) not in fault.expects)
    react(judgement, machine, other)
    assert judgement.conclude().wrong == f"it was taken for {guard_faults.name(other)}"
    machine.reports = number
    judge(judgement, machine)
    assert not judgement.conclude().reaction_ok, "a later name does not mend the first one"


def test_a_reaction_without_any_name_is_wrong(machine):
    judgement, _ = begun(machine, SAFE)
    react(judgement, machine, NO_FAULT)
    assert judgement.conclude().wrong == "it was taken for nothing"


def test_safe_outputs_must_last_until_the_rest_is_judged_and_may_end_later(machine):
    judgement, number = begun(machine, OUTPUTS_SAFE, has_names=False)
    react(judgement, machine, number)
    judge(judgement, machine, REST_TICKS)
    machine.is_lasting = False
    judge(judgement, machine, 10)
    assert judgement.conclude().wrong == ""
    other, number = begun(machine, OUTPUTS_SAFE, has_names=False)
    react(other, machine, number)
    judge(other, machine, REST_TICKS - 1)
    machine.is_lasting = False
    judge(other, machine)
    assert other.conclude().wrong == "the reaction did not last"


def test_something_that_still_touches_a_foot_a_second_later_is_wrong(machine):
    judgement, number = begun(machine, SAFE)
    react(judgement, machine, number)
    machine.is_at_rest = False
    judge(judgement, machine, REST_TICKS - 1)
    assert judgement.is_open and judgement.conclude().wrong == ""
    judge(judgement, machine)
    assert judgement.conclude().wrong == "a roller, press or heater did not let go"
    judge(judgement, machine)
    assert not judgement.is_open


def test_a_pause_has_to_last_only_while_its_fault_is_at_work(machine):
    judgement, number = begun(machine, PAUSE, has_names=False)
    react(judgement, machine, number)
    machine.is_lasting = False
    judge(judgement, machine, is_active=False)
    assert judgement.conclude().wrong == ""
    judge(judgement, machine, is_active=True)
    assert judgement.conclude().wrong == "the reaction did not last"


def displayed():
    return next(name for name, reaction in REACTIONS.items() if reaction.is_displayed)


def test_a_notice_is_open_until_the_display_has_said_it(machine):
    judgement, number = begun(machine, displayed())
    react(judgement, machine, number)
    judge(judgement, machine, 5)
    assert judgement.is_open
    machine.is_displayed = True
    judge(judgement, machine)
    assert not judgement.is_open
    machine.is_displayed = False
    judge(judgement, machine, DISPLAY_TICKS)
    assert judgement.conclude().wrong == ""


def test_a_notice_that_the_display_never_says_is_wrong(machine):
    judgement, number = begun(machine, displayed())
    react(judgement, machine, number)
    judge(judgement, machine, DISPLAY_TICKS - 1)
    assert judgement.conclude().wrong == ""
    judge(judgement, machine)
    assert judgement.conclude().wrong == "the display does not say it"


def test_noise_that_is_taken_for_a_fault_is_wrong_and_noise_alone_is_not_waited_for(machine):
    judgement, _ = begun(machine, IGNORE, has_names=False)
    machine.is_complete = True
    judge(judgement, machine, 5)
    assert not judgement.is_open
    assert (judgement.conclude().reaction_ok, judgement.conclude().noticed_tick) == (True, None)
    machine.reports = 1
    judge(judgement, machine)
    assert judgement.conclude().wrong == f"it was taken for {guard_faults.name(1)}"


def test_an_outcome_is_a_copy_that_later_ticks_do_not_change(machine):
    judgement, number = begun(machine, SAFE)
    early = judgement.conclude()
    react(judgement, machine, number)
    assert (early.wrong, early.noticed_tick) == ("it was not noticed", None)
    assert judgement.conclude().noticed_tick == 0


@pytest.mark.parametrize(
    ("says", "wrong"), [(True, ""), (False, "the display does not say that a roller still presses")]
)
def test_a_press_that_is_stuck_may_stay_if_the_display_says_so(machine, says, wrong):
    judgement, number = begun(machine, SAFE_OR_SAYS_WHY)
    react(judgement, machine, number)
    machine.is_at_rest, machine.says_that_roller_presses = False, says
    judge(judgement, machine, REST_TICKS)
    assert judgement.conclude().wrong == wrong


FELT_TICKS = 30


def test_a_force_that_is_felt_for_too_long_is_wrong_though_it_was_noticed_in_time(machine):
    fault = FAULTS["force_sensor_gain"]
    assert fault.felt_max_ms == FELT_TICKS * TICK_MS
    for more, wrong in ((0, ""), (1, "a roller pressed too hard for 310 ms")):
        judgement = Watch(machine, parse(fault.example))
        for _ in range(FELT_TICKS + more):
            judgement.show()
        machine.ticks = 0
        react(judgement, machine, guard_faults.FAULT_FORCE_LOW)
        assert judgement.conclude().wrong == wrong


def test_a_force_that_was_felt_for_too_long_and_has_gone_by_itself_is_wrong(machine):
    judgement = Watch(machine, parse(FAULTS["force_sensor_gain"].example))
    for _ in range(FELT_TICKS + 1):
        judgement.show()
    judgement.hide()
    judgement.show()
    judgement.hide()
    outcome = judgement.conclude()
    assert (outcome.onset_tick, outcome.wrong) == (None, "a roller pressed too hard for 310 ms")
    assert not outcome.reaction_ok
