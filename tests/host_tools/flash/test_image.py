"""An image: its manifest and digest depend on every byte and on nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from host_tools.flash.image import Image, listing_of, sha256

FILES = st.dictionaries(st.text("abc/.", min_size=1, max_size=8), st.binary(max_size=8), max_size=5)


@given(FILES)
def test_the_manifest_does_not_depend_on_the_order_of_the_files(files):
    turned = dict(reversed(files.items()))
    assert Image(files, {}).digest == Image(turned, {}).digest


@given(FILES.filter(bool), st.data())
def test_any_changed_byte_changes_the_digest(files, data):
    path = data.draw(st.sampled_from(sorted(files)))
    changed = {**files, path: files[path] + b"x"}
    assert Image(files, {}).digest != Image(changed, {}).digest


def test_a_line_of_the_manifest_is_what_sha256sum_prints():
    assert listing_of({"b": b"", "a": b"x"}) == f"{sha256(b'x')}  a\n{sha256(b'')}  b\n"
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_version_of_compiled_files_is_in_their_second_byte():
    assert Image({"board.bin": b"B\0", "instep/core.mpy": b"M\6"}, {}).mpy_version == 6
    assert Image({"board.bin": b"B\0"}, {}).mpy_version is None


def test_a_board_with_frozen_firmware_gets_data_and_what_would_go_before_a_frozen_module():
    files = {"board.bin": b"B", "instep/core.mpy": b"M\6", "programs/demo.bin": b"P"}
    image = Image(files, {"main.py": b"m", "ab_boot.py": b"a"}).data_only()
    assert set(image.files) == {"board.bin", "programs/demo.bin"}
    assert set(image.roots) == {"ab_boot.py"}
