"""A request and its reply in their buffers: numbers, text, and a reply that is cut at the buffer's end."""

import pytest

from instep.link.exchange import ANSWER_AT, REPLY_DATA_AT, Exchange
from instep.link.frames import BODY_MAX, DATA_AT


def request(data, ticks=0):
    exchange = Exchange()
    body = bytearray(BODY_MAX)
    body[DATA_AT : DATA_AT + len(data)] = data
    exchange.begin(body, len(data), ticks)
    return exchange


def test_numbers_are_read_little_endian_from_the_data():
    exchange = request(bytes([0x01, 0x34, 0x12, 0xFF, 0xFF]))
    assert (exchange.u8(0), exchange.u16(1), exchange.u16(3)) == (1, 0x1234, 0xFFFF)


def test_a_text_ends_with_the_data_and_must_be_utf_8():
    assert request("träge".encode()).text() == "träge"
    assert request(b"").text() == ""
    with pytest.raises(UnicodeError):
        request(b"\xff\xfe").text()


def test_texts_are_appended_behind_the_answer():
    exchange = request(b"")
    exchange.reply[ANSWER_AT] = 7
    exchange.append_text("heat")
    exchange.append_text("=low")
    end = REPLY_DATA_AT + exchange.reply_data_bytes
    assert (exchange.reply[ANSWER_AT], bytes(exchange.reply[REPLY_DATA_AT:end])) == (7, b"heat=low")


def test_a_text_that_does_not_fit_is_cut_before_the_frame_s_check():
    exchange = request(b"")
    exchange.append_text("x" * 1_000)
    assert REPLY_DATA_AT + exchange.reply_data_bytes == BODY_MAX - 2
    assert exchange.reply[BODY_MAX - 2 :] == bytes(2)


def test_a_new_request_begins_with_an_empty_reply():
    exchange = request(b"")
    exchange.append_text("old")
    exchange.parts_left = 3
    exchange.begin(bytearray(BODY_MAX), 0, 42)
    assert (exchange.reply_data_bytes, exchange.parts_left, exchange.ticks) == (0, 0, 42)
