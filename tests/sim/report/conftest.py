"""One session and its report, made once for all tests of this folder."""

import pytest

from tests.sim import synthetic
from tests.sim.report.written import report_of


@pytest.fixture(scope="session")
def recording():
    return synthetic.session()


@pytest.fixture(scope="session")
def html(recording, tmp_path_factory):
    return report_of(recording, tmp_path_factory.mktemp("report"))
