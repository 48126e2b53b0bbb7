"""Settings that all tests share."""

import os

from hypothesis import settings

# Nothing here is timed: the machine that runs the tests is shared. A failure seen by everyone must come again.
settings.register_profile("everyone", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyone"))
