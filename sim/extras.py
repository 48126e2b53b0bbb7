"""The error for an optional package that is not installed."""

import re
import shlex
import sys
from importlib.metadata import requires

from host_tools.errors import InstepError


def missing(extra: str, what: str) -> InstepError:
    """Return the error for `what`, which needs a package of this extra of Instep; it says how to install it."""
    mark = re.compile(rf"""extra == ['"]{extra}['"]""")
    pins = [pin.partition(";")[0].strip() for pin in requires("instep") or () if mark.search(pin)]
    command = shlex.join([sys.executable, "-m", "pip", "install", *pins])
    return InstepError(f"{what} needs {' and '.join(pins)}, which is not installed.", f"Install it: {command}")
