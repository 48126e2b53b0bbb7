import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.storage.journal import FAULTS, IMAGE_BYTES, SESSIONS, Journal

ENTRY = {
    "program": "classic",
    "duration_s": 900,
    "highest_force_mn": 25_300,
    "highest_skin_centi_c": 4012,
    "late_ticks": 7,
    "result": 4,
    "stop_reason": 1,
    "fault": 3,
    "intensity": 5,
    "pace": 1,
    "heat": 2,
    "minutes": 15,
    "feet": 2,
}


def note(journal, entry):
    """Note a whole session."""
    journal.begin_session(entry["program"].encode())
    journal.note_levels(*(entry[key] for key in ("intensity", "pace", "heat", "minutes", "feet")))
    journal.see(entry["highest_force_mn"], entry["highest_skin_centi_c"])
    journal.late_ticks += entry["late_ticks"]
    journal.end_session(*(entry[key] for key in ("duration_s", "result", "stop_reason", "fault")))


def again(journal):
    """Return what the next boot reads."""
    other = Journal()
    assert other.load(bytes(journal.payload()))
    return other


def test_a_session_is_kept_with_all_its_figures():
    journal = Journal()
    note(journal, ENTRY)
    assert again(journal).session(0) == {"order": 1} | ENTRY


BYTES = st.integers(0, 255)
ENTRIES = st.fixed_dictionaries(
    {key: BYTES for key in ENTRY}
    | {
        "program": st.text("abcxyz_-", max_size=16),
        "duration_s": st.integers(0, 65535),
        "highest_force_mn": st.integers(1, 65535),
        "highest_skin_centi_c": st.integers(-32767, 32767),
        "late_ticks": st.integers(0, 65535),
    }
)


@given(ENTRIES, ENTRIES)
def test_no_figure_of_a_session_leaks_into_another(one, other):
    journal = Journal()
    note(journal, one)
    note(journal, other)
    assert again(journal).session(1) == {"order": 1} | one
    assert again(journal).session(0) == {"order": 2} | other


@pytest.mark.parametrize("count", [0, 1, SESSIONS - 1, SESSIONS, SESSIONS + 1, 2 * SESSIONS + 3])
def test_the_last_fifty_sessions_are_kept_in_their_order(count):
    journal = Journal()
    for _ in range(count):
        journal = again(journal)
        note(journal, ENTRY)
    kept = again(journal)
    orders = [kept.session(back)["order"] for back in range(kept.session_count())]
    assert SESSIONS == 50
    assert orders == list(range(count, max(0, count - SESSIONS), -1))


@pytest.mark.parametrize("count", [0, 1, FAULTS, FAULTS + 1, 2 * FAULTS + 1])
def test_the_last_twenty_faults_are_kept_with_their_session(count):
    journal = Journal()
    for fault in range(count):
        note(journal, ENTRY)
        journal = again(journal)
        journal.note_fault(fault, 5, 100 + fault)
    kept = again(journal)
    assert FAULTS == 20
    assert [kept.fault(back) for back in range(kept.fault_count())] == [
        {"order": fault + 1, "second": 100 + fault, "fault": fault, "state": 5}
        for fault in range(count - 1, max(0, count - FAULTS) - 1, -1)
    ]


def test_the_highest_force_and_temperature_of_a_session_are_kept_and_start_again_with_the_next():
    journal = Journal()
    journal.begin_session(b"classic")
    for force_mn, skin_centi_c in ((100, 2500), (26_000, 2400), (300, 3900), (200, 3800)):
        journal.see(force_mn, skin_centi_c)
    journal.late_ticks = 3
    journal.end_session(60, 1, 0, 0)
    journal.begin_session(b"quick")
    journal.see(50, -200)
    journal.end_session(1, 1, 0, 0)
    figures = ("highest_force_mn", "highest_skin_centi_c", "late_ticks")
    assert [journal.session(1)[key] for key in figures] == [26_000, 3900, 3]
    assert [journal.session(0)[key] for key in figures] == [50, -200, 0]


def test_a_session_that_power_cut_short_is_there_without_a_result():
    journal = Journal()
    journal.begin_session(b"classic")
    journal.note_levels(3, 2, 1, 15, 2)
    cut = again(journal)
    assert (cut.session(0)["order"], cut.session(0)["program"], cut.session(0)["result"]) == (1, "classic", 0)
    note(cut, ENTRY)
    assert cut.session(0)["order"] == 2


def test_a_session_that_was_cut_short_shows_nothing_of_the_one_whose_place_it_takes():
    journal = Journal()
    for _ in range(SESSIONS):
        note(journal, ENTRY)
    journal.begin_session(b"quick")
    blank = dict.fromkeys(ENTRY, 0) | {"program": "quick", "order": SESSIONS + 1}
    assert again(journal).session(0) == blank


def test_figures_out_of_range_are_cut_to_it():
    journal = Journal()
    for figure, min_or_max in ((10**6, [65535, 65535, 32767, 65535]), (-(10**6), [0, 0, -32768, 0])):
        journal.begin_session(b"a-name-longer-than-sixteen")
        journal.see(figure, figure)
        journal.late_ticks = max(0, figure)
        journal.end_session(figure, 1, 0, 0)
        journal.note_fault(1, 2, figure)
        entry = journal.session(0)
        keys = ("duration_s", "highest_force_mn", "highest_skin_centi_c", "late_ticks")
        assert [entry[key] for key in keys] == min_or_max
        assert entry["program"] == "a-name-longer-th"
        assert journal.fault(0)["second"] == min_or_max[0]


@pytest.mark.parametrize(
    "note_one",
    [
        lambda journal: journal.begin_session(b"classic"),
        lambda journal: journal.note_levels(1, 1, 1, 10, 1),
        lambda journal: journal.end_session(1, 1, 0, 0),
        lambda journal: journal.note_fault(1, 2, 3),
    ],
)
def test_every_note_is_worth_saving(note_one):
    journal = Journal()
    note(journal, ENTRY)
    before = journal.revision
    note_one(journal)
    assert journal.revision > before


def test_looking_on_is_not_worth_saving():
    journal = Journal()
    journal.see(10, 20)
    assert journal.revision == 0


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        bytes(IMAGE_BYTES - 1),
        bytes(IMAGE_BYTES + 1),
        *(
            bytes(at) + (maximum + 1).to_bytes(2, "little") + bytes(IMAGE_BYTES - at - 2)
            for at, maximum in ((4, SESSIONS - 1), (6, SESSIONS), (8, FAULTS - 1), (10, FAULTS))
        ),
    ],
)
def test_a_payload_of_another_layout_is_refused_and_changes_nothing(payload):
    journal = Journal()
    note(journal, ENTRY)
    before = bytes(journal.payload())
    assert not journal.load(payload)
    assert journal.payload() == before
    assert journal.session_count() == 1


def test_the_whole_journal_fits_one_block_of_flash():
    assert IMAGE_BYTES + 16 <= 4096
