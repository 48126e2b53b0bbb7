"""Run `instep campaign`: run the missing cases on the workers, store their rows, write table and page."""

from collections.abc import Callable, Generator, Iterator, Sequence, Sized
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from os import cpu_count
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from host_tools.errors import InstepError
from host_tools.program.load import is_shipped, load_program
from host_tools.result_file import write_result
from instep.stroke.program import CRC_BYTES, TECHNIQUES, Program
from sim.campaign.code import code_digest
from sim.campaign.options import CampaignOptions
from sim.campaign.page import page
from sim.campaign.plan import PHASES, Case, by_beginning, in_turns, plan_of
from sim.campaign.run import run_cases
from sim.campaign.store import Row, Store
from sim.campaign.table import Table, table_of
from sim.campaign.workers import run_here, run_in_processes, run_on_cluster
from sim.faults.catalogue import FAULTS

EXIT_HELD = 0
EXIT_BROKEN = 1

_PAGE = "campaign.html"

Batch = list[Case]


def run(options: CampaignOptions) -> int:
    """Run or finish a campaign; return 0 if every budget is kept, 1 if one is exceeded."""
    own = load_program(str(options.program)) if options.program else None
    store = Store(options.out, code_digest() + (f"-{own.data[-CRC_BYTES:].hex()}" if own else ""))
    try:
        rows = _simulate(options, store, phases_of(Program(own.data)) if own else PHASES)
        store.finish(rows)
        outcome = table_of(rows)
        write_result(options.out / _PAGE, page(outcome).encode())
    except OSError as error:
        raise InstepError(f"{error.filename} cannot be written: {error.strerror}.", "Give another --out.") from None
    _tell(outcome, options)
    return EXIT_HELD if outcome.is_good else EXIT_BROKEN


def phases_of(program: Program) -> tuple[str, ...]:
    """Return the phases of a session with this program, in their order."""
    running = [phase for phase in range(program.phase_count) if not program.is_closing(phase)]
    techniques = {TECHNIQUES[program.technique(phase)] for phase in running}
    return tuple(phase for phase in PHASES if phase not in TECHNIQUES or phase in techniques)


def _simulate(options: CampaignOptions, store: Store, phases: Sequence[str]) -> list[Row]:
    """Return the rows of all runs: those of an interrupted campaign, and those simulated now."""
    early = [name for name in options.faults if FAULTS[name].comes_before_session]
    slow = [name for name in options.faults if FAULTS[name].is_slow]
    plan = plan_of(options.faults, options.people, options.seeds, early, options.parts, options.presses, slow, phases)
    if options.takes_turns:
        plan = in_turns(plan, options.people)
    if options.program:
        plan = [replace(case, own=_place_of(options.program)) for case in plan]
    cases = {case.key: case for case in plan}
    kept: list[Row] = []
    if options.resume:
        kept = [row for row in store.resume() if row["key"] in cases]
    else:
        store.begin()
    rows = {row["key"]: row for row in kept}
    left = [case for key, case in cases.items() if key not in rows]
    console = Console(stderr=True)
    try:
        with closing(_run_batches(by_beginning(left), options)) as batches, _progress(console, cases, rows) as advance:
            for fresh in batches:
                store.add(fresh)
                rows |= {row["key"]: row for row in fresh}
                advance(len(fresh))
    except KeyboardInterrupt:
        console.print(
            f"{len(rows)} of {len(cases)} runs are stored in {options.out}; --resume continues.", soft_wrap=True
        )
        raise
    return list(rows.values())


def _place_of(program: Path) -> str:
    """Return the name of a shipped program, which every computer has, or the path of a file."""
    return program.stem if is_shipped(program) else str(program)


def _run_batches(batches: Sequence[Batch], options: CampaignOptions) -> Generator[list[Row]]:
    """Yield the rows of each batch when it is done."""
    work = partial(run_batch, code_digest())
    workers = options.workers or cpu_count() or 1
    if options.scheduler is not None:
        return run_on_cluster(work, batches, options.scheduler)
    if workers == 1 or len(batches) < 2:
        return run_here(work, batches)
    return run_in_processes(work, batches, min(workers, len(batches)))


def run_batch(code: str, batch: Batch) -> list[Row]:
    """Run a batch of cases; raise InstepError if this worker's code is not `code`."""
    if code_digest() != code:
        raise InstepError("A worker of the cluster has other code.", "Install the same version everywhere.")
    return run_cases(batch)


@contextmanager
def _progress(console: Console, cases: Sized, rows: Sized) -> Iterator[Callable[[int], None]]:
    """Show a progress bar if the console is a terminal; yield the function that adds finished runs to it."""
    columns = (TextColumn("campaign"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=len(cases), completed=len(rows))
        yield lambda runs: progress.advance(task, runs)


def _tell(outcome: Table, options: CampaignOptions) -> None:
    """Print the outcome in plain words."""
    verdict = "Every budget is kept." if outcome.is_good else "The campaign has failures."
    console = Console(stderr=not outcome.is_good, highlight=False)
    console.print(verdict, style="bold" if outcome.is_good else "bold red")
    console.print(
        f"{outcome.runs} runs, {outcome.fault_runs} with a fault, which made a difference in {outcome.shown}: "
        f"{outcome.missed} missed, {outcome.over_budget} over budget, {outcome.wrong_reactions} wrong reactions, "
        f"{outcome.false_trips} false trips, {outcome.unreached} that did not reach their phase.",
        soft_wrap=True,
    )
    if outcome.presses is not None:
        pressed = outcome.presses
        console.print(
            f"random presses: {pressed.runs} sessions, {pressed.false_trips} false trips, "
            f"{pressed.wrong_endings} that did not end as they should.",
            soft_wrap=True,
        )
    console.print(f"table: {options.out / _PAGE}", soft_wrap=True)
