"""Export the facts of the page: link, faults, words, limits, programs, drawings, each from its one home."""

import base64
from dataclasses import asdict
from typing import Any

import contourpy

from sim.page.plant_facts import plant_facts
from sim.page.sources import (
    FAULTS,
    FEET_MODES,
    JOG_NAMES,
    LEVELS,
    PALETTE,
    RESULT_NAMES,
    SHIPPED,
    STATION_PERMILLE,
    STOP_REASONS,
    TECHNIQUES,
    TOP_PERMILLE,
    WORDS,
    RefusedError,
    axes,
    commands,
    faults,
    font,
    foot_outline,
    foot_shape,
    frames,
    jog_unit_of,
    levels,
    limits,
    load_program,
    messages,
    screening,
    shipped,
    state_words,
    states,
    technique_words,
    telemetry_fields,
    words_for,
)

# The page cannot inject it: replacing the heaters needs new matrices, and the page gets them only at build time.
_NOT_IN_THE_PAGE = frozenset({"heaters_slow"})
_PLACES = 4


def facts() -> dict[str, Any]:
    """Return all facts, ready for JSON."""
    return {
        **plant_facts(),
        "axes": axes.AXES,
        "axis_names": list(axes.NAMES),
        "foot_names": list(axes.FOOT_NAMES),
        "buttons": {name: getattr(commands, name.upper()) for name in commands.NAMES},
        "link": link_facts(),
        "states": list(states.NAMES),
        "techniques": list(TECHNIQUES),
        "feet_modes": list(FEET_MODES),
        "results": list(RESULT_NAMES),
        "stop_reasons": list(STOP_REASONS),
        "refusal_reasons": [screening.REASONS.get(reason) for reason in range(screening.REASONS.count())],
        "faults": [_fault(number) for number in range(faults.count())],
        "words": {name: [words.happened, words.advice] for name, words in WORDS.items()},
        "plain": {
            **{name: state_words(name) for name in states.NAMES},
            **{name: technique_words(name) for name in TECHNIQUES},
        },
        "result_words": {name: [words_for("", name).happened, words_for("", name).advice] for name in RESULT_NAMES},
        "levels": _levels(),
        "limits": _integers(limits),
        "jog": _jog(),
        "jog_states": list(JOG_NAMES),
        "mishaps": [asdict(fault) for name, fault in FAULTS.items() if name not in _NOT_IN_THE_PAGE],
        "programs": [_program(name) for name in shipped()],
        "font": {"first": font.FIRST, "last": font.LAST, "width": font.WIDTH, "glyphs": font.GLYPHS.hex()},
        "foot": _foot(),
        "palette": {name: list(values) for name, values in PALETTE.items()},
    }


def link_facts() -> dict[str, Any]:
    """Return the link's messages, layouts and names; the page packs and unpacks messages with nothing else."""
    return {
        "version": frames.VERSION,
        "frame": _integers(frames),
        "kinds": _integers(messages),
        "layouts": {
            "hello": [messages.HELLO_FORMAT, ["version", "state", "settings", "journal", "program_bytes"]],
            "machine": [telemetry_fields.MACHINE_FORMAT, _names(telemetry_fields.MACHINE)],
            "foot": [telemetry_fields.FOOT_FORMAT, _names(telemetry_fields.FOOT)],
            "motion": [telemetry_fields.MOTION_HEAD_FORMAT, list(telemetry_fields.MOTION_MACHINE)],
            "motion_foot": [telemetry_fields.MOTION_FOOT_FORMAT, list(telemetry_fields.MOTION_FOOT)],
            "program": [messages.PROGRAM_FIGURES_FORMAT, ["size", "minutes", "heat", "crc_low", "crc_high"]],
            "level": [messages.LEVEL_FORMAT, ["level", "value"]],
            "jog": [messages.JOG_FORMAT, ["axis", "value"]],
        },
        "sizes": {
            "machine": telemetry_fields.MACHINE_BYTES,
            "foot": telemetry_fields.FOOT_BYTES,
            "motion": telemetry_fields.MOTION_HEAD_BYTES,
            "motion_foot": telemetry_fields.MOTION_FOOT_BYTES,
        },
        "levels": sorted(LEVELS, key=LEVELS.__getitem__),
        "refusals": [_refusal(answer) for answer in range(messages.ANSWERS)],
    }


def _names(rows: Any) -> list[str]:
    """Return the names of a block's fields, in their order."""
    return [row[0] for row in rows]


def _integers(module: Any) -> dict[str, int]:
    return {name: value for name, value in vars(module).items() if name[0].isupper() and type(value) is int}


def _refusal(answer: int) -> list[str]:
    error = RefusedError(answer)
    return [error.message, error.advice]


def _fault(number: int) -> dict[str, Any]:
    return {
        "name": faults.name(number),
        "sentence": faults.sentence(number),
        "advice": faults.advice(number),
        "is_notice": faults.is_notice(number),
    }


def _levels() -> dict[str, Any]:
    return {
        "heat": list(levels.HEAT_NAMES),
        "heat_centi_c": list(levels.HEAT_CENTI_C),
        "minutes": list(levels.MINUTES),
        "feet": list(levels.FEET_NAMES),
        **_integers(levels),
    }


def _jog() -> list[dict[str, Any]]:
    """Return every axis that can be jogged, in the order of the axes of both feet."""
    return [
        {
            "axis": foot * axes.AXES_PER_FOOT + kind,
            "foot": axes.FOOT_NAMES[foot],
            "name": name,
            "low": limits.JOG_LOW[kind],
            "high": limits.JOG_HIGH[kind],
            "unit": jog_unit_of(kind)[0],
            "per_unit": jog_unit_of(kind)[1],
        }
        for foot in range(axes.FEET)
        for kind, name in enumerate(axes.NAMES)
    ]


def _program(name: str) -> dict[str, Any]:
    loaded = load_program(name)
    program = loaded.program
    return {
        "name": name,
        "title": program.title,
        "about": program.about,
        "minutes": program.minutes,
        "heat": program.heat,
        "image": base64.b64encode(loaded.data).decode(),
        "text": (SHIPPED / f"{name}.toml").read_text(encoding="utf-8"),
    }


def _foot() -> dict[str, Any]:
    """Return the drawing of a left foot seen from above: outline and toes, in shares of its length."""
    rows, columns = foot_shape.grid()
    lines: Any = contourpy.contour_generator(columns, rows, foot_shape.foot_distance()).lines(0.0)
    outline: Any = max(lines, key=len)
    toes = [
        [[round(value, _PLACES) for value in foot_outline.toe_point(toe, part)] for part in (0.0, 1.0)]
        for toe in range(1, foot_outline.TOES + 1)
    ]
    gaps = [
        [[round(value, _PLACES) for value in foot_outline.gap_point(gap, part)] for part in (0.0, 1.0)]
        for gap in range(1, foot_outline.TOES)
    ]
    return {
        "outline": [[round(float(u), _PLACES), round(float(v), _PLACES)] for v, u in outline[::2]],
        "toes": toes,
        "gaps": gaps,
        "station_permille": list(STATION_PERMILLE),
        "top_permille": TOP_PERMILLE,
    }
