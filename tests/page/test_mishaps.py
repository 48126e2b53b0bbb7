"""Mishaps in the page's machine: the simulator's own, noticed in the same tick and called by the same name."""

import json
import subprocess
from pathlib import Path

import pytest

from host_tools.program.load import SHIPPED
from sim.factory import prepare
from sim.faults.catalogue import FAULTS
from sim.faults.inject import detected
from sim.faults.parse import parse
from sim.options import SimOptions
from sim.people import FOLDER
from tests.page.driving import PATIENCE_S
from tests.vm.harness import NODE

_RUN = Path(__file__).with_name("mishap.js")
_VIEW = Path(__file__).parents[2] / "sim/page/static/simulated/mishaps.js"
_TIMEOUT_S = PATIENCE_S

TEXTS = (
    "emergency_stop@run",
    "foot_out@run+1s,right,for=5s",
    "finger_trapped@run+1s,left,sole",
    "roller_blocked@run+1s,right,top",
    "skin_sensor_open@run",
    "sensors_disagree@run",
    "force_sensor_wild@run,left,top",
    "heater_stuck_on@fit",
    "supply_low@run",
    "servos_silent@run",
    "power_cut@run",
    "loop_stopped@run",
    "encoder_lost@run+1s",
    "settings_damaged@run",
    "firmware_damaged@0s",
)


def in_the_page(page, text):
    run = subprocess.run(
        [NODE, _RUN, page, json.dumps({"program": "demo"}), text],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("text", TEXTS)
def test_a_mishap_is_noticed_in_the_simulators_tick(page, text):
    outcome = in_the_page(page, text)
    options = SimOptions(
        program=SHIPPED / "demo.toml",
        person=FOLDER / "average.toml",
    )
    simulation = prepare(options, None, (parse(text),))
    while not simulation.is_over and detected(simulation).noticed_tick is None:
        simulation.advance(1)
    found = detected(simulation)
    assert found.noticed_tick is not None
    assert outcome["noticed_tick"] == found.noticed_tick
    assert outcome["onset_tick"] == found.onset_tick
    assert outcome["delay_ms"] == found.delay_ms


def test_every_mishap_that_the_page_offers_runs_in_it(page):
    offered = [fault["name"] for fault in json.loads((page / "made" / "facts.json").read_text())["mishaps"]]
    assert len(offered) >= 10
    assert set(offered) <= set(FAULTS)
    script = f"""
      process.argv = ['', '', {json.dumps(str(page))}];
      const {{ readFileSync }} = await import("node:fs");
      const folder = {json.dumps(str(page))};
      const read = (name) => JSON.parse(readFileSync(`${{folder}}/made/${{name}}`));
      const {{ loadMicroPython }} = await import(`${{folder}}/parts/micropython-webassembly-pyscript/micropython.mjs`);
      const {{ Workshop }} = await import(`${{folder}}/machine.js`);
      const {{ wishFor }} = await import(`${{folder}}/wish.js`);
      const facts = read("facts.json");
      const machine = await new Workshop(loadMicroPython, read("machine.json"), facts)
        .begin(wishFor(facts, {{ program: "demo" }}));
      for (const {{ name }} of facts.mishaps) {{
        machine.inject(`${{name}}@${{machine.ticks / 100}}s,for=0.1s`);
        for (let tick = 0; tick < 30; tick++) machine.tick();
      }}
      console.log(machine.news().mishaps.length);
      process.exit(0);
    """
    run = subprocess.run(
        [NODE, "--input-type=module", "-e", script], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert int(run.stdout) == len(offered)


def test_the_page_has_words_for_every_reaction():
    text = _VIEW.read_text()
    reactions = {fault.reaction for fault in FAULTS.values()}
    assert [reaction for reaction in sorted(reactions) if f"  {reaction}: " not in text] == []
