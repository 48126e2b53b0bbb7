"""The exchange with the chips at the start and the end of a tick.

`begin` takes all inputs. After each tick the chips have their turn (`chip_care.py`), which sends the outputs on the
bus; never in a tick: a long tick would grow by it, and so cause the next one to be long. So a tick reads values as old
as its start or as that turn.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bridge import Currents
    from instep.hal.bus import Bus
    from instep.hal.chip_care import ChipCare
    from instep.hal.interface import SlackWork
    from instep.hal.machine_api import Pin
    from instep.hal.mcp23017 import Expander
    from instep.hal.quadrature import QuadratureCounters
    from instep.hal.switches import SupplyMeter


class Exchange:
    """Call `begin` before each tick and `end` after it."""

    def __init__(
        self,
        bus: "Bus",
        counters: "QuadratureCounters",
        expander: "Expander",
        currents: "Currents",
        supply: "SupplyMeter",
        care: "ChipCare",
        relay_pin: "Pin",
    ) -> None:
        self._bus = bus
        self._counters = counters
        self._expander = expander
        self._currents = currents
        self._supply = supply
        self._care = care
        self._forces = care.forces
        self._lower_relay_pin = relay_pin.off

    def slack_work(self) -> "tuple[SlackWork, ...]":
        """Return the chips' work between two ticks."""
        return self._care.slack_work()

    def begin(self) -> None:
        """End the relay's pulse; take all inputs; of the forces, those that the slack has had no time to fetch."""
        self._lower_relay_pin()
        self._bus.recover()
        # Other work stands between `drain` and `fetch`: the encoders' FIFOs need 0.1 ms to fill again.
        self._counters.drain()
        self._expander.read()
        self._currents.read()
        self._supply.sample()
        if self._forces.due:
            self._forces.catch_up()
        self._counters.fetch()

    def end(self) -> None:
        """Let the chips have their turn, first of all slow work: it sends the pulses that the tick has asked for."""
        self._forces.drop()
        self._care.is_due = True
