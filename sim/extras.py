"""Say how a package is installed that only some need."""

import re
import shlex
import sys
from importlib.metadata import requires

from host_tools.errors import InstepError


def missing(extra: str, what: str) -> InstepError:
    """Return the error of `what` needing a package of an extra of Instep that is not installed."""
    mark = re.compile(rf"""extra == ['"]{extra}['"]""")
    pins = [pin.partition(";")[0].strip() for pin in requires("instep") or () if mark.search(pin)]
    command = shlex.join([sys.executable, "-m", "pip", "install", *pins])
    return InstepError(f"{what} needs {' and '.join(pins)}, which is not installed.", f"Install it: {command}")
