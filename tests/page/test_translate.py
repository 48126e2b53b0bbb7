"""The plant in JavaScript: what can be translated is, what cannot stops the build with file and line."""

import json
import re
import subprocess

import numba
import numpy as np
import pytest

from sim.page.errors import PageBuildError
from sim.page.physics import plant_module
from sim.plant import noise, servo
from tests.vm.harness import NODE

LINE = re.compile(r"plantlike\.py:(\d+): ")


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """Return a function that makes a compiled function of a module's source; it is called `f`."""
    path = tmp_path / "plantlike.py"

    def make(source):
        path.write_text(source)
        names = {"__name__": "plantlike", "compiled": numba.njit}
        exec(compile(source, str(path), "exec"), names)
        return names["f"]

    return make


def run(text, calls):
    """Return what JavaScript says to some calls of the module's `step`."""
    functions = text.partition("export {")[0]
    script = f"{functions}\nconsole.log(JSON.stringify([{calls}]));"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("@compiled\ndef f(x):\n    y = 1.0\n    return x ** y\n", 4, "x ** y"),
        ("@compiled\ndef f(x):\n    return [x]\n", 3, "[x]"),
        ("import math\n\n\n@compiled\ndef f(x):\n    return math.sin(x)\n", 6, "math.sin(x)"),
        ("@compiled\ndef f(x):\n    for y in (1, 2):\n        x += y\n    return x\n", 3, "(1, 2)"),
        ("LIMIT = float('inf')\n\n\n@compiled\ndef f(x):\n    return x < LIMIT\n", 6, "LIMIT"),
        ("@compiled\ndef f(x):\n    return x[1, 2]\n", 3, "x[1, 2]"),
        ("@compiled\ndef f(x):\n    with x:\n        return 1\n", 3, "with x"),
        ("def helper(x):\n    return x\n\n\n@compiled\ndef f(x):\n    return helper(x)\n", 7, "helper(x)"),
    ],
)
def test_an_expression_that_the_generator_does_not_know_stops_the_build_with_file_and_line(
    compiled, source, line, what
):
    with pytest.raises(PageBuildError) as raised:
        plant_module(compiled(source))
    found = LINE.search(raised.value.message)
    assert found and int(found[1]) == line
    assert what in raised.value.message
    assert raised.value.advice


def test_a_changed_constant_reaches_the_page(monkeypatch):
    before = plant_module()
    assert "1234.5" not in before
    monkeypatch.setattr(servo, "KILO", 1234.5)
    assert "1234.5" in plant_module()


def test_division_remainder_and_swapping_are_pythons(compiled):
    f = compiled(
        "@compiled\ndef f(a, b):\n    a, b = b, a\n    total = 0\n    for i in range(2, 5):\n        total += i\n"
        "    return a // b, a % b, total\n"
    )
    pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (0, 5)]
    calls = ", ".join(f"plantlike_f({b}, {a})" for a, b in pairs)
    expected = [[a // b, a % b, 9] for a, b in pairs]
    assert run(plant_module(f), calls) == expected


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 123456789])
def test_the_noise_is_the_simulators_to_the_bit(seed):
    streams = noise.seeded(seed, 3)
    words = streams.view(np.uint32).tolist()
    text = plant_module(noise.uniform)
    draw = (
        f"const s = Uint32Array.from({words}); return Array.from({{length: 300}}, (_, i) => noise_uniform(s, i % 3));"
    )
    expected = [noise.uniform(streams, index % 3) for index in range(300)]
    assert run(text, f"...(() => {{ {draw} }})()") == expected
