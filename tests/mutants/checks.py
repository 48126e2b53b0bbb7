"""Take every check out of the guard and the heater's drive, one at a time, and see that a test notices.

`make mutants` runs it. A check is an `if` (then as if it were never so), a call whose result nobody takes, a part of
an `and` or an `or`, an end of a chain of comparisons, an argument of `min` or `max`. mutmut changes all of these and
takes none away. What is known to make no difference stands in KNOWN, with its reason.
"""

import ast
import importlib.util
import multiprocessing
import os
import signal
import sys
from pathlib import Path

from tests.mutants.limits import HEAT_TESTS, TESTS, first_failure

_ROOT = Path(__file__).resolve().parents[2]
_FIRMWARE = _ROOT / "firmware" / "instep"
_NONE = -1
_MAX_S = 300
# Only texts and figures; `limits.py` of this folder loosens the figures.
_LEFT_OUT = ("__init__.py", "faults.py", "limits.py", "votes.py")
_MORE_TESTS = {
    "guard/firmware_check.py": ("test_firmware_check.py",),
    "guard/notices.py": ("test_notices.py",),
    "guard/setpoint_limiter.py": ("test_setpoint_limiter.py", "test_supervisor_notices.py"),
    "guard/supervisor.py": ("test_supervisor*.py", "test_notices_in_a_session.py"),
}

# Module: function and removed source: why no test can notice.
KNOWN = {
    "drive/heater.py": {"tick: and self.duty_permille": "it only avoids switching off a heater that is off"},
    "guard/force_monitor.py": {
        "judge_lifted: if is_light and monitor[_CLEAR_TICKS] >= limits.LIFTED_TICKS and (monitor[_HELD_TICKS] == 0)": (
            "it only saves the time of what follows"
        ),
        "judge_lifted: and monitor[_HELD_TICKS] < limits.HELD_TRIP_TICKS": "it only keeps a count small",
    },
    "guard/rise_monitor.py": {
        "_is_stuck_on: STUCK_ON_SAMPLES of min(self._standing_samples + 1, STUCK_ON_SAMPLES)": (
            "it only keeps a count small"
        ),
    },
    "guard/travel_monitor.py": {
        f"judge_touch: if force_mn {bound}": "it keeps products in 32 bits, which only a board has: test_kernels.py"
        for bound in ("> _FORCE_MAX_MN", "< -_FORCE_MAX_MN")
    },
    "guard/well_model.py": {
        "_judge_warming: FULL_TRIP_SAMPLES of min(self._full_samples + 1, FULL_TRIP_SAMPLES)": (
            "it only keeps a count small"
        ),
    },
    "guard/setpoint_limiter.py": {"check: if setpoints == good": "it only saves the time of looking at each"},
}


class _Taker(ast.NodeTransformer):
    """Take one check out, the one of that number; `found` names all of them by function and source."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._function = ""
        self.found: list[str] = []

    def _is_it(self, text: str) -> bool:
        self.found.append(f"{self._function}: {text}")
        return len(self.found) - 1 == self._number

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        """Record the places of the checks."""
        self._function = node.name
        self.generic_visit(node)
        return node

    def visit_If(self, node: ast.If) -> ast.stmt | list[ast.stmt]:
        """Take an `if` out, whole, but for what stands in its `else`."""
        if ast.unparse(node.test) == "TYPE_CHECKING":
            return node
        self.generic_visit(node)
        if self._is_it(f"if {ast.unparse(node.test)}"):
            return node.orelse or ast.Pass()
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        """Take a call out whose result nobody takes."""
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and self._is_it(ast.unparse(node)):
            return ast.Pass()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """Take a part of an `and` or an `or` out."""
        self.generic_visit(node)
        word = "and" if isinstance(node.op, ast.And) else "or"
        for part in list(node.values):
            if self._is_it(f"{word} {ast.unparse(part)}"):
                node.values.remove(part)
        return node if len(node.values) > 1 else node.values[0]

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Take an end of a chain of comparisons off."""
        self.generic_visit(node)
        text = ast.unparse(node)
        if len(node.ops) < 2:
            return node
        if self._is_it(f"first of {text}"):
            return ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:])
        if self._is_it(f"last of {text}"):
            return ast.Compare(node.left, node.ops[:-1], node.comparators[:-1])
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Take an argument of `min` or `max` out."""
        self.generic_visit(node)
        text = ast.unparse(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("min", "max") and len(node.args) > 1:
            for argument in list(node.args):
                if self._is_it(f"{ast.unparse(argument)} of {text}"):
                    node.args.remove(argument)
        return node.args[0] if text != ast.unparse(node) and len(node.args) == 1 else node


def modules() -> list[str]:
    """Return the modules whose checks are taken out."""
    guard = sorted(path.name for path in (_FIRMWARE / "guard").glob("*.py") if path.name not in _LEFT_OUT)
    return ["drive/heater.py", *(f"guard/{name}" for name in guard)]


def whole(module: str) -> tuple[ast.Module, list[str]]:
    """Return a module and what all of its checks are."""
    return without(module, _NONE)


def without(module: str, number: int) -> tuple[ast.Module, list[str]]:
    """Return a module without its check of that number, and what all of its checks are."""
    taker = _Taker(number)
    tree = taker.visit(ast.parse((_FIRMWARE / module).read_text()))
    return ast.fix_missing_locations(tree), taker.found


def files_for(module: str) -> list[str]:
    """Return the files that test a module."""
    patterns = _MORE_TESTS.get(module) or TESTS.get(module) or HEAT_TESTS
    return [str(path) for pattern in patterns for path in sorted((_ROOT / "tests" / "firmware").rglob(pattern))]


def _load(module: str, tree: ast.Module) -> None:
    """Put a module in its place before anybody imports it."""
    path = _FIRMWARE / module
    name = "instep." + module.removesuffix(".py").replace("/", ".")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    setattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2], loaded)
    exec(compile(tree, str(path), "exec"), vars(loaded))


def killer(module: str, number: int) -> str:
    """Return the name of a test that fails without a check, "" = none does; for a process of its own."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_MAX_S)
    _load(module, without(module, number)[0])
    return first_failure(files_for(module))


def _give_up(signal_number: int, frame: object) -> None:
    raise TimeoutError(f"it takes over {_MAX_S} s")


def _killer(check: tuple[str, int]) -> str:
    return killer(*check)


def main(chosen: list[str]) -> int:
    """Try the chosen modules, or all; print two lines each; return 1 when a check could be taken out unnoticed."""
    survivors = count = 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for module in chosen or modules():
            if broken := pool.apply(killer, (module, _NONE)):
                print(f"{broken} fails with all checks of {module}: no change can be judged.")
                return 1
            checks = whole(module)[1]
            killers = pool.imap(_killer, [(module, number) for number in range(len(checks))], chunksize=1)
            for check, test in zip(checks, killers, strict=True):
                reason = KNOWN.get(module, {}).get(check, "")
                survivors += not test and not reason
                print(f"{module} {check}\n    {test or reason or 'NOBODY NOTICES'}", flush=True)
            count += len(checks)
    print(f"{count - survivors} of {count} checks cannot be taken out unnoticed.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
