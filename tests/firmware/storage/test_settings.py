import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.levels import INTENSITY_NEW
from instep.people import AS_PROGRAMMED, NUMBERS, PEOPLE_NAMES, PERSON_AT
from instep.session.choices import Choices
from instep.storage import settings as module
from instep.storage.settings import (
    MAX_BYTES,
    PROGRAM,
    PROGRAM_MAX_BYTES,
    SCHEMA,
    SettingError,
    Settings,
)

PROGRAMS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=PROGRAM_MAX_BYTES)
VALUES = st.fixed_dictionaries({key: st.sampled_from(allowed) for key, allowed, _ in NUMBERS} | {PROGRAM: PROGRAMS})
DEFAULTS = {key: default for key, _, default in NUMBERS} | {PROGRAM: "classic"}


def values(settings):
    return {key: settings[key] for key in DEFAULTS}


def loaded(payload, schema=SCHEMA):
    settings = Settings()
    settings.load(payload, schema)
    return settings


@given(VALUES)
def test_what_was_chosen_is_loaded_again(chosen):
    settings = Settings()
    settings.change("who", chosen["who"])
    for key, value in chosen.items():
        settings.change(key, value)
    again = loaded(settings.payload())
    assert values(again) == chosen
    assert again.refused == []
    assert again.revision == 0
    assert len(settings.payload()) <= MAX_BYTES * 2 // 3


def test_the_defaults_are_those_of_the_session():
    choices = Choices()
    assert values(Settings()) == DEFAULTS
    for key, _, default in NUMBERS:
        if key in ("who", "uncleaned", "waits_warm", "skipped_once", "skipped_twice", "left_out"):
            assert default == 0
        elif key == "intensity":
            assert default == INTENSITY_NEW < choices.intensity
        else:
            assert default == (AS_PROGRAMMED if key in ("heat", "minutes") else getattr(choices, key))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("intensity=6", "intensity: 6 is not one of 1, 2, 3, 4, 5"),
        ("intensity=0", "intensity: 0 is not one of 1, 2, 3, 4, 5"),
        ("pace=4", "pace: 4 is not one of 1, 2, 3"),
        ("heat=-2", "heat: -2 is not one of -1, 0, 1, 2, 3"),
        ("heat=4", "heat: 4 is not one of -1, 0, 1, 2, 3"),
        ("minutes=12", "minutes: 12 is not one of -1, 10, 15, 20, 30"),
        ("feet=both", "feet: both is not one of 0, 1, 2"),
        ("pace=", "pace:  is not one of 1, 2, 3"),
        ("program=", "program:  is not 1 to 16 of a-z, 0-9, _, -"),
        ("program=../main", "program: ../main is not 1 to 16 of a-z, 0-9, _, -"),
        ("program=abcdefghijklmnopq", "program: abcdefghijklmnopq is not 1 to 16 of a-z, 0-9, _, -"),
        ("colour=3", "colour: not a setting"),
        ("B=2,2,2,0,1,-1,-1", "B: not 8 values"),
        ("B=2,9,2,0,1,-1,-1,classic", "pace: 9 is not one of 1, 2, 3"),
        ("B_skips=1,2", "B_skips: not 3 values"),
        ("B_skipped=0,0,8", "B_skipped: not a setting"),
        ("who=4", "who: 4 is not one of 0, 1, 2, 3"),
        ("intensity", "intensity: not a line key=value"),
    ],
)
def test_a_refused_key_is_named_and_takes_its_default_while_the_others_are_kept(line, sentence):
    settings = loaded(b"feet=1\nminutes=30\n" + line.encode() + b"\n")
    kept = {"feet": 1, "minutes": 30}
    kept.pop(line.partition("=")[0], None)
    assert settings.refused == [sentence]
    assert values(settings) == DEFAULTS | kept
    assert settings.revision == 1


def test_every_refused_key_is_named():
    refused = loaded(b"intensity=9\npace=9\nheat=1\n").refused
    assert [sentence.partition(":")[0] for sentence in refused] == ["intensity", "pace"]


def test_a_file_that_is_not_text_is_refused():
    settings = loaded(b"intensity=\xff\xfe\n")
    assert settings.refused == ["settings: not text"]
    assert values(settings) == DEFAULTS


LINES = st.lists(
    st.builds("{}{}{}".format, st.sampled_from([*DEFAULTS, "x"]), st.sampled_from("=:"), st.text("0129-x", max_size=3))
).map(lambda lines: "\n".join(lines).encode())


@given(st.binary(max_size=MAX_BYTES) | LINES)
def test_no_payload_whatever_leaves_a_value_that_is_not_allowed(payload):
    settings = loaded(payload)
    for key, allowed, _ in NUMBERS:
        assert settings[key] in allowed
    assert loaded(settings.payload()).refused == []


def test_a_key_that_an_earlier_firmware_did_not_write_takes_its_default_without_a_word():
    settings = loaded(b"intensity=5\n")
    assert values(settings) == DEFAULTS | {"intensity": 5}
    assert settings.refused == []


def test_loading_leaves_nothing_of_what_was_there_before():
    settings = loaded(b"intensity=5\nprogram=quick\n")
    settings.load(b"pace=1\n", SCHEMA)
    assert values(settings) == DEFAULTS | {"pace": 1}


def test_a_refused_change_changes_nothing():
    settings = Settings()
    for key, value in (("intensity", 6), ("program", "UPPER"), ("colour", 1)):
        with pytest.raises(SettingError, match=key):
            settings.change(key, value)
    assert values(settings) == DEFAULTS
    assert settings.revision == 0


def test_only_a_change_is_worth_saving():
    settings = Settings()
    settings.change("intensity", DEFAULTS["intensity"])
    assert settings.revision == 0
    settings.change("intensity", "5")
    assert settings["intensity"] == 5
    assert settings.revision == 1


def rename_strength(texts):
    texts["intensity"] = texts.pop("strength")


def double_intensity(texts):
    texts["intensity"] = str(2 * int(texts["intensity"]))


def test_an_earlier_schema_is_taken_through_every_migration_since(monkeypatch):
    monkeypatch.setattr(module, "_MIGRATIONS", (rename_strength, double_intensity))
    monkeypatch.setattr(module, "SCHEMA", 3)
    for schema, payload in ((1, b"strength=2\n"), (2, b"intensity=2\n"), (3, b"intensity=4\n")):
        settings = loaded(payload, schema)
        assert settings["intensity"] == 4
        assert settings.refused == []
        assert (settings.revision > 0) == (schema < 3)


def test_the_schema_counts_the_migrations():
    assert 1 + len(module._MIGRATIONS) == SCHEMA


PERSON = {key: allowed for key, allowed, _ in NUMBERS[PERSON_AT:]}
PEOPLE = st.lists(
    st.fixed_dictionaries({key: st.sampled_from(allowed) for key, allowed in PERSON.items()} | {PROGRAM: PROGRAMS}),
    min_size=len(PEOPLE_NAMES),
    max_size=len(PEOPLE_NAMES),
)


@given(PEOPLE, st.integers(0, len(PEOPLE_NAMES) - 1))
def test_each_person_has_numbers_and_a_program_of_their_own(people, who):
    settings = Settings()
    for person, chosen in enumerate(people):
        settings.change("who", person)
        for key, value in chosen.items():
            settings.change(key, value)
    settings.change("who", who)
    again = loaded(settings.payload())
    assert again["who"] == who and again.refused == []
    assert len(settings.payload()) <= MAX_BYTES * 2 // 3
    for person, chosen in enumerate(people):
        again.change("who", person)
        assert {key: again[key] for key in chosen} == chosen


def test_a_record_of_schema_1_becomes_the_first_persons():
    settings = loaded(b"intensity=5\nheat=0\nwaits_warm=1\nprogram=evening\n", 1)
    assert settings.refused == [] and settings.revision == 1
    assert values(settings) == DEFAULTS | {"intensity": 5, "heat": 0, "waits_warm": 1, "program": "evening"}
    for other in range(1, len(PEOPLE_NAMES)):
        settings.change("who", other)
        assert values(settings) == DEFAULTS | {"who": other, "waits_warm": 1}
    settings.change("who", 0)
    assert values(loaded(settings.payload())) == values(settings)


def test_what_a_person_skips_has_a_line_of_its_own_and_is_written_only_if_there_is_any():
    settings = Settings()
    assert "skips" not in settings.payload().decode()
    settings.change("who", 2)
    settings.change("left_out", 8)
    assert [line for line in settings.payload().decode().split("\n") if "skips" in line] == ["C_skips=0,0,8"]
    again = loaded(settings.payload())
    assert again.refused == [] and again["left_out"] == 8
    again.change("who", 1)
    assert again["left_out"] == 0


def test_a_line_that_only_a_later_firmware_knows_is_refused_and_the_person_is_kept():
    record = loaded(b"A=4,2,2,0,1,-1,-1,quick\nA_later=0,0,8\n")
    assert record.refused == ["A_later: not a setting"]
    assert (record["intensity"], record["program"]) == (4, "quick")


def test_saving_changes_nothing_that_would_have_to_be_saved():
    settings = Settings()
    settings.people.put(0, 2)
    settings.people.is_changed = False
    settings.payload()
    assert not settings.people.is_changed and settings["who"] == 2
