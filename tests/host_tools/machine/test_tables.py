"""The tables of a machine: complete folders are machines, each table is read once, bad figures are refused."""

import shutil

import pytest

from host_tools.machine import tables
from host_tools.machine.tables import REFERENCE, TABLES, machines, table, table_path
from host_tools.program.violations import RefusedFileError


def test_the_reference_machine_has_every_table():
    assert REFERENCE in machines()
    for name in TABLES:
        assert table_path(REFERENCE, name).name == f"{name}.toml"
        assert table(REFERENCE, name)


def test_a_folder_that_lacks_a_table_is_no_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "BOARDS", tmp_path)
    for folder, names in (("whole", TABLES), ("half", TABLES[:-1])):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.toml").write_text("x = 1\n")
    assert machines() == ("whole",)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A machine of somebody's own: a copy of the reference beside it, whose roller the test changes."""
    shutil.copytree(table_path(REFERENCE, "roller").parent, tmp_path / REFERENCE)
    shutil.copytree(tmp_path / REFERENCE, tmp_path / "mine")
    monkeypatch.setattr(tables, "BOARDS", tmp_path)
    table.cache_clear()
    yield tmp_path / "mine" / "roller.toml"
    table.cache_clear()


def test_a_copy_of_the_reference_is_a_machine(mine):
    assert table("mine", "roller") == table(REFERENCE, "roller")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("stall_a = 7.0", "stal_a = 7.0", r"stal_a = 7\.0: is not used here \(did you mean stall_a\?\)"),
        ("stall_a = 7.0", "", r":4: gearmotor, stall_a: is missing; allowed: for example 7\.0"),
        ("stall_a = 7.0", "stall_a = 0", r":\d+: gearmotor, stall_a = 0: is not above 0"),
        ("stall_a = 7.0", "stall_a = inf", "stall_a = inf: is not above 0"),
        ("stall_a = 7.0", "stall_a = true", "stall_a = true: is not a number"),
        ("encoder_pulses = 16", "encoder_pulses = 16.5", r"encoder_pulses = 16\.5: is not a whole number"),
        ("[drum]", "[drums]", "drum: is missing; allowed: diameter_m"),
        ("[drum]", "[gearmotor.more]", r"more = a table: is not used here"),
        ("stall_a = 7.0", "stall_a = “7.0”", ":9: the file: has a left double quotation mark"),
        ("stall_a = 7.0", "stall_a = ", "is not valid TOML"),
    ],
)
def test_a_figure_that_is_not_as_the_references_is_refused(mine, old, new, said):
    text = mine.read_text(encoding="utf-8")
    assert old in text
    mine.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RefusedFileError, match=said) as refusal:
        table("mine", "roller")
    assert f"{mine}:" in refusal.value.message
    assert "boards/reference" in refusal.value.advice


def test_all_wrong_figures_are_named_at_once(mine):
    text = mine.read_text(encoding="utf-8")
    mine.write_text(text.replace("stall_a = 7.0", "stall_a = 0").replace("gear_ratio = 43.8", 'gear_ratio = "x"'))
    with pytest.raises(RefusedFileError) as refusal:
        table("mine", "roller")
    assert len(refusal.value.violations) == 2


def test_a_table_that_is_a_value_is_refused(mine):
    mine.write_text("gearmotor = 1\n")
    with pytest.raises(RefusedFileError, match=r"gearmotor = 1: is not a table; allowed: voltage_v, "):
        table("mine", "roller")
