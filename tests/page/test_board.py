"""The board life against the simulated board: its link over a stand-in for the serial port."""

import time

import pytest
from mcap.reader import make_reader

from instep.link import protocol as messages
from tests.conftest import FIGURE
from tests.page.bridge import STAND_IN, Bridge, kinds_in
from tests.page.driving import PATIENCE_S, until, violations

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def running(page):
    """Return one board for all tests: starting its physics takes longer than any of them."""
    made = Bridge(page, "demo")
    yield made
    made.close()


@pytest.fixture
def bridge(running):
    running.plug()
    running.came.clear()
    return running


@pytest.fixture
def board(bridge, chromium):
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE_S * 1_000)
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.add_init_script(STAND_IN)
    tab.goto(f"{bridge.address}#board")
    tab.get_by_role("button", name="Connect", exact=True).click()
    until(tab, "instepBoard.state === 'connected' && instepBoard.row !== null")
    yield tab
    context.close()
    assert errors == []


def asked(bridge):
    """Return the kinds of the page's requests so far, with when each came."""
    return [(when, kind) for when, data in bridge.came for kind in kinds_in(data)]


def test_it_sends_twenty_motion_frames_for_every_second_of_the_board(board, record_property):
    before = board.evaluate("[instepBoard.motions, instepBoard.row[0]]")
    until(board, f"instepBoard.row[0] > {before[1]} + 300")
    after = board.evaluate("[instepBoard.motions, instepBoard.row[0]]")
    rate = (after[0] - before[0]) / (after[1] - before[1]) * 100
    record_property(FIGURE, f"the page on a board: {rate:.1f} motions a second")
    assert rate >= 18
    assert board.evaluate("instepBoard.link.damaged") == 0
    assert "INSTEP" in board.locator("#remote [data-testid=screen]").text_content()


STOP = """(() => { const now_s = (performance.timeOrigin + performance.now()) / 1000;
  document.querySelector("#remote .key-stop").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  return now_s; })()"""


def test_stop_goes_to_the_board_before_anything_else(board, bridge, record_property):
    took_ms = []
    for _ in range(5):
        bridge.came.clear()
        clicked_s = board.evaluate(STOP)
        end_s = time.monotonic() + PATIENCE_S
        while not (found := [when for when, kind in asked(bridge) if kind == messages.STOP]):
            assert time.monotonic() < end_s
            board.wait_for_timeout(5)
        before = [kind for when, kind in asked(bridge) if clicked_s < when < found[0]]
        assert len(before) <= 1, "one request may have been under way"
        took_ms.append(1000 * (found[0] - clicked_s))
    record_property(FIGURE, f"the page on a board: STOP is there after {min(took_ms):.0f} to {max(took_ms):.0f} ms")


def test_a_cable_that_is_pulled_is_said_and_the_board_found_again(board, bridge):
    bridge.unplug()
    until(board, "instepBoard.state === 'lost'")
    assert board.locator("#board-machine .now").text_content() == "The cable was pulled"
    assert "Plug it in again" in board.locator("[data-connection]").text_content()
    assert board.locator(".stale svg").count() > 0
    bridge.plug()
    until(board, "instepBoard.state === 'connected'")
    before = board.evaluate("instepBoard.motions")
    until(board, f"instepBoard.motions > {before} + 10")
    assert board.locator(".stale").count() == 0


def test_in_a_narrow_window_stop_comes_before_charts_and_doctor(board):
    board.set_viewport_size({"width": 640, "height": 400})
    panels = ("board-machine", "connection", "remote", "board-charts", "doctor")
    tops = [board.locator(f"#{panel}").bounding_box()["y"] for panel in panels]
    assert tops == sorted(tops)


def test_what_the_machine_refuses_is_said_in_its_words(board):
    board.locator("#remote button", has_text="RESUME").click()
    problem = board.get_by_role("alert")
    problem.wait_for()
    assert "No massage is running on the machine." in problem.text_content()


def test_a_level_is_set_and_reported_back(board):
    board.locator("#remote").get_by_label("Intensity").select_option("5")
    until(board, "instepBoard.machine.intensity === 5")


def test_the_doctor_tests_every_part(board):
    board.get_by_role("button", name="Test the machine").click()
    board.locator(".verdicts li").first.wait_for()
    assert board.locator(".verdict-bad").count() == 0
    assert board.locator(".verdict-good").count() >= 9


def test_a_held_button_moves_an_axis_and_stops_it_when_released(board, bridge):
    board.locator("#jog").get_by_label("Axis").select_option("1")
    held = board.get_by_role("button", name="Hold to move")
    held.dispatch_event("pointerdown")
    until(board, "instepBoard.facts.jog_states[instepBoard.machine.jog_state] === 'jogging'")
    held.dispatch_event("pointerup")
    until(board, "instepBoard.machine.jog_state === 0")
    kinds = [kind for _, kind in asked(bridge)]
    assert kinds.count(messages.JOG) > 3
    assert messages.STOP in kinds


def test_a_program_is_sent_checked_and_chosen(board):
    board.locator("#send").get_by_label("Program").select_option("evening")
    board.get_by_role("button", name="Send it").click()
    until(board, "document.querySelector('[data-testid=sent]').textContent.includes('has chosen it')")
    assert "evening" in board.evaluate("instepBoard.link.programs()")


def test_a_recording_is_mcap(board, tmp_path):
    until(board, "instepBoard.motions > 20")
    with board.expect_download() as download:
        board.get_by_role("button", name="Keep a recording").click()
    file = tmp_path / "board.mcap"
    download.value.save_as(file)
    with file.open("rb") as stream:
        topics = [channel.topic for _, channel, _ in make_reader(stream).iter_messages()]
    assert topics.count("motion") > 20
    assert {"machine", "foot", "motion"} == set(topics)


def test_nothing_stands_in_the_way_of_anybody_on_a_board(board):
    assert violations(board) == []


def test_a_browser_without_serial_ports_says_which_has_them(open_page):
    tab = open_page("board")
    tab.evaluate("Object.defineProperty(navigator, 'serial', { value: undefined })")
    tab.get_by_role("button", name="Connect", exact=True).click()
    assert "Chrome or Edge" in tab.get_by_role("alert").text_content()


def test_start_leads_to_the_questions_and_a_session_is_followed(board):
    board.locator("#remote .key-start").click()
    until(board, "instepBoard.facts.states[instepBoard.machine.state] === 'screening'")
    until(board, "instepBoard.facts.states[instepBoard.machine.state] === 'fit'")
    until(board, "instepBoard.row !== null && instepBoard.recording.length > 20")
    assert board.locator("#board-machine .now").text_content()
