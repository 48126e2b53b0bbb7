"""Names that a shell completes: those that begin so, and a file in any case."""

import click

from host_tools.shell_names import fitting, names_or_files

NAMES = ("classic", "closing", "quick")
CONTEXT, OPTION = click.Context(click.Command("x")), click.Option(["--program"])


def test_names_that_begin_so_keep_their_order():
    assert [item.value for item in fitting(NAMES, "cl")] == ["classic", "closing"]
    assert fitting(NAMES, "ic") == []
    assert [item.value for item in fitting(NAMES, "")] == list(NAMES)


def test_a_path_is_offered_beside_the_names():
    found = names_or_files(lambda: NAMES)(CONTEXT, OPTION, "qu")
    assert [(item.value, item.type) for item in found] == [("quick", "plain"), ("qu", "file")]
