"""The root of everything that can go wrong on the laptop through no fault of the code."""

EXIT_FAILED = 1


class InstepError(Exception):
    """An expected failure: `message` says what is wrong, `advice` what to do next."""

    def __init__(self, message: str, advice: str = "", exit_code: int = EXIT_FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.exit_code = exit_code
