"""The temperature difference between film and skin side, and its part that comes from power.

All monitors of a well use it. Power makes a difference within seconds at any temperature; every other cause is slow
or constant.
"""

from instep.guard import limits
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe

# The film follows its power with 1.8 s; so does `power_permille`, with 16 samples.
FILM_BITS = const(4)


class TemperatureDifference:
    """The difference of one well, 0.01 K, a sample at a time.

    `now` is the measured difference, `base` that without power (offsets of the sensors, a cold shell), `over` is
    `now` less `base`. `power_permille` is the duty with the film's time constant; `off_samples` counts up to
    SETTLED_SAMPLES since the last power.
    """

    def __init__(self, heater: "HeaterDrive", element: "Probe", skin: "Probe") -> None:
        self._heater = heater
        self._element = element
        self._skin = skin
        self._filtered = 0
        self._is_base_known = False
        self.now = 0
        self.base = 0
        self.over = 0
        self.power_permille = 0
        self.off_samples = 0

    def is_settled(self) -> bool:
        """Return True if the heat of the last power has gone."""
        return self.off_samples >= limits.SETTLED_SAMPLES

    def take(self, are_sensors_sound: bool) -> None:
        """Take the newest sample of both sensors; only sound ones change the base."""
        duty = self._heater.duty_permille
        self._filtered += duty - (self._filtered >> FILM_BITS)
        self.power_permille = self._filtered >> FILM_BITS
        self.now = self._element.centi_c - self._skin.centi_c
        if duty:
            self.off_samples = 0
        elif self.off_samples < limits.SETTLED_SAMPLES:
            self.off_samples += 1
        elif are_sensors_sound:
            self._learn()
        self.over = self.now - self.base

    def _learn(self) -> None:
        """Follow the difference without power, no faster than a foot can change it."""
        if not -limits.BASE_MAX_CENTI_K <= self.now <= limits.BASE_MAX_CENTI_K:
            return
        error = self.now - self.base
        if not self._is_base_known:
            self._is_base_known = True
            self.base = self.now
        elif error < limits.BASE_LEARN_CENTI_K:
            self.base += max(-limits.BASE_STEP_CENTI_K, min(error, limits.BASE_STEP_CENTI_K))

    def is_small(self) -> bool:
        """Return True if the difference is less than full power makes in any heater."""
        return self.over < limits.STUCK_ON_LEAD_CENTI_K

    def is_missing(self) -> bool:
        """Return True if there is much power and hardly a difference."""
        power = self.power_permille
        return power >= limits.MISSING_MIN_PERMILLE and self.over * PERMILLE < power * limits.RISE_CENTI_K_PER_KILO
