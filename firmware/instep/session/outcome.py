"""How a session ended, and why it was stopped."""

# INTERRUPTED stands only in the journal: power or loop stopped in the middle of the session.
RESULT_NONE, RESULT_DONE, RESULT_STOPPED, RESULT_REFUSED, RESULT_FAULT, RESULT_INTERRUPTED = range(6)
RESULT_NAMES = ("", "done", "stopped", "refused", "fault", "interrupted")

STOPPED_NOT, STOPPED_BY_BUTTON, STOPPED_NO_FEET, STOPPED_NO_ANSWER, STOPPED_PAUSED_LONG, STOPPED_NOTHING = range(6)
STOP_REASONS = ("", "stop_pressed", "no_feet", "no_answer", "paused_too_long", "no_strokes_for_these_feet")
