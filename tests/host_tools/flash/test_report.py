"""A board's report of itself, as its script prints it."""

from host_tools.flash.report import BoardReport, FrozenFirmware

LINE = {
    "pointer": "a",
    "is_same": True,
    "python": "micropython",
    "version": [1, 28, 0],
    "machine": "Raspberry Pi Pico with RP2040",
    "mpy": 0x1706,
    "block_bytes": 4096,
    "free_bytes": 100,
    "reason": "",
    "frozen": None,
}


def test_a_board_that_is_the_same_tells_nothing_of_its_slots():
    report = BoardReport.of(LINE)
    assert (report.slots, report.roots, report.frozen) == ({}, {}, None)
    assert report.version == (1, 28, 0)


def test_frozen_firmware_has_version_and_digest():
    report = BoardReport.of({**LINE, "frozen": ["0.9", "abc"], "slots": {"a": "x"}, "roots": {"main.py": "y"}})
    assert report.frozen == FrozenFirmware("0.9", "abc")
    assert (report.slots, report.roots) == ({"a": "x"}, {"main.py": "y"})
