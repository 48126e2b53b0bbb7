"""The least work that makes a board try an image: what stays, what is copied, what travels, and room for it."""

import pytest

from host_tools.flash.image import Image, listing_of
from host_tools.flash.plan import digests_of, plan_for, slot_in_use
from host_tools.flash.report import FrozenFirmware
from tests.host_tools.flash.messages import bare_board

BLOCK = 4096
FILES = {"board.bin": b"b" * 10, "instep/core.mpy": b"c" * 5_000, "programs/demo.bin": b"d" * 300}
ROOTS = {"main.py": b"m", "boot.py": b"o"}
IMAGE = Image(FILES, ROOTS)


def report(pointer="", a=None, b=None, roots=None, **changes):
    """Return the report of a board with these files in its slots."""
    slots = {name: listing_of(files) for name, files in (("a", a), ("b", b)) if files}
    found = {"pointer": pointer, "slots": slots, "roots": Image({}, roots or {}).root_digests, **changes}
    bare = vars(bare_board())
    return type(bare_board())(**{**bare, **found})


def test_a_bare_board_gets_everything_into_the_first_slot():
    plan = plan_for(IMAGE, report())
    assert (plan.slot, plan.pointer, plan.settled) == ("a", "a?-", "")
    assert (plan.kept, plan.copied) == ([], [])
    assert plan.incoming == {
        "/main.py.new": b"m",
        "/boot.py.new": b"o",
        **{f"/a/{path}": data for path, data in FILES.items()},
    }
    assert plan.sent_bytes == 5_312


def test_what_the_slot_in_use_has_is_copied_from_there_and_only_changes_travel():
    old = {**FILES, "board.bin": b"old"}
    plan = plan_for(IMAGE, report("a", a=old, roots=ROOTS))
    assert (plan.slot, plan.pointer, plan.settled, plan.source) == ("b", "b?a", "a", "a")
    assert plan.copied == ["instep/core.mpy", "programs/demo.bin"]
    assert plan.incoming == {"/b/board.bin": FILES["board.bin"]}


def test_what_the_other_slot_still_has_is_kept():
    plan = plan_for(IMAGE, report("a", a={"board.bin": b"old"}, b=FILES, roots=ROOTS))
    assert plan.kept == list(FILES)
    assert (plan.copied, plan.incoming) == ([], {})


@pytest.mark.parametrize(("pointer", "slot"), [("", "-"), ("a", "a"), ("b?a", "a"), ("b!-", "-"), ("nonsense", "-")])
def test_the_slot_in_use_is_the_confirmed_one(pointer, slot):
    assert slot_in_use(pointer) == slot


def test_with_frozen_firmware_a_root_is_replaced_only_where_an_older_one_is():
    frozen = FrozenFirmware("1", "digest")
    assert plan_for(IMAGE, report(frozen=frozen)).roots == {}
    assert set(plan_for(IMAGE, report(frozen=frozen, roots={"main.py": b"older"})).roots) == {"main.py"}


def test_room_is_counted_in_whole_blocks_with_those_that_come_free():
    fresh = plan_for(IMAGE, report()).needed_bytes
    # Files of 1, 2 and 1 blocks, two roots, the manifest; folders /, instep, programs in 2 blocks each; 4 to spare.
    assert fresh == (1 + 2 + 1 + 2 + 1 + 3 * 2 + 4) * BLOCK
    stale = {f"old/{number}": b"x" for number in range(3)}
    assert plan_for(IMAGE, report("b", a=stale, b={"x": b"y"})).needed_bytes == fresh - (3 * 2 + 3) * BLOCK


def test_a_listing_is_read_back():
    assert digests_of(listing_of(FILES)).keys() == FILES.keys()
    assert digests_of("") == {}
