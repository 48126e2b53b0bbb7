"""MicroPython's package installer and its freezing get the whole firmware from a checkout."""

import json
import subprocess
import sys

import pytest

from host_tools.board.load import shipped as shipped_boards
from host_tools.flash.modules import FIRMWARE, ROOT_FILES, installed_files
from host_tools.flash.package import ROOT, package_of, written
from tests.host_tools.flash.board import VmBoard

# Every module is compiled on the board, whose installer copies source.
IMPORTS = """
import sys
sys.path.insert(0, "/lib")
import instep.app, instep.link.dispatcher, instep.session.session, instep.guard.supervisor
from instep.session.library import Library
import os
images = [open("/lib/programs/" + name, "rb").read() for name in sorted(os.listdir("/lib/programs"))]
print(instep.app.__file__, [program.name for program in Library(images).programs])
"""


@pytest.mark.parametrize("path", written())
def test_what_the_installer_reads_is_up_to_date(path):
    assert path.read_bytes() == written()[path], "run: make package"


@pytest.mark.parametrize("board", shipped_boards())
def test_a_package_names_every_file_once_and_only_what_is_there(board):
    package = package_of(board)
    urls = json.loads(package.read_text())["urls"]
    targets = [target for target, _ in urls]
    assert len(targets) == len(set(targets))
    assert all((package.parent / url).is_file() for _, url in urls)
    modules = {path.relative_to(FIRMWARE).as_posix() for path in installed_files().values()}
    assert set(targets) > modules | {f"../{name}" for name in ROOT_FILES} | {"board.bin", "programs/demo.bin"}


@pytest.fixture
def board():
    running = VmBoard()
    yield running
    running.close()


def on_board(board, *commands, folder=ROOT):
    command = [sys.executable, "-m", "mpremote", "connect", board.port, "resume", *commands]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()


def test_mpremote_installs_the_kinds_of_files_that_a_package_names(board, tmp_path):
    package = json.loads(package_of("pico").read_text())
    few = ("instep/axes.py", "instep/hal/__init__.py", "programs/demo.bin", "board.bin", "../main.py")
    package["urls"] = [[target, url] for target, url in package["urls"] if target in few]
    (tmp_path / "firmware").symlink_to(FIRMWARE)
    (tmp_path / "package.json").write_text(json.dumps(package))
    on_board(board, "mip", "install", "--target", "/lib", str(tmp_path / "package.json"))
    files = board.files()
    assert files["/main.py"] == (FIRMWARE / "main.py").read_bytes()
    assert files["/lib/instep/axes.py"] == (FIRMWARE / "instep/axes.py").read_bytes()
    assert files["/lib/board.bin"] == (FIRMWARE / "package/pico/board.bin").read_bytes()
    assert len(files) == len(few)


def test_a_board_runs_what_a_package_installs(board):
    package = package_of("pico")
    urls = json.loads(package.read_text())["urls"]
    board.put({f"/lib/{target}": (package.parent / url).read_bytes() for target, url in urls if ".." not in target})
    last = on_board(board, "exec", IMPORTS)[-1]
    assert last == "/lib/instep/app.py ['classic', 'demo', 'evening', 'gentle', 'quick', 'toes']"


def test_the_manifest_freezes_the_firmware_and_the_chooser():
    frozen = []

    def take(kind):
        return lambda path, base_path="", opt=None: frozen.append((kind, path, base_path, opt))

    functions = {kind: take(kind) for kind in ("include", "package", "module")}
    exec((ROOT / "manifest.py").read_text(), functions)
    assert [(kind, path) for kind, path, _, _ in frozen[1:]] == [("package", "instep"), ("module", "ab_boot.py")]
    assert all((ROOT / base / path).exists() and opt == 3 for _, path, base, opt in frozen[1:])
