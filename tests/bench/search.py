"""How near a search comes to a wished dose, beside a shipped program."""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from host_tools.program.load import load_program
from host_tools.program.toml_text import to_toml
from sim.code_digest import code_digest
from sim.search.figures import RIVAL
from sim.search.optimiser import BATCH
from sim.search.search import Search
from sim.search.session import Setting, simulate
from sim.search.wish import find_wish, load_wish
from sim.workers import workers_for
from tests.bench.figure import Figure

_WISH = "arch"
_SESSIONS_MAX = 200
# As many as fill some batches: more only come nearer.
_SESSIONS = 1 + 5 * BATCH
_SETTING = Setting("average", 1, "typical")


def measure() -> Iterator[Figure]:
    """Search with some sessions; yield the deviation of the found program beside that of the rival."""
    wish = load_wish(find_wish(_WISH))
    rival = replace(load_program(RIVAL).program, minutes=wish.minutes, heat=wish.heat)
    search = Search(wish, _SETTING, "found")
    with workers_for(None, os.cpu_count(), BATCH, "try again") as workers:
        (session,) = workers(partial(simulate, _SETTING, code_digest()), [to_toml(rival)])
        search.run(workers, _SESSIONS, lambda *_: None)
    far = session.deviation(wish)
    near = search.best.deviation(wish) if search.best is not None else float("inf")
    yield Figure(
        f"dose beside the wish `{_WISH}`, found in {len(search.sessions)} sessions",
        f"{near:.0%}",
        f"less than {RIVAL} in ≤ {_SESSIONS_MAX} sessions",
        f"{RIVAL}: {far:.0%}",
        holds=near < far,
    )
