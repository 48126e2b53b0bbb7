"""A session of a search is that of `instep sim`, told in a few figures."""

import pytest

from host_tools.errors import InstepError
from host_tools.program.load import find
from sim.code_digest import code_digest
from sim.library import Machine
from sim.search.session import Setting, simulate


def test_a_session_has_the_dose_and_the_force_of_the_library():
    text = find("demo").read_text(encoding="utf-8")
    session = simulate(Setting("small", 3, "typical"), code_digest(), text)
    machine = Machine("demo", "small", seed=3, parts="typical")
    summary = machine.run()
    assert session.is_whole and session.text == text
    assert session.peak_n == summary["max_force_n"]
    assert session.lengths_mm == [summary["fit_mm"]["left"], summary["fit_mm"]["right"]]
    for given, foot in zip(session.feet, ("left", "right"), strict=True):
        dose = machine.dose(foot)
        assert (given["sole"] == dose.sole.max(axis=1)).all() and (given["top"] == dose.top.max(axis=1)).all()


def test_a_worker_with_other_code_is_refused():
    with pytest.raises(InstepError, match="other code"):
        simulate(Setting("small", 3, "typical"), "another", "")
