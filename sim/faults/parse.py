"""Parse the text of a fault: NAME@ONSET[,left|right][,top|sole][,for=TIME][,severity=0..1]."""

import math
from dataclasses import dataclass
from difflib import get_close_matches

from host_tools.errors import InstepError
from instep.axes import FOOT_NAMES
from instep.session import states
from instep.stroke.program import TECHNIQUES
from sim.faults.catalogue import FAULTS
from sim.faults.fault import MACHINE, ROLLER, Fault

PHASES = (*states.NAMES, *TECHNIQUES)
ROLLER_SIDES = ("top", "sole")
_FORM = "NAME@ONSET, then any of ,left or ,right ,top or ,sole ,for=5s ,severity=0.5"
_ONSET = "a time such as 120s, or one of {}, with +5s for later".format(", ".join(PHASES))


@dataclass(frozen=True)
class Injection:
    """One fault in one session.

    phase: the session state or technique that starts the onset's time, "" = the session's start. onset_s: >= 0.
    duration_s: > 0, None = to the end. severity: 0..1. foot, roller: where, if the fault has a place.
    """

    fault: Fault
    onset_s: float = 0.0
    phase: str = ""
    duration_s: float | None = None
    foot: str = FOOT_NAMES[0]
    severity: float = 1.0
    roller: str = ROLLER_SIDES[1]

    def __str__(self) -> str:
        """Return the text from which `parse` makes this injection."""
        onset = f"{self.onset_s!r}s" if not self.phase else self.phase
        if self.phase and self.onset_s:
            onset += f"+{self.onset_s!r}s"
        parts = [f"{self.fault.name}@{onset}"]
        if self.fault.scope != MACHINE:
            parts.append(self.foot)
        if self.fault.scope == ROLLER:
            parts.append(self.roller)
        if self.duration_s is not None:
            parts.append(f"for={self.duration_s!r}s")
        if self.severity != 1.0:
            parts.append(f"severity={self.severity!r}")
        return ",".join(parts)


def parse(text: str) -> Injection:
    """Return the injection that `text` asks for; raise InstepError with what is allowed."""
    head, *parts = (part.strip() for part in text.split(","))
    name, has_onset, onset = head.partition("@")
    fault = _fault(name)
    if not has_onset:
        raise InstepError(f"{text!r} has no onset: write {_FORM}.")
    phase, onset_s = _onset(onset)
    given: dict[str, str] = {}
    for part in parts:
        key, value = _part(fault, part)
        if key in given:
            raise InstepError(f"{text!r} gives {key} twice.")
        given[key] = value
    return Injection(
        fault,
        onset_s,
        phase,
        _duration(given["for"]) if "for" in given else None,
        given.get("foot", FOOT_NAMES[0]),
        _severity(fault, given["severity"]) if "severity" in given else 1.0,
        given.get("roller", ROLLER_SIDES[1]),
    )


def _fault(name: str) -> Fault:
    if name in FAULTS:
        return FAULTS[name]
    near = get_close_matches(name, FAULTS, n=3)
    choice = f"did you mean {' or '.join(near)}?" if near else f"the faults are {', '.join(FAULTS)}."
    raise InstepError(f"There is no fault {name!r}; {choice}", "`instep faults` lists them all.")


def _onset(text: str) -> tuple[str, float]:
    """Return the phase ("" = the session's start) and the seconds after it."""
    first, is_later, later = text.partition("+")
    phase = first if first in PHASES else ""
    seconds = _seconds(later if is_later else "0") if phase else _seconds(text)
    if seconds is None:
        raise InstepError(f"The onset {text!r} is neither {_ONSET}.")
    return phase, seconds


def _part(fault: Fault, part: str) -> tuple[str, str]:
    """Return the key and the value that one part after the onset sets."""
    key, is_pair, value = part.partition("=")
    if is_pair and key in ("for", "severity"):
        return key, value
    if fault.scope != MACHINE and part in FOOT_NAMES:
        return "foot", part
    if fault.scope == ROLLER and part in ROLLER_SIDES:
        return "roller", part
    places: tuple[str, ...] = () if fault.scope == MACHINE else FOOT_NAMES
    if fault.scope == ROLLER:
        places += ROLLER_SIDES
    raise InstepError(
        f"{fault.name} knows no {part!r}; allowed are {', '.join((*places, 'for=TIME', 'severity=0..1'))}."
    )


def _duration(text: str) -> float:
    seconds = _seconds(text)
    if not seconds:
        raise InstepError(f"The duration {text!r} is not a time above 0, such as 5s.")
    return seconds


def _severity(fault: Fault, text: str) -> float:
    if not fault.severity:
        raise InstepError(f"{fault.name} has no degrees: leave severity out.")
    try:
        severity = float(text)
    except ValueError:
        severity = math.nan
    if not 0.0 <= severity <= 1.0:
        raise InstepError(f"The severity {text!r} is not a number from 0 to 1.")
    return severity


def _seconds(text: str) -> float | None:
    """Return the seconds of a text such as 5s, 0.5s or 5; None for any other text."""
    try:
        seconds = float(text.removesuffix("s"))
    except ValueError:
        return None
    return seconds if 0.0 <= seconds < math.inf else None
