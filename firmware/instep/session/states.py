"""The states and events of the session, and the table of its transitions."""

# States.
IDLE = 0
SCREENING = 1
SELFTEST = 2
FIT = 3
WARM = 4
RUN = 5
PAUSED = 6
CLOSING = 7
RETRACT = 8
DONE = 9
REFUSED = 10
FAULT = 11
OFF = 12
STATES = 13
NAMES = (
    "idle",
    "screening",
    "self-test",
    "fit",
    "warm",
    "run",
    "paused",
    "closing",
    "retract",
    "done",
    "refused",
    "fault",
    "off",
)

# Events. GO: the state's work is complete. START, STOP: the buttons. PAUSE: also if a foot is lifted out or moves.
# POWER: STOP was held. A session lets the feet go first; a fault has to be acknowledged instead.
GO = 0
START = 1
STOP = 2
PAUSE = 3
END = 4
REFUSE = 5
TRIP = 6
CLEARED = 7
POWER = 8
EVENTS = 9
# What a state's work returns when nothing follows from a tick.
NO_EVENT = -1

# state, event, next state. An event without a row changes nothing.
TRANSITIONS = (
    (IDLE, START, SCREENING),
    (IDLE, TRIP, FAULT),
    (IDLE, POWER, OFF),
    (SCREENING, GO, SELFTEST),
    (SCREENING, REFUSE, REFUSED),
    (SCREENING, STOP, IDLE),
    (SCREENING, TRIP, FAULT),
    (SELFTEST, GO, FIT),
    (SELFTEST, STOP, RETRACT),
    (SELFTEST, TRIP, FAULT),
    (FIT, GO, WARM),
    (FIT, PAUSE, SELFTEST),
    (FIT, STOP, RETRACT),
    (FIT, TRIP, FAULT),
    (WARM, GO, RUN),
    (WARM, STOP, RETRACT),
    (WARM, TRIP, FAULT),
    (RUN, PAUSE, PAUSED),
    (RUN, END, CLOSING),
    (RUN, GO, RETRACT),
    (RUN, STOP, RETRACT),
    (RUN, TRIP, FAULT),
    (PAUSED, GO, RUN),
    (PAUSED, STOP, RETRACT),
    (PAUSED, TRIP, FAULT),
    (CLOSING, PAUSE, PAUSED),
    (CLOSING, GO, RETRACT),
    (CLOSING, STOP, RETRACT),
    (CLOSING, TRIP, FAULT),
    (RETRACT, GO, DONE),
    (RETRACT, TRIP, FAULT),
    (DONE, START, IDLE),
    (DONE, STOP, IDLE),
    (DONE, TRIP, FAULT),
    (DONE, POWER, OFF),
    (REFUSED, START, IDLE),
    (REFUSED, STOP, IDLE),
    (REFUSED, TRIP, FAULT),
    (REFUSED, POWER, OFF),
    (FAULT, CLEARED, IDLE),
    (OFF, START, IDLE),
    (OFF, TRIP, FAULT),
)


def _matrix() -> bytes:
    """Return the next state for every state and event, row by row: looking it up allocates nothing."""
    cells = bytearray(STATES * EVENTS)
    for state in range(STATES):
        for event in range(EVENTS):
            cells[state * EVENTS + event] = state
    for state, event, following in TRANSITIONS:
        cells[state * EVENTS + event] = following
    return bytes(cells)


_NEXT = _matrix()


def next_state(state: int, event: int) -> int:
    """Return the state that follows `event`; the same state if the table has no row for it."""
    return _NEXT[state * EVENTS + event]
