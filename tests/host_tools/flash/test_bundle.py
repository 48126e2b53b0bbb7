"""Many modules in one: the same behaviour under names that do not meet."""

import sys
from types import ModuleType

import pytest

from host_tools.flash.bundle import Bundle

LOW = """
_step = 2

def go(n):
    return n + _step

def _help():
    return "low"
"""
MID = """
from p.low import go

_step = 30

def _help():
    return go(_step)

class Mid:
    go = 7

    def run(self, step):
        return _help() + step + self.go
"""
TOP = """
from p import low
from p.mid import Mid as Middle

def total(n):
    go = [low.go(i) for i in range(n)]
    return sum(go) + Middle().run(1)

def min(a):
    return low._help()
"""
SOURCES = {"p.low": LOW, "p.mid": MID, "p.top": TOP}


def _load(sources, monkeypatch):
    """Run sources as modules, one after the other."""
    package = ModuleType("p")
    monkeypatch.setitem(sys.modules, "p", package)
    for name, source in sources.items():
        module = ModuleType(name)
        setattr(package, name.rpartition(".")[2], module)
        monkeypatch.setitem(sys.modules, name, module)
        exec(source, module.__dict__)
    return sys.modules[name].__dict__


@pytest.mark.parametrize("expression", ["total(4)", "Middle().run(5)", "low.go(1)", "low._help()"])
def test_a_bundle_does_what_its_modules_do(expression, monkeypatch):
    bundle = Bundle("p.all", SOURCES, SOURCES)
    use = f"from p import low\nfrom p.mid import Mid as Middle\nfrom p.top import total\nx = {expression}\n"
    apart = _load(SOURCES | {"p.use": use}, monkeypatch)
    together = _load({"p.all": bundle.text(), "p.use": bundle.outsider(use)}, monkeypatch)
    assert together["x"] == apart["x"]


def test_a_name_of_two_modules_or_of_a_builtin_gets_a_prefix():
    text = Bundle("p.all", SOURCES, SOURCES).text()
    assert "def _help()" in text and "def _help_mid()" in text
    assert "def min_top(" in text and "\ndef min(" not in text
    assert "import" not in text


def test_an_import_from_outside_the_bundle_stays():
    text = Bundle("p.all", ["p.one"], {"p.one": "from array import array\nx = array('i')\n"}).text()
    assert text == "from array import array\nx = array('i')\n"


def test_imports_that_are_no_members_are_left_to_an_outsider():
    bundle = Bundle("p.all", SOURCES, SOURCES)
    assert bundle.outsider("from q import low\nlow.go\n") == "from q import low\nlow.go\n"


def test_an_import_of_members_and_others_is_parted():
    bundle = Bundle("p.all", SOURCES, SOURCES)
    assert bundle.outsider("from p import low, other\n") == (
        "from p import all as low; from p import other as other\n"
    )
