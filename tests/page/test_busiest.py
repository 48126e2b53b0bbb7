"""Where a mishap happens if the person names no place: at the roller that presses most."""

import json
import subprocess

import pytest

from sim.page.build import STATIC
from tests.vm.harness import NODE

SCRIPT = """
import {{ busiest }} from "{folder}/simulated/busiest.js";
import {{ columnAt, restRow }} from "{folder}/simulated/columns.js";
const row = restRow();
for (const [name, foot, newton] of {forces}) row[columnAt(name, foot)] = newton;
const found = busiest({row}, {foot}, {roller});
console.log(`${{found.foot}} ${{found.roller}}`);
"""


def busiest(forces, foot="", roller="", row="row"):
    script = SCRIPT.format(
        folder=STATIC.as_uri(), forces=json.dumps(forces), foot=json.dumps(foot), roller=json.dumps(roller), row=row
    )
    done = subprocess.run([NODE, "--input-type=module", "-e", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


FORCES = [["topN", 0, 4], ["soleN", 0, 2], ["topN", 1, 3], ["soleN", 1, 9]]


@pytest.mark.parametrize(
    ("foot", "roller", "place"),
    [
        ("", "", "right sole"),
        ("left", "", "left top"),
        ("", "top", "left top"),
        ("right", "top", "right top"),
    ],
)
def test_it_is_the_roller_that_presses_most_where_the_person_looks(foot, roller, place):
    assert busiest(FORCES, foot, roller) == place


@pytest.mark.parametrize(("foot", "roller"), [("", ""), ("right", ""), ("", "top")])
def test_while_nothing_presses_it_is_a_place_that_was_named_or_the_left_sole(foot, roller):
    place = f"{foot or 'left'} {roller or 'sole'}"
    assert busiest([], foot, roller) == place
    assert busiest([], foot, roller, row="null") == place
