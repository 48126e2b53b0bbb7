"""A notice waits for its turn and is shown once."""

import pytest

from instep.guard import faults
from instep.guard.notices import Notices


@pytest.fixture
def messages():
    return Notices()


def test_no_notice_waits_at_first(messages):
    assert messages.first() == faults.NO_FAULT
    assert not any(messages.is_waiting(fault) for fault in range(faults.count()))
    messages.acknowledge()
    assert messages.first() == faults.NO_FAULT


def test_messages_come_one_by_one_in_the_order_of_their_numbers_and_each_once(messages):
    for fault in reversed(faults.MESSAGES):
        messages.tell(fault)
        messages.tell(fault)
        assert messages.first() == fault
    for fault in sorted(faults.MESSAGES):
        assert messages.first() == fault and messages.is_waiting(fault)
        messages.acknowledge()
        assert not messages.is_waiting(fault)
    assert messages.first() == faults.NO_FAULT


def test_a_message_can_come_again(messages):
    fault = faults.MESSAGES[0]
    messages.tell(fault)
    messages.acknowledge()
    messages.tell(fault)
    assert messages.first() == fault
