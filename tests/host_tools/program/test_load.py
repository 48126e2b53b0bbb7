"""Program files by name and by path: shipped ones first, and a sentence for every other thing that a path can be."""

import pytest

from host_tools.errors import InstepError
from host_tools.program.compile import compile_program
from host_tools.program.load import SHIPPED, find, is_shipped, load_program, read_compiled, shipped
from tests.host_tools.program.files import PHASE


def test_a_shipped_name_is_its_file_and_anything_else_a_path(tmp_path):
    assert find("classic") == SHIPPED / "classic.toml"
    assert find(str(tmp_path / "classic.toml")) == tmp_path / "classic.toml"
    assert "classic" in shipped() and list(shipped()) == sorted(shipped())


def test_a_copy_of_a_shipped_program_is_not_the_shipped_one(tmp_path):
    copy = tmp_path / "classic.toml"
    copy.write_bytes(find("classic").read_bytes())
    assert is_shipped(find("classic")) and not is_shipped(copy)
    assert load_program(str(copy)).data == load_program("classic").data


def test_a_program_is_loaded_with_its_compiled_form(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(PHASE)
    loaded = load_program(str(file))
    assert (loaded.program.name, loaded.path) == ("mine", file)
    assert loaded.data == compile_program(loaded.program)


def test_a_compiled_program_is_refused_with_the_command_that_reads_it(tmp_path):
    file = tmp_path / "mine.bin"
    file.write_bytes(load_program("demo").data)
    with pytest.raises(InstepError, match="is a compiled program") as caught:
        load_program(str(file))
    assert caught.value.advice.endswith(f"instep program show {file}")


def test_a_missing_program_is_answered_with_the_names_that_there_are(tmp_path):
    with pytest.raises(InstepError) as caught:
        load_program(str(tmp_path / "mine.toml"))
    assert all(name in caught.value.advice for name in shipped())


def test_a_damaged_compiled_program_says_what_to_do():
    with pytest.raises(InstepError) as caught:
        read_compiled(load_program("demo").data[:-1], "mine.bin")
    assert caught.value.message.startswith("mine.bin: program has")
    assert caught.value.advice == "Build it again from its program file."
