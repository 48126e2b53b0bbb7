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
from instep.session import screening
from instep.stroke.program import PULL, SOLE
from instep.stroke.scheduler import NO_TECHNIQUE
from tests.firmware.panel.test_display import Shown
from tests.firmware.pixels import picture

SCREENS = Path(__file__).with_name("screens")
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


def _warming():
    shown = Shown("warm", "classic")
    shown.bench.heaters[0].skin_centi_c = 3_120
    shown.bench.press(user_events.START)
    return shown


def _notice():
    shown = Shown("idle", "classic")
    shown.bench.guard.heat_fault = faults.FAULT_HEAT_SENSORS_DIFFER
    return shown


def _message():
    shown = Shown("idle", "classic")
    shown.bench.guard.notices.tell(faults.FAULT_SETTINGS_OLDER)
    return shown


def _running(technique, is_there):
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


SHOWN = {
    **{state: _plain(state) for state in PLAIN},
    **{f"question-{at}": lambda at=at: _question(at) for at in range(screening.ASK_NOTHING)},
    **{f"refused-{at}": lambda at=at: _refusal(at) for at in range(1, len(screening.REASONS))},
    **{f"fault-{at}": lambda at=at: _fault(at) for at in (faults.FAULT_EMERGENCY_STOP, faults.FAULT_ROLLER_BLOCKED)},
    "done": lambda: Shown("done"),
    "warming": _warming,
    "notice": _notice,
    "message": _message,
    "run-sole": lambda: _running(SOLE, lambda setpoints: setpoints[SOLE_STROKE] > 150_000),
    "run-pull": lambda: _running(PULL, lambda setpoints: setpoints[TOE_GRIP] > 2_000),
    "closing": _closing,
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
