"""The page's imports from the rest of the tree: the one place to change when a name there changes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools import foot_outline
from host_tools.commands.jog import unit_of as jog_unit_of
from host_tools.data_folders import FIRMWARE
from host_tools.flash.compile import compile_firmware, compile_mpy
from host_tools.flash.modules import board_modules
from host_tools.html.palette import PALETTE
from host_tools.link.client import LEVELS
from host_tools.link.errors import RefusedError
from host_tools.massage import foot_shape
from host_tools.program.load import SHIPPED, load_program, shipped
from host_tools.words import WORDS, words_for
from host_tools.words import state as state_words
from host_tools.words import technique as technique_words
from instep import axes, levels
from instep import user_events as commands
from instep.guard import faults, limits
from instep.hal import font
from instep.link import frames, telemetry_fields
from instep.link import protocol as messages
from instep.session import screening, states
from instep.session.jog import JOG_NAMES
from instep.session.outcome import RESULT_NAMES, STOP_REASONS
from instep.stroke.foot_scaling import STATION_PERMILLE, TOP_PERMILLE
from instep.stroke.program import FEET_MODES, TECHNIQUES
from sim.faults import FAULTS
from sim.people import RANGES, Person, load_person
from sim.people import names as people
from sim.plant import foot, heat, layout, machine, motor, servo
from sim.plant.figures import Figures, load_figures
from sim.plant.foot import pack_foot
from sim.plant.tick import step_machine

__all__ = [
    "FAULTS",
    "FEET_MODES",
    "FIRMWARE",
    "JOG_NAMES",
    "LEVELS",
    "PALETTE",
    "PLANT_MODULES",
    "RANGES",
    "RESULT_NAMES",
    "SHIPPED",
    "STATION_PERMILLE",
    "STOP_REASONS",
    "TECHNIQUES",
    "TOP_PERMILLE",
    "WORDS",
    "Figures",
    "Person",
    "RefusedError",
    "axes",
    "board_modules",
    "commands",
    "compile_firmware",
    "compile_mpy",
    "faults",
    "font",
    "foot_outline",
    "foot_shape",
    "frames",
    "jog_unit_of",
    "levels",
    "limits",
    "load_figures",
    "load_person",
    "load_program",
    "messages",
    "pack_foot",
    "people",
    "plant_arrays",
    "screening",
    "shipped",
    "state_words",
    "states",
    "step_machine",
    "technique_words",
    "telemetry_fields",
    "words_for",
]

# Modules whose constants are indices of the plant's arrays; the keys are the page's names.
PLANT_MODULES = {"machine": layout, "motor": motor, "servo": servo, "heat": heat, "foot": foot}


def plant_arrays(figures: Figures, ambient_c: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the plant's constants and its state before the first tick."""
    constants: Any = machine._constants(figures, ambient_c)
    state: Any = machine._start(figures, ambient_c)
    return constants, state
