"""The page `docs/protocol.md`: frames, requests, answers, layouts and telemetry, from the firmware's link."""

import ast
import struct
from pathlib import Path

from host_tools.docs.imports import ROOT
from host_tools.docs.markdown import made_from, table
from host_tools.link.errors import REFUSALS
from instep.link import frames, protocol, telemetry_fields

_SOURCE = "firmware/instep/link/protocol.py"
_SOURCES = f"{_SOURCE}, frames.py and telemetry_fields.py beside it"
_TYPES = {"B": "u8", "b": "i8", "H": "u16", "h": "i16", "I": "u32", "i": "i32"}
_BY_ITSELF = (protocol.TELEMETRY, protocol.ROW)

_FRAMES = f"""\
# Protocol of the link

A laptop and a board talk over USB serial, which the board shares with MicroPython's REPL. Both ends must speak the
same version: this is version {frames.VERSION}. `HELLO` returns the board's; the laptop refuses another one.

## Frames

    {frames.FLAG:02X}   kind   sequence   data, 0 to {frames.DATA_MAX} bytes   CRC-16, low byte first   \
{frames.FLAG:02X}

- HDLC's flags and transparency (RFC 1662): {frames.FLAG:02X} occurs only at the ends of a frame. In between, \
{frames.FLAG:02X}, {frames.ESCAPE:02X} and {frames.INTERRUPT:02X}
  are sent as {frames.ESCAPE:02X} and the byte XOR {frames.FLIP:02X}; {frames.INTERRUPT:02X} would interrupt the \
program on the board.
- The CRC is HDLC's CRC-16 over kind, sequence and data.
- Bytes between frames, such as the REPL's text, are skipped. A corrupted frame is dropped without an answer.
- Numbers are little-endian. u8, i16 and so on are unsigned and signed integers with their bits.

## Requests

The laptop sends a request, and sends it again with the same sequence number while no reply comes. The board replies
with the kind + {protocol.REPLY}, the same sequence number, an answer of one byte, and the data of the table. It
carries out a repeated request only once, except `HELLO`, `STOP` and `JOG`, which may be repeated without harm.
"""

_TELEMETRY = """\
## Telemetry

While it is watched the board sends `TELEMETRY` frames: the number of a block, then the block. It sends the motion
block 20 times a second, the other blocks in turn, and the machine's block at once after a request or a change of
state. A `STATUS` reply holds the machine's block, the left foot's and the right foot's.
"""

_ADD_A_FIELD = """\
## Add a telemetry field

1. `firmware/instep/link/telemetry_fields.py`: add a row with name, format, unit, source and meaning.
2. `firmware/instep/link/telemetry.py`: add the expression that reads the value, at the same place, with the field's
   name as its comment. `tests/firmware/link/test_telemetry_fields.py` names a row without one.
3. `firmware/instep/link/frames.py`: raise `VERSION`, because a laptop with the old table cannot read the new block.
4. Run `make docs`, `make golden` and the tests.

The laptop then has the value as `telemetry["name"]` or `telemetry.feet[foot]["name"]`. A board does not store the
table: the build puts the formats that are made from it into the firmware, as literals.
"""


def render() -> str:
    """Return the whole page."""
    constants = commented_constants((ROOT / _SOURCE).read_text(encoding="utf-8"))
    parts = [
        [made_from(_SOURCES), "", _FRAMES],
        _requests(constants),
        _answers(constants),
        _layouts(constants),
        [_TELEMETRY],
        *(_block(*block) for block in _blocks()),
        _flags(constants),
        _levels_and_limits(),
        [_ADD_A_FIELD],
    ]
    return "\n".join(line for part in parts for line in part)


def commented_constants(source: str) -> dict[str, str]:
    """Return the comment behind each constant of a source, by the constant's name."""
    lines = source.splitlines()
    return {
        target.id: lines[statement.lineno - 1].partition("  # ")[2]
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _value(name: str) -> int:
    value = getattr(protocol, name)
    assert isinstance(value, int)
    return value


def _requests(constants: dict[str, str]) -> list[str]:
    """Return the table of requests, then that of the frames that a board sends by itself."""
    kinds = [name for name in constants if "_" not in name and name not in ("REPLY", "ANSWERS", "MODULUS")]
    rows = [(str(_value(name)), f"`{name}`", *_directions(constants[name])) for name in kinds]
    requests = [row for row in rows if int(row[0]) not in _BY_ITSELF]
    others = [row[:3] for row in rows if int(row[0]) in _BY_ITSELF]
    head = ("kind", "name", "data of the request", "data of the reply")
    return [
        *table(head, requests),
        "",
        "The board sends these frames by itself while it is watched:",
        "",
        *table(("kind", "name", "data"), others),
        "",
    ]


def _directions(comment: str) -> tuple[str, str]:
    """Return what stands before and behind the arrow of a request's comment."""
    request, _, reply = comment.partition(" -> ")
    return request, reply or "none"


def _answers(constants: dict[str, str]) -> list[str]:
    names = [name for name in constants if name.startswith("ANSWER_")]
    rows = [(str(_value(name)), f"`{name}`", constants[name], _message(_value(name))) for name in names]
    return ["## Answers", "", *table(("answer", "name", "when", "the laptop's message"), rows), ""]


def _message(answer: int) -> str:
    """Return the message and the advice with which the laptop shows an answer."""
    return " ".join(REFUSALS.get(answer, ("",)))


def _layouts(constants: dict[str, str]) -> list[str]:
    rows = []
    for name in (name for name in constants if name.endswith("_FORMAT")):
        form = getattr(protocol, name)
        values = zip(constants[name].split(", "), form[1:], strict=True)
        rows.append(
            (f"`{name}`", ", ".join(f"{value}: {_TYPES[code]}" for value, code in values), str(struct.calcsize(form)))
        )
    return ["## Layouts", "", *table(("name", "values", "bytes"), rows), ""]


def _blocks() -> list[tuple[str, list[tuple[str, str, str, str, str]]]]:
    """Return a heading and the rows of every block."""
    by_name = {row[0]: row for row in telemetry_fields.FOOT}
    machine = {row[0]: row for row in telemetry_fields.MACHINE}
    motion = [machine[name] for name in telemetry_fields.MOTION_MACHINE]
    for foot in ("left", "right"):
        for name in telemetry_fields.MOTION_FOOT:
            _, form, unit, source, meaning = by_name[name]
            motion.append((name, form, unit, source, f"{foot} foot: {meaning}"))
    return [
        (f"Block {protocol.BLOCK_MACHINE}: machine", list(telemetry_fields.MACHINE)),
        (f"Blocks {protocol.BLOCK_LEFT} and {protocol.BLOCK_RIGHT}: left and right foot", list(telemetry_fields.FOOT)),
        (f"Block {protocol.BLOCK_MOTION}: motion", motion),
    ]


def _block(heading: str, fields: list[tuple[str, str, str, str, str]]) -> list[str]:
    rows = []
    at = 0
    for name, form, unit, source, meaning in fields:
        rows.append((str(at), f"`{name}`", _TYPES[form], unit, meaning, f"`{source}`"))
        at += struct.calcsize(f"<{form}")
    return [
        f"### {heading}, {at} bytes",
        "",
        *table(("byte", "field", "type", "unit", "meaning", "source"), rows),
        "",
    ]


def _flags(constants: dict[str, str]) -> list[str]:
    names = [name for name in constants if name.startswith("FLAG_")]
    rows = [(str(_value(name)), f"`{name}`", constants[name]) for name in names]
    return ["### Bits of the field `flags`", "", *table(("value", "name", "meaning"), rows), ""]


def _levels_and_limits() -> list[str]:
    """Return the numbers of the levels and the limits, which need no words."""
    levels = {name: value for name, value in vars(protocol).items() if name.startswith("LEVEL_") and value in range(9)}
    limits = {name: getattr(protocol, name) for name in ("CHUNK_MAX", "JOURNAL_MAX", "MODULUS")}
    rows = [(f"`{name}`", str(value)) for name, value in {**levels, **limits, "DATA_MAX": frames.DATA_MAX}.items()]
    return ["## Levels and limits", "", *table(("name", "value"), rows), ""]


def main() -> None:
    """Write the page."""
    path = Path(ROOT, "docs", "protocol.md")
    path.write_text(render(), encoding="utf-8")
    print(f"Wrote {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
