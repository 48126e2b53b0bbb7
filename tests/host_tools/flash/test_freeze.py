"""The manifest freezes the modules that `instep flash` sends into a MicroPython image."""

import sys

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.flash.compile import ARCHITECTURES, compile_firmware, compile_mpy
from host_tools.flash.freeze import MARK_FILE, frozen_sources, write_frozen_sources
from host_tools.flash.modules import ROOT_FILES, board_modules
from instep.version import VERSION

ROOT = FIRMWARE.parent


@pytest.fixture
def frozen(monkeypatch, tmp_path):
    """Run the manifest in a copy of its folder, as MicroPython's build does; return the named files and the rest."""
    for name in ("firmware", "host_tools", "manifest.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    included: list[str] = []
    files = {}

    def package(name, base_path, opt):
        for path in sorted((tmp_path / base_path / name).rglob("*.py")):
            files[str(path.relative_to(base_path))] = (path, opt)

    def module(name, base_path, opt):
        files[name] = (tmp_path / base_path / name, opt)

    functions = {"include": included.append, "package": package, "module": module}
    exec((tmp_path / "manifest.py").read_text(), functions)
    assert included == ["$(PORT_DIR)/boards/manifest.py"]
    return files


@pytest.mark.parametrize("architecture", ARCHITECTURES.values())
def test_the_compiler_of_micropython_takes_every_file_that_the_manifest_names(frozen, tmp_path, architecture):
    for path, opt in frozen.values():
        assert opt == 3
        compile_mpy(path, tmp_path / "compiled.mpy", f"-O{opt}", f"-march={architecture}")


def test_the_frozen_modules_are_those_that_are_flashed(frozen):
    modules = {path for path in frozen if path.startswith("instep/")}
    assert modules == {path.replace(".mpy", ".py") for path in compile_firmware()}
    assert frozen.keys() - modules == {*ROOT_FILES, MARK_FILE}
    texts = {path.read_text() for path, _ in frozen.values()}
    assert texts >= set(board_modules().sources.values())


def test_the_mark_names_the_version():
    mark: dict[str, str] = {}
    exec(frozen_sources()[MARK_FILE], mark)
    assert mark["VERSION"] == VERSION
    assert len(mark["DIGEST"]) == 64


def test_files_of_an_earlier_firmware_are_not_frozen(tmp_path):
    (tmp_path / "instep").mkdir()
    (tmp_path / "instep/gone.py").write_text("")
    write_frozen_sources(tmp_path)
    assert not (tmp_path / "instep/gone.py").exists()
    assert (tmp_path / "instep/run.py").exists()
