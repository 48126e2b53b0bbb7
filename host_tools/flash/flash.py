"""Bring a board's firmware up to date: look, send what differs, let the board try it, watch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ab_boot import NO_SLOT, UNDER_WAY
from host_tools.errors import InstepError
from host_tools.flash import transfer
from host_tools.flash.app import let_go
from host_tools.flash.checks import check_board, check_frozen, check_room
from host_tools.flash.image import Image
from host_tools.flash.plan import Plan, plan_for, slot_in_use
from host_tools.flash.repl import PATIENCE_ADVICE, is_at_prompt, reach_repl
from host_tools.flash.report import BoardReport, FrozenFirmware
from host_tools.flash.trial import watch

_REPL_S = 15.0


class Screen(Protocol):
    """The display of the progress."""

    def say(self, text: str) -> None:
        """Show the current step."""

    def sent(self, done_bytes: int, all_bytes: int) -> None:
        """Show how many bytes have arrived."""


@dataclass(frozen=True)
class Outcome:
    """The result: `plan` is None if nothing had to be done; `slot` is in use.

    frozen: the firmware that runs if it is MicroPython's own; the slot then has board file and programs only.
    """

    slot: str
    plan: Plan | None
    frozen: FrozenFirmware | None = None


@dataclass(frozen=True)
class Flasher:
    """The board at `port` and the `image` for its `chip`; `patience` multiplies every timeout.

    let_go: asks a running firmware to enter maintenance mode; its arguments are the port and `is_forced`.
    goes_over_frozen: the modules are sent too if the board has frozen ones.
    """

    port: str
    image: Image
    chip: str
    screen: Screen
    patience: int = 1
    let_go: Callable[[str, bool], None] = let_go
    goes_over_frozen: bool = False

    def flash(self, is_forced: bool) -> Outcome:
        """Bring the board up to date; raise InstepError if that fails: the board then runs the old firmware.

        is_forced: a running session may be interrupted; its outputs are made safe first.
        """
        self.screen.say("looking at the board")
        self._reach(is_forced)
        report = None
        try:
            report = self._look()
            frozen = None if self.goes_over_frozen else report.frozen
            image = self.image.data_only() if frozen else self.image
            check_board(report, image, self.chip)
            check_frozen(frozen, image)
            plan = None if report.is_same else self._send(report, image)
        except BaseException:
            if report is None or not report.is_same:  # else `inspect` has restarted the board already
                self._start_old()
            raise
        if plan is None:
            return Outcome(slot_in_use(report.pointer), None, frozen)
        self.screen.say("the board tries it")
        self._watch(plan)
        return Outcome(plan.slot, plan, frozen)

    def _reach(self, is_forced: bool) -> None:
        if not is_at_prompt(self.port, self.patience):
            self.let_go(self.port, is_forced)
            reach_repl(self.port, _REPL_S, self.patience)

    def _look(self) -> BoardReport:
        try:
            return self._inspect()
        except transfer.BoardLostError:
            # A failed firmware leaves its watchdog running at the prompt, which resets the board within 1 s.
            transfer.maintain(self.port, self.patience)
            reach_repl(self.port, _REPL_S, self.patience)
            return self._inspect()

    def _inspect(self) -> BoardReport:
        if_frozen = self.image if self.goes_over_frozen else self.image.data_only()
        return transfer.inspect(self.port, self.image, if_frozen, self.patience)

    def _send(self, report: BoardReport, image: Image) -> Plan:
        plan = plan_for(image, report)
        check_room(plan, report)
        self.screen.say(f"sending {len(plan.incoming)} files")
        all_bytes = plan.sent_bytes
        transfer.send(self.port, image, plan, lambda done: self.screen.sent(done, all_bytes), self.patience)
        return plan

    def _start_old(self) -> None:
        """Restart the old firmware after a failure, if the board still answers."""
        try:
            transfer.restart(self.port, self.patience)
        except InstepError:
            return  # the first failure is reported

    def _watch(self, plan: Plan) -> None:
        if watch(self.port, plan.slot, self.patience):
            return
        self.screen.say("looking at the board again")
        reach_repl(self.port, _REPL_S, self.patience)
        report = self._look()
        if report.is_same:
            return  # it was confirmed while the port was closed
        self._start_old()
        if report.pointer.startswith(plan.slot + UNDER_WAY):
            raise InstepError(
                f"The board at {self.port} was still trying the new firmware when the wait was over: it is slow.",
                PATIENCE_ADVICE,
            )
        raise failed_trial(report.reason, has_older=plan.source != NO_SLOT)


def failed_trial(reason: str, has_older: bool) -> InstepError:
    """Return the error for a firmware that the board has rejected; `reason` is a traceback, empty for a hang."""
    cause = reason.strip().rpartition("\n")[2] or "it hung, or was reset"
    back = "the board went back to the old one" if has_older else "there is no older one to go back to"
    message = f"The new firmware did not become healthy within 10 s: {cause}; {back}."
    advice = "Repair the firmware, then run the command again."
    return InstepError(message, f"{advice}\n{reason.strip()}".rstrip())
