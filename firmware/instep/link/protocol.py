"""The messages of the link: their kinds, answers and layouts. The laptop imports them from here.

The laptop sends requests. The board answers each with the request's kind | REPLY, its sequence number, one byte of
ANSWER_ and the reply's data. While the board is watched it also sends TELEMETRY and ROW frames by itself: the motion
block 20 times a second, the other blocks in turn, because there is no time to send all of them so often. Numbers are
little-endian.

`python -m host_tools.docs.protocol` makes docs/protocol.md of this file: the comment behind a request, an answer, a
layout or a flag is its text there.
"""

REPLY = 0x80

# Requests: data of the request -> data of the reply behind its answer.
HELLO = 1  # none -> HELLO_FORMAT; the board also forgets the last sequence number
STATUS = 2  # none -> the machine's block, the left foot's block, the right foot's block
WATCH = 4  # u8 seconds: send TELEMETRY and ROW for so long; 0 ends it
STOP = 5  # none: press STOP
START = 6  # none: after a session show the menu; at the menu begin the questions, which are answered at the machine
PAUSE = 7  # none: pause the massage
RESUME = 8  # none: end a pause that came from the laptop
NEXT = 9  # none: go on to the next technique
LEVEL = 10  # LEVEL_FORMAT: change a level
PROGRAM = 11  # name, 1 to 16 bytes: choose a program
PROGRAMS = 12  # u8 number -> name in 16 bytes, PROGRAM_FIGURES_FORMAT
CHUNK = 13  # u16 offset, up to CHUNK_MAX bytes of a compiled program
INSTALL = 14  # u16 size of the program: check and choose it -> the violation, as text
JOURNAL = 15  # u16 offset -> JOURNAL_FORMAT, up to JOURNAL_MAX bytes of the journal's payload
SETTINGS = 16  # none -> the settings' payload, as text
SETTING = 17  # key=value, as text: change a setting -> the reason of a refusal, as text
JOG = 18  # JOG_FORMAT: move an axis for another 200 ms
CHECK = 19  # none: run the self-test up to its first movement
MAINTENANCE = 20  # u8, 1 = even if a session runs: make the outputs safe and restart into maintenance mode
FIRMWARE = 21  # none -> the firmware's version, as text

# Frames that the board sends by itself while it is watched.
TELEMETRY = 96  # u8 BLOCK_, then the block
ROW = 97  # u8 number, then the characters of a row of the display

# Answers.
ANSWER_DONE = 0  # the request is accepted
ANSWER_UNKNOWN = 1  # no such request
ANSWER_MALFORMED = 2  # too short or too long
ANSWER_NOT_IDLE = 3  # accepted at the menu only
ANSWER_NOT_RUNNING = 4  # nothing to pause, resume or skip
ANSWER_AT_MACHINE = 5  # a person must press a button at the machine
ANSWER_FAULT = 6  # a fault must be acknowledged at the machine
ANSWER_RANGE = 7  # no such level, setting or axis, or a value out of range
ANSWER_GENTLE = 8  # not for feet that need care
ANSWER_NO_PROGRAM = 9  # no program of that name or number
ANSWER_BAD_PROGRAM = 10  # the program violates a rule
ANSWER_BUSY = 11  # jogging, a self-test or the way to a pause is under way
ANSWER_GAP = 12  # chunks must follow on from each other
ANSWER_FOOT_IN = 13  # no axis is jogged while a foot is in a well
ANSWERS = 14

# Layouts.
HELLO_FORMAT = "<BBBBH"  # link version, session state, schema of the settings, schema of the journal, largest program
PROGRAM_FIGURES_FORMAT = "<HBBHH"  # size, minutes, heat, low half of the CRC-32, high half of the CRC-32
JOURNAL_FORMAT = "<HH"  # revision modulo MODULUS, size
LEVEL_FORMAT = "<BB"  # LEVEL_, value
JOG_FORMAT = "<Bi"  # axis 0 to 19 = foot * 10 + axis, value

# Limits.
CHUNK_MAX = 128
JOURNAL_MAX = 64
MODULUS = 1 << 16

# Levels.
LEVEL_INTENSITY, LEVEL_PACE, LEVEL_HEAT, LEVEL_MINUTES, LEVEL_FEET = range(5)

# Blocks of telemetry; their fields stand in `telemetry_fields.py`.
BLOCK_MACHINE, BLOCK_LEFT, BLOCK_RIGHT, BLOCK_MOTION = range(4)

# Flags of the machine's block.
FLAG_RELAY_WANTED = 1  # the firmware wants the safety relay closed
FLAG_RELAY_CLOSED = 2  # the safety relay's contact is closed
FLAG_SERVOS_ON = 4  # the servos get pulses
FLAG_EMERGENCY_STOP = 8  # the emergency stop is pressed
FLAG_GENTLE = 16  # this session is the gentle one
FLAG_LOTION = 32  # lotion is on the feet
FLAG_PAUSED_HERE = 64  # the pause came from the laptop, which may end it
FLAG_LOOP_STOPPED = 128  # the last start followed a stopped control loop
FLAG_BUTTON_STUCK = 256  # a button has been held for too long
FLAG_ROLLER = 512  # the latched fault is about the left top roller; times 2, 4, 8: left sole, right top, right sole

# Of the field `technique`.
NO_TECHNIQUE = 255
