"""The generated pages: those that are missing or differ are out of date, and written again."""

import pytest

from host_tools.docs import pages


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "PAGES", {"docs/a.md": lambda: "A\n", "docs/b.svg": lambda: "B\n"})
    return tmp_path


def test_missing_and_changed_pages_are_out_of_date_until_they_are_written(folder):
    assert pages.out_of_date() == ["docs/a.md", "docs/b.svg"]
    pages.write_all(["docs/a.md"])
    assert pages.out_of_date() == ["docs/b.svg"]
    pages.write_all(["docs/b.svg"])
    (folder / "docs" / "a.md").write_text("changed\n")
    assert pages.out_of_date() == ["docs/a.md"]
