"""Run `instep campaign`: run the missing cases on the workers, store their rows, write table and page."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console

from host_tools.errors import InstepError
from host_tools.program.load import is_shipped, load_program
from host_tools.result_file import write_result
from instep.stroke.program import CRC_BYTES, TECHNIQUES, Program
from sim.campaign.options import CampaignOptions
from sim.campaign.page import page
from sim.campaign.plan import PHASES, Case, by_beginning, in_turns, plan_of
from sim.campaign.run import run_cases
from sim.campaign.store import Row, Store
from sim.campaign.table import Table, table_of
from sim.code_digest import code_digest, require_code
from sim.faults.catalogue import FAULTS
from sim.progress import counted
from sim.workers import workers_for

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
        bar = counted(console, "campaign", len(cases), len(rows))
        with closing(_run_batches(by_beginning(left), options)) as batches, bar as advance:
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
    with workers_for(options.scheduler, options.workers, len(batches), "go on with --resume") as run:
        yield from run(partial(run_batch, code_digest()), batches)


def run_batch(code: str, batch: Batch) -> list[Row]:
    """Run a batch of cases; raise InstepError if this worker's code is not `code`."""
    require_code(code)
    return run_cases(batch)


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
