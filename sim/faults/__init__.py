"""Faults for the simulated machine: what can go wrong, how to ask for it, and what came of it.

Importing this package loads no physics; `sim.faults.inject` does the work.
"""

from sim.faults.catalogue import FAULTS, Fault
from sim.faults.detection import Detection, detected
from sim.faults.parse import Injection, parse

__all__ = ["FAULTS", "Detection", "Fault", "Injection", "detected", "parse"]
