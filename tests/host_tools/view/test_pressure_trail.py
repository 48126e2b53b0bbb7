"""The trail of a roller."""

from host_tools.view.pressure_trail import Glow

FIRM_N = 25.0


def test_a_trail_rises_where_the_roller_was_and_fades() -> None:
    glow = Glow()
    glow.follow(0.0, 250.0, 0.0)
    glow.follow(1.0, 500.0, FIRM_N)
    bins = glow.trace.size
    assert glow.trace[bins // 4 : bins // 2].min() > 0.8
    assert glow.trace[: bins // 4 - 1].max() == 0 == glow.trace[bins // 2 + 1 :].max()
    warm = glow.trace[bins // 3]
    glow.follow(41.0, 500.0, 0.0)
    assert 0 < glow.trace[bins // 3] < 0.2 * warm
