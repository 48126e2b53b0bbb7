"""The results of a session, and the reasons for stopping one."""

# INTERRUPTED is found only in the journal: the power failed or the loop stopped in the middle of the session.
RESULT_NONE, RESULT_DONE, RESULT_STOPPED, RESULT_REFUSED, RESULT_FAULT, RESULT_INTERRUPTED = range(6)
RESULT_NAMES = ("", "done", "stopped", "refused", "fault", "interrupted")

STOPPED_NOT = 0
STOPPED_BY_BUTTON = 1
STOPPED_NO_FEET = 2
STOPPED_NO_ANSWER = 3
STOPPED_PAUSED_LONG = 4
STOPPED_NOTHING = 5
STOPPED_OVERTIME = 6  # a program from another tool has a stroke or closing longer than a session
STOPPED_FEET_OUT = 7  # the feet did not come back after the lotion
STOP_REASONS = (
    "",
    "stop_pressed",
    "no_feet",
    "no_answer",
    "paused_too_long",
    "no_strokes_for_these_feet",
    "overtime",
    "feet_stayed_out",
)
