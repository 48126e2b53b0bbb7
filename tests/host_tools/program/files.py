"""Program files of a few lines, and the violations that are reported of one."""

import pytest

from host_tools.program.check import check_text
from host_tools.program.violations import ProgramFileError

HEAD = 'format = 1\nname = "mine"\n'
PHASE = HEAD + '[[phase]]\ntechnique = "top"\n'
PULL = HEAD + '[[phase]]\ntechnique = "pull"\n'
PATH = HEAD + '[[phase]]\ntechnique = "path"\n'


def violations(text: str) -> list[str]:
    """Return the sentences with which a program file is refused."""
    with pytest.raises(ProgramFileError) as caught:
        check_text(text, "my.toml")
    return caught.value.message.splitlines()
