"""A program as a person sees it: heading, time line to scale, forces and proof."""

import pytest
from rich.console import Console

from host_tools.program.display import picture_of, proof_of
from host_tools.program.load import load_program


def shown(part):
    console = Console(width=140)
    with console.capture() as capture:
        console.print(part)
    return capture.get()


@pytest.fixture(scope="module")
def demo():
    return load_program("demo")


@pytest.fixture(scope="module")
def picture(demo):
    return shown(picture_of(demo))


def seconds(text):
    minutes, rest = text.split(":")
    return 60 * int(minutes) + int(rest)


def test_each_phase_begins_where_the_one_before_ends(picture):
    rows = [line.split() for line in picture.splitlines() if "█" in line]
    begins = [seconds(row[0]) for row in rows]
    takes = [seconds(row[1]) for row in rows]
    assert begins[0] == 0 and len(rows) > 1
    for at, begin in enumerate(begins[1:]):
        assert abs(begins[at] + takes[at] - begin) <= 1


def test_the_bars_are_to_scale_and_end_with_the_cycle(picture):
    rows = [line for line in picture.splitlines() if "█" in line]
    starts = [row.index("█") for row in rows]
    assert starts == sorted(starts)
    assert rows[-1].rindex("█") + 1 - starts[0] == 24


def test_the_heading_says_for_how_long_and_how_warm(picture, demo):
    assert picture.startswith(f"{demo.program.title} (demo): given once, heat {demo.program.heat}")


def test_whole_shares_and_speeds_are_left_out_of_the_row(picture):
    assert "100 %" not in "".join(line for line in picture.splitlines() if "█" in line)
    assert "mm_s" not in picture


def test_the_proof_names_file_size_and_every_bound(demo):
    text = shown(proof_of(demo))
    assert f"{demo.path}: sound, {len(demo.data)} bytes." in " ".join(text.split())
    row = next(line for line in text.splitlines() if "force of the sole roller" in line)
    asked, allowed = (float(number) for number in row.split()[-3:-1])
    assert 0 < asked <= allowed == 35
