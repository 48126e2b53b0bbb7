"""The outcome of a fault: the time from showing to reaction."""

import pytest

from sim.faults.detection import Detection


@pytest.mark.parametrize(
    ("onset", "noticed", "delay_ms"),
    [(100, 100, 10), (100, 119, 200), (0, 0, 10), (100, None, None), (None, None, None)],
)
def test_the_delay_counts_the_tick_of_the_reaction(onset, noticed, delay_ms):
    assert Detection("fault@1s", onset_tick=onset, noticed_tick=noticed).delay_ms == delay_ms


def test_a_fault_that_has_not_shown_is_answered_rightly():
    detection = Detection("fault@1s")
    assert detection.reaction_ok and (detection.fault_name, detection.wrong) == ("", "")
