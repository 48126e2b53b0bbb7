"""MicroPython's modules `machine` and `rp2` and its clock as doubles, so that `instep.hal.rp2` runs on a laptop."""

import functools
import importlib
import sys
import time
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from instep.units import NS_PER_US
from tests.firmware.hal import pio
from tests.firmware.hal.wires import ChipBus, WireAdc, WirePin, WirePwm

STARTS_WITH_HZ = 125_000_000
VREG = 0x4006_4000
_VREG_RESET = 0xB1
_PIO0_RXF = 0x5020_0020
_PWM7_COUNTER = 0x4005_0000 + 7 * 0x14 + 8
_CLOCK_DIVIDER = 250
_LOOK_US = 10
WRAP = 1 << 30


class Fifos:
    """The RXF registers of the state machines."""

    def __init__(self, machines: list[pio.Machine]) -> None:
        self._machines = machines

    def __getitem__(self, index: int, /) -> int:
        return self._machines[index].take()


class Chip:
    """The chip's pins and blocks by GPIO number; its time is the bus's, and passes with its bytes."""

    def __init__(self) -> None:
        self.bus = ChipBus()
        self.pins: dict[int, WirePin] = {}
        self.modes: dict[int, tuple[Any, ...]] = {}
        self.pwms: dict[int, WirePwm] = {}
        self.pwm_hz: dict[int, int] = {}
        self.adcs: dict[int, WireAdc] = {}
        self.machines: list[pio.Machine] = []
        self.machine_options: list[dict[str, Any]] = []
        self.i2c_options: list[dict[str, Any]] = []
        self.timers: list[dict[str, Any]] = []
        self.watchdogs: list[int] = []
        self.feeds = 0
        self.registers: dict[int, int] = {VREG: _VREG_RESET}
        self.frequency_hz = STARTS_WITH_HZ
        # What depends on the clock, in its order: the voltage, the clock, the clocks derived from it.
        self.clocked: list[tuple[str, int]] = []
        self.machine = self._machine()
        self.rp2 = self._rp2()
        self.uctypes = self._uctypes()
        self.start_us = 0

    def now_us(self) -> int:
        return int(self.start_us + self.bus.now_ns / NS_PER_US)

    def look_us(self) -> int:
        """Return the time; looking takes some."""
        self.pass_us(_LOOK_US)
        return self.now_us()

    def pass_us(self, us: float) -> None:
        self.bus.now_ns += us * NS_PER_US

    def __getitem__(self, address: int) -> int:
        if address == _PWM7_COUNTER:
            return int(self.bus.now_ns * self.frequency_hz / _CLOCK_DIVIDER / 1e9) & 0xFFFF
        return self.registers.get(address, 0)

    def __setitem__(self, address: int, value: int) -> None:
        self.registers[address] = value
        if address == VREG:
            self.clocked.append(("voltage", value))

    def _freq(self, hz: int | None = None) -> int | None:
        if hz is None:
            return self.frequency_hz
        self.frequency_hz = hz
        self.clocked.append(("clock", hz))
        return None

    def _pin(self, number: int, mode: int | None = None, pull: int | None = None, value: int | None = None) -> WirePin:
        pin = self.pins.setdefault(number, WirePin(1))
        if mode is not None:
            self.modes[number] = (mode, pull)
        if value is not None:
            pin.value(value)
        pin.number = number  # type: ignore[attr-defined]
        return pin

    def _pwm(self, pin: Any, freq: int, duty_u16: int) -> WirePwm:
        assert pin.level == 0, "the pin was not low when the PWM took it"
        self.pwm_hz[pin.number] = freq
        self.clocked.append(("derived", pin.number))
        pwm = self.pwms.setdefault(pin.number, WirePwm())
        pwm.duty_u16(duty_u16)
        return pwm

    def _i2c(self, number: int, **options: Any) -> ChipBus:
        self.i2c_options.append({"id": number, **options})
        self.clocked.append(("derived", number))
        return self.bus

    def _watchdog(self, timeout: int) -> Any:
        self.watchdogs.append(timeout)

        def feed() -> None:
            self.feeds += 1

        return SimpleNamespace(feed=feed)

    def _machine(self) -> ModuleType:
        module: Any = ModuleType("machine")
        module.Pin = functools.partial(self._pin)
        module.Pin.IN, module.Pin.OUT, module.Pin.OPEN_DRAIN = 0, 1, 2
        module.Pin.PULL_UP, module.Pin.PULL_DOWN = 1, 2
        module.PWM = self._pwm
        module.ADC = lambda pin: self.adcs.setdefault(pin.number, WireAdc())
        module.I2C = self._i2c
        module.WDT = self._watchdog
        module.Timer = lambda number, **options: self.timers.append(options)
        module.Timer.PERIODIC = 1
        module.mem32 = self
        module.mem16 = self
        module.freq = self._freq
        return module  # type: ignore[no-any-return]

    def _rp2(self) -> ModuleType:
        module: Any = ModuleType("rp2")
        module.PIO = SimpleNamespace(SHIFT_LEFT=pio.SHIFT_LEFT, SHIFT_RIGHT=pio.SHIFT_RIGHT)
        module.asm_pio = lambda **options: lambda function: pio.assemble(function, **options)
        module.StateMachine = self._state_machine
        return module  # type: ignore[no-any-return]

    def _uctypes(self) -> ModuleType:
        module: Any = ModuleType("uctypes")
        module.ARRAY, module.INT32 = 1 << 29, 5 << 26

        def struct(address: int, descriptor: tuple[int, int]) -> Any:
            assert address == _PIO0_RXF
            assert descriptor == (module.ARRAY, 4 | module.INT32)
            return Fifos(self.machines)

        module.struct = struct
        return module  # type: ignore[no-any-return]

    def _state_machine(self, number: int, program: pio.Program, **options: Any) -> Any:
        assert number == len(self.machines)
        counter: Any = pio.Machine(program)
        counter.y = 0xDEAD
        counter.exec = lambda instruction: setattr(counter, "y", {"set(y, 0)": 0}[instruction])
        counter.active = lambda on: None
        self.machines.append(counter)
        self.machine_options.append(options)
        self.clocked.append(("derived", number))
        return counter


def install(monkeypatch: Any, chip: Chip, name: str = "Raspberry Pi Pico with RP2040") -> ModuleType:
    """Put the doubles in place and return a fresh `instep.hal.rp2` over them."""

    def ticks_diff(end: int, start: int) -> int:
        return (end - start + WRAP // 2) % WRAP - WRAP // 2

    clock: dict[str, Callable[..., Any]] = {
        "ticks_us": lambda: chip.look_us() % WRAP,
        "ticks_diff": ticks_diff,
        "ticks_add": lambda ticks, us: (ticks + us) % WRAP,
        "sleep_us": chip.pass_us,
        "sleep_ms": lambda ms: chip.pass_us(1_000 * ms),
    }
    for function, double in clock.items():
        monkeypatch.setattr(time, function, double, raising=False)
    monkeypatch.setitem(sys.modules, "machine", chip.machine)
    monkeypatch.setitem(sys.modules, "rp2", chip.rp2)
    monkeypatch.setitem(sys.modules, "uctypes", chip.uctypes)
    monkeypatch.delitem(sys.modules, "instep.hal.rp2", raising=False)
    module = importlib.import_module("instep.hal.rp2")
    monkeypatch.setattr(module, "machine_name", lambda: name)
    monkeypatch.delitem(sys.modules, "instep.hal.rp2")
    return module
