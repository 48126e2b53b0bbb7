"""What commands that measure a machine ask of the person at the bench, and of the machine before."""

import click

from host_tools.errors import InstepError
from host_tools.link.telemetry import Telemetry
from instep.hal.interface import BUS_DEVICES


def ask(what: str) -> None:
    """Wait until the person has done it."""
    click.prompt(f"{what}: press Enter", default="", show_default=False, prompt_suffix=" ")


def require_device(now: Telemetry, device: str, name: str) -> None:
    """Raise InstepError if a device of BUS_DEVICES is silent; `name` is what a person calls it."""
    if now["bus_faults"] >> BUS_DEVICES.index(device) & 1:
        raise InstepError(f"{name} does not answer.", "Run `instep doctor`, and check it first.")
