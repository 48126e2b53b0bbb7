"""An expected failure: its message, what to do, and the exit code of the command."""

from host_tools.errors import EXIT_FAILED, InstepError


def test_message_and_advice_are_kept_apart_and_the_exit_code_says_failed():
    error = InstepError("No board was found.", "Plug it in.")
    assert (str(error), error.message, error.advice) == ("No board was found.", "No board was found.", "Plug it in.")
    assert error.exit_code == EXIT_FAILED != 0
    assert InstepError("It stopped.", exit_code=3).exit_code == 3
