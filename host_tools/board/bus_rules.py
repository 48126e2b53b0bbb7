"""Check the bus: addresses, terminals of expander, ADCs and servo chip, and the room in the PIO."""

from collections.abc import Sequence

from host_tools.board.chips import PIO_BLOCK_INSTRUCTIONS, PIO_BLOCK_MACHINES
from host_tools.board.draft import Address, Draft
from instep.axes import SERVOS_PER_FOOT
from instep.hal.board import ROLLER_NAMES

# The addresses that each chip can have: PCA9685 7.1.1 (without the reserved addresses of the bus and its
# all-call), ADS1115 "I2C Address Selection", MCP23017 "Addressing I2C devices", SSD1306 8.1.5,
# MCP9808 3.1.
PCA9685_ALL_CALL = 0x70
_ADS1115 = ("an ADS1115", range(0x48, 0x4C))
_MCP9808 = ("an MCP9808", range(0x18, 0x20))
ADDRESS_CHIPS: dict[str, tuple[str, Sequence[int]]] = {
    "servos": ("a PCA9685", [address for address in range(0x40, 0x78) if address != PCA9685_ALL_CALL]),
    "heat_adc": _ADS1115,
    "force_adc_left": _ADS1115,
    "force_adc_right": _ADS1115,
    "expander": ("an MCP23017", range(0x20, 0x28)),
    "display": ("an SSD1306", range(0x3C, 0x3E)),
    "thermometer_left": _MCP9808,
    "thermometer_right": _MCP9808,
}

BUTTONS = 6
OUTPUT_ONLY_BITS = (7, 15)
EXPANDER_OUTPUTS = ("buzzer", "current_select")
_PORT_BITS = 8
HEAT_INPUTS = ("element_left", "skin_left", "element_right", "skin_right")
FORCE_INPUTS = ("force_top", "force_sole")


def check_bus(draft: Draft) -> None:
    """Report every clash on the bus."""
    _check_addresses(draft)
    _check_buttons(draft)
    _check_expander(draft)
    for inputs in (HEAT_INPUTS, FORCE_INPUTS):
        _check_inputs(draft, inputs)
    _check_servos(draft)
    _check_pio(draft)


def _check_addresses(draft: Draft) -> None:
    first: dict[int, str] = {}
    for name, address in draft.table("addresses").items():
        chip, possible = ADDRESS_CHIPS[name]
        allowed = f"{Address(possible[0])} to {Address(possible[-1])}"
        if address == PCA9685_ALL_CALL:
            problem = "is the all-call address of the PCA9685, which answers to it"
            draft.add("addresses", name, problem, f"{allowed} but {Address(PCA9685_ALL_CALL)}", "Set its address pins")
        elif address not in possible:
            draft.add("addresses", name, f"is no address that {chip} can have", allowed, "Set its address pins")
        if address in first:
            problem = f"is used twice, also as addresses.{first[address]}"
            draft.add("addresses", name, problem, f"{allowed}, each once", "Set the address pins of one of the two")
        first.setdefault(address, name)


def _check_buttons(draft: Draft) -> None:
    first = draft.get("expander", "button_first")
    if first is not None and first % _PORT_BITS + BUTTONS > _PORT_BITS - 1:
        problem = f"puts the six buttons on {_bit(first)} to {_bit(first + BUTTONS - 1)}"
        draft.add("expander", "button_first", problem, "0, 1, 8 or 9", "Keep them on one port, below its bit 7")


def _check_expander(draft: Draft) -> None:
    owners: dict[int, str] = {}
    for name, bit in draft.table("expander").items():
        for used in range(bit, bit + BUTTONS) if name == "button_first" else (bit,):
            if used in owners:
                problem = f"is used twice: {_bit(used)} is also expander.{owners[used]}"
                draft.add("expander", name, problem, "0 to 15, each once", "Move one of the two")
            owners.setdefault(used, name)
        if bit in OUTPUT_ONLY_BITS and name not in (*EXPANDER_OUTPUTS, "button_first"):
            problem = f"is an input on {_bit(bit)}, which the MCP23017 has for outputs only"
            draft.add("expander", name, problem, "0 to 6, 8 to 14", "Move it to another bit")


def _check_inputs(draft: Draft, names: tuple[str, ...]) -> None:
    first: dict[int, str] = {}
    for name in names:
        place = draft.get("channels", name)
        if place is not None and place in first:
            problem = f"is used twice: AIN{place} is also channels.{first[place]}"
            draft.add("channels", name, problem, "0 to 3, each once", "Move one of the two")
        if place is not None:
            first.setdefault(place, name)


def _check_servos(draft: Draft) -> None:
    left, right = draft.get("channels", "servo_left_first"), draft.get("channels", "servo_right_first")
    if left is not None and right is not None and abs(left - right) < SERVOS_PER_FOOT:
        problem = f"overlaps the left foot's outputs {left} to {left + SERVOS_PER_FOOT - 1}"
        draft.add("channels", "servo_right_first", problem, "0 for one foot, 8 for the other", "Swap or move the feet")


def _check_pio(draft: Draft) -> None:
    """Report an encoder without room: the counting program fills a block's memory, so all four share that block."""
    first = draft.get("channels", "encoder_first")
    if first is None or draft.chip is None:
        return
    blocks = draft.chip.pio_blocks
    allowed = " or ".join(str(block * PIO_BLOCK_MACHINES) for block in range(blocks))
    if first + len(ROLLER_NAMES) > blocks * PIO_BLOCK_MACHINES:
        last, machines = first + len(ROLLER_NAMES) - 1, blocks * PIO_BLOCK_MACHINES
        problem = f"needs state machines up to {last}, and the {draft.chip.title} has {machines}"
        draft.add("channels", "encoder_first", problem, allowed, "Begin with a block's first")
    elif first % PIO_BLOCK_MACHINES:
        problem = (
            f"spreads the encoders over two PIO blocks, whose {PIO_BLOCK_INSTRUCTIONS} instructions they would fill"
        )
        draft.add("channels", "encoder_first", problem, allowed, "Begin with a block's first")


def _bit(bit: int) -> str:
    return f"GP{'AB'[bit // _PORT_BITS % 2]}{bit % _PORT_BITS}"
