"""What the tests of the page share."""

import os

import pytest

from tests.page import browser
from tests.page.driving import IS_LONG_RUN, PATIENCE_S
from tests.page.page_folder import built_page


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    """Return the folder of the built page."""
    base = tmp_path_factory.getbasetemp()
    return built_page(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def address(page):
    """Serve the page as `instep page` does; return its address."""
    with browser.served(page) as url:
        yield url


@pytest.fixture(scope="session")
def chromium():
    """Return a running Chromium, or skip where there is none."""
    if not IS_LONG_RUN:
        pytest.skip("the page is looked at in Chromium by `make pagetest`")
    path = browser.path_of_chromium()
    if path is None:
        pytest.skip(browser.MISSING)
    with browser.launched(path) as running:
        yield running


@pytest.fixture
def open_page(chromium, address):
    """Return a function that opens the page; whatever the page complains of, or asks elsewhere for, fails the test."""
    complaints = []
    contexts = []

    def opened(life="simulated", **look):
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 1000}, **look})
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE_S * 1_000)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        tab.on(
            "request", lambda request: complaints.append(request.url) if not _is_own(request.url, address) else None
        )
        tab.goto(f"{address}#{life}")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", f"blob:{address}"))
