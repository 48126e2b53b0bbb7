"""The facts of chips and header are those of the datasheets."""

import ast

import pytest

from host_tools.board.chips import (
    HEADER,
    HEADER_PINS,
    PIO_BLOCK_INSTRUCTIONS,
    POWER,
    i2c_function,
    pwm_channel,
    pwm_slice,
)
from host_tools.data_folders import BOARDS


def test_the_header_has_forty_pins_each_once():
    assert sorted([*HEADER.values(), *POWER]) == list(range(1, HEADER_PINS + 1))


@pytest.mark.parametrize(
    ("gpio", "function", "pwm"),
    [
        (0, (0, "SDA"), (0, "A")),
        (3, (1, "SCL"), (1, "B")),
        (16, (0, "SDA"), (0, "A")),
        (18, (1, "SDA"), (1, "A")),
        (21, (0, "SCL"), (2, "B")),
        (27, (1, "SCL"), (5, "B")),
    ],
)
def test_pins_have_the_functions_of_the_datasheet_s_table(gpio, function, pwm):
    assert i2c_function(gpio) == function
    assert (pwm_slice(gpio), pwm_channel(gpio)) == pwm


def test_the_program_that_counts_encoders_fills_a_pio_block_as_the_checker_says():
    tree = ast.parse((BOARDS.parent / "firmware/instep/hal/rp2.py").read_text(encoding="utf-8"))
    (program,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "_count_edges")
    emitted = []
    names = {node.id for node in ast.walk(program) if isinstance(node, ast.Name)}
    assembler = {name: lambda *_, name=name, **__: emitted.append(name) for name in names - {"range"}}
    program.decorator_list, program.returns = [], None
    exec(compile(ast.Module([program], []), "rp2.py", "exec"), assembler)
    assembler["_count_edges"]()
    no_instructions = ("label", "wrap_target", "wrap", "invert")
    assert len([name for name in emitted if name not in no_instructions]) == PIO_BLOCK_INSTRUCTIONS
