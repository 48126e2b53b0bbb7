"""Define the root of all expected failures on the laptop."""

EXIT_FAILED = 1


class InstepError(Exception):
    """An expected failure: `message` says what happened and why, `advice` what to do next."""

    def __init__(self, message: str, advice: str = "", exit_code: int = EXIT_FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.exit_code = exit_code
