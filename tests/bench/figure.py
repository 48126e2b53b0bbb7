"""One measured figure beside its target and its rival."""

from dataclasses import dataclass


class LeftOutError(Exception):
    """Something that the measurement needs is not at hand; the text says what."""


@dataclass(frozen=True)
class Figure:
    """What was measured, in words for a table; `holds` is whether the target is met, None where there is none."""

    what: str
    measured: str
    target: str = ""
    rival: str = ""
    holds: bool | None = None
