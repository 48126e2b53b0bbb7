"""Checking a board: what is found where, all of it at once, and never anything but a sentence."""

import ast
import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.board import machine_rules
from host_tools.board.check import check_text
from host_tools.board.chips import (
    HEADER,
    HEADER_PINS,
    PIO_BLOCK_INSTRUCTIONS,
    POWER,
    i2c_function,
    pwm_channel,
    pwm_slice,
)
from host_tools.board.findings import BoardFileError, field_name
from host_tools.board.load import find, load_board, shipped
from host_tools.board.machine_rules import check_tables
from host_tools.board.schema import NUMBERS
from host_tools.cli import run
from host_tools.machine.tables import BOARDS, TABLES, machines, table
from host_tools.program.violations import Findings
from host_tools.source_file import SOURCE_MAX_BYTES
from tests.host_tools.board_files import edited, line_of


def violations(text):
    with pytest.raises(BoardFileError) as caught:
        check_text(text, "my.toml")
    return caught.value.violations


def instep(*arguments):
    return run(["board", *(str(argument) for argument in arguments)])


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_board_can_be_wired(name, capsys):
    assert instep("check", name) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{name}: Raspberry Pi Pico")
    assert "27 pins, 6 chips on the bus, bridges end at 3.3 A" in out
    assert err == ""


def test_both_picos_are_wired_alike():
    pico, pico2 = (load_board(name).wiring for name in ("pico", "pico2"))
    assert [pico.values.pop(("core", "mhz")), pico2.values.pop(("core", "mhz"))] == [200, 150]
    assert pico.values == pico2.values
    assert (pico.chip, pico2.chip) == ("rp2040", "rp2350")


def test_everything_wrong_is_told_at_once_in_the_file_s_order_and_nothing_else(tmp_path, capsys):
    path = tmp_path / "board.toml"
    path.write_text(edited({"pins.relay": "23", "addresses.display": "0x48", "bridges.sense_ohm": "220", "name": "1"}))
    assert instep("check", path) == 1
    out, err = capsys.readouterr()
    fields = ("name", "pins.relay", "addresses.display", "addresses.display", "bridges.sense_ohm")
    *told, advice = err.splitlines()
    assert [line.split(" = ")[0] for line in told] == [f"{path}:{line_of(field)}: {field}" for field in fields]
    assert "boards/README.md describes every field" in advice
    assert out == ""


def test_a_good_file_beside_a_bad_one_prints_nothing(tmp_path, capsys):
    assert instep("check", "pico", tmp_path / "none.toml") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"There is no board {tmp_path / 'none.toml'}.\nGive a .toml file or one of: pico, pico2.\n"


def test_an_unknown_table_or_key_is_refused_with_what_was_meant():
    text = edited({}) + "[heater]\npwm_hz = 1\n"
    (found,) = violations(text)
    assert (found.field, found.value) == ("heater", "a table")
    assert found.problem == "is not used here (did you mean heaters?)"
    (found,) = violations(edited({}).replace("[pins]", "[pins]\nbuzer = 3"))
    assert (found.field, found.problem) == ("pins.buzer", "is not used here")


def test_a_file_without_tables_is_told_every_table_that_is_missing():
    missing = [found.field for found in violations('format = 1\nname = "a"\ntitle = "b"\nchip = "rp2040"\n')]
    assert sorted(missing) == sorted([*NUMBERS, "machine"])


def test_a_file_that_is_no_toml_is_told_where():
    (found,) = violations("format = 1\nname = \n")
    assert (found.line, found.allowed) == (2, "TOML, see https://toml.io")


def test_a_weak_pull_down_that_a_pico_bears_is_refused_on_a_pico_2():
    changes = {"pulls_ohm.relay": "9_100"}
    check_text(edited(changes), "my.toml")
    (found,) = violations(edited(changes, "pico2"))
    assert (found.field, found.allowed) == ("pulls_ohm.relay", "at most 8200 ohm")
    assert "RP2350-E9" in found.problem


def test_a_weak_lower_leg_of_the_emergency_stop_is_refused_on_a_pico_2():
    changes = {"emergency_stop.upper_ohm": "27_000", "emergency_stop.lower_ohm": "9_100"}
    check_text(edited(changes), "my.toml")
    assert [found.field for found in violations(edited(changes, "pico2"))] == ["emergency_stop.lower_ohm"]


def test_a_pico_2_has_state_machines_that_a_pico_has_not():
    changes = {"channels.encoder_first": "8"}
    check_text(edited(changes, "pico2"), "my.toml")
    assert [found.field for found in violations(edited(changes))] == ["channels.encoder_first"]


def test_the_header_has_forty_pins_each_once():
    assert sorted([*HEADER.values(), *POWER]) == list(range(1, HEADER_PINS + 1))


@pytest.mark.parametrize(
    ("gpio", "function", "pwm"),
    [
        (0, (0, "SDA"), (0, "A")),
        (3, (1, "SCL"), (1, "B")),
        (16, (0, "SDA"), (0, "A")),
        (18, (1, "SDA"), (1, "A")),
        (21, (0, "SCL"), (2, "B")),
        (27, (1, "SCL"), (5, "B")),
    ],
)
def test_pins_have_the_functions_of_the_datasheet_s_table(gpio, function, pwm):
    assert i2c_function(gpio) == function
    assert (pwm_slice(gpio), pwm_channel(gpio)) == pwm


def figures():
    return {name: copy.deepcopy(table("reference", name)) for name in TABLES}


MACHINE_CASES = {
    "a carriage shorter than the strokes": (
        ("roller", "carriage", "sole_travel_m", 0.3),
        "roller.toml has carriage.sole_travel_m = 0.3, less than strokes ask for: the roller would hit its stop; "
        "allowed: at least 0.34 m. Correct boards/reference/roller.toml.",
    ),
    "a drive that pulls too hard": (
        ("roller", "drive", "limit_a", 2.5),
        "roller.toml has drive.limit_a = 2.5, which pulls harder than the guard's 60000 mN; "
        "allowed: at most 2.18 A. Correct boards/reference/roller.toml.",
    ),
    "a press whose spring goes too far": (
        ("servo", "press", "spring_mn_per_mm", 1_500),
        "servo.toml has press.travel_max_um = 60000, where the spring presses harder than the guard's 60000 mN; "
        "allowed: at most 54000 um. Correct boards/reference/servo.toml.",
    ),
    "a servo that is asked for too much": (
        ("servo", "grip", "us_per_kilo", 400),
        "servo.toml has grip.us_per_kilo = 400, so that toe_grip asks for 1000 to 3000 us; "
        "allowed: pulses of 500 to 2500 us. Correct boards/reference/servo.toml.",
    ),
    "a cut-out above the guard's trip": (
        ("heater", "cut_out", "opens_c", 70.0),
        "heater.toml has cut_out.opens_c = 70.0, which must be between the skin's trip and the element's; "
        "allowed: above 43.0 and under 60.0 °C (set points end at 41.0 °C). Correct boards/reference/heater.toml.",
    ),
    "another thermistor": (
        ("heater", "ntc", "beta_k", 3_435.0),
        "heater.toml has ntc = 10000 ohm, B3435, with which the firmware reads 3.01 °C at 0 °C; "
        "allowed: 10 k, B3950, 10 k. Correct boards/reference/heater.toml.",
    ),
    "a figure that the firmware refuses": (
        ("servo", "press", "probe_travel_um", 50_000),
        "gives probe_travel_um = 50000, which the firmware refuses; allowed: 1000 to 40000. Correct boards/reference.",
    ),
}


@pytest.mark.parametrize("case", MACHINE_CASES)
def test_a_machine_beyond_the_firmware_s_limits_is_refused(case):
    (name, group, key, value), expected = MACHINE_CASES[case]
    tables = figures()
    tables[name][group][key] = value
    findings = Findings("my.toml", {}, field_name)
    check_tables(findings, "reference", tables)
    assert [str(found) for found in findings.violations] == [f'my.toml:1: machine = "reference": {expected}']


@pytest.mark.parametrize("machine", machines())
def test_every_machine_stays_within_the_firmware_s_limits(machine):
    findings = Findings("my.toml", {}, field_name)
    check_tables(findings, machine, {name: table(machine, name) for name in TABLES})
    assert not findings.violations


VALUES = st.one_of(
    st.integers(-3, 40), st.integers(-(2**70), 2**70), st.booleans(), st.floats(), st.text(max_size=5), st.none()
)
FIELDS = [f"{name}.{key}" for name, keys in NUMBERS.items() for key in keys] + ["name", "chip", "bridges.reversed"]


def toml_value(value):
    if value is None:
        return ""
    return (
        str(value).lower()
        if isinstance(value, bool | float)
        else f"'{value}'"
        if isinstance(value, str)
        else str(value)
    )


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1, max_size=4))
def test_whatever_a_file_says_it_is_a_board_or_a_list_of_sentences(changes):
    text = edited({field: toml_value(value) for field, value in changes.items()})
    try:
        check_text(text, "my.toml")
    except BoardFileError as error:
        for line in error.message.splitlines():
            assert line.startswith("my.toml:")
            assert "; allowed: " in line


def test_a_compiled_board_goes_where_it_is_told(tmp_path, capsys):
    path = tmp_path / "board.bin"
    assert instep("compile", "pico2", "-o", path) == 0
    assert path.read_bytes() == load_board("pico2").data
    assert capsys.readouterr().out == f"{path}: pico2, {path.stat().st_size} bytes.\n"
    assert instep("check", path) == 1
    assert capsys.readouterr().err.startswith(f"{path} is a compiled board file.\n")


def test_nothing_is_compiled_from_a_bad_file(tmp_path, capsys):
    source, path = tmp_path / "board.toml", tmp_path / "board.bin"
    source.write_text(edited({"pins.relay": "23"}))
    assert instep("compile", source, "-o", path) == 1
    assert not path.exists()
    assert instep("compile", "pico", "-o", find("pico")) == 1
    assert "is the file that it is made from" in capsys.readouterr().err


UNREADABLE = {
    "folder": (None, " is not a file."),
    "binary.toml": (b"\xff\xfe\n", ":1: is not UTF-8 text."),
    "deep.toml": (b"a = " + b"[" * 5_000 + b"]" * 5_000, ":1: the file: is nested too deeply; allowed: TOML"),
    "digits.toml": (b"a = " + b"9" * 5_000, ":1: the file: has a whole number"),
    "huge.toml": (b"# " + b"x" * SOURCE_MAX_BYTES, f" is larger than {SOURCE_MAX_BYTES} bytes."),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_a_board_is_refused_with_a_sentence(name, tmp_path, capsys):
    content, expected = UNREADABLE[name]
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    assert instep("check", path) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}{expected}")
    assert "Traceback" not in err


def test_the_program_that_counts_encoders_fills_a_pio_block_as_the_checker_says():
    tree = ast.parse((BOARDS.parent / "firmware/instep/hal/rp2.py").read_text(encoding="utf-8"))
    (program,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "_count_edges")
    calls = [line.value for line in program.body if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call)]
    marks = ("label", "wrap_target", "wrap")
    assert len([call for call in calls if ast.unparse(call.func) not in marks]) == PIO_BLOCK_INSTRUCTIONS


# Both ends of what a refusal says is allowed, as `table.key`: least, greatest.
ENDS = {
    "bridges.sense_ohm": (2_017, 2_933),
    "emergency_stop.upper_ohm": (8_250, 12_853),
    "pulls_ohm.relay": (500, 10_000),
    "heaters.switch_ma": (1_250, 50_000),
    "force_mn_per_1024.left_top": (3_201, 40_000),
    "force_zero.left_top": (641, 16_000),
    "adc.supply_upper_ohm": (35_455, 90_009),
    "thermistors.reference_mv": (2_000, 3_300),
    "bridges.reference_mv": (2_475, 3_300),
    "bridges.peak_ma": (3_333, 50_000),
}


@pytest.mark.parametrize("field", ENDS)
def test_the_ends_of_what_is_allowed_are_accepted_and_nothing_beyond(field):
    minimum, greatest = ENDS[field]
    for end in (minimum, greatest):
        check_text(edited({field: str(end)}), "my.toml")
    for beyond in (minimum - 1, greatest + 1):
        # A force bar's zero and scale are judged together.
        assert field[:5] in {found.field[:5] for found in violations(edited({field: str(beyond)}))}


def test_a_board_whose_machine_goes_too_far_is_refused(monkeypatch):
    tables = figures()
    tables["roller"]["drive"]["limit_a"] = 2.5
    monkeypatch.setattr(machine_rules, "table", lambda machine, name: tables[name])
    assert [found.field for found in violations(edited({}))] == ["machine"]


MACHINE_ENDS = {
    "stroke": ("roller", "carriage", "sole_travel_m", 0.34),
    "spring": ("servo", "press", "spring_mn_per_mm", 1_304),
    "pulse": ("servo", "grip", "us_per_kilo", 300),
}


@pytest.mark.parametrize("case", MACHINE_ENDS)
def test_a_machine_at_the_firmware_s_limits_is_accepted(case):
    name, group, key, value = MACHINE_ENDS[case]
    tables = figures()
    tables[name][group][key] = value
    findings = Findings("my.toml", {}, field_name)
    check_tables(findings, "reference", tables)
    assert not findings.violations
