"""The page about the link: every message of the firmware stands in it with its text."""

import pytest

from host_tools.docs.imports import ROOT
from host_tools.docs.protocol import commented_constants, render
from instep.link import telemetry_fields

CONSTANTS = commented_constants((ROOT / "firmware/instep/link/protocol.py").read_text(encoding="utf-8"))
WITHOUT_TEXT = {"REPLY", "ANSWERS", "MODULUS", "CHUNK_MAX", "JOURNAL_MAX", "NO_TECHNIQUE"}
PAGE = render()


@pytest.mark.parametrize("name", sorted(CONSTANTS.keys() - WITHOUT_TEXT))
def test_every_message_and_layout_has_a_text_which_the_page_shows(name):
    assert CONSTANTS[name], f"{name} has no comment"
    assert f"`{name}`" in PAGE


def test_every_telemetry_field_stands_on_the_page_with_its_meaning():
    for name, _, _, _, meaning in telemetry_fields.MACHINE + telemetry_fields.FOOT:
        assert f"| `{name}` |" in PAGE and meaning in PAGE


def test_a_comment_belongs_to_the_constant_before_it():
    assert commented_constants("A = 1  # none -> x\nB = 2\n") == {"A": "none -> x", "B": ""}
