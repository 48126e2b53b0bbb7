"""The display as it is seen: every screen against its picture in `screens/`.

`INSTEP_NEW_SCREENS=1` writes the pictures again; look at each before it is committed.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from instep import user_events
from instep.axes import SOLE_STROKE, TOE_GRIP, TOP_STROKE
from instep.guard import faults
from instep.panel import screens
from instep.people import LEFT_OUT, SKIPPED_TWICE, UNCLEANED, UNCLEANED_MAX, WAITS_WARM
from instep.session import outcome, screening, states
from instep.session.jog import JOG_CLEANED, JOG_CLEANING, JOGGING
from instep.stroke.program import PULL, SLIDE, SOLE, TOP
from instep.stroke.scheduler import NO_TECHNIQUE
from tests.firmware.panel.shown import Shown
from tests.firmware.pixels import picture

SCREENS = Path(__file__).with_name("screens")
LEFT = ("idle", "self-test", "fit", "warm", "run")
PLAIN = ["idle", "self-test", "fit", "warm", "paused", "retract", "off"]


def _plain(state):
    return lambda: Shown(state, "classic")


def _question(question):
    shown = Shown("screening", "classic")
    shown.bench.session.status.screening.question = question
    return shown


def _refusal(reason):
    shown = Shown("refused", "classic")
    shown.bench.session.status.screening.reason = reason
    return shown


def _fault(fault):
    shown = Shown("fault", "classic")
    shown.bench.guard.fault = fault
    return shown


def _fault_of_roller(roller):
    shown = _fault(faults.FAULT_ROLLER_BLOCKED)
    shown.bench.guard.fault_roller = roller
    return shown


def _beginning():
    shown = Shown("warm", "classic")
    shown.bench.press(user_events.START)
    return shown


def _warming():
    shown = _beginning()
    shown.bench.session.selection.people.put(WAITS_WARM, 1)
    shown.bench.heaters[0].skin_centi_c = 3_120
    return shown


def _without_a_foot(shown):
    shown.bench.hal.foot_switches[1].is_on = False
    shown.bench.ticks(10)
    return shown


def _left_foot(state):
    shown = Shown("idle", "classic")
    shown.bench.session.selection.choices.feet = 0
    shown.bench.go_to(state)
    return shown


def _choosing(state, program="classic"):
    shown = Shown(state, program)
    shown.bench.press(user_events.HEAT_HELD, user_events.PROGRAM)
    return shown


def _all_chosen():
    shown = Shown("idle", "evening")
    choices = shown.bench.session.selection.choices
    choices.balance, choices.sound, choices.feet, choices.intensity = -2, 0, 1, 5
    return shown


def _skipped(state="idle", left_out=0, *buttons):
    shown = Shown(state, "classic")
    people = shown.bench.session.selection.people
    people.put(SKIPPED_TWICE, 1 << SLIDE)
    people.put(LEFT_OUT, left_out)
    shown.bench.press(*buttons)
    return shown


def _nothing_left():
    shown = Shown("idle", "toes")
    shown.bench.session.selection.people.put(LEFT_OUT, 1 << PULL | 1 << SLIDE)
    return shown


def _with_balance():
    shown = Shown("idle", "classic")
    shown.bench.session.selection.choices.balance = 1
    shown.bench.go_to("run")
    return shown


def _again():
    shown = Shown("done")
    shown.bench.press(user_events.START)
    return shown


def _gentle(state, *buttons):
    shown = Shown("idle", "classic")
    shown.bench.go_to(state, is_careful=True)
    shown.bench.press(*buttons)
    return shown


def _ended(reason):
    shown = Shown("done")
    shown.bench.session.status.stop_reason = reason
    return shown


def _notice(state="idle"):
    shown = Shown(state, "classic")
    shown.bench.guard.heat_fault = faults.FAULT_HEAT_SENSORS_DIFFER
    return shown


def _notice_and_what_is_chosen():
    shown = _notice()
    shown.look()
    shown.ticks += 1_024
    return shown


def _to_clean():
    shown = Shown("idle", "classic")
    shown.bench.session.selection.people.put(UNCLEANED, UNCLEANED_MAX)
    return shown


def _message():
    shown = Shown("idle", "classic")
    shown.bench.guard.notices.tell(faults.FAULT_SETTINGS_OLDER)
    return shown


def _wished_again():
    shown = Shown("run", "classic")
    shown.bench.scheduler.again()
    return shown


def _running(technique, is_there, button=0):
    """Run the classic session until `is_there`; the rollers stand where their setpoints are."""
    shown = Shown("run", "classic")
    bench = shown.bench
    setpoints = bench.scheduler.setpoints
    for _ in range(90_000):
        if bench.scheduler.technique(0) == technique and is_there(setpoints):
            break
        bench.ticks()
    else:
        raise AssertionError("never there")
    bench.press(button)
    for roller, axis in enumerate((TOP_STROKE, SOLE_STROKE, 10 + TOP_STROKE, 10 + SOLE_STROKE)):
        bench.drives.rollers[roller].position_um = setpoints[axis]
    return shown


def _closing():
    shown = Shown("run", "demo")
    shown.bench.scheduler.finish()
    shown.bench.until("closing")
    while shown.bench.scheduler.technique(0) == NO_TECHNIQUE:
        shown.bench.ticks()
    return shown


def _skipped_in_a_pause():
    shown = Shown("paused", "classic")
    shown.bench.press(user_events.PROGRAM)
    return shown


CLEANS = {"cleaning": JOG_CLEANING, "cleaned": JOG_CLEANED, "hands-off": JOGGING}


def _cleaning(state):
    shown = Shown("idle", "classic")
    shown.jog.state = state
    return shown


SHOWN = {
    **{state: _plain(state) for state in PLAIN},
    **{f"question-{at}": lambda at=at: _question(at) for at in range(screening.ASK_NOTHING)},
    **{f"refused-{at}": lambda at=at: _refusal(at) for at in range(1, screening.REASONS.count())},
    **{f"fault-{at}": lambda at=at: _fault(at) for at in (faults.FAULT_EMERGENCY_STOP, faults.FAULT_ROLLER_BLOCKED)},
    "fault-roller": lambda: _fault_of_roller(2),
    "done": lambda: Shown("done"),
    **{f"done-{at}": lambda at=at: _ended(at) for at in range(1, len(outcome.STOP_REASONS))},
    **{f"left-{state}": lambda state=state: _left_foot(state) for state in LEFT},
    **{f"gentle-{state}": lambda state=state: _gentle(state) for state in ("self-test", "warm", "run")},
    "gentle-firmer": lambda: _gentle("run", user_events.PLUS),
    "gentle-heat": lambda: _gentle("run", user_events.HEAT),
    **{f"choose-{state}": lambda state=state: _choosing(state) for state in ("idle", "run")},
    "choose-gentle": lambda: _gentle("run", user_events.HEAT_HELD, user_events.PROGRAM, user_events.PLUS),
    "idle-all": _all_chosen,
    "run-stay": lambda: _running(SOLE, lambda setpoints: setpoints[SOLE_STROKE] > 150_000, user_events.PROGRAM_HELD),
    "run-again": _wished_again,
    "run-balance": _with_balance,
    "run-skipped": lambda: _running(SOLE, lambda setpoints: setpoints[SOLE_STROKE] > 150_000, user_events.PROGRAM),
    "idle-skipped": _skipped,
    "idle-left-out": _nothing_left,
    "choose-skipped": lambda: _skipped("idle", 1 << TOP, user_events.HEAT_HELD),
    "choose-left-out": lambda: _skipped(
        "idle", 1 << TOP, user_events.HEAT_HELD, user_events.PLUS, user_events.PROGRAM
    ),
    "idle-again": _again,
    "idle-once": lambda: Shown("idle"),
    "beginning": _beginning,
    "lotion-foot-out": lambda: _without_a_foot(Shown("warm", "classic")),
    "warming-foot-out": lambda: _without_a_foot(_warming()),
    "paused-foot-out": lambda: _without_a_foot(Shown("run", "classic")),
    "paused-skipped": _skipped_in_a_pause,
    "run-notice": lambda: _notice("run"),
    "warming": _warming,
    "notice": _notice,
    "notice-chosen": _notice_and_what_is_chosen,
    "idle-clean": _to_clean,
    "choose-once": lambda: _choosing("idle", "demo"),
    "message": _message,
    "run-sole": lambda: _running(SOLE, lambda setpoints: setpoints[SOLE_STROKE] > 150_000),
    "run-pull": lambda: _running(PULL, lambda setpoints: setpoints[TOE_GRIP] > 2_000),
    "closing": _closing,
    **{name: lambda state=state: _cleaning(state) for name, state in CLEANS.items()},
}


@pytest.mark.parametrize("name", SHOWN)
def test_every_screen_looks_as_its_picture(name):
    shown = SHOWN[name]()
    shown.look()
    shown.look()
    seen = picture(shown.display.rows, shown.display.pictures)
    path = SCREENS / f"{name}.png"
    if os.environ.get("INSTEP_NEW_SCREENS"):
        seen.save(path)
    difference = ImageChops.difference(seen.convert("L"), Image.open(path).convert("L")).getbbox()
    assert difference is None, f"{path.name} is another within {difference}"


def test_no_picture_is_left_without_its_screen():
    assert {path.stem for path in SCREENS.glob("*.png")} == set(SHOWN)


def test_the_screens_beyond_the_states_are_numbered_after_them():
    numbers = [
        screens.BEGINNING,
        screens.WARMING,
        screens.WARMING_OUT,
        screens.NOTICE,
        screens.NO_HEAT,
        screens.HANDS_OFF,
        screens.CHOOSE,
        screens.CLEANING,
        screens.CLEANED,
    ]
    assert numbers == list(range(states.STATES, screens._ENDS_AT))
