"""The size of a foot's pictures."""

from hypothesis import given
from hypothesis import strategies as st

from host_tools.view.canvas import GAP_COLUMNS, fit
from host_tools.view.feet import columns_for


@given(width=st.integers(0, 200), height=st.integers(0, 80))
def test_pictures_always_fit_their_place(width: int, height: int) -> None:
    rows, pictures = fit(width, height)
    assert 0 <= rows <= height
    assert rows == 0 or pictures * columns_for(rows) + (pictures - 1) * GAP_COLUMNS <= width
