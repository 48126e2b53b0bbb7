"""Measured figures in a board file: the remark behind each, and a person's own comments."""

from datetime import date, timedelta

import pytest

from host_tools.board.edit import BRIDGES, ENCODERS, refuse_inline, with_figures, with_reversed
from host_tools.board.load import find
from host_tools.errors import InstepError
from tests.host_tools.board_files import edited

FILE = "mine.toml"
FIRST = date(2026, 3, 1)
DAYS = 3
ZERO = ("force_zero", "left_top")


def measured_again(text):
    """Return the line of ZERO after each of several measurements."""
    lines = []
    for day in range(DAYS):
        text = with_figures(text, FILE, {ZERO: (1_700 + day, f"0.0{day} N")}, FIRST + timedelta(day))
        lines.append(next(line for line in text.splitlines() if line.startswith(f"left_top = {1_700 + day}")))
    return lines


@pytest.mark.parametrize("own", ["", "my spare bar", "bar A | amplifier 2"])
def test_however_often_a_figure_is_measured_its_own_comment_and_one_remark_stand(own):
    before = f"1_600 # {own}" if own else "1_600"
    lines = measured_again(edited({".".join(ZERO): before}))
    kept = f"{own} | " if own else "| "
    assert [line.partition("# ")[2] for line in lines] == [
        f"{kept}measured 2026-03-0{day + 1}, spread 0.0{day} N" for day in range(DAYS)
    ]


def test_however_often_a_pair_is_turned_one_remark_stands():
    text = find("pico").read_text()
    for day in range(DAYS):
        toggled = {BRIDGES: {"left_top"}, ENCODERS: {"right_sole"}}
        text = with_reversed(text, FILE, toggled, FIRST + timedelta(day))
    assert [line for line in text.splitlines() if line.startswith("reversed")] == [
        'reversed = ["left_top"] # rollers whose motor is wired the other way round | seen 2026-03-03: left_top',
        'reversed = ["right_sole"] # | seen 2026-03-03: right_sole',
    ]


def test_a_table_in_braces_is_refused_by_name():
    text = "force_zero = { left_top = 1600 }\n[bridges]\nreversed = []\n"
    refuse_inline(text, FILE, [BRIDGES])
    with pytest.raises(InstepError, match="force_zero is written in braces") as caught:
        refuse_inline(text, FILE, [BRIDGES, "force_zero"])
    assert "[force_zero]" in caught.value.advice
