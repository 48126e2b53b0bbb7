"""The files of the built page: what the first picture needs, what is kept offline, and a checksum of it."""

import json

import pytest

from sim.page.errors import PageBuildError
from sim.page.loading import MARK, first_modules, preload_modules, write_file_list

FILES = {
    "app.js": 'import { a } from "./a.js";\nexport * from "./lib/b.js";\nconst later = () => import("./late.js");\n',
    "a.js": "import './lib/b.js';\nimport {\n  c,\n} from './c.js';\n",
    "c.js": "export const c = 1;\n",
    "lib/b.js": 'import "../a.js";\n',
    "late.js": "",
    "index.html": f"<head>\n{MARK}\n</head>\n",
    "offline.js": "",
    "made/physics.js": "1",
    "vendor/big.wasm": "2",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def kept(folder):
    write_file_list(folder, folder / "vendor")
    text = (folder / "made" / "files.js").read_text()
    return json.loads(text.removeprefix("self.files = ").rstrip(";\n"))


def test_the_first_picture_needs_what_is_imported_at_once_each_file_once(folder):
    assert sorted(first_modules(folder)) == ["a.js", "app.js", "c.js", "lib/b.js"]


def test_the_modules_are_named_in_place_of_the_mark(folder):
    preload_modules(folder)
    text = (folder / "index.html").read_text()
    assert MARK not in text and text.count("modulepreload") == 4
    with pytest.raises(PageBuildError, match="has no line"):
        preload_modules(folder)


def test_an_import_of_a_missing_file_stops_the_build(folder):
    (folder / "c.js").unlink()
    with pytest.raises(PageBuildError, match=r"a\.js imports \./c\.js"):
        first_modules(folder)


def test_all_files_are_kept_but_the_worker_itself_and_what_is_left_out(folder):
    paths = kept(folder)["paths"]
    assert "made/physics.js" in paths and "./" in paths
    assert "offline.js" not in paths and "vendor/big.wasm" not in paths


def test_any_changed_file_changes_the_version(folder):
    before = kept(folder)["version"]
    (folder / "c.js").write_text("export const c = 2;\n")
    assert kept(folder)["version"] != before
