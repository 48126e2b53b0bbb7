"""The page's own files: modules that a browser can read, short, and with a policy that allows nothing foreign."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.page import parts
from sim.page.build import size_of
from sim.page.errors import PageBuildError
from sim.page.loading import first_modules, write_file_list
from sim.page.serve import POLICY
from tests.vm.harness import NODE

STATIC = Path(__file__).resolve().parents[2] / "sim" / "page" / "static"
MODULES = sorted(STATIC.rglob("*.js"))
LINES_MAX = 300
BYTES_MAX = 1_500_000
LINE_MAX = 160


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(STATIC)))
def test_a_module_is_short_and_says_what_it_is(path):
    text = path.read_text()
    lines = text.splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= LINES_MAX
    assert max(map(len, lines)) <= LINE_MAX
    assert "var " not in re.sub(r"`[^`]*`|\"[^\"]*\"", "", text)
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", text)


def test_every_module_is_javascript():
    script = """
      const { readFileSync } = await import("node:fs");
      const { SourceTextModule } = await import("node:vm");
      for (const path of process.argv.slice(1)) new SourceTextModule(readFileSync(path, "utf8"), { identifier: path });
    """
    check = subprocess.run(
        [NODE, "--experimental-vm-modules", "--no-warnings", "--input-type=module", "-e", script, *MODULES],
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(STATIC)))
def test_everything_that_a_module_exports_is_described(path):
    lines = path.read_text().splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if re.match(r"export (async )?(function|class|const) ", line):
            assert before.endswith("*/") or before.startswith("//"), f"{path.name}: {line}"


def test_the_policy_of_a_static_host_is_the_servers():
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', (STATIC / "index.html").read_text())
    assert found
    # A page cannot forbid by itself to be framed.
    assert found[1] == POLICY.replace("; frame-ancestors 'none'", "")


def test_the_page_is_small_without_pyodide(page):
    assert size_of(page) <= BYTES_MAX


def test_every_part_comes_with_its_licence(page):
    text = (page / "parts" / "LICENCES.txt").read_text()
    assert all(name in text for name in parts.FILES)
    assert "MIT" in text and "Apache-2.0" in text and "MPL-2.0" in text


def test_every_module_that_is_imported_is_there(page):
    for path in page.rglob("*.js"):
        if "parts" in path.parts:
            continue
        for target in re.findall(r'^(?:import|export)[^"]*"(\.[^"]+)"', path.read_text(), flags=re.MULTILINE):
            assert (path.parent / target).is_file(), f"{path.name} imports {target}"


def test_the_first_picture_needs_no_chart_and_no_other_view(page):
    first = first_modules(page)
    assert first[0] == "app.js"
    assert "view/machine.js" in first
    assert not [name for name in first if name.startswith(("board/", "design/", "parts/uplot"))]
    index = (page / "index.html").read_text()
    assert all(f'<link rel="modulepreload" href="{name}">' in index for name in first)


def test_the_service_worker_keeps_every_file_but_pyodides(page):
    text = (page / "made" / "files.js").read_text()
    listed = json.loads(text.removeprefix("self.files = ").rstrip().rstrip(";"))
    there = {path.relative_to(page).as_posix() for path in page.rglob("*") if path.is_file()}
    pyodide = {name for name in there if name.startswith("parts/pyodide/")}
    assert pyodide
    assert set(listed["paths"]) == there - pyodide - {"offline.js", "package.json", "made/files.js"} | {"./"}


def test_another_content_is_another_version_for_the_service_worker(page, tmp_path):
    copy = tmp_path / "page"
    shutil.copytree(page, copy)
    (copy / "app.js").write_text("// other\n")
    write_file_list(copy, copy / "parts" / "pyodide")
    before, after = ((folder / "made" / "files.js").read_text()[:40] for folder in (page, copy))
    assert before != after


def test_a_module_that_imports_what_is_not_there_stops_the_build(tmp_path):
    (tmp_path / "app.js").write_text('import { a } from "./nothing.js";\n')
    with pytest.raises(PageBuildError, match=r"app\.js imports \./nothing\.js"):
        first_modules(tmp_path)
