"""The rows of a campaign on disk."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host_tools.errors import InstepError
from sim.campaign.store import Store
from tests.sim.campaign_rows import lawful_row, row_of

ROWS = [row_of("c"), row_of("a", delay_ms=None, noticed_tick=None, missed=True), lawful_row("b", peak_skin_c=41.25)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(rows=st.permutations(ROWS), first=st.integers(0, 3))
def test_the_same_rows_give_the_same_bytes_in_whatever_order_and_parts_they_come(tmp_path, rows, first):
    plain = Store(tmp_path / "plain", "code")
    plain.begin()
    plain.finish(ROWS)
    store = Store(tmp_path / "parts", "code")
    store.begin()
    store.add(rows[:first])
    store.add(rows[first:])
    store.finish(Store(tmp_path / "parts", "code").resume())

    assert store.table_path.read_bytes() == plain.table_path.read_bytes()


def test_rows_that_were_added_are_there_after_a_kill(tmp_path):
    store = Store(tmp_path, "code")
    store.begin()
    store.add(ROWS[:1])
    store.add(ROWS[1:])
    (tmp_path / ".part-000003.parquet.17.part").write_bytes(b"half a file")

    assert Store(tmp_path, "code").resume() == ROWS


def test_a_resumed_store_adds_to_the_stored_rows(tmp_path):
    first = Store(tmp_path, "code")
    first.begin()
    first.add(ROWS[:1])
    second = Store(tmp_path, "code")
    second.resume()
    second.add(ROWS[1:])

    assert Store(tmp_path, "code").resume() == ROWS


def test_a_finished_campaign_is_resumed_from_its_table_and_leaves_no_parts(tmp_path):
    store = Store(tmp_path, "code")
    store.begin()
    store.add(ROWS)
    store.finish(ROWS)

    assert {path.name for path in tmp_path.iterdir()} == {"campaign.parquet", "code.json"}
    assert sorted(row["key"] for row in Store(tmp_path, "code").resume()) == ["a", "b", "c"]


def test_a_new_campaign_forgets_the_old_one(tmp_path):
    for _ in range(2):
        store = Store(tmp_path, "code")
        store.begin()
        assert store.resume() == []
        store.add(ROWS)
        store.finish(ROWS)
        store.add(ROWS)


def test_runs_of_other_code_are_not_mixed_in(tmp_path):
    store = Store(tmp_path, "old")
    store.begin()
    store.add(ROWS)

    with pytest.raises(InstepError, match="other code"):
        Store(tmp_path, "new").resume()


@pytest.mark.parametrize("damage", [b"", b"PAR1 nothing PAR1", b"[]"])
def test_a_damaged_part_is_named_and_not_used(tmp_path, damage):
    store = Store(tmp_path, "code")
    store.begin()
    (tmp_path / "part-000001.parquet").write_bytes(damage)

    with pytest.raises(InstepError, match="part-000001"):
        store.resume()


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"\xff"])
def test_a_damaged_note_of_the_code_counts_as_other_code(tmp_path, damage):
    store = Store(tmp_path, "code")
    store.begin()
    (tmp_path / "code.json").write_bytes(damage)

    with pytest.raises(InstepError, match="other code"):
        store.resume()


def test_resuming_in_an_empty_folder_begins_there(tmp_path):
    store = Store(tmp_path / "new", "code")

    assert store.resume() == []
    store.add(ROWS)
    assert Store(tmp_path / "new", "code").resume() == ROWS
