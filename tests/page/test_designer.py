"""The designer's Python, without a browser: the checker's own sentences, and changes that lose no comment."""

import json

import pytest

from host_tools.program.check import check_text
from host_tools.program.load import SHIPPED, load_program, shipped
from host_tools.program.violations import ProgramFileError
from sim.page import designer
from sim.page.planned_dose import BINS
from sim.page.strokes import waypoints_of

COMMENTED = """# Mine.
format = 1
name = "mine"   # short

# First the sole.
[[phase]]
technique = "sole"   # firm
repeats = 3

# Then a rest.
[[phase]]
technique = "rest"
seconds = 2
"""


def checked(text):
    return json.loads(designer.check(text))


def changed(text, **wish):
    answer = json.loads(designer.change(text, json.dumps(wish)))
    assert answer["problem"] == ""
    return answer["text"]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_program_is_compiled_to_the_bytes_that_are_flashed(name):
    import base64

    answer = checked((SHIPPED / f"{name}.toml").read_text())
    assert base64.b64decode(answer["image"]) == load_program(name).data
    assert answer["name"] == name
    assert answer["proof"]["bounds"]


@pytest.mark.parametrize(
    "text",
    [COMMENTED.replace("repeats = 3", "force_out_n = 50"), COMMENTED.replace("seconds", "secnds"), "format = [", ""],
)
def test_violations_are_the_checkers_own_sentences(text):
    with pytest.raises(ProgramFileError) as raised:
        check_text(text, designer.FILE)
    assert [one["text"] for one in checked(text)["violations"]] == raised.value.message.split("\n")
    assert [one["line"] for one in checked(text)["violations"]] == [one.line for one in raised.value.violations]


def test_a_text_that_is_far_too_long_is_refused_with_a_sentence():
    assert "longer than" in checked("#" * 10_000_000)["violations"][0]["text"]


def test_moving_a_phase_keeps_every_comment():
    text = changed(COMMENTED, act="move", key="phase", index=1, to=0)
    assert [phase["fields"]["technique"] for phase in checked(text)["phases"]] == ["rest", "sole"]
    for comment in ("# Mine.", "# short", "# First the sole.", "# firm", "# Then a rest."):
        assert text.count(comment) == 1
    assert not checked(text)["violations"]


def test_setting_a_field_changes_its_line_alone():
    text = changed(COMMENTED, act="set", key="phase", index=0, field="repeats", value=5)
    assert text == COMMENTED.replace("repeats = 3", "repeats = 5")


def test_adding_and_removing_a_phase_leaves_the_others_alone():
    text = changed(COMMENTED, act="add", technique="slide")
    assert [phase["fields"]["technique"] for phase in checked(text)["phases"]] == ["sole", "rest", "slide"]
    text = changed(text, act="remove", key="phase", index=2)
    assert [phase["fields"]["technique"] for phase in checked(text)["phases"]] == ["sole", "rest"]
    assert "# firm" in text


@pytest.mark.parametrize("side", ["top", "sole"])
def test_a_drawn_stroke_is_a_path_that_the_checker_accepts(side):
    places = [*range(0, 1000, 7), *range(1000, 0, -9)]
    text = changed(
        COMMENTED, act="draw", side=side, places=places, forces=[8, 22, 25, 12, 6], speeds=[40, 20, 15, 30, 40]
    )
    answer = checked(text)
    assert not answer["violations"]
    path = answer["phases"][2]["fields"]
    assert path["technique"] == "path"
    assert f"  {{ {side}" in text.replace("    {", "  {") or f"{{{side}" in text
    assert "# Then a rest." in text


def test_a_stroke_goes_where_the_hand_went_and_turns_where_it_turned():
    found = waypoints_of("sole", [0, 300, 640, 1000, 980, 700, 400], [10, 10], [30, 30])
    places = [waypoint["sole"] for waypoint in found if "sole" in waypoint]
    assert places[-1] == 400
    assert max(places) == 1000
    assert places.index(1000) not in (0, len(places) - 1)


def test_trembling_is_no_turn():
    places = [0, 100, 90, 200, 190, 400, 390, 1000]
    found = [waypoint["top"] for waypoint in waypoints_of("top", places, [10, 20], [30, 30]) if "top" in waypoint]
    assert found == sorted(found)


def test_a_stroke_that_goes_nowhere_is_a_sentence():
    answer = json.loads(
        designer.change(
            COMMENTED, json.dumps({"act": "draw", "side": "top", "places": [5, 6], "forces": [1, 1], "speeds": [9, 9]})
        )
    )
    assert "draw along the foot" in answer["problem"]
    assert answer["text"] == COMMENTED


def test_a_new_field_stands_with_the_others_of_its_phase():
    text = changed(COMMENTED, act="set", key="phase", index=0, field="feet", value="left")
    assert text == COMMENTED.replace("repeats = 3\n", 'repeats = 3\nfeet = "left"\n')
    assert changed(text, act="set", key="phase", index=0, field="feet", value=None) == COMMENTED


def planned(text, minutes=None):
    answer = checked(text)
    designer.begin_dose(answer["image"], answer["minutes"] if minutes is None else minutes)
    parts = [json.loads(designer.more_dose(1000))]
    while not parts[-1]["is_done"]:
        parts.append(json.loads(designer.more_dose(1000)))
    return parts


PATH = """format = 1
name = "mine"
minutes = 0

[[phase]]
technique = "path"
feet = "left"
waypoints = [{ heel_n = 8 }, { sole_n = 10 }, { sole = 500, sole_n = 10, speed_mm_s = 20 }, { sole_n = 0 }]
"""


def test_the_planned_dose_lies_where_the_stroke_presses():
    with_path, without = (planned(text)[-1]["values"] for text in (PATH, PATH.replace("sole_n = 10", "sole_n = 0")))
    path = [one - other for one, other in zip(with_path, without, strict=True)]
    left_top, left_sole, *right = (path[start : start + BINS] for start in range(0, 4 * BINS, BINS))
    assert not any(left_top) and not any(right[0]) and not any(right[1])
    assert all(left_sole[: BINS // 2 - 1]) and not any(left_sole[BINS // 2 + 2 :])
    # 130 mm at 20 mm/s with 10 N, and the time in which the press goes up and down.
    assert 65 < sum(left_sole) < 110


def test_the_planned_dose_of_a_session_has_its_closing_strokes_once():
    once, *longer = (sum(planned(PATH, minutes)[-1]["values"]) for minutes in (0, 10, 20))
    assert once < longer[0] < longer[1] < 2 * longer[0]


def test_the_planned_dose_comes_in_parts_that_grow():
    parts = [sum(part["values"]) for part in planned(PATH.replace("feet", "repeats = 4\nfeet"))]
    assert len(parts) > 2
    assert parts == sorted(parts)
