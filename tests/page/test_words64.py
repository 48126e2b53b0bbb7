"""64-bit words as pairs of halves: each shift is Python's, run as the JavaScript that it becomes."""

import ast
import json
import subprocess

import pytest

from sim.page.words64 import number, shifted
from tests.vm.harness import NODE

WORDS = (0, 1, 0xFFFF_FFFF, 1 << 32, 0x8000_0000_0000_0000, 0x0123_4567_89AB_CDEF, (1 << 64) - 1)
MASK = (1 << 64) - 1


def run(lines):
    script = f"console.log(JSON.stringify([{','.join(lines)}]))"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def called(expression, word):
    """Return an expression over the word `w` as a call in JavaScript."""
    return f"((w$low, w$high) => {expression})({word & 0xFFFF_FFFF}, {word >> 32})"


def test_every_shift_of_every_word_is_python_s():
    lines, expected = [], []
    for bits in range(64):
        for word in WORDS:
            for operator, value in ((ast.LShift(), word << bits & MASK), (ast.RShift(), word >> bits)):
                low, high = shifted("w", operator, bits) or ("", "")
                lines.append(called(f"[{low}, {high}]", word))
                expected.append([value & 0xFFFF_FFFF, value >> 32])
    assert run(lines) == expected


def test_a_word_is_made_a_number_with_one_rounding():
    low, high = shifted("w", ast.RShift(), 0) or ("", "")
    found = run([called(number(low, high), word) for word in WORDS])
    assert list(map(float, found)) == [float(word) for word in WORDS]


@pytest.mark.parametrize(("operator", "bits"), [(ast.LShift(), 64), (ast.RShift(), -1), (ast.Add(), 1)])
def test_another_operator_or_distance_is_left_to_the_caller(operator, bits):
    assert shifted("w", operator, bits) is None
