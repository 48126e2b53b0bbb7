"""A whole campaign: the same on one process, several and a cluster; killed and resumed; its words and exit code."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from host_tools.cli import run as instep
from host_tools.errors import InstepError
from sim.campaign import command
from sim.campaign.options import CampaignOptions
from sim.campaign.plan import EXTREMES, NO_FAULT, Case
from sim.campaign.run import run_cases

_LEVELS = EXTREMES[-1]
_FAULTS = ("emergency_stop", "supply_low")
# Short runs only, more than go to a worker together.
CASES = [
    Case(fault, phase, person, seed, _LEVELS)
    for fault in (*_FAULTS, NO_FAULT)
    for phase in ("idle", "screening")
    for person in ("small", "large")
    for seed in (1, 2)
]


@pytest.fixture(autouse=True)
def _few_runs(monkeypatch):
    monkeypatch.setattr(command, "plan_of", lambda *_: CASES)


def options_for(out: Path, **given) -> CampaignOptions:
    """Return the options of a campaign in this process, with the given values."""
    usual: dict[str, Any] = {"people": ("small", "large"), "faults": _FAULTS, "seeds": 2, "out": out, "workers": 1}
    return CampaignOptions(**(usual | given))


def table_in(out: Path) -> bytes:
    """Return the bytes of a campaign's table."""
    return (out / "campaign.parquet").read_bytes()


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> bytes:
    """Return the table that one process makes."""
    out = tmp_path_factory.mktemp("one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "plan_of", lambda *_: CASES)
        assert command.run(options_for(out)) == command.EXIT_HELD
    return table_in(out)


def test_several_processes_give_the_same_table_as_one(tmp_path, expected):
    command.run(options_for(tmp_path, workers=2))

    assert table_in(tmp_path) == expected


def test_a_cluster_gives_the_same_table_as_one_process(tmp_path, expected, cluster):
    command.run(options_for(tmp_path, workers=None, scheduler=cluster))

    assert table_in(tmp_path) == expected


def test_an_own_program_is_met_in_the_phases_that_it_has(tmp_path, monkeypatch):
    monkeypatch.undo()
    plans = []

    def note(cases):
        plans.extend(cases)
        return []

    monkeypatch.setattr(command, "run_cases", note)
    options = options_for(tmp_path, people=("small",), seeds=1, program=Path("firmware/programs/quick.toml"))
    command.run(options)

    phases = {case.phase for case in plans}
    assert {"idle", "warm", "top", "sole", "closing", "retract"} <= phases
    assert not phases & {"path", "rest"}
    assert {case.own for case in plans} == {"quick"}


def test_a_program_that_was_edited_is_other_code(tmp_path):
    path = tmp_path / "mine.toml"
    text = Path("firmware/programs/quick.toml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    command.run(options_for(tmp_path / "out", program=path))
    path.write_text(text.replace("minutes = 10", "minutes = 15"), encoding="utf-8")
    with pytest.raises(InstepError, match="other code"):
        command.run(options_for(tmp_path / "out", program=path, resume=True))


def test_with_an_own_program_a_campaign_is_resumed_from_another_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "plan_of", lambda *_: CASES[:2])
    shutil.copy("firmware/programs/quick.toml", tmp_path / "mine.toml")
    monkeypatch.chdir(tmp_path)
    command.run(options_for(tmp_path / "out", program=Path("mine.toml")))
    made = table_in(tmp_path / "out")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    done = interrupt_after(0, monkeypatch)
    command.run(options_for(tmp_path / "out", program=Path("../mine.toml"), resume=True))

    assert not done
    assert table_in(tmp_path / "out") == made


def interrupt_after(batches: int, monkeypatch) -> list[int]:
    """Press Ctrl-C after some batches; return a list with an entry per finished batch."""
    done: list[int] = []
    real = run_cases

    def stop(cases):
        if len(done) == batches:
            raise KeyboardInterrupt
        done.append(len(cases))
        return real(cases)

    monkeypatch.setattr(command, "run_cases", stop)
    return done


def test_an_interrupted_campaign_is_resumed_without_repeating_runs(tmp_path, expected, monkeypatch, capsys):
    with monkeypatch.context() as patch:
        kept = interrupt_after(2, patch)
        with pytest.raises(KeyboardInterrupt):
            command.run(options_for(tmp_path))
    assert f"{sum(kept)} of {len(CASES)} runs are stored" in capsys.readouterr().err
    with monkeypatch.context() as patch:
        left = interrupt_after(1000, patch)
        command.run(options_for(tmp_path, resume=True))

    assert 0 < sum(kept) < len(CASES)
    assert sum(kept) + sum(left) == len(CASES)
    assert table_in(tmp_path) == expected


def test_without_resume_every_run_is_repeated(tmp_path, monkeypatch):
    command.run(options_for(tmp_path))
    done = interrupt_after(1000, monkeypatch)
    command.run(options_for(tmp_path))

    assert sum(done) == len(CASES)


def test_resuming_a_smaller_campaign_leaves_out_the_rows_it_does_not_need(tmp_path, monkeypatch):
    command.run(options_for(tmp_path / "large"))
    monkeypatch.setattr(command, "plan_of", lambda *_: CASES[:3])
    command.run(options_for(tmp_path / "large", resume=True))
    command.run(options_for(tmp_path / "small"))

    assert table_in(tmp_path / "large") == table_in(tmp_path / "small")


def test_a_worker_with_other_code_is_refused():
    with pytest.raises(InstepError, match="other code"):
        command.run_batch("another", CASES[:1])


def test_an_exceeded_budget_is_exit_code_1_and_printed(tmp_path, monkeypatch, capsys):
    real = run_cases
    monkeypatch.setattr(
        command, "run_cases", lambda cases: [row | {"over_budget": bool(row["delay_ms"])} for row in real(cases)]
    )

    assert command.run(options_for(tmp_path)) == command.EXIT_BROKEN
    assert "16 over budget" in capsys.readouterr().err
    assert "broken" in (tmp_path / "campaign.html").read_text()


def test_a_campaign_without_failures_is_exit_code_0_and_printed(tmp_path, capsys):
    assert instep(["campaign", "--quick", "--workers", "1", "--out", str(tmp_path)]) == command.EXIT_HELD

    captured = capsys.readouterr()
    assert "Every budget is kept. " in captured.out.replace("\n", " ")
    assert "9 runs, 7 with a fault, which made a difference in 7: 0 missed" in captured.out
    assert captured.err == ""


def test_interrupting_is_exit_code_130(tmp_path, monkeypatch):
    interrupt_after(1, monkeypatch)

    assert instep(["campaign", "--workers", "1", "--out", str(tmp_path)]) == 130


def test_a_folder_that_cannot_be_written_is_reported(tmp_path, capsys):
    (tmp_path / "file").write_text("")

    assert instep(["campaign", "--workers", "1", "--out", str(tmp_path / "file" / "out")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_cluster_is_given_a_shipped_program_by_name_and_no_file_of_this_computer(tmp_path, monkeypatch, capsys):
    given: list[CampaignOptions] = []
    monkeypatch.setattr(command, "run", given.append)
    cluster = ["campaign", "--out", str(tmp_path), "--scheduler", "tcp://127.0.0.1:9"]
    shutil.copy("firmware/programs/quick.toml", tmp_path)

    assert instep([*cluster, "--program", "quick"]) == instep([*cluster, "--program", "firmware/programs/quick.toml"])
    assert len(given) == 2
    assert instep([*cluster, "--program", str(tmp_path / "quick.toml")]) == 1
    assert "has no copy of it" in " ".join(capsys.readouterr().err.split())
    assert len(given) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--people", "average,nobody"], "nobody"),
        (["--faults", "meteor"], "meteor"),
        (["--seeds", "0"], "seeds"),
        (["--workers", "0"], "workers"),
        (["--workers", "2", "--scheduler", "tcp://127.0.0.1:9"], "one of them"),
    ],
)
def test_bad_arguments_are_reported_before_any_run(tmp_path, arguments, words, capsys):
    out = tmp_path / "out"

    assert instep(["campaign", "--out", str(out), *arguments]) == 1
    assert words in capsys.readouterr().err
    assert not out.exists()
