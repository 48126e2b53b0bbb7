"""Wishes: what a file says, and everything that is wrong with one, at once and by line."""

import re
from pathlib import Path

import pytest

from host_tools.data_folders import WISHES
from host_tools.docs.imports import ROOT
from host_tools.errors import InstepError
from host_tools.program.violations import RefusedFileError
from sim.search.wish import Comfort, check_wish, load_wish

PAGE = ROOT / "docs" / "simulate-in-python.md"
WISH = """format = 1
minutes = 10
sole = [
  { at = 100, dose = 2.5 },
  { at = 900, dose = 10 },
]
comfort = { force_n = 12.5 }
"""


def refused(text):
    """Return the violations of a wish as text."""
    with pytest.raises(RefusedFileError) as caught:
        check_wish(text, "my.toml")
    return [str(violation) for violation in caught.value.violations]


def test_a_wish_has_places_doses_and_bounds():
    wish = check_wish(WISH, "my.toml")
    assert wish.doses == {"sole": ((100, 2.5), (900, 10.0))}
    assert (wish.minutes, wish.heat, wish.title) == (10, "off", "")
    assert wish.comfort == Comfort(force_n=12.5)


def test_the_wish_of_the_page_is_the_shipped_one():
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert check_wish(text, PAGE.name) == load_wish(WISHES / "arch.toml")


@pytest.mark.parametrize("path", sorted(WISHES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_wish_can_be_read(path):
    assert load_wish(path).title


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("format = 1", "", 1, "format: is missing"),
        ("minutes = 10", "minutes = 12", 2, "allowed: 0, 10, 15"),
        ("sole", "soles", 3, "did you mean sole?"),
        ("at = 100", "at = 1001", 4, "sole 1, at = 1001: is too large; allowed: 0 to 1000"),
        ("at = 100", "at = 950", 5, "does not lie behind the place before it"),
        ("dose = 2.5", "dose = -1", 4, "allowed: 0 to 200 N"),
        (", dose = 2.5", "", 4, "sole 1, dose: is missing"),
        ("{ at = 100, dose = 2.5 }", "7", 4, "is not a place"),
        ("{ at = 900, dose = 10 },", "", 3, "2 to 12 places"),
        ("force_n = 12.5", "force_n = 50", 7, "allowed: 5 to 35 N"),
        ("force_n = 12.5", "force = 12.5", 7, "did you mean force_n?"),
        ("{ force_n = 12.5 }", "3", 7, "is not a table"),
        ("= 1\n", "= = 1\n", 1, "is not valid TOML"),
    ],
)
def test_a_wrong_wish_is_refused_by_its_line_with_what_is_allowed(before, after, line, said):
    found = refused(WISH.replace(before, after, 1))
    assert any(text.startswith(f"my.toml:{line}: ") and said in text for text in found), found


def test_all_that_is_wrong_is_said_at_once():
    assert len(refused(WISH.replace("= 10\n", "= 12\n").replace("dose = 2.5", "dose = -1").replace("12.5", "99"))) == 3


def test_a_wish_for_nothing_is_refused():
    assert any("wishes nothing" in text for text in refused("format = 1\n"))
    nothing = WISH.replace("dose = 2.5", "dose = 0").replace("dose = 10", "dose = 0")
    assert any("a dose of 0 everywhere" in text for text in refused(nothing))


def test_a_missing_file_is_said():
    with pytest.raises(InstepError, match=r"There is no wish nowhere\.toml"):
        load_wish(Path("nowhere.toml"))
