"""Processes as a terminal starts them in its foreground: Ctrl-C reaches them.

A shell ignores SIGINT in what it runs in its background, and every process that is started there inherits that.
"""

import signal
import subprocess
from collections.abc import Sequence
from typing import Any


def start(command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
    """Start a command with text output in a session of its own; `options` are those of Popen."""
    return subprocess.Popen(command, text=True, start_new_session=True, preexec_fn=_heed_interrupts, **options)


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
