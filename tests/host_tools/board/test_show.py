"""Where the wires go: the lists, the picture, and that the committed files are current."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest

from host_tools.board.check import check_text
from host_tools.board.chips import HEADER, POWER
from host_tools.board.document import documents
from host_tools.board.drawing import draw
from host_tools.board.listing import listings
from host_tools.board.load import load_board, shipped
from host_tools.board.places import bus_chips
from host_tools.board.schema import NUMBERS
from host_tools.board.wires import wires_of
from host_tools.cli import run
from host_tools.data_folders import BOARDS
from tests.host_tools.board_files import edited

# A board with signals moved from one side of the header to the other, and other addresses.
MOVED = {
    "pins.i2c_sda": "20",
    "pins.i2c_scl": "21",
    "pins.servo_disable": "0",
    "pins.relay": "1",
    "addresses.servos": "0x77",
    "addresses.display": "0x3D",
    "addresses.expander": "0x27",
    "expander.button_first": "8",
    "expander.foot_right": "0",
    "expander.relay_contact": "1",
    "channels.servo_left_first": "8",
    "channels.servo_right_first": "0",
    "title": '"A board with a name of forty characters."',
}


# The bus's lines on either side of the header.
SPLIT = {
    "pins.i2c_scl": "21",
    "pins.relay": "1",
}


def boards():
    found = {name: load_board(name).wiring for name in shipped()}
    changed = {"moved": MOVED, "split": SPLIT}
    return found | {name: check_text(edited(changes), f"{name}.toml") for name, changes in changed.items()}


WIRINGS = boards()


def instep(*arguments):
    return run(["board", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("path", sorted(documents()), ids=str)
def test_the_files_generated_from_the_boards_are_current(path):
    assert path.read_text(encoding="utf-8") == documents()[path], "run `make wiring`"


@pytest.mark.parametrize("name", WIRINGS)
def test_every_signal_is_listed_once_with_its_pin(name):
    wiring = WIRINGS[name]
    listed = {wire.signal: (wire.gpio, wire.pin) for wire in wires_of(wiring) if wire.signal}
    assert listed == {signal: (gpio, HEADER.get(gpio)) for signal, gpio in wiring.pins.items()}
    pins = [wire.pin for wire in wires_of(wiring) if wire.pin]
    assert pins == sorted(set(pins))


@pytest.mark.parametrize("name", WIRINGS)
def test_every_place_on_the_bus_is_listed_once(name):
    chips = {chip.key: [row[0] for row in chip.rows] for chip in bus_chips(WIRINGS[name])}
    assert len(chips["expander"]) == 11
    assert sorted(chips["servos"], key=int) == [str(output) for output in range(16)]
    assert [len(chips[key]) for key in ("heat_adc", "force_adc_left", "force_adc_right")] == [4, 2, 2]
    for terminals in chips.values():
        assert len(terminals) == len(set(terminals))


def test_moved_wires_are_listed_where_they_are():
    rows = {row[1]: row for listing in listings(WIRINGS["moved"])[:1] for row in listing.rows}
    assert rows["GP20"][3] == "I²C bus, SDA"
    chips = {chip.key: chip for chip in bus_chips(WIRINGS["moved"])}
    assert chips["display"].straps == "D/C to 3V3"
    assert chips["expander"].straps == "A2-A0 111"
    assert chips["servos"].straps == "A5-A0 110111"
    assert dict((row[0], row[1]) for row in chips["expander"].rows)["GPB0"] == "button START"
    assert dict((row[0], row[1]) for row in chips["servos"].rows)["0"] == "right top press"


def test_show_lists_every_wire(capsys):
    assert instep("show", "pico") == 0
    out = capsys.readouterr().out
    for wire in wires_of(WIRINGS["pico"]):
        assert re.search(rf"{wire.place} .*{re.escape(wire.goes_to)} .*{re.escape(wire.remark)}", out), wire
    assert "Power and loads" in out


def test_show_draws_to_a_file(tmp_path, capsys):
    path = tmp_path / "wiring.svg"
    assert instep("show", "pico", "--svg", path) == 0
    assert path.read_text() == draw(WIRINGS["pico"]).as_svg()
    assert capsys.readouterr().out == f"{path}: the wiring of Raspberry Pi Pico.\n"


def test_nothing_is_shown_of_a_bad_board(tmp_path, capsys):
    path = tmp_path / "board.toml"
    path.write_text(edited({"pins.relay": "23"}))
    assert instep("show", path, "--svg", tmp_path / "wiring.svg") == 1
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "wiring.svg").exists()


@pytest.mark.parametrize("name", WIRINGS)
def test_no_text_of_the_drawing_overlaps_another_or_leaves_its_frame(name):
    canvas = draw(WIRINGS[name])
    clashes = [(one.text, other.text) for one, other in itertools.combinations(canvas.texts, 2) if one.overlaps(other)]
    assert not clashes
    outside = [
        text.text for text in canvas.texts for frame in canvas.frames if frame.overlaps(text) and not frame.holds(text)
    ]
    assert not outside


@pytest.mark.parametrize("name", WIRINGS)
def test_the_drawing_shows_all_forty_pins_and_every_terminal(name):
    wiring = WIRINGS[name]
    svg = ET.fromstring(draw(wiring).as_svg())
    said = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    for pin in range(1, 41):
        assert str(pin) in said
    for place in [f"GP{gpio}" for gpio in HEADER] + list(POWER.values()):
        assert place in said
    for wire in wires_of(wiring):
        if wire.pin is not None:
            assert {wire.part, wire.terminal, wire.remark} <= set(said)


def upright_and_level(path):
    """Return the pieces of a wire's path as ((x1, y1), (x2, y2)), its round corners left out."""
    numbers = [tuple(float(number) for number in pair) for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]
    return list(itertools.pairwise(numbers))


@pytest.mark.parametrize("name", ["pico", "pico2"])
def test_wires_beside_the_pico_do_not_cross(name):
    svg = ET.fromstring(draw(WIRINGS[name]).as_svg())
    wires = [
        upright_and_level(element.get("d", ""))
        for element in svg.iter("{http://www.w3.org/2000/svg}path")
        if "line-bus" not in element.get("class", "")
    ]
    for one, other in itertools.combinations(wires, 2):
        for (a, b), (c, d) in itertools.product(one, other):
            level, upright = ((a, b), (c, d)) if a[1] == b[1] else ((c, d), (a, b))
            if level[0][1] != level[1][1] or upright[0][0] != upright[1][0]:
                continue
            xs, ys = sorted(end[0] for end in level), sorted(end[1] for end in upright)
            assert not (xs[0] < upright[0][0] < xs[1] and ys[0] < level[0][1] < ys[1]), (one, other)


@pytest.mark.parametrize("table", [*NUMBERS, "name", "chip", "machine"])
def test_every_table_is_described(table):
    readme = (BOARDS / "README.md").read_text(encoding="utf-8")
    assert f"[{table}]" in readme or f"`{table}`" in readme
