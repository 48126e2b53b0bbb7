"""The simulated board's installed files: sound at first, and found damaged when one bit is flipped."""

from instep.guard.firmware_check import DAMAGED, SOUND, TESTING
from sim.files import StoredFiles

CONTENTS = [b"first program", b"second program"]


def verdict(files: StoredFiles) -> int:
    """Run the firmware's check of these files to its end."""
    check = files.test()
    check.begin()
    for _ in range(1_000):
        if check.state != TESTING:
            return check.state
        check.slice()
    raise AssertionError("the check does not end")


def test_files_as_installed_are_sound():
    assert verdict(StoredFiles(CONTENTS)) == SOUND


def test_one_flipped_bit_is_damage():
    files = StoredFiles(CONTENTS)
    files.damage()
    assert verdict(files) == DAMAGED


def test_damage_twice_restores_the_file():
    files = StoredFiles(CONTENTS)
    files.damage()
    files.damage()
    assert verdict(files) == SOUND
