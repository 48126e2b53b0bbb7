"""Whatever goes wrong, a person reads one sentence, the cause, and the next command: each text has its test."""

from pathlib import Path

from tests.host_tools.flash.messages import MESSAGES

TESTS = Path(__file__).parents[1]


def test_no_message_is_left_without_its_test():
    texts = "".join(
        path.read_text(encoding="utf-8") for path in [*TESTS.glob("flash/test_*.py"), TESTS / "test_ports.py"]
    )
    stems = [path.stem for path in MESSAGES.glob("*.txt")]
    assert len(stems) > 1
    for stem in stems:
        assert f'"{stem}"' in texts or stem.startswith("no_board_"), stem
