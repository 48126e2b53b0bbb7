"""Keep one axis moving by hand: repeat the request, and say why a movement ended before its time."""

from collections.abc import Callable

from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.diagnose import BAD, judge_selftest
from host_tools.link.errors import RefusedError
from host_tools.link.telemetry import Telemetry
from host_tools.words import which_roller
from instep.axes import FOOT_NAMES, NAMES
from instep.guard import faults, selftest
from instep.link import protocol
from instep.session.jog import JOG_OFF, JOGGING

AXES = tuple(f"{foot}.{name}" for foot in FOOT_NAMES for name in NAMES)
EXIT_FAULT = 3

# A request is valid for 200 ms on the board (JOG_REFRESH_TICKS): two in a row may be lost.
AGAIN_S = 0.06
# The self-test takes less than half a second.
_READY_S = 3.0


class GuardStopError(InstepError):
    """The guard has stopped the machine; `fault` is its number."""

    def __init__(self, now: Telemetry) -> None:
        fault = now["fault"]
        message = f"The machine has stopped: {faults.sentence(fault)} {which_roller(now['flags'])}"
        super().__init__(message.strip(), faults.advice(fault), EXIT_FAULT)
        self.fault = fault


class Mover:
    """Request the movement of an axis repeatedly: the board lets it go 200 ms after the last request."""

    def __init__(self, client: Client, axis: int, value: int) -> None:
        self._client = client
        self._axis = axis
        self._value = value
        self._last: Telemetry | None = None

    def move_for(self, seconds: float, is_stopped: Callable[[], bool] = lambda: False) -> list[Telemetry]:
        """Move for a time that starts when the self-test has passed; return the telemetry since then, at least one.

        `is_stopped` is asked before every request. Raise InstepError if it says so, or if the movement ends early.
        """
        clock = self._client.clock
        seen: list[Telemetry] = []
        until_s = clock.now_s() + _READY_S
        while clock.now_s() < until_s:
            if is_stopped():
                self._stop()
                raise InstepError("Stopped by a key.", "Nothing was written. Run the command again.")
            now = self.step()
            if now["jog_state"] == JOGGING:
                until_s = until_s if seen else clock.now_s() + seconds
                seen.append(now)
            elif seen:
                self._stop()
                raise _ended("The movement has ended early: a button was pressed, or requests come too seldom.")
            clock.sleep(AGAIN_S)
        self._stop()
        if not seen:
            raise _ended("Nothing was moved: requests reach the board too seldom to keep an axis moving.")
        return seen

    def step(self) -> Telemetry:
        """Request the movement once; return the telemetry after it. Raise InstepError if the machine has stopped."""
        if self._last is not None and self._last["jog_state"] != JOGGING:
            self._refuse_failed_selftest()
        self._request()
        self._last = self._client.status()
        if self._last["fault"]:
            raise GuardStopError(self._last)
        return self._last

    def _stop(self) -> None:
        """Stop, and wait: the board lets the axis go in its next tick, and refuses another axis until then."""
        self._client.stop()
        self._client.clock.sleep(AGAIN_S)

    def _refuse_failed_selftest(self) -> None:
        before = self._client.status()
        if before["jog_state"] == JOG_OFF and before["selftest"] == selftest.FAILED:
            raise _failed(before["selftest_fault"])

    def _request(self) -> None:
        """Request the movement; raise GuardStopError if the machine has stopped since the last request."""
        try:
            self._client.jog(self._axis, self._value)
        except RefusedError as error:
            if error.answer != protocol.ANSWER_FAULT or self._last is None:
                raise
            raise GuardStopError(self._client.status()) from None


def _ended(message: str) -> InstepError:
    return InstepError(message, "Use a cable instead of a network, and close what else uses this computer.")


def _failed(fault: int) -> InstepError:
    bad = [verdict for verdict in judge_selftest(selftest.FAILED, fault) if verdict.verdict == BAD]
    found = bad[0].found if bad else faults.sentence(fault)
    advice = bad[0].advice if bad else faults.advice(fault)
    return InstepError(f"Nothing was moved, because the self-test failed: {found}", advice, EXIT_FAULT)
