"""The bundle of this checkout, made once."""

import pytest

from host_tools.flash.release import make_bundle


@pytest.fixture(scope="session")
def bundle():
    return make_bundle()
