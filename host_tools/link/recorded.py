"""Record what a watched machine reports, and write it as a trace however the watching ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from host_tools.link.client import BoardProgram, Client
from host_tools.link.errors import LinkError
from host_tools.link.reasons import reason_of, result_of
from host_tools.link.telemetry import Telemetry, read_frame
from host_tools.link.wire import Message
from host_tools.result_file import result_file
from host_tools.trace.live import LiveRecording
from instep.axes import FOOT_NAMES
from instep.levels import FEET_NAMES, HEAT_CENTI_C, HEAT_NAMES
from instep.link import protocol
from instep.units import CENTI, UM_PER_MM

_WATCH_S = 2.0
_LOW_HALF = 0xFFFF


class Recorder:
    """Collect the reports of a client's machine; `keep_watching` makes it report."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._clock = client.clock
        self._recording = LiveRecording()
        self._asked_s = float("-inf")
        self._programs = client.programs()
        self.note_all()
        client.on_message = self._note

    def keep_watching(self) -> None:
        """Request reports again before the last request runs out; do nothing while the connection is lost."""
        now_s = self._clock.now_s()
        if now_s - self._asked_s > _WATCH_S:
            try:
                self._client.watch()
            except LinkError:
                return  # the follower of the session reports it, and reconnects
            self._asked_s = now_s

    def note_all(self) -> None:
        """Ask for every value and note it: a trace begins and ends with a whole picture."""
        self._now = now = self._client.status()
        self._recording.note(now.machine, now.feet, self._clock.now_s())

    def write(self, path: Path) -> None:
        """Write the trace; raise ResultFileError."""
        with result_file(path) as stream:
            self._recording.write(stream, facts_of(self._now, self._programs))

    def _note(self, message: Message) -> None:
        if message.kind == protocol.TELEMETRY:
            blocks = read_frame(message.data)
            self._now = self._client.telemetry or self._now
            feet = blocks.get(protocol.BLOCK_LEFT, {}), blocks.get(protocol.BLOCK_RIGHT, {})
            self._recording.note(blocks.get(protocol.BLOCK_MACHINE, {}), feet, self._clock.now_s())
        elif message.kind == protocol.ROW and message.data:
            self._recording.note_row(message.data[0], message.data[1:].decode("ascii", "replace"))


@contextmanager
def recorded(client: Client, path: Path | None, say: Callable[[str], None]) -> Iterator[Recorder | None]:
    """Record while the context lasts, and write the trace at its end, also after a lost cable or Ctrl-C.

    Without a path record nothing. `say` receives the line that names the file.
    """
    if path is None:
        yield None
        return
    recorder = Recorder(client)
    try:
        yield recorder
        recorder.note_all()
    finally:
        client.on_message = None
        recorder.write(path)
        say(f"trace: {path}")


def facts_of(now: Telemetry, programs: list[BoardProgram]) -> dict[str, str]:
    """Return the facts of a session from its last telemetry, under the names that the simulator's traces have."""
    chosen = programs[now["program"]] if now["program"] < len(programs) else None
    is_known = chosen is not None and chosen.crc32 & _LOW_HALF == now["program_check"]
    lengths = {
        f"{name}_length_mm": f"{values['length_um'] / UM_PER_MM:.1f}" if values["length_um"] else "not measured"
        for name, values in zip(FOOT_NAMES, now.feet, strict=True)
    }
    return {
        "program": chosen.name if chosen is not None and is_known else "uploaded",
        "program_crc32": f"{chosen.crc32:08x}" if chosen is not None and is_known else "",
        "result": result_of(now),
        "reason": reason_of(now),
        "minutes": str(now["minutes"]),
        "intensity": str(now["intensity"]),
        "pace": str(now["pace"]),
        "feet": FEET_NAMES[now["feet"]],
        "heat": HEAT_NAMES[now["heat"]],
        **lengths,
        "target_c": f"{HEAT_CENTI_C[now['heat']] / CENTI:.2f}",
    }
