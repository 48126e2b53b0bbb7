"""Plain words for the machine's states, techniques, stations and results."""

from instep.units import S_PER_MINUTE

TECHNIQUES = {
    "smooth": "smoothing",
    "top": "top of foot",
    "sole": "sole",
    "pull": "toe pull",
    "slide": "toe slide",
    "rest": "rest",
    "path": "own stroke",
}

STATES = {
    "idle": "ready",
    "screening": "questions",
    "fit": "measuring feet",
    "warm": "warming up",
    "run": "massage",
    "closing": "closing strokes",
    "retract": "letting go",
}

# Result: title, and the text for a machine that gives no reason.
_RESULTS = {
    "done": ("The session is complete", "The chosen time is used and the feet are free."),
    "refused": ("No session", "The machine has not moved and has not heated."),
    "stopped": ("Stopped", "The session was ended before its time was used."),
    "fault": ("The machine stopped itself", "It found something wrong."),
}
_RESULT_UNKNOWN = ("The session is over", "")

_STATIONS_MAX = 8


def technique(name: str | None) -> str:
    """Return the words for a technique, "resting" for none."""
    return "resting" if name is None else TECHNIQUES.get(name, plain(name))


def state(name: str) -> str:
    """Return the words for a state of the session."""
    return STATES.get(name, plain(name))


def plain(name: str) -> str:
    """Return an identifier as words."""
    return name.replace("_", " ").replace("-", " ")


def clock(seconds: float) -> str:
    """Return minutes and seconds, never negative."""
    whole = max(0, round(seconds))
    return f"{whole // S_PER_MINUTE}:{whole % S_PER_MINUTE:02d}"


def station(number: float) -> str:
    """Return the toe or gap of a station (0-8) in words."""
    nearest = min(max(round(number), 0), _STATIONS_MAX)
    return f"gap {nearest // 2 + 1}" if nearest % 2 else f"toe {nearest // 2 + 1}"


def ending(result: str | None, reason: str) -> tuple[str, str]:
    """Return title and text for the end of a session."""
    title, text = _RESULTS.get(result or "", _RESULT_UNKNOWN)
    return title, reason or text
