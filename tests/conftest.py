"""Settings that all tests share."""

import os

import pytest
from hypothesis import Phase, settings

# Nothing here is timed: the machine that runs the tests is shared. A failure seen by everyone must come again.
settings.register_profile("everyone", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
# Whether a test fails is all that is asked of a mutant: the smallest example that makes it fail takes long to find.
settings.register_profile("mutants", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyone"))


# What a test has counted and people want to see: record_property("figure", "a sentence").
FIGURE = "figure"
FUZZ = "fuzz"


def pytest_configure(config: pytest.Config) -> None:
    """Register xdist's marker where its plugin is off: `-p no:xdist` runs the same tests, one after the other."""
    if not config.pluginmanager.hasplugin("xdist"):
        config.addinivalue_line("markers", "xdist_group(name): tests that share a process")


def _recorded(terminalreporter: pytest.TerminalReporter, name: str) -> list[tuple[float, str]]:
    """Return the duration and what was recorded under a name, whichever process ran the test."""
    return [
        (report.duration, text)
        for report in terminalreporter.stats.get("passed", [])
        for recorded, text in report.user_properties
        if recorded == name
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures, and the counts and durations of the long runs of random input."""
    figures = _recorded(terminalreporter, FIGURE)
    if figures:
        terminalreporter.section("figures")
        for text in sorted(text for _, text in figures):
            terminalreporter.line(text)
    runs = _recorded(terminalreporter, FUZZ)
    if os.environ.get("INSTEP_PROGRAMS") and runs:
        terminalreporter.section("random input")
        for duration, text in runs:
            terminalreporter.line(f"{duration:7.0f} s  {text}")
