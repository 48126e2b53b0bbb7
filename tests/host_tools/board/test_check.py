"""Checking a board: each error with its place, all errors together, every one a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.board.check import check_text
from host_tools.board.findings import BoardFileError
from host_tools.board.load import load_board, shipped
from host_tools.board.schema import NUMBERS
from host_tools.cli import run
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
    assert "27 pins, 8 chips on the bus, bridges end at 3.3 A" in out
    assert err == ""


def test_both_picos_are_wired_alike():
    pico, pico2 = (load_board(name).wiring for name in ("pico", "pico2"))
    assert [pico.values.pop(("core", "mhz")), pico2.values.pop(("core", "mhz"))] == [200, 150]
    assert pico.values == pico2.values
    assert (pico.chip, pico2.chip) == ("rp2040", "rp2350")


def test_all_errors_are_reported_together_in_the_order_of_the_file(tmp_path, capsys):
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


def test_every_missing_table_of_an_empty_file_is_reported():
    missing = [found.field for found in violations('format = 1\nname = "a"\ntitle = "b"\nchip = "rp2040"\n')]
    assert sorted(missing) == sorted([*NUMBERS, "machine"])


def test_the_line_of_a_toml_error_is_reported():
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


# Both ends of the range that a refusal names, as `table.key`: minimum, maximum.
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
def test_the_ends_of_an_allowed_range_are_accepted_and_values_beyond_refused(field):
    minimum, maximum = ENDS[field]
    for end in (minimum, maximum):
        check_text(edited({field: str(end)}), "my.toml")
    for beyond in (minimum - 1, maximum + 1):
        # A force bar's zero and scale are judged together.
        assert field[:5] in {found.field[:5] for found in violations(edited({field: str(beyond)}))}
