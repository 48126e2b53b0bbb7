"""The power fails at every cut point of saving what a person leaves out: all of the old numbers, or all of the new."""

from instep.storage.store import NO_PROBLEM
from tests.firmware.storage.test_power_cuts import booted, set_up
from tests.keep_disk import FakeDisk, PowerCut


def test_what_a_person_leaves_out_survives_a_power_cut_at_every_point_of_a_save(record_property):
    base = FakeDisk()
    set_up(base)
    seen = set()
    is_cut = True
    cut = 0
    while is_cut:
        files = dict(base.files)
        store = booted(FakeDisk(files, cut, keeps_part=True))
        store.settings.change("skipped_twice", 16)
        store.settings.change("left_out", 8)
        try:
            store.flush()
            is_cut = False
        except PowerCut:
            cut += 1
        after = booted(FakeDisk(files))
        assert after.take_problem() == NO_PROBLEM and after.settings["intensity"] == 2
        seen.add((after.settings["skipped_twice"], after.settings["left_out"]))
    assert seen == {(0, 0), (16, 8)}
    record_property("figure", f"power cut points of a save of what is left out: {cut}; lost 0")
