"""What a watched board sends by itself: all once, then motion twenty times a second, the others in turn."""

from collections import Counter
from itertools import pairwise

import pytest

from instep.axes import DISPLAY_COLUMNS, DISPLAY_ROWS, TICKS_PER_S
from instep.link import protocol
from instep.link.frames import DATA_AT, Decoder, Encoder
from instep.link.watch import Watch
from tests.fakes import stand_in

SECOND = TICKS_PER_S

MOTION, MACHINE, LEFT, RIGHT = (
    protocol.BLOCK_MOTION,
    protocol.BLOCK_MACHINE,
    protocol.BLOCK_LEFT,
    protocol.BLOCK_RIGHT,
)


class Rig:
    """A watch over telemetry of 4 bytes a block, and what it has sent: (tick, block) or (tick, "row")."""

    def __init__(self):
        self.state = 5
        telemetry = stand_in(write_block_part=lambda block, part, body, at, ticks: 4, state=lambda: self.state)
        self.encoder = Encoder()
        self.rows = [bytearray(b" " * DISPLAY_COLUMNS) for _ in range(DISPLAY_ROWS)]
        self.watch = Watch(telemetry, self.encoder, self.rows)
        self.ticks = 0
        self.sequences = []

    def run(self, ticks, slices=12, late_ticks=1):
        """Let ticks pass with some slices every `late_ticks`; return what was sent."""
        sent = []
        for _ in range(ticks // late_ticks):
            self.ticks += late_ticks
            for _ in range(slices):
                if not self.watch.send_next(self.ticks):
                    break
                if not self.encoder.is_done():
                    sent.append((self.ticks, self._read()))
        return sent

    def _read(self):
        decoder = Decoder()
        while not self.encoder.is_done():
            decoder.feed(self.encoder.piece, 0, self.encoder.fill())
        self.sequences.append(decoder.sequence)
        return "row" if decoder.kind == protocol.ROW else decoder.body[DATA_AT]


@pytest.fixture
def rig():
    return Rig()


def kinds(sent):
    return Counter(kind for _, kind in sent)


def test_nothing_is_sent_to_a_laptop_that_does_not_watch(rig):
    assert rig.run(SECOND) == []


def test_a_new_watch_gets_every_block_and_row_once(rig):
    rig.watch.begin(1)
    counts = kinds(rig.run(10))
    assert (counts["row"], counts[LEFT]) == (DISPLAY_ROWS, 1)
    assert counts[RIGHT] and counts[MACHINE] and counts[MOTION]


def test_motion_comes_every_50_ms_and_the_others_take_turns_every_200_ms(rig):
    rig.watch.begin(60)
    rig.run(SECOND)
    sent = rig.run(12 * SECOND)
    assert kinds(sent) == {MOTION: 240, MACHINE: 20, LEFT: 20, RIGHT: 20}
    at = [tick for tick, kind in sent if kind == MOTION]
    assert {after - before for before, after in pairwise(at)} == {5}


def test_a_watch_ends_after_its_seconds_and_at_once_with_0(rig):
    rig.watch.begin(2)
    sent = rig.run(10 * SECOND)
    assert 1.9 * SECOND < sent[-1][0] <= 2 * SECOND
    rig.watch.begin(9)
    rig.run(SECOND)
    rig.watch.begin(0)
    assert rig.run(SECOND) == []


def test_a_watch_that_is_renewed_does_not_send_everything_again(rig):
    rig.watch.begin(2)
    rig.run(SECOND)
    rig.watch.begin(2)
    assert kinds(rig.run(SECOND))["row"] == 0


@pytest.mark.parametrize("cause", ["state", "request"])
def test_another_state_or_a_request_makes_the_machine_due_at_once(rig, cause):
    rig.watch.begin(60)
    rig.run(SECOND + 3)
    if cause == "state":
        rig.state += 1
    else:
        rig.watch.request_machine()
    sent = rig.run(2)
    assert MACHINE in [kind for _, kind in sent]


def test_rows_and_feet_come_through_where_there_is_hardly_time_for_motion(rig):
    rig.watch.begin(250)
    counts = kinds(rig.run(200 * SECOND, slices=1, late_ticks=5))
    assert counts["row"] == DISPLAY_ROWS
    assert counts[MOTION] > 1_000
    assert counts[LEFT] == pytest.approx(counts[MOTION] / 12, abs=3)


def test_every_frame_has_the_next_sequence_number(rig):
    rig.watch.begin(60)
    rig.run(15 * SECOND)
    assert len(rig.sequences) > 256
    assert rig.sequences == [(1 + at) % 256 for at in range(len(rig.sequences))]
