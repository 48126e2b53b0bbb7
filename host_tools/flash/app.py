"""Ask the firmware that runs on a board to enter maintenance mode."""

from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.errors import LinkError, OtherVersionError, RefusedError
from instep.link.protocol import ANSWER_NOT_IDLE


def let_go(port: str, is_forced: bool) -> None:
    """Ask the firmware to make its outputs safe and reset into maintenance mode; do nothing if none answers.

    Raise InstepError if a session runs and must not be interrupted.
    """
    try:
        with Client(port) as client:
            client.enter_maintenance(is_forced)
    except RefusedError as refused:
        if refused.answer != ANSWER_NOT_IDLE:
            raise
        raise InstepError(
            f"A session is under way on the board at {port}, and it is not interrupted.",
            "Wait for its end or press STOP. To end it from here, its outputs made safe first: instep flash --force",
        ) from None
    except OtherVersionError:
        if is_forced:
            return  # the interrupt makes its outputs safe too
        raise InstepError(
            f"The firmware at {port} cannot be asked whether a session is under way: its link has another version.",
            "Make sure that nobody has their feet in the machine, then run: instep flash --force",
        ) from None
    except LinkError:
        return  # no Instep, an older one, or one that hangs: an interrupt reaches the prompt
