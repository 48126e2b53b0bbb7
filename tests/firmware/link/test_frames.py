"""Frames: an encoded message is decoded unchanged, noise between frames is skipped, a corrupted frame is dropped."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from host_tools.link.wire import frame
from instep.link.frames import (
    BODY_MAX,
    DATA_AT,
    DATA_MAX,
    ESCAPE,
    FLAG,
    FLIP,
    INTERRUPT,
    PIECE_BYTES,
    Decoder,
    Encoder,
)

BYTES = st.integers(0, 255)
DATA = st.binary(max_size=DATA_MAX)
MESSAGES = st.tuples(BYTES, BYTES, DATA)


def decode(wire: bytes, decoder: Decoder | None = None) -> list[tuple[int, int, bytes]]:
    """Return all messages in `wire`."""
    decoder = decoder or Decoder()
    found = []
    at = decoder.feed(wire, 0, len(wire))
    while at >= 0:
        found.append((decoder.kind, decoder.sequence, bytes(decoder.body[DATA_AT : DATA_AT + decoder.data_bytes])))
        at = decoder.feed(wire, at, len(wire))
    return found


@given(MESSAGES)
@example((INTERRUPT, FLAG, bytes([ESCAPE, INTERRUPT, FLAG] * 66)))
def test_a_message_comes_out_as_it_went_in(message):
    assert decode(frame(*message)) == [message]


@given(MESSAGES)
def test_no_frame_contains_the_byte_that_interrupts_a_board(message):
    wire = frame(*message)
    assert INTERRUPT not in wire
    assert wire.count(FLAG) == 2 and wire[0] == wire[-1] == FLAG


def test_the_check_is_that_of_hdlc():
    assert frame(ord("1"), ord("2"), b"3456789") == b"\x7e123456789\x6e\x90\x7e"


@given(st.lists(MESSAGES, max_size=5), st.binary(max_size=40), st.integers(1, 7))
def test_messages_are_found_after_any_noise_and_in_any_pieces(messages, noise, step):
    wire = noise + b"".join(frame(*message) for message in [(1, 2, b""), *messages])
    decoder = Decoder()
    found = []
    for at in range(0, len(wire), step):
        found += decode(wire[at : at + step], decoder)
    assert found[-len(messages) :] == messages if messages else True


@given(MESSAGES, st.text("Traceback >>>\r\n\x04", min_size=1))
def test_text_of_a_repl_between_two_frames_is_skipped(message, printed):
    wire = frame(*message) + printed.encode() + frame(*message)
    assert decode(wire) == [message, message]


@given(MESSAGES, st.data())
def test_a_frame_with_one_changed_byte_is_dropped(message, data):
    wire = bytearray(frame(*message))
    at = data.draw(st.integers(1, len(wire) - 2))
    wire[at] ^= data.draw(st.integers(1, 255))
    assert message not in decode(bytes(wire))


@given(MESSAGES, MESSAGES, st.data())
def test_a_frame_that_is_cut_short_does_not_damage_the_next_one(lost, message, data):
    wire = frame(*lost)
    wire = wire[: data.draw(st.integers(0, len(wire) - 1))] + frame(*message)
    assert decode(wire)[-1:] == [message]


@given(st.binary(max_size=4 * BODY_MAX))
def test_random_bytes_raise_nothing(noise):
    for _, _, data in decode(noise):
        assert len(data) <= DATA_MAX


def test_a_frame_beyond_the_longest_is_dropped_and_counted():
    decoder = Decoder()
    assert decode(bytes([FLAG]) + b"x" * (BODY_MAX + 1) + bytes([FLAG]), decoder) == []
    assert decoder.damaged == 1


@pytest.mark.parametrize("special", [FLAG, ESCAPE, INTERRUPT])
@pytest.mark.parametrize("data_bytes", [PIECE_BYTES - DATA_AT, PIECE_BYTES, DATA_MAX])
def test_pieces_have_room_for_a_frame_that_is_escaped_throughout(data_bytes, special):
    message = (special, special, bytes([special]) * data_bytes)
    wire = frame(*message)
    assert len(wire) >= 2 + 2 * (DATA_AT + data_bytes)
    assert decode(wire) == [message]


@given(MESSAGES, st.data())
def test_a_needless_escape_makes_a_frame_invalid(message, data):
    wire = frame(*message)
    at = data.draw(st.integers(1, len(wire) - 1))
    assume(wire[at] not in (FLAG, ESCAPE) and wire[at] ^ FLIP not in (FLAG, ESCAPE, INTERRUPT))
    assume(wire[at - 1] != ESCAPE)
    decoder = Decoder()
    assert decode(wire[:at] + bytes([ESCAPE, wire[at] ^ FLIP]) + wire[at + 1 :], decoder) == []
    assert decoder.damaged == 1


def test_the_escaped_check_is_written_for_every_message():
    """Some checks have bytes that must be escaped; both of them may."""
    escaped = [0, 0]
    for sequence in range(256):
        for data in (b"", b"\0", b"\1"):
            wire = frame(1, sequence, data)
            assert decode(wire) == [(1, sequence, data)]
            escaped[wire[-3] == ESCAPE] += 1
    assert escaped[1] > 0


def test_a_frame_that_is_dropped_while_it_is_sent_ends_at_the_next():
    encoder = Encoder()
    body = bytearray(BODY_MAX)
    encoder.begin(body, 1, 2, DATA_MAX)
    wire = bytes(encoder.piece[: encoder.fill()])
    assert len(wire) == 1 + PIECE_BYTES
    encoder.drop()
    assert encoder.is_done() and encoder.fill() == 0
    decoder = Decoder()
    assert decode(wire + frame(3, 4, b"next"), decoder) == [(3, 4, b"next")]
    assert decoder.damaged == 1
