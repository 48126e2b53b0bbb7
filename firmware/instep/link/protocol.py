"""What is said over the link: the kinds of messages and their layouts; the laptop imports them from here.

The laptop asks, the board answers every request with its kind | REPLY, its sequence number and, as the first byte, an
ANSWER_. Beside that the board sends TELEMETRY and ROW by itself while it is watched: what moves twenty times a second,
the rest of the machine and of each foot by turns, because there is no time to tell everything so often. All numbers
are little-endian.
"""

REPLY = 0x80

# Requests: what they carry -> what the reply carries beside the answer.
HELLO = 1  # nothing -> HELLO_FORMAT; forgets what was said before
STATUS = 2  # nothing -> TELEMETRY_FORMAT, twice FOOT_FORMAT
WATCH = 4  # seconds, u8: telemetry for so long, 0 ends it
STOP = 5  # nothing
START = 6  # nothing: to the menu after a session; there, begin the questions, which are answered at the machine
PAUSE = 7  # nothing
RESUME = 8  # nothing: only after a pause that came from here
NEXT = 9  # nothing: the next technique
LEVEL = 10  # LEVEL_FORMAT
PROGRAM = 11  # the name, 1..16 bytes
PROGRAMS = 12  # number, u8 -> the name in 16 bytes, PROGRAM_FIGURES_FORMAT
CHUNK = 13  # u16 where, up to CHUNK_MAX bytes of a compiled program
INSTALL = 14  # u16 size of the program -> what is wrong with it, as text
JOURNAL = 15  # u16 where -> JOURNAL_FORMAT, up to JOURNAL_MAX bytes of the journal's payload
SETTINGS = 16  # nothing -> the settings' payload
SETTING = 17  # key=value -> what is wrong with it, as text
JOG = 18  # JOG_FORMAT, again and again
CHECK = 19  # nothing: the self-test of a session up to where it would move
MAINTENANCE = 20  # 1 = even if a session runs

TELEMETRY = 96  # u8 which, of TOLD_; in its format
ROW = 97  # u8 number, the characters of a row of the display

# Answers.
ANSWER_DONE = 0
ANSWER_UNKNOWN = 1  # no such request
ANSWER_MALFORMED = 2  # too short or too long
ANSWER_NOT_IDLE = 3  # only while the machine shows its menu
ANSWER_NOT_RUNNING = 4  # nothing to pause, resume or skip
ANSWER_AT_MACHINE = 5  # a person has to press a button there
ANSWER_FAULT = 6  # a fault has to be acknowledged there
ANSWER_RANGE = 7  # no such level, setting, axis, or too much of it
ANSWER_GENTLE = 8  # not for feet that need care
ANSWER_NO_PROGRAM = 9  # no program of that name or number
ANSWER_BAD_PROGRAM = 10  # refused by the checks
ANSWER_BUSY = 11  # an axis or the self-test is being tried
ANSWER_GAP = 12  # chunks have to follow on
ANSWER_FOOT_IN = 13  # no axis is jogged while a foot is in a well
ANSWERS = 14

HELLO_FORMAT = "<BBBBH"  # VERSION, state, schema of the settings and of the journal, most bytes of a program
PROGRAM_FIGURES_FORMAT = "<HBBHH"  # size, minutes, heat, low and high half of the CRC-32
JOURNAL_FORMAT = "<HH"  # revision, size
LEVEL_FORMAT = "<BB"
JOG_FORMAT = "<Bi"  # axis 0..19 (foot * 10 + axis), value
CHUNK_MAX = 128
JOURNAL_MAX = 64
MODULUS = 1 << 16  # of the journal's revision

# Levels.
LEVEL_INTENSITY, LEVEL_PACE, LEVEL_HEAT, LEVEL_MINUTES, LEVEL_FEET = range(5)

# Telemetry: the whole machine, then each foot. `names.py` has the names of the values, in their order.
# A board writes each in two steps, which it has time for between two ticks.
TELEMETRY_HEAD_FORMAT = "<IIHHHHHBB"
TELEMETRY_REST_FORMAT = "<BBBBBBBHHBBBBBBBB"
TELEMETRY_FORMAT = TELEMETRY_HEAD_FORMAT + TELEMETRY_REST_FORMAT[1:]

FLAG_RELAY_WANTED = 1
FLAG_RELAY_CLOSED = 2
FLAG_SERVOS_ON = 4
FLAG_EMERGENCY_STOP = 8
FLAG_GENTLE = 16
FLAG_LOTION = 32
FLAG_PAUSED_HERE = 64
FLAG_LOOP_STOPPED = 128
FLAG_BUTTON_STUCK = 256

NO_TECHNIQUE = 255

FOOT_HEAD_FORMAT = "<BBHHiiiHHHH"
FOOT_REST_FORMAT = "<HHhHHHhhHHHhhHH"
FOOT_FORMAT = FOOT_HEAD_FORMAT + FOOT_REST_FORMAT[1:]

# What a TELEMETRY is about.
TOLD_MACHINE, TOLD_LEFT, TOLD_RIGHT, TOLD_MOTION = range(4)

# What is told so often: of the machine, then of each foot.
MOTION_HEAD_FORMAT = "<I"
MOTION_FOOT_FORMAT = "<iiHHHHhH"
