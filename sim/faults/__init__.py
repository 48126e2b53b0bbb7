"""Faults of the simulated machine: the catalogue, and the text that asks for one.

Importing this package loads no physics; `sim.faults.inject` does.
"""

from sim.faults.catalogue import FAULTS
from sim.faults.fault import Fault
from sim.faults.parse import Injection, parse

__all__ = ["FAULTS", "Fault", "Injection", "parse"]
