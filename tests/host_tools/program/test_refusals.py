"""Each wrong field is refused with file, line, field, value and allowed range."""

import pytest

from host_tools.program.check import check_text
from host_tools.program.violations import ProgramFileError
from tests.host_tools.program.files import HEAD, PATH, PHASE, PULL

FORCE = "0 to 35 N in steps of 0.01"
TOE_LIST = "a list of different whole numbers, 1 to 5"
TECHNIQUES = "smooth, top, sole, pull, slide, rest, path"
REST_KEYS = "technique, feet, repeats, seconds"
MOVES = "top, sole, top_n, sole_n, toe, gap, reach, turn_deg, grip_n, arch_n, heel_n, wait_s"


CASES = {
    "a missing format": ('name = "mine"\n[[phase]]\ntechnique = "top"\n', "1: format: is missing; allowed: 1"),
    "another format": (
        PHASE.replace("format = 1", "format = 2"),
        "1: format = 2: is a format that this Instep does not read; allowed: 1",
    ),
    "a truth value for a format": (
        PHASE.replace("format = 1", "format = true"),
        "1: format = true: is a format that this Instep does not read; allowed: 1",
    ),
    "a missing name": (
        'format = 1\n[[phase]]\ntechnique = "top"\n',
        "1: name: is missing; allowed: 1 to 16 of a-z, 0-9 and -",
    ),
    "a bad name": (
        PHASE.replace("mine", "My Own"),
        '2: name = "My Own": is not a name; allowed: 1 to 16 of a-z, 0-9 and -',
    ),
    "a long name": (
        PHASE.replace("mine", "m" * 17),
        f'2: name = "{"m" * 17}": is not a name; allowed: 1 to 16 of a-z, 0-9 and -',
    ),
    "a title of another type": (
        "title = 3\n" + PHASE,
        "1: title = 3: is not a text; allowed: a text of at most 40 printable characters",
    ),
    "a long title": (
        f'title = "{"t" * 41}"\n' + PHASE,
        f'1: title = "{"t" * 38}…: has 41 characters; allowed: a text of at most 40 printable characters',
    ),
    "a title that moves the cursor": (
        'title = "\\u001b[2J"\n' + PHASE,
        r'1: title = "\x1b[2J": has characters that cannot be shown; '
        "allowed: a text of at most 40 printable characters",
    ),
    "other minutes": (
        "minutes = 12\n" + PHASE,
        "1: minutes = 12: is not the length of a session; allowed: 0, 10, 15, 20, 30 (0: given once)",
    ),
    "minutes that are no whole number": (
        "minutes = 15.0\n" + PHASE,
        "1: minutes = 15.0: is not the length of a session; allowed: 0, 10, 15, 20, 30 (0: given once)",
    ),
    "an unknown heat": (
        'heat = "hgih"\n' + PHASE,
        '1: heat = "hgih": is unknown (did you mean high?); allowed: off, low, medium, high',
    ),
    "an unknown key": (
        "minuts = 15\n" + PHASE,
        "1: minuts = 15: is not used here (did you mean minutes?); "
        "allowed: format, name, title, about, minutes, heat, phase, closing",
    ),
    "no phase": (HEAD, "1: phase: is missing; allowed: 1 to 64 tables"),
    "a phase that is one table": (
        HEAD + '[phase]\ntechnique = "top"\n',
        "3: phase = a table: is not a list of [[phase]] tables; allowed: 1 to 64 tables. "
        "Write [[phase]] with two brackets on each side.",
    ),
    "a phase that is no table": (
        "phase = [1]\n" + HEAD,
        "1: phase 1 = 1: is not a table; allowed: a table with a technique",
    ),
    "an empty closing": (
        "closing = []\n" + PHASE,
        "1: closing = []: is not a list of [[closing]] tables; allowed: 1 to 64 tables",
    ),
    "too many phases": (
        HEAD + '[[phase]]\ntechnique = "rest"\n' * 65,
        f"3: phase = [{'a table, ' * 4}a …: is not a list of [[phase]] tables; allowed: 1 to 64 tables",
    ),
    "a missing technique": (HEAD + "[[phase]]\n", f"3: phase 1, technique: is missing; allowed: {TECHNIQUES}"),
    "an unknown technique": (
        HEAD + '[[phase]]\ntechnique = "sloe"\n',
        f'4: phase 1, technique = "sloe": is unknown (did you mean sole?); allowed: {TECHNIQUES}',
    ),
    "unknown feet": (
        PHASE + 'feet = "booth"\n',
        '5: phase 1, feet = "booth": is unknown (did you mean both?); allowed: left, right, both, each, alternate',
    ),
    "feet of another type": (
        PHASE + "feet = 2\n",
        "5: phase 1, feet = 2: is unknown; allowed: left, right, both, each, alternate",
    ),
    "no repeats": (PHASE + "repeats = 0\n", "5: phase 1, repeats = 0: is too small; allowed: 1 to 100"),
    "too many repeats": (PHASE + "repeats = 101\n", "5: phase 1, repeats = 101: is too large; allowed: 1 to 100"),
    "half a repeat": (
        PHASE + "repeats = 1.5\n",
        "5: phase 1, repeats = 1.5: is not a whole number; allowed: 1 to 100",
    ),
    "too much force": (
        PHASE + "force_out_n = 35.01\n",
        f"5: phase 1, force_out_n = 35.01: is too large; allowed: {FORCE}",
    ),
    "a negative force": (
        PHASE + "force_back_n = -1\n",
        f"5: phase 1, force_back_n = -1: is too small; allowed: {FORCE}",
    ),
    "too fine a force": (
        PHASE + "force_out_n = 1.005\n",
        f"5: phase 1, force_out_n = 1.005: is too fine (nearest: 1); allowed: {FORCE}",
    ),
    "a force in words": (
        PHASE + 'force_out_n = "firm"\n',
        f'5: phase 1, force_out_n = "firm": is not a number; allowed: {FORCE}',
    ),
    "a truth value for a force": (
        PHASE + "force_out_n = true\n",
        f"5: phase 1, force_out_n = true: is not a number; allowed: {FORCE}",
    ),
    "a force that is not a number": (
        PHASE + "force_out_n = nan\n",
        f"5: phase 1, force_out_n = nan: is not a finite number; allowed: {FORCE}",
    ),
    "an endless force": (
        PHASE + "force_out_n = -inf\n",
        f"5: phase 1, force_out_n = -inf: is not a finite number; allowed: {FORCE}",
    ),
    "a force beyond all floats": (
        PHASE + f"force_out_n = 0x{'f' * 5000}\n",
        f"5: phase 1, force_out_n = a whole number of 20000 bits: is too large; allowed: {FORCE}",
    ),
    "too slow a stroke": (
        PHASE + "speed_out_mm_s = 4.9\n",
        "5: phase 1, speed_out_mm_s = 4.9: is too small; allowed: 5 to 100 mm/s in steps of 0.1",
    ),
    "too strong a grip": (
        PULL + "grip_n = 5.1\n",
        "5: phase 1, grip_n = 5.1: is too large; allowed: 0 to 5 N in steps of 0.01",
    ),
    "too strong a hold": (
        PULL + "hold_n = 15.1\n",
        "5: phase 1, hold_n = 15.1: is too large; allowed: 0 to 15 N in steps of 0.01",
    ),
    "too wide a turn": (
        PULL + "turn_deg = 10.1\n",
        "5: phase 1, turn_deg = 10.1: is too large; allowed: 0 to 10 degrees in steps of 0.1",
    ),
    "too quick at a toe": (
        PULL + "draw_mm_s = 61\n",
        "5: phase 1, draw_mm_s = 61: is too large; allowed: 2 to 60 mm/s in steps of 0.1",
    ),
    "a sixth toe": (PULL + "toes = [1,\n6]\n", f"6: phase 1, toe 2 = 6: is not on this foot; allowed: {TOE_LIST}"),
    "a toe twice": (PULL + "toes = [1, 1]\n", f"5: phase 1, toes = [1, 1]: names one twice; allowed: {TOE_LIST}"),
    "no toe": (PULL + "toes = []\n", f"5: phase 1, toes = []: is empty; allowed: {TOE_LIST}"),
    "toes that are no list": (PULL + "toes = 1\n", f"5: phase 1, toes = 1: is not a list; allowed: {TOE_LIST}"),
    "a setting of another technique": (
        HEAD + '[[phase]]\ntechnique = "rest"\ngrip_n = 1\n',
        f"5: phase 1, grip_n = 1: is not used here; allowed: {REST_KEYS}",
    ),
    "too long a rest": (
        HEAD + '[[phase]]\ntechnique = "rest"\nseconds = 61\n',
        "5: phase 1, seconds = 61: is too large; allowed: 0.01 to 60 s in steps of 0.01",
    ),
    "too many slides": (
        HEAD + '[[phase]]\ntechnique = "slide"\nslides = 4\n',
        "5: phase 1, slides = 4: is too large; allowed: 2 to 3",
    ),
    "a wrong closing": (
        PHASE + '[[closing]]\ntechnique = "smooth"\nforce_out_n = 36\n',
        f"7: closing 1, force_out_n = 36: is too large; allowed: {FORCE}",
    ),
    "a path without waypoints": (
        PATH,
        "3: phase 1, waypoints: is missing; allowed: a list of 1 to 200 waypoints",
    ),
    "a path without one waypoint": (
        PATH + "waypoints = []\n",
        "5: phase 1, waypoints = []: is not a list of waypoints; allowed: a list of 1 to 200 waypoints",
    ),
    "a waypoint that is no table": (
        PATH + "waypoints = [3]\n",
        "5: phase 1, waypoint 1 = 3: is not a waypoint; allowed: { field = value, … }",
    ),
    "an unknown field in a waypoint": (
        PATH + "waypoints = [\n{ topp = 3 }]\n",
        f"6: phase 1, waypoint 1, topp = 3: is not used here (did you mean top?); allowed: {MOVES}, speed_mm_s",
    ),
    "a waypoint beyond the heel": (
        PATH + "waypoints = [{ sole = 1001 }]\n",
        "5: phase 1, waypoint 1, sole = 1001: is too large; allowed: 0 to 1000 ‰",
    ),
    "a fraction of a per mille": (
        PATH + "waypoints = [{ sole = 0.5 }]\n",
        "5: phase 1, waypoint 1, sole = 0.5: is not a whole number; allowed: 0 to 1000 ‰",
    ),
    "an unknown reach": (
        PATH + 'waypoints = [{ reach = "out" }]\n',
        '5: phase 1, waypoint 1, reach = "out": is unknown; allowed: "clear" or 0 to 1000 ‰',
    ),
    "a selector that moves with something else": (
        PATH + "waypoints = [{ toe = 2, top = 3 }]\n",
        "5: phase 1, waypoint 1, toe = 2: stands with other fields; allowed: toe alone in its waypoint",
    ),
    "a wait with something else": (
        PATH + "waypoints = [{ wait_s = 2, top_n = 3 }]\n",
        "5: phase 1, waypoint 1, wait_s = 2: stands with other fields; allowed: wait_s alone in its waypoint",
    ),
    "a speed of nothing": (
        PATH + "waypoints = [{ top_n = 2, speed_mm_s = 30 }]\n",
        "5: phase 1, waypoint 1, speed_mm_s = 30: has nothing to move; allowed: beside one of top, sole, reach",
    ),
    "a speed alone": (
        PATH + "waypoints = [{ speed_mm_s = 30 }]\n",
        f"5: phase 1, waypoint 1: moves nothing; allowed: at least one of {MOVES}",
    ),
    "an empty waypoint": (
        PATH + "waypoints = [{ top = 1 }, {}]\n",
        f"5: phase 1, waypoint 2: moves nothing; allowed: at least one of {MOVES}",
    ),
    "a selector that moves with the grip closed": (
        PATH + "waypoints = [{ grip_n = 2.5 },\n{ gap = 1 },\n{ grip_n = 0 }]\n",
        "6: phase 1, waypoint 2: moves the selector while grip_n is 2.5; allowed: grip_n = 0 before that",
    ),
    "a selector that moves with the reach out": (
        PATH + 'waypoints = [{ reach = 0 },\n{ toe = 2 },\n{ reach = "clear" }]\n',
        '6: phase 1, waypoint 2: moves the selector while reach is 0; allowed: reach = "clear" before that',
    ),
    "a selector that moves with a turn": (
        PATH + "waypoints = [{ turn_deg = -5 },\n{ toe = 2 },\n{ turn_deg = 0 }]\n",
        "6: phase 1, waypoint 2: moves the selector while turn_deg is -5; allowed: turn_deg = 0 before that",
    ),
    "a path that ends with the grip closed": (
        PATH + "waypoints = [{ toe = 1 },\n{ grip_n = 2 }]\n",
        "6: phase 1, waypoint 2: ends the stroke while grip_n is 2; allowed: grip_n = 0 before that",
    ),
    "broken TOML": (
        PHASE + "feet = \n",
        "5: the file: is not valid TOML: Invalid value (at line 5, column 8); allowed: TOML, see https://toml.io",
    ),
    "a key twice": (
        PHASE + "repeats = 2\nrepeats = 3\n",
        "6: the file: is not valid TOML: Cannot overwrite a value (at line 6, column 12); "
        "allowed: TOML, see https://toml.io",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_checker_refuses_and_names_the_allowed_range(case):
    text, expected = CASES[case]
    with pytest.raises(ProgramFileError) as caught:
        check_text(text, "my.toml")
    assert caught.value.message == f"my.toml:{expected}"
