"""Errors between laptop and board, and the message and advice for every refusal."""

from host_tools.errors import InstepError
from instep.link import protocol

# Answer: message, advice.
REFUSALS = {
    protocol.ANSWER_UNKNOWN: ("The board does not know this request.", "Run `instep flash`: its firmware is older."),
    protocol.ANSWER_MALFORMED: ("The board does not understand this request.", "Run `instep flash`."),
    protocol.ANSWER_NOT_IDLE: (
        "A session is under way on the machine.",
        "Wait until it shows its menu, or press STOP and then START.",
    ),
    protocol.ANSWER_NOT_RUNNING: ("No massage is running on the machine.", "`instep monitor` shows what it does."),
    protocol.ANSWER_AT_MACHINE: ("Only a person at the machine can do that.", "Press its START button."),
    protocol.ANSWER_FAULT: (
        "The machine has stopped for safety.",
        "Look at its display, remove the cause, and press its START button.",
    ),
    protocol.ANSWER_RANGE: (
        "The machine does not allow that value.",
        "See `instep settings` and `instep jog --help`.",
    ),
    protocol.ANSWER_GENTLE: (
        "These feet get the gentle massage only.",
        "Heat stays off and the pace slow until the session ends.",
    ),
    protocol.ANSWER_NO_PROGRAM: ("The machine has no program of that name.", "`instep run` sends it one."),
    protocol.ANSWER_BAD_PROGRAM: (
        "The machine refuses the program.",
        "Check it with `instep program check`; if that passes, run `instep flash`.",
    ),
    protocol.ANSWER_BUSY: ("The machine is busy with a test.", "Try again in a few seconds."),
    protocol.ANSWER_FOOT_IN: ("A foot is in its well.", "Take the feet out: no axis is jogged on a foot."),
    protocol.ANSWER_GAP: ("A part of the program was lost on its way.", "Run the command again."),
}


class LinkError(InstepError):
    """The board is missing, silent, or unplugged."""


class OtherVersionError(LinkError):
    """The firmware speaks another version of the link."""


class RefusedError(InstepError):
    """The board has refused a request; `answer` is its ANSWER_."""

    def __init__(self, answer: int, text: str = "") -> None:
        message, advice = REFUSALS.get(answer, (f"The board refuses (answer {answer}).", "Run `instep flash`."))
        super().__init__(f"{message[:-1]}: {text}." if text else message, advice)
        self.answer = answer
