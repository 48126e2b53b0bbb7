"""The catalogue of faults: one entry per fault, in one file per part of the machine; `fault.py` explains the columns.

To add a fault, add its entry here; if no effect fits, write one in the file of the same name in `effects`.
"""

from sim.faults.catalogue import bus, heaters, noise_faults, operator_faults, power, rollers, wells
from sim.faults.fault import Fault

_PARTS = (operator_faults, rollers, wells, heaters, power, bus, noise_faults)

FAULTS: dict[str, Fault] = {fault.name: fault for part in _PARTS for fault in part.ENTRIES}
