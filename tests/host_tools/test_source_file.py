"""Files that people write: read with a limit, decoded, parsed; every failure has its line and a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.errors import InstepError
from host_tools.program.violations import RefusedFileError
from host_tools.source_file import (
    KEY_PARTS_MAX,
    SOURCE_MAX_BYTES,
    NotTomlError,
    decode_source,
    parse_document,
    parse_toml,
    read_source,
)


def problem(text):
    """Return the first problem of a text that is no TOML, and its line."""
    with pytest.raises(NotTomlError) as refused:
        parse_toml(text)
    return refused.value.problems[0].problem, refused.value.problems[0].line


def test_a_document_that_is_no_toml_names_its_file_all_lines_and_what_to_do():
    assert parse_document("a = 1\n", "my.toml", "") == {"a": 1}
    with pytest.raises(RefusedFileError) as refused:
        parse_document("a = “b”\nc = “d”\n", "my.toml", "Correct it.")
    assert {violation.line for violation in refused.value.violations} == {1, 2}
    assert refused.value.message.startswith("my.toml:1: the file: has a left double quotation mark")
    assert refused.value.advice == "Correct it."


def test_a_file_may_have_64_kib_and_no_byte_more(tmp_path):
    file = tmp_path / "long.toml"
    file.write_bytes(b"#" * SOURCE_MAX_BYTES)
    assert len(read_source(file, "program", "")) == SOURCE_MAX_BYTES
    file.write_bytes(b"#" * (SOURCE_MAX_BYTES + 1))
    with pytest.raises(InstepError, match=f"larger than {SOURCE_MAX_BYTES} bytes"):
        read_source(file, "program", "")


def test_a_missing_file_and_a_folder_get_the_advice(tmp_path):
    for path, message in ((tmp_path / "no.toml", "There is no board"), (tmp_path, "is not a file")):
        with pytest.raises(InstepError, match=message) as refused:
            read_source(path, "board", "Give another.")
        assert refused.value.advice == "Give another."


def test_the_line_that_is_no_utf_8_is_named(tmp_path):
    with pytest.raises(InstepError, match=r"x\.toml:3: is not UTF-8 text"):
        decode_source(b"a = 1\nb = 2\nc = '\xff'\n", tmp_path / "x.toml")
    assert decode_source(b"\xef\xbb\xbfa = 1", tmp_path) == "a = 1"


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a = 1\nb = \nc = 3\n", "is not valid TOML", 2),
        ("a = 1\nb = [1,\n", "is not valid TOML", 3),
        ("a = 1\nb = " + "[" * 2_000 + "]" * 2_000, "is nested too deeply", 2),
        ("b = [\n1,\n" + "[" * 2_000 + "]" * 2_000 + "]", "is nested too deeply", 3),
        ("a = 1\nb = " + "9" * 5_000, "has a whole number of too many digits", 2),
        ("\n\n" + "a." * KEY_PARTS_MAX + "b = 1\n", f"has a key of more than {KEY_PARTS_MAX} parts", 3),
        ("a = 1\nb = “x”\n", "has a", 2),
    ],
)
def test_a_text_that_is_no_toml_has_its_problem_and_line(text, words, line):
    said, at = problem(text)
    assert words in said and at == line


def test_dots_in_texts_and_numbers_are_no_parts_of_a_key():
    text = "a = '" + "." * 40 + "'\n" + "\n".join(f"k{number} = 1.5" for number in range(40))
    assert parse_toml(text)["a"] == "." * 40


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused_with_a_line_of_the_text(text):
    try:
        assert isinstance(parse_toml(text), dict)
    except NotTomlError as refused:
        for found in refused.problems:
            assert 1 <= found.line <= text.count("\n") + 1 and found.problem
