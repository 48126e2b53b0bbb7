"""Write docs/buttons.md: what each button does in each state, found by pressing it on the simulated machine.

`make docs` runs it. An effect is the difference between a machine whose button was pressed and the same machine left
alone for as long.
"""

from collections.abc import Callable, Iterator

from host_tools.data_folders import ROOT
from host_tools.words import techniques_in
from instep import user_events
from instep.guard.faults import FAULT_HEAT_SENSORS_DIFFER, FAULT_SETTINGS_REFUSED
from instep.levels import FEET_NAMES, HEAT_NAMES, SOUND_NAMES
from instep.panel.buttons import HOLD_TICKS, POWER_TICKS
from instep.panel.words import ROWS, WORDS
from instep.people import LEFT_OUT, PEOPLE_NAMES, SKIPPED_TWICE, WHO
from instep.session import states
from instep.session.choose_page import ROW_TECHNIQUES, ChoosePage
from instep.session.jog import JOG_CLEANED, JOG_NAMES
from instep.session.session_clock import TICKS_PER_MINUTE
from instep.stroke.program import SLIDE, TECHNIQUES
from sim.answers import HEALTHY, names_of
from sim.factory import USUAL, prepare
from sim.fork import branch
from sim.simulation import Simulation

PAGE = ROOT / "docs/buttons.md"

_SHORT_TICKS = 5
_HELD_TICKS = HOLD_TICKS + 10
_STOP_HELD_TICKS = POWER_TICKS + 1
_AFTER_TICKS = 20
_REACH_MAX_TICKS = 60_000
_LABELS = {"minus": "−", "plus": "+"}
_HEAD = """# The buttons

Each cell was found by pressing the button on the simulated machine: what is different afterwards from the same machine
left alone. *Held* is one second, for STOP three. A button that is held does what it does when pressed first, but
PROGRAM and HEAT, which act when they are released. `make docs` writes this page (`sim/button_table.py`), and a test
compares it.
"""


def _facts(simulation: Simulation) -> dict[str, str]:
    """Return what a button may change, in words."""
    app = simulation.app
    status = app.session.status
    choices = status.selection.choices
    scheduler = status.scheduler
    page = status.page
    return {
        "": states.NAMES[status.state],
        "machine": JOG_NAMES[app.jog.state] or "at rest",
        "then": "off" if status.is_leaving and status.state != states.OFF else "on",
        "page": "open" if page.is_open else "closed",
        "row": _row_of(page) if page.is_open else "",
        "question": str(status.screening.question + 1) if status.state == states.SCREENING else "",
        "who": PEOPLE_NAMES[status.selection.people.get(WHO)],
        "program": status.selection.library.chosen().name,
        "intensity": str(choices.intensity),
        "pace": str(choices.pace),
        "heat": HEAT_NAMES[choices.heat],
        "minutes": str(choices.minutes),
        "feet": FEET_NAMES[choices.feet],
        "balance": str(choices.balance),
        "sound": SOUND_NAMES[choices.sound],
        "left out": " ".join(techniques_in(status.selection.people.get(LEFT_OUT))) or "nothing",
        "skipped twice": " ".join(techniques_in(status.selection.people.get(SKIPPED_TWICE))) or "nothing",
        "technique": "next" if scheduler.is_cut else "goes on",
        "rollers": "stay" if scheduler.is_staying() else "go on",
        "again": "yes" if scheduler.is_again else "no",
        "lotion": "on" if status.is_lotion_on else "awaited",
        "message": "waits" if app.guard.notices.first() else "read",
        "heat notice": "waits" if app.guard.heat_fault else "read",
    }


def _row_of(page: ChoosePage) -> str:
    """Return the name of the chosen row."""
    row = page.rows[page.at]
    return TECHNIQUES[row - ROW_TECHNIQUES] if row >= ROW_TECHNIQUES else WORDS.get(ROWS + row)


def _wait(simulation: Simulation, ticks: int) -> None:
    for _ in range(ticks):
        simulation.advance(1)


def _press(simulation: Simulation, *buttons: str, ticks: int = _SHORT_TICKS) -> Simulation:
    for button in buttons:
        simulation.press(button)
        _wait(simulation, ticks)
        simulation.release(button)
        _wait(simulation, _SHORT_TICKS)
    return simulation


def _until(simulation: Simulation, reached: Callable[[Simulation], bool]) -> Simulation:
    for _ in range(_REACH_MAX_TICKS):
        if reached(simulation):
            return simulation
        simulation.advance(1)
    raise AssertionError(f"{_facts(simulation)} after {_REACH_MAX_TICKS} ticks")


def _in_state(state: int) -> Callable[[Simulation], bool]:
    return lambda simulation: simulation.app.session.state == state


def _at_rest(feet_in: bool) -> Simulation:
    simulation = prepare(USUAL)
    simulation.person = None
    for switch in simulation.hal.foot_switches:
        switch.is_on = feet_in
    _wait(simulation, 2 * _HELD_TICKS)
    return simulation


def situations() -> Iterator[tuple[str, Simulation]]:
    """Yield a machine in each state, and in what replaces a state's screen."""
    rest = _at_rest(feet_in=True)
    yield "start page", rest
    message = branch(rest)
    message.app.guard.notices.tell(FAULT_SETTINGS_REFUSED)
    yield "start page with a message", message
    no_heat = branch(rest)
    no_heat.app.guard.forbid_heat(FAULT_HEAT_SENSORS_DIFFER)
    yield "start page with a notice about heat", no_heat
    yield from _with_empty_wells()
    yield from _in_a_session(rest)
    yield "off", _press(branch(rest), "stop", ticks=_STOP_HELD_TICKS)


def _with_empty_wells() -> Iterator[tuple[str, Simulation]]:
    page_at_rest = _press(_at_rest(feet_in=False), "heat", ticks=_HELD_TICKS)
    yield "page of choices at rest", page_at_rest
    skipped = _at_rest(feet_in=True)
    skipped.app.session.selection.people.put(SKIPPED_TWICE, 1 << SLIDE)
    yield "page of choices with a technique that was skipped twice", _press(skipped, "heat", ticks=_HELD_TICKS)
    clean = _press(branch(page_at_rest), *["program"] * 6)
    yield "its last row, clean", clean
    cleaning = _press(branch(clean), "plus")
    yield "cleaning", cleaning
    yield "cleaned", _until(branch(cleaning), lambda machine: machine.app.jog.state == JOG_CLEANED)


def _in_a_session(rest: Simulation) -> Iterator[tuple[str, Simulation]]:
    asked = _press(branch(rest), "start")
    yield "questions", asked
    yield "refused", _press(branch(asked), "minus", "minus")
    tested = _until(_press(branch(asked), *names_of(HEALTHY)), _in_state(states.SELFTEST))
    yield "self-test", branch(tested)
    fit = _until(tested, _in_state(states.FIT))
    yield "measuring", branch(fit)
    lotion = _until(fit, _in_state(states.WARM))
    _wait(lotion, 2 * _HELD_TICKS)
    yield "lotion", branch(lotion)
    run = _until(_press(lotion, "start"), lambda machine: machine.app.scheduler.players[0].stay.presses())
    _wait(run, 2 * _HELD_TICKS)
    yield "massage", run
    yield "page of choices in the massage", _press(branch(run), "heat", ticks=_HELD_TICKS)
    yield from _after_the_massage(run)


def _after_the_massage(run: Simulation) -> Iterator[tuple[str, Simulation]]:
    paused = _press(branch(run), "start")
    _wait(paused, 4 * _HELD_TICKS)
    yield "pause", paused
    closing = branch(run)
    status = closing.app.session.status
    status.clock.active_ticks = status.selection.choices.minutes * TICKS_PER_MINUTE
    yield "last strokes", _until(closing, _in_state(states.CLOSING))
    ended = _press(branch(run), "stop")
    yield "letting go", branch(ended)
    yield "end", _until(ended, _in_state(states.DONE))
    fault = branch(run)
    fault.hal.emergency_stop.is_on = True
    _wait(fault, _SHORT_TICKS)
    fault.hal.emergency_stop.is_on = False
    _wait(fault, 10 * _HELD_TICKS)
    yield "fault", fault


def left_alone(simulation: Simulation, ticks: int) -> dict[str, str]:
    """Return the facts of the machine left alone for as long as `effect` holds a button for `ticks`."""
    alone = branch(simulation)
    _wait(alone, ticks + _SHORT_TICKS + _AFTER_TICKS)
    return _facts(alone)


def effect(simulation: Simulation, button: str, ticks: int, before: dict[str, str]) -> str:
    """Return in words what holding a button for `ticks` changes; `before` is that machine left alone."""
    pressed = _press(branch(simulation), button, ticks=ticks)
    _wait(pressed, _AFTER_TICKS)
    after = _facts(pressed)
    changed = [name for name in before if before[name] != after[name] and after[name]]
    return ", ".join(_change(name, before[name], after[name]) for name in changed) or "–"


def _change(name: str, before: str, after: str) -> str:
    return f"{name} {before} → {after}".strip() if before else f"{name} {after}"


def page() -> str:
    """Return the text of docs/buttons.md."""
    lines = [_HEAD]
    for name, simulation in situations():
        lines += [f"## {name[0].upper()}{name[1:]}\n", "| button | pressed | held |", "|---|---|---|"]
        alone = {ticks: left_alone(simulation, ticks) for ticks in (_SHORT_TICKS, _HELD_TICKS, _STOP_HELD_TICKS)}
        for button in user_events.NAMES:
            held_ticks = _STOP_HELD_TICKS if button == "stop" else _HELD_TICKS
            short, held = (effect(simulation, button, ticks, alone[ticks]) for ticks in (_SHORT_TICKS, held_ticks))
            lines.append(f"| {_LABELS.get(button, button.upper())} | {short} | {held} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
