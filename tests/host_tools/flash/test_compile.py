"""The compiled firmware is the same for every chip and every checkout, and small enough."""

import shutil

import pytest

from host_tools.flash.compile import ARCHITECTURES, FIRMWARE, compile_firmware, compile_mpy, installed_files

NATIVE = "import micropython\n@micropython.native\ndef add(a, b):\n    return a + b\n"


def test_every_module_is_compiled_once():
    paths = {path.relative_to(FIRMWARE).with_suffix(".mpy").as_posix() for path in installed_files().values()}
    assert compile_firmware().keys() == paths
    assert "instep/app.mpy" in paths
    assert "instep/hal/interface.mpy" not in paths


@pytest.mark.parametrize("chip", ARCHITECTURES)
def test_a_chip_gets_the_very_bytes_that_the_tests_run(chip):
    tested = compile_firmware()
    flashed = compile_firmware(chip)
    assert flashed == tested


@pytest.mark.parametrize("chip", ARCHITECTURES)
def test_machine_code_is_compiled_for_the_chip_alone(chip, tmp_path):
    source = tmp_path / "native.py"
    source.write_text(NATIVE)
    compile_mpy(source, tmp_path / "native.mpy", f"-march={ARCHITECTURES[chip]}")
    with pytest.raises(ValueError, match="invalid arch"):
        compile_mpy(source, tmp_path / "native.mpy")


def test_where_a_checkout_lies_does_not_show_in_the_bytes(tmp_path):
    module = FIRMWARE / "instep/axes.py"
    copy = tmp_path / "elsewhere" / "axes.py"
    copy.parent.mkdir()
    shutil.copy(module, copy)
    for source, name in ((module, "here.mpy"), (copy, "there.mpy")):
        compile_mpy(source, tmp_path / name)
    assert (tmp_path / "here.mpy").read_bytes() == (tmp_path / "there.mpy").read_bytes()
