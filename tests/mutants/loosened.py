"""A pytest plugin (`-p tests.mutants.loosened`): set one of the guard's limits to what LOOSENED says, NAME=VALUE.

It is loaded before anything of the firmware, so that whoever imports the limit gets that value.
"""

import ast
import os

from instep.guard import limits

LOOSENED = "LOOSENED"

_name, _, _value = os.environ.get(LOOSENED, "").partition("=")
if _name:
    getattr(limits, _name)
    setattr(limits, _name, ast.literal_eval(_value))
