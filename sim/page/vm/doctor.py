"""The doctor of `instep doctor` in the page: its verdicts on a board's telemetry, by the same code."""

import json
from typing import Any

from host_tools.link.diagnose import judge_readings, judge_selftest


class _Now:
    """Telemetry as the doctor reads it: the machine's values by name, and those of the feet."""

    def __init__(self, machine: dict[str, int], feet: list[dict[str, int]]) -> None:
        self._machine = machine
        self.feet = feet
        self.state = machine["state"]

    def __getitem__(self, name: str) -> int:
        return self._machine[name]

    def has(self, flag: int) -> bool:
        """Return True if a flag of FLAG_* is set."""
        return bool(self._machine["flags"] & flag)


def verdicts(telemetry: str, is_tested: bool) -> str:
    """Return the verdicts on telemetry (JSON: machine, feet), those of the self-test first if it has been run."""
    told = json.loads(telemetry)
    now: Any = _Now(told["machine"], told["feet"])
    found = judge_readings(now)
    if is_tested:
        found = judge_selftest(now["selftest"], now["selftest_fault"]) + found
    return json.dumps([[one.what, one.verdict, one.found, one.advice] for one in found])
