"""`instep calibrate servos` on machines with wrong plugs and another clock: named, or corrected in the board file."""

import tomllib
from datetime import date

import pytest

from host_tools import cli
from host_tools.board.load import find
from host_tools.calibrate.servos import NOTHING, OTHER, RIGHT, WRONG_WAY, clock_khz
from host_tools.commands import calibrate_servos
from host_tools.commands.calibrate_servos import _SERVO_AXES
from instep.axes import SERVOS
from sim.hooks import Hook
from sim.plant import servo
from sim.plant.layout import SERVO
from tests.host_tools.virtual_machine import VirtualMachine, plug_in

SEEN_US = 15.0
STRAIGHT = tuple(range(SERVOS))


class Plugs(Hook):
    """Lead channel i to the servo `order[i]`; None is no servo. A flipped servo turns the other way about its home."""

    def __init__(self, simulation, order=STRAIGHT, flipped=()):
        self.simulation = simulation
        self.order = order
        self.flipped = flipped
        self.home_us = self.now_us()
        self.begin()

    def now_us(self):
        state = self.simulation.plant.state
        return [float(state[SERVO + index * servo.STATES + servo.POSITION_US]) for index in range(SERVOS)]

    def begin(self):
        self.low_us, self.high_us = self.now_us(), self.now_us()

    def before_step(self):
        pulses = self.simulation.plant.commands.pulse_us
        self._given = list(pulses)
        for index in range(SERVOS):
            pulses[index] = 0
        for index, pulse in enumerate(self._given):
            at = self.order[index]
            if at is not None and pulse:
                pulses[at] = round(2 * self.home_us[at] - pulse) if at in self.flipped else pulse

    def after_step(self):
        for index, pulse in enumerate(self._given):
            self.simulation.plant.commands.pulse_us[index] = pulse
        for index, now in enumerate(self.now_us()):
            self.low_us[index] = min(self.low_us[index], now)
            self.high_us[index] = max(self.high_us[index], now)

    def moved(self):
        """Return the servos that have moved since the last time."""
        found = [index for index in range(SERVOS) if self.high_us[index] - self.low_us[index] > SEEN_US]
        self.begin()
        return found


class Bench:
    """An empty machine with such plugs; `see` answers for a person who watches the servo under test."""

    def __init__(self, **plugs):
        self.machine = VirtualMachine("demo")
        simulation = self.machine.simulation
        simulation.hand_over()
        self.plugs = Plugs(simulation, **plugs)
        simulation.attach(self.plugs)
        self.names = list(_SERVO_AXES)
        self.asked = 0

    def see(self):
        """Return what the servo under test has done since the last answer."""
        index = _SERVO_AXES.index(self.names[self.asked])
        self.asked += 1
        moved = self.plugs.moved()
        if moved == [index]:
            return WRONG_WAY if index in self.plugs.flipped else RIGHT
        return OTHER if moved else NOTHING


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that calibrates some axes of a bench: exit code, output, errors, the file's text or None."""

    def calibrated(bench, names=(), hz=(0.0,)):
        plug_in(monkeypatch, bench.machine)
        bench.names = list(names or _SERVO_AXES)
        readings = iter(hz)
        monkeypatch.setattr(calibrate_servos, "ask", bench.see)
        monkeypatch.setattr(calibrate_servos, "ask_hz", lambda: next(readings))
        file = tmp_path / "mine.toml"
        only = [word for name in names for word in ("--axis", name)]
        code = cli.run(["calibrate", "servos", "-o", str(file), "--port", "virtual", *only])
        said = capsys.readouterr()
        return code, said.out, said.err, file.read_text() if file.exists() else None

    return calibrated


def test_on_a_rightly_wired_machine_every_servo_moves_alone(run):
    code, said, error, text = run(Bench())
    assert (code, error, text) == (0, "", None)
    assert "All servos are right" in said


@pytest.mark.parametrize(
    ("plugs", "names", "words"),
    [
        ({"order": (1, 0, *STRAIGHT[2:])}, ("left.top_press",), "left.top_press: another servo moves instead"),
        ({"order": (*STRAIGHT[:7], None, *STRAIGHT[8:])}, ("left.hold_heel",), "left.hold_heel: it does not move"),
        ({"flipped": (4,)}, ("left.toe_turn",), "left.toe_turn: it moves the wrong way"),
    ],
)
def test_a_wrong_servo_is_named_and_nothing_is_written(plugs, names, words, run):
    code, _, error, text = run(Bench(**plugs), names)
    assert code == 1 and text is None
    assert words in error and "Nothing was written" in error


def test_the_clock_is_written_with_date_and_spread_and_comments_stay(run):
    code, said, _, text = run(Bench(), ("left.toe_turn",), (51.2, 51.3, 51.2))
    assert code == 0 and "kHz, spread 0.10 Hz in 3 readings" in said
    assert tomllib.loads(text)["servos"]["clock_khz"] == clock_khz((51.2, 51.3, 51.2), 25_000)
    before, after = find("pico").read_text().splitlines(), text.splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1 and changed[0][1].startswith("clock_khz = 25")
    assert f"| measured {date.today().isoformat()}, spread 0.10 Hz" in changed[0][1]


@pytest.mark.parametrize("clock", [23_000, 24_130, 25_000, 26_900])
def test_the_frequency_of_any_chip_gives_its_clock(clock):
    hz = clock * 1000 / 4096 / 122
    assert clock_khz((hz, hz), 25_000) == clock


@pytest.mark.parametrize(
    ("hz", "words"), [((50.0, 50.6, 50.0), "differ by 0.60 Hz"), ((60.0, 60.0, 60.0), "kHz, allowed are 23000")]
)
def test_a_clock_that_no_sound_chip_has_is_refused(hz, words, run):
    code, _, error, text = run(Bench(), ("left.toe_turn",), hz)
    assert code == 1 and text is None and words in error
