"""`instep flash` on a board whose MicroPython has the firmware frozen: it gets board file and programs only.

MicroPython looks for modules in `/lib` as late as for frozen ones; there the board of these tests has them.
"""

import pytest

from host_tools.commands.flash import summary_of
from host_tools.data_folders import FIRMWARE
from host_tools.errors import InstepError
from host_tools.flash import transfer
from host_tools.flash.flash import Flasher
from host_tools.flash.image import Image
from host_tools.flash.modules import ROOT_FILES
from instep.version import VERSION
from tests.host_tools.flash.board import HEALTHY, VmBoard, compiled, installed
from tests.host_tools.flash.messages import Silent

ROOTS = {name: (FIRMWARE / name).read_bytes() for name in ROOT_FILES}
DATA = {"board.bin": b"board", "programs/demo.bin": bytes(300)}
MODULES = {"instep/__init__.mpy": compiled(""), "instep/run.mpy": compiled(HEALTHY)}
IMAGE = Image(MODULES | DATA, ROOTS, source_digest="this")


def frozen(version=VERSION, digest="this"):
    mark = f"VERSION = {version!r}\nDIGEST = {digest!r}\n".encode()
    started = {"/boot.py": ROOTS["boot.py"], "/main.py": ROOTS["main.py"], "/lib/ab_boot.py": ROOTS["ab_boot.py"]}
    return started | {f"/lib/{path}": data for path, data in MODULES.items()} | {"/lib/instep_frozen.py": mark}


@pytest.fixture
def board():
    running = VmBoard()
    yield running
    running.close()


def flash(board, image=IMAGE, **options):
    return Flasher(board.port, image, "rp2040", Silent(), let_go=lambda port, is_forced: None, **options).flash(False)


def in_slot(board, slot):
    start = f"/{slot}/"
    return {path.removeprefix(start) for path in board.files() if path.startswith(start)}


def test_board_file_and_programs_are_sent_and_the_frozen_firmware_runs_with_them(board):
    board.put(frozen())
    outcome = flash(board)
    assert sorted(outcome.plan.incoming) == ["/a/board.bin", "/a/programs/demo.bin"]
    assert in_slot(board, "a") == {*DATA, "manifest"}
    assert board.files()["/slot"] == b"a"
    assert board.files().keys() & {"/ab_boot.py", "/ab_boot.py.new"} == set()
    assert summary_of("PORT", IMAGE, outcome, 1.0) == (
        f"PORT runs the firmware frozen into its MicroPython (version {VERSION}, the same as here) with board file"
        " and programs of slot a: 2 of 2 files sent (0.3 KiB), all verified (1.0 s)."
    )


def test_again_with_nothing_changed_no_file_is_sent(board):
    board.put(frozen(digest="other"))
    flash(board)
    before = board.files()
    outcome = flash(board)
    assert (outcome.slot, outcome.plan) == ("a", None)
    assert board.files() == before
    assert "another build than here" in summary_of("PORT", IMAGE, outcome, 1.0)


def test_modules_of_an_earlier_flash_no_longer_go_before_the_frozen_ones(board):
    old = installed(IMAGE, "a", "a")
    board.put(old | frozen() | {"/ab_boot.py": ROOTS["ab_boot.py"] + b"# older\n"})
    outcome = flash(board)
    assert in_slot(board, "b") == {*DATA, "manifest"}
    assert (outcome.slot, board.files()["/slot"]) == ("b", b"b")
    assert board.files()["/ab_boot.py"] == ROOTS["ab_boot.py"]


def test_frozen_firmware_of_another_version_gets_no_data_of_this_one(board):
    board.put(frozen(version="0.0.9"))
    before = board.files()
    with pytest.raises(InstepError, match=r"is version 0\.0\.9"):
        flash(board)
    assert board.files() == before


@pytest.mark.parametrize(("has_data", "restarts"), [(False, 1), (True, 0)])
def test_a_refused_board_is_restarted_unless_looking_at_it_did_that(board, monkeypatch, has_data, restarts):
    board.put(frozen())
    if has_data:
        flash(board)
    board.put(frozen(version="0.0.9"))
    restarted = []
    monkeypatch.setattr(transfer, "restart", lambda port, patience: restarted.append(port))
    with pytest.raises(InstepError, match=r"is version 0\.0\.9"):
        flash(board)
    assert restarted == [board.port] * restarts


def test_the_modules_go_before_frozen_ones_if_a_person_wants_it(board):
    board.put(frozen(version="0.0.9"))
    outcome = flash(board, goes_over_frozen=True)
    assert in_slot(board, "a") == {*MODULES, *DATA, "manifest"}
    assert summary_of("PORT", IMAGE, outcome, 1.0).startswith("PORT runs the firmware of slot a: ")
    assert flash(board, goes_over_frozen=True).plan is None
