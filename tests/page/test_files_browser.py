"""Files of the page in Chromium: a session kept and played back, a file that is none, a person's file."""

import json

import pytest

from tests.page.driving import FAST, begin, ready, speed, until

pytestmark = pytest.mark.xdist_group("browser")


def test_a_session_is_kept_as_a_file_opened_and_played_back(open_page, tmp_path):
    tab = open_page()
    ready(tab)
    begin(tab, "demo", is_answered=True)
    speed(tab, FAST)
    until(tab, "instep.session.tick > 600")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Keep this session").click()
    file = tmp_path / "kept.instep"
    download.value.save_as(file)
    tab.get_by_label("Open a kept one").set_input_files(file)
    slider = tab.get_by_label("Time of the kept session")
    slider.wait_for()
    slider.fill("100")
    assert "0:05" in tab.locator(".scrub output").text_content()
    tab.get_by_role("button", name="Close it").click()
    assert tab.locator("#machine").is_visible()


@pytest.mark.parametrize(
    ("name", "content"),
    [("no.instep", b"no session at all"), ("large.instep", b"\0" * (10 << 20)), ("other.instep", None)],
)
def test_a_file_that_is_no_session_is_a_sentence_and_the_page_lives_on(open_page, tmp_path, name, content):
    import gzip

    file = tmp_path / name
    file.write_bytes(gzip.compress(json.dumps({"format": "other"}).encode()) if content is None else content)
    tab = open_page()
    ready(tab)
    tab.get_by_label("Open a kept one").set_input_files(file)
    problem = tab.get_by_role("alert")
    problem.wait_for()
    assert name in problem.text_content()
    before = tab.evaluate("instep.session.tick")
    until(tab, f"instep.session.tick > {before}")


def test_a_person_of_other_measures_is_saved_as_the_simulators_file(open_page, tmp_path):
    from sim.people import load_person

    tab = open_page()
    ready(tab)
    tab.get_by_text("Other feet").click()
    tab.get_by_label("Length").fill("231.5")
    tab.get_by_label("Stiffness").fill("0.8")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as a person's file").click()
    file = tmp_path / "yours.toml"
    download.value.save_as(file)
    person = load_person(file)
    assert person.length_left_mm == 231.5
    assert person.heel_n_per_mm == pytest.approx(0.8 * load_person("average").heel_n_per_mm)
    tab.get_by_role("button", name="Begin this session").click()
    until(tab, "instep.session.wish.person === 'yours' && instep.session.isReady")
