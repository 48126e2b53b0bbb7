"""The short words of the display's rows, in one table: where a group begins is a row number."""

from instep.texts import Texts

# The groups in the order of the table.
TECHNIQUES = 0  # in the order of the program's techniques; each fits on a row behind "GENTLE "
BALANCES = 7  # from the least balance to the greatest; the other foot has the chosen intensity
SOUNDS = 12
FEET = 14
FEET_AT_START = 17
FEET_AT_STROKES = 20
PACES = 22
NO_YES = 25
PEOPLE = 27
CLEANS = 31
ROWS = 33  # of the page of choices
ROLLERS = 41
SKIPS = 45  # of a technique: given, offered to be left out, left out
HEATS = 48
REFUSALS = 52  # why a gentle session has refused a button, by REFUSED_ from the first one on
WORDS = Texts(
    b"SMOOTHING|TOP OF FOOT|SOLE|TOE PULL|TOE SLIDE|REST|OWN STROKE|"
    b"right -2|right -1|equal|left -1|left -2|"
    b"faults|all|"
    b"left|right|both|"
    b"left foot|right foot|both feet|"
    b"left  |right |"
    b"1 slow|2 usual|3 fast|"
    b"no|yes|"
    b"person A|person B|person C|person D|"
    b"feet out|+ begins|"
    b"again|who|time|pace|feet|left/right|sound|clean|"
    b"left top|left sole|right top|right sole|"
    b"given|+ skips|left out|"
    b"off|low|medium|high|"
    b"Gentle today: no firmer than 3.|Gentle today: the heat stays off.|Gentle today: slow, ten minutes at most.|"
)
