"""Search the program whose dose comes nearest to a wish: batch by batch, each session simulated on the workers.

The points of a batch do not depend on the order in which its sessions end: any number of workers, here or on a
cluster, finds the same program.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from sim.code_digest import code_digest
from sim.search import optimiser
from sim.search.optimiser import WORST, Optimiser
from sim.search.plan import first_point
from sim.search.session import Session, Setting, simulate
from sim.search.stroke import Space
from sim.search.wish import Wish
from sim.workers import Run


@dataclass
class Search:
    """A search in one setting.

    rival: the session of a program that the found ones are measured against. sessions: all others so far, by the text
    of their program. best: the nearest comfortable one.
    """

    wish: Wish
    setting: Setting
    name: str
    rival: Session | None = None
    sessions: dict[str, Session] = field(default_factory=dict)
    best: Session | None = None

    def run(self, workers: Run, sessions: int, advance: Callable[[int, str], None]) -> None:
        """Simulate up to `sessions` more sessions; call `advance` for each."""
        space = Space(self.wish)
        first = first_point(space, self.wish)
        chooser = Optimiser(space, first, self.setting.seed)
        self._simulate(workers, [space.text(first, self.name)], advance)
        for _ in range((sessions - 1) // optimiser.BATCH):
            if chooser.is_done:
                break
            texts = [space.text(point, self.name) for point in chooser.ask()]
            self._simulate(workers, texts, advance)
            chooser.tell([self.cost(self.sessions[text]) for text in texts])

    def cost(self, session: Session) -> float:
        """Return what a session costs: its deviation, and more if it is not comfortable."""
        if not session.is_whole:
            return WORST
        return session.deviation(self.wish) + self.wish.comfort.cost_of(session.peak_n)

    def _simulate(self, workers: Run, texts: Iterable[str], advance: Callable[[int, str], None]) -> None:
        """Simulate the programs that were not simulated before."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self.sessions]
        for session in workers(partial(simulate, self.setting, code_digest()), fresh):
            self.sessions[session.text] = session
            if session.is_comfortable(self.wish):
                self.best = min(self.best or session, session, key=self._rank)
            advance(1, f"nearest: {self.best.deviation(self.wish):.0%} beside the wish" if self.best else "")

    def _rank(self, session: Session) -> tuple[float, str]:
        """Return what orders sessions: of two as near, the text decides and not which one ended first."""
        return session.deviation(self.wish), session.text
