"""The digest of the code and data of a simulation: the same for the same files, another for any change."""

from pathlib import Path

import pytest

from sim import code_digest


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two small folders in place of the project's."""
    files = {"firmware/app.py": "1", "firmware/deep/x.py": "2", "boards/figures.toml": "3", "boards/notes.md": "4"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(code_digest, "_FOLDERS", {name: tmp_path / name for name in ("firmware", "boards")})
    return tmp_path


def digest():
    return code_digest.code_digest.__wrapped__()


def test_the_same_files_elsewhere_have_the_same_digest(folders, monkeypatch):
    before = digest()
    moved = folders.rename(Path(f"{folders}-moved"))
    monkeypatch.setattr(code_digest, "_FOLDERS", {name: moved / name for name in ("firmware", "boards")})
    assert digest() == before and len(before) == 16


@pytest.mark.parametrize("change", ["content", "name", "new", "gone"])
def test_any_change_of_code_or_figures_changes_it(folders, change):
    before = digest()
    file = folders / "firmware" / "deep" / "x.py"
    if change == "content":
        file.write_text("5")
    elif change == "name":
        file.rename(file.with_name("y.py"))
    elif change == "new":
        (folders / "boards" / "more.toml").write_text("")
    else:
        file.unlink()
    assert digest() != before


def test_what_no_run_reads_does_not_matter(folders):
    before = digest()
    (folders / "boards" / "notes.md").write_text("changed")
    assert digest() == before
