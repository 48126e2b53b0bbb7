"""MicroPython's PIO assembler and one state machine, as far as the encoders' program needs them.

RP2040 data sheet, 3.4: instructions take a cycle each; `mov pc` jumps; a jump on y-- takes place unless Y was 0.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SHIFT_LEFT, SHIFT_RIGHT = 0, 1
_MASK = 0xFFFFFFFF
_MEMORY = 32
_ANYTHING = 0x12345678


@dataclass
class Program:
    """An assembled program: (name, arguments) a step, labels resolved by name."""

    steps: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    wrap_target: int = 0
    wrap: int = 0


def assemble(function: Callable[[], None], **options: int) -> Program:
    """Run `function` with the assembler's words around it, as `rp2.asm_pio` does."""
    assert options == {"in_shiftdir": SHIFT_LEFT, "out_shiftdir": SHIFT_RIGHT}
    program = Program()

    def step(name: str) -> Callable[..., None]:
        return lambda *arguments: program.steps.append((name, arguments))

    def mark_target() -> None:
        program.wrap_target = len(program.steps)

    def mark_wrap() -> None:
        program.wrap = len(program.steps) - 1

    words: dict[str, Any] = {name: step(name) for name in ("jmp", "mov", "push", "out", "nop")}
    words |= {name: name for name in ("y_dec", "isr", "osr", "y", "pc", "pins", "noblock")}
    words |= {"in_": step("in"), "invert": lambda name: f"~{name}", "wrap_target": mark_target, "wrap": mark_wrap}
    words["label"] = lambda name: program.labels.update({name: len(program.steps)})
    function.__globals__.update(words)
    try:
        function()
    finally:
        for word in words:
            del function.__globals__[word]
    assert len(program.steps) == _MEMORY, "the table has to stand at 0"
    return program


class Machine:
    """One state machine; `pins` is the level of its two pins, `fifo` takes four words."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.y = self.isr = self.osr = self.pc = 0
        self.pins = 0
        self.fifo: list[int] = []

    def run(self, steps: int) -> None:
        for _ in range(steps):
            name, arguments = self.program.steps[self.pc]
            self.pc = self.program.wrap_target if self.pc == self.program.wrap else self.pc + 1
            getattr(self, f"_{name}")(*arguments)

    def _jmp(self, *arguments: str) -> None:
        is_taken = True
        if len(arguments) == 2:
            is_taken = self.y != 0
            self.y = self.y - 1 & _MASK
        if is_taken:
            self.pc = self.program.labels[arguments[-1]]

    def _mov(self, target: str, source: str) -> None:
        value = getattr(self, source.lstrip("~"))
        setattr(self, target, value ^ _MASK if source.startswith("~") else value)

    def _push(self, how: str) -> None:
        assert how == "noblock"
        if len(self.fifo) < 4:
            self.fifo.append(self.isr)
        self.isr = 0

    def _out(self, target: str, bits: int) -> None:
        setattr(self, target, self.osr & (1 << bits) - 1)
        self.osr >>= bits

    def _in(self, source: str, bits: int) -> None:
        self.isr = (self.isr << bits | getattr(self, source) & (1 << bits) - 1) & _MASK

    def _nop(self) -> None:
        raise AssertionError("the padding is never reached")

    def take(self) -> int:
        """Return the oldest word that was pushed, signed, as its register is read; an empty FIFO gives anything."""
        word = self.fifo.pop(0) if self.fifo else _ANYTHING
        return word - (1 << 32) if word >> 31 else word
