"""The tables of a machine: complete folders are machines, and each table is read once."""

from host_tools.machine import tables
from host_tools.machine.tables import REFERENCE, TABLES, machines, table, table_path


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
