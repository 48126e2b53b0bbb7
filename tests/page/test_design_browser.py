"""The designer in Chromium: drawn, refused in the checker's own words, mended, played, saved, opened again."""

import pytest

from host_tools.program.check import check_text
from host_tools.program.violations import ProgramFileError
from sim.page.designer import FILE
from tests.page.driving import until, violations

pytestmark = pytest.mark.xdist_group("browser")

TEXT = """# Kept: a program with comments.
format = 1
name = "kept"   # its name
minutes = 10

[[phase]]
technique = "sole"   # firm
force_out_n = 50
"""


@pytest.fixture
def designer(open_page):
    tab = open_page("design")
    until(tab, "document.querySelector('[data-verdict=good]') !== null")
    return tab


def text_of(tab):
    return tab.locator("#program-text").input_value()


def verdict(tab, word):
    until(tab, f"document.querySelector('#text [data-verdict={word}]') !== null")


def test_drawn_violating_refused_mended_played_saved_and_opened_again(designer, tmp_path):
    tab = designer
    tab.locator("#program-text").fill(TEXT)
    verdict(tab, "bad")
    with pytest.raises(ProgramFileError) as raised:
        check_text(TEXT, FILE)
    assert tab.locator(".violations li").all_text_contents() == raised.value.message.split("\n")
    tab.locator("#program-text").fill(TEXT.replace("50", "20"))
    verdict(tab, "good")

    foot = tab.locator(".drawing").bounding_box()
    tab.mouse.move(foot["x"] + foot["width"] / 2, foot["y"] + 0.08 * foot["height"])
    tab.mouse.down()
    for share in (0.3, 0.6, 0.9, 0.6, 0.3):
        tab.mouse.move(foot["x"] + foot["width"] / 2, foot["y"] + share * foot["height"], steps=4)
    tab.mouse.up()
    tab.get_by_role("button", name="Add the drawn stroke").click()
    until(tab, "document.querySelector('#program-text').value.includes('waypoints')")
    verdict(tab, "good")
    assert [comment in text_of(tab) for comment in ("# Kept", "# its name", "# firm")] == [True] * 3

    with tab.expect_download() as download:
        tab.locator("#text").get_by_role("button", name="Save").click()
    file = tmp_path / "kept.toml"
    download.value.save_as(file)
    saved = file.read_text()
    assert check_text(saved, "kept.toml").phases[1].technique == "path"
    tab.locator("#program-text").fill("format = 1")
    verdict(tab, "bad")
    tab.get_by_label("Open", exact=True).set_input_files(file)
    verdict(tab, "good")
    assert text_of(tab) == saved

    tab.get_by_role("button", name="Play it now").click()
    until(tab, "window.instep?.session.wish.program === 'kept' && instep.session.isReady")
    until(tab, "instep.session.screen.includes('BEFORE WE START')")


def test_phases_are_moved_and_removed_and_their_comments_go_with_them(designer):
    tab = designer
    tab.locator("#program-text").fill(TEXT.replace("50", "20") + '\n# Last.\n[[phase]]\ntechnique = "rest"\n')
    verdict(tab, "good")
    until(tab, "document.querySelectorAll('.phases li').length === 2")
    tab.get_by_role("button", name="Move phase 2 up").click()
    until(tab, "document.querySelector('.phases b').textContent === 'Rest'")
    assert "# firm" in text_of(tab)
    tab.get_by_role("button", name="Remove phase 1").click()
    until(tab, "document.querySelectorAll('.phases li').length === 1")


def test_curves_are_dragged_by_the_keyboard(designer):
    handle = designer.get_by_role("slider", name="Force along the stroke, N, part 3")
    before = int(handle.get_attribute("aria-valuenow"))
    handle.focus()
    designer.keyboard.press("ArrowUp")
    assert int(handle.get_attribute("aria-valuenow")) == before + 1


def test_a_file_that_is_too_large_is_a_sentence_and_the_text_stays(designer, tmp_path):
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * (10 << 20))
    before = text_of(designer)
    designer.get_by_label("Open", exact=True).set_input_files(file)
    assert "too large" in designer.get_by_role("alert").text_content()
    assert text_of(designer) == before


@pytest.mark.parametrize("width", [1400, 360])
def test_nothing_stands_in_the_way_of_designers(designer, width):
    designer.set_viewport_size({"width": width, "height": 900})
    assert violations(designer) == []
    assert designer.evaluate("document.documentElement.scrollWidth") <= width
