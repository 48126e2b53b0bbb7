"""Call mpremote (pinned to 1.29) by its command line; nothing else calls it.

The exit code and the lines of JSON that the scripts print say what happened; mpremote's own texts are not parsed.
"""

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

MARK = "instep"
NOTHING_HEARD = "nothing was heard"
_IDLE_S = 60.0
_STOP_S = 2.0

Line = dict[str, Any]


class ScriptError(Exception):
    """A script did not run to its end; `errno` is the board's file error, if any, `text` the last line."""

    def __init__(self, text: str, errno: int | None) -> None:
        super().__init__(text)
        self.text = text
        self.errno = errno


def run_scripts(
    port: str, scripts: Sequence[str], on_line: Callable[[Line], None], then: str = "", idle_s: float = _IDLE_S
) -> None:
    """Run scripts one after the other in one session on a board at its prompt, then `then` without waiting for it.

    on_line: called with every line of JSON that they print. Raise ScriptError if one fails, if the board
    disappears, or if it sends nothing for `idle_s`.
    """
    with tempfile.TemporaryDirectory(prefix="instep-") as folder:
        command = [sys.executable, "-m", "mpremote", "connect", port, "resume"]
        for index, script in enumerate([*scripts, then] if then else scripts):
            # Names without a folder keep the command line short: Windows allows 32 K.
            name = f"{index}.py"
            (Path(folder) / name).write_text(script, encoding="utf-8")
            command += ["run", *(["--no-follow"] if index == len(scripts) else []), name]
        _follow(command, folder, on_line, idle_s)


def _follow(command: list[str], folder: str, on_line: Callable[[Line], None], idle_s: float) -> None:
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines: queue.Queue[str | None] = queue.Queue()
    assert process.stdout is not None
    threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
    last, number = "", None
    try:
        while (text := lines.get(timeout=idle_s)) is not None:
            last = text.strip() or last
            line = parse_line(text)
            if line is None:
                continue
            if line[MARK] == "error":
                number = line["errno"]
            on_line(line)
        code = process.wait(_STOP_S)
    except queue.Empty:
        raise ScriptError(NOTHING_HEARD, None) from None
    finally:
        _stop(process)
    if code != 0:
        raise ScriptError(last, number)


def _read(stream: TextIO, lines: "queue.Queue[str | None]") -> None:
    for text in stream:
        lines.put(text)
    lines.put(None)


def _stop(process: "subprocess.Popen[str]") -> None:
    """Terminate mpremote if it still runs, with an interrupt, so that it leaves the board at its prompt."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()


def parse_line(text: str) -> Line | None:
    """Return the content of a line of JSON from the board; None for any other line."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        line = json.loads(text[start:])
    except ValueError:
        return None
    return line if isinstance(line, dict) and MARK in line else None
