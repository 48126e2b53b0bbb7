"""How a session ended, and why it was stopped."""

RESULT_NONE, RESULT_DONE, RESULT_STOPPED, RESULT_REFUSED, RESULT_FAULT = range(5)
RESULT_NAMES = ("", "done", "stopped", "refused", "fault")

STOPPED_NOT, STOPPED_BY_BUTTON, STOPPED_NO_FEET, STOPPED_NO_ANSWER, STOPPED_PAUSED_LONG, STOPPED_NOTHING = range(6)
STOP_REASONS = ("", "stop_pressed", "no_feet", "no_answer", "paused_too_long", "no_strokes_for_these_feet")
