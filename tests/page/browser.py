"""Debian's Chromium, driven by Playwright; and the page served for it."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from sim.page.serve import PageServer

_NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "there is no Chromium: install the package chromium to look at the page in a browser"


def path_of_chromium() -> str | None:
    """Return where a Chromium is, None when there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Run a Chromium; in a container everything is root, for whom it has no sandbox."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a page as `instep page` does; yield its address."""
    with PageServer(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()
