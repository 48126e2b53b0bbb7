"""How large the page is, how soon it stands there, and how fast its machine runs in Chromium."""

import time
from collections.abc import Iterator

from playwright.sync_api import Page

from sim.page.build import FOLDER, build, size_of
from tests.bench.figure import Figure, LeftOutError
from tests.page import browser
from tests.page.driving import begin, ready, speed, until

_BYTES_MAX = 1_500_000
_PICTURE_MAX_S = 1.0
_MACHINE_MAX_S = 3.0
_TIMES_MIN = 10.0
_FRAMES_MIN = 30
_MEASURED_TICKS = 6000


def measure() -> Iterator[Figure]:
    """Yield the page's bytes, the times to its first picture and to a running machine, speed and pictures a second."""
    build()
    size = size_of()
    yield Figure("page without Pyodide", f"{size / 1e6:.2f} MB", "≤ 1.5 MB", holds=size <= _BYTES_MAX)
    path = browser.path_of_chromium()
    if path is None:
        raise LeftOutError(browser.MISSING)
    with browser.served(FOLDER) as address, browser.launched(path) as chromium:
        tab = chromium.new_page(viewport={"width": 1400, "height": 1000})
        start_s = time.monotonic()
        tab.goto(address)
        tab.locator(".above .well").first.wait_for()
        picture_s = time.monotonic() - start_s
        ready(tab)
        machine_s = time.monotonic() - start_s
        yield Figure("first picture", f"{picture_s:.1f} s", "≤ 1 s", holds=picture_s <= _PICTURE_MAX_S)
        yield Figure("running machine", f"{machine_s:.1f} s", "≤ 3 s", holds=machine_s <= _MACHINE_MAX_S)
        begin(tab, "quick", is_answered=True)
        speed(tab, 20)
        until(tab, "instep.session.tick > 1000")
        times, frames = _run(tab)
        yield Figure("machine in Chromium", f"{times:.1f} × real time", "≥ 10 ×", holds=times >= _TIMES_MIN)
        yield Figure("pictures at that speed", f"{frames:.0f} a second", "≥ 30", holds=frames >= _FRAMES_MIN)


def _run(tab: Page) -> tuple[float, float]:
    """Return how many times as fast as the clock the machine runs, and how many pictures there are a second."""
    tab.evaluate("window.frames_ = 0; (function count() { frames_++; requestAnimationFrame(count); })()")
    start_s, start = time.monotonic(), tab.evaluate("instep.session.tick")
    until(tab, f"instep.session.tick > {start} + {_MEASURED_TICKS}")
    passed_s = time.monotonic() - start_s
    ticks, frames = tab.evaluate("[instep.session.tick, frames_]")
    return (ticks - start) / 100 / passed_s, frames / passed_s
