"""Person and machine as the page hands them over: numbers come from JavaScript, which reads them exactly."""

from typing import Any

from instep.hal.calibration import Calibration
from sim.plant.layout import HEATER_ROW, SUPPLY_ROW


class PagePerson:
    """Who sits at the machine, as far as the simulator asks for it."""

    def __init__(self, name: str, lengths_mm: Any) -> None:
        self.name = name
        self._lengths_mm = lengths_mm

    def length_mm(self, foot: int) -> Any:
        """Return the true length of foot LEFT or RIGHT."""
        return self._lengths_mm[foot]


class PageHeater:
    """The heater's row of constants, out of the plant's."""

    def __init__(self) -> None:
        self.row: Any = None

    def pack(self) -> Any:
        """Return the row."""
        return self.row


class PageFigures:
    """One machine and one person; `host` is the JavaScript that steps the plant."""

    def __init__(self, person: PagePerson, calibration: Any, host: Any) -> None:
        self.person = person
        self.calibration = Calibration(calibration)
        self.host = host
        self.heater = PageHeater()

    def take(self, plant: Any) -> None:
        """Note where a plant keeps the heater's constants."""
        self.heater.row = plant.constants[HEATER_ROW:SUPPLY_ROW]


def same_person(person: Any) -> Any:
    """Return the figures that stand in the options' place for a person's file."""
    return person


def same_figures(figures: Any, seed: int) -> Any:
    """Return them again: JavaScript has placed the rollers for `seed`."""
    return figures
