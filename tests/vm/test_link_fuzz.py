"""Mutated frames into the link of the whole firmware, on MicroPython: no crash, no allocation, no unsafe command.

INSTEP_FRAMES=1000000 is the full count (`make fuzz`); without it the run stays short.
"""

import os
from pathlib import Path

import pytest

from instep.hal.calibration import FIELDS
from tests.firmware.sessions import CALIBRATION, image
from tests.vm.harness import VmError, run_on_vm

FRAMES = int(os.environ.get("INSTEP_FRAMES", "12000"))
MENU_SHARE = 20
# Only ends a run that hangs: a VM on a busy computer still takes a frame in a few ms.
FRAMES_PER_S = 20
SEEDS = (1, 2)
PROGRAMS = ("classic", "gentle")


def fuzz(call, before=""):
    """Run a function of `link_fuzz` on the VM and return what it prints."""
    here = Path(__file__).parent
    files = {
        f"/lib/tests/vm/{name}.py": (here / f"{name}.py").read_bytes() for name in ("board", "chance", "link_fuzz")
    }
    files.update({f"/{name}.bin": image(name) for name in PROGRAMS})
    calibration = {name: getattr(CALIBRATION, name) for name, _, _ in FIELDS}
    code = "\n".join(
        [
            "from tests.vm import link_fuzz",
            before,
            f"programs = [open('/' + name + '.bin', 'rb').read() for name in {PROGRAMS}]",
            f"print(link_fuzz.{call.format(calibration=calibration)})",
        ]
    )
    return run_on_vm(code, files, timeout_s=60 + FRAMES / FRAMES_PER_S)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_massage_no_frame_does_more_than_end_pause_or_skip_and_none_allocates(seed, record_property):
    frames = FRAMES // len(SEEDS)
    said = fuzz(f"in_a_massage({{calibration}}, programs, {frames}, {seed})")
    stops, pauses, skips, leaves, sent = eval(said)
    said = f"{stops} stops, {pauses} pauses, {skips} skips, {leaves} ways to maintenance, {sent} bytes answered"
    record_property("fuzz", f"{frames} frames in a massage: {said}")
    # Enough valid requests must arrive, or nothing was tested.
    assert min(stops, pauses, skips, leaves) > frames / 200
    assert sent > frames


def test_at_the_menu_no_frame_moves_an_axis(record_property):
    max_permille, has_tried = eval(fuzz(f"at_the_menu({{calibration}}, programs, {FRAMES // MENU_SHARE}, 3)"))
    record_property("fuzz", f"{FRAMES // MENU_SHARE} frames at the menu: no axis moved")
    assert max_permille == 0 and has_tried


STARTS_A_SESSION = """
from instep.link.session_requests import SessionRequests
SessionRequests.start = lambda self: setattr(self, "bits", 512) or 0
"""
ACCEPTS_EVERYWHERE = """
from instep.link import dispatcher
dispatcher._AT_MENU = ()
"""
# A slice that raises leaves the outputs safe and is tried again for ever.
ALLOCATES = """
from instep.link.watch import Watch
send_next = Watch.send_next
def send_and_allocate(self, ticks):
    bytearray(9)
    return send_next(self, ticks)
Watch.send_next = send_and_allocate
"""


@pytest.mark.parametrize(
    ("defect", "found"),
    [(STARTS_A_SESSION, "512 asked"), (ACCEPTS_EVERYWHERE, "bring-up [13]"), (ALLOCATES, "never runs out of work")],
    ids=["obeys", "tries", "allocates"],
)
def test_a_link_that_does_too_much_or_allocates_is_found(defect, found):
    with pytest.raises(VmError, match=found):
        fuzz("in_a_massage({calibration}, programs, 4000, 1)", defect)
