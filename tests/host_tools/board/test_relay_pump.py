"""The relay's pump: its times against the circuit itself, and what a board file may say."""

from math import exp

import pytest

from host_tools.board.check import check_text
from host_tools.board.findings import BoardFileError
from host_tools.board.load import load_board, shipped
from host_tools.board.relay_pump import Pump, allowed_ms
from host_tools.machine.tables import REFERENCE, table
from tests.host_tools.board_files import REMOVED, edited, refusals

NOMINAL = Pump(coupling_f=4.7e-6, hold_f=1e-6, bleed_ohm=43_000, threshold_v=1.24, supply_v=3.3)
TICK_S = 0.01


def violations(text):
    with pytest.raises(BoardFileError) as caught:
        check_text(text, "my.toml")
    return caught.value.violations


def _simulated_ms(supply_v, drops_v, coupling_f, hold_f, bleed_ohm, threshold_v):
    """Pump the circuit for a second, pulse by pulse, then count until the threshold is reached."""
    left = exp(-TICK_S / (bleed_ohm * hold_f))
    held_v = 0.0
    for _ in range(100):
        # The coupling capacitor starts each pulse with a diode's drop; charge moves until the other diode blocks.
        moved_c = max(0.0, supply_v - drops_v - held_v) / (1 / coupling_f + 1 / hold_f)
        pumped_v = held_v + moved_c / hold_f
        held_v = pumped_v * left
    passed_us = 0
    while pumped_v > threshold_v:
        pumped_v -= pumped_v / (bleed_ohm * hold_f) * 1e-6
        passed_us += 1
    return passed_us / 1_000


def test_the_times_are_those_of_the_circuit():
    low_ms, high_ms = NOMINAL.held_ms()
    nominal_ms = _simulated_ms(3.3, 0.4, 4.7e-6, 1e-6, 43_000, 1.24)
    assert low_ms < nominal_ms < high_ms
    assert nominal_ms == pytest.approx((low_ms + high_ms) / 2, abs=0.5)
    longest_ms = _simulated_ms(3.4, 0.3, 4.7e-6 * 1.05, 1.05e-6, 43_000 * 1.01, 1.22)
    # The worst of the formula takes the hold capacitor as large for the time and as small for the share of a pulse.
    assert high_ms == pytest.approx(longest_ms, abs=1.0) and high_ms >= longest_ms
    shortest_ms = _simulated_ms(3.2, 0.5, 4.7e-6 * 0.95, 0.95e-6, 43_000 * 0.99, 1.26)
    assert low_ms == pytest.approx(shortest_ms, abs=1.0) and low_ms <= shortest_ms


@pytest.mark.parametrize("name", shipped())
def test_the_simulated_relay_has_the_pump_of_the_shipped_boards(name):
    values = load_board(name).wiring.table("relay_pump")
    pump = Pump(
        values["coupling_nf"] / 1e9, values["hold_nf"] / 1e9, values["bleed_ohm"], values["threshold_mv"] / 1e3, 3.3
    )
    assert [round(held_ms, 1) for held_ms in pump.held_ms()] == table(REFERENCE, "parts")["relay"]["pump_hold_ms"]


def test_the_relay_bears_two_missed_ticks_and_opens_within_50_ms():
    relay = table(REFERENCE, "parts")["relay"]
    shortest_ms, longest_ms = NOMINAL.held_ms()
    assert shortest_ms + min(relay["release_ms"]) >= 30
    assert longest_ms + max(relay["release_ms"]) + max(relay["bounce_ms"]) <= 50
    assert allowed_ms() == (28, 41)


def test_a_board_file_of_a_machine_without_the_pump_is_refused_with_what_to_build_and_to_add():
    text = edited({})
    start = text.index("[relay_pump]")
    (found,) = violations(text[:start] + text[text.index("[pulls_ohm]") :])
    assert (found.field, found.problem) == ("relay_pump", "is missing")
    assert found.remedy == (
        "The relay is held by pulses now, no longer by a level: build its pump (docs/build.md), then copy "
        "[relay_pump] from boards/pico/board.toml"
    )


CASES = {
    "a pump that lets go too early": (
        {"relay_pump.bleed_ohm": "33_000"},
        "relay_pump.bleed_ohm = 33000: holds the relay for 21.5 to 31.0 ms after a pulse (28 ms bear two missed "
        "ticks, 41 ms open within 50 ms); allowed: 42356 to 43173 ohm. Correct the pump.",
    ),
    "a pump that holds for too long": (
        {"relay_pump.hold_nf": "1_170"},
        "relay_pump.bleed_ohm = 43000: holds the relay for 33.2 to 47.7 ms after a pulse (28 ms bear two missed "
        "ticks, 41 ms open within 50 ms); allowed: 36552 to 37146 ohm. Correct the pump.",
    ),
    "a pulse that is too small": (
        {"relay_pump.coupling_nf": "2_200"},
        "relay_pump.coupling_nf = 2200: is too small for the hold capacitor: a pulse does not fill it; allowed: at "
        "least 4000. Use a larger capacitor.",
    ),
    "capacitors with which no resistor does": (
        {"relay_pump.threshold_mv": "1_500"},
        "other capacitors: no resistor does with these. Correct the pump.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_pump_that_cannot_do_both_is_refused_with_the_sum(case):
    changes, expected = CASES[case]
    (said,) = refusals(changes)
    assert expected in said


def test_the_ends_of_the_allowed_resistor_are_accepted():
    for ohm in ("42356", "43173"):
        check_text(edited({"relay_pump.bleed_ohm": ohm}), "my.toml")
    for ohm in ("42355", "43174"):
        assert violations(edited({"relay_pump.bleed_ohm": ohm}))


def test_a_missing_figure_breaks_no_further_rule():
    assert len(refusals({"relay_pump.hold_nf": REMOVED})) == 1
