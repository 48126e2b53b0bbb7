"""`instep search`: the same on one process, several and a cluster; better than quick; its words and refusals."""

from functools import partial
from pathlib import Path

import pytest

from host_tools.cli import run as instep
from sim.people import FOLDER
from sim.search import command
from sim.search.options import SearchOptions
from sim.search.search import Search
from tests.sim.search.planned import planned_session

# Short strokes that are given once: a session of two minutes.
WISH = """format = 1
title = "Arch"
minutes = 0
sole = [
  { at = 400, dose = 1 },
  { at = 550, dose = 2.5 },
  { at = 700, dose = 1 },
]
"""


_SMALL_BATCH = 3


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with a wish; a search has small batches."""
    monkeypatch.setattr("sim.search.optimiser.BATCH", _SMALL_BATCH)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wish.toml").write_text(WISH)
    return tmp_path


@pytest.fixture
def planned(monkeypatch):
    """Plan sessions instead of simulating them; return the function that sets their greatest force."""

    def simulate(_setting, _code, text, *, peak_n=10.0):
        return planned_session(text, peak_n)

    def press(peak_n):
        for module in ("command", "search"):
            monkeypatch.setattr(f"sim.search.{module}.simulate", partial(simulate, peak_n=peak_n))

    press(10.0)
    return press


def options_for(output, **given):
    """Return the options of a small search in this process, with the given values."""
    usual = {"wish": Path("wish.toml"), "like": None, "person": FOLDER / "average.toml", "sessions": 5, "workers": 1}
    return SearchOptions(output=Path(output), **(usual | given))


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Return the program that one process finds."""
    path = tmp_path_factory.mktemp("one") / "mine.toml"
    (path.parent / "wish.toml").write_text(WISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.search.optimiser.BATCH", _SMALL_BATCH)
        assert command.run(options_for(path, wish=path.parent / "wish.toml")) == 0
    return path.read_text()


def test_several_processes_find_the_same_program_as_one(expected):
    command.run(options_for("mine.toml", workers=2))
    assert Path("mine.toml").read_text() == expected


def test_a_cluster_finds_the_same_program_as_one_process(expected, cluster):
    command.run(options_for("mine.toml", workers=None, scheduler=cluster))
    assert Path("mine.toml").read_text() == expected


def test_what_is_found_passes_the_check_and_beats_quick(expected):
    Path("mine.toml").write_text(expected)
    assert instep(["program", "check", "mine.toml"]) == 0
    near, far = [int(word.rstrip("%")) for word in expected.splitlines()[1].split() if word.endswith("%")]
    assert near < far / 2
    assert 'name = "mine"\ntitle = "Arch"' in expected
    assert "# Found by instep search: the nearest of 4 programs, in sessions of average, seed 1," in expected


def test_the_outcome_is_said_with_the_next_commands(planned, capsys):
    command.run(options_for("my_stroke.toml", person=FOLDER / "small.toml", seed=2, parts="ideal"))
    said = capsys.readouterr().out
    assert "beside the wish; quick is" in said and "program: my_stroke.toml" in said
    assert "instep program show my_stroke.toml" in said
    assert "instep sim my_stroke.toml --person small --seed 2 --parts ideal --headless --report my_stroke.html" in said
    assert 'name = "found"' in Path("my_stroke.toml").read_text()


def test_ctrl_c_keeps_the_best_program_so_far(planned, monkeypatch, capsys):
    simulated = Search._simulate

    def stop(self, *arguments):
        if self.sessions:
            raise KeyboardInterrupt
        simulated(self, *arguments)

    monkeypatch.setattr(Search, "_simulate", stop)
    assert instep(["search", "wish.toml", "-o", "mine.toml", "--workers", "1"]) == 130
    assert "The best program so far is in mine.toml." in capsys.readouterr().err
    assert instep(["program", "check", "mine.toml"]) == 0


def test_ctrl_c_before_the_first_program_leaves_nothing(planned, monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Search, "_simulate", stop)
    assert instep(["search", "wish.toml", "-o", "mine.toml", "--workers", "1"]) == 130
    assert "so far" not in capsys.readouterr().err and not Path("mine.toml").exists()


def test_the_dose_of_a_program_can_be_wished(planned):
    command.run(options_for("mine.toml", wish=None, like=Path("quick")))
    text = Path("mine.toml").read_text()
    assert 'title = "Like Quick"\nminutes = 10\nheat = "low"' in text
    assert "{ top = 1000," in text and "{ sole = 1000," in text


def test_bounds_that_no_stroke_keeps_are_said(planned, capsys):
    planned(30.0)
    assert instep(["search", "wish.toml", "-o", "mine.toml", "--workers", "1", "--sessions", "14"]) == 1
    assert "programs kept the force below 25 N" in capsys.readouterr().err
    assert not Path("mine.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Give a WISH or --like PROGRAM, one of them."),
        (["arch", "--like", "quick"], "Give a WISH or --like PROGRAM, one of them."),
        (["arches"], "choose from arch, even"),
        (["--like", "toe"], "choose from classic"),
        (["arch", "--workers", "2", "--scheduler", "tcp://127.0.0.1:9"], "give one of them"),
        (["arch", "--person", "me.toml", "--scheduler", "tcp://127.0.0.1:9"], "shipped person"),
        (["arch", "--sessions", "3"], "sessions"),
        (["wish.toml", "-o", "wish.toml"], "wish.toml is the file that is read"),
    ],
)
def test_bad_arguments_are_refused_before_any_session(folder, arguments, words, capsys):
    (folder / "me.toml").write_text("")
    assert instep(["search", "-o", "mine.toml", *arguments]) == 1
    assert words in " ".join(capsys.readouterr().err.split())
    assert not Path("mine.toml").exists()


def test_a_wrong_wish_is_refused_by_its_lines(folder, capsys):
    (folder / "wish.toml").write_text(WISH.replace("2.5", "-1"))
    assert instep(["search", "wish.toml", "-o", "mine.toml"]) == 1
    assert "wish.toml:6: sole 2, dose = -1: is too small" in capsys.readouterr().err
