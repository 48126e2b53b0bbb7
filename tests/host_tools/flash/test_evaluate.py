"""Tables are computed on the laptop: a board gets their values."""

from typing import Any

import pytest

from host_tools.flash.evaluate import literals, with_values
from instep.session import states


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """Return a source of tables that can also be imported as `tables_of_a_test`."""
    source = (
        "ROWS = ((1, b'ask'), (2, b'ask'), (3, b'go'))\nWORDS = tuple([row[1] for row in ROWS])\nCOUNT = len(ROWS)\n"
    )
    (tmp_path / "tables_of_a_test.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    return source


def run(source):
    found: dict[str, Any] = {}
    exec(source, found)
    return found


def test_a_computed_constant_is_replaced_by_its_value(tables):
    replaced = with_values("tables_of_a_test", tables, frozenset({"WORDS"}))
    assert "for row in ROWS" not in replaced
    assert run(replaced)["WORDS"] == (b"ask", b"ask", b"go")


def test_a_text_that_a_table_has_twice_is_stored_once(tables):
    replaced = with_values("tables_of_a_test", tables, frozenset({"WORDS"}))
    statements = replaced.split("\n")[1]
    assert statements.count("ask") == 1


def test_a_constant_that_the_module_does_not_assign_is_refused(tables):
    with pytest.raises(ValueError, match="NOTHING"):
        with_values("tables_of_a_test", tables, frozenset({"WORDS", "NOTHING"}))


def test_the_integers_and_strings_of_a_module_of_tables_are_its_literals(tables):
    assert literals("tables_of_a_test") == "COUNT = 3\n"


def test_a_board_looks_the_next_state_up_in_bytes():
    source = "TRANSITIONS = ()\n_NEXT = _matrix()\n"
    found = run(with_values("instep.session.states", source, frozenset({"_NEXT"})))
    assert found["_NEXT"][states.RUN * states.EVENTS + states.STOP] == states.RETRACT
