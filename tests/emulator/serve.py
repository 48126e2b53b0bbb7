"""An emulated machine on your desk: `python -m tests.emulator.serve` boots it and says on which port it talks.

Lines typed in: `press NAME`, `release NAME`, `stop in`, `stop out`, `foot left|right in|out`, `reset`,
`look FILE.png`, `show`, `quit`.
"""

import select
import sys
from pathlib import Path

import click

from instep.axes import FOOT_NAMES
from tests.emulator.image import FILES_AT, HOW_TO_GET_ONE, file_system, find_uf2
from tests.emulator.machine import BOARD, Machine
from tests.emulator.physics import Physics, usual_plant
from tests.emulator.pico import Pico
from tests.emulator.tcp_port import TcpPort

_SLICE_S = 0.05
_SCALE = 4


@click.command(help=__doc__)
@click.option("--port", default=0, help="TCP port; 0 takes a free one.")
@click.option("--files", type=click.Path(exists=True, path_type=Path), help="A folder for the board's file system.")
@click.option("--board", default=BOARD, type=click.Path(exists=True, path_type=Path), help="The board's file.")
@click.option("--seconds", default=0.0, help="Stop after so long; 0 runs until `quit`.")
def main(port: int, files: Path | None, board: Path, seconds: float) -> None:
    """Boot, then serve the serial port."""
    uf2 = find_uf2()
    if uf2 is None:
        raise click.ClickException(HOW_TO_GET_ONE)
    pico = Pico(uf2)
    if files is not None:
        content = {f"/{path.relative_to(files)}": path.read_bytes() for path in files.rglob("*") if path.is_file()}
        disk = file_system(content)
        pico.mcu.flash[FILES_AT : FILES_AT + len(disk)] = disk
    machine = Machine(pico, board)
    Physics(machine, usual_plant())
    with TcpPort(pico, port) as tcp:
        click.echo(f"{tcp.url}")
        _serve(machine, tcp, seconds)


def _serve(machine: Machine, tcp: TcpPort, seconds: float) -> None:
    served_s = 0.0
    is_open = True
    while not seconds or served_s < seconds:
        tcp.serve(_SLICE_S)
        served_s += _SLICE_S
        if is_open and select.select([sys.stdin], [], [], 0)[0]:
            line = sys.stdin.readline()
            is_open = bool(line)
            if not is_open:
                click.echo(f"The input is closed: no commands can be typed. Serving {_until(seconds)}.", err=True)
            if line.strip() == "quit":
                return
            _obey(machine, line.split())


def _until(seconds: float) -> str:
    return f"for {seconds:g} s" if seconds else "until Ctrl-C"


def _obey(machine: Machine, words: list[str]) -> None:
    match words:
        case ["press", name]:
            machine.press(name)
        case ["release", name]:
            machine.release(name)
        case ["stop", way]:
            machine.set_emergency_stop(way == "in")
        case ["foot", foot, way]:
            machine.put_foot(FOOT_NAMES.index(foot), way == "in")
        case ["reset"]:
            machine.pico.hard_reset()
        case ["look", path]:
            picture = machine.display.picture()
            picture.resize((_SCALE * picture.width, _SCALE * picture.height)).save(path)
        case ["show"]:
            click.echo(_summary(machine))


def _summary(machine: Machine) -> str:
    duties = ", ".join(f"{bridge.duty_permille:.0f}" for bridge in machine.bridges)
    pulses = ", ".join(f"{pulse_us:.0f}" for pulse_us in machine.servos.pulses_us())
    heat = ", ".join(f"{heater.permille:.0f}" for heater in machine.heaters)
    return (
        f"{machine.pico.now_ms:.0f} ms; bridges {duties} permille; heaters {heat} permille; relay"
        f" {'closed' if machine.is_relay_closed else 'open'}; servos {pulses} us; resets {machine.pico.resets}"
    )


if __name__ == "__main__":
    main()
