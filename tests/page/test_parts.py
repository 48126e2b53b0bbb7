"""What the build changes in the page's npm packages."""

import pytest

from sim.page.errors import PageBuildError
from sim.page.parts import without_comparison

CALL = "getWasmTableEntry=funcPtr=>{var func=mirror[funcPtr];return %sfunc}"
COMPARISON = 'assert(wasmTable.get(funcPtr)==func,"the copy is out of date!"),'


def test_the_comparison_at_every_call_is_taken_out_and_nothing_else():
    assert without_comparison(CALL % COMPARISON) == CALL % ""


@pytest.mark.parametrize("count", [0, 2])
def test_a_loader_that_calls_functions_in_another_way_stops_the_build(count):
    with pytest.raises(PageBuildError, match=f"in {count} places, not in one"):
        without_comparison(CALL % (COMPARISON * count))


def test_the_built_page_has_the_loader_without_the_comparison(page):
    loader = page / "parts" / "micropython-webassembly-pyscript" / "micropython.mjs"
    assert "wasmTable.get(funcPtr)==func" not in loader.read_text(encoding="utf-8")
