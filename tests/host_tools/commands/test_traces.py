"""A trace of a machine at the end of the link, beside the simulator's own trace of the same session."""

from itertools import groupby

import pytest

from host_tools.cli import run
from host_tools.trace import write_trace
from instep.axes import FOOT_NAMES
from instep.link import telemetry_fields
from sim.columns import recording_of
from sim.summary import summarise
from tests.host_tools.trace.reading import facts_in, messages_of
from tests.host_tools.virtual_machine import VirtualMachine, plug_in

NS_PER_TICK = 10_000_000
# A block is written in two steps, which may fall into two ticks.
STEP_TICKS = 1
# A foot's block has no time of its own: it was read after the last report that has one, and before the next one, and a
# report is left out where the link is busy.
FOOT_TICKS = 11


@pytest.fixture(scope="module")
def traces(tmp_path_factory):
    """Run a session over the link and trace it at both ends; return the two files."""
    folder = tmp_path_factory.mktemp("traces")
    machine = VirtualMachine("demo", ticks_per_sample=1)
    with pytest.MonkeyPatch.context() as patch:
        plug_in(patch, machine)
        assert run(["run", "demo", "--headless", "--trace", str(folder / "told.mcap")]) == 0
    simulation = machine.simulation
    recording = recording_of(simulation, summarise(simulation, 1.0), machine.told.rows())
    write_trace(recording, folder / "simulated.mcap")
    return folder / "told.mcap", folder / "simulated.mcap"


def test_every_value_sent_over_the_link_is_the_simulators_at_that_tick(traces):
    told, simulated = (messages_of(path) for path in traces)
    machine_at = {time // NS_PER_TICK: message for time, message in simulated["machine"]}
    reading_at = {time // NS_PER_TICK: message for time, message in simulated["reading"]}
    # The machine's block says at which tick of its own the trace began.
    first = told["machine"][0]
    offset = first[1]["ticks"] - first[0] // NS_PER_TICK
    wrong, seen = [], 0
    for time, message in told["machine"]:
        tick = time // NS_PER_TICK + offset
        assert message["ticks"] == tick
        near = [machine_at[tick + late] for late in range(STEP_TICKS + 1) if tick + late in machine_at]
        for name, value in message.items():
            seen += 1
            wrong += [(tick, name, value)] if all(row[name] != value for row in near) else []
    for time, message in told["reading"]:
        tick = time // NS_PER_TICK + offset
        is_whole = len(next(iter(message.values()))) == len(telemetry_fields.FOOT)
        late_ticks = FOOT_TICKS if is_whole else STEP_TICKS
        near = [reading_at[tick + late] for late in range(late_ticks + 1) if tick + late in reading_at]
        for foot, values in message.items():
            for name, value in values.items():
                seen += 1
                wrong += [(tick, f"{foot}.{name}", value)] if all(row[foot][name] != value for row in near) else []
    assert not wrong[:10]
    assert seen > 20 * len(told["machine"]) / 2
    assert len(told["reading"]) > 1_000


def test_a_machines_trace_has_the_events_and_the_facts_of_the_simulators(traces):
    told, simulated = traces

    def events(path, kind):
        return [
            (message["foot"], message["text"])
            for _, message in messages_of(path)["event"]
            if message["kind"] == kind and message["text"] != "idle"
        ]

    assert events(told, "state") == events(simulated, "state")
    # A foot's block comes twice a second: two turns of one technique may look like one.
    for foot in FOOT_NAMES:
        for kind in ("technique", "technique_end"):
            told_names, names = (
                [text for text, _ in groupby(text for of, text in events(path, kind) if of == foot)]
                for path in (told, simulated)
            )
            assert told_names == names
    screens = [text for _, text in events(told, "display")]
    assert any("START" in screen for screen in screens) and len(screens) > 5
    facts, expected = facts_in(told), facts_in(simulated)
    assert {name: value for name, value in facts.items() if expected.get(name) != value} == {}
    assert facts["program"] == "demo" and facts["result"] == "done"
    assert all(facts[f"{foot}_length_mm"] != "not measured" for foot in FOOT_NAMES)


def test_a_trace_is_written_although_the_cable_is_pulled(tmp_path, monkeypatch, capsys):
    machine = VirtualMachine("demo")
    plug_in(monkeypatch, machine)
    sleep = machine.sleep

    def cut_later(seconds):
        machine.line.is_cut = machine.now_s() > 40
        sleep(seconds)

    monkeypatch.setattr(machine, "sleep", cut_later)
    assert run(["run", "demo", "--headless", "--trace", str(tmp_path / "cut.mcap")]) == 1
    shown = capsys.readouterr()
    assert "cut.mcap" in shown.out and "The session goes on at the machine" in shown.err
    assert len(messages_of(tmp_path / "cut.mcap")["reading"]) > 100


@pytest.mark.parametrize(
    ("name", "word"), [("t.csv", "MCAP"), ("nowhere/t.mcap", "no folder"), (".", "cannot be written")]
)
def test_a_trace_that_cannot_be_written_is_refused_before_anything_starts(name, word, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["run", "demo", "--trace", name, "--port", "socket://127.0.0.1:1"]) == 1
    assert word in capsys.readouterr().err
