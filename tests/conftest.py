"""Settings that all tests share."""

import os

import pytest
from hypothesis import settings

# Nothing here is timed: the machine that runs the tests is shared. A failure seen by everyone must come again.
settings.register_profile("everyone", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyone"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what the long runs of random input have counted, and how long each took."""
    reports = [report for report in terminalreporter.stats.get("passed", []) if dict(report.user_properties)]
    if os.environ.get("INSTEP_PROGRAMS") and reports:
        terminalreporter.section("random input")
        for report in reports:
            terminalreporter.line(f"{report.duration:7.0f} s  {dict(report.user_properties).get('fuzz')}")
