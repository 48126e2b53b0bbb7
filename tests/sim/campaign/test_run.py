"""One case, one row: real sessions, real faults."""

from dataclasses import replace

import pytest

from host_tools.errors import InstepError
from instep.session import states
from sim.campaign import run
from sim.campaign.plan import EXTREMES, NO_FAULT, PHASES, WHOLE, Case, plan_of
from sim.campaign.run import run_case, run_cases
from sim.campaign.store import SCHEMA
from sim.ending_check import EndingCheck
from sim.faults import FAULTS
from sim.hooks import Hook

# The largest foot at the lowest pace takes longest to get anywhere; the smallest at the highest is out soonest.
_SLOW = next(levels for levels in EXTREMES if levels.pace == 1 and levels.heat == "off")
_FAST = next(levels for levels in EXTREMES if levels.pace == 3 and levels.heat == "off")


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(("person", "levels"), [("large", _SLOW), ("small", _FAST)], ids=("slow", "fast"))
def test_emergency_stop_reaches_every_phase_while_it_lasts_and_is_noticed_at_once(phase, person, levels):
    row = run_case(Case("emergency_stop", phase, person, 1, levels))

    assert row["reached"]
    assert (row["delay_ms"], row["noticed_as"]) == (10, "emergency_stop")
    assert row["reaction_ok"] and not row["missed"] and not row["over_budget"] and not row["false_trip"]


@pytest.mark.parametrize("phase", ("idle", "screening", "self-test", "fit", "warm", "retract"))
def test_the_latest_offset_of_a_short_phase_is_within_it(phase):
    cases = [Case(NO_FAULT, phase, "small", seed, _FAST) for seed in range(1, 400)]
    latest = max(cases, key=lambda case: case.offset_ticks)
    row = run_case(replace(latest, fault="emergency_stop", seed=1) if latest.offset_ticks == 0 else latest)

    assert row["reached"]


def test_a_fault_that_does_not_show_is_neither_noticed_nor_missed():
    row = run_case(Case("heater_dead", "sole", "average", 1, _SLOW))

    assert row["onset_tick"] is None
    assert not row["missed"]
    assert row["reached"]


def test_a_run_waits_for_its_fault_to_show_as_long_as_the_fault_says(monkeypatch):
    case = Case("heater_dead", "sole", "average", 1, _SLOW)
    usual = run_case(case)
    monkeypatch.setitem(FAULTS, "heater_dead", replace(FAULTS["heater_dead"], watch_s=40.0))

    assert run_case(case)["ticks"] == usual["ticks"] + 1_000


def test_a_run_without_a_fault_goes_to_its_end_and_trips_nothing():
    row = run_case(Case(NO_FAULT, WHOLE, "small", 1, _FAST))

    assert row["result"] == "done"
    assert not row["false_trip"]
    assert row["peak_force_n"] > 1.0


def test_a_row_has_the_columns_of_the_table_and_no_other():
    for case in (Case(NO_FAULT, "idle", "average", 1, _FAST), Case("supply_low", "idle", "average", 1, _FAST)):
        assert list(run_case(case)) == SCHEMA.names


def test_the_same_case_gives_the_same_row():
    case = next(case for case in plan_of(("wild_encoder",), ("average",), 1) if case.phase == "sole")

    assert run_case(case) == run_case(case)


def test_a_row_does_not_depend_on_the_other_cases():
    faults = ("wild_encoder", "skin_sensor_frozen", "supply_low", "encoder_stuck", "power_cut", "program_damaged")
    cases = [Case(fault, phase, "small", 1, _FAST) for phase in ("idle", "sole", "paused") for fault in faults]

    assert run_cases(cases) == [run_case(case) for case in cases]


def test_phases_of_one_session_without_a_fault_have_the_rows_that_each_has_alone():
    cases = [Case(NO_FAULT, phase, "small", 1, _FAST) for phase in (*PHASES, WHOLE)]
    rows = run_cases(cases)

    assert sorted(rows, key=lambda row: row["key"]) == sorted(map(run_case, cases), key=lambda row: row["key"])
    assert all(row["reached"] for row in rows)
    assert len({row["setpoint_crc32"] for row in rows}) >= len(PHASES) - 1


def test_a_second_fault_comes_after_the_notice_of_the_first_and_is_judged():
    row = run_case(Case("supply_low", "path", "small", 1, _FAST, after="skin_sensor_open"))

    assert row["fault"] == "supply_low after skin_sensor_open"
    assert row["injection"].startswith("skin_sensor_open@path")
    assert row["noticed_as"] == "supply_low"
    assert row["trips"] == "supply_low"
    assert row["reaction_ok"] and row["delay_ms"] <= row["budget_ms"]


def test_a_switch_that_shorts_after_a_heat_notice_opens_the_relay_before_skin_gets_too_warm():
    warm = replace(_FAST, ambient_c=22.0, heat="high")
    row = run_case(Case("heater_switch_leaks", "path", "small", 1, warm, after="skin_sensor_open"))

    assert row["trips"] == "rise_without_heat"
    assert row["reaction_ok"] and 38.0 <= row["peak_skin_c"] < 43.0


def test_a_first_fault_without_a_notice_is_a_wrong_reaction():
    row = run_case(Case("emergency_stop", "path", "small", 1, _FAST, after="wild_force"))

    assert (row["reaction_ok"], row["wrong"]) == (False, "wild_force was not noticed")
    second = FAULTS["emergency_stop"]
    assert (row["budget_ms"], row["reaction"]) == (second.budget_ms, second.reaction)


def test_skin_that_gets_too_warm_is_a_wrong_reaction(monkeypatch):
    monkeypatch.setitem(FAULTS, "wild_force", replace(FAULTS["wild_force"], skin_max_c=10.0))
    row = run_case(Case("wild_force", "fit", "small", 1, _FAST))

    assert not row["reaction_ok"] and "the skin side was at" in row["wrong"]


def test_stop_is_judged_to_the_end_of_the_session():
    row = run_case(Case("stop_button", "sole", "small", 1, _FAST))

    assert (row["result"], row["reaction_ok"], row["delay_ms"]) == ("stopped", True, 10)


def test_start_in_the_strokes_pauses_them():
    row = run_case(Case("pause_button", "sole", "small", 1, _FAST))

    assert row["reaction_ok"] and row["delay_ms"] <= row["budget_ms"]


def test_most_random_presses_begin_after_the_questions_and_some_before(monkeypatch):
    """Pressed at random, the questions refuse half of the people."""
    begun = []

    class Noted(Hook):
        def __init__(self, simulation, seed, from_tick):
            begun.append((simulation.app.session.state, from_tick == simulation.ticks))

    monkeypatch.setattr(run, "RandomPresses", Noted)
    monkeypatch.setattr(EndingCheck, "run_out", lambda _: "")
    for case in plan_of((), ("average",), 1, presses=12):
        run_case(case)
    found = [state for state, is_now in begun if is_now]
    assert set(found) == {states.IDLE, states.SELFTEST}
    assert found.count(states.SELFTEST) > found.count(states.IDLE)


def test_an_exception_of_the_simulation_names_its_run():
    case = Case("emergency_stop", "idle", "nobody", 7, _FAST)

    with pytest.raises(InstepError) as failure:
        run_case(case)

    assert case.key in "".join(failure.value.__notes__)
