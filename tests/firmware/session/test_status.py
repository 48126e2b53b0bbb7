"""The session's status is read-only for everybody but the session: no other module of the firmware writes to it."""

import ast
from pathlib import Path

import pytest

FIRMWARE = Path(__file__).resolve().parents[3] / "firmware/instep"
OWNER = FIRMWARE / "session"


def _writes(source):
    """Return the lines that assign to an attribute of a status."""
    targets = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    return [node.lineno for node in targets if isinstance(node.ctx, ast.Store) and _is_status(node.value)]


def _is_status(owner):
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in ("status", "_status")


@pytest.mark.parametrize("path", sorted(FIRMWARE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_reader_writes_to_the_status(path):
    assert path.is_relative_to(OWNER) or not _writes(path.read_text())


def test_the_states_do_write_to_it():
    assert sum(len(_writes(path.read_text())) for path in OWNER.glob("*.py")) > 10


@pytest.mark.parametrize("line", ["self._status.state = 3", "session.status.result = 1", "status.state += 1"])
def test_a_write_is_found(line):
    assert _writes(line) == [1]
