"""All golden values by part, and the file that keeps them."""

import json
import platform
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from host_tools.program.load import shipped
from tests.golden.conversation import conversation
from tests.golden.outcomes import campaign, sim_json
from tests.golden.sessions import SESSIONS
from tests.golden.setpoints import images, played_whole, played_with_skips

FILE = Path(__file__).with_name("golden.json")
MADE_ON = "made on"
_PEOPLE = ("small", "average", "large")

Part = Callable[[], Any]


def parts() -> dict[str, Part]:
    """Return what computes each part, by its name in the file."""
    found: dict[str, Part] = {"compiled programs": images, "link": conversation}
    found |= {"sim json": sim_json, "campaign": campaign}
    found |= {f"session {name}": session for name, session in SESSIONS.items()}
    found |= {f"setpoints {person}": partial(played_with_skips, person) for person in _PEOPLE}
    found |= {f"setpoints of a whole cycle, {name}": partial(played_whole, name) for name in shipped()}
    return found


def computer() -> str:
    """Return what kind of computer this is."""
    return f"{platform.system()} {platform.machine()}"


def read() -> dict[str, Any]:
    """Return the values that are kept."""
    values: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return values


def as_text(values: dict[str, Any]) -> str:
    """Return the values as the file holds them: sorted, each on a line of its own."""
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every single value with the path to it."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from leaves(value[key], f"{path} / {key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, f"{path} / {number}")
    else:
        yield path, value


def differences(part: str, kept: Any, found: Any) -> list[str]:
    """Return a line for each value that differs from the recorded one."""
    before, after = dict(leaves(kept, part)), dict(leaves(found, part))
    return [
        f"{path}: was {_shown(before, path)}, is {_shown(after, path)}"
        for path in sorted({*before, *after})
        if _shown(before, path) != _shown(after, path)
    ]


def _shown(values: dict[str, Any], path: str) -> str:
    return json.dumps(values[path]) if path in values else "absent"
