"""The modes of a foot's player."""

# REST: at home with nothing to do. HELD: paused, everything lifted off the foot. WAIT: before a stroke, which the
# scheduler starts. ENTER, STROKE, LEAVE: playing steps. BRAKE, RELEASE, RETURN, RETRACT: letting go or taking up.
REST, HELD, WAIT, ENTER, STROKE, LEAVE, BRAKE, RELEASE, RETURN, RETRACT = range(10)
