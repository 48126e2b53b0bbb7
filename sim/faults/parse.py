"""Parse the text of a fault: NAME@ONSET[,left|right][,top|sole][,for=TIME][,severity=0..1][,value=X]."""

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
_FORM = "NAME@ONSET, then any of ,left or ,right ,top or ,sole ,for=5s ,severity=0.5 or ,value=10"
_ONSET = "a time such as 120s, or one of {}, with +5s for later".format(", ".join(PHASES))


@dataclass(frozen=True)
class Injection:
    """One fault in one session.

    phase: the session state or technique that starts the onset's time, "" = the session's start. onset_s: >= 0.
    duration_s: > 0, None = to the end. severity: 0..1. foot, roller: where, if the fault has a place.
    value: the figure of a fault that has one, None = its default.
    """

    fault: Fault
    onset_s: float = 0.0
    phase: str = ""
    duration_s: float | None = None
    foot: str = FOOT_NAMES[0]
    severity: float = 1.0
    roller: str = ROLLER_SIDES[1]
    value: float | None = None

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
        if self.value is not None:
            parts.append(f"value={self.value!r}")
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
        _value(fault, given["value"]) if "value" in given else None,
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
    if is_pair and key in ("for", "severity", "value"):
        return key, value
    if fault.scope != MACHINE and part in FOOT_NAMES:
        return "foot", part
    if fault.scope == ROLLER and part in ROLLER_SIDES:
        return "roller", part
    places: tuple[str, ...] = () if fault.scope == MACHINE else FOOT_NAMES
    if fault.scope == ROLLER:
        places += ROLLER_SIDES
    degrees = ("for=TIME", "severity=0..1") if fault.value is None else ("for=TIME", "value=X")
    raise InstepError(f"{fault.name} knows no {part!r}; allowed are {', '.join((*places, *degrees))}.")


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


def _value(fault: Fault, text: str) -> float:
    figure = fault.value
    if figure is None:
        raise InstepError(f"{fault.name} takes no value: leave it out.")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not figure.low <= value <= figure.high:
        bounds = f"from {figure.low:g} to {figure.high:g} ({figure.what})"
        raise InstepError(f"The value {text!r} of {fault.name} is not a number {bounds}.")
    return value


def _seconds(text: str) -> float | None:
    """Return the seconds of a text such as 5s, 0.5s or 5; None for any other text."""
    try:
        seconds = float(text.removesuffix("s"))
    except ValueError:
        return None
    return seconds if 0.0 <= seconds < math.inf else None
