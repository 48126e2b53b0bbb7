"""One session of the demo program for all tests that only read it."""

import pytest

from tests.scenarios.machine import finish, recording, simulate


@pytest.fixture(scope="session")
def demo():
    """The demo session, every tick of it recorded."""
    return finish(simulate("demo", every=1))


@pytest.fixture(scope="session")
def seen(demo):
    """Its recording."""
    return recording(demo)


@pytest.fixture(scope="module")
def cluster():
    """Yield the address of a cluster of two workers."""
    # Here: no other test needs it, and it takes a second to load.
    from tests.sim.clusters import cluster_of

    with cluster_of(2) as running:
        yield running.scheduler_address
