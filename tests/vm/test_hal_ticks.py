"""On MicroPython the hardware layer allocates nothing: not with silent chips, nor at the ends of its ranges."""

from pathlib import Path

import pytest

from host_tools.board.load import load_board
from tests.vm.harness import run_on_vm

_CODE = Path(__file__).with_name("hal_ticks.py").read_text()


def _run(is_extreme: bool) -> list[int]:
    code = f"{_CODE}\nprint(run(400, {is_extreme}))\n"
    found: list[int] = eval(run_on_vm(code, {"/board.bin": load_board("pico").data}))
    return found


def test_a_tick_allocates_nothing_whatever_its_chips_do():
    faults, at_the_end, supply_mv, current_ma, force_mn, code, calls = _run(False)
    assert faults == 63
    assert at_the_end == 0
    assert supply_mv == pytest.approx(3_300 * 5.7, rel=0.01)
    assert current_ma == pytest.approx(3_300 * 1.01, rel=0.02)
    assert force_mn == pytest.approx((13_200 - 1_600) * 8_000 / 1_024, abs=1)
    assert code == pytest.approx(16_384, abs=2)
    assert calls == 0


def test_no_product_leaves_the_small_integers_at_the_ends_of_all_ranges():
    _, at_the_end, supply_mv, current_ma, force_mn, code, _ = _run(True)
    assert at_the_end == 0
    assert supply_mv == pytest.approx(36_000, rel=0.01)
    assert current_ma == pytest.approx(18_000, rel=0.01)
    assert force_mn == pytest.approx(32_000 * 40_000 / 1_024, rel=0.01)
    assert code == pytest.approx(28_000 * 4_096 / 4_000, abs=1)
