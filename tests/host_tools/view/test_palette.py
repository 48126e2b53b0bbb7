"""The colours of forces."""

from host_tools.view.palette import force_colour


def test_the_force_colour_goes_from_teal_over_amber_to_red() -> None:
    light, firm, stop = force_colour(0.0), force_colour(25.0), force_colour(60.0)
    assert light[2] > light[0]
    assert firm[0] > firm[1] > firm[2]
    assert stop[0] > 2 * stop[1]
    assert force_colour(-3.0) == light and force_colour(90.0) == stop
