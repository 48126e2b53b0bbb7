"""Where the tasks of a campaign or a search are simulated."""

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from host_tools.errors import InstepError
from sim.workers import in_processes, on_cluster, run_here, workers_for
from tests.sim.clusters import cluster_of

TASKS = list(range(20))
# Long enough for a process to begin or end on a busy machine; passing does not wait for it.
_PATIENCE_S = 60


def square(number: int) -> int:
    """Return the square."""
    return number * number


def who(_number: int) -> int:
    """Return the process that does the task."""
    return os.getpid()


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


def here(work, tasks):
    """Return the results of this process."""
    return list(run_here(work, tasks))


def apart(work, tasks):
    """Return the results of two processes."""
    with in_processes(2, "try again") as run:
        return list(run(work, tasks))


def far(work, tasks, address):
    """Return the results of a cluster."""
    with on_cluster(address, "try again") as run:
        return list(run(work, tasks))


def test_every_task_comes_back_once_from_everywhere(cluster):
    expected = [square(task) for task in TASKS]

    assert here(square, TASKS) == expected
    assert sorted(apart(square, TASKS)) == expected
    assert sorted(far(square, TASKS, cluster)) == expected


def test_the_same_workers_run_one_batch_after_the_other(cluster):
    with workers_for(None, 2, len(TASKS), "try again") as run:
        assert len({*run(who, TASKS), *run(who, TASKS)} - {os.getpid()}) in (1, 2)
    with workers_for(cluster, None, len(TASKS), "try again") as run:
        assert sorted([*run(square, TASKS[:9]), *run(square, TASKS[9:])]) == here(square, TASKS)


def test_one_task_at_a_time_needs_no_further_process():
    for place in ({"workers": 1, "tasks": 9}, {"workers": None, "tasks": 1}):
        with workers_for(None, go_on="try again", **place) as run:
            assert set(run(who, TASKS)) == {os.getpid()}


def test_an_expected_failure_comes_through_from_everywhere(cluster):
    for place in (here, apart, partial(far, address=cluster)):
        with pytest.raises(InstepError, match="the thirteenth"):
            place(refuse, TASKS)


def test_after_the_caller_stops_hardly_any_further_task_begins(tmp_path):
    with in_processes(2, "try again") as run:
        next(run(partial(note, tmp_path), range(1000)))
    begun = {path.name for path in tmp_path.iterdir()}

    assert len(begun) < 100
    time.sleep(0.2)
    assert {path.name for path in tmp_path.iterdir()} == begun


def test_a_killed_worker_is_an_expected_failure():
    with pytest.raises(InstepError, match="killed") as caught:
        apart(die, TASKS)
    assert caught.value.advice == "Use fewer --workers: try again."


def test_a_scheduler_that_does_not_answer_is_an_expected_failure(monkeypatch):
    monkeypatch.setattr("sim.workers._CONNECT", "200ms")
    with pytest.raises(InstepError, match=r"127\.0\.0\.1:9"):
        far(square, TASKS, "tcp://127.0.0.1:9")


def test_a_cluster_that_stays_without_a_worker_is_an_expected_failure(monkeypatch):
    monkeypatch.setattr("sim.workers.WORKERLESS_S", 0.5)
    with cluster_of(0) as running, pytest.raises(InstepError, match=r"no worker for 0\.5 s"):
        far(square, TASKS, running.scheduler_address)


def test_a_cluster_that_loses_its_last_worker_is_an_expected_failure(monkeypatch):
    monkeypatch.setattr("sim.workers.WORKERLESS_S", 0.5)
    with cluster_of(1) as running, on_cluster(running.scheduler_address, "try again") as run:
        results = run(partial(time.sleep), [0.0, *[0.2] * 200])
        next(results)
        running.scale(0)
        with pytest.raises(InstepError, match=r"no worker for 0\.5 s"):
            list(results)


def test_a_scheduler_that_goes_away_is_an_expected_failure():
    with cluster_of(1) as running, on_cluster(running.scheduler_address, "try again") as run:
        results = run(partial(time.sleep), [0.0, *[0.2] * 200])
        next(results)
        running.close()
        with pytest.raises(InstepError, match="is gone"):
            list(results)


_PARENT = """
import sys
from functools import partial
from pathlib import Path
from sim.workers import in_processes
from tests.sim.test_workers import note
if __name__ == "__main__":
    with in_processes(2, "try again") as run:
        for _ in run(partial(note, Path(sys.argv[1])), range(10**9)):
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
