"""Recording fakes of every device of `instep.hal.interface`: they assert their ranges and keep what they were told."""

from array import array
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from instep.axes import (
    DISPLAY_COLUMNS,
    DISPLAY_POINTS,
    DISPLAY_ROWS,
    FEET,
    PULSE_MAX_US,
    PULSE_MIN_US,
    ROLLERS,
    SERVOS,
    TICK_MS,
)
from instep.hal.calibration import SHARED, Calibration
from instep.hal.interface import SlackWork

CELL = 6
CODE_25_C = 16_384
CENTI_25_C = 2_500
SUPPLY_MV = 12_000


def stand_in(**attributes: Any) -> Any:
    """Return something with these attributes that passes for whatever is needed."""
    return SimpleNamespace(**attributes)


def figures_of(calibration: Calibration) -> "array[int]":
    """Return the figures of a calibration that the drives share."""
    figures = array("i", [0] * SHARED)
    calibration.share(figures)
    return figures


def _whole(value: object, minimum: int, maximum: int) -> int:
    """Return `value` if it is an integer (not a bool) in least..most, as the board's drivers need it."""
    assert type(value) is int, f"{value!r} is no integer"
    assert minimum <= value <= maximum, f"{value} is outside {minimum}..{maximum}"
    return value


@dataclass
class FakeMotor:
    """A bridge; `duty_permille` is None while it is open."""

    duty_permille: int | None = None
    current_ma: int = 0
    given: list[int | None] = field(default_factory=list)

    def set_duty_permille(self, duty_permille: int) -> None:
        self.duty_permille = _whole(duty_permille, -1000, 1000)
        self.given.append(self.duty_permille)

    def coast(self) -> None:
        self.duty_permille = None
        self.given.append(None)

    def read_ma(self) -> int:
        return _whole(self.current_ma, 0, 20_000)


@dataclass
class FakeEncoder:
    """An encoder that stands where the test puts it."""

    counts: int = 0

    def read_counts(self) -> int:
        return self.counts


@dataclass
class FakeForce:
    """A force sensor."""

    force_mn: int = 0

    def read_mn(self) -> int:
        return self.force_mn


@dataclass
class FakeServo:
    """A servo channel; `pulse_us` is 0 without pulses."""

    pulse_us: int = 0
    given: list[int] = field(default_factory=list)

    def set_us(self, pulse_us: int) -> None:
        self.pulse_us = _whole(pulse_us, PULSE_MIN_US, PULSE_MAX_US)
        self.given.append(self.pulse_us)

    def release(self) -> None:
        self.pulse_us = 0
        self.given.append(0)


@dataclass
class FakeHeater:
    """A heater's MOSFET."""

    duty_permille: int = 0
    given: list[int] = field(default_factory=list)

    def set_duty_permille(self, duty_permille: int) -> None:
        self.duty_permille = _whole(duty_permille, 0, 1000)
        self.given.append(self.duty_permille)


@dataclass
class FakeThermistor:
    """An NTC's divider."""

    code: int = CODE_25_C

    def read_code(self) -> int:
        return _whole(self.code, 0, 32_767)


@dataclass
class FakeThermometer:
    """A digital thermometer."""

    centi_c: int = CENTI_25_C

    def read_centi_c(self) -> int:
        return _whole(self.centi_c, -4_000, 12_500)


@dataclass
class FakeSwitch:
    """A contact."""

    is_on: bool = False

    def read(self) -> bool:
        return self.is_on


@dataclass
class FakeRelay:
    """The safety relay; `welded` fixes its second contact (None: the contact follows the command)."""

    is_closed: bool = False
    welded: bool | None = None
    given: list[bool] = field(default_factory=list)

    def set(self, closed: bool) -> None:
        assert isinstance(closed, bool), f"{closed!r} is no bool"
        self.is_closed = closed
        self.given.append(closed)

    def read(self) -> bool:
        return self.is_closed if self.welded is None else self.welded


@dataclass
class FakeSupply:
    """The supply's voltage."""

    voltage_mv: int = SUPPLY_MV

    def read_mv(self) -> int:
        return self.voltage_mv


@dataclass
class FakeButtons:
    """The buttons that are down."""

    held: int = 0

    def read_mask(self) -> int:
        return _whole(self.held, 0, 63)


@dataclass
class FakeDisplay:
    """The rows shown and the points over them; `written` counts what was sent."""

    rows: list[str] = field(default_factory=lambda: [""] * DISPLAY_ROWS)
    pictures: list[dict[int, bytes]] = field(default_factory=lambda: [{} for _ in range(DISPLAY_ROWS)])
    written: int = 0

    def write_row(self, row: int, text: bytearray) -> None:
        _whole(row, 0, DISPLAY_ROWS - 1)
        assert 1 <= len(text) <= DISPLAY_COLUMNS, f"{len(text)} characters, the display has {DISPLAY_COLUMNS}"
        shown = text.decode("ascii")
        assert shown.isprintable(), f"{shown!r} cannot be shown"
        self.rows[row] = shown + self.rows[row][len(text) :]
        width = len(text) * CELL
        self.pictures[row] = {at: picture for at, picture in self.pictures[row].items() if at >= width}
        self.written += 1

    def draw(self, row: int, column: int, picture: bytearray) -> None:
        _whole(row, 0, DISPLAY_ROWS - 1)
        _whole(column, 0, DISPLAY_POINTS - len(picture))
        self.pictures[row][column] = bytes(picture)
        self.written += 1

    def text(self) -> str:
        """Return the whole screen as one line, its words a space apart."""
        return " ".join(" ".join(self.rows).split())


class FakeHal:
    """Every device; feet are in, the supply is good, the wells are at 25 °C, nothing moves unless a test moves it."""

    def __init__(self) -> None:
        self.motors = [FakeMotor() for _ in range(ROLLERS)]
        self.encoders = [FakeEncoder() for _ in range(ROLLERS)]
        self.forces = [FakeForce() for _ in range(ROLLERS)]
        self.servos = [FakeServo() for _ in range(SERVOS)]
        self.heaters = [FakeHeater() for _ in range(FEET)]
        self.elements = [FakeThermistor() for _ in range(FEET)]
        self.skins = [FakeThermistor() for _ in range(FEET)]
        self.thermometers = [FakeThermometer() for _ in range(FEET)]
        self.foot_switches = [FakeSwitch(True) for _ in range(FEET)]
        self.emergency_stop = FakeSwitch(False)
        self.relay = FakeRelay()
        self.supply = FakeSupply()
        self.buttons = FakeButtons()
        self.display = FakeDisplay()
        self.are_servos_on = False
        self.refreshes = 0
        self.bus_fault_mask = 0
        self.is_reset_by_watchdog = False
        self.clock_ms = 0
        self.cuts = 0
        self.on_timer: Any = None
        self.slow_work: tuple[SlackWork, ...] = ()

    def enable_servos(self, on: bool) -> None:
        assert isinstance(on, bool), f"{on!r} is no bool"
        self.are_servos_on = on

    def refresh(self) -> None:
        self.refreshes += 1
        self.clock_ms += TICK_MS

    def bus_faults(self) -> int:
        return self.bus_fault_mask

    def slack_work(self) -> tuple[SlackWork, ...]:
        return self.slow_work

    def start_deadman(self, callback: Any) -> None:
        self.on_timer = callback

    def cut_outputs(self) -> None:
        self.cuts += 1

    def was_reset_by_watchdog(self) -> bool:
        return self.is_reset_by_watchdog

    def clock_monitor_ms(self) -> int:
        return self.clock_ms

    def is_powered_off(self) -> bool:
        """Return True if every bridge is open and every heater off."""
        return all(motor.duty_permille is None for motor in self.motors) and not any(
            heater.duty_permille for heater in self.heaters
        )
