"""The wheel: installed into an environment of its own it works from any folder, without the checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from host_tools.board.load import shipped as shipped_boards
from host_tools.flash.modules import ROOT_FILES
from host_tools.program.load import shipped as shipped_programs
from instep.version import VERSION
from sim.people import names as shipped_people

pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"


def run(*command, **options):
    """Run a command without anything of the checkout in its environment."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder))
    built = run(*pip, str(ROOT))
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def instep(wheel, tmp_path_factory):
    """Return a function that runs the installed `instep` in an empty folder.

    The environment borrows the dependencies of the one that runs the tests; a path in a .pth file adds its packages,
    but not what is installed editable in it.
    """
    home = tmp_path_factory.mktemp("environment")
    folder = tmp_path_factory.mktemp("empty")
    assert run(sys.executable, "-m", "venv", "--without-pip", str(home)).returncode == 0
    python = home / BIN / "python"
    site = run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    installed = run(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel))
    assert installed.returncode == 0, installed.stderr
    return lambda *arguments, program="instep": run(str(home / BIN / program), *arguments, cwd=folder)


def said(outcome):
    """Return what a command printed; fail unless it ended well."""
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_a_wheel_puts_nothing_unexpected_beside_other_packages(wheel):
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert names == {"ab_boot.py", "host_tools", "instep", "micropython.py", "sim", f"instep-{VERSION}.dist-info"}


def test_a_wheel_contains_every_program_person_board_and_firmware_file(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = "host_tools/carried"
    assert {f"{carried}/firmware/programs/{name}.toml" for name in shipped_programs()} <= names
    assert {f"sim/people/{name}.toml" for name in shipped_people()} <= names
    assert {f"{carried}/boards/{name}/board.toml" for name in shipped_boards()} <= names
    assert all({name, f"{carried}/firmware/{name}"} & names for name in ROOT_FILES)


def test_the_installed_command_knows_its_version(instep):
    assert VERSION in said(instep("--version"))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("program", "show", "classic"), "Classic"),
        (("program", "check", *shipped_programs()), "quick"),
        (("board", "check", *shipped_boards()), "is valid"),
        (("faults",), "roller_blocked"),
        (("sim", "--help"), "PROGRAM"),
    ],
)
def test_the_installed_command_works_in_an_empty_folder(instep, arguments, word):
    assert word in said(instep(*arguments))


def test_the_installed_simulator_runs_a_session_in_an_empty_folder(instep):
    assert '"result": "done"' in said(instep("sim", "demo", "--headless", "--json", "-"))


def test_the_installed_command_makes_the_same_firmware_as_the_checkout(instep):
    code = "from host_tools.flash.image import build_image; print(build_image('pico')[0].digest)"
    here = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said(instep("-c", code, program="python")) == here


def test_the_installed_bench_says_what_it_needs(instep):
    outcome = instep("bench", "size")
    assert outcome.returncode == 1 and "Traceback" not in outcome.stderr
    assert "checkout" in outcome.stderr


def test_the_installed_page_says_how_to_get_it_or_opens(instep, wheel):
    names = zipfile.ZipFile(wheel).namelist()
    if "host_tools/carried/page/index.html" in names:
        pytest.skip("this checkout has built its page, which the wheel then carries")
    outcome = instep("page", "--no-open", "--port", "0")
    assert outcome.returncode == 1 and "make page" in outcome.stderr and "Traceback" not in outcome.stderr
