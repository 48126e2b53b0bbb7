"""A person at the emulated machine who is asked nothing that takes thinking: buttons, and a session up to a state."""

from instep.session import states
from sim.answers import HEALTHY, names_of
from tests.emulator.laptop import Laptop
from tests.emulator.machine import Machine

_PRESS_MS = 60
_PROMPT_MS = 60_000
_LOOK_US = 10_000


def press(machine: Machine, button: str) -> None:
    """Press a button and let it go."""
    machine.press(button)
    machine.pico.run_ms(_PRESS_MS)
    machine.release(button)
    machine.pico.run_ms(_PRESS_MS)


def wait_for(machine: Machine, laptop: Laptop, state: int) -> None:
    """Let the session come to a state; TooLateError after a minute."""
    machine.pico.run_until(lambda: laptop.is_in(state), _PROMPT_MS, _LOOK_US)


def begin(machine: Machine, laptop: Laptop, program: int) -> None:
    """Choose a program by its number, from 0, and go through the questions; messages are acknowledged."""
    for _ in range(program):
        press(machine, "program")
    while not laptop.is_in(states.SCREENING):
        press(machine, "start")
    for button in names_of(HEALTHY):
        press(machine, button)
