"""A module of tables becomes its integers and strings."""

from host_tools.flash.evaluate import literals
from instep.link import telemetry_fields


def test_the_literals_run_to_the_same_values_and_nothing_else_is_kept():
    names: dict[str, object] = {}
    exec(literals("instep.link.telemetry_fields"), names)
    del names["__builtins__"]
    assert names
    for name, value in names.items():
        assert isinstance(value, int | str) and not name.startswith("_")
        assert getattr(telemetry_fields, name) == value
    kept = {name for name, value in vars(telemetry_fields).items() if isinstance(value, int | str) and name[0] != "_"}
    assert set(names) == kept
