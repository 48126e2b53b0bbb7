"""A firmware that is given up, or tried for longer than the wait, has its sentence."""

from dataclasses import replace

import pytest

from host_tools.errors import InstepError
from host_tools.flash import flash, transfer
from host_tools.flash.flash import failed_trial
from host_tools.flash.image import Image
from host_tools.flash.plan import plan_for
from tests.host_tools.flash.messages import Silent, bare_board, said

RAISED = """Traceback (most recent call last):
  File "ab_boot.py", line 144, in start
  File "instep/run.py", in main
BoardError: board.bin has version 3
"""


@pytest.mark.parametrize(
    ("name", "reason", "has_older"),
    [("trial_raised", RAISED, True), ("trial_hung", "", True), ("trial_first", RAISED, False)],
)
def test_a_firmware_that_is_given_up(name, reason, has_older):
    failure = failed_trial(reason, has_older)
    said(name, f"{failure.message}\n{failure.advice}\n")


def test_a_trial_that_outlasts_the_wait(monkeypatch):
    plan = plan_for(Image({"board.bin": b"x"}, {}), bare_board())
    monkeypatch.setattr(flash, "watch", lambda port, slot, patience: False)
    monkeypatch.setattr(flash, "reach_repl", lambda port, timeout_s, patience: None)
    monkeypatch.setattr(flash.Flasher, "_look", lambda self: replace(bare_board(), pointer="a!-"))
    monkeypatch.setattr(transfer, "restart", lambda port, patience: None)
    with pytest.raises(InstepError) as failure:
        flash.Flasher("PORT", Image({}, {}), "rp2040", Silent())._watch(plan)
    said("still_trying", f"{failure.value.message}\n{failure.value.advice}\n")
