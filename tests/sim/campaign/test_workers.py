"""Where the runs of a campaign are simulated."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from distributed import LocalCluster

from host_tools.errors import InstepError
from sim.campaign.workers import run_here, run_in_processes, run_on_cluster

TASKS = list(range(20))
# Long enough for a process to begin or end on a busy machine; passing does not wait for it.
_PATIENCE_S = 60


def square(number: int) -> int:
    """Return the square."""
    return number * number


def refuse(number: int) -> int:
    """Fail in one of the tasks."""
    if number == 13:
        raise InstepError("the thirteenth")
    return number


def note(folder: Path, number: int) -> int:
    """Leave a file that tells who has done the task."""
    (folder / str(number)).write_text(str(os.getpid()))
    return number


def die(_number: int) -> None:
    """End the worker as a kill does."""
    os._exit(9)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Yield the address of a cluster of two workers on the loopback, all in this process."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as running:
        yield running.scheduler_address


def test_every_task_comes_back_once_from_everywhere(cluster):
    expected = [square(task) for task in TASKS]

    assert list(run_here(square, TASKS)) == expected
    assert sorted(run_in_processes(square, TASKS, 2)) == expected
    assert sorted(run_on_cluster(square, TASKS, cluster)) == expected


def test_an_expected_failure_comes_through_from_everywhere(cluster):
    for results in (
        run_here(refuse, TASKS),
        run_in_processes(refuse, TASKS, 2),
        run_on_cluster(refuse, TASKS, cluster),
    ):
        with pytest.raises(InstepError, match="the thirteenth"):
            list(results)


def test_after_the_caller_stops_hardly_any_further_task_begins(tmp_path):
    results = run_in_processes(partial(note, tmp_path), range(1000), 2)
    next(results)
    results.close()
    begun = {path.name for path in tmp_path.iterdir()}

    assert len(begun) < 100
    time.sleep(0.2)
    assert {path.name for path in tmp_path.iterdir()} == begun


def test_a_killed_worker_is_an_expected_failure():
    with pytest.raises(InstepError, match="killed"):
        list(run_in_processes(die, TASKS, 2))


def test_a_scheduler_that_does_not_answer_is_an_expected_failure(monkeypatch):
    monkeypatch.setattr("sim.campaign.workers._CONNECT", "200ms")
    with pytest.raises(InstepError, match=r"127\.0\.0\.1:9"):
        list(run_on_cluster(square, TASKS, "tcp://127.0.0.1:9"))


def _cluster_of(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )


def test_a_cluster_that_stays_without_a_worker_is_an_expected_failure(monkeypatch):
    monkeypatch.setattr("sim.campaign.workers.WORKERLESS_S", 0.5)
    with _cluster_of(0) as running, pytest.raises(InstepError, match=r"no worker for 0\.5 s"):
        list(run_on_cluster(square, TASKS, running.scheduler_address))


def test_a_cluster_that_loses_its_last_worker_is_an_expected_failure(monkeypatch):
    monkeypatch.setattr("sim.campaign.workers.WORKERLESS_S", 0.5)
    with _cluster_of(1) as running:
        results = run_on_cluster(partial(time.sleep), [0.0, *[0.2] * 200], running.scheduler_address)
        next(results)
        running.scale(0)
        with pytest.raises(InstepError, match=r"no worker for 0\.5 s"):
            list(results)


def test_a_scheduler_that_goes_away_is_an_expected_failure():
    with _cluster_of(1) as running:
        results = run_on_cluster(partial(time.sleep), [0.0, *[0.2] * 200], running.scheduler_address)
        next(results)
        running.close()
        with pytest.raises(InstepError, match="is gone"):
            list(results)


_PARENT = """
import sys
from functools import partial
from pathlib import Path
from sim.campaign.workers import run_in_processes
from tests.sim.campaign.test_workers import note
if __name__ == "__main__":
    for _ in run_in_processes(partial(note, Path(sys.argv[1])), range(10**9), 2):
        print(flush=True)
"""


def test_workers_do_not_outlive_a_parent_that_was_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    notes = tmp_path / "notes"
    notes.mkdir()
    parent = subprocess.Popen(
        [sys.executable, str(script), str(notes)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    parent.stdout.readline()
    parent.kill()
    parent.communicate()
    workers = {int(path.read_text() or 0) for path in notes.iterdir()} - {0}

    assert workers
    deadline_s = time.monotonic() + _PATIENCE_S
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
