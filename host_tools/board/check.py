"""Check a board file; return the board, or report every violation at once."""

from host_tools.board.bus_rules import check_bus
from host_tools.board.chips import CHIPS
from host_tools.board.draft import Draft
from host_tools.board.findings import BoardFileError
from host_tools.board.machine_rules import check_machine
from host_tools.board.model import Wiring
from host_tools.board.pin_rules import check_pins
from host_tools.board.power_rules import check_power
from host_tools.board.read import parse, read_head, read_numbers, read_senses
from host_tools.board.relay_pump import check_pump


def check_text(text: str, file: str) -> Wiring:
    """Return the board that a text describes; raise BoardFileError with all violations. `file` is the text's name."""
    findings, document = parse(text, file)
    head = read_head(findings, document)
    draft = Draft(findings, read_numbers(findings, document), CHIPS.get(head.get("chip", "")))
    senses = read_senses(findings, document)
    check_pins(draft)
    check_bus(draft)
    check_pump(draft)
    if "machine" in head:
        check_power(draft, head["machine"])
        check_machine(findings, head["machine"])
    if findings.violations:
        raise BoardFileError(findings.violations)
    return Wiring(**head, values=draft.values, senses=senses)
