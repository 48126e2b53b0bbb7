"""Person and machine of the page: their numbers come from JavaScript, which reads them exactly."""

from typing import Any

from instep.hal.calibration import Calibration
from sim.plant.layout import HEATER_ROW, SUPPLY_ROW


class PagePerson:
    """The person at the machine, with the attributes that the simulator reads."""

    def __init__(self, name: str, lengths_mm: Any) -> None:
        self.name = name
        self._lengths_mm = lengths_mm

    def length_mm(self, foot: int) -> Any:
        """Return the true length of foot LEFT or RIGHT."""
        return self._lengths_mm[foot]


class PageHeater:
    """The heater's row of constants, taken from the plant's."""

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
        """Take the heater's constants of a plant."""
        self.heater.row = plant.constants[HEATER_ROW:SUPPLY_ROW]


def same_person(person: Any) -> Any:
    """Return the person, whom the options hold in place of a file's path."""
    return person


def same_figures(figures: Any, seed: int) -> Any:
    """Return the figures unchanged: JavaScript has placed the rollers for `seed`."""
    return figures
