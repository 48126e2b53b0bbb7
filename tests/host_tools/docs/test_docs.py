"""The generated pages are what their sources say, and every path that a page names exists."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from host_tools.docs import __main__ as command
from host_tools.docs import faults as faults_page
from host_tools.docs import pages
from host_tools.docs.imports import ROOT
from instep.guard import faults

_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_LEFT_OUT = {".venv", "build", "node_modules"}
MARKDOWN = [path for path in sorted(ROOT.rglob("*.md")) if _LEFT_OUT.isdisjoint(path.relative_to(ROOT).parts)]


def wrong_links(path: Path, text: str) -> list[str]:
    """Return the links of a page to files that do not exist and to headings that the page does not have."""
    found = [one or other for one, other in _LINK.findall(text)]
    return [target for target in found if not target.startswith("http") and not _leads_somewhere(path, target, text)]


def _leads_somewhere(path: Path, target: str, text: str) -> bool:
    file, _, heading = target.partition("#")
    if not (path.parent / file).exists():
        return False
    other = path.parent / file if file else None
    return not heading or heading in _anchors(other.read_text(encoding="utf-8") if other else text)


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", pages.PAGES)
def test_a_generated_page_is_up_to_date(path):
    made = pages.PAGES[path]()
    assert (ROOT / path).exists(), "run `make docs`"
    assert (ROOT / path).read_text(encoding="utf-8") == made, "run `make docs`"


def test_a_page_that_differs_is_reported_and_written(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "PAGES", {"docs/page.md": lambda: "made\n"})
    refused = CliRunner().invoke(command.main, ["--check"])
    assert (refused.exit_code, refused.stderr) == (1, "Out of date: docs/page.md. Run `make docs`.\n")
    assert CliRunner().invoke(command.main).exit_code == 0
    assert (tmp_path / "docs/page.md").read_text() == "made\n"
    assert CliRunner().invoke(command.main, ["--check"]).exit_code == 0


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_or_a_heading(path):
    assert not wrong_links(path, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "link", ["[a](nothing.md)", "[a](README.md#no-such-heading)", '<img src="no.png">', "[a](#b)"]
)
def test_a_link_that_leads_nowhere_is_found(link):
    assert wrong_links(ROOT / "README.md", f"# A heading\n{link}")


def test_a_link_to_a_heading_of_the_page_is_accepted():
    assert not wrong_links(ROOT / "README.md", "# A heading\n[a](#a-heading)")


@pytest.mark.parametrize("number", range(1, faults.count()))
def test_every_fault_but_the_reserved_ones_is_noticed_somewhere_and_has_a_test(number):
    (constant,) = (name for name, value in vars(faults).items() if name.startswith("FAULT_") and value == number)
    is_reserved = number in faults.RESERVED
    assert bool(faults_page.places_of(constant)) != is_reserved
    assert bool(faults_page.tests_of(number, constant)) != is_reserved


def test_every_fault_has_its_usual_causes_and_what_to_look_at():
    found = faults_page.causes()
    assert set(found) == {faults.name(number) for number in range(1, faults.count())}
    for name, entry in found.items():
        assert set(entry) == {"causes", "look"}, name
        assert all(text.endswith(".") and (text[0].isupper() or text[0] == "`") for text in entry.values()), name


_NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|json|svg|ini|css|mjs|txt|toml))`")
# Where a path that a page names may begin; a bare name may also stand anywhere below the page's folder.
_BASES = ("", "firmware", "firmware/instep", "host_tools", "sim", "tests", "boards")
# Files of the reader's own, and files on a board.
_EXAMPLES = {"my.toml", "arch.toml", "knead.toml", "board.toml"}


def missing_paths(path: Path, text: str) -> list[str]:
    """Return the paths between backticks that lead to no file from a folder of the code or below the page's."""
    named = [name for name in _NAMED.findall(text) if name not in _EXAMPLES]
    below = {other.name for other in path.parent.rglob("*.*")} if path.parent != ROOT else set()
    return [name for name in named if name not in below and not any((ROOT / base / name).exists() for base in _BASES)]


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_page_names_exists(path):
    assert not missing_paths(path, path.read_text(encoding="utf-8"))


def test_a_path_that_is_gone_is_found():
    text = "`guard/limits.py` has the figures, `guard/no_such_file.py` has not."
    assert missing_paths(ROOT / "README.md", text) == ["guard/no_such_file.py"]
