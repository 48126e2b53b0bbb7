"""The catalogue of faults: one entry per fault, in one file per part of the machine; `fault.py` explains the columns.

To add a fault, add its entry here; if no effect fits, write one in the file of the same name in `effects`.
"""

from sim.faults.catalogue import (
    bus,
    fingers,
    force_sensors,
    heat_chain,
    heaters,
    memory,
    noise_faults,
    operator_faults,
    pins,
    power,
    rollers,
    servos,
    wells,
)
from sim.faults.fault import Fault

_PARTS = (
    operator_faults,
    rollers,
    fingers,
    force_sensors,
    servos,
    wells,
    heat_chain,
    heaters,
    power,
    pins,
    memory,
    bus,
    noise_faults,
)

FAULTS: dict[str, Fault] = {fault.name: fault for part in _PARTS for fault in part.ENTRIES}
# Faults that the guard has to notice; a campaign injects all of them.
JUDGED = tuple(name for name, fault in FAULTS.items() if not fault.unjudged)
