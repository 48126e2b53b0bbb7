"""A session of one minute that was never played, and its trace."""

import pytest

from host_tools.trace import write_trace
from tests.sim import synthetic


@pytest.fixture(scope="module")
def recording():
    return synthetic.session(minutes=1.0)


@pytest.fixture(scope="module")
def trace(recording, tmp_path_factory):
    path = tmp_path_factory.mktemp("trace") / "session.mcap"
    write_trace(recording, path)
    return path
