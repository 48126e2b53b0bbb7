"""Drive the page in a browser as a person does."""

import os
import time

import pytest

from tests.page import parts_folder

# What takes long: `make pagetest` alone runs it.
IS_LONG_RUN = bool(os.environ.get("INSTEP_BROWSER"))
LONG = pytest.mark.skipif(not IS_LONG_RUN, reason="`make pagetest` runs it: it takes long")

# How long a test waits for something that does not come: a slow computer needs it, a passing test does not.
PATIENCE_S = 1_500
# Times real time, where a test does not look at time itself.
FAST = 20
_POLL_MS = 30


def until(tab, expression, patience_s=PATIENCE_S):
    """Look until a JavaScript expression is true; the page's policy forbids to evaluate one inside of it."""
    end_s = time.monotonic() + patience_s
    while not (found := tab.evaluate(expression)):
        assert time.monotonic() < end_s, f"{expression} is still {found!r}: {tab.evaluate(STATE)}"
        tab.wait_for_timeout(_POLL_MS)
    return found


STATE = """(() => { const s = window.instep?.session;
  return s && [document.querySelector('.now')?.dataset.state, s.tick, s.screen, s.problem]; })()"""


def ready(tab):
    """Wait until the machine runs."""
    until(tab, "Boolean(window.instep?.session.isReady && instep.session.row)")


def until_state(tab, *names):
    """Wait until the session is in one of some states; return its name."""
    until(tab, f"{list(names)!r}.includes(document.querySelector('.now')?.dataset.state)")
    return tab.evaluate("document.querySelector('.now').dataset.state")


def press(tab, button):
    """Click a button of the machine."""
    tab.locator(f"[data-button={button}]").click()


def speed(tab, times):
    """Choose how fast time runs."""
    tab.get_by_role("button", name=f"{times}×", exact=True).click()


def answer(tab):
    """Begin a session at the machine and answer its questions: asked a physician, nothing else."""
    press(tab, "start")
    until_state(tab, "screening")
    for question, button in (
        ("physician", "plus"),
        *((word, "minus") for word in ("swollen", "warts", "Thrombosis", "Gout", "Pregnant")),
    ):
        until(tab, f"instep.session.screen.includes({question!r})")
        press(tab, button)
    until_state(tab, "self-test", "fit")


def begin(tab, program=None, person=None, is_answered=False, **fields):
    """Begin a session with the settings of the panel."""
    tab.evaluate("window.instep.session.isOld = true")
    setup = tab.locator("#setup")
    if program:
        setup.locator("select").nth(0).select_option(program)
    if person:
        setup.locator("select").nth(1).select_option(person)
    for label, value in fields.items():
        setup.get_by_label(label).fill(str(value))
    setup.get_by_label("A simulated person answers").set_checked(is_answered)
    setup.get_by_role("button", name="Begin this session").click()
    until(tab, "!window.instep.session.isOld")
    ready(tab)


def violations(tab):
    """Return what axe-core finds wrong, a line each."""
    tab.evaluate(parts_folder.axe())
    found = tab.evaluate("axe.run()")
    return [f"{one['id']}: {[node['html'][:150] for node in one['nodes']][:3]}" for one in found["violations"]]
