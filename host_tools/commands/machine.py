"""A real machine as a source of the live view."""

from host_tools.link.client import Client
from host_tools.link.errors import LinkError
from host_tools.link.follow import Follower
from host_tools.link.operator import Operator
from host_tools.link.telemetry import Telemetry
from host_tools.ports import PortError
from host_tools.view.snapshot import FootView, View
from instep.axes import TICKS_PER_S
from instep.levels import HEAT_CENTI_C, HEAT_NAMES
from instep.link.protocol import NO_TECHNIQUE
from instep.session import states
from instep.stroke.foot_scaling import STATION_PERMILLE, TOP_PERMILLE
from instep.stroke.program import TECHNIQUES
from instep.units import CENTI, DECI, MILLI, PERMILLE, UM_PER_MM

# Before a foot is measured, positions are shown on one of this length.
_USUAL_UM = 250_000

_WATCH_S = 2.0
_RETRY_S = 1.0
_SILENT_S = 1.5
_NEVER_S = float("-inf")
_LOST = "The connection to the board is lost. Looking for the board ..."


class MachineSource:
    """Watch and operate a real machine; with `ends_with_session` the source ends with the session."""

    def __init__(self, client: Client, ends_with_session: bool = False) -> None:
        self._client = client
        self._clock = client.clock
        self._operator = Operator(client)
        self._follower = Follower(client)
        self._ends = ends_with_session
        self._now = client.status()
        self._heard_s = self._clock.now_s()
        self._asked_s = _NEVER_S
        self._retry_s: float | None = None
        self._programs: list[str] = []
        self._programs_check: tuple[int, int] | None = None

    @property
    def is_over(self) -> bool:
        """Return True once the session has ended, if the source ends with it."""
        return self._ends and self._follower.is_over

    @property
    def ending(self) -> tuple[str, str]:
        """Return the session's result, "" while it runs, and how it ended, in sentences."""
        return self._follower.result, self._follower.ending()

    def advance(self, ticks: int) -> None:
        """Handle the frames that have arrived; reconnect if the connection is lost."""
        try:
            if self._retry_s is None:
                self._listen()
            elif self._clock.now_s() >= self._retry_s:
                self._client.reconnect()
                self._retry_s = None
                self._heard_s = self._clock.now_s()
                self._asked_s = _NEVER_S
        except (LinkError, PortError):
            self._operator.forget()
            self._retry_s = self._clock.now_s() + _RETRY_S

    def press(self, button: str) -> None:
        """Send the request of the button."""
        if self._retry_s is None:
            try:
                self._operator.press(button, self._now, self._programs)
            except LinkError:
                self._retry_s = self._clock.now_s()

    def release(self, button: str) -> None:
        """Do nothing: a request cannot be held down."""

    def _listen(self) -> None:
        now_s = self._clock.now_s()
        if now_s - self._asked_s > _WATCH_S:
            self._asked_s = now_s
            self._client.watch()
        self._client.pump()
        self._operator.look()
        if self._client.telemetry is not None and self._client.telemetry is not self._now:
            self._now = self._client.telemetry
            self._heard_s = now_s
            self._follower.note(self._now)
        check = (self._now["program"], self._now["program_check"])
        if check != self._programs_check:
            self._programs_check = check
            self._programs = [program.name for program in self._client.programs()]
        if now_s - self._heard_s > _SILENT_S:
            raise LinkError(_LOST)

    def view(self) -> View:
        """Return the machine as it is shown now."""
        now = self._now
        result = self._follower.result if self.is_over else ""
        number = now["program"]
        return View(
            time_s=now["session_ticks"] / TICKS_PER_S,
            left_s=float(now["left_s"]),
            state=states.NAMES[now.state],
            program=self._programs[number] if number < len(self._programs) else "",
            intensity=now["intensity"],
            pace=now["pace"],
            heat=HEAT_NAMES[now["heat"]],
            target_c=HEAT_CENTI_C[now["heat"]] / CENTI,
            display=tuple(self._client.rows),
            feet=(_foot_view(now, 0), _foot_view(now, 1)),
            supply_v=now["supply_mv"] / MILLI,
            result=result or None,
            reason=self._follower.ending() if result else "",
            note=_LOST if self._retry_s is not None else self._operator.note,
            is_stale=self._retry_s is not None,
        )


def _foot_view(now: Telemetry, foot: int) -> FootView:
    """Return a foot's readings; of the toe unit and the holds only the setpoints are known."""
    values = now.feet[foot]
    technique = values["technique"]
    length_um = values["length_um"] or _USUAL_UM
    return FootView(
        technique=None if technique == NO_TECHNIQUE else TECHNIQUES[technique],
        stroke=values["stroke"],
        strokes=values["strokes"],
        top_permille=values["top_um"] * PERMILLE / (length_um * TOP_PERMILLE / PERMILLE),
        sole_permille=values["sole_um"] * PERMILLE / length_um,
        top_n=values["top_mn"] / MILLI,
        sole_n=values["sole_mn"] / MILLI,
        top_target_n=values["top_target_mn"] / MILLI,
        sole_target_n=values["sole_target_mn"] / MILLI,
        toe_station=values["station_milli"] / MILLI,
        reach_permille=values["reach_um"] * PERMILLE / (length_um * STATION_PERMILLE[0] / PERMILLE),
        turn_deg=values["turn_deci_deg"] / DECI,
        grip_n=values["grip_mn"] / MILLI,
        arch_n=values["arch_mn"] / MILLI,
        heel_n=values["heel_mn"] / MILLI,
        skin_c=values["skin_centi_c"] / CENTI,
        element_c=values["element_centi_c"] / CENTI,
        length_mm=values["length_um"] / UM_PER_MM if values["length_um"] else None,
    )
