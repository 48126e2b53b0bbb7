"""The gauges of force and temperature."""

from host_tools.view.gauges import bar, force_line, skin_line


def test_a_gauge_fills_to_its_share_and_marks_its_target() -> None:
    plain = bar(20, 0.5, 0.75, "red").plain
    assert plain == "━" * 10 + "─" * 5 + "┃" + "─" * 4
    assert bar(20, 7.0, None, "red").plain == "━" * 20
    assert bar(20, -1.0, 2.0, "red").plain == "─" * 19 + "┃"


def test_gauge_lines_keep_to_their_width_and_say_measured_and_wanted() -> None:
    assert force_line(30, "top", 24.6, 25.0).plain.endswith("24.6/25.0 N")
    assert skin_line(30, 38.2, 39.0).plain.endswith("38.2/39 °C")
    assert skin_line(30, 31.0, 0.0).plain.endswith("31.0/off")
    assert {force_line(30, "top", n, 35.0).cell_length for n in (0.0, 9.9, 60.0)} == {30}
