"""The roller drive's arithmetic stays within MicroPython's small integers, whatever comes in."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import HIGH, SOLE_STROKE
from instep.drive.roller import Roller
from instep.guard.memory_monitor import MemoryMonitor
from instep.hal.calibration import FIELDS, Calibration


class Small(int):
    """An integer that fails when arithmetic leaves MicroPython's small range."""


def _checked(name: str) -> Callable[..., Any]:
    plain: Callable[..., Any] = getattr(int, name)

    def operation(*values: int) -> Any:
        result = plain(*values)
        if result is NotImplemented:
            return result
        assert -(1 << 30) <= result < 1 << 30, f"{name}{values}"
        return Small(result)

    return operation


_BINARY = ("add", "sub", "mul", "floordiv", "mod", "rshift", "lshift", "and", "or", "xor")
for _name in [f"__{prefix}{name}__" for name in _BINARY for prefix in ("", "r")] + ["__neg__", "__abs__"]:
    setattr(Small, _name, _checked(_name))


class FakeBridge:
    """A bridge and an encoder with readings that the test sets, in small integers."""

    def __init__(self) -> None:
        self.counts = Small(0)
        self.current_ma = Small(0)
        self.duty_permille = 0

    def set_duty_permille(self, duty_permille: int) -> None:
        assert -1000 <= duty_permille <= 1000
        self.duty_permille = duty_permille

    def coast(self) -> None:
        self.duty_permille = 0

    def read_ma(self) -> int:
        return self.current_ma

    def read_counts(self) -> int:
        return self.counts


class State(list[int]):
    """The state of a roller in small integers; a board's array has no room for more than 32 bits."""

    def __init__(self, values: Iterable[int]) -> None:
        super().__init__(map(Small, values))


CALIBRATIONS = st.fixed_dictionaries(
    {name: st.integers(minimum, greatest).map(Small) for name, minimum, greatest in FIELDS}
).map(lambda figures: Calibration(dict(figures)))
ANYTHING = st.lists(
    st.tuples(
        st.sampled_from(("tick", "tick", "tick", "off", "zero", "open")),
        st.one_of(st.integers(-20_000, 20_000), st.integers(-(1 << 28), 1 << 28)),
        st.integers(-400_000, 400_000),
        st.integers(0, 100_000),
        st.integers(-1000, 1000),
        st.integers(1, 4),
    ),
    max_size=30,
)


def test_the_range_check_sees_an_overflow() -> None:
    with pytest.raises(AssertionError, match="__mul__"):
        Small(40_000) * 40_000
    with pytest.raises(AssertionError, match="__rmul__"):
        40_000 * Small(40_000)


@given(calibration=CALIBRATIONS, events=ANYTHING)
def test_no_input_leaves_thirty_bits_or_the_range_of_the_duty(
    calibration: Calibration, events: list[tuple[str, int, int, int, int, int]]
) -> None:
    bridge = FakeBridge()
    roller = Roller(bridge, bridge, calibration, HIGH[SOLE_STROKE], MemoryMonitor())
    roller.state = State(roller.state)  # type: ignore[assignment]  # a list does for an array
    for event, counts, setpoint_um, current_ma, duty_permille, repeats in events:
        bridge.counts, bridge.current_ma = Small(counts), Small(current_ma)
        for _ in range(repeats):
            if event == "tick":
                roller.tick(Small(setpoint_um))
            elif event == "open":
                roller.drive_open_loop(Small(duty_permille))
            else:
                getattr(roller, event)()
            assert roller.duty_permille == bridge.duty_permille


def test_a_folded_duty_recovers_to_full_and_no_further() -> None:
    bridge = FakeBridge()
    figures = {name: minimum for name, minimum, _ in FIELDS}
    roller = Roller(bridge, bridge, Calibration(figures), HIGH[SOLE_STROKE], MemoryMonitor())
    for _ in range(3):
        roller.tick(0)
    bridge.counts = Small(-20_000)
    roller.tick(0)
    assert bridge.duty_permille == 1000
    bridge.current_ma = Small(figures["motor_limit_ma"] + 1)
    roller.tick(0)
    assert bridge.duty_permille == 999
    bridge.current_ma = Small(0)
    for _ in range(3):
        roller.tick(0)
        assert bridge.duty_permille == 1000


@given(counts=st.integers(-20_000, 20_000), calibration=CALIBRATIONS)
def test_counts_become_micrometres_to_the_last_digit(counts: int, calibration: Calibration) -> None:
    bridge = FakeBridge()
    roller = Roller(bridge, bridge, calibration, HIGH[SOLE_STROKE], MemoryMonitor())
    bridge.counts = Small(counts)
    roller.tick(0)
    assert roller.position_um == counts * int(calibration.um_per_1024_counts) // 1024
