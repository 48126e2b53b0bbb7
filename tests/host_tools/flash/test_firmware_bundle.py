"""A release's firmware bundle: the firmware of the checkout, and refused whole if a byte of it is wrong."""

import json
import zipfile

import pytest

from host_tools.board.load import shipped
from host_tools.cli import run
from host_tools.data_folders import BOARDS
from host_tools.errors import InstepError
from host_tools.flash import firmware_bundle
from host_tools.flash.firmware_bundle import read_bundle
from host_tools.flash.image import build_image
from host_tools.flash.release import FACTS, SUMS, zipped
from instep.version import VERSION

pytestmark = pytest.mark.xdist_group("firmware bundle")


@pytest.fixture
def files(bundle, tmp_path):
    """The bundle's files without their sums, to be changed."""
    (tmp_path / "sound.zip").write_bytes(bundle)
    with zipfile.ZipFile(tmp_path / "sound.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != SUMS}


def stored(path, content):
    """Write a ZIP file whose entries are not what their sums say."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def refusal(path):
    with pytest.raises(InstepError) as failure:
        read_bundle(path)
    return failure.value.message


@pytest.mark.parametrize("board", shipped())
def test_a_bundle_has_the_same_image_as_the_checkout(bundle, tmp_path, board):
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle)
    assert read_bundle(path).image(board) == build_image(board)


def test_a_board_file_of_ones_own_takes_its_firmware_from_the_bundle(bundle, tmp_path):
    (tmp_path / "bundle.zip").write_bytes(bundle)
    own = tmp_path / "mine.toml"
    own.write_text((BOARDS / "pico2" / "board.toml").read_text().replace("mhz = 150", "mhz = 125"))
    image, chip = read_bundle(tmp_path / "bundle.zip").image(str(own))
    shipped_image, _ = build_image("pico2")
    assert chip == "rp2350"
    assert image.files.keys() == shipped_image.files.keys()
    assert image.files["instep/core.mpy"] == shipped_image.files["instep/core.mpy"]


def test_every_file_is_covered_by_its_sum(files, tmp_path):
    sums = zipfile.ZipFile(tmp_path / "sound.zip").read(SUMS)
    for name, data in files.items():
        changed = files | {name: bytes([data[0] ^ 1]) + data[1:], SUMS: sums}
        path = stored(tmp_path / "changed.zip", changed)
        assert refusal(path) == f"{path} is refused: the SHA-256 of {name} is wrong. Nothing was sent."


def test_a_missing_and_an_additional_file_are_named(files, tmp_path):
    sums = zipfile.ZipFile(tmp_path / "sound.zip").read(SUMS)
    del files["roots/boot.py"]
    path = stored(tmp_path / "changed.zip", files | {"more.txt": b"", SUMS: sums})
    assert "roots/boot.py is missing; more.txt is not listed." in refusal(path)


@pytest.mark.parametrize("share", [0, 1, 3, 7])
def test_a_file_that_was_cut_off_is_no_bundle(bundle, tmp_path, share):
    path = tmp_path / "half.zip"
    path.write_bytes(bundle[: len(bundle) * share // 8])
    assert "is no ZIP file, or a damaged one" in refusal(path)


def test_a_byte_that_changes_inside_the_archive_is_noticed_or_changes_nothing(bundle, tmp_path):
    """A byte of an entry's own header, such as its date, changes nothing: the directory at the end counts."""
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle)
    sound, refused = read_bundle(path).image("pico"), 0
    positions = range(200, len(bundle) // 2, len(bundle) // 60)
    for at in positions:
        path.write_bytes(bundle[:at] + bytes([bundle[at] ^ 0x55]) + bundle[at + 1 :])
        try:
            assert read_bundle(path).image("pico") == sound, f"byte {at} was not noticed"
        except InstepError as refusal:
            assert "is refused" in refusal.message
            refused += 1
    assert refused >= len(positions) * 3 // 4


@pytest.mark.parametrize("content", [b"", b"[1", b"[]", b'{"format": 1}'])
def test_damaged_facts_are_refused(files, tmp_path, content):
    path = tmp_path / "bundle.zip"
    path.write_bytes(zipped(files | {FACTS: content}))
    assert f"its {FACTS} is missing or damaged" in refusal(path)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("format", 2, "its format is 2, and this command reads 1"),
        ("version", "0.0.9", f"has firmware of version 0.0.9, and this command is version {VERSION}"),
    ],
)
def test_a_bundle_of_another_format_or_version_is_refused(files, tmp_path, name, value, words):
    path = tmp_path / "bundle.zip"
    path.write_bytes(zipped(files | {FACTS: json.dumps(json.loads(files[FACTS]) | {name: value}).encode()}))
    assert words in refusal(path)


def test_a_chip_without_firmware_in_the_bundle_is_named_with_the_boards_that_have_one(files, tmp_path):
    path = tmp_path / "bundle.zip"
    facts = json.loads(files[FACTS])
    del facts["boards"]["pico2"]
    kept = {name: data for name, data in files.items() if "rp2350" not in name and "pico2" not in name}
    path.write_bytes(zipped(kept | {FACTS: json.dumps(facts).encode()}))
    with pytest.raises(InstepError, match=r"has no firmware for an RP2350\.$") as failure:
        read_bundle(path).image("pico2")
    assert failure.value.advice == "Choose one of its boards: pico."


def test_an_archive_that_would_fill_the_memory_is_refused(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(firmware_bundle, "_BYTES_MAX", 1000)
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle)
    assert "its content is larger than 1000 bytes" in refusal(path)


def test_the_command_says_in_a_sentence_that_a_bundle_is_missing_or_no_file(capsys, tmp_path):
    for path, words in ((tmp_path / "none.zip", "There is no firmware bundle"), (tmp_path, "it is not a file")):
        assert run(["flash", "--bundle", str(path), "--port", "/dev/null"]) == 1
        errors = capsys.readouterr().err
        assert words in errors and "Traceback" not in errors
